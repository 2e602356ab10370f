"""``make demo``: serve the sample site, crawl it, and show what was found, also in a browser.

Options are the sample site's: ``python -m samplesite.demo --articles 20 --stocks 4``.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from finnews.archive.origin import origin
from finnews.commands.runs import runs_table
from finnews.output_dir import CHECKOUT
from finnews.reporting.runs import last
from finnews.reporting.tables import console
from finnews.streams import prepare_streams
from samplesite.content.world import World
from samplesite.results import newest_tables, next_commands

PORT = os.environ.get("DEMO_PORT", "8021")
"""Fixed, so that a second run finds the same URLs and writes nothing new."""

OUTPUT = os.environ.get("DEMO_OUTPUT", "output/demo")
DIRECTORY = CHECKOUT / OUTPUT
CRAWLS = ("news", "stocks -a index=dax", "ratings")


def main() -> int:
    """Return the first exit status that is not 0."""
    prepare_streams()
    if (archived := origin(DIRECTORY)) and archived != f"127.0.0.1:{PORT}":
        print(f"{DIRECTORY} is of another port: remove it, or name another with DEMO_OUTPUT")
        return 2
    with _sample_site() as address:
        for crawl in CRAWLS:
            options = f"-s SITE_URL={address} -s OUTPUT_DIR={OUTPUT}"
            print(f"\n$ scrapy crawl {crawl} {options}", flush=True)
            status = _crawl(crawl, address)
            if status:
                return status
        _show_results(address)
        return _look()


def _show_results(address: str) -> None:
    """Print files and lines, the newest items, how the runs ended, and what to try next."""
    print()
    for path in sorted(DIRECTORY.rglob("*.jsonl")):
        name = Path(OUTPUT) / path.relative_to(DIRECTORY)
        print(f"{name}  {sum(1 for _ in path.open('rb'))} lines")
    terminal = console()
    for table in newest_tables(DIRECTORY):
        terminal.print()
        terminal.print(table)
    print("\nHow the runs ended")
    terminal.print(runs_table(list(last(DIRECTORY, len(CRAWLS)))))
    print("\nTry next")
    share = World(stocks=1).stocks[0].page
    for command in next_commands(OUTPUT, share, address):
        print(f"  {command}")


def _look() -> int:
    """Serve pages over the archive: on a terminal until Ctrl-C, else until they have answered."""
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "look",
        "--port",
        "0",
        "-s",
        f"OUTPUT_DIR={DIRECTORY}",
    ]
    print("\nLook at it", flush=True)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            line = server.stdout.readline().strip() if server.stdout else ""
            address = next((word for word in line.split() if word.startswith("http://")), None)
            if address is None:
                return server.wait()
            if sys.stdout.isatty():
                print(f"  {line}", flush=True)
                server.wait()
            else:
                with urlopen(address) as page:  # noqa: S310, our own server
                    print(f"  {address} answered {page.status}; it is there again by")
                    print(f"  .venv/bin/scrapy look -s OUTPUT_DIR={OUTPUT}")
        except KeyboardInterrupt:
            print()
        finally:
            server.terminate()
    return 0


@contextmanager
def _sample_site() -> Iterator[str]:
    command = [sys.executable, "-m", "samplesite", "--port", PORT, *sys.argv[1:]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            line = server.stdout.readline() if server.stdout else ""
            if not line:
                sys.exit(f"The sample site does not serve on port {PORT}; DEMO_PORT names another.")
            yield line.removeprefix("samplesite: ").strip()
        finally:
            server.terminate()


def _crawl(crawl: str, address: str) -> int:
    settings = {
        "SITE_URL": address,
        "OUTPUT_DIR": DIRECTORY,
        "DOWNLOAD_DELAY": 0,  # the sample site needs no courtesy
        "LOG_LEVEL": "WARNING",
    }
    pairs = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", *crawl.split(), *pairs]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
