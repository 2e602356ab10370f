"""A company's calendar, such as its reports and general meetings: ``/termine/muster``."""

import re
from collections.abc import Iterator

from finnews.items import Event, Item, Rejection
from finnews.loaders import EventLoader
from finnews.pages.base import Page
from finnews.pages.parts.tables import Row, add_row, headed_tables, table_rows
from finnews.pages.rules import columns

_HEADING = re.compile(r"(?P<name>.+) Aktie (?:vergangene )?Termine")
_ESTIMATED = "(e)"
_COLUMNS = columns(event="Terminart", period="Info", date="Datum")
_EPS_COLUMNS = columns(eps_estimate="Schätzung EPS", eps_actual="Tatsächliches EPS")


class EventsPage(Page):
    """Two tables: coming events with estimated earnings per share, past ones with actual."""

    path = re.compile(r"/termine/(?P<page>[^/]+)")

    @classmethod
    def is_authority_on(cls, item: Item) -> bool:
        return isinstance(item, Event)

    def items(self) -> Iterator[Item]:
        """Yield the events; a rejection ``no-events`` if the page has neither table."""
        yield from self.ticker()
        tables = list(headed_tables(self, _HEADING))
        if not tables:
            yield self.rejection("no-events", ["event", "date"])
        for heading, table in tables:
            for row in table_rows(self, table, (*_COLUMNS, *_EPS_COLUMNS), ("event", "date")):
                yield row if isinstance(row, Rejection) else self._event(row, heading["name"])

    def _event(self, row: Row, name: str) -> Event:
        page = self.from_path("page")
        loader = self.loader(EventLoader, row.cells["event"], name=name, page=page)
        add_row(self, loader, row, [column.field for column in _COLUMNS])
        loader.add_value("is_estimated", _ESTIMATED in row.texts["date"])
        for rule in _EPS_COLUMNS:
            loader.add_value(rule.field, row.texts.get(rule.field))
            loader.add_value("currency", row.texts.get(rule.field))
        return loader.load_item()
