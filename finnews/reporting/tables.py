"""A run for a person to read: in one line, and as a table without colour."""

from collections.abc import Iterator
from io import StringIO

from rich.console import Console
from rich.table import Table

from finnews.items import ITEM_CLASSES
from finnews.reporting.model import FATES, Counts, Filled, Report

_WIDTH = 120
_KINDS = [item_class.collection for item_class in ITEM_CLASSES if item_class.is_reported]


def line(report: Report) -> str:
    """Return the run in one line."""
    said = [f"{kind} {_fates(report.items.get(kind, {}))}" for kind in _KINDS]
    rejected = f"{sum(report.rejected.values())} rejected"
    return f"{report.spider} {report.finish_reason}: {', '.join([*said, rejected])}"


def table(report: Report) -> str:
    """Return all that a person needs of a report, a row for each part of it that says anything."""
    drawn = Table(show_header=False, show_lines=False)
    drawn.add_column(no_wrap=True)
    drawn.add_column(overflow="fold")
    for name, said in _rows(report):
        drawn.add_row(name, said)
    text = StringIO()
    Console(file=text, width=_WIDTH, markup=False, highlight=False, color_system=None).print(drawn)
    return text.getvalue().rstrip("\n")


def _rows(report: Report) -> Iterator[tuple[str, str]]:
    if report.unusual:
        yield "below baseline", "\n".join(report.unusual)
    for kind, counts in report.items.items():
        yield kind, _fates(counts)
    if report.rejected:
        yield "rejected", "\n".join(f"{number} {why}" for why, number in report.rejected.items())
    for page, answers in report.requests.items():
        yield f"requests {page}", _listed(answers)
    yield "refused", str(report.refused or "no")
    for group, filled in report.filled.items():
        yield f"filled {group}", _percentages(filled)
    for page, rules in report.selectors.items():
        if never := [rule for rule, (hits, _) in rules.items() if not hits]:
            yield f"never hit {page}", "\n".join(never)
    for what, words in report.vocabulary.items():
        yield f"new words {what}", _listed(words)
    yield "slowest", "\n".join(f"{slow.seconds:.2f} s  {slow.url}" for slow in report.slowest)
    yield from _costs(report)


def _costs(report: Report) -> Iterator[tuple[str, str]]:
    if report.requests_per_new is not None:
        yield "requests per new item", str(report.requests_per_new)
    if report.cpu_ms_per_page is not None:
        yield "CPU per page", f"{report.cpu_ms_per_page} ms"
    yield "memory", f"{report.memory_mb} MB"


def _fates(counts: Counts) -> str:
    return " ".join(f"{counts.get(fate, 0)} {fate}" for fate in FATES)


def _listed(counts: Counts) -> str:
    return ", ".join(f"{name}: {number}" for name, number in counts.items())


def _percentages(filled: Filled) -> str:
    """Return the fields of equal fill together, the fullest first: ``100 % id, headline``."""
    by_share: dict[str, list[str]] = {}
    for name, given in sorted(filled.fields.items(), key=lambda one: -one[1]):
        by_share.setdefault(f"{given / filled.items:.0%}", []).append(name)
    parts = [f"{share} {', '.join(names)}" for share, names in by_share.items()]
    return f"{filled.items} items: {'; '.join(parts)}"
