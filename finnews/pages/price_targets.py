"""The analysts' price targets for a stock: ``/kursziele/muster``."""

import re
from collections.abc import Iterator
from functools import cached_property

from lxml.etree import _Element
from parsel import Selector

from finnews.items import Item, Rating, Rejection
from finnews.loaders import RatingLoader
from finnews.pages.base import Link, Page
from finnews.pages.parts.header import header_items
from finnews.pages.parts.tables import Row, add_row, headed_tables, table_rows
from finnews.pages.ratings.arrows import agreed_verdict, arrow_verdict
from finnews.pages.ratings.distances import leave_unlike
from finnews.pages.ratings.emptiness import says_none
from finnews.pages.ratings.page_share import is_page_share
from finnews.pages.ratings.row_headings import is_of_share, line_above
from finnews.pages.ratings.study_firms import is_firm
from finnews.pages.ratings.study_links import (
    firm_in,
    leave_shared_ids,
    own_study,
    study_link,
    study_links,
)
from finnews.pages.ratings.targets import check_unit, leave_zero
from finnews.pages.rules import columns
from finnews.processors import amount, is_given
from finnews.vocabulary import verdict

_HEADING = re.compile(r"Diese Analysten bewerten die (?P<name>.+)-Aktie")
_NONE = re.compile(r"\b[kK]eine (?:aktuellen )?(?:Kursziele|Analysen|Analystenschätzungen)\b")
_READ_ALONE = frozenset({"firm", "date_published"})


class PriceTargetsPage(Page):
    """A table of price targets; the tables of the industry and of past targets are not read."""

    path = re.compile(r"/kursziele/(?P<page>[^/]+)")

    def items(self) -> Iterator[Item]:
        """Yield the ratings; a rejection ``no-price-targets`` if no table has a readable row.

        A page that says in words that there are none is no fault.
        """
        yield from header_items(self)
        rows = [
            (name, row)
            for name, table in self._tables()
            for row in table_rows(self, table, _COLUMNS, ("firm", "date_published"))
            if isinstance(row, Rejection) or self._is_own(row, name)
        ]
        if not rows and says_none(self, _NONE):
            self.stats.note("passed", "page without price targets")
        elif not rows:
            yield self.rejection("no-price-targets", ["firm", "price_target"])
        items = [
            row if isinstance(row, Rejection) else self._rating(row, name) for name, row in rows
        ]
        ratings = [item for item in items if isinstance(item, Rating)]
        leave_unlike(self, ratings)
        leave_shared_ids(self, ratings)
        yield from items

    def links(self) -> Iterator[Link]:
        """Yield the studies in the table."""
        for _, table in self._tables():
            yield from self.links_to(link.attrib["href"] for link in study_links(self, table))

    def _tables(self) -> list[tuple[str, Selector]]:
        """Return the tables of the share, each with its name; a table of another is a doubt."""
        tables = [(heading["name"], table) for heading, table in headed_tables(self, _HEADING)]
        of_share = [part for part in tables if is_page_share(self, part[0])]
        if tables and len({name for name, _ in of_share}) != 1:
            self.doubt("name", "contradiction", ", ".join(name for name, _ in tables))
            return []
        return of_share

    def _is_own(self, row: Row, name: str) -> bool:
        """Return whether a row is a firm's, and no heading above it says that it is of others."""
        if is_given(row.texts["firm"]) and not is_firm(row.texts["firm"]):
            self.doubt("firm", "contradiction", row.texts["firm"])
            return False
        above = row.heading or self._line_above(next(row.line.root.iterancestors("table")))
        heading = _HEADING.fullmatch(above)
        is_own = is_of_share(heading["name"] if heading else above, [name])
        if not is_own:
            self.doubt("price_target", "contradiction", f"{above}: {row.texts['firm']}")
        return is_own

    def _line_above(self, table: _Element) -> str:
        if table not in self._lines:
            self._lines[table] = line_above(table)
        return self._lines[table]

    @cached_property
    def _lines(self) -> dict[_Element, str]:
        """The lines above tables, each looked for once."""
        return {}

    def _rating(self, row: Row, name: str) -> Rating:
        loader = self.loader(RatingLoader, None, name=name, page=self.from_path("page"))
        line = row.line
        link = study_link(self, line)
        firm = firm_in(self, Selector(root=row.cell("firm")))
        by_arrow = agreed_verdict(self, None, arrow_verdict(self, line))
        known = filter(None, (name, self.from_path("page")))
        loader.add_value("id", own_study(self, link, firm, known, by_arrow))
        loader.add_value("firm", firm)
        loader.add_value("date_published", row.texts["date_published"].rstrip("* "))
        fields = dict.fromkeys(rule.field for rule in _COLUMNS)
        add_row(self, loader, row, (name for name in fields if name not in _READ_ALONE))
        rating = loader.load_item()
        rating.verdict = by_arrow
        unheaded = row.printed.get("", "")
        if verdict(unheaded):
            self.doubt("verdict", "unreadable", unheaded)
        elif rating.price_target is None and amount(unheaded, self.site.mark):
            self.doubt("price_target", "ambiguous", unheaded)
        leave_zero(self, rating)
        check_unit(self, rating)
        return rating


_COLUMNS = columns(
    firm=("Analyst", "Analysehaus"),
    price_target="Kursziel",
    currency="Kursziel",
    unit="Kursziel",
    upside_percent=("Abstand Kursziel", "Abst. Kursziel"),
    date_published="Datum",
)
