"""What a run was asked for and did not find, told in one line with the nearest names."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

from finnews.archive import Archive
from finnews.instrument_paths import InstrumentPath, path_of
from finnews.items import Instrument, folded
from finnews.outcome import FinishReason
from finnews.pages.suggestions import Suggestion
from finnews.spiders.wanted import HOW, Wanted

_MOST: Final = 3
"""Names that are told as the nearest ones"""

_MOST_TOLD: Final = 200

_LIKE_NAME: Final = 0.75
"""The ratio of `difflib` from which on a name resembles another"""

_LIKE_NUMBER: Final = 0.9
"""That of numbers: one character of an ISIN is another, or two stand in each other's place"""

_REASONS: Final = {
    "stocks": FinishReason.UNKNOWN_STOCK,
    "index": FinishReason.UNKNOWN_INDEX,
    "sections": FinishReason.UNKNOWN_SECTION,
}


class Unknown(NamedTuple):
    """Something that was asked for and not found."""

    wanted: Wanted
    why: str
    suggested: tuple[Suggestion, ...] = ()
    """The papers that the site suggests."""

    argument: str = "stocks"

    @property
    def reason(self) -> FinishReason | None:
        """Why a run ends that went through everything else; ``None`` for what stands in a file."""
        return _REASONS[self.argument] if self.wanted.line is None else None


def told(unknown: Sequence[Unknown], archive: Archive) -> str:
    """Return the line that names all that was not found, and what resembles it.

    Of very many, the first ones.
    """
    register = _registered(archive.all_of(Instrument))
    parts = [_told(each, register) for each in unknown[:_MOST_TOLD]]
    more = [f"and {len(unknown) - _MOST_TOLD} more"] if len(unknown) > _MOST_TOLD else []
    advice = [HOW] if any(each.argument == "stocks" for each in unknown) else []
    return "; ".join((*parts, *more, *advice))


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
    near = dict.fromkeys(_nearest(unknown, register | _suggested(unknown.suggested)))
    others = [name for name in near if name != unknown.wanted.text][:_MOST]
    nearest = f"; nearest: {', '.join(others)}" if others else ""
    return f"{unknown.wanted.name} is unknown ({unknown.why}{nearest})"


def _nearest(unknown: Unknown, names: dict[str, str]) -> Iterator[str]:
    """Yield how the papers are written whose name or number resembles an unknown one."""
    number = unknown.wanted.number
    name = folded(number or unknown.wanted.text.rpartition("/")[2])
    likeness = _LIKE_NUMBER if number else _LIKE_NAME
    for match in get_close_matches(name, names, _MOST, likeness) if names else ():
        yield names[match]


def _registered(instruments: Iterable[Instrument]) -> dict[str, str]:
    """Return the names and numbers of registered instruments, and how each is written."""
    names: dict[str, str] = {}
    for instrument in instruments:
        if instrument.kind and instrument.page:
            paper = InstrumentPath(instrument.kind, instrument.page)
            names |= _names(paper, instrument.name, instrument.isin, instrument.wkn)
    return names


def _suggested(suggestions: Iterable[Suggestion]) -> dict[str, str]:
    names: dict[str, str] = {}
    for name, paper, isin, wkn in suggestions:
        names |= _names(paper, name, isin, wkn)
    return names


def _names(paper: InstrumentPath, *names: str | None) -> dict[str, str]:
    as_written = written(paper)
    return {folded(name): as_written for name in (paper.page, *names) if name}
