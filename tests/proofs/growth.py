"""Golden pages grown in each of their parts: time and memory grow no faster than the page.

``python -m tests.proofs.growth --every 10``; the status is 0 if none is out of proportion and no
exception comes out of reading. Each kind of fault is printed with an example.
"""

import argparse
import gc
import multiprocessing
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator

from finnews.pages import PAGE_TYPES
from tests.growth.costs import Cost
from tests.growth.trials import Trial, growths, trial_apart


def trials(chosen: list[int]) -> Iterator[Trial]:
    """Yield the results of growths by their numbers, from as many processes as there are cores."""
    gc.freeze()
    with multiprocessing.get_context("fork").Pool() as pool:
        for number, (cost, multiple, fault) in pool.imap_unordered(_measured, chosen, 16):
            yield Trial(growths()[number], cost, multiple, fault)


def _measured(number: int) -> tuple[int, tuple[Cost, float, str]]:
    return number, trial_apart(growths()[number])[1:]


def faults(done: Iterable[Trial]) -> Iterator[str]:
    """Yield for each way and page type how many grew out of proportion, and one of them."""
    wrong = [each for each in done if each.fault]
    kinds = Counter((each.growth.part.source.page_type, each.growth.way.__name__) for each in wrong)
    for kind, number in kinds.most_common():
        first = next(
            each
            for each in wrong
            if (each.growth.part.source.page_type, each.growth.way.__name__) == kind
        )
        yield f"{number} {first.growth}: {first.fault}"


def summary(done: list[Trial]) -> str:
    """Return how many growths there were, and the most that one cost."""
    types = {each.growth.part.source.page_type for each in done}
    slowest = max(each.cost.seconds for each in done)
    largest = max(each.multiple for each in done)
    wrong = sum(bool(each.fault) for each in done)
    return (
        f"{len(done)} of {len(growths())}, page types {len(types)} of {len(PAGE_TYPES)}, "
        f"slowest {slowest:.1f} s, memory up to {largest:.0f} times the page, "
        f"out of proportion {wrong}"
    )


def main() -> int:
    """Run the proof; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="one of so many growths")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    started = time.monotonic()
    mixed = random.Random(arguments.seed).sample(range(len(growths())), len(growths()))
    done = list(trials(mixed[:: arguments.every]))
    for line in faults(done):
        print(line)
    print(f"growth: {summary(done)} ({time.monotonic() - started:.0f} s)")
    return int(any(each.fault for each in done))


if __name__ == "__main__":
    sys.exit(main())
