"""Articles and studies by their words, their papers, their days. ``search?q=dax&since=7d``."""

from collections.abc import Iterator
from typing import Final

from finnews.look.live_tables import LiveTables
from finnews.look.model import Answer, Input, Missing, Note, Page, Part, Search
from finnews.look.reading import Arguments
from finnews.look.search_filters import VERDICTS, Filters, filters, houses, texts
from finnews.look.search_tables import article_table, verdict_table

HOW: Final = (
    'All words are looked for, in any order; "several words" in a row; -word is not in it; '
    "word* goes on."
)

_WAIT: Final = 0.5  # seconds for what has just been archived to be indexed
_COUNT: Final = "SELECT (SELECT count(*) FROM articles) + (SELECT count(*) FROM ratings) AS number"


def page(tables: LiveTables, names: tuple[str, ...], arguments: Arguments) -> Answer:
    """Return the form, and what is found if something is asked for."""
    if len(names) > 1:
        return Missing("A search is asked for as search?q=dax.", (("Search", "search"),))
    typed = texts(arguments)
    found = _found(tables, filters(tables, typed)) if any(typed.values()) else ()
    return Page("search", "Search", (Note(HOW), _form(tables, typed), *found))


def addresses(_: LiveTables) -> Iterator[str]:
    """Yield the address of the form."""
    yield "search"


def _form(tables: LiveTables, typed: dict[str, str]) -> Search:
    return Search("search", (
        Input("q", "Words", typed["q"], "search"),
        Input("since", "Since (day, 7d, 2w)", typed["since"]),
        Input("until", "Until", typed["until"]),
        Input("paper", "Paper (name, ISIN, WKN)", typed["paper"]),
        Input("house", "House", typed["house"], "select", houses(tables)),
        Input("verdict", "Verdict", typed["verdict"], "select", VERDICTS),
    ))  # fmt: skip


def _found(tables: LiveTables, asked: Filters) -> Iterator[Part]:
    faults = asked.faults or (_problem(tables) if asked.words else ())
    if faults:
        yield from map(Note, faults)
        return
    if asked.words:
        yield from _progress(tables)
    if not asked.is_of_verdicts:
        yield article_table(tables, asked)
    yield verdict_table(tables, asked)


def _problem(tables: LiveTables) -> tuple[str, ...]:
    """Return why words cannot be searched for: no room on the disk, a SQLite without FTS5."""
    tables.full_text.follow(_WAIT)
    problem = tables.full_text.problem
    return (f"{problem} Without words, all else can be searched for.",) if problem else ()


def _progress(tables: LiveTables) -> Iterator[Note]:
    """Yield how much is indexed while that is not all."""
    number, indexed = tables.rows(_COUNT)[0]["number"], tables.full_text.indexed()
    if indexed < number:
        yield Note(f"{indexed} of {number} texts are indexed so far; the newest are found first.")
