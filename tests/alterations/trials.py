"""One alteration of one page, and how its reading breaks the law."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from tests.alterations.law import Violation, violations
from tests.alterations.readings import Reading, reading
from tests.alterations.registry import ALTERATIONS, Alteration, Pick, Seen, altered
from tests.alterations.sheets import Sheet, Source, sources


class Trial(NamedTuple):
    """A page, an alteration of it, and the violations of its reading."""

    source: Source
    alteration: Alteration
    violations: list[Violation]

    def __str__(self) -> str:
        found = "; ".join(map(str, self.violations))
        return f"{self.alteration.group}: {self.alteration.name} ({self.source.name}): {found}"


@cache
def pages() -> tuple[Source, ...]:
    """Return all pages but those that say contradictory or ambiguous things unaltered.

    There an alteration may well end the doubt, and rightly change what is read.
    """
    return tuple(source for source in sources() if not before(source).is_unclear)


@cache
def before(source: Source) -> Reading:
    """Return the reading of the unaltered page, which is that of its golden file."""
    return reading(source.url, source.text)


@cache
def pages_for(name: str, *, golden: bool = False) -> tuple[Source, ...]:
    """Return the pages, or the `golden` ones, that have a place for an alteration."""
    places = ALTERATIONS[name].places
    found = (source for source in pages() if not (golden and source.name.startswith("captures/")))
    return tuple(source for source in found if places(Sheet(source)))


def trial(source: Source, alteration: Alteration, pick: Pick) -> Trial:
    """Alter a page, read it, and judge the reading."""
    sheet = Sheet(source)
    seen = altered(sheet, alteration, pick)
    assert seen is not None, f"{alteration.name} has no place on {source.name}"
    return Trial(source, alteration, _judged(source, sheet.text(), seen))


def _judged(source: Source, text: str, seen: Seen) -> list[Violation]:
    """Return how the reading of an altered text breaks the law; a page raises nothing."""
    try:
        after = reading(source.url, text)
    except Exception as error:  # noqa: BLE001
        return [Violation("raised", source.page_type, None, repr(error))]
    return violations(before(source), after, seen)


def broken(trials: Iterable[Trial]) -> dict[str, list[Trial]]:
    """Return the trials with violations, by alteration."""
    by_name: dict[str, list[Trial]] = {}
    for each in trials:
        if each.violations:
            by_name.setdefault(each.alteration.name, []).append(each)
    return by_name
