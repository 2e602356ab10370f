"""A list of studies: ``/analysen?p=2``, or of one stock, ``/analysen/muster-analysen?p=2``."""

import re
from collections.abc import Iterator

from parsel import Selector

from finnews.items import Item, Rating, Rejection
from finnews.loaders import RatingLoader
from finnews.pages.base import Link, Page
from finnews.pages.parts.box_cells import name_in
from finnews.pages.parts.header import header_items
from finnews.pages.parts.shares import is_any_share, is_same_share
from finnews.pages.ratings.arrows import agreed_verdict, arrow_verdict
from finnews.pages.ratings.emptiness import says_none
from finnews.pages.ratings.page_share import is_page_share
from finnews.pages.ratings.row_headings import subject
from finnews.pages.ratings.study_cells import day_of
from finnews.pages.ratings.study_links import leave_shared_ids, own_study
from finnews.pages.ratings.study_rows import StudyRow, study_rows
from finnews.pages.ratings.titles import Title, has_rating, read_title, starts_with_name
from finnews.vocabulary import verdict

_ROW = 'tr:has(a[href*="/analyse/"])'
_NONE = re.compile(r"\b[kK]eine (?:aktuellen )?Analysen\b")
_STUDY = "/analyse/"


class AnalysisListPage(Page):
    """Studies, newest first, with a pager.

    A row has a date; today's rows have a time of day instead, so their date is unknown.
    """

    path = re.compile(r"/analysen(?:/(?P<page>[^/]+)-analysen)?")

    def items(self) -> Iterator[Item]:
        """Yield the ratings that have a date; a rejection ``no-analyses`` if there is no row.

        A row without a known rating or of another share is left to the page of the study. A page
        that says in words that there are none is no fault.
        """
        yield from header_items(self)
        rows = list(study_rows(self))
        if not rows and says_none(self, _NONE):
            self.stats.note("passed", "list without analyses")
        elif not rows:
            yield self.rejection("no-analyses", ["rating"])
        yield from (row for row in rows if isinstance(row, Rejection))
        ratings = list(self._ratings([row for row in rows if isinstance(row, StudyRow)]))
        leave_shared_ids(self, ratings)
        yield from ratings

    def told_items(self) -> list[Item]:
        """Return no ratings: a row does not say of which share of that name it is."""
        return [item for item in self.items() if not isinstance(item, Rating)]

    def links(self) -> Iterator[Link]:
        """Yield the studies in list order, then the other pages of the list."""
        for row in self.css(_ROW):
            days = (day_of(name_in(Selector(root=cell))) for cell in row.root.iter("td"))
            day = next(filter(None, days), None)
            hrefs = (link.get("href", "") for link in row.root.iter("a"))
            urls = (self.link_url(href) for href in hrefs if _STUDY in href)
            for url in dict.fromkeys(url for url in urls if url and self.site.has(url)):
                yield Link(url, day)
        pager = self.css("nav.pagination a")
        yield from self.links_to(link.root.get("href", "") for link in pager)

    def _ratings(self, rows: list[StudyRow]) -> Iterator[Rating]:
        titles = ["" if row.link is None else name_in(row.link) for row in rows]
        parts = [read_title(self, printed) for printed in titles]
        share = self._share([part.name for part in parts if part])
        for row, printed, part in zip(rows, titles, parts, strict=True):
            if not _is_of(share, row, printed, part):
                self.doubt("rating", "contradiction", printed)
                continue
            rating = self._rating(row, printed, part, bool(share))
            if rating.date_published is None:
                self.stats.note("passed", "analysis row without day")
            elif rating.rating or rating.verdict:
                yield rating

    def _rating(self, row: StudyRow, printed: str, title: Title | None, is_own: bool) -> Rating:
        loader = self.loader(RatingLoader, row.cell, date_published=row.date, firm=row.firm)
        arrow = arrow_verdict(self, row.row)
        page = self.from_path("page") if is_own else None
        names = filter(None, (title and title.name, page))
        by_title = verdict(title.rating) if title else None
        loader.add_value("id", own_study(self, row.link, row.firm, names, by_title))
        loader.add_value("page", page)
        if title:
            loader.add_value("name", title.name)
            loader.add_value("rating", title.rating)
        rating = loader.load_item()
        if title or not has_rating(printed):
            rating.verdict = agreed_verdict(self, rating.rating, arrow)
        return rating

    def _share(self, names: list[str]) -> list[str]:
        """Return the names of the share whose list this is; none on the list of all shares.

        The page in the address is the share's, or else the one that the page's title names, too. If
        no row has such a name, that is a doubt, and the rows are read without a page.
        """
        page = self.from_path("page")
        if page is None:
            return []
        agreeing = [name for name in names if is_page_share(self, name)]
        if names and not agreeing:
            self.doubt("page", "contradiction", ", ".join((page, *dict.fromkeys(names))))
            return []
        return [name for name in agreeing if is_same_share(name, page)] or agreeing or [page]


def _is_of(share: list[str], row: StudyRow, printed: str, title: Title | None) -> bool:
    """Return whether a row is about the share, if there is one, and the heading above it agrees.

    A title that is not read must begin with the share's name.
    """
    other = subject(row.heading)
    if other and printed and not starts_with_name(printed, [other]):
        return False
    if not share or not printed:
        return True
    return is_any_share(title.name, share) if title else starts_with_name(printed, share)
