"""WARC files of the sample site's pages, and clusters of workers that read them."""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from finnews.items import ITEM_CLASSES
from finnews.saved.batches import Batch
from samplesite.content.world import World
from samplesite.web.site import Site
from tests.support import ROOT
from tests.support.crawling import Process, until
from tests.support.warcs import response, zipped

SITE = "https://www.finanzen.net"
_DATE = "2026-11-27T12:00:00Z"
_LISTENING = "Scheduler at:"


def sample_paths(world: World) -> Iterator[str]:
    """Yield the paths of the pages that a WARC of the sample site has."""
    for article in world.articles:
        yield article.path
    for stock in world.stocks:
        yield from (stock.path, f"/boersenplaetze/{stock.page}", f"/kursziele/{stock.page}")
    for study in world.analyses:
        yield study.path


def batches_of(read: bytes) -> list[Batch]:
    """Return the batches that a worker sends."""
    return list(pickle.loads(read))  # noqa: S301


def write_sample(path: Path, articles: int, stocks: int = 4) -> int:
    """Write a WARC of the sample site's pages, and return how many there are."""
    site = Site(World(articles, stocks), SITE)
    paths = list(sample_paths(site.world))
    with path.open("wb") as file:
        for name in paths:
            file.write(zipped(response(SITE + name, site.answer(name).body, date=_DATE)))
    return len(paths)


def lines(output: Path) -> dict[str, bytes]:
    """Return the archived lines, file by file, without what is said of the crawl."""
    kinds = [kind.collection for kind in ITEM_CLASSES if kind.collection != "checkpoints"]
    found = (path for kind in kinds for path in output.glob(f"{kind}*/*.jsonl"))
    files = [*found, *output.glob("instruments.jsonl")]
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in sorted(files)}


def saved_options(files: Path, *arguments: str) -> list[str]:
    """Return the options of a run over saved pages."""
    words = (f"files={files}", *arguments)
    return [option for word in words for option in ("-a", word)]


def into(output: Path) -> list[str]:
    """Return the options of a run that writes to a directory."""
    return ["-s", f"OUTPUT_DIR={output}"]


@contextmanager
def running(output: Path, *options: str) -> Iterator[Process]:
    """Start a run over saved pages; its log is beside the directory that it writes to."""
    command = [sys.executable, "-m", "scrapy", "crawl", "saved", *options, *into(output)]
    with output.with_suffix(".log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, stderr=log, text=True)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def worker_processes(pid: int) -> list[int]:
    """Return the processes of workers that a run on this machine has started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == pid and b"spawn_main" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return sorted(found)


@contextmanager
def scheduler() -> Iterator[tuple[str, Process]]:
    """Run a Dask scheduler on this machine, and give its address and process."""
    options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", *options]
    with _process(command, subprocess.PIPE) as process:
        assert process.stderr
        told = (line for line in process.stderr if _LISTENING in line)
        yield next(told).split()[-1], process


@contextmanager
def worker(address: str, scratch: Path, checkout: Path = ROOT) -> Iterator[Process]:
    """Run a worker of a scheduler, with the finnews of a checkout, until it has joined."""
    options = ("--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", "--no-nanny")
    places = ("--local-directory", str(scratch))
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address, *options, *places]
    with _process(command, subprocess.PIPE, checkout) as process:
        assert process.stderr
        until(lambda: "Registered to" in str(process.stderr and process.stderr.readline()), process)
        yield process


@contextmanager
def _process(command: list[str], stderr: int, cwd: Path = ROOT) -> Iterator[Process]:
    environment = os.environ | {"PYTHONPATH": str(cwd)}
    with subprocess.Popen(command, cwd=cwd, stderr=stderr, text=True, env=environment) as process:
        try:
            yield process
        finally:
            process.terminate()
