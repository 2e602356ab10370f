"""``scrapy archive sql`` and ``export``: what they print, and how they end."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from finnews.items import ITEM_CLASSES, Quote
from finnews.sql.columns import selected
from finnews.sql.views import schema
from tests.support import ROOT
from tests.support.archive_items import as_archived, quote, small_archive
from tests.support.tables import write_lines
from tests.unit.commands.conftest import Ended

QUOTES = "SELECT page, price, quoted_at, volume FROM quotes ORDER BY page"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An archive of some records, one of which has two versions."""
    return small_archive(tmp_path / "output")


@pytest.fixture
def archive_command(output: Path, scrapy_command: Callable[..., Ended]) -> Callable[..., Ended]:
    """Run ``scrapy archive`` on the archive of `output`."""

    def ended(*arguments: object) -> Ended:
        return scrapy_command("archive", *arguments, "-s", f"OUTPUT_DIR={output}")

    return ended


def test_sql_prints_a_table(archive_command: Callable[..., Ended]) -> None:
    """Decimals have no zeros at the end, what is missing is empty."""
    status, printed, errors = archive_command("sql", QUOTES)
    rows = [line.split("│")[1:-1] for line in printed.splitlines() if line.startswith("│")]
    assert (status, errors) == (0, "")
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["muster-1", "1.5", "2026-11-23T09:00:00+00:00", "7"],
        ["muster-2", "1.5", "2026-11-23T09:00:00+00:00", ""],
    ]


def test_sql_prints_rows_that_are_too_wide_as_blocks(archive_command: Callable[..., Ended]) -> None:
    """A rule with the number of the row, and a line for each value behind its name."""
    status, printed, errors = archive_command("sql", "SELECT * FROM quotes ORDER BY page")
    assert (status, errors) == (0, "")
    first, second = re.split(r"^\d ─+\n", printed, flags=re.MULTILINE)[1:]
    lines = [line.split() for line in first.splitlines()]
    values = {line[0]: line[1:] for line in lines}
    assert (values["page"], values["price"], values["isin"]) == (["muster-1"], ["1.5"], [])
    assert [line.split()[0] for line in second.splitlines()] == list(dict(selected(Quote)))
    assert archive_command("sql", "SELECT * FROM quotes LIMIT 0")[1] == "no rows\n"


def test_sql_prints_many_narrow_columns_as_a_table(archive_command: Callable[..., Ended]) -> None:
    """What counts is how wide the values are."""
    columns = ", ".join(f"{n} AS c{n}" for n in range(25))
    assert archive_command("sql", f"SELECT {columns}")[1].splitlines()[3].count("│") == 26


def test_sql_prints_json_with_exact_decimals(
    output: Path, archive_command: Callable[..., Ended]
) -> None:
    """An object a line; a number has all its digits, lists are lists."""
    price = "12345678901234567890.123456789012"
    write_lines(output, as_archived(quote(5, price)))
    query = "SELECT price, [page] pages FROM quotes WHERE page = 'muster-5'"
    status, printed, _ = archive_command("sql", query, "--json")
    assert (status, printed) == (0, f'{{"price":{price},"pages":["muster-5"]}}\n')


def test_sql_prints_csv(archive_command: Callable[..., Ended]) -> None:
    """With a line of names; lists as JSON."""
    query = "SELECT page, price, [true] AS yes, volume FROM quotes ORDER BY page"
    status, printed, _ = archive_command("sql", query, "--csv")
    assert status == 0
    assert printed.splitlines() == [
        "page,price,yes,volume",
        "muster-1,1.5,[true],7",
        "muster-2,1.5,[true],",
    ]


def test_a_table_of_many_rows_is_cut_and_says_so(archive_command: Callable[..., Ended]) -> None:
    """JSON and CSV are not."""
    status, printed, errors = archive_command("sql", "SELECT range AS n FROM range(1001)")
    assert (status, printed.count("│ 999 "), printed.count("│ 1000")) == (0, 1, 0)
    assert errors == "finnews: only the first 1000 rows; --json and --csv print all\n"
    assert archive_command("sql", "FROM range(5000)", "--csv")[1].count("\n") == 5001


def test_sql_has_all_kinds_and_versions(archive_command: Callable[..., Ended]) -> None:
    """A table that nobody names is not loaded."""
    _, printed, _ = archive_command("sql", "SELECT count(*) AS n FROM all_quotes", "--csv")
    assert printed == "n\n3\n"


@pytest.mark.parametrize(
    "query",
    [
        "show tables",
        "PRAGMA show_tables",
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')",
        "SELECT table_name FROM information_schema.tables",
        "SELECT DISTINCT table_name FROM information_schema.columns",
        "FROM duckdb_tables() SELECT table_name UNION FROM duckdb_views() SELECT view_name",
        "SELECT relname FROM pg_catalog.pg_class",
        "SELECT name FROM (DESCRIBE)",
    ],
)
def test_a_query_of_the_catalogue_names_all_kinds(
    query: str, archive_command: Callable[..., Ended]
) -> None:
    """Whichever of DuckDB's catalogues it asks."""
    status, printed, errors = archive_command("sql", query, "--csv")
    kinds = {kind.collection for kind in ITEM_CLASSES}
    assert (status, errors) == (0, "")
    assert set(printed.split()[1:]) >= kinds | {f"all_{kind}" for kind in kinds}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sql",), "usage: "),
        (("sql", "select 1", "select 2"), "usage: "),
        (("sql", "select 1; select 2"), "one query"),
        (("sql", ""), "one query"),
        (("sql", "selec 1"), 'syntax error at or near "selec"'),
        (("sql", "select nothing from quotes"), '"nothing" not found'),
        (("sql", "select foo from quotes"), 'not found in FROM clause! Candidate bindings: "'),
        (("sql", "select q.foo from all_quotes q"), 'named "foo" Candidate bindings: "'),
        (("sql", "select coalesc(1)"), 'Did you mean "'),
        (("sql", "select * from quote"), "There are articles, checkpoints, events, "),
        (("sql", "select * from prices"), "Table with name prices does not exist"),
        (("sql", "select cast(page as int) from quotes"), "Could not convert string"),
        (("sql", "select 1 a, 2 a", "--json"), "two columns have the same name"),
        (("sql", "select 1", "--json", "--csv"), "usage: "),
        (("sql", "select 1", "--schema"), "usage: "),
        (("sql", "delete from all_quotes"), "read-only"),
        (("sql", "select * from read_text('/etc/passwd')"), "disabled by configuration"),
        (("sql", "select 1", "--since", "2026-11-01"), "--since is no option of archive sql"),
        (("check", "--csv"), "--csv is no option of archive check"),
        (("export",), "usage: "),
        (("export", "a", "b"), "usage: "),
        (("export", "a", "--json"), "--json is no option of archive export"),
        (("export", "a", "--format", "xlsx"), "xlsx"),
        (("export", "a", "--since", "yesterday"), "--since=yesterday: a day is written as"),
        (("export", "a", "--stocks", ""), "--stocks"),
        (("export", "a", "--stocks", "nobody"), "nobody: no archived instrument"),
        (("export", str(ROOT)), "exists and is not an empty directory"),
    ],
)
def test_wrong_usage_is_one_line(
    arguments: tuple[str, ...], said: str, archive_command: Callable[..., Ended]
) -> None:
    """The exit status is 2, and nothing is printed to standard output."""
    status, printed, error = archive_command(*arguments)
    assert (status, printed, error.count("\n")) == (2, "", 1), error
    assert said in error
    assert not (ROOT / "a").exists()


def test_damaged_lines_are_named_and_counted(
    output: Path, tmp_path: Path, archive_command: Callable[..., Ended]
) -> None:
    """The exit status is 1; the other lines are there."""
    file = output / "quotes" / "2026-11-23.jsonl"
    with file.open("a", encoding="utf-8") as lines:
        lines.write("{}\n")
    query = "SELECT count(*) AS n FROM quotes"
    status, printed, errors = archive_command("sql", query, "--csv")
    assert (status, printed) == (1, "n\n2\n")
    assert errors.splitlines()[0].startswith(f"finnews: {file}:4: not a valid Quote")
    assert errors.splitlines()[1] == "finnews: problems: 1; see archive check"
    status, printed, errors = archive_command("export", tmp_path / "out")
    assert (status, errors.count("\n")) == (1, 2)
    assert f"{tmp_path}/out/quotes.parquet: 2 rows" in printed


def test_export_is_relative_to_the_working_directory(
    tmp_path: Path, archive_command: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parents are made, an empty directory is taken."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "to" / "here").mkdir(parents=True)
    status, printed, _ = archive_command("export", "to/here", "--format", "jsonl")
    assert (status, printed.splitlines()[3]) == (0, "to/here/quotes.jsonl: 2 rows")
    assert len((tmp_path / "to" / "here" / "quotes.jsonl").read_text("utf-8").splitlines()) == 2
    assert archive_command("export", "new/there")[0] == 0


def test_an_export_that_cannot_be_written_names_its_directory(
    tmp_path: Path, archive_command: Callable[..., Ended]
) -> None:
    """Not a temporary one next to it; a file above it is wrong usage."""
    status, printed, error = archive_command("export", "/proc/x")
    assert (status, printed, error) == (1, "", "finnews: /proc/x: No such file or directory\n")
    file = tmp_path / "file"
    file.touch()
    for target in (file / "x", file / "x" / "y"):
        said = f"finnews: {target}: {file} is a file, not a directory\n"
        assert archive_command("export", target) == (2, "", said)
    assert archive_command("export", file)[0] == 2


def test_sql_prints_what_is_no_number_as_null(archive_command: Callable[..., Ended]) -> None:
    """JSON has no name for it."""
    query = "SELECT 'nan'::DOUBLE AS a, 'inf'::DOUBLE AS b, 1e0 AS c"
    printed = archive_command("sql", query, "--json")[1]
    assert printed == '{"a":null,"b":null,"c":1.0}\n'


def test_the_schema_makes_the_same_views_in_plain_duckdb(
    output: Path, archive_command: Callable[..., Ended]
) -> None:
    """With the same types and rows."""
    write_lines(output, replace(as_archived(quote(7, "95.55")), unit="GBX", currency=None))
    _, schema, _ = archive_command("sql", "--schema")
    with duckdb.connect() as connection:
        connection.execute(schema)
        query = "SELECT price, typeof(price), unit FROM quotes WHERE page = 'muster-7'"
        found = connection.execute(query).fetchall()
        assert found == [(Decimal("95.55"), "DECIMAL(38,12)", "GBX")]
        versions = "SELECT version FROM quotes ORDER BY page"
        assert connection.execute(versions).fetchall() == [(2,), (1,), (1,)]


def test_the_views_of_the_schema_refuse_lines_without_a_key(
    output: Path, archive_command: Callable[..., Ended], tmp_path: Path
) -> None:
    """They would be one record; a compact copy has all of them."""
    lines = [replace(as_archived(quote(number)), key=None) for number in (7, 8)]
    write_lines(output, *lines)
    with duckdb.connect() as connection:
        connection.execute(archive_command("sql", "--schema")[1])
        for query in ("SELECT count(*) FROM quotes", "FROM quotes LIMIT 1"):
            with pytest.raises(duckdb.Error, match="run scrapy archive compact"):
                connection.execute(query).fetchall()
        assert connection.execute("SELECT count(*) FROM all_quotes").fetchall() == [(5,)]
    assert archive_command("compact", tmp_path / "compact")[0] == 0
    with duckdb.connect() as connection:
        connection.execute(";".join(schema(tmp_path / "compact")))
        assert connection.execute("SELECT count(*) FROM quotes").fetchall() == [(4,)]
