"""Thousands of altered pages, each read by the law: right, or null, or told.

``python -m tests.proofs.alterations --seed 3``; the status is 0 if no reading breaks the law. Each
kind of violation is printed with an example, and the seed with which it is found again.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.alterations import ALTERATIONS
from tests.alterations.trials import Trial, broken, pages, pages_for, trial

NAMES = sorted(name for name in ALTERATIONS if pages_for(name))
"""The alterations that have a place on some page; a captured page, if there are captures."""

PER_SEED = 1000


def trials(number: int, start: int) -> list[Trial]:
    """Return the results of so many alterations, by hypothesis, of which the seeds are printed."""
    done: list[Trial] = []

    @settings(
        max_examples=PER_SEED,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def alter(data: st.DataObject) -> None:
        alteration = ALTERATIONS[data.draw(st.sampled_from(NAMES))]
        source = data.draw(st.sampled_from(pages_for(alteration.name)))
        done.append(trial(source, alteration, lambda options: data.draw(st.sampled_from(options))))

    at = start
    while len(done) < number:
        seed(at)(alter)()
        at += 1
    return done[:number]


def summary(done: list[Trial]) -> str:
    """Return how many alterations there were, of how many pages, and what was found."""
    violated = sum(bool(each.violations) for each in done)
    used = len({each.source for each in done})
    kinds = len({each.alteration.name for each in done})
    return f"{len(done)} of {kinds} kinds, pages {used} of {len(pages())}, violations {violated}"


def examples(done: Iterable[Trial]) -> Iterable[str]:
    """Yield for each alteration that breaks the law how often it does, and one example."""
    done = list(done)
    tried = Counter(each.alteration.name for each in done)
    for name, found in sorted(broken(done).items(), key=lambda entry: -len(entry[1])):
        yield f"{len(found)}/{tried[name]} {found[0]}"


def main() -> int:
    """Run the proof; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alterations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    started = time.monotonic()
    done = trials(arguments.alterations, arguments.seed)
    for line in examples(done):
        print(line)
    took = time.monotonic() - started
    print(f"alterations: {summary(done)}, from seed {arguments.seed} ({took:.0f} s)")
    return int(any(each.violations for each in done))


if __name__ == "__main__":
    sys.exit(main())
