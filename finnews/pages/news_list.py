"""A list of news: ``/nachrichten/ressort/aktien``, ``/news/muster-news``,
``/index/dax/marktberichte?p=2``.
"""

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from parsel import Selector

from finnews.items import Item
from finnews.pages.base import Link, Page
from finnews.pages.parts.header import header_items
from finnews.pages.visible import text_of
from finnews.processors import iso_time

_TEASER = "a.article-teaser"


class NewsListPage(Page):
    """Teasers of articles, newest first, with a pager if the list has several pages.

    A teaser's time is not when the article was published (seen 2026-10: 18:06 in the list, 06:10
    on the article's page).
    """

    path = re.compile(
        r"/nachrichten/ressort/[^/]+|/news/[^/]+-news|/index/[^/]+/marktberichte", re.ASCII
    )

    def items(self) -> Iterator[Item]:
        """Yield the header, and a rejection ``entry-without-link`` for each teaser that has none.

        A page without teasers is a rejection ``no-entries``.
        """
        yield from header_items(self)
        teasers = self.css(_TEASER)
        if not teasers:
            yield self.rejection("no-entries")
        for teaser in teasers:
            if not self._url(teaser):
                title = text_of(self.css("span.article-teaser__title", teaser)[:1])
                yield self.rejection("entry-without-link", headline=title or None)

    def links(self) -> Iterator[Link]:
        """Yield the articles in list order, then the other pages of the list."""
        for teaser in self.css(_TEASER):
            if url := self._url(teaser):
                time = self.css("time.article-teaser__date::attr(datetime)", teaser).get("")
                yield Link(url, list_time(time, self.site.zone))
        yield from self.links_to(self.css("li.pagination__item a::attr(href)").getall())

    def _url(self, teaser: Selector) -> str:
        return self.link_url(teaser.root.get("href", ""))


def list_time(printed: str, zone: ZoneInfo) -> str | None:
    """Return a teaser's time, which is local time although it ends in ``Z`` (seen 2026-10).

    >>> list_time("2026-10-01T18:06:00.000Z", ZoneInfo("Europe/Berlin"))
    '2026-10-01T18:06:00+02:00'
    """
    return iso_time(printed.removesuffix("Z"), zone)
