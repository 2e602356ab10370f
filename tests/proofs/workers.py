"""``make torture``: ten runs with three workers, of which one is killed and one joins late.

Ends with 1 if the lines of a run are not those that one process archives.
"""

import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.support.crawling import until
from tests.support.saved_pages import (
    lines,
    running,
    saved_options,
    scheduler,
    worker,
    write_sample,
)

RUNS = 10
ARTICLES = 1500
AT_FIRST = 2


def main(seed: int = 13) -> int:
    """Kill at random moments, and print how many runs gave other lines."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="finnews-") as name:
        directory = Path(name)
        warc = directory / "sample.warc.gz"
        pages = write_sample(warc, ARTICLES)
        with running(directory / "undisturbed", *saved_options(warc)) as process:
            status = process.wait()
        expected = lines(directory / "undisturbed")
        others = sum(
            disturbed(directory / f"{number}", warc, chance) != expected for number in range(RUNS)
        )
    print(f"workers: {RUNS} runs over {pages} pages, {others} with other lines")
    return 1 if others or status else 0


def disturbed(output: Path, warc: Path, chance: random.Random) -> dict[str, bytes]:
    """Return what a run archives while workers come and go."""
    with ExitStack() as stack:
        address, _ = stack.enter_context(scheduler())
        names = [output.with_name(f"{output.name}-{number}") for number in range(AT_FIRST + 1)]
        first = [stack.enter_context(worker(address, each)) for each in names[:AT_FIRST]]
        options = saved_options(warc, f"dask={address}")
        process = stack.enter_context(running(output, *options))
        until(lambda: any(output.glob("articles/*.jsonl")), process)
        stack.enter_context(worker(address, names[AT_FIRST]))
        time.sleep(chance.random() * 2)
        chance.choice(first).kill()
        if process.wait() != 0:
            return {}
    return lines(output)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
