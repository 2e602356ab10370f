"""What scripts of an article's page tell: ``setPageContext`` for statistics, and its summary."""

import re
from typing import Any

from finnews.pages.articles.json_ld import strings, without_html
from finnews.pages.base import Page, json_object

_NAME = "setPageContext"
_POINT = re.compile(r"bulletpoint(\d{1,2})", re.ASCII)
_CALL = re.compile(rf"""{_NAME}['"],\s*""")


def page_context(page: Page, number: str | None) -> dict[str, Any]:
    """Return the context of the article with that number; an empty object if there is none.

    The context of another article is not used, which is a doubt.
    """
    others = []
    calls = _CALL.finditer(page.text) if _NAME in page.text else ()
    for call in calls:
        if _is_in_comment(page.text, call.start()):
            continue
        context = json_object(page.text[call.end() :])
        if not context:
            page.doubt("page_context", "unreadable", page.text[call.end() : call.end() + 120])
        article = without_html(context.get("article"))
        if not isinstance(article, dict):
            continue
        named = str(article.get("article_id") or number)
        if named == number:
            return article
        others.append(named)
    for other in others[:1]:
        page.doubt("id", "contradiction", f"article_id {other} in the page context")
    return {}


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


def _is_in_comment(text: str, at: int) -> bool:
    """Return whether a place in a page's text is in a script that is commented out."""
    comment = text.rfind("<!--", 0, at)
    return text.rfind("-->", 0, at) < comment < text.rfind("<script", 0, at)
