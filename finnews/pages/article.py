"""A news article: ``/nachricht/aktien/muster-aktie-steigt-15932372``.

Its box "Werte in diesem Artikel" gives quotes, its tables "Analysen zu …" give ratings. The
article is the last item, so that an archived article has all its page's quotes and ratings.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from functools import cached_property
from typing import Any

from lxml.etree import _Element
from parsel import Selector

from finnews.items import Article, Item, NamedInstrument, Rejection
from finnews.loaders import ArticleLoader
from finnews.pages.articles.article_head import (
    Witnesses,
    main_article,
    visible_headline,
    witnesses,
)
from finnews.pages.articles.article_instruments import distinct, linked_instruments
from finnews.pages.articles.article_links import article_links
from finnews.pages.articles.article_object import Visible, is_free, of_article
from finnews.pages.articles.article_pages import (
    article_page_number,
    later_pages,
    leads_on,
    page_links,
)
from finnews.pages.articles.article_text import ArticleText, article_text
from finnews.pages.articles.article_times import settled_times
from finnews.pages.articles.authors import article_authors
from finnews.pages.articles.completeness import is_complete
from finnews.pages.articles.date_lines import Times, visible_times
from finnews.pages.articles.head_fields import add_head
from finnews.pages.articles.machine_values import add_machine_values
from finnews.pages.articles.sponsoring import is_sponsored
from finnews.pages.base import Link, Page
from finnews.pages.parts.box import box_quotes, box_rows, named_instruments
from finnews.pages.parts.header import header_items
from finnews.pages.ratings.rating_tables import table_ratings
from finnews.pages.texts.agency import without_byline
from finnews.pages.texts.byline import Byline
from finnews.pages.texts.leftovers import leftovers
from finnews.processors.texts import is_legible
from finnews.site import FINANZEN_NET, Site


class ArticlePage(Page):
    """A news article, in the layout of 2026 or of 2024.

    The layout of 2024 has no JSON-LD about the article, no page context and no summary.
    """

    path = re.compile(r"/nachricht/(?P<section>[^/]++)/(?>[^/]*[^/\d])?(?P<id>\d++)/?", re.ASCII)

    def __init__(
        self, url: str, text: str, site: Site = FINANZEN_NET, now: datetime | None = None
    ) -> None:
        super().__init__(url, text, site, now)
        self.part = article_page_number(url)

    @classmethod
    def is_authority_on(cls, item: Item) -> bool:
        return isinstance(item, Article)

    def items(self) -> Iterator[Item]:
        """Yield header, quotes of the box and ratings of the tables, then the article.

        If the article has no text, a rejection ``no-text`` has its other fields instead. If the
        page has several articles, and none is clearly its own, that is ``several-articles``.
        """
        yield from header_items(self)
        machines = witnesses(self)
        article = main_article(self, machines)
        if article is None:
            yield from table_ratings(self, {})
            yield self.rejection("several-articles", ["headline"])
            return
        rows = box_rows(self, article)
        yield from box_quotes(self, rows, "article")
        in_box = list(named_instruments(self, rows))
        pages_by_name = {str(instrument.name): str(instrument.page) for instrument in in_box}
        yield from table_ratings(self, pages_by_name)
        yield self._article(article, in_box, machines)

    def links(self) -> Iterator[Link]:
        """Yield the article's further pages, then other articles and studies."""
        yield from map(Link, self.later_pages)
        later = set(self.later_pages)
        yield from (link for link in article_links(self) if link.url not in later)

    @cached_property
    def later_pages(self) -> list[str]:
        """The addresses of the pages on which the article goes on."""
        return later_pages(self, self._page_links)

    @cached_property
    def _page_links(self) -> list[_Element]:
        return page_links(self)

    def _article(
        self, article: Selector, in_box: list[NamedInstrument], machines: Witnesses
    ) -> Article | Rejection:
        shown = visible_headline(self, article, machines)
        times = visible_times(self, article)
        visible = Visible(machines.number, shown, times.published or times.modified)
        json_ld = of_article(self, machines.json_ld, visible)
        loader = self.loader(ArticleLoader, article, id=machines.number, headline=shown)
        loader.add_value("section", self.from_path("section"))
        loader.add_value("in_language", self.site.language)
        add_head(self, loader, article, json_ld)
        add_machine_values(self, loader, machines.context, json_ld)
        text = article_text(self, article)
        byline = self._add_text(loader, text, in_box)
        names = article_authors(self, article, json_ld.get("author"), byline.authors)
        loader.add_value("authors", names)
        is_for_all = machines.context.get("access_model") in (None, "free") and is_free(json_ld)
        complete = self._is_complete(article, text)
        loader.add_value("is_complete", None if complete and not is_for_all else complete)
        sponsored = is_sponsored(self, article, json_ld, machines.context)
        loader.add_value("is_sponsored", sponsored)
        item = loader.load_item()
        self._set_dates(item, times, json_ld, machines)
        is_later_page = self.part > 1 and text is not None and bool(text.blocks)
        has_text = item.article_body or is_later_page or (text and text.has_media)
        return item if has_text else self._without_text(item)

    def _add_text(
        self, loader: ArticleLoader, text: ArticleText | None, in_box: list[NamedInstrument]
    ) -> Byline:
        blocks, byline = without_byline(text.blocks if text else (), self.site.name)
        is_told = any(doubt.field == "page" for doubt in self.stats.doubts)  # of a broken byte
        for block in () if is_told else blocks:
            if not is_legible(block.text):
                self.doubt("article_body", "unreadable", block.text)
        for field, line in leftovers(blocks, self.site.name):
            self.doubt(field, "ambiguous", line)
        loader.add_value(None, byline._replace(authors=())._asdict())
        linked = linked_instruments(self, text.links if text else ())
        loader.add_value("instruments", distinct([*in_box, *linked]))
        if self.part == 1:
            body = "\n\n".join(block.text for block in blocks)
            loader.add_value("article_body", body or None)
            loader.add_value("subheadings", [block.text for block in blocks if block.is_heading])
        return byline

    def _is_complete(self, article: Selector, text: ArticleText | None) -> bool | None:
        if text is None or not text.blocks:
            return None
        is_cut = text.is_walled or self.part > 1 or bool(self.later_pages)
        goes_on = is_cut or leads_on(self, self._page_links)
        return False if goes_on else is_complete(self, article, text.blocks)

    def _set_dates(
        self, item: Article, shown: Times, json_ld: dict[str, Any], machines: Witnesses
    ) -> None:
        context = machines.context
        of_context = (context.get("publication_timestamp"), context.get("last_update_timestamp"))
        of_json_ld = (json_ld.get("datePublished"), json_ld.get("dateModified"))
        times = settled_times(self, shown, (of_context, of_json_ld))
        item.date_published, item.date_modified = times.published, times.modified
        item.date_published_raw = times.raw

    def _without_text(self, item: Article) -> Rejection:
        missing = list(dict.fromkeys([*item.missing_fields(), "article_body"]))
        read = {name: value for name, value in asdict(item).items() if name != "url"}
        return self.rejection("no-text", missing, **read)
