"""A list of news: ``/nachrichten/ressort/aktien``, ``/news/muster-news``,
``/index/dax/marktberichte?p=2``, ``/nachrichten/devisen/bitcoin-euro-kurs``.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from parsel import Selector, SelectorList

from finnews.instrument_paths import KINDS
from finnews.items import Item
from finnews.pages.base import Link, Page
from finnews.pages.parts.header import header_items
from finnews.pages.parts.list_times import once, teaser_time
from finnews.pages.texts.absences import absences
from finnews.pages.visible import text_of

_TEASERS = """/descendant::*[contains(@class, "article-teaser")]
    [contains(concat(" ", normalize-space(@class), " "), " article-teaser ")]"""
_TITLE = "span.article-teaser__title"
_NONE = re.compile(r"\b[kK]eine (?:aktuellen )?(?:Nachrichten|News|Artikel|Meldungen)\b")
_OF_SITE = re.compile(r"/nachrichten/ressort/[\w-]+|/index/[\w-]+/marktberichte", re.ASCII)
_TIME = re.compile(r"(?<!\d)\d{1,2}(?::\d{2}|\.\d{1,2}\.(?:\d{2,4})?)(?!\d)", re.ASCII)


class NewsListPage(Page):
    """Teasers of articles, newest first, with a pager if the list has several pages.

    A teaser's time is not when the article was published (seen 2026-10: 18:06 in the list, 06:10
    on the article's page).
    """

    path = re.compile(
        rf"(?:/nachrichten/(?:alle|{'|'.join(KINDS)})/|(?P<of>/news/))(?P<page>[^/]+)(?(of)-news)"
        r"|/nachrichten/ressort/[^/]+|/index/[^/]+/marktberichte",
        re.ASCII,
    )

    def items(self) -> Iterator[Item]:
        """Yield the header, and a rejection ``entry-without-link`` for each teaser that has none.

        A page without teasers is a rejection ``no-entries``, unless it says of a paper that there
        is no news.
        """
        yield from header_items(self)
        if not self._teasers and self.from_path("page") and absences(self, _NONE):
            self.stats.note("passed", "list without news")
        elif not self._teasers:
            yield self.rejection("no-entries")
        for teaser in self._teasers:
            if not self._url(teaser):
                title = text_of(self.css(_TITLE, teaser)[:1])
                yield self.rejection("entry-without-link", headline=title or None)

    def links(self) -> Iterator[Link]:
        """Yield the articles in list order, then the other pages of the list."""
        teasers = [(self._url(teaser), teaser) for teaser in self._teasers]
        yield from once(self, (Link(url, self._time(part)) for url, part in teasers if url))
        pager = self.css("li.pagination__item a")
        yield from self.links_to(link.root.get("href", "") for link in pager)

    @cached_property
    def _teasers(self) -> SelectorList[Selector]:
        return self.xpath(_TEASERS)

    def _time(self, teaser: Selector) -> str | None:
        times = self.css("time.article-teaser__date", teaser)
        stated = {(time.root.get("datetime", ""), text_of(time)) for time in times}
        if not stated and (printed := self._unknown_time(teaser)):
            self.doubt("date", "unreadable", printed)
        if len(stated) > 1:
            self.doubt("date", "ambiguous", " / ".join(text_of(time) for time in times))
        return teaser_time(self, *stated.pop()) if len(stated) == 1 else None

    def _unknown_time(self, teaser: Selector) -> str | None:
        """Return a time that a teaser has beside its title in another element."""
        title = text_of(self.css(_TITLE, teaser))
        beside = text_of(teaser).replace(title or " ", " ", 1)
        match = _TIME.search(beside) if title else None
        return match[0] if match else None

    def _url(self, teaser: Selector) -> str:
        return self.link_url(teaser.root.get("href", ""))


def is_of_site(path: str) -> bool:
    """Return whether a path is that of a list of the site's news, and not of those of one paper.

    >>> is_of_site("/nachrichten/ressort/aktien"), is_of_site("/news/muster-news")
    (True, False)
    """
    return _OF_SITE.fullmatch(path) is not None
