"""What only machines read of an article, and its headline where readers see none."""

from collections.abc import Iterable
from typing import Any

from finnews.loaders import ArticleLoader
from finnews.pages.articles.article_head import headlines_in, lesser_heading
from finnews.pages.articles.headlines import agree, is_cut, without_site_name
from finnews.pages.articles.json_ld import strings
from finnews.pages.articles.page_context import article_summary
from finnews.pages.base import Page


def add_machine_values(
    page: Page, loader: ArticleLoader, context: dict[str, Any], json_ld: dict[str, Any]
) -> None:
    """Add what readers do not see, and headline and lead if they see none, nor several."""
    of_machines = (*strings(context.get("headline")), *strings(json_ld.get("headline")))
    _add_headlines(page, loader, of_machines)
    loader.add_value("description", strings(json_ld.get("description")))
    categories = list(dict.fromkeys(strings(context.get("primary_category"))))
    if len(categories) > 1:
        page.doubt("category", "ambiguous", " / ".join(categories))
    loader.add_value("category", categories if len(categories) == 1 else None)
    loader.add_value("summary", article_summary(page))


def _add_headlines(page: Page, loader: ArticleLoader, of_machines: Iterable[str]) -> None:
    shown = loader.get_output_value("headline")
    article = loader.selector if shown is None else None
    is_undecided = article is not None and bool(headlines_in(page, article))
    lesser = None if article is None else lesser_heading(page, article)
    for printed in of_machines:
        headline = without_site_name(printed, page.site.name)
        if (shown or lesser) and not agree(headline, shown or lesser):
            page.doubt("headline", "contradiction", headline)
        elif not shown and is_cut(headline):
            page.doubt("headline", "ambiguous", headline)
        loader.add_value("headline", None if is_undecided else headline)
