"""Asking whether a page has changed: what it was known by last time goes with the request."""

from scrapy.http import Response

from finnews.items import Walk

NOT_MODIFIED = 304


def conditions(walk: Walk | None) -> dict[str, str]:
    """Return the headers that ask for a list's first page only if it has changed since a walk.

    >>> conditions(Walk(etag='"1f"'))
    {'If-None-Match': '"1f"'}
    """
    known = (walk.etag, walk.last_modified) if walk else (None, None)
    names = ("If-None-Match", "If-Modified-Since")
    return {name: value for name, value in zip(names, known, strict=True) if value}


def validators(response: Response) -> tuple[str | None, str | None]:
    """Return the ``ETag`` and the ``Last-Modified`` of an answer."""
    given = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
    etag, last_modified = (value.decode("latin-1") if value else None for value in given)
    return etag, last_modified
