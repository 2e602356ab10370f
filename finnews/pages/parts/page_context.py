"""What an article's page tells the site's own statistics: the script ``setPageContext``."""

import re
from typing import Any

from finnews.pages.base import Page, json_object
from finnews.pages.parts.json_ld import without_html

_NAME = "setPageContext"
_CALL = re.compile(rf"""{_NAME}['"],\s*""")


def page_context(page: Page, number: str | None) -> dict[str, Any]:
    """Return the context of the article with that number; an empty object if there is none.

    The context of another article is not used, which is a doubt.
    """
    others = []
    calls = _CALL.finditer(page.text) if _NAME in page.text else ()
    for call in calls:
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
