"""The dates in a company's calendar: ``/termine/muster``."""

import re
from collections.abc import Iterator

from parsel import Selector

from finnews.items import Event, Item
from finnews.loaders import EventLoader
from finnews.pages.base import Page, text_of
from finnews.pages.rules import columns
from finnews.processors import period

_HEADING = re.compile(r"(?P<name>.+) Aktie (?:vergangene )?Termine")
_ESTIMATED = "(e)"
_COLUMNS = columns(
    event="Terminart",
    eps_estimate="Schätzung EPS",
    eps_actual="Tatsächliches EPS",
    period="Info",
    date="Datum",
)


class EventsPage(Page):
    """Two tables: the events to come, with estimates, and those past, with what was reported."""

    path = re.compile(r"/termine/(?P<page>[^/]+)")

    @classmethod
    def is_authority_on(cls, item: Item) -> bool:
        return isinstance(item, Event)

    def items(self) -> Iterator[Item]:
        """Yield the events; a rejection ``no-events`` if the page has neither of the tables."""
        yield from self.ticker()
        tables = list(self._tables())
        if not tables:
            yield self.rejection("no-events", ["event", "date"])
        for name, table in tables:
            for row in self.rows(table, _COLUMNS):
                yield self._event(row, name)

    def _tables(self) -> Iterator[tuple[str, Selector]]:
        for table in self.css("table"):
            heading = self.xpath("preceding::*[self::h1 or self::h2][1]", table)
            if match := _HEADING.fullmatch(text_of(heading)):
                yield match["name"], table

    def _event(self, row: dict[str, Selector], name: str) -> Event:
        printed = {header: text_of(cell) for header, cell in row.items()}
        part = next(iter(row.values()))
        loader = self.loader(EventLoader, part, name=name, page=self.from_path("page"))
        for column in _COLUMNS:
            loader.add_value(column.field, printed.get(column.text))
        for eps in ("Schätzung EPS", "Tatsächliches EPS"):
            loader.add_value("currency", printed.get(eps))
        loader.add_value("is_estimated", _ESTIMATED in printed.get("Datum", ""))
        if printed.get("Info") and period(printed["Info"]) is None:
            self.stats.note("refused", "period")
        event: Event = loader.load_item()
        if event.eps_estimate is None and event.eps_actual is None:
            event.currency = None
        return event
