"""Tables that follow an archive's files while crawls write to it."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finnews.archive import Archive
from finnews.archive.compact import compact
from finnews.archive.lines import line
from finnews.items import ITEM_CLASSES, Event, Instrument, Item, NamedInstrument
from finnews.look.live_tables import LiveTables
from finnews.sql.columns import quoted, selected
from finnews.sql.database import Database
from finnews.sql.export import EXPORTED
from tests.support.archive_items import (
    FETCHED,
    article,
    as_archived,
    quote,
    rating,
    small_archive,
)
from tests.support.crawling import contents
from tests.support.tables import write_lines

Rows = dict[str, list[str]]

DAY = "2026-11-23.jsonl"
TABLES = (*(kind.collection for kind in EXPORTED), "article_papers", "papers", "paper_keys")
ISIN = "DE0001234563"


def live(tables: LiveTables) -> Rows:
    """Return the rows of each kind, in the columns of ``archive sql``."""
    return {
        kind.collection: sorted(map(repr, (tuple(row.values()) for row in tables.rows(_of(kind)))))
        for kind in EXPORTED
    }


def asked(directory: Path) -> Rows:
    """Return the rows that ``archive sql`` has of the same archive."""
    with Database(directory) as database:
        database.load(ITEM_CLASSES)
        execute = database.connection.execute
        return {
            kind.collection: sorted(map(repr, execute(_of(kind)).fetchall())) for kind in EXPORTED
        }


def everything(tables: LiveTables) -> Rows:
    """Return all rows of all tables."""
    return {
        table: sorted(map(repr, tables.rows(f"SELECT * FROM {table}")))  # noqa: S608
        for table in TABLES
    }


def loaded(directory: Path) -> tuple[Rows, list[str]]:
    """Return all rows of an archive that is loaded anew, and its problems."""
    with LiveTables(directory) as tables:
        return everything(tables), tables.problems


def _of(kind: Any) -> str:
    columns = ", ".join(quoted(name) for name, _ in selected(kind))
    return f"SELECT {columns} FROM {kind.collection}"  # noqa: S608


@contextmanager
def followed(directory: Path) -> Iterator[LiveTables]:
    """Give the tables of an archive; in the end they are those that are loaded anew."""
    with LiveTables(directory) as tables:
        yield tables
        tables.refresh()
        assert (everything(tables), tables.problems) == loaded(directory)
        assert not tables.refresh()


def add(directory: Path, *items: Item) -> None:
    """Archive items."""
    with Archive(directory) as archive:
        for item in items:
            archive.add(item)


def named(page: str | None, *, is_listed: bool | None = None) -> NamedInstrument:
    """Return a share that an article names."""
    return NamedInstrument((page or "").title(), "stock", page, is_listed=is_listed)


def instrument(page: str, day: str = "2026-11-23", **values: Any) -> Instrument:
    """Return a share of the register."""
    fetched = f"{day}T10:00:00+00:00"
    url = f"https://www.finanzen.net/aktien/{page}-aktie"
    known = {"kind": "stock", "name": page.title(), **values}
    return Instrument(url=url, fetched_at=fetched, page=page, **known)


def test_they_have_the_rows_of_archive_sql(tmp_path: Path) -> None:
    """The last version of each record."""
    with LiveTables(small_archive(tmp_path)) as tables:
        assert live(tables) == asked(tmp_path)
        assert tables.problems == []


def test_what_a_crawl_adds_is_there_after_a_refresh(tmp_path: Path) -> None:
    """New records, and new versions of known ones."""
    with followed(small_archive(tmp_path)) as tables:
        add(tmp_path, replace(quote(1), bid_size=5), quote(3), quote(1, day="2026-11-24"))
        assert tables.refresh()
        assert live(tables) == asked(tmp_path)
        assert tables.generation == 2
        query = "SELECT version, bid_size FROM quotes WHERE page = $page AND day = '2026-11-23'"
        assert tables.rows(query, {"page": "muster-1"}) == [{"version": 3, "bid_size": 5}]


def test_without_a_change_a_refresh_changes_nothing(tmp_path: Path) -> None:
    """It says so, and the generation stays."""
    with followed(small_archive(tmp_path)) as tables:
        assert not tables.refresh()
        assert tables.generation == 1


def test_each_item_has_the_time_that_is_shown_of_it(tmp_path: Path) -> None:
    """Its own by the clock of the site, else the start of its day, else the time of fetching."""
    late = replace(quote(1), quoted_at="2026-07-01T23:30:00+02:00")
    add(
        tmp_path, late, replace(quote(2), quoted_at="2026-11-20"), replace(quote(3), quoted_at=None)
    )
    with LiveTables(tmp_path) as tables:
        rows = tables.rows("SELECT instant, local, day, is_day FROM quotes ORDER BY page")
    assert [tuple(row.values()) for row in rows] == [
        (
            datetime(2026, 7, 1, 21, 30, tzinfo=UTC),
            datetime(2026, 7, 1, 23, 30),
            date(2026, 7, 1),
            False,
        ),
        (
            datetime(2026, 11, 19, 23, tzinfo=UTC),
            datetime(2026, 11, 20),
            date(2026, 11, 20),
            True,
        ),
        (
            datetime(2026, 11, 23, 10, tzinfo=UTC),
            datetime(2026, 11, 23, 11),
            date(2026, 11, 23),
            False,
        ),
    ]


def test_an_event_is_of_a_day(tmp_path: Path) -> None:
    """Which has no time."""
    event = Event(fetched_at=FETCHED, page="muster", event="Quartalszahlen", date="2026-12-01")
    add(tmp_path, event)
    with LiveTables(tmp_path) as tables:
        query = "SELECT instrument, local, day, is_day FROM events"
        assert list(tables.rows(query)[0].values()) == [
            *("stock:muster", datetime(2026, 12, 1), date(2026, 12, 1), True)
        ]


@pytest.mark.parametrize("make", [lambda _: None, Path.mkdir, lambda path: path.touch()])
def test_an_empty_archive_has_empty_tables(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """So has a folder that is not there yet; what is written to it later is there."""
    directory = tmp_path / "output"
    make(directory)
    with LiveTables(directory) as tables:
        assert everything(tables) == {table: [] for table in TABLES}
        directory.unlink() if directory.is_file() else None
        small_archive(directory)
        assert tables.refresh()
        assert live(tables) == asked(directory)


def test_nothing_is_written_to_the_archive(tmp_path: Path) -> None:
    """It can be one that nobody may write to, with lines that have no key."""
    write_lines(tmp_path, replace(as_archived(rating("7")), key=None), as_archived(quote(1)))
    folders = [tmp_path, tmp_path / "ratings", tmp_path / "quotes"]
    before = contents(tmp_path)
    for folder in folders:
        folder.chmod(0o555)
    try:
        with LiveTables(tmp_path) as tables:
            assert not tables.refresh()
            assert tables.rows("SELECT key FROM ratings") == [{"key": "id:7"}]
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert contents(tmp_path) == before


def test_a_line_that_is_being_written_is_read_when_it_is_whole(tmp_path: Path) -> None:
    """Until then it is no row and no problem, whether it was there at first or came later."""
    lines = [line(as_archived(quote(number))) for number in range(4)]
    write_lines(tmp_path, as_archived(quote(0)))
    file = tmp_path / "quotes" / DAY
    file.write_bytes(lines[0] + lines[1][:50])
    with followed(tmp_path) as tables:
        for content, number in (
            (lines[1][50:], 2),
            (lines[2] + lines[3][:-1], 3),
            (b"\n", 4),
            (b'{"key', 4),
        ):
            with file.open("ab") as appended:
                appended.write(content)
            tables.refresh()
            assert tables.rows("SELECT count(*) AS n FROM quotes") == [{"n": number}]
            assert tables.problems == []
        os.truncate(file, file.stat().st_size - 5)
        assert not tables.refresh()
        assert tables.generation == 4


@pytest.mark.parametrize(
    "damaged",
    [
        b'{"key":"k","url":\n',
        b"\xff\xfe\n",
        b"[1]\n",
        b"\n",
        b'{"key":"k","version":1}\n',
        line(replace(as_archived(quote(7)), price=Decimal("0.1234567890123"))),
    ],
)
def test_a_damaged_line_is_named_by_its_file_and_number(tmp_path: Path, damaged: bytes) -> None:
    """As ``archive sql`` names it, whether it was there at first or came later."""
    write_lines(tmp_path, as_archived(quote(1)), as_archived(quote(2)))
    file = tmp_path / "quotes" / DAY
    with followed(tmp_path) as tables:
        for number in (3, 4):
            file.write_bytes(file.read_bytes() + damaged + line(as_archived(quote(number))))
            tables.refresh()
            with Database(tmp_path) as database:
                database.load(ITEM_CLASSES)
                assert tables.problems == database.problems
            assert live(tables) == asked(tmp_path)
        assert len(tables.problems) == (0 if damaged == b"\n" else 2)


def test_lines_without_a_key_get_that_of_their_record(tmp_path: Path) -> None:
    """As finnews 1.0 wrote them, first and last."""
    first = replace(as_archived(rating(page="muster-1")), key=None)
    write_lines(tmp_path, first)
    with followed(tmp_path) as tables:
        write_lines(tmp_path, replace(first, id="8", version=2, analyst="Erika Muster"))
        tables.refresh()
        query = "SELECT version, analyst FROM ratings"
        assert tables.rows(query) == [{"version": 2, "analyst": "Erika Muster"}]


def test_of_lines_with_the_same_version_the_later_one_counts(tmp_path: Path) -> None:
    """In one file and in several, however they come."""
    lines = [replace(as_archived(quote(1)), volume=volume) for volume in range(4)]
    day = "2026-11-21T10:00:00+00:00"
    write_lines(tmp_path, *lines[:2])
    with followed(tmp_path) as tables:
        assert live(tables) == asked(tmp_path)
        write_lines(tmp_path, replace(lines[2], fetched_at=day))
        tables.refresh()
        assert tables.rows("SELECT volume FROM quotes") == [{"volume": 1}]
        write_lines(tmp_path, lines[3], lines[2])
        tables.refresh()
        assert tables.rows("SELECT volume FROM quotes") == [{"volume": 2}]
        assert live(tables) == asked(tmp_path)


def _shortened(file: Path) -> None:
    os.truncate(file, file.read_bytes().index(b"\n") + 1)


def _edited(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b'"1.50"', b"1.70").replace(b"1.50", b"1.70"))


def _replaced(file: Path) -> None:
    other = file.with_name("other")
    other.write_bytes(line(as_archived(quote(9))) + file.read_bytes())
    other.rename(file)


@pytest.mark.parametrize("change", [_shortened, _edited, _replaced, Path.unlink])
def test_a_file_that_is_another_is_read_anew(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    """One that is shorter, or edited, has another one's place, or is gone."""
    with followed(small_archive(tmp_path)) as tables:
        change(tmp_path / "quotes" / DAY)
        assert tables.refresh()
        assert live(tables) == asked(tmp_path)


def test_a_compacted_archive_can_take_the_place_of_the_archive(tmp_path: Path) -> None:
    """The rows are the same, all of version 1."""
    directory = small_archive(tmp_path / "output")
    with followed(directory) as tables:
        with Archive(directory) as archive:
            compact(archive, tmp_path / "compact")
        directory.rename(tmp_path / "before")
        (tmp_path / "compact").rename(directory)
        assert tables.refresh()
        assert tables.rows("SELECT DISTINCT version FROM quotes") == [{"version": 1}]


def test_what_cannot_be_read_leaves_the_tables_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is an error each time, and one that leaves nothing behind at the start."""
    directory = small_archive(tmp_path / "output")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    folder = directory / "quotes" / "2026-11-24.jsonl"
    with LiveTables(directory) as tables:
        before = everything(tables)
        folder.mkdir()
        write_lines(directory, as_archived(rating("9", page="muster-9")))
        with pytest.raises(OSError, match=folder.name):
            tables.refresh()
        assert everything(tables) == before
        with pytest.raises(OSError, match=folder.name):
            LiveTables(directory)
        assert len(list(scratch.iterdir())) == 1
        folder.rmdir()
        assert tables.refresh()
        assert live(tables) == asked(directory)
    assert list(scratch.iterdir()) == []


def test_a_renamed_share_is_one_paper(tmp_path: Path) -> None:
    """By its ISIN, else its WKN; the name that was fetched last is the paper's."""
    add(
        tmp_path,
        instrument("alt", "2026-01-01", isin=ISIN, symbol="ALT"),
        instrument("neu", isin=ISIN, wkn="123456"),
        instrument("neuer", "2026-05-01", wkn="123456"),
        instrument("anders"),
    )
    with followed(tmp_path) as tables:
        query = "SELECT instrument, paper FROM paper_keys ORDER BY instrument"
        assert [tuple(row.values()) for row in tables.rows(query)] == [
            ("stock:alt", "stock:neu"),
            ("stock:anders", "stock:anders"),
            ("stock:neu", "stock:neu"),
            ("stock:neuer", "stock:neu"),
        ]
        (paper,) = tables.rows("SELECT * FROM papers WHERE isin = $isin", {"isin": ISIN})
        assert paper == {
            "paper": "stock:neu",
            "kind": "stock",
            "page": "neu",
            "name": "Neu",
            "isin": ISIN,
            "wkn": "123456",
            "symbol": "ALT",
        }
        add(tmp_path, instrument("alt", "2026-11-25", name="Der lange Name"))
        tables.refresh()
        assert tables.rows("SELECT page FROM papers ORDER BY page") == [
            {"page": "alt"},
            {"page": "anders"},
        ]


def test_what_only_items_name_is_a_paper(tmp_path: Path) -> None:
    """Until the register has it; what no item names any more is none."""
    with followed(tmp_path) as tables:
        add(
            tmp_path,
            *(quote(1), rating("7", page="muster-7", name="Muster 7")),
            replace(article(1), instruments=[named("eins"), named("Ei-Ns"), named("zwei")]),
        )
        tables.refresh()
        names = "SELECT paper, name FROM papers ORDER BY paper"
        assert [tuple(row.values()) for row in tables.rows(names)] == [
            ("stock:ei_ns", "Ei-Ns"),
            ("stock:eins", "Eins"),
            ("stock:muster_1", "Muster 1 AG"),
            ("stock:muster_7", "Muster 7"),
            ("stock:zwei", "Zwei"),
        ]
        add(tmp_path, instrument("zwei", name="Zwei SE"))
        later = replace(article(1), instruments=[named("zwei")], kicker="Neu", version=2)
        write_lines(tmp_path, replace(later, key="id:1"))
        tables.refresh()
        assert [tuple(row.values()) for row in tables.rows(names)] == [
            ("stock:muster_1", "Muster 1 AG"),
            ("stock:muster_7", "Muster 7"),
            ("stock:zwei", "Zwei SE"),
        ]


def test_an_article_names_each_paper_once(tmp_path: Path) -> None:
    """At its first place; one without a page, or of a kind that is not known, breaks nothing."""
    papers = [named("a-b"), named(None), named("a_b"), named("c", is_listed=True)]
    add(tmp_path, replace(article(1), instruments=papers), article(2))
    raw = line(replace(as_archived(article(3)), instruments=[named("d")]))
    with (tmp_path / "articles" / DAY).open("ab") as file:
        file.write(raw.replace(b'"stock"', b'"unheard-of"'))
    with followed(tmp_path) as tables:
        rows = tables.rows("SELECT * FROM article_papers ORDER BY article, position")
        assert [tuple(row.values()) for row in rows] == [
            ("id:1", "stock:a_b", 1, False),
            ("id:1", "stock:c", 4, True),
            ("id:3", "unheard-of:d", 1, False),
        ]


def test_readers_see_the_state_before_or_after_a_refresh(tmp_path: Path) -> None:
    """Never a quote without its paper, while another process writes and all is read anew."""
    without_paper = """
        SELECT key FROM quotes WHERE instrument NOT IN (SELECT instrument FROM paper_keys)
        UNION ALL SELECT article FROM article_papers WHERE article NOT IN (SELECT key FROM articles)
    """
    with Archive(tmp_path), LiveTables(tmp_path) as tables:
        done = threading.Event()
        seen: list[dict[str, Any]] = []

        def read() -> None:
            while not done.is_set():
                seen.extend(tables.rows(without_paper))

        reader = threading.Thread(target=read)
        reader.start()
        command = [sys.executable, "-m", "tests.support.archive_items", str(tmp_path), "0", "400"]
        with subprocess.Popen(command) as writer:
            while writer.poll() is None:
                tables.refresh()
                if (tmp_path / "quotes" / DAY).exists():
                    os.utime(tmp_path / "quotes" / DAY)
        done.set()
        reader.join()
        assert writer.returncode == 0
        assert seen == []
        tables.refresh()
        assert live(tables) == asked(tmp_path)
        assert everything(tables) == loaded(tmp_path)[0]


PAGES = st.sampled_from(["eins", "zwei-drei", "zwei_drei", "vier"])
NUMBERS = st.sampled_from([None, ISIN, "DE0007654321"])
ITEMS = st.one_of(
    st.builds(
        lambda page, volume, number: replace(
            quote(number), page=page, name=f"{page} AG", volume=volume
        ),
        *(PAGES, st.integers(1, 3), st.integers(1, 2)),
    ),
    st.builds(
        lambda number, pages, kicker: replace(
            article(number), instruments=[named(page) for page in pages], kicker=kicker
        ),
        *(st.integers(1, 3), st.lists(PAGES, max_size=3), st.sampled_from([None, "A", "B"])),
    ),
    st.builds(
        lambda page, target: rating(page=page, price_target=target), PAGES, st.just(Decimal(9))
    ),
    st.builds(
        lambda page, isin, day: instrument(page, day, isin=isin),
        PAGES,
        NUMBERS,
        st.sampled_from(["2026-11-20", "2026-11-24"]),
    ),
)
STEPS = st.one_of(
    *[st.lists(ITEMS, min_size=1, max_size=4)] * 4,
    st.sampled_from(["remove", "cut", "touch"]),
)


def _removed(directory: Path, step: str) -> None:
    """Remove a file, cut its last line off, or write it once more."""
    files = sorted(directory.glob("*/*.jsonl")) or [directory / "quotes" / DAY]
    if not files[0].exists():
        return
    content = files[0].read_bytes()
    if step == "remove":
        files[0].unlink()
    else:
        files[0].write_bytes(
            content if step == "touch" else content[: content[:-1].rfind(b"\n") + 1]
        )


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEPS, min_size=1, max_size=6))
def test_after_any_writes_the_tables_are_those_that_are_loaded_anew(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[Item] | str]
) -> None:
    """Whatever was added, merged, cut off or removed between refreshes."""
    directory = tmp_path_factory.mktemp("archive")
    with followed(directory) as tables:
        for step in steps:
            if isinstance(step, str):
                _removed(directory, step)
            else:
                add(directory, *step)
            tables.refresh()
            assert (everything(tables), tables.problems) == loaded(directory)
        assert live(tables) == asked(directory)
