"""``python -m tests.proofs.crawled_histories 100``: so many histories with real crawls.

It prints what happened in each history after which the archive is not as it should be, with its
seed, and ends with 1 if there is one. A second number is the first seed.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.histories.changes import unchanged_world
from tests.histories.crawled import History
from tests.support.crawling import crawl
from tests.support.own_site import own_site

HISTORIES = 100


def main(histories: int = HISTORIES, first: int = 0) -> int:
    """Play histories, and print a line for all of them."""
    failed = 0
    with own_site(unchanged_world()) as own, TemporaryDirectory(prefix="finnews-") as name:
        filled = Path(name, "filled")
        assert crawl("news", own.address, filled).returncode == 0
        for seed in range(first, first + histories):
            output = Path(name, str(seed))
            history = History.begun(seed, own, filled, output)
            problems = history.play()
            shutil.rmtree(output)
            failed += bool(problems)
            if problems:
                print(history.told(), *problems[:9], sep="\n", flush=True)
    print(f"crawled histories {histories}, failed {failed}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
