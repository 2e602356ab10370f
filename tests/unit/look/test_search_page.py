"""The page of the search: its form, what is found, and what is wrong with a question."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.look.links import OnDisk, OnServer
from finnews.look.live_tables import LiveTables
from finnews.look.model import Missing, Note, Page
from finnews.look.reading import shown
from finnews.look.registry import answer
from finnews.look.rendering import html, json
from finnews.look.search_files import write
from finnews.look.table_files import content
from tests.support.look_pages import archived, article, registered, table_at
from tests.support.open_tables import open_tables
from tests.support.searching import HOSTILE, MARKUP, searchable, told

DAYS = "a day is written as 2026-11-01, or as 7d or 2w ago."
ARTICLES = (
    told(
        1,
        "Münchner Aktie überrascht",
        "Der DAX steigt. " + "Weiter so. " * 60,
        "2026-11-20",
        paper=True,
    ),
    told(2, f"DAX {MARKUP}", f"Vorher. {MARKUP} DAX danach.", "2026-11-21"),
    told(3, "Nichts davon", "Kein Wort.", "2026-11-22"),
)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveTables]:
    """Give the tables of an archive with three articles and two studies."""
    with LiveTables(searchable(tmp_path_factory.mktemp("search"), ARTICLES)) as tables:
        tables.full_text.update()
        yield tables


def asked(tables: LiveTables, **arguments: str) -> Page:
    """Return the page of a search."""
    page = answer(tables, "search", arguments)
    assert isinstance(page, Page)
    html(page, tables, OnServer(), arguments).encode()
    json(page, tables, arguments)
    return page


def ids(tables: LiveTables, **arguments: str) -> dict[str, list[str]]:
    """Return the numbers of the articles and studies that are found, in their order."""
    found = {
        table.name: shown(tables, table, arguments).rows
        for table in asked(tables, **arguments).tables()
    }
    return {name: [row["_key"].removeprefix("id:") for row in rows] for name, rows in found.items()}


def notes(tables: LiveTables, **arguments: str) -> list[str]:
    """Return what is said besides how to search."""
    parts = asked(tables, **arguments).parts
    return [part.text for part in parts if isinstance(part, Note)][1:]


def document(tables: LiveTables, **arguments: str) -> str:
    """Return the page as a document."""
    return html(asked(tables, **arguments), tables, OnServer(), arguments)


def test_without_a_question_there_is_the_form(tables: LiveTables) -> None:
    """It finds nothing, and has the houses of the archive to choose from."""
    text = document(tables)
    assert ids(tables) == {}
    assert notes(tables) == []
    assert "<option>Haus &amp; Söhne</option>" in text
    assert "static/search.js" not in text


@pytest.mark.parametrize(
    ("arguments", "articles", "verdicts"),
    [
        ({"q": "dax"}, ["2", "1"], []),
        ({"q": "muenchner UEBERRASCHT"}, ["1"], []),
        ({"q": "dax -vorher"}, ["1"], []),
        ({"q": "kursziel"}, [], ["7"]),
        ({"q": "muster"}, [], ["7"]),
        ({"since": "2026-11-21"}, ["3", "2"], ["8"]),
        ({"until": "2026-11-20"}, ["1"], ["7"]),
        ({"q": "dax", "until": "2026-11-20"}, ["1"], []),
        ({"paper": "muster-1"}, ["1"], ["7"]),
        ({"paper": "MUSTER_1"}, ["1"], ["7"]),
        ({"paper": "de0007164600"}, ["1"], ["7"]),
        ({"paper": "716460", "q": "dax"}, ["1"], []),
        ({"house": "Haus & Söhne"}, None, ["8"]),
        ({"verdict": "buy"}, None, ["7"]),
        ({"verdict": "buy", "q": "-kursziel"}, None, []),
        ({"q": "gibtesnicht"}, [], []),
    ],
)
def test_what_is_asked_for_is_found(
    tables: LiveTables,
    arguments: dict[str, str],
    articles: list[str] | None,
    verdicts: list[str],
) -> None:
    """By words the most relevant first, else the newest; only studies are of a house."""
    expected = {"articles": articles, "verdicts": verdicts}
    found = ids(tables, **arguments)
    assert found == {name: those for name, those in expected.items() if those is not None}
    assert notes(tables, **arguments) == []


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        ({"since": "gestern"}, f"since=gestern: {DAYS}"),
        ({"until": "2026-02-30"}, f"until=2026-02-30: {DAYS}"),
        ({"paper": "unbekannt"}, "unbekannt: no archived paper has this name, ISIN or WKN."),
        ({"house": "Niemand"}, "Niemand: no archived verdict is of this house."),
        ({"verdict": "maybe"}, "maybe: a verdict is buy, hold, sell."),
        ({"q": "!?"}, "!?: there is no word in it."),
        ({"q": " ".join(map(str, range(99)))}, "99 words: 32 at most are searched for."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(tables: LiveTables, arguments: dict[str, str], note: str) -> None:
    """Nothing is found then, rather than what was not asked for."""
    assert notes(tables, **arguments) == [note]
    assert ids(tables, **arguments) == {}


def test_days_are_counted_back_from_today(tmp_path: Path) -> None:
    """As the arguments of spiders are: of ten days ago is what two weeks have, and not two days."""
    ago = (datetime.now(UTC) - timedelta(days=10)).isoformat(timespec="seconds")
    recent = open_tables(searchable(tmp_path, [article(ago)]))
    assert ids(recent, since="2w")["articles"] == ["1"]
    assert ids(recent, since="2d")["articles"] == []


def test_a_hit_is_marked_in_the_text_around_it(tables: LiveTables) -> None:
    """The text of a page is text."""
    text = document(tables, q="DAX")
    assert "<mark>DAX</mark> danach." in text
    assert "<img" not in text
    assert "onerror=" in unescape(text)
    snippets = re.findall(r'<td class="snippet"[^>]*>(.*?)</td>', text)
    assert all(len(re.sub("<[^>]+>", "", unescape(snippet))) < 300 for snippet in snippets)


def test_other_pages_keep_the_question(tables: LiveTables) -> None:
    """The second page and the files are of the same search."""
    arguments = {"q": "dax & mehr", "articles.page": "2"}
    text = document(tables, **arguments)
    assert 'value="dax &amp; mehr"' in text
    assert "articles.csv?q=dax+%26+mehr" in text


def test_the_files_have_all_that_is_found(tables: LiveTables) -> None:
    """In the order of the page, without what only the page needs."""
    (table, _) = asked(tables, q="dax").tables()
    lines = content(tables, table, "csv", {"articles": "-headline"}).decode().splitlines()
    assert lines[0] == "rank,date_published,date_published_day,headline,papers,agency,url"
    assert [line.split(",")[0] for line in lines[1:]] == ["2", "1"]


@given(
    st.dictionaries(
        st.sampled_from(["q", "since", "until", "paper", "house", "verdict"]), st.text()
    )
)
def test_any_arguments_have_an_answer(tables: LiveTables, arguments: dict[str, str]) -> None:
    """Whatever is typed, there is a page."""
    asked(tables, **arguments)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_arguments_have_an_answer(tables: LiveTables, text: str) -> None:
    """No question is a syntax error of anything, and none is markup."""
    for name in ("q", "since", "paper", "house"):
        assert "<script>alert" not in document(tables, **{name: text})


def test_while_texts_are_indexed_the_page_says_how_many(tmp_path: Path) -> None:
    """It finds what is there."""
    with LiveTables(searchable(tmp_path, ARTICLES)) as tables:
        tables.full_text.close()
        assert notes(tables, q="dax") == [
            "0 of 5 texts are indexed so far; the newest are found first."
        ]
        assert ids(tables, q="dax") == {"articles": [], "verdicts": []}


def test_an_index_that_cannot_be_written_is_told_and_made_again(tmp_path: Path) -> None:
    """All else can be searched for meanwhile; a full disk has room again one day."""
    with LiveTables(searchable(tmp_path, ARTICLES)) as tables:
        assert tables.full_text.indexed() == 0
        file = Path(str(tables.full_text.folder)) / "words.sqlite3"
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("DROP TABLE articles_words")
        tables.full_text.update()
        assert "cannot be written: no such table: articles_words." in tables.full_text.problem
        assert ids(tables, verdict="buy") == {"verdicts": ["7"]}
        tables.full_text.update()
        assert tables.full_text.problem == ""
        assert ids(tables, q="dax")["articles"] == ["2", "1"]


def test_on_a_disk_a_script_searches(tables: LiveTables) -> None:
    """The form leads to the file itself."""
    page = answer(tables, "search", {})
    assert isinstance(page, Page)
    text = html(page, tables, OnDisk("search"), {})
    assert 'action="search.html"' in text
    assert 'src="static/search.js"' in text
    assert 'aria-live="polite"' in text


def test_there_is_one_page_of_the_search(tables: LiveTables) -> None:
    """Nothing is below it."""
    assert isinstance(answer(tables, "search/dax", {}), Missing)


def test_a_paper_that_an_article_has_under_two_names_is_found_once(tmp_path: Path) -> None:
    """A share that was renamed; in the files of the search as well."""
    isin, then = "DE0007164600", "2026-01-01T00:00:00+00:00"
    items = [registered("alt", isin=isin, fetched_at=then), registered("neu", isin=isin)]
    said = [article("2026-11-27", "alt", "neu", "dritt")]
    with LiveTables(archived(tmp_path / "output", [*items, *said])) as tables:
        rows = table_at(tables, "search", "articles", {"since": "2026-11-01"}).rows
        assert [paper["name"] for paper in rows[0]["papers"]] == ["Neu", "Dritt"]
        write(tables, tmp_path)
    text = (tmp_path / "search" / "documents-0.js").read_text("utf-8")
    assert text.count("stocks/neu.html") == text.count("stocks/dritt.html") == 1
