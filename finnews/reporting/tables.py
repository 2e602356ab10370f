"""A run report for a person: as one line and as a table; the console for tables of commands."""

import os
import sys
from collections.abc import Iterator
from io import StringIO

from rich.box import ASCII, SQUARE, Box
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table

from finnews.items import ITEM_CLASSES
from finnews.printable import printable
from finnews.reporting.model import FATES, Counts, Doubts, Filled, Report
from finnews.reporting.sources import never_given

_LOG_WIDTH = 120  # columns, where stderr is not a terminal
_NARROWEST = 40
_PIPE_WIDTH = 160  # columns, where stdout is not a terminal
_KINDS = [item_class.collection for item_class in ITEM_CLASSES if item_class.is_reported]


class PrintableConsole(Console):
    """A console that prints escapes for what a terminal must not get."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterator[Segment]:
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else printable(text), style, control)

    def on_broken_pipe(self) -> None:
        """Leave it to the command what a closed pipe means."""
        raise  # noqa: PLE0704, rich calls it where it has caught the error


def line(report: Report) -> str:
    """Return a run as one line."""
    kinds = [f"{kind} {_fates(report.items.get(kind, {}))}" for kind in _KINDS]
    rejected = f"{sum(report.rejected.values())} rejected"
    return f"{report.spider} {report.finish_reason}: {', '.join([*kinds, rejected])}"


def table(report: Report) -> str:
    """Return a report as a table, a row for each part that is not empty, without colour.

    It is as wide as the terminal of the log. Fields that a source never has are left out.
    """
    rows = Table(show_header=False, show_lines=False, box=_box())
    rows.add_column(no_wrap=True)
    rows.add_column(overflow="fold")
    for label, value in _rows(report):
        rows.add_row(label, value)
    text = StringIO()
    plain = PrintableConsole(
        file=text, width=log_width(), markup=False, highlight=False, color_system=None
    )
    plain.print(rows)
    return text.getvalue().rstrip("\n")


def console() -> Console:
    """Return a console for stdout that prints text as it is, in colour only on a terminal."""
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return PrintableConsole(width=width, markup=False, highlight=False)


def log_width() -> int:
    """Return the columns of the terminal that stderr is; ``COLUMNS`` overrules it."""
    given = os.environ.get("COLUMNS", "")
    try:
        columns = int(given) if given.isdigit() else os.get_terminal_size(2).columns
    except OSError:
        columns = 0
    return max(columns, _NARROWEST) if columns else _LOG_WIDTH


def _box() -> Box:
    """Return the lines of the log's table, in letters where it has no others."""
    try:
        str(SQUARE).encode(getattr(sys.stderr, "encoding", None) or "ascii")
    except UnicodeEncodeError:
        return ASCII
    return SQUARE


def _rows(report: Report) -> Iterator[tuple[str, str]]:
    if report.unusual:
        yield "below baseline", "\n".join(report.unusual)
    for kind, counts in report.items.items():
        yield kind, _fates(counts)
    if report.rejected:
        reasons = [f"{number} {reason}" for reason, number in report.rejected.items()]
        yield "rejected", "\n".join(reasons)
    if report.pending:
        yield "pending", _listed(report.pending)
    for page, statuses in report.requests.items():
        yield f"requests {page}", _listed(statuses)
    yield "refused", str(report.refused or "no")
    yield from _readings(report)
    if report.slowest:
        yield "slowest", "\n".join(f"{slow.seconds:.2f} s  {slow.url}" for slow in report.slowest)
    yield from _costs(report)


def _readings(report: Report) -> Iterator[tuple[str, str]]:
    for group, filled in report.filled.items():
        yield f"filled {group}", _percentages(filled, never_given(report, group))
    for page, rules in report.selectors.items():
        if never := [rule for rule, (hits, _) in rules.items() if not hits]:
            yield f"never hit {page}", "\n".join(never)
    for page, doubts in report.doubts.items():
        if doubts.fields:
            yield f"doubts {page}", "\n".join(_doubts(doubts))
    for part, words in report.vocabulary.items():
        yield f"new words {part}", _listed(words)


def _costs(report: Report) -> Iterator[tuple[str, str]]:
    if report.requests_per_new is not None:
        yield "requests per new item", str(report.requests_per_new)
    if report.cpu_ms_per_page is not None:
        yield "CPU per page", f"{report.cpu_ms_per_page} ms"
    yield "memory", f"{report.memory_mb} MB"


def _doubts(doubts: Doubts) -> Iterator[str]:
    """Yield a line for each doubt: ``3 price unreadable: "61,40 Mio." https://…``."""
    for name, reasons in doubts.fields.items():
        for reason, doubted in reasons.items():
            yield f'{doubted.values} {name} {reason}: "{doubted.printed}" {doubted.url}'


def _fates(counts: Counts) -> str:
    return " ".join(f"{counts.get(fate, 0)} {fate}" for fate in FATES)


def _listed(counts: Counts) -> str:
    return ", ".join(f"{name}: {number}" for name, number in counts.items())


def _percentages(filled: Filled, left_out: frozenset[str]) -> str:
    """Return fields by the share of items that have them: ``100% id, headline; 20% kicker``."""
    by_share: dict[str, list[str]] = {}
    for name, given in sorted(filled.fields.items(), key=lambda field: -field[1]):
        if name not in left_out:
            by_share.setdefault(f"{given / filled.items:.0%}", []).append(name)
    parts = [f"{share} {', '.join(names)}" for share, names in by_share.items()]
    return f"{filled.items} items: {'; '.join(parts)}"
