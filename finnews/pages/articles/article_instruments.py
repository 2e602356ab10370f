"""The securities that an article names by the links in its text."""

from collections.abc import Iterable, Iterator

from finnews.items import NamedInstrument, instrument_key
from finnews.pages.base import Page
from finnews.pages.parts.box import named_instrument
from finnews.pages.texts.labels import is_call
from finnews.pages.texts.prose import Anchor


def linked_instruments(page: Page, links: Iterable[Anchor]) -> Iterator[NamedInstrument]:
    """Yield the securities of the site to whose pages links of a text lead."""
    for link in links:
        instrument = named_instrument(page, *link)
        is_named = instrument and (instrument.name or not is_call(link.text))  # "Zur Rose"
        if instrument and is_named and page.site.has(str(instrument.url)):
            yield instrument


def distinct(instruments: list[NamedInstrument]) -> list[NamedInstrument]:
    """Return each security once, with the first name that it is given."""
    by_key: dict[str | None, NamedInstrument] = {}
    for instrument in instruments:
        key = instrument_key(instrument.kind, instrument.page)
        first = by_key.setdefault(key, instrument)
        first.name = first.name or instrument.name
    return list(by_key.values())
