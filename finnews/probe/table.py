"""What finnews reads on pages, for a person: problems and doubts of each, then a table."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table

from finnews.archive.lines import encoded
from finnews.probe.reading import FieldRead, KindRead, PageRead, RuleRead

_SHOWN = 60  # characters of a value


def lines(pages: Iterable[PageRead]) -> Iterator[str]:
    """Yield each page as one line of JSON, with values in full."""
    return (encoded(page).decode() + "\n" for page in pages)


def show(pages: Iterable[PageRead], console: Console) -> None:
    """Print what was read on each page."""
    for page in pages:
        console.print(f"\n{page.type or 'unknown page'}  {page.url}", soft_wrap=True)
        for problem in page.problems:
            console.print(f"  PROBLEM: {problem}", soft_wrap=True)
        for doubt in page.doubts:
            text = f'{doubt.values} {doubt.field} {doubt.reason}: "{doubt.printed}"'
            console.print(f"  doubt: {text}", soft_wrap=True)
        if page.kinds or page.links:
            console.print(_table(page))


def _table(page: PageRead) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 2))
    for heading in ("field", "value", "filled", "by (hits of calls)"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("field", "filled"))
    for kind in page.kinds:
        table.add_row(f"{kind.kind}: {kind.items}")
        absent = [field.name for field in kind.fields if not field.filled]
        for field in kind.fields:
            if field.filled or field.rules or field.name in kind.missing:
                table.add_row(*_row(kind, field))
                absent = [name for name in absent if name != field.name]
        table.add_row("  not given", ", ".join(absent))
    table.add_row("page", f"{page.links} links", "", _hits(page.rules))
    for note, number in page.notes.items():
        table.add_row("note", f"{note}: {number}")
    return table


def _row(kind: KindRead, field: FieldRead) -> tuple[str, str, str, str]:
    value = "MISSING" if field.name in kind.missing else "-"
    if field.value is not None:
        value = shortened(encoded(field.value).decode().strip('"'))
    return f"  {field.name}", value, f"{field.filled}/{kind.items}", _hits(field.rules)


def _hits(rules: list[RuleRead]) -> str:
    return "\n".join(f"{rule.rule} ({rule.hits}/{rule.calls})" for rule in rules)


def shortened(text: str) -> str:
    """Return a text cut to the width of its column.

    >>> shortened("Muster AG " * 10)
    'Muster AG Muster AG Muster AG Muster AG Muster AG Muster AG…'
    """
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
