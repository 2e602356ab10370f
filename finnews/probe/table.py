"""What finnews reads on pages, for a person: problems and doubts of each, tables, a verdict."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table

from finnews.archive.lines import encoded
from finnews.probe.reading import FieldRead, KindRead, PageRead, RuleRead
from finnews.probe.verdict import verdict

Row = tuple[str, ...]

_SHOWN = 60  # characters of a value


def lines(pages: Iterable[PageRead]) -> Iterator[str]:
    """Yield each page as one line of JSON, with values in full."""
    return (encoded(page).decode() + "\n" for page in pages)


def show(pages: list[PageRead], console: Console, *, is_whole: bool) -> None:
    """Print what is wrong on each page, or all that was read, and in the end the verdict."""
    for page in pages:
        if is_whole or page.problems or page.doubts:
            _show(page, console, is_whole=is_whole)
    console.print(verdict(pages), soft_wrap=True)


def _show(page: PageRead, console: Console, *, is_whole: bool) -> None:
    console.print(f"{page.type or 'unknown page'}  {page.url}", soft_wrap=True)
    for problem in page.problems:
        console.print(f"  PROBLEM: {problem}", soft_wrap=True)
    for doubt in page.doubts:
        text = f'{doubt.values} {doubt.field} {doubt.reason}: "{doubt.printed}"'
        console.print(f"  doubt: {text}", soft_wrap=True)
    rows = list(_all_rows(page) if is_whole else _missing_rows(page))
    if rows and (page.kinds or page.links):
        console.print(_table(rows))
    console.print()


def _table(rows: list[Row]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 2))
    for heading in ("field", "value", "filled", "by (hits of calls)"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("field", "filled"))
    for row in rows:
        table.add_row(*row)
    return table


def _missing_rows(page: PageRead) -> Iterator[Row]:
    for kind in page.kinds:
        if kind.missing:
            yield (f"{kind.kind}: {kind.items}",)
            yield from (_row(kind, field) for field in kind.fields if field.name in kind.missing)


def _all_rows(page: PageRead) -> Iterator[Row]:
    for kind in page.kinds:
        yield (f"{kind.kind}: {kind.items}",)
        absent = [field.name for field in kind.fields if not field.filled]
        for field in kind.fields:
            if field.filled or field.rules or field.name in kind.missing:
                yield _row(kind, field)
                absent = [name for name in absent if name != field.name]
        yield "  not given", ", ".join(absent)
    yield "page", f"{page.links} links", "", _hits(page.rules)
    yield from (("note", f"{note}: {number}") for note, number in page.notes.items())


def _row(kind: KindRead, field: FieldRead) -> Row:
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
