"""Exported files say exactly what the archive says, and are whole or not there."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from finnews.archive import Archive
from finnews.archive.lines import read_line
from finnews.items import Item, NamedInstrument, Quote
from finnews.outcome import WrongUsage
from finnews.pipelines import instrument_of
from finnews.sql.choice import Choice
from finnews.sql.columns import line_columns
from finnews.sql.export import EXPORTED, FORMATS, export
from tests.support.archive_items import article, as_archived, quote, rating, small_archive
from tests.support.tables import LINES, all_last, late_quotes, write_lines

FILES = {"articles", "events", "instruments", "quotes", "ratings"}


def read(file: Path, query: str = "SELECT * FROM '{}'") -> list[tuple[Any, ...]]:
    """Return what DuckDB reads in a file, times in UTC."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        found: list[tuple[Any, ...]] = connection.execute(query.format(file)).fetchall()
        return found


def columns(file: Path) -> dict[str, str]:
    """Return the columns of a file with their types."""
    return {name: kind for name, kind, *_ in read(file, "DESCRIBE SELECT * FROM '{}'")}


def test_what_is_about_the_market_is_exported() -> None:
    """What the crawl notes for itself is not."""
    assert {kind.collection for kind in EXPORTED} == FILES


def test_parquet_has_exact_types(tmp_path: Path) -> None:
    """Decimals, times with a zone, days, lists of structs; and the last version of each record."""
    archive = small_archive(tmp_path / "archive")
    exported = export(archive, tmp_path / "out", Choice())
    assert exported.rows == {
        "articles.parquet": 1,
        "events.parquet": 0,
        "instruments.parquet": 1,
        "quotes.parquet": 2,
        "ratings.parquet": 1,
    }
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(exported.rows)
    for kind in EXPORTED:
        found = columns(tmp_path / "out" / f"{kind.collection}.parquet")
        expected = line_columns(kind)
        same = {name for name in expected if found[name] == expected[name]}
        split = {name.removesuffix("_day") for name in found if name.endswith("_day")}
        assert expected.keys() - same - {"instruments"} == split - {"id"}
        assert {found[f"{name}_day"] for name in split} <= {"DATE"}
        assert {found[name] for name in split} <= {"TIMESTAMP WITH TIME ZONE"}
    named = "SELECT instruments[1].page, date_published FROM '{}'"
    published = datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert read(tmp_path / "out" / "articles.parquet", named) == [("muster-1", published)]


@pytest.mark.parametrize("form", FORMATS)
def test_every_value_is_read_back_exactly(tmp_path: Path, form: str) -> None:
    """Fifty thousand lines with late decimals and a late unit; texts with all that CSV dislikes."""
    odd = replace(
        article(1),
        headline='Muster, "AG"; Zeile\nzwei \u202e |',
        authors=["Erika, M.", 'N "N" N'],
        instruments=[NamedInstrument(name='A "B"', kind="stock", page="a-b")],
    )
    write_lines(tmp_path / "archive", *late_quotes(), as_archived(odd))
    export(tmp_path / "archive", tmp_path / "out", Choice(form))
    with duckdb.connect() as connection:
        kinds = {"price": "DECIMAL(38,12)", "unit": "VARCHAR", "key": "VARCHAR"}
        reads = {
            "parquet": "read_parquet(?)",
            "csv": "read_csv(?, all_varchar=true)",
            "jsonl": f"read_json(?, columns={kinds})",
        }
        file = str(tmp_path / "out" / f"quotes.{form}")
        query = f"SELECT key, CAST(price AS DECIMAL(38,12)), unit FROM {reads[form]}"  # noqa: S608
        found = {key: rest for key, *rest in connection.execute(query, [file]).fetchall()}
    assert len(found) == LINES
    assert found == {str(item.key): [item.price, item.unit] for item in late_quotes()}
    assert texts(tmp_path / "out" / f"articles.{form}") == (odd.headline, odd.authors, "a-b")


def texts(file: Path) -> tuple[Any, ...]:
    """Return headline, authors and page of the named instrument of an exported article."""
    if file.suffix == ".csv":
        query = """
        SELECT headline, from_json(authors, '["VARCHAR"]'), instruments->>'$[0].page'
        FROM read_csv('{}', all_varchar=true)
        """
    else:
        query = "SELECT headline, authors, instruments[1].page FROM '{}'"
    (row,) = read(file, query)
    return row


PRICES = ("24939", "100.50", "0.000000000001", "-0.10", "0", "1234567890123456789.123456789012")


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_decimal_has_its_digits_and_no_zeros_at_the_end(tmp_path: Path, form: str) -> None:
    """As `archive sql` prints it: neither twelve places, nor an exponent."""
    items = [replace(quote(n, price), change=None) for n, price in enumerate(PRICES)]
    write_lines(tmp_path / "archive", *map(as_archived, items))
    exported = export(tmp_path / "archive", tmp_path / "out", Choice(form))
    assert exported.rows[f"quotes.{form}"] == len(PRICES)
    text = (tmp_path / "out" / f"quotes.{form}").read_text("utf-8")
    if form == "csv":
        found = [(row["price"], row["change"]) for row in csv.DictReader(io.StringIO(text))]
        missing = ""
    else:
        pairs = re.findall(r'"price":([^,]*),.*?"change":([^,]*),', text)
        found, missing = pairs, "null"
    expected = ["24939", "100.5", "0.000000000001", "-0.1", "0", PRICES[-1]]
    assert sorted(found) == sorted((price, missing) for price in expected)


def test_csv_and_jsonl_have_times_of_iso_8601(tmp_path: Path) -> None:
    """In UTC, as the archive's `fetched_at`."""
    archive = small_archive(tmp_path / "archive")
    for form in ("csv", "jsonl"):
        export(archive, tmp_path / form, Choice(form))
        text = (tmp_path / form / f"quotes.{form}").read_text("utf-8")
        assert "2026-11-23T10:00:00+00:00" in text
        assert "2026-11-23T09:00:00+00:00" in text  # quoted_at


def test_all_versions(tmp_path: Path) -> None:
    """Each line is a row."""
    archive = small_archive(tmp_path / "archive")
    export(archive, tmp_path / "out", Choice(has_all_versions=True))
    versions = "SELECT version, volume FROM '{}' WHERE page = 'muster-1' ORDER BY version"
    assert read(tmp_path / "out" / "quotes.parquet", versions) == [(1, None), (2, 7)]


def test_since_is_the_items_own_day(tmp_path: Path) -> None:
    """Or that of fetching, where they have none."""
    days = [as_archived(quote(n, day=f"2026-11-2{n}")) for n in range(4)]
    undated = replace(as_archived(quote(9, day="2026-11-22")), quoted_at=None, key="undated")
    write_lines(tmp_path / "archive", *days, undated, as_archived(rating("1")))
    exported = export(tmp_path / "archive", tmp_path / "out", Choice(since="2026-11-22"))
    found = read(tmp_path / "out" / "quotes.parquet", "SELECT page FROM '{}' ORDER BY page")
    assert found == [("muster-2",), ("muster-3",), ("muster-9",)]
    assert exported.rows["ratings.parquet"] == 0


@pytest.mark.parametrize("name", ["muster-1", "Muster_1", "de0001234563"])
def test_stocks_are_those_and_what_names_them(tmp_path: Path, name: str) -> None:
    """By page name or number; an article that names one is about it."""
    archive = small_archive(tmp_path / "archive")
    exported = export(archive, tmp_path / "out", Choice(names=(name,)))
    assert list(exported.rows.values()) == [1, 0, 1, 1, 1]
    expected = {str(item.key) for item in mentioning(archive)}
    found = {
        key
        for kind in EXPORTED
        for (key,) in read(tmp_path / "out" / f"{kind.collection}.parquet", "SELECT key FROM '{}'")
    }
    assert found == expected


def test_a_coin_is_found_under_the_kind_that_it_had(tmp_path: Path) -> None:
    """Its quotes were of a currency until finnews knew coins."""
    coin = replace(quote(1), kind="currency", page="bitcoin-euro-kurs")
    with Archive(tmp_path / "archive") as archive:
        archive.add(coin)
        archive.add(replace(instrument_of(coin), kind="crypto"))
        archive.add(replace(coin, kind="crypto", price=Decimal("1.60"), exchange="FTI"))
    exported = export(tmp_path / "archive", tmp_path / "out", Choice(names=("bitcoin-euro-kurs",)))
    assert exported.rows["quotes.parquet"] == 2


def mentioning(archive: Path) -> list[Item]:
    """Return what the archive has about ``muster-1``."""
    items = [item for kind in EXPORTED for item in all_last(archive, kind).values()]
    return [item for item in items if item.mentions("stock:muster_1")]


def test_an_unknown_stock_is_wrong_usage(tmp_path: Path) -> None:
    """No directory is made."""
    archive = small_archive(tmp_path / "archive")
    with pytest.raises(WrongUsage, match="nobody: no archived instrument"):
        export(archive, tmp_path / "out", Choice(names=("nobody",)))
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_a_damaged_line_is_told_once(tmp_path: Path) -> None:
    """The others are exported."""
    archive = small_archive(tmp_path / "archive")
    with (archive / "instruments.jsonl").open("a", encoding="utf-8") as file:
        file.write("{}\n")
    exported = export(archive, tmp_path / "out", Choice(names=("muster-1",)))
    (problem,) = exported.problems
    assert problem.startswith(f"{archive}/instruments.jsonl:2: ")
    assert exported.rows["instruments.parquet"] == 1


def test_a_failed_export_leaves_nothing(tmp_path: Path) -> None:
    """Neither the directory nor parts of it: here a file is unreadable for DuckDB as a whole."""
    archive = small_archive(tmp_path / "archive")
    (archive / "ratings" / "2026-11-24.jsonl").mkdir()
    with pytest.raises((duckdb.Error, OSError)):
        export(archive, tmp_path / "out", Choice())
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_lines_of_the_archive_are_read_as_before(tmp_path: Path) -> None:
    """An exported line of JSON has the fields and values of the archive's, but for zeros."""
    archive = tmp_path / "archive"
    item = as_archived(quote(1, "1.50"))
    write_lines(archive, item)
    export(archive, tmp_path / "out", Choice("jsonl"))
    again = read_line((tmp_path / "out" / "quotes.jsonl").read_bytes(), Quote)
    assert again == replace(item, quoted_at="2026-11-23T09:00:00+00:00")
