"""The persons who wrote an article, by its page and its JSON-LD, without organisations."""

from collections.abc import Iterable, Iterator
from typing import Any

from lxml.etree import _Element
from parsel import Selector

from finnews.pages.articles.json_ld import strings, types_of
from finnews.pages.base import Page
from finnews.pages.rules import PAGE, Rule
from finnews.pages.texts.persons import is_house, is_person, names_in
from finnews.pages.visible import text_of

_LINES = Rule(PAGE, "css", '[class*="author"], [class*="byline"]')
_TEXT = "news-container__text"


def article_authors(
    page: Page, article: Selector, printed: Any, in_text: tuple[str, ...]
) -> list[str]:
    """Return the persons who wrote an article: by JSON-LD, and `in_text`.

    If a line beside the headline names others than JSON-LD, which is a doubt, it wins.
    """
    lines = list(filter(_is_of_authors, article.root.iterdescendants("*")))
    page.stats.count(_LINES, found=bool(lines))
    shown = list(_persons(page, map(text_of, lines)))
    for_machines = list(_persons(page, _names(page, printed)))
    if shown and for_machines and set(shown).isdisjoint(for_machines):
        page.doubt("authors", "contradiction", ", ".join(for_machines))
        return [*shown, *in_text]
    return [*for_machines, *shown, *in_text]


def _is_of_authors(part: _Element) -> bool:
    """Return whether an element is a line about the authors, beside the text."""
    classes = part.get("class", "")
    is_named = "author" in classes or "byline" in classes
    if not is_named or any(child.get("class") is not None for child in part):
        return False
    return not any(_TEXT in around.get("class", "") for around in part.iterancestors("div"))


def _names(page: Page, printed: Any) -> list[str]:
    lines = list(author_names(printed))
    if not all(lines):
        page.doubt("authors", "unreadable", str(printed))
    return lines


def _persons(page: Page, lines: Iterable[str]) -> Iterator[str]:
    """Yield the persons in lines; a name that is neither a person's nor a house's is a doubt."""
    for name in (name for line in lines for name in names_in(line)):
        if is_person(name):
            yield name
        elif not is_house(name):
            page.doubt("authors", "unreadable", name)


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
