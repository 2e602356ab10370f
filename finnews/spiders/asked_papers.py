"""The papers that a run is about: what named each, and how much of it the site has shown so far."""

from typing import NamedTuple

from finnews.instrument_paths import InstrumentPath
from finnews.items import instrument_key
from finnews.spiders.wanted import Wanted


class Asked(NamedTuple):
    """A paper in one spelling of its page name."""

    paper: InstrumentPath
    wanted: Wanted | None
    """What named it; ``None`` for a member of an index."""

    is_by_number: bool = False
    """Whether the register or the site said that it has the number which was asked for."""


class AskedPapers:
    """Papers by `key_of`, each once, whatever names it and however it is spelled."""

    def __init__(self) -> None:
        self._spellings: dict[str, list[Asked]] = {}
        self._left: dict[str, int] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._spellings

    def add(self, asked: Asked) -> bool:
        """Add a spelling, and return whether it is to be requested: it is the first of its paper.

        Another one is kept for the case that the site has nothing under the first.
        """
        spellings = self._spellings.setdefault(key_of(asked.paper), [])
        if all(each.paper.page != asked.paper.page for each in spellings):
            spellings.append(asked)
            return len(spellings) == 1
        return False

    def expect(self, key: str, pages: int) -> None:
        """Note how many pages are requested that can show that the site has a paper."""
        self._left[key] = pages

    def current(self, key: str) -> Asked | None:
        """Return the spelling that is requested."""
        return next(iter(self._spellings.get(key, ())), None)

    def is_missing(self, key: str) -> bool:
        """Note that a page of a paper shows nothing, and return whether it was the last of them."""
        self._left[key] = self._left.get(key, 0) - 1
        return self._left[key] == 0

    def next(self, key: str) -> Asked | None:
        """Return the next spelling of a paper, after one under which the site has nothing."""
        spellings = self._spellings[key]
        if len(spellings) == 1:
            return None
        del spellings[0]
        return spellings[0]


def key_of(paper: InstrumentPath) -> str:
    """Return the key of a paper, whatever its path has besides.

    >>> key_of(InstrumentPath("stock", "volkswagen-vz", wkn="766403"))
    'stock:volkswagen_vz'
    """
    return str(instrument_key(paper.kind, paper.page))


def is_page_of(key: str, page: str | None) -> bool:
    """Return whether a page name is that of a paper; a type of oil is not told apart.

    >>> is_page_of("commodity:oelpreis?type=brent", "oelpreis"), is_page_of("stock:muster", None)
    (True, False)
    """
    kind, _, name = key.partition(":")
    folded = str(instrument_key(kind, (page or "").partition("?")[0]))
    return folded == f"{kind}:{name.partition('?')[0]}"
