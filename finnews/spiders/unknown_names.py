"""What a run was asked for and did not find, told in one line with the nearest names."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

from finnews.archive import Archive
from finnews.instrument_paths import InstrumentPath, path_of
from finnews.items import Instrument, folded
from finnews.outcome import FinishReason
from finnews.spiders.wanted import Wanted

_MOST: Final = 3
"""Names that are told as the nearest ones"""

_RESEMBLING: Final = 0.75
"""The ratio of `difflib` from which on a name resembles another"""

_ADVICE: Final = "name a paper as in the site's paths: -a stocks=tesla,index/dax"


_REASONS: Final = {
    "stocks": FinishReason.UNKNOWN_STOCK,
    "index": FinishReason.UNKNOWN_INDEX,
    "sections": FinishReason.UNKNOWN_SECTION,
}


class Unknown(NamedTuple):
    """Something that was asked for and not found."""

    wanted: Wanted
    why: str
    suggested: tuple[InstrumentPath, ...] = ()
    """The papers that the site suggests instead."""

    argument: str = "stocks"

    @property
    def reason(self) -> FinishReason | None:
        """Why a run ends that went through everything else; ``None`` for what stands in a file."""
        return _REASONS[self.argument] if self.wanted.line is None else None


def told(unknown: Sequence[Unknown], archive: Archive) -> str:
    """Return the line that names all that was not found, and what resembles it."""
    register = _names(archive.all_of(Instrument))
    parts = [_told(each, register) for each in unknown]
    advice = [_ADVICE] if any(each.argument == "stocks" for each in unknown) else []
    return "; ".join((*parts, *advice))


def written(paper: InstrumentPath) -> str:
    """Return how ``stocks=`` names a paper.

    >>> written(InstrumentPath("stock", "tesla")), written(InstrumentPath("index", "dax"))
    ('tesla', 'index/dax')
    """
    is_share = paper.kind == "stock"
    return paper.page if is_share else path_of(paper.kind, paper.page).removeprefix("/")


def _told(unknown: Unknown, register: dict[str, str]) -> str:
    if unknown.argument != "stocks":
        return f"{unknown.argument}={unknown.wanted.text} is unknown: {unknown.why}"
    near = dict.fromkeys((*map(written, unknown.suggested), *_nearest(unknown, register)))
    others = [name for name in near if name != unknown.wanted.text][:_MOST]
    nearest = f"; nearest: {', '.join(others)}" if others else ""
    return f"{unknown.wanted.name} is unknown ({unknown.why}{nearest})"


def _nearest(unknown: Unknown, register: dict[str, str]) -> Iterator[str]:
    """Yield how the registered papers are written whose name or number resembles an unknown one."""
    name = folded(unknown.wanted.number or unknown.wanted.text.rpartition("/")[2])
    for match in get_close_matches(name, register, _MOST, _RESEMBLING):
        yield register[match]


def _names(instruments: Iterable[Instrument]) -> dict[str, str]:
    """Return the names and numbers of instruments, and how each is written."""
    names: dict[str, str] = {}
    for instrument in instruments:
        if instrument.kind and instrument.page:
            paper = written(InstrumentPath(instrument.kind, instrument.page))
            known = (instrument.page, instrument.name, instrument.isin, instrument.wkn)
            names |= {folded(name): paper for name in known if name}
    return names
