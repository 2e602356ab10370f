"""``scrapy look``: the archive as pages in a browser."""

import argparse
import asyncio
from importlib import import_module
from pathlib import Path
from typing import Final

from finnews.command import ProjectCommand, program
from finnews.commands.archive_tables import tell_problems
from finnews.outcome import ExitStatus, WrongUsage
from finnews.output_dir import output_dir
from finnews.printable import printable
from finnews.sql.stopping import Work, stoppable

LOOPBACK: Final = "127.0.0.1"
PORT: Final = 8030
MOST: Final = 65535
_NEEDS: Final = ("aiohttp", "altair", "duckdb", "jinja2", "vl_convert")


class Command(ProjectCommand):
    """Serves until it is stopped: 130 by SIGINT, 143 by SIGTERM. Exits with 0 if it wrote files, 1
    where it cannot listen, read or write, and if lines are damaged, 2 wrong usage.
    """

    requires_crawler_process = False

    def syntax(self) -> str:
        return "[--port N] [--host ADDRESS] | --write DIR"

    def short_desc(self) -> str:
        return "Show the archive in a browser"

    def long_desc(self) -> str:
        return (
            "Serves pages over the archive on loopback and prints their address: the articles of a "
            "day, papers, verdicts, crawls, search. Crawls can write meanwhile. With --write, the "
            "same pages become files of a new directory, which need no server."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        group = parser.add_argument_group("Pages")
        group.add_argument(
            "--port", type=int, metavar="N", help=f"{PORT} if not given; 0: any free"
        )
        group.add_argument("--host", metavar="ADDRESS", help="an address of loopback: 127.0.0.1")
        group.add_argument("--write", metavar="DIR", help="write files to a new directory instead")

    def check(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if args:
            raise WrongUsage(f"usage: {program()} look {self.syntax()}")
        if opts.port is not None and not 0 <= opts.port <= MOST:
            raise WrongUsage(f"--port {opts.port}: no port; there are 0 to {MOST}")
        if opts.write is not None and (opts.host is not None or opts.port is not None):
            raise WrongUsage("--write needs neither --host nor --port: nothing is served")
        if opts.write is not None and not opts.write.strip():
            raise WrongUsage("--write needs the name of a new directory")
        missing = [name for name in _NEEDS if not _is_installed(name)]
        if missing:
            advice = 'pip install "finnews[look]", or pip install -r requirements.txt in a checkout'
            raise WrongUsage(f"look needs {', '.join(missing)}: {advice}")

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        assert self.settings is not None
        directory = output_dir(self.settings)
        if not directory.is_dir():
            advice = f"set -s OUTPUT_DIR=…, or first run {program()} crawl news -a limit=20"
            raise WrongUsage(f"{directory}: no such directory; {advice}")
        if opts.write is not None:
            return _write(directory, Path(opts.write))
        return _serve(
            directory,
            LOOPBACK if opts.host is None else opts.host,
            PORT if opts.port is None else opts.port,
        )


def _is_installed(name: str) -> bool:
    try:
        import_module(name)
    except ImportError:
        return False
    return True


def _write(directory: Path, target: Path) -> ExitStatus:
    from finnews.look.live_tables import LiveTables  # noqa: PLC0415
    from finnews.look.static_pages import write_pages  # noqa: PLC0415, needs the extra

    def pages(work: Work) -> tuple[int, list[str]]:
        with LiveTables(directory, work) as tables:
            return write_pages(tables, target, work), tables.problems

    number, problems = stoppable(pages)
    print(printable(f"{target / 'index.html'}: {number} pages"))
    return tell_problems(problems)


def _serve(directory: Path, host: str, port: int) -> int:
    from finnews.look.live_tables import LiveTables  # noqa: PLC0415, needs the extra
    from finnews.look.server import is_loopback, serve  # noqa: PLC0415

    if not is_loopback(host):
        advice = "it listens on loopback alone, for it asks nobody who they are"
        raise WrongUsage(f"--host {host}: {advice}")
    with stoppable(lambda work: LiveTables(directory, work)) as tables:
        tell_problems(tables.problems)
        return 128 + asyncio.run(serve(tables, host, port, lambda at: _tell(at, directory)))


def _tell(address: str, directory: Path) -> None:
    print(printable(f"finnews look: {address} shows {directory}; Ctrl-C ends it"), flush=True)
