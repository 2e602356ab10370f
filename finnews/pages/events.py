"""A company's calendar, such as its reports and general meetings: ``/termine/muster``."""

import re
from collections.abc import Iterable, Iterator

from parsel import Selector

from finnews.items import Event, Item, Rejection
from finnews.loaders import EventLoader
from finnews.pages.base import Page
from finnews.pages.parts.header import header_items
from finnews.pages.parts.repeated import agreeing
from finnews.pages.parts.shares import own_name
from finnews.pages.parts.tables import Row, add_row, table_rows, tables
from finnews.pages.rules import columns

_HEADING = re.compile(r"(?P<name>.+) Aktie (?:vergangene )?Termine")
_ESTIMATED = "(e)"
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
        yield from agreeing(self, self._events(headed, name))

    def _events(
        self, headed: Iterable[tuple[str, Selector]], name: str | None
    ) -> Iterator[Event | Rejection]:
        for heading, table in headed:
            if heading in (f"{name} Aktie Termine", f"{name} Aktie vergangene Termine"):
                for row in table_rows(self, table, (*_COLUMNS, *_EPS_COLUMNS), _REQUIRED):
                    yield row if isinstance(row, Rejection) else self._event(row, name)
            else:
                yield self.rejection("other-table", heading=heading)

    def _tables(self) -> Iterator[tuple[str, Selector]]:
        """Yield the tables of events with their headings, also under a heading of other words."""
        for heading, table in tables(self):
            if _HEADING.fullmatch(heading) or self.css("th", table).re_first("Terminart"):
                yield heading, table

    def _event(self, row: Row, name: str | None) -> Event:
        page = self.from_path("page")
        loader = self.loader(EventLoader, row.cells["event"], name=name, page=page)
        add_row(self, loader, row, [column.field for column in _COLUMNS])
        loader.add_value("is_estimated", _ESTIMATED in row.texts["date"])
        for rule in _EPS_COLUMNS:
            loader.add_value(rule.field, row.texts.get(rule.field))
            loader.add_value("currency", row.texts.get(rule.field))
        return loader.load_item()
