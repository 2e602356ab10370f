"""Which lists of news a run reads: those that are known, and those that the site's menu names."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from finnews.archive import Archive
from finnews.items import Checkpoint, Turnover
from finnews.pages.base import Page
from finnews.pages.menu_lists import menu_lists
from finnews.pages.news_list import is_of_site
from finnews.site import Site
from finnews.spiders.checkpoint import ListProgress
from finnews.spiders.turnover import can_wait

REMEMBERED: Final = timedelta(days=14)
"""How long a list is read on that the menu no longer names, while it names others."""

MOST: Final = 60
"""Lists of the menu that are read; a menu has a dozen."""


class NewsLists:
    """The lists of the site's news; `known` are the paths of those that every run looks for."""

    def __init__(self, archive: Archive, site: Site, now: datetime) -> None:
        self.archive = archive
        self.site = site
        self.now = now
        self.known = site.news
        self.in_menu: list[str] | None = None
        """Paths of those that the menu names; ``None`` if no page with a menu was read."""

        self.left_out = 0
        """How many it names beyond those that are read."""

        self.has_looked = False
        """Whether a page was read that should have a menu."""

    def of_earlier_runs(self) -> list[str]:
        """Return the paths of other lists that the menu has named lately, or that no run has read
        to its end: a run that was killed can have found articles in them.
        """
        lists = {self._of_site(str(last.url)): last for last in self.archive.all_of(Checkpoint)}
        lists = {path: last for path, last in lists.items() if is_of_site(path)}
        named = [_moment(last.named_at) for last in lists.values() if last.named_at]
        start = max(named) - REMEMBERED if named else self.now
        return sorted(
            path
            for path, last in lists.items()
            if path not in self.known
            and (
                (last.pending or last.turnover is None)
                or (last.named_at and _moment(last.named_at) >= start)
            )
        )

    @property
    def only_in_menu(self) -> list[str]:
        """The paths of the lists that the menu names, and that are not known."""
        return [path for path in self.in_menu or () if path not in self.known]

    def found_on(self, page: Page) -> list[str]:
        """Return the paths of the lists that the menu of a page names; of one page for all."""
        if self.in_menu is not None:
            return []
        self.has_looked = True
        named = menu_lists(page.text, self.site)
        self.in_menu = named if named is None else named[:MOST]
        self.left_out = len(named or ()) - len(self.in_menu or ())
        return self.in_menu or []

    def is_due(self, progress: ListProgress) -> bool:
        """Return whether a run reads a list, and does not leave it to a later one."""
        last = progress.last
        if last is None or last.unfinished or progress.must_be_read or progress.since.day:
            return True
        if self._of_site(progress.url) in self.site.all_news:
            return True
        return not can_wait(last.turnover, self._of_runs(), self.now)

    def warnings(self) -> Iterator[tuple[str, str]]:
        """Yield the count and the message of what is odd about the menu."""
        if not self.has_looked:
            return
        named = self.in_menu or []
        if self.left_out:
            yield "menu-too-long", f"{self.left_out} more lists of news in the menu were not read"
        if not any(path in self.known for path in named):
            message = "no menu found" if self.in_menu is None else "the menu names no known list"
            yield "menu-not-read", f"{message}: the lists of news that are known were read"
            return
        for path in self.of_earlier_runs():
            if path not in named:
                yield "lists-not-in-menu", f"{path} was read, but the menu no longer names it"

    def _of_runs(self) -> Turnover | None:
        """Return the record of a list that every run reads."""
        last = self.archive.find(Checkpoint, self.site.address(self.known[0]))
        return last.turnover if last else None

    def _of_site(self, url: str) -> str:
        return self.site.path_of(url) or ""


def _moment(named_at: str) -> datetime:
    return datetime.fromisoformat(named_at)
