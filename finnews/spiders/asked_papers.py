"""The papers that a run is about: what named each, and what the site has shown of it so far."""

from collections.abc import Iterator
from typing import NamedTuple

from finnews.instrument_paths import InstrumentPath, isin_of_page
from finnews.items import Quote, instrument_key
from finnews.spiders.wanted import Wanted


class Asked(NamedTuple):
    """A paper as it was asked for, in one spelling of its page name."""

    paper: InstrumentPath
    wanted: Wanted | None
    """What named it; ``None`` for a member of an index."""

    is_by_number: bool = False
    """Whether the register or the site said that it has the number which was asked for."""


class AskedPapers:
    """Papers by `key_of`, each requested once, whatever names it and however it is spelled."""

    def __init__(self) -> None:
        self._asked: dict[str, list[Asked]] = {}
        self._tried: dict[str, set[str]] = {}
        self._numbers: dict[str, set[str]] = {}
        self._open: dict[str, None] = {}
        """Keys of papers that were requested, and of which nothing was shown."""

        self._contradicted: set[Asked] = set()
        self.failed: set[str] = set()
        """Keys of papers of which a page could not be fetched: nothing is said of them."""

    def add(self, asked: Asked) -> bool:
        """Add what names a paper, and return whether it is to be requested: it is the first.

        Another spelling is kept for the case that the site has nothing under the first.
        """
        every = self._asked.setdefault(key_of(asked.paper), [])
        every.append(asked)
        return len(every) == 1

    def named(self, key: str) -> list[Asked]:
        """Return all that names a paper."""
        return self._asked.get(key, [])

    def note_requested(self, asked: Asked) -> None:
        """Note that the pages of a paper are requested as it is spelled."""
        key = key_of(asked.paper)
        self._tried.setdefault(key, set()).add(asked.paper.page)
        self._open[key] = None

    def note_shown(self, key: str) -> None:
        """Note that the site has shown something of a paper."""
        self._open.pop(key, None)

    def silent(self) -> list[str]:
        """Return the keys of the papers of which nothing was shown, each time it was requested."""
        keys = list(self._open)
        self._open.clear()
        return keys

    def other_spelling(self, key: str) -> Asked | None:
        """Return a spelling of a paper under which it was not requested yet."""
        tried = self._tried[key]
        return next((each for each in self.named(key) if each.paper.page not in tried), None)

    def note_numbers(self, quote: Quote) -> None:
        """Note the numbers that a page prints of a paper which was asked for."""
        numbers = {quote.isin, quote.wkn} - {None}
        self._numbers.setdefault(str(quote.instrument()), set()).update(map(str, numbers))

    def contradicted(self, key: str) -> Iterator[Asked]:
        """Yield what asked for a paper by a number of which its pages print another."""
        for asked in self.named(key):
            number = asked.wanted.number if asked.is_by_number and asked.wanted else None
            printed = self.numbers(key, len(number or ""))
            if number and printed and number not in printed:
                yield asked

    def numbers(self, key: str, length: int) -> set[str]:
        """Return the ISINs or, by their length, the WKNs that pages of a paper print."""
        return {number for number in self._numbers.get(key, ()) if len(number) == length}

    def newly_contradicted(self) -> Iterator[Asked]:
        """Yield all such, each once."""
        for key in self._numbers:
            for asked in set(self.contradicted(key)) - self._contradicted:
                self._contradicted.add(asked)
                yield asked


def key_of(paper: InstrumentPath) -> str:
    """Return the key of a paper, whatever its path has besides.

    >>> key_of(InstrumentPath("stock", "volkswagen-vz", wkn="766403"))
    'stock:volkswagen_vz'
    """
    return str(instrument_key(paper.kind, paper.page))


def is_page_of(key: str, page: str | None) -> bool:
    """Return whether a page name is that of a paper, or has its ISIN.

    A type of oil is not told apart.

    >>> is_page_of("commodity:oelpreis?type=brent", "oelpreis"), is_page_of("stock:muster", None)
    (True, False)
    """
    kind, _, name = key.partition(":")
    own, isin = name.partition("?")[0], isin_of_page(name)
    folded = str(instrument_key(kind, (page or "").partition("?")[0]))
    return folded == f"{kind}:{own}" or (isin is not None and isin == isin_of_page(page or ""))
