"""Crawls that are killed again and again until they are through, and what they leave."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from finnews.archive.check import Check
from samplesite.truth import Truth
from tests.crawling import ROOT, archived, differences
from tests.killed import MOMENTS

OPTIONS = {"news": (), "stocks": ("-a", "index=dax"), "ratings": ()}
MOST_MOMENTS = 6


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

    def count(self, output: Path, truth: Truth) -> None:
        """Count what is wrong with an archive that crawls have filled."""
        for said in Check(output).problems():
            self._sort(said, torn=("no JSON", "end of the line"), doubled=("follows version",))
        if not self.doubled:
            for said in differences(output, truth):
                self._sort(said, lost=("was not found",), doubled=("is not true",))

    def _sort(self, said: str, **kinds: tuple[str, ...]) -> None:
        kind = next(
            (kind for kind, signs in kinds.items() if any(one in said for one in signs)), ""
        )
        if kind:
            setattr(self, kind, getattr(self, kind) + 1)
        self.others += [said] if not kind else []


@dataclass
class Crawl:
    """A crawl of the sample site at full speed, which can be killed."""

    spider: str
    site: str
    output: Path
    delay: float = 0

    def killed(self, chance: random.Random, step: int) -> bool:
        """Run it, kill it at some moment; return whether it was through before.

        The moment lies within a commit, or in the first second, or at any time when up to so many
        bytes more are archived.
        """
        kind = chance.randrange(4)
        if kind < 2:
            share, number = chance.random(), chance.randint(1, MOST_MOMENTS)
            return self._ended(self._killing(chance.choice(MOMENTS), number, share))
        process = self._killing("never", 0, 0)
        if kind == 2:
            time.sleep(chance.random())
        else:
            enough = archived(self.output) + chance.randrange(step)
            while archived(self.output) < enough and process.poll() is None:
                time.sleep(0.005)
            time.sleep(chance.random() / 10)
        process.kill()
        return self._ended(process)

    def through(self) -> None:
        """Run it to its end."""
        assert self._ended(self.started("scrapy"))

    def started(
        self, module: str, *before: object, under: Sequence[str] = ()
    ) -> "subprocess.Popen[str]":
        """Start it in a process of its own, `under` another command."""
        settings = {
            "SITE_URL": self.site,
            "OUTPUT_DIR": self.output,
            "DOWNLOAD_DELAY": self.delay,
        }
        pairs = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
        crawl = ["crawl", self.spider, *pairs, *OPTIONS[self.spider]]
        command = [*under, sys.executable, "-m", module, *map(str, before), *crawl]
        return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)

    def _killing(self, *moment: object) -> "subprocess.Popen[str]":
        return self.started("tests.killed", *moment)

    def _ended(self, process: "subprocess.Popen[str]") -> bool:
        _, told = process.communicate(timeout=240)
        assert process.returncode in (0, -signal.SIGKILL), told
        return process.returncode == 0


def killed_until_through(crawl: Crawl, most: int, total: int, chance: random.Random) -> int:
    """Run a crawl until it is through, killing it up to so many times; return how often.

    `total` is how many bytes of lines it archives: the kills are spread over them.
    """
    for kills in range(most):
        if crawl.killed(chance, 2 * total // most):
            return kills
    crawl.through()
    return most
