"""A company's calendar, such as its reports and general meetings: ``/termine/muster``."""

import re
from collections.abc import Iterator, Mapping

from finnews.items import Event, Item
from finnews.loaders import EventLoader
from finnews.pages.base import Page
from finnews.pages.parts.tables import Row, add_texts, headed_tables, row_texts, table_rows
from finnews.pages.rules import columns
from finnews.processors import amount, period
from finnews.vocabulary import price_unit

_HEADING = re.compile(r"(?P<name>.+) Aktie (?:vergangene )?Termine")
_ABOVE = "preceding::*[self::h1 or self::h2][1]"
_ESTIMATED = "(e)"
_COLUMNS = columns(event="Terminart", period="Info", date="Datum")
_EPS_COLUMNS = columns(eps_estimate="Schätzung EPS", eps_actual="Tatsächliches EPS")
_EPS = re.compile(r"[^\sA-Za-z%]+(?:\s*(?:[A-Z]{3}|[€$£]))?")


class EventsPage(Page):
    """Two tables: coming events with estimated earnings per share, past ones with actual."""

    path = re.compile(r"/termine/(?P<page>[^/]+)")

    @classmethod
    def is_authority_on(cls, item: Item) -> bool:
        return isinstance(item, Event)

    def items(self) -> Iterator[Item]:
        """Yield the events; a rejection ``no-events`` if the page has neither table."""
        yield from self.ticker()
        tables = list(headed_tables(self, _HEADING, _ABOVE))
        if not tables:
            yield self.rejection("no-events", ["event", "date"])
        for heading, table in tables:
            for row in table_rows(self, table, (*_COLUMNS, *_EPS_COLUMNS)):
                yield self._event(row, heading["name"])

    def _event(self, row: Row, name: str) -> Event:
        texts = row_texts(row)
        cell = next(iter(row.values()))
        loader = self.loader(EventLoader, cell, name=name, page=self.from_path("page"))
        add_texts(loader, _COLUMNS, texts)
        loader.add_value("is_estimated", _ESTIMATED in texts.get("Datum", ""))
        if texts.get("Info") and period(texts["Info"]) is None:
            self.stats.note("refused", "period")
        for field, text in self._eps(texts).items():
            loader.add_value(field, text)
            loader.add_value("currency", text)
        return loader.load_item()

    def _eps(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Return the earnings per share that are amounts of money, all in one currency."""
        amounts: dict[str, str] = {}
        currencies: set[str | None] = set()
        for rule in _EPS_COLUMNS:
            text = texts.get(rule.text, "")
            number, unit = amount(text, self.site.mark)
            currency = price_unit(unit).currency if unit else None
            if number is not None and _EPS.fullmatch(text) and bool(currency) == bool(unit):
                amounts[rule.field] = text
                currencies.add(currency)
            elif re.search(r"\d", text):
                self.stats.note("refused", rule.field)
        if len(currencies) > 1:
            self.stats.note("refused", "currency")
            return {}
        return amounts
