"""``scrapy archive sql`` and ``export`` of what processes write, and as processes of their own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from finnews.items import ITEM_CLASSES, Quote
from finnews.sql.choice import Choice
from finnews.sql.database import Database
from finnews.sql.export import export
from tests.support import ROOT, TIMEOUT
from tests.support.archive_items import small_archive
from tests.support.crash_runs import OPTIONS
from tests.support.crawling import Process, crawl, started, until
from tests.support.tables import all_last


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An archive of some records, one of which has two versions."""
    return small_archive(tmp_path / "output")


def test_the_last_versions_of_what_crawls_wrote_are_those_of_the_archive(
    site: str, tmp_path: Path
) -> None:
    """Of each kind: `key` and `version` in the lines say what the index says."""
    for spider, options in (*OPTIONS.items(), *OPTIONS.items()):
        done = crawl(spider, site, tmp_path, *options)
        assert done.returncode == 0, done.stderr
    with Database(tmp_path) as database:
        database.load(ITEM_CLASSES)
        database.close_to_the_outside()
        for item_class in ITEM_CLASSES:
            query = f"SELECT key, version FROM {item_class.collection}"  # noqa: S608
            found = dict(database.connection.execute(query).fetchall())
            last = all_last(tmp_path, item_class)
            assert found == {key: item.version for key, item in last.items()}
        newer = "SELECT count(*) FROM ratings WHERE version > 1"
        assert database.connection.execute(newer).fetchone() > (10,)
        assert database.problems == []


def test_a_crawl_can_write_at_the_same_time(tmp_path: Path) -> None:
    """Each look at the tables has whole lines only, and no fewer than the one before."""
    archive = small_archive(tmp_path / "archive")
    command = [sys.executable, "-m", "tests.support.archive_items", str(archive), "10", "2000"]
    counts = [0]
    with subprocess.Popen(command, cwd=ROOT) as writer:
        number = 0
        while writer.poll() is None:
            with Database(archive) as database:
                database.load([Quote])
                query = "SELECT count(*) FROM all_quotes"
                (number,) = database.connection.execute(query).fetchone()
                assert database.problems == []
            assert number >= counts[-1]
            counts.append(number)
        assert writer.wait(TIMEOUT) == 0
    assert len(set(counts)) > 2
    exported = export(archive, tmp_path / "out", Choice())
    assert exported.rows["quotes.parquet"] == 2 + 2 * 1990


def test_a_closed_pipe_ends_it_quietly(output: Path) -> None:
    """As ``| head -1`` closes it."""
    command = [sys.executable, "-m", "scrapy", "archive", "sql", "FROM range(1000000)", "--json"]
    options = ["-s", f"OUTPUT_DIR={output}"]
    with subprocess.Popen(
        [*command, *options], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b'{"range":0}\n'
        process.stdout.close()
        assert process.stderr
        assert process.stderr.read() == b""
        assert process.wait(TIMEOUT) == 0


ENDLESS = (
    "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range % 7 = b.range % 3",
    "SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b",
)


@pytest.mark.parametrize("query", ENDLESS)
@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_nothing_is_left(
    output: Path, tmp_path: Path, number: int, query: str
) -> None:
    """Quietly, with the status that a shell gives it; here the query has no end."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    options = ["--csv", "-s", f"OUTPUT_DIR={output}"]
    with started(
        *(sys.executable, "-m", "scrapy", "archive", "sql", query, *options),
        env=os.environ | {"TMPDIR": str(scratch)},
        stderr=subprocess.PIPE,
    ) as process:
        until(lambda: list(scratch.glob("*/lines.duckdb")), process)
        before = _seconds(process)
        until(lambda: _seconds(process) > before + 2, process)  # in the query
        process.send_signal(number)
        assert process.communicate(timeout=TIMEOUT)[1] == ""
    assert process.returncode == 128 + number
    assert list(scratch.iterdir()) == []


def _seconds(process: Process) -> float:
    """Return for how long a process has calculated."""
    fields = Path(f"/proc/{process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_an_export_and_nothing_is_left(tmp_path: Path, number: int) -> None:
    """Here the archive has a file whose writer never comes."""
    archive = small_archive(tmp_path / "archive")
    os.mkfifo(archive / "quotes" / "2026-11-24.jsonl")
    target = tmp_path / "exported" / "tables"
    with started(
        *(sys.executable, "-m", "scrapy", "archive", "export", target),
        *("-s", f"OUTPUT_DIR={archive}"),
        stderr=subprocess.PIPE,
    ) as process:
        until(lambda: list(target.parent.glob(".*")), process)
        process.send_signal(number)
        assert process.communicate(timeout=TIMEOUT)[1] == ""
    assert process.returncode == 128 + number
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("arguments", [("sql", "select 1"), ("export", "never")])
def test_without_duckdb_it_says_how_to_install_it(
    output: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """In one line; the other actions need none."""
    blocking = tmp_path / "blocking"
    blocking.mkdir()
    (blocking / "duckdb.py").write_text("raise ImportError\n", "utf-8")
    environment = os.environ | {"PYTHONPATH": str(blocking)}

    def ended(*action: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scrapy", "archive", *action]
        options = ["-s", f"OUTPUT_DIR={output}"]
        return subprocess.run(
            [*command, *options],
            cwd=ROOT,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )

    done = ended(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert 'pip install "finnews[sql]"' in done.stderr
    assert ended("check").returncode == 0
    assert json.loads(ended("show", "muster-1", "--json").stdout.splitlines()[0])
