"""The pages as files: each link leads to a file, whatever papers are called, and all or nothing."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import polars
import pytest
from parsel import Selector

from finnews.look.registry import addresses
from finnews.look.static_pages import write_pages
from finnews.outcome import WrongUsage
from finnews.sql.stopping import Work
from tests.support import ROOT, TIMEOUT
from tests.support.look_pages import archived, article, charts_of, price, study
from tests.support.open_tables import open_tables

AT = "2026-11-27T12:00:00+01:00"
NAMES = (
    *("muster", "muster.html", "muster.json", "muster.csv", "a/b", "..", ".", "#?%", "ü" * 100),
    *('"><script>alert(1)</script>', "x" * 300, "x" * 299 + "y", "con", "{{ 7*7 }}", "a b", "~"),
)


def written(directory: Path, folder: str = "pages") -> Path:
    """Write the pages of papers with all these names, and return where they are."""
    items = [price(AT, page=name, currency=None, unit="EUR/oz") for name in NAMES]
    said = [article(AT, *NAMES, url="javascript:alert(1)"), study(AT, page=NAMES[0])]
    target = directory / folder
    tables = open_tables(archived(directory / "output", [*items, *said]))
    assert write_pages(tables, target, Work()) == len(list(addresses(tables)))
    return target


def links(file: Path) -> Iterator[str]:
    """Yield where a page leads, in its markup and in its charts."""
    document = Selector(file.read_text("utf-8"))
    yield from document.xpath("//@href | //@src | //@action").getall()
    for chart in charts_of(file.read_text("utf-8")).values():
        yield from (row["href"] for rows in chart.values() for row in rows if row.get("href"))


def test_each_link_leads_to_a_file(tmp_path: Path) -> None:
    """From any directory; none is absolute, and none is a script."""
    target = written(tmp_path, "ünter einem #Namen?")
    assert len(list(target.glob("stocks/*.html"))) == len(NAMES) - len((".", ".."))
    for file in target.rglob("*.html"):
        for link in links(file):
            if link.startswith(("https://www.finanzen.net/", "#")):
                continue
            path = unquote(link.partition("#")[0])
            assert not path.startswith("/")
            assert ":" not in path.split("/")[0]
            assert (file.parent / path).resolve().is_relative_to(target.resolve())
            assert (file.parent / path).is_file(), link


def test_each_page_has_its_json_and_its_tables(tmp_path: Path) -> None:
    """They have the rows that the page shows, or all."""
    target = written(tmp_path)
    for file in target.rglob("*.html"):
        content = json.loads(file.with_suffix(".json").read_bytes())
        for name, table in content["tables"].items():
            assert (
                len(polars.read_parquet(file.with_suffix("") / f"{name}.parquet")) == table["total"]
            )
            assert (file.with_suffix("") / f"{name}.csv").is_file()


def test_no_name_is_markup(tmp_path: Path) -> None:
    """Names stand as they are archived."""
    for file in written(tmp_path).rglob("*.html"):
        text = file.read_text("utf-8")
        assert "<script>alert" not in text.lower()
        assert ">49<" not in text


def test_an_empty_archive_has_pages(tmp_path: Path) -> None:
    """The first says what to run."""
    (tmp_path / "output").mkdir()
    write_pages(open_tables(tmp_path / "output"), tmp_path / "pages", Work())
    assert "scrapy crawl news" in (tmp_path / "pages" / "index.html").read_text("utf-8")


def test_a_target_that_is_there_is_left_alone(tmp_path: Path) -> None:
    """It is told; an empty directory is none."""
    tables = open_tables(archived(tmp_path / "output", [article(AT, "muster")]))
    target = tmp_path / "pages"
    target.mkdir()
    write_pages(tables, target, Work())
    (target / "mine").touch()
    with pytest.raises(WrongUsage, match="exists and is not an empty directory"):
        write_pages(tables, target, Work())
    assert (target / "mine").exists()


def test_the_working_directory_can_be_the_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it is empty."""
    tables = open_tables(archived(tmp_path / "output", [article(AT, "muster")]))
    (tmp_path / "pages").mkdir()
    monkeypatch.chdir(tmp_path / "pages")
    write_pages(tables, Path(), Work())
    assert (tmp_path / "pages" / "index.html").exists()


def test_no_pages_are_written_into_the_archive(tmp_path: Path) -> None:
    """It is only read."""
    tables = open_tables(archived(tmp_path / "output", [article(AT, "muster")]))
    with pytest.raises(WrongUsage, match="is in the archive, which is only read"):
        write_pages(tables, tmp_path / "output" / "pages", Work())
    assert not (tmp_path / "output" / "pages").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_writing_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    """Neither the directory nor what was to become it; the exit status is that of the signal."""
    output, target = tmp_path / "output", tmp_path / "files" / "pages"
    target.parent.mkdir()
    archived(output, [price(AT, page=f"muster-{number}") for number in range(300)])
    command = [sys.executable, "-m", "scrapy", "look", "--write", str(target)]
    with subprocess.Popen([*command, "-s", f"OUTPUT_DIR={output}"], cwd=ROOT) as process:
        while not list(target.parent.glob(".pages-*/files/stocks/*.html")):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(number)
        assert process.wait(TIMEOUT) == 128 + number
    assert list(target.parent.iterdir()) == []
