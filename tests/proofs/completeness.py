"""Thousands of histories of a site and its crawls: nothing that is promised is missed.

``python -m tests.proofs.completeness --seed 3``; the status is 0 if every history kept the promise
of ``docs/completeness.md``. One that did not is printed, as short as hypothesis can make it, and
with the seed with which it is found again.
"""

import argparse
import logging
import os
import sys
import time
from multiprocessing import get_context
from traceback import format_exception

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.histories.machine import Histories

PER_SEED = 500
STEPS = 30


def broken(at: int) -> str:
    """Play the histories of a seed; return the one that broke the promise, if there is one."""
    logging.disable(logging.CRITICAL)
    machine = seed(at)(type("SeededHistories", (Histories,), {}))
    try:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=PER_SEED,
                stateful_step_count=STEPS,
                database=None,
                deadline=None,
                phases=[Phase.generate, Phase.shrink],
                suppress_health_check=list(HealthCheck),
                print_blob=False,
            ),
        )
    except Exception as error:  # noqa: BLE001 the proof tells of any
        return f"seed {at}:\n{''.join(format_exception(error))}"
    return ""


def main() -> int:
    """Return 1 if a history broke the promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    seeds = range(options.seed, options.seed + -(-options.histories // PER_SEED))
    started = time.monotonic()
    with get_context("spawn").Pool(os.cpu_count()) as processes:
        found = [text for text in processes.imap_unordered(broken, seeds) if text]
    took = time.monotonic() - started
    number = len(seeds) * PER_SEED
    print(*found, sep="\n", end="\n" if found else "")
    print(
        f"completeness: histories {number} in {took / 60:.1f} min, seeds {seeds[0]} to "
        f"{seeds[-1]}, seeds with a broken promise {len(found)}"
    )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
