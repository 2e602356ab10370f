"""Tables of an archive's lines: exact, whole, and out of reach of queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from finnews.archive import Archive
from finnews.archive.lines import line
from finnews.items import ITEM_CLASSES, Article, Instrument, Item, Quote, Rating
from finnews.sql.database import Database
from finnews.sql.views import schema
from tests.support.archive_items import (
    FETCHED,
    SITE,
    article,
    as_archived,
    quote,
    rating,
    small_archive,
)
from tests.support.crawling import contents
from tests.support.tables import LATE, LINES, all_last, late_quotes, write_lines

DAY = "2026-11-23.jsonl"


@contextmanager
def loaded(directory: Path, *item_classes: type[Item]) -> Iterator[Database]:
    """Give the tables of an archive, closed to the outside."""
    with Database(directory) as database:
        database.load(item_classes or ITEM_CLASSES)
        database.close_to_the_outside()
        yield database


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    """Return what a query gives."""
    found: list[tuple[Any, ...]] = database.connection.execute(query).fetchall()
    return found


def test_what_shows_late_is_exact(tmp_path: Path) -> None:
    """Decimals and a unit that no sample of the lines would have shown."""
    write_lines(tmp_path, *late_quotes())
    with loaded(tmp_path, Quote) as database:
        late = "SELECT count(*), sum(price), min(price) FROM quotes WHERE unit = 'GBX'"
        prices = [item.price for item in late_quotes() if item.unit and item.price]
        assert rows(database, late) == [(LINES - LATE, sum(prices), Decimal("0.55"))]
        assert rows(database, "SELECT count(*) FROM quotes") == [(LINES,)]
        assert rows(database, "SELECT count(*) FROM quotes WHERE price = 95.55") == [(4,)]


def test_values_have_all_their_digits(tmp_path: Path) -> None:
    """More digits than a binary fraction has, in front of the point and behind it."""
    prices = ["1234567890123456789.123456789012", "0.000000000001", "0.30", "-0.1"]
    write_lines(tmp_path, *(as_archived(quote(n, price)) for n, price in enumerate(prices)))
    with loaded(tmp_path, Quote) as database:
        (found,) = zip(*rows(database, "SELECT price FROM quotes ORDER BY page"), strict=True)
        assert list(found) == [Decimal(price) for price in prices]
        assert database.problems == []


def test_times_are_times_and_days_are_days(tmp_path: Path) -> None:
    """A day alone is never a midnight."""
    timed = replace(rating("1"), date_published="2026-11-20T00:30:00+01:00")
    write_lines(tmp_path, as_archived(timed), as_archived(rating("2")))
    with loaded(tmp_path, Rating) as database:
        query = "SELECT date_published, date_published_day FROM ratings ORDER BY id"
        time = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
        assert rows(database, query) == [(time, date(2026, 11, 20)), (None, date(2026, 11, 20))]


def test_the_last_versions_are_those_of_the_archive(tmp_path: Path) -> None:
    """Also of a record that has got stronger keys since: its `key` has stayed."""
    small_archive(tmp_path)
    with Archive(tmp_path) as archive:
        archive.add(rating(page="muster-2"))
        archive.commit()
        archive.add(rating("8", page="muster-2", analyst="Erika Muster"))
        archive.add(Instrument(fetched_at=FETCHED, url=SITE, page="a", kind="stock", name="A"))
        archive.commit()
        archive.add(Instrument(fetched_at=FETCHED, url=SITE, page="A", kind="stock", wkn="716460"))
    with loaded(tmp_path) as database:
        for item_class in ITEM_CLASSES:
            table = item_class.collection
            found = dict(rows(database, f"SELECT key, version FROM {table}"))  # noqa: S608
            last = all_last(tmp_path, item_class)
            assert found == {key: item.version for key, item in last.items()}
        assert rows(database, "SELECT version FROM ratings WHERE id = '8'") == [(2,)]
        assert rows(database, "SELECT version, wkn FROM instruments WHERE page ILIKE 'a'") == [
            (2, "716460")
        ]


def test_of_two_lines_with_one_version_the_later_is_the_last(tmp_path: Path) -> None:
    """As in the archive's index."""
    first, second = (as_archived(quote(1, price)) for price in ("1.00", "2.00"))
    write_lines(tmp_path, first, second)
    with loaded(tmp_path, Quote) as database:
        assert rows(database, "SELECT price FROM quotes") == [(Decimal(2),)]
        assert rows(database, "SELECT count(*) FROM all_quotes") == [(2,)]


def test_kinds_without_files_are_empty_tables(tmp_path: Path) -> None:
    """With the same types as others."""
    write_lines(tmp_path / "other", as_archived(quote(1)))
    query = "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = '{}'"
    (tmp_path / "none").mkdir()
    with loaded(tmp_path / "none") as empty, loaded(tmp_path / "other") as other:
        for item_class in ITEM_CLASSES:
            named = query.format(item_class.collection)
            assert rows(empty, named) == rows(other, named) != []
            assert rows(empty, f"FROM {item_class.collection}") == []


def test_lines_without_a_key_get_their_record_s(tmp_path: Path) -> None:
    """finnews 1.0 wrote none: all versions of such a record are one, as in the archive."""
    plain = [replace(as_archived(rating(page=f"muster-{n}")), key=None) for n in (1, 2)]
    changed = replace(plain[0], version=2, price_target=Decimal("9.50"), currency="EUR")
    write_lines(tmp_path, *plain, changed)
    with Archive(tmp_path) as archive:
        archive.add(rating("7", page="muster-2", analyst="Erika Muster"))
    with loaded(tmp_path, Rating) as database:
        found = dict(rows(database, "SELECT key, version FROM ratings"))
        last = all_last(tmp_path, Rating)
        assert found == {key: item.version for key, item in last.items()}
        assert sorted(found.values()) == [2, 2]
        assert rows(database, "SELECT count(DISTINCT key) FROM all_ratings") == [(2,)]


def test_lines_without_a_key_get_it_where_nothing_can_be_written(tmp_path: Path) -> None:
    """Or where there is no index yet: the archive stays as it is."""
    first = replace(as_archived(rating(page="muster-1")), key=None)
    named = replace(first, id="8", version=2, analyst="Erika Muster")
    write_lines(tmp_path, first, named)
    (tmp_path / "ratings").chmod(0o555)
    before = contents(tmp_path)
    with loaded(tmp_path, Rating) as database:
        found = rows(database, "SELECT version FROM ratings")
    assert {path.name for path in tmp_path.iterdir()} == {"ratings"}
    assert contents(tmp_path) == before
    (tmp_path / "ratings").chmod(0o755)
    with Archive(tmp_path):
        (tmp_path / "index.sqlite3").chmod(0o444)
    with loaded(tmp_path, Rating) as database:
        assert rows(database, "SELECT version FROM ratings") == found
    assert sorted(found) == sorted((item.version,) for item in all_last(tmp_path, Rating).values())


@pytest.mark.parametrize("tail", [b'{"key":"stock:muster_9|', b"\0" * 50, b'{"key":"\xc3'])
def test_a_half_last_line_is_one_that_a_crawl_is_writing(tmp_path: Path, tail: bytes) -> None:
    """It is no row and no problem; the lines before it are there."""
    write_lines(tmp_path, as_archived(quote(1)), as_archived(quote(2)))
    with (tmp_path / "quotes" / DAY).open("ab") as file:
        file.write(tail)
    with loaded(tmp_path, Quote) as database:
        assert rows(database, "SELECT count(*) FROM quotes") == [(2,)]
        assert database.problems == []


@pytest.mark.parametrize(
    "damaged",
    [
        b'{"key":"k","url":\n',
        b"\xff\xfe\n",
        b"[1]\n",
        b'{"key":"k","version":1}\n',
        b'{"key":"k","version":1,"kind":"stock","page":"p","price":"dear"}\n',
        line(as_archived(quote(3))).replace(b'"fetched_at":"2026-', b'"fetched_at":7,"x":"'),
    ],
)
def test_a_damaged_line_is_named_and_the_others_are_there(tmp_path: Path, damaged: bytes) -> None:
    """By its file and number."""
    write_lines(tmp_path, as_archived(quote(1)))
    file = tmp_path / "quotes" / DAY
    file.write_bytes(file.read_bytes() + damaged + line(as_archived(quote(2))))
    with loaded(tmp_path, Quote) as database:
        assert rows(database, "SELECT page FROM quotes ORDER BY page") == [
            ("muster-1",),
            ("muster-2",),
        ]
        (problem,) = database.problems
        assert problem.startswith(f"{file}:2: not a valid Quote: ")


@pytest.mark.parametrize(
    ("price", "fetched"),
    [("0.1234567890123", FETCHED), ("9" * 27, FETCHED), ("1.5", "2026-13-45T10:00:00+00:00")],
)
def test_a_value_that_does_not_fit_is_named_not_rounded(
    tmp_path: Path, price: str, fetched: str
) -> None:
    """It is missing in the table; the rest of its line is there."""
    item = replace(as_archived(quote(1, price)), fetched_at=fetched)
    write_lines(tmp_path, as_archived(quote(2)))
    with (tmp_path / "quotes" / DAY).open("ab") as file:
        file.write(line(item))
    with loaded(tmp_path, Quote) as database:
        (row,) = rows(
            database, "SELECT price, fetched_at, page FROM quotes WHERE page = 'muster-1'"
        )
        assert None in row
        (problem,) = database.problems
        value = price if fetched == FETCHED else fetched
        assert f"{DAY}:2: " in problem
        assert f"{value} does not fit" in problem


@pytest.mark.parametrize("name", ["a*b", "a?b", "a[1]b", "a'b", "version=3", "{a,b}", "ä ö"])
def test_an_archive_can_have_any_name(tmp_path: Path, name: str) -> None:
    """It is no pattern, and says nothing of the values."""
    write_lines(tmp_path / "axb", as_archived(quote(1)))
    write_lines(tmp_path / name, as_archived(quote(2)))
    with loaded(tmp_path / name, Quote) as database:
        assert rows(database, "SELECT page, version FROM all_quotes") == [("muster-2", 1)]
    with duckdb.connect() as connection:
        connection.execute(";".join(schema(tmp_path / name)))
        query = "SELECT page, version FROM quotes"
        assert connection.execute(query).fetchall() == [("muster-2", 1)]


def test_a_line_of_any_length_is_read(tmp_path: Path) -> None:
    """Also one that is longer than DuckDB takes by default."""
    write_lines(tmp_path, as_archived(replace(article(1), article_body="Wort " * 7_000_000)))
    write_lines(tmp_path, as_archived(article(2)))
    with loaded(tmp_path, Article) as database:
        lengths = "SELECT max(length(article_body)), count(*) FROM articles"
        assert rows(database, lengths) == [(35_000_000, 2)]
        assert database.problems == []


@pytest.mark.parametrize(
    "query",
    [
        "COPY (SELECT 1) TO '{file}' (USE_TMP_FILE false)",
        "WITH q AS (COPY (SELECT 1) TO '{file}' (USE_TMP_FILE false)) SELECT * FROM q",
        "ATTACH '{file}'",
        "EXPORT DATABASE '{file}'",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM '{file}'",
        "SELECT * FROM glob('{file}')",
        "DELETE FROM all_quotes",
        "CREATE TABLE x AS SELECT 1",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM 'https://www.finanzen.net/x.parquet'",
    ],
)
def test_a_query_reaches_nothing_but_the_tables(tmp_path: Path, query: str) -> None:
    """Neither the archive's files, nor others, nor the network, nor DuckDB's settings."""
    write_lines(tmp_path, as_archived(quote(1)))
    file = tmp_path / "quotes" / DAY
    before = file.read_bytes()
    with loaded(tmp_path, Quote) as database, pytest.raises(duckdb.Error):
        database.connection.execute(query.format(file=file))
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["quotes"]


def test_what_it_needs_is_in_the_wheel(tmp_path: Path) -> None:
    """JSON, Parquet and time zones: DuckDB downloads nothing."""
    built_in = "SELECT extension_name FROM duckdb_extensions() WHERE install_path = '(BUILT-IN)'"
    zoned = "SELECT CAST(TIMESTAMPTZ '2026-07-01 10:00:00+00' AT TIME ZONE 'Europe/Berlin' AS TEXT)"
    with Database(tmp_path) as database:
        assert {"json", "parquet", "icu"} <= {name for (name,) in rows(database, built_in)}
        database.close_to_the_outside()
        assert rows(database, "SELECT current_setting('TimeZone')") == [("UTC",)]
        assert rows(database, zoned) == [("2026-07-01 12:00:00",)]
