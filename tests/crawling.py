"""Whole crawls of the sample site, as a person runs them: in processes, over sockets."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).parent.parent

Row = dict[str, Any]


@contextmanager
def sample_site(*options: str) -> Iterator[str]:
    """Serve the sample site on a free port, and give its address."""
    command = [sys.executable, "-m", "samplesite", "--port", "0", *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            yield server.stdout.readline().removeprefix("samplesite: ").strip()
        finally:
            server.terminate()


def scrapy(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run ``scrapy`` with arguments to its end."""
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )


def crawl(
    spider: str, site: str, output: Path, *options: str
) -> "subprocess.CompletedProcess[str]":
    """Crawl the sample site at full speed into a directory."""
    settings = {"SITE_URL": site, "OUTPUT_DIR": output, "DOWNLOAD_DELAY": 0}
    pairs = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    return scrapy("crawl", spider, *pairs, *options)


def archived(output: Path) -> int:
    """Return how many bytes of lines there are."""
    return sum(path.stat().st_size for path in output.rglob("*.jsonl"))


def lines(output: Path, collection: str) -> list[Row]:
    """Return all lines of a collection, in the order of their files, numbers exact."""
    texts = (path.read_text("utf-8").splitlines() for path in files(output, collection))
    return [json.loads(line, parse_float=Decimal) for text in texts for line in text]


def whole_lines(output: Path, collection: str) -> list[Row]:
    """Return what `lines` does, without the half of a line that a write has come to.

    So a file looks while a crawl writes it, and after the crawl was killed until the next one.
    """
    texts = (path.read_bytes().rpartition(b"\n")[0] for path in files(output, collection))
    return [json.loads(line, parse_float=Decimal) for text in texts for line in text.splitlines()]


def files(output: Path, collection: str) -> list[Path]:
    """Return the files of a collection, oldest day first."""
    alone = output / f"{collection}.jsonl"
    return [alone] if alone.exists() else sorted((output / collection).glob("*.jsonl"))


def histories(output: Path, collection: str) -> list[list[Row]]:
    """Return all versions of each thing; versions that do not follow one another fail."""
    found: list[list[Row]] = []
    history_of: dict[Any, list[Row]] = {}
    for row in lines(output, collection):
        names = _names(collection, row)
        history = next((history_of[name] for name in names if name in history_of), None)
        if history is None:
            history = []
            found.append(history)
        history.append(row)
        assert row["version"] == len(history), row
        for name in names:
            history_of.setdefault(name, history)
    return found


def last_versions(output: Path, collection: str) -> list[Row]:
    """Return the last version of each thing."""
    return [history[-1] for history in histories(output, collection)]


def differences(output: Path, truth: dict[str, list[Row]]) -> list[str]:
    """Return what a crawl found too much, too little or otherwise than it is true."""
    return [
        difference
        for collection, rows in truth.items()
        for difference in _differences(collection, last_versions(output, collection), rows)
    ]


def _differences(collection: str, found: list[Row], true: list[Row]) -> Iterator[str]:
    found_by_name = {_names(collection, row)[-1]: row for row in found}
    true_by_name = {_names(collection, row)[-1]: row for row in _plain(true)}
    assert len(found_by_name) == len(found), f"two {collection} are one"
    assert len(true_by_name) == len(true), f"the truth has two {collection} that are one"
    for name in found_by_name.keys() - true_by_name.keys():
        yield f"{collection}: {name} is not true"
    for name, row in true_by_name.items():
        if name not in found_by_name:
            yield f"{collection}: {name} was not found"
        else:
            yield from _wrong_fields(f"{collection}: {name}", found_by_name[name], row)


def _wrong_fields(name: str, found: Row, true: Row) -> Iterator[str]:
    urls = true.pop("urls")
    if found["url"] not in urls and urls != ["*"]:
        yield f"{name} was read at {found['url']}"
    for field, value in true.items():
        if str(found[field]) != str(value):
            yield f"{name} {field} is {found[field]!r}, should be {value!r}"


def _plain(rows: list[Row]) -> list[Row]:
    encoded = msgspec.json.Encoder(decimal_format="number").encode(rows)
    plain: list[Row] = json.loads(encoded, parse_float=Decimal)
    return plain


def _names(collection: str, row: Row) -> list[Any]:
    """Return what names a thing, the surest first; the last of them every reading has."""
    if collection == "articles":
        return [row["id"]]
    if collection == "instruments":
        return [(row["kind"], row["page"])]
    if collection == "quotes":
        at = row["quoted_at"] or str(row["price"])
        return [(row["kind"], row["page"], row["exchange"], at)]
    number = [row["id"]] if row["id"] else []
    described = (row["page"], row["firm"], row["date_published"][:10], row["verdict"])
    return [*number, described] if row["page"] else number
