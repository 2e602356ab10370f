"""What an answer says in its headers."""

from scrapy.http import Response


def header(response: Response, name: str) -> str:
    """Return the value of a header; an empty text if the answer has none.

    >>> answer = Response("https://www.finanzen.net/", headers={"Retry-After": "120"})
    >>> header(answer, "Retry-After"), header(answer, "Location")
    ('120', '')
    """
    return (response.headers.get(name) or b"").decode("latin-1")
