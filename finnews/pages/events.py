"""A company's calendar, such as its reports and general meetings: ``/termine/muster``."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from parsel import Selector

from finnews.items import Event, Item, Rejection, instrument_key
from finnews.loaders import EventLoader
from finnews.loaders.inputs import Reason
from finnews.pages.base import Page
from finnews.pages.parts.box_cells import name_in
from finnews.pages.parts.header import header_items
from finnews.pages.parts.repeated import agreeing
from finnews.pages.parts.shares import own_name
from finnews.pages.parts.tables import Row, add_row, table_rows, tables
from finnews.pages.rules import columns
from finnews.pages.texts.advertising import is_marked_advertising

_HEADING = re.compile(r"(?P<name>.+) Aktie (?P<past>vergangene )?Termine")
_ESTIMATED = "(e)"
_YEARS_AHEAD = 5
_COLUMNS = columns(event="Terminart", period="Info", date="Datum")
_EPS_COLUMNS = columns(eps_estimate="Schätzung EPS", eps_actual="Tatsächliches EPS")

_REQUIRED = ("event", "date")


class EventsPage(Page):
    """Two tables: coming events with estimated earnings per share, past ones with actual."""

    path = re.compile(r"/termine/(?P<page>[^/]+)")

    @classmethod
    def is_authority_on(cls, item: Item) -> bool:
        return isinstance(item, Event)

    def items(self) -> Iterator[Item]:
        """Yield the events; a rejection ``no-events`` if the page has neither table.

        A table that is another share's, or whose heading is not known, is ``other-table``.
        """
        yield from header_items(self)
        headed = list(self._tables())
        if not headed:
            yield self.rejection("no-events", ["event", "date"])
        titles = [title for heading, _ in headed if (title := _HEADING.fullmatch(heading))]
        name = own_name(self, (title["name"] for title in titles))
        coming: list[Item] = []
        past: list[Item] = []
        for heading, table in headed:
            title = _HEADING.fullmatch(heading)
            if title and title["name"] == name:
                (past if title["past"] else coming).extend(self._events(table, name))
            else:
                coming.append(self.rejection("other-table", heading=heading))
        self._leave_impossible_days(coming, past)
        yield from agreeing(self, [*coming, *past])

    def _events(self, table: Selector, name: str | None) -> Iterator[Event | Rejection]:
        for row in table_rows(self, table, (*_COLUMNS, *_EPS_COLUMNS), _REQUIRED):
            if isinstance(row, Rejection):
                yield row
            elif is_marked_advertising(row.texts["event"]):
                self.stats.note("passed", "event of advertising")
            elif self._is_of_another(row):
                yield self.rejection("other-security", printed=row.printed)
            else:
                yield self._event(row, name)

    def _leave_impossible_days(self, coming: Iterable[Item], past: Iterable[Item]) -> None:
        """Leave out the day of a past event that is to come, and of a coming one before the past.

        No coming event is many years ahead, and of none are earnings reported.
        """
        been = [day for event in past if (day := self._day(event, "", self.latest))]
        furthest = f"{self.now.year + _YEARS_AHEAD}"
        for event in coming:
            day = self._day(event, max(been, default=""), furthest) or ""
            if isinstance(event, Event) and event.eps_actual is not None and day > self.latest:
                self.doubt("eps_actual", "implausible", f"{day}: {event.eps_actual}")
                event.eps_actual = None

    def _day(self, event: Item, earliest: str, latest: str) -> str | None:
        """Return the day of an event; one before or after all that can be is left out, and told."""
        if not isinstance(event, Event) or event.date is None:
            return None
        if not earliest <= event.date <= latest:
            reason: Reason = "contradiction" if event.date < earliest else "implausible"
            self.doubt("date", reason, f"{event.event} {event.date}")
            event.date = None
        return event.date

    def _is_of_another(self, row: Row) -> bool:
        """Return whether a row links to the page of another share."""
        hrefs = self.css("a::attr(href)", row.line).getall()
        of_page = instrument_key("stock", self.from_path("page"))
        linked = filter(None, map(self._page_of, hrefs))
        return any(instrument_key("stock", page) != of_page for page in linked)

    def _page_of(self, href: str) -> str | None:
        url = self.absolute_url(href)
        path = urlsplit(url).path if self.site.has(url) else ""
        calendar = self.path.fullmatch(path)
        return calendar["page"] if calendar else self.instrument(href).get("page")

    def _tables(self) -> Iterator[tuple[str, Selector]]:
        """Yield the tables of events with their headings, also under a heading of other words."""
        for heading, table in tables(self):
            if _HEADING.fullmatch(heading) or self.css("th", table).re_first("Terminart"):
                yield heading, table

    def _event(self, row: Row, name: str | None) -> Event:
        page = self.from_path("page")
        loader = self.loader(EventLoader, None, name=name, page=page)
        row.texts["event"] = name_in(row.cell("event"))
        add_row(self, loader, row, [column.field for column in _COLUMNS])
        loader.add_value("is_estimated", _ESTIMATED in row.texts["date"])
        for rule in _EPS_COLUMNS:
            add_row(self, loader, row, [rule.field])
            loader.add_value("currency", row.texts.get(rule.field))
        return loader.load_item()
