"""The headers of a response."""

from scrapy.http import Response


def header(response: Response, name: str) -> str:
    """Return the value of a header; an empty text if the response lacks it.

    >>> response = Response("https://www.finanzen.net/", headers={"Retry-After": "120"})
    >>> header(response, "Retry-After"), header(response, "Location")
    ('120', '')
    """
    return (response.headers.get(name) or b"").decode("latin-1")
