"""What a search asks for, and what of it is wrong: ``q``, ``since``, ``paper`` …"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from finnews.look.live_tables import LiveTables
from finnews.look.reading import Arguments
from finnews.look.sources import papers_named
from finnews.look.words import MOST_TERMS, Term, terms
from finnews.outcome import WrongUsage
from finnews.spiders.arguments import day

NAMES: Final = ("q", "since", "until", "paper", "house", "verdict")
"""Arguments of the page, in the order of its form."""

VERDICTS: Final = ("buy", "hold", "sell")

_LONGEST: Final = 10_000
_HOUSES: Final = "SELECT DISTINCT firm FROM ratings WHERE firm IS NOT NULL ORDER BY firm"


@dataclass(frozen=True)
class Filters:
    """A search without faults finds what is said here; one with faults finds nothing."""

    words: tuple[Term, ...]
    since: str
    until: str
    papers: tuple[str, ...]
    """The addresses of the papers that the name, ISIN or WKN is one of."""

    house: str
    verdict: str
    faults: tuple[str, ...]

    @property
    def is_of_verdicts(self) -> bool:
        """Whether only studies can have what is asked for."""
        return bool(self.house or self.verdict)

    def parameters(self) -> dict[str, Any]:
        """Return what the queries need of it."""
        values = {"since": self.since, "until": self.until, "papers": list(self.papers),
                  "house": self.house, "verdict": self.verdict}  # fmt: skip
        return {name: value for name, value in values.items() if value}


def texts(arguments: Arguments) -> dict[str, str]:
    """Return the arguments as they were typed, without blanks around, all of it Unicode."""
    return {
        name: arguments.get(name, "").strip()[:_LONGEST].encode("utf-8", "replace").decode()
        for name in NAMES
    }


def filters(tables: LiveTables, typed: dict[str, str]) -> Filters:
    """Return what is asked for."""
    faults: list[str] = []
    since, until = (_day(name, typed[name], faults) for name in ("since", "until"))
    words = terms(typed["q"])
    papers = (
        tuple(address for _, address in papers_named(tables, typed["paper"]))
        if typed["paper"]
        else ()
    )
    faults += _faults(typed, words, papers, houses(tables))
    return Filters(
        words[:MOST_TERMS], since, until, papers, typed["house"], typed["verdict"], tuple(faults)
    )


def houses(tables: LiveTables) -> tuple[str, ...]:
    """Return the names of all houses."""
    return tuple(row["firm"] for row in tables.rows(_HOUSES))


def _day(name: str, text: str, faults: list[str]) -> str:
    try:
        return day(name, text) if text else ""
    except WrongUsage as error:
        faults.append(f"{error}.")
        return ""


def _faults(
    typed: dict[str, str], words: tuple[Term, ...], papers: tuple[str, ...], known: tuple[str, ...]
) -> Iterator[str]:
    if typed["q"] and not words:
        yield f"{typed['q'][:99]}: there is no word in it."
    if len(words) > MOST_TERMS:
        yield f"{len(words)} words: {MOST_TERMS} at most are searched for."
    if typed["paper"] and not papers:
        yield f"{typed['paper'][:99]}: no archived paper has this name, ISIN or WKN."
    if typed["house"] and typed["house"] not in known:
        yield f"{typed['house'][:99]}: no archived verdict is of this house."
    if typed["verdict"] and typed["verdict"] not in VERDICTS:
        yield f"{typed['verdict'][:99]}: a verdict is {', '.join(VERDICTS)}."
