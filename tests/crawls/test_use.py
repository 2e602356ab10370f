"""``docs/use.md``: each of its blocks runs on what crawls wrote, and says what is so."""

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from finnews.archive import Archive
from finnews.items import ITEM_CLASSES, Article, Quote, Rating
from finnews.pipelines import instrument_of
from finnews.sql.database import Database
from tests.support import ROOT, TIMEOUT
from tests.support.archive_items import quote
from tests.support.crash_runs import OPTIONS
from tests.support.crawling import crawl
from tests.support.truths import CORRECTED, TRUTHS, Answer, last

TEXT = (ROOT / "docs" / "use.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> dict[str, str]:
    """Return the blocks of a language by the headings above them; of one heading, as one."""
    found: dict[str, str] = {}
    for section in re.split(r"^##+ ", TEXT, flags=re.MULTILINE):
        for name, code in BLOCK.findall(section):
            if name == language:
                heading = section.partition("\n")[0]
                found[heading] = found.get(heading, "") + code
    return found


@pytest.fixture(scope="module")
def folder(site: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive in ``output`` and settings, as a user's project has them."""
    folder = tmp_path_factory.mktemp("use")
    output = folder / "output"
    for spider, options in OPTIONS.items():
        done = crawl(spider, site, output, *options)
        assert done.returncode == 0, done.stderr
    with Archive(output) as archive:
        article = next(archive.all_of(Article))
        archive.add(replace(article, headline=CORRECTED, fetched_at="2027-01-01T10:00:00+00:00"))
        tesla = replace(quote(1, "95.55"), page="tesla", url=article.url)
        archive.add(tesla)
        archive.add(instrument_of(tesla))
        archive.commit()
        archive.add(replace(tesla, volume=9))
    settings = f"from finnews.settings import *\nOUTPUT_DIR = {str(output)!r}\n"
    (folder / "own_settings.py").write_text(settings, "utf-8")
    run(folder, blocks("sh")["Files for other programs"])
    run(folder, blocks("sh")["Plain DuckDB"])
    return folder


def run(folder: Path, code: str) -> str:
    """Run a block of the shell in the folder, and return what it prints."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": programs, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        ["bash", "-euc", code],
        cwd=folder,
        env=os.environ | own | {"SCRAPY_SETTINGS_MODULE": "own_settings"},
        capture_output=True,
        check=False,
        text=True,
        timeout=TIMEOUT,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def asked(folder: Path, query: str) -> Answer:
    """Return the rows of a query."""
    with Database(folder / "output") as database:
        database.load(ITEM_CLASSES)
        database.close_to_the_outside()
        found = database.connection.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_every_block_is_of_a_language_that_is_run() -> None:
    """Below, each by its heading."""
    assert {name for name, _ in BLOCK.findall(TEXT)} == {"sh", "python", "sql"}
    assert blocks("sql").keys() == TRUTHS.keys()
    assert blocks("python").keys() == {"Plain DuckDB", "polars", "pandas"}
    shells = {"SQL", "Files for other programs", "Plain DuckDB", "jq"}
    assert blocks("sh").keys() == shells
    assert len(TRUTHS) == 10


def test_the_commands_print_what_is_archived(folder: Path) -> None:
    """Tables, CSV and JSON, and the types of a table."""
    printed = run(folder, blocks("sh")["SQL"])
    firms = {rating.firm for rating in last(folder, Rating)}
    assert all(f"{firm}" in printed for firm in firms)
    assert printed.count('{"headline":') == 5
    assert "TIMESTAMP WITH TIME ZONE" in printed


@pytest.mark.parametrize("heading", ["polars", "pandas", "Plain DuckDB"])
def test_python_reads_the_last_versions_exactly(
    folder: Path, heading: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys, exact prices and times, whichever library reads them."""
    monkeypatch.chdir(folder)
    (folder / "block.py").write_text(blocks("python")[heading], "utf-8")
    result = runpy.run_path("block.py")["result"]
    rows = ROWS[heading](result)
    expected = {(q.key, q.price, "T" in (q.quoted_at or "")) for q in last(folder, Quote)}
    assert {(key, price, bool(time)) for key, price, time in rows} == expected
    assert len(rows) == len(expected)
    assert {type(price) for _, price, _ in rows if price is not None} <= {Decimal, int}
    assert {time.utcoffset().total_seconds() for *_, time in rows if time} == {0}


def rows_of_polars(result: Any) -> list[Any]:
    """Return key, price and time of each row."""
    rows: list[Any] = result.select("key", "price", "quoted_at").rows()
    return rows


def rows_of_pandas(result: Any) -> list[Any]:
    """Return key, price and time of each row; what is missing as ``None``."""
    rows = result[["key", "price", "quoted_at"]].astype(object)
    return [tuple(row) for row in rows.where(rows.notna(), None).to_numpy()]


ROWS: dict[str, Callable[[Any], list[Any]]] = {
    "polars": rows_of_polars,
    "pandas": rows_of_pandas,
    "Plain DuckDB": list,
}


def test_exported_files_are_there(folder: Path) -> None:
    """One a kind, of the format that was asked for."""
    names = {path.relative_to(folder).as_posix() for path in folder.glob("*/*.*")}
    assert {"tables/articles.parquet", "every-line/quotes.jsonl"} <= names
    text = (folder / "csv-of-a-share" / "quotes.csv").read_text("utf-8")
    assert [line.count("tesla") > 0 for line in text.splitlines()] == [False, True]


def test_jq_prints_the_last_versions(folder: Path) -> None:
    """Each key once."""
    if not shutil.which("jq"):
        pytest.skip("jq is not installed")
    rows = [json.loads(row) for row in run(folder, blocks("sh")["jq"]).splitlines()]
    expected = {q.key: None if q.price is None else float(q.price) for q in last(folder, Quote)}
    assert {row["key"]: row["price"] for row in rows} == expected
    assert len(rows) == len(expected)


@pytest.mark.parametrize("question", TRUTHS)
def test_a_question_is_answered_truly(question: str, folder: Path) -> None:
    """As the items say themselves."""
    answer = asked(folder, blocks("sql")[question])
    assert answer
    TRUTHS[question](answer, folder)
