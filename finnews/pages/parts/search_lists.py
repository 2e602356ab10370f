"""The search box of every page: two lists of the securities that are searched most (seen 2026-09).

An entry has the name and the WKN of a security, and its ISIN in the link to the watch list:
``/depot/watchlist.asp?isisin=US67066G1040&inTyp=1``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from urllib.parse import parse_qs

from parsel import Selector

from finnews.instrument_paths import InstrumentPath, instrument_path
from finnews.items import Instrument, Kind
from finnews.loaders.inputs import Reason
from finnews.pages.base import Page
from finnews.processors import isin, line, wkn, wkn_of_isin
from finnews.processors.texts import LOST
from finnews.site import Site

_LISTS: Final = 'div[class*="suggest-search__most-"]'
_RESULT: Final = "suggest-search__result"
_PARTS: Final = ("link", "description", "identifier", "favorite", "title")
_KINDS: Final[dict[str, Kind]] = {"1": "stock", "2": "fund", "6": "etf"}  # by ``inTyp``
_NUMBERS: Final = ("isin", "wkn")


class SearchEntry(NamedTuple):
    """What an entry of the lists prints, and where its links lead."""

    href: str
    name: str
    wkn: str
    watch_list: str
    title: str
    """The words of the link to the watch list, which begin with the name."""


def search_lists(page: Page) -> list[Selector]:
    """Return the lists that are in no other one."""
    lists = page.css(_LISTS)
    elements = {each.root for each in lists}
    return [each for each in lists if elements.isdisjoint(each.root.iterancestors())]


def searched_instruments(page: Page, lists: Iterable[Selector]) -> Iterator[Instrument]:
    """Yield the securities in the lists, each once.

    A number that the lists contradict, or that two securities have, is left out with a doubt.
    """
    read = _Lists("".join(each.get() for each in lists), page.site)
    for field, reason, printed in read.doubts:
        page.doubt(field, reason, printed)
    yield from read.instruments


class _Lists:
    """The securities in the lists' HTML."""

    def __init__(self, html: str, site: Site) -> None:
        self.doubts: list[tuple[str, Reason, str]] = []
        self.readings: defaultdict[tuple[Kind, str], list[Instrument]] = defaultdict(list)
        for entry in _entries(html):
            if path := instrument_path(site.path_of(entry.href) or ""):
                self.readings[path.kind, path.page].append(self._reading(entry, path))
        self.instruments = [self._merged(of_one) for of_one in self.readings.values()]
        for field in _NUMBERS:
            self._leave_out_shared(field)

    def _reading(self, entry: SearchEntry, path: InstrumentPath) -> Instrument:
        query = parse_qs(entry.watch_list.partition("?")[2])
        printed_isin = " ".join(query.get("isisin", []))
        name = None if LOST in entry.name else entry.name
        reading = Instrument(page=path.page, kind=path.kind)
        reading.name = self._valid("name", name or None, entry.name)
        reading.isin = self._valid("isin", isin(printed_isin), printed_isin)
        reading.wkn = self._valid("wkn", wkn(entry.wkn), entry.wkn)
        kinds = {_KINDS.get(number, path.kind) for number in query.get("inTyp", [])}
        isins = {number for number in (reading.isin, path.isin) if number}
        wkns = {
            number for number in (reading.wkn, path.wkn, wkn_of_isin(reading.isin or "")) if number
        }
        is_titled = not entry.title or entry.title.startswith(entry.name)
        if not is_titled or not kinds <= {path.kind} or len(isins) > 1 or len(wkns) > 1:
            self.doubts.append(("isin", "contradiction", " ".join(entry[:4])))
            reading.isin = reading.wkn = None
        else:
            reading.isin, reading.wkn = next(iter(isins), None), next(iter(wkns), None)
        return reading

    def _valid(self, field: str, value: str | None, printed: str) -> str | None:
        if printed and value is None:
            self.doubts.append((field, "unreadable", printed))
        return value

    def _merged(self, readings: list[Instrument]) -> Instrument:
        """Return one security of its readings, with the longest name."""
        instrument = max(readings, key=lambda reading: len(reading.name or ""))
        for field in _NUMBERS:
            numbers = {number for reading in readings if (number := getattr(reading, field))}
            if len(numbers) > 1:
                self.doubts.append((field, "contradiction", " ".join(sorted(numbers))))
            setattr(instrument, field, numbers.pop() if len(numbers) == 1 else None)
        return instrument

    def _leave_out_shared(self, field: str) -> None:
        """Leave a number out that two securities have."""
        by_number: defaultdict[str, list[Instrument]] = defaultdict(list)
        for instrument in self.instruments:
            by_number[getattr(instrument, field) or ""].append(instrument)
        for number, instruments in by_number.items():
            if number and len(instruments) > 1:
                self.doubts.append((field, "contradiction", number))
                for instrument in instruments:
                    setattr(instrument, field, None)


def _entries(html: str) -> Iterator[SearchEntry]:
    for result in Selector(text=html or " ").css(f"span.{_RESULT}"):
        parts: dict[str, str] = {}
        for element in result.root.iter("a", "span"):
            name = element.get("class", "").partition(f"{_RESULT}-")[2].partition(" ")[0]
            if name in _PARTS and name not in parts:  # of entries in this one, nothing is read
                is_link = element.tag == "a"
                text = element.get("href", "") if is_link else "".join(element.itertext())
                parts[name] = line(text)
            if "title" not in parts and (title := element.get("title")):
                parts["title"] = line(title)
        yield SearchEntry(*(parts.get(name, "") for name in _PARTS))
