"""Scrapy's feeds of whole crawls, in every format, and where they cannot be written."""

import csv
import gzip
import json
import pickle
import subprocess
import sys
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, parse

import pytest

from finnews.feeds.kinds import columns_of
from finnews.feeds.sheets import cell
from finnews.items import Article, Quote
from tests.support import ROOT, TIMEOUT
from tests.support.crawling import as_options, crawl, lines

KINDS = ("articles", "quotes", "ratings", "events")


def written(output: Path, *kinds: str) -> list[dict[str, Any]]:
    """Return the archived lines of some kinds, in an order of their own."""
    return ordered(row for kind in kinds for row in lines(output, kind))


def ordered(rows: Any) -> list[dict[str, Any]]:
    """Return lines by key and version."""
    return sorted(rows, key=lambda row: (row["key"], str(row["version"])))


def known(value: Any) -> Any:
    """Return a value as XML has it: texts, without what is unknown."""
    if isinstance(value, dict):
        return {name: known(part) for name, part in value.items() if part is not None}
    return [known(part) for part in value] if isinstance(value, list) else cell(value)


def value_of(element: Element) -> Any:
    """Return an element as `known` has it; an empty one is a list, since nothing else is."""
    parts = list(element)
    if parts and all(part.tag == "value" for part in parts):
        return [value_of(part) for part in parts]
    return {part.tag: value_of(part) for part in parts} if parts else element.text or []


def test_every_format_has_exact_values(site: str, tmp_path: Path) -> None:
    """They are the archive's; numbers are numbers, and what is unknown is null or not there."""
    output, feeds = tmp_path / "output", tmp_path / "feeds"
    names = ("new.jsonl", "new.json", "new.xml", "new.pickle", "new.csv", "%(kind)s.jsonl")
    options = [word for name in names for word in ("-O", str(feeds / name))]
    done = crawl("news", site, output, *options)
    assert done.returncode == 0, done.stderr
    assert "dropped fields" not in done.stderr
    rows = written(output, *KINDS)
    text = (feeds / "new.jsonl").read_text("utf-8")
    assert ordered(json.loads(row, parse_float=Decimal) for row in text.splitlines()) == rows
    text = (feeds / "new.json").read_text("utf-8")
    assert ordered(json.loads(text, parse_float=Decimal)) == rows
    elements = parse(feeds / "new.xml").getroot()  # noqa: S314
    assert ordered(map(value_of, elements)) == ordered(map(known, rows))
    with (feeds / "new.pickle").open("rb") as file:
        pickled = [pickle.load(file) for _ in rows]  # noqa: S301
    assert [str(row["key"]) for row in ordered(pickled)] == [row["key"] for row in rows]
    prices = {type(row["price"]) for row in pickled if row.get("price") is not None}
    assert prices == {Decimal}
    check_tables(feeds, output)
    only = (feeds / "quotes.jsonl").read_text("utf-8").splitlines()
    assert ordered(json.loads(row, parse_float=Decimal) for row in only) == written(
        output, "quotes"
    )


def check_tables(feeds: Path, output: Path) -> None:
    """A CSV file has the articles of a crawl for news, and files beside it the other kinds."""
    names = {"new.csv": "articles", "new-quotes.csv": "quotes", "new-ratings.csv": "ratings"}
    assert {path.name for path in feeds.glob("*.csv")} == names.keys()
    for name, kind in names.items():
        with (feeds / name).open(newline="", encoding="utf-8") as file:
            table = list(csv.DictReader(file))
        cells = [
            {field: cell(value) for field, value in row.items()} for row in written(output, kind)
        ]
        assert ordered(table) == ordered(cells)
        assert not any("None" in row.values() for row in table)


def test_a_crawl_for_shares_has_its_quotes_in_the_file_named(site: str, tmp_path: Path) -> None:
    """The main kind of the spider; on standard output, where there are no files, it alone."""
    name = tmp_path / "prices.csv"
    done = crawl(
        *("stocks", site, tmp_path / "output", "-a", "index=dax"),
        *("-o", str(name), "-o", "-:csv"),
    )
    assert done.returncode == 0, done.stderr
    headings = ",".join(columns_of(Quote))
    assert name.read_text("utf-8").startswith(headings)
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert len(rows) == len(lines(tmp_path / "output", "quotes"))
    assert done.stdout.startswith(headings)
    assert sorted(path.name for path in tmp_path.glob("*.csv")) == [
        *("prices-events.csv", "prices-ratings.csv", "prices.csv"),
    ]


def test_a_table_goes_on_where_it_ended(site: str, tmp_path: Path) -> None:
    """Its headings stand in it once, and a run without news leaves them alone."""
    name = tmp_path / "news.csv"
    for _ in range(2):
        assert crawl("news", site, tmp_path / "output", "-o", str(name)).returncode == 0
    rows = list(csv.DictReader(name.read_text("utf-8").splitlines(keepends=True)))
    assert len(rows) == len(lines(tmp_path / "output", "articles"))
    empty = tmp_path / "empty.csv"
    assert crawl("news", site, tmp_path / "output", "-o", str(empty)).returncode == 0
    assert empty.read_bytes().decode() == ",".join(columns_of(Article)) + "\r\n"


def test_feeds_of_settings_are_split_batched_and_chosen(site: str, tmp_path: Path) -> None:
    """By classes of items, in parts, with other columns, compressed, indented."""
    feeds = {
        f"{tmp_path}/chosen.csv": {
            "format": "csv",
            "item_classes": ["finnews.items.Rating", "finnews.items.Quote"],
            "fields": {"key": "id", "price": "preis"},
            "item_export_kwargs": {"delimiter": ";"},
        },
        f"{tmp_path}/parts-%(batch_id)d.csv": {"format": "csv", "batch_item_count": 10},
        f"{tmp_path}/zipped.csv.gz": {
            "format": "csv",
            "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"],
        },
        f"{tmp_path}/indented.json": {"format": "json", "indent": 2, "fields": ["key", "price"]},
    }
    output = tmp_path / "output"
    done = crawl("news", site, output, *as_options({"FEEDS": feeds}))
    assert done.returncode == 0, done.stderr
    chosen = (tmp_path / "chosen.csv").read_text("utf-8").splitlines()
    assert (chosen[0], len(chosen)) == ("id;preis", 1 + len(lines(output, "ratings")))
    prices = (tmp_path / "chosen-quotes.csv").read_text("utf-8").splitlines()
    assert prices[0] == "id;preis"
    assert sorted(prices[1:]) == sorted(
        f"{row['key']};{cell(row['price'])}" for row in lines(output, "quotes")
    )
    number = len(lines(output, "articles"))
    parts = sorted(path.name for path in tmp_path.glob("parts-?.csv"))
    assert parts == [f"parts-{part}.csv" for part in range(1, 1 + -(-number // 10))]
    texts = [(tmp_path / name).read_bytes().decode() for name in parts]
    assert sum(len(list(csv.DictReader(StringIO(text)))) for text in texts) == number
    zipped = gzip.decompress((tmp_path / "zipped.csv.gz").read_bytes()).decode()
    assert zipped.startswith(",".join(columns_of(Article)))
    objects = json.loads((tmp_path / "indented.json").read_text("utf-8"), parse_float=Decimal)
    assert ordered_keys(objects) == ordered_keys(written(output, *KINDS))


def ordered_keys(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return keys and prices."""
    return sorted((row["key"], str(row.get("price"))) for row in rows)


def wrong_feeds(tmp_path: Path) -> list[tuple[list[str], int, str]]:
    """Return options of feeds that cannot be, the exit status, and what names them."""
    file = tmp_path / "file"
    file.write_text("[]")
    return [
        (["-O", f"{tmp_path}/new.foo"], 2, "foo"),
        (["-O", f"{tmp_path}/new.marshal"], 2, "marshal"),
        (["-o", f"{file}:json"], 2, "json cannot be continued"),
        (["-O", "muster://new.csv"], 2, "muster"),
        (as_options({"FEEDS": {"new.bar": {"format": "bar"}}}), 2, "bar"),
        (as_options({"FEEDS": {"a.csv": {"batch_item_count": 1}}}), 2, "batch_id"),
        (as_options({"FEEDS": {"a.csv": {"item_classes": ["finnews.Muster"]}}}), 2, "Muster"),
        (as_options({"FEEDS": {"a.csv": {"encoding": "muster"}}}), 2, "muster"),
        (["-O", f"{file}/new.csv"], 1, "Not a directory"),
        (["-O", f"{tmp_path}:csv"], 1, "Is a directory"),
        (["-O", "/proc/new.csv"], 1, "/proc/new.csv"),
    ]


def test_a_feed_that_cannot_be_is_said_before_any_request(tmp_path: Path) -> None:
    """In one line that names it; nothing is written."""
    for options, status, named in wrong_feeds(tmp_path):
        done = crawl("news", "http://127.0.0.1:1", tmp_path / "output", *options)
        assert done.returncode == status, (options, done.stderr)
        assert done.stderr.count("\n") == 1, done.stderr
        assert named in done.stderr
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl", "xml", "pickle"])
def test_a_feed_that_fails_ends_the_run_with_one_line(kind: str, site: str, tmp_path: Path) -> None:
    """The exit status is 1; other feeds and the archive have what was read, and the next run the
    rest.
    """
    output, other = tmp_path / "output", tmp_path / "other.jsonl"
    done = crawl("news", site, output, "-O", f"/dev/full:{kind}", "-O", str(other))
    assert done.returncode == 1, done.stderr
    assert done.stderr.count("No space left on device") == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "Spider closed (feed)" in done.stderr
    assert ordered(map(json.loads, other.read_text("utf-8").splitlines()))
    assert crawl("news", site, output).returncode == 0
    undisturbed = tmp_path / "undisturbed"
    assert crawl("news", site, undisturbed).returncode == 0
    assert keys(output) == keys(undisturbed)


def test_a_feed_that_fails_at_the_end_is_one_line_too(site: str, tmp_path: Path) -> None:
    """Also one without items."""
    assert crawl("news", site, tmp_path).returncode == 0
    done = crawl("news", site, tmp_path, "-O", "/dev/full:csv")
    assert done.returncode == 1, done.stderr
    assert done.stderr.count("No space left on device") == 1, done.stderr
    assert "Traceback" not in done.stderr


def keys(output: Path) -> set[str]:
    """Return the keys of the archived articles."""
    return {row["key"] for row in lines(output, "articles")}


def test_a_feed_to_a_closed_pipe_ends_quietly(site: str, tmp_path: Path) -> None:
    """As ``scrapy crawl news -o -:csv | head -1`` does; what was read is archived."""
    settings = as_options({"SITE_URL": site, "OUTPUT_DIR": tmp_path, "LOG_LEVEL": "WARNING"})
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-o", "-:csv", *settings]
    pipe = subprocess.PIPE
    fast = ("-s", "DOWNLOAD_DELAY=0.05")
    with subprocess.Popen([*command, *fast], cwd=ROOT, stdout=pipe, stderr=pipe) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"key,url,")
        process.stdout.close()
        log = process.stderr.read()
        assert process.wait(TIMEOUT) == 0, log
    assert log == b""
    assert lines(tmp_path, "articles")
