"""The authors of an article: what JSON-LD names, without organisations."""

from collections.abc import Iterator
from typing import Any

from finnews.pages.articles.json_ld import strings, types_of


def author_names(value: Any) -> Iterator[str]:
    """Yield the names in a value of ``author``, without those of organisations.

    An author without a name is an empty string.

    >>> list(author_names({"@list": [{"givenName": "Ada", "familyName": "Muster"}, {"@id": "#b"}]}))
    ['Ada Muster', '']
    """
    for author in value if isinstance(value, list) else [value]:
        types = types_of(author) if isinstance(author, dict) else set()
        if isinstance(author, str):
            yield author
        elif isinstance(author, dict) and "@list" in author:
            yield from author_names(author["@list"])
        elif isinstance(author, dict) and (not types or "person" in types):
            yield from _names_of(author)


def _names_of(author: dict[str, Any]) -> list[str]:
    values = author.get("name", author.get("@value"))
    values = values if isinstance(values, list) else [values]
    names = strings([value.get("@value") if isinstance(value, dict) else value for value in values])
    parts = strings([author.get("givenName"), author.get("familyName")])
    return names or [" ".join(parts) if len(parts) == 2 else ""]
