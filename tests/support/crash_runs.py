"""Crawls that are killed again and again until they are through, and what they leave."""

import random
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE

from finnews.archive.check import Check
from samplesite.content.collector import Truth
from samplesite.content.truth import truth
from samplesite.content.world import World
from tests.support import TIMEOUT
from tests.support.crash_points import MOMENTS
from tests.support.crawling import Process, archived, as_options, differences, held, scrapy, started

OPTIONS = {"news": (), "stocks": ("-a", "index=dax"), "ratings": ()}
MOST_MOMENTS = 6
MOST_ANSWERS = 25
"""What a crawl gets that is killed within its first second: fewer than a whole one takes."""


@dataclass
class Tally:
    """What was found after how many kills."""

    kills: int = 0
    lost: int = 0
    doubled: int = 0
    torn: int = 0
    others: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return the tally in one line."""
        return f"kills {self.kills}, lost {self.lost}, doubled {self.doubled}, torn {self.torn}"

    def count(self, output: Path, true: Truth) -> None:
        """Count what is wrong with an archive that crawls have filled."""
        for problem in Check(output).problems():
            self._sort(problem, torn=("no JSON", "end of the line"), doubled=("follows version",))
        if not self.doubled:
            for problem in differences(output, true):
                self._sort(problem, lost=("was not found",), doubled=("is not true",))

    def _sort(self, problem: str, **kinds: tuple[str, ...]) -> None:
        kind = next(
            (kind for kind, signs in kinds.items() if any(sign in problem for sign in signs)), ""
        )
        if kind:
            setattr(self, kind, getattr(self, kind) + 1)
        self.others += [problem] if not kind else []


@dataclass
class Crawl:
    """A crawl of the sample site in a process of its own, at full speed without a `delay`."""

    spider: str
    site: str
    output: Path
    delay: float = 0
    options: Sequence[str] = ()

    def killed(self, chance: random.Random, step: int) -> bool:
        """Run it, kill it at some moment; return whether it was through before.

        The moment lies within a commit, or in the first second, or at any time when up to so many
        bytes more are archived.
        """
        kind = chance.randrange(4)
        if kind < 2:
            share, number = chance.random(), chance.randint(1, MOST_MOMENTS)
            with self.killing(chance.choice(MOMENTS), number, share) as process:
                return is_through(process)
        if kind == 2:
            with held(self.site, MOST_ANSWERS), self.killing("never") as process:
                time.sleep(chance.random())
                process.kill()
                return is_through(process)
        with self.killing("never") as process:
            enough = archived(self.output) + chance.randrange(step)
            while archived(self.output) < enough and process.poll() is None:
                time.sleep(0.005)
            time.sleep(chance.random() / 10)
            process.kill()
            return is_through(process)

    def through(self) -> None:
        """Run it to its end."""
        done = scrapy(*self._words)
        assert done.returncode == 0, done.stderr

    def started(self, under: Sequence[str] = ()) -> AbstractContextManager[Process]:
        """Start it in a process of its own, `under` another command."""
        return started(*under, sys.executable, "-m", "scrapy", *self._words, stderr=PIPE)

    def killing(
        self, moment: str, number: int = 0, share: float = 0, stop: int = signal.SIGKILL
    ) -> AbstractContextManager[Process]:
        """Start it so that it commits often, and gets a signal at a moment of a commit."""
        of_end = (moment, number, share, int(stop))
        command = (sys.executable, "-m", "tests.support.crash_points", *of_end)
        return started(*command, *self._words, stderr=PIPE)

    @property
    def _words(self) -> list[str]:
        own = {"SITE_URL": self.site, "OUTPUT_DIR": self.output, "DOWNLOAD_DELAY": self.delay}
        return [
            "crawl",
            self.spider,
            *as_options(own),
            *OPTIONS.get(self.spider, ()),
            *self.options,
        ]


def is_through(process: Process) -> bool:
    """Wait for a crawl to end; return whether it ended by itself, not by SIGKILL."""
    _, logged = process.communicate(timeout=TIMEOUT)
    assert process.returncode in (0, -signal.SIGKILL), logged
    return process.returncode == 0


def is_whole(output: Path, world: World, site: str, *spiders: str) -> None:
    """Check that all true items are archived, each once, in lines that the index knows."""
    assert list(Check(output).problems()) == []
    assert differences(output, truth(world, site, spiders)) == []


def killed_until_through(crawl: Crawl, most: int, total: int, chance: random.Random) -> int:
    """Run a crawl until it is through, killing it up to so many times; return how often.

    `total` is how many bytes of lines it archives: the kills are spread over them.
    """
    for kills in range(most):
        if crawl.killed(chance, 2 * total // most):
            return kills
    crawl.through()
    return most
