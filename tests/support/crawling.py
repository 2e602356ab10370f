"""Whole crawls of the sample site, as a person runs them: in processes, over sockets."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import requests

from finnews.items import ITEM_CLASSES
from tests.support import ROOT, TIMEOUT
from tests.support.forks import FORKS

Row = dict[str, Any]
Process = subprocess.Popen[str]


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


def post(address: str, text: str) -> None:
    """Tell a sample site something."""
    requests.post(address, data=text, timeout=TIMEOUT).raise_for_status()


class Gate:
    """Lets requests to a sample site wait, so that a crawl is not through before a test is done."""

    def __init__(self, site: str) -> None:
        self.address = f"{site}/_gate"

    def close_after(self, answers: int) -> None:
        """Let the site answer so many requests more."""
        post(self.address, str(answers))

    @property
    def waiting(self) -> int:
        """How many requests wait."""
        return int(requests.get(self.address, timeout=TIMEOUT).text)

    def open(self) -> None:
        """Let the site answer all of them, and whatever comes."""
        post(self.address, "")


@contextmanager
def held(site: str, after: int) -> Iterator[Gate]:
    """Let a sample site answer so many requests more, and the others when its gate is opened."""
    gate = Gate(site)
    gate.close_after(after)
    try:
        yield gate
    finally:
        gate.open()


PATIENT = ("-s", f"DOWNLOAD_TIMEOUT={TIMEOUT}")
"""The options of a crawl that waits for as long as a site is held."""


def until(condition: Callable[[], object], process: Process | None = None) -> None:
    """Wait until something holds; fail if the process ends before."""
    limit = time.monotonic() + TIMEOUT
    while not condition():
        assert process is None or process.poll() is None, "it has ended before"
        assert time.monotonic() < limit
        time.sleep(0.05)


@contextmanager
def started(*command: object, **how: Any) -> Iterator[Process]:
    """Start a command and give its process; end it if it has not ended by itself."""
    words = [str(word) for word in command]
    with subprocess.Popen(words, cwd=ROOT, text=True, **how) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def reserved_port() -> Iterator[int]:
    """Give a port of loopback on which nothing listens but what a test starts there."""
    with socket.socket() as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def as_options(settings: Mapping[str, object]) -> list[str]:
    """Return settings as ``scrapy`` takes them.

    >>> as_options({"DOWNLOAD_DELAY": 0, "EXTENSIONS": {"muster.Muster": None}})
    ['-s', 'DOWNLOAD_DELAY=0', '-s', 'EXTENSIONS={"muster.Muster": null}']
    """
    pairs = (f"{name}={_as_text(value)}" for name, value in settings.items())
    return [word for pair in pairs for word in ("-s", pair)]


def _as_text(value: object) -> str:
    return json.dumps(value) if isinstance(value, dict) else str(value)


def scrapy(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run ``scrapy`` with arguments to its end, in a process of its own."""
    return FORKS.run(*arguments)


def crawl(
    spider: str, site: str, output: Path, *options: str
) -> "subprocess.CompletedProcess[str]":
    """Crawl the sample site at full speed into a directory."""
    settings = {"SITE_URL": site, "OUTPUT_DIR": output, "DOWNLOAD_DELAY": 0}
    return scrapy("crawl", spider, *as_options(settings), *options)


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
    """Return all versions of each item.

    Versions that do not follow one another fail, and so do two keys of an item, or one of two.
    """
    histories: list[list[Row]] = []
    history_of: dict[Any, list[Row]] = {}
    for row in lines(output, collection):
        names = [(name, _day(row)) for name in _names(collection, row)]
        history = next((history_of[name] for name in names if name in history_of), None)
        if history is None:
            history = []
            histories.append(history)
        history.append(row)
        assert row["version"] == len(history), row
        assert row["key"] == history[0]["key"], row
        for name in names:
            history_of.setdefault(name, history)
    assert len({history[0]["key"] for history in histories}) == len(histories)
    return histories


def last_versions(output: Path, collection: str) -> list[Row]:
    """Return the last version of each item."""
    return [history[-1] for history in histories(output, collection)]


def differences(output: Path, truth: dict[str, list[Row]]) -> list[str]:
    """Return what a crawl found too much, too little or otherwise than it is true."""
    return [
        difference
        for collection, rows in truth.items()
        for difference in _differences(collection, last_versions(output, collection), rows)
    ]


def _differences(collection: str, archived: list[Row], true: list[Row]) -> Iterator[str]:
    archived_by_name = {_names(collection, row)[-1]: row for row in archived}
    true_by_name = {_names(collection, row)[-1]: row for row in _plain(true)}
    on_days = {(_names(collection, row)[-1], _day(row)) for row in archived}
    assert len(on_days) == len(archived), f"two {collection} are one"
    assert len(true_by_name) == len(true), f"the truth has two {collection} that are one"
    for name in archived_by_name.keys() - true_by_name.keys():
        yield f"{collection}: {name} is not true"
    for name, row in true_by_name.items():
        if name not in archived_by_name:
            yield f"{collection}: {name} was not found"
        else:
            yield from _wrong_fields(f"{collection}: {name}", archived_by_name[name], row)


def _wrong_fields(name: str, archived: Row, true: Row) -> Iterator[str]:
    urls = true.pop("urls")
    if archived["url"] not in urls and urls != ["*"]:
        yield f"{name} was read at {archived['url']}"
    for field, value in true.items():
        if str(archived[field]) != str(value):
            yield f"{name} {field} is {archived[field]!r}, should be {value!r}"


def is_as_before(output: Path, before: Mapping[Path, bytes]) -> bool:
    """Return whether no line was added to the `contents` before, but prices of another day."""
    now = contents(output)
    added = b"".join(now[path] for path in now.keys() - before.keys())
    is_of_another_day = all(_day(json.loads(line)) for line in added.splitlines())
    return is_of_another_day and {path: now.get(path) for path in before} == before


def contents(output: Path) -> dict[Path, bytes]:
    """Return the files of lines, and what is in them."""
    return {path: path.read_bytes() for path in output.rglob("*.jsonl")}


def _day(row: Row) -> str:
    """Return the day on which a price without a time was fetched; empty for any other item.

    It is another quote on each day, and crawls may run over midnight.
    """
    is_timeless = "quoted_at" in row and row["quoted_at"] is None
    return row["fetched_at"][:10] if is_timeless else ""


def _plain(rows: list[Row]) -> list[Row]:
    encoded = msgspec.json.Encoder(decimal_format="number").encode(rows)
    plain: list[Row] = json.loads(encoded, parse_float=Decimal)
    return plain


def _names(collection: str, row: Row) -> list[Any]:
    """Return the names of an item, the surest first; every reading has the last of them."""
    if collection == "articles":
        return [row["id"]]
    if collection == "instruments":
        return [(row["kind"], row["page"])]
    if collection == "quotes":
        at = row["quoted_at"] or str(row["price"])
        is_priced = row["price"] is not None
        return [(row["kind"], row["page"], row["exchange"], at, is_priced)]
    if collection == "ratings":
        number = [row["id"]] if row["id"] else []
        described = (row["page"], row["firm"], row["date_published"][:10], row["verdict"])
        return [*number, described] if row["page"] else number
    (kind,) = (kind for kind in ITEM_CLASSES if kind.collection == collection)
    return list(kind(**{name: row[name] for name in row if name != "urls"}).keys)
