"""A paper: its prices, its news, what houses say of it. ``stocks/tesla``, ``indices/dax``."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from finnews.look import paper_tables, price_charts, target_charts
from finnews.look.live_tables import LiveTables
from finnews.look.model import Answer, Fact, Facts, Missing, Moved, Note, Page, Part, address
from finnews.look.reading import Arguments
from finnews.look.sources import ADDRESS, SECTIONS, papers_named

_ALL: Final = f"SELECT {ADDRESS} AS address FROM papers WHERE address IS NOT NULL"
_PAPER: Final = f"""
SELECT papers.*, {ADDRESS} AS address FROM papers WHERE address = $address
"""
_OTHER_NAMES: Final = """
SELECT named.name, named.page FROM latest.named JOIN paper_keys USING (instrument)
WHERE paper = $paper AND instrument <> $paper ORDER BY named.page
"""


def page(tables: LiveTables, names: tuple[str, ...], _: Arguments) -> Answer:
    """Return the page of a paper; a number, or another spelling of its name, leads to it."""
    section, name = names[0], "/".join(names[1:])
    if not name:
        text = f"{section}: the name, ISIN or WKN of a paper is missing, as in {section}/name."
        return Missing(text, (("Papers", "papers"),))
    kinds = tuple(kind for kind, known in SECTIONS.items() if known == section)
    found = papers_named(tables, name, kinds)
    if not found:
        text = f"{name}: no archived paper of these {section} has this name, ISIN or WKN."
        return Missing(text, (("Papers", "papers"),))
    if len(found) > 1:
        return Missing(f"{name} is the name of several papers:", tuple(found))
    title, own = found[0]
    if own != address(*names):
        return Moved(own)
    (paper,) = tables.rows(_PAPER, {"address": own})
    return Page(own, title, tuple(_parts(tables, paper)))


def addresses(tables: LiveTables) -> Iterator[str]:
    """Yield the addresses of all papers."""
    yield from (row["address"] for row in tables.rows(_ALL))


def _parts(tables: LiveTables, paper: Mapping[str, Any]) -> Iterator[Part]:
    parameters = {"paper": paper["paper"]}
    yield _facts(paper)
    names = [
        f"{row['name']} ({row['page']})" if row["name"] else row["page"]
        for row in tables.rows(_OTHER_NAMES, parameters)
    ]
    if names:
        yield Note(f"It is also archived as {', '.join(names)}.")
    main, *others = price_charts.price_charts(tables, parameters) or (
        Note("No price is archived."),
    )
    yield main
    yield from target_charts.target_charts(tables, parameters)
    yield target_charts.month_chart(parameters)
    yield from paper_tables.paper_tables(parameters)
    yield from others


def _facts(paper: Mapping[str, Any]) -> Facts:
    facts = (("Kind", "kind"), ("ISIN", "isin"), ("WKN", "wkn"), ("Symbol", "symbol"))
    return Facts("numbers", "", tuple(Fact(label, paper[name]) for label, name in facts))
