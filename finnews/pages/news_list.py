"""A list of news: ``/nachrichten/ressort/aktien``, ``/news/muster-news``,
``/index/dax/marktberichte?p=2``.
"""

import re
from collections.abc import Iterator

from parsel import Selector

from finnews.items import Item
from finnews.pages.base import Link, Page
from finnews.pages.parts.header import header_items
from finnews.pages.parts.list_times import once, teaser_time
from finnews.pages.visible import text_of

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
        teasers = [(self._url(teaser), teaser) for teaser in self.css(_TEASER)]
        yield from once(self, (Link(url, self._time(part)) for url, part in teasers if url))
        yield from self.links_to(self.css("li.pagination__item a::attr(href)").getall())

    def _time(self, teaser: Selector) -> str | None:
        times = self.css("time.article-teaser__date", teaser)
        stated = {(time.root.get("datetime", ""), text_of(time)) for time in times}
        if len(stated) > 1:
            self.doubt("date", "ambiguous", " / ".join(text_of(time) for time in times))
        return teaser_time(self, *stated.pop()) if len(stated) == 1 else None

    def _url(self, teaser: Selector) -> str:
        return self.link_url(teaser.root.get("href", ""))
