"""What scripts of an article's page tell: ``setPageContext`` for statistics, and its summary."""

import re
from collections.abc import Iterator
from typing import Any

from finnews.pages.articles.json_ld import strings, without_html
from finnews.pages.articles.statements import common
from finnews.pages.base import Page, json_object

_NAME = "setPageContext"
_FIELDS = {
    "headline": "headline",
    "is_sponsored": "is_sponsored",
    "access_model": "is_complete",
    "primary_category": "category",
    "publication_timestamp": "date_published",
    "last_update_timestamp": "date_modified",
}
_POINTS = frozenset({"bulletpoints"})
_POINT = re.compile(r"bulletpoint(\d{1,2})", re.ASCII)
_CALL = re.compile(rf"""{_NAME}['"],\s*""")


def page_context(page: Page, number: str | None) -> dict[str, Any]:
    """Return what contexts say of the article with that number; an empty object if there are none.

    The context of another article is not used, which is a doubt if there is no other.
    """
    contexts = [context for context in _contexts(page) if isinstance(context, dict)]
    numbers = [str(context.get("article_id") or number) for context in contexts]
    of_article = [
        context for context, named in zip(contexts, numbers, strict=True) if named == number
    ]
    if numbers and not of_article:
        page.doubt("id", "contradiction", f"article_id {numbers[0]} in the page context")
    return common(page, of_article, _FIELDS)


def _contexts(page: Page) -> Iterator[Any]:
    for call in _calls(page.text):
        if not _is_in_comment(page.text, call.start()):
            context = json_object(page.text, call.end())
            if not context:
                page.doubt("page_context", "unreadable", page.text[call.end() : call.end() + 120])
            yield without_html(context.get("article"))


def _calls(text: str) -> Iterator[re.Match[str]]:
    """Yield the calls; to find their name first is faster than the pattern alone."""
    at = text.find(_NAME)
    while at >= 0:
        if call := _CALL.match(text, at):
            yield call
        at = text.find(_NAME, at + 1)


def article_summary(page: Page) -> list[str]:
    """Return the points of the summary; if several differ, that is a doubt."""
    scripts = page.css("script#ai-summary-data")
    printed = [text for script in scripts if (text := (script.root.text or "").strip())]
    points = [tuple(summary_points(json_object(text))) for text in printed]
    for text, read in zip(printed, points, strict=True):
        if not read or _has_other_points(json_object(text)):
            page.doubt("summary", "unreadable", text)
    different = list(dict.fromkeys(filter(None, points)))
    if len(different) > 1:
        page.doubt("summary", "contradiction", " / ".join(map(" ".join, different)))
    return list(different[0]) if len(different) == 1 else []


def summary_points(printed: dict[str, Any]) -> list[str]:
    """Return the points of a summary in their order, however many there are.

    >>> summary_points({"bulletpoint2": "<b>Zwei</b>", "bulletpoint1": "Eins"})
    ['Eins', 'Zwei']
    """
    numbered = {int(match[1]): name for name in printed if (match := _POINT.fullmatch(name))}
    points = [printed[numbered[number]] for number in sorted(numbered)]
    nested = [*points, printed.get("bulletpoints")]
    flat = [part for point in nested for part in (point if isinstance(point, list) else [point])]
    return strings(without_html(flat))


def _has_other_points(printed: dict[str, Any]) -> bool:
    """Return whether a point of a summary is neither a text, a list nor empty, or has no number."""
    numbered = [value for name, value in printed.items() if _POINT.fullmatch(name)]
    named = [value for name, value in printed.items() if name not in _POINTS]
    unnumbered = [value for value in named if isinstance(value, str) and value not in numbered]
    is_other = any(value is not None and not isinstance(value, str | list) for value in numbered)
    return is_other or any(" " in value.strip() for value in unnumbered)


def _is_in_comment(text: str, at: int) -> bool:
    """Return whether a place in a page's text is in a script that is commented out."""
    comment = text.rfind("<!--", 0, at)
    return text.rfind("-->", 0, at) < comment < text.rfind("<script", 0, at)
