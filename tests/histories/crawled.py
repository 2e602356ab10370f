"""Histories of the sample site and real crawls of it, made up from a seed."""

import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import timedelta
from pathlib import Path
from random import Random
from subprocess import PIPE
from threading import Event
from typing import Final, Self

from finnews.archive.check import Check
from finnews.outcome import ExitStatus
from finnews.spiders.depth import DEPTH
from samplesite.content.truth import truth
from samplesite.web.answer import Answer
from samplesite.web.news_views import PAGE
from tests.histories.answers import ARTICLE_FAULTS, DEEP, LIST_FAULTS
from tests.histories.changes import ChangingWorld
from tests.support import TIMEOUT
from tests.support.crawling import (
    Process,
    as_options,
    crawl,
    differences,
    last_versions,
    started,
)
from tests.support.own_site import OwnSite

ROUNDS: Final = 3
DEEP_ARTICLES: Final = 6
"""Articles that fail at once; with ten failures in a row a run ends."""

WITHOUT_PAGER: Final = "without pager"
"""The fault by which a page of a list looks like its last one."""

WEEK: Final = 8
"""Days after which it is another week, at whatever hour."""

OPTIONS: Final = ("-s", "LONGEST_BACKOFF=0.01")
DISTURBED: Final = (ExitStatus.DONE, ExitStatus.ERRORS, ExitStatus.UNUSUAL)
"""Exit statuses of a run during which something may be wrong with the site."""


class History:
    """One history: each round changes the site, then crawls it while something is wrong."""

    def __init__(self, seed: int, own: OwnSite, output: Path) -> None:
        self.seed = seed
        self.chance = Random(seed)
        self.own = own
        self.output = output
        self.is_filled = output.exists()
        """Whether a complete run was before all this."""

        self.passes_week = seed % 5 == 4
        """Whether the last crawl is a week later, and so reads lists deeper."""

        self.days = 0
        self.changing = ChangingWorld(self.chance, anywhere=self.passes_week)
        self.failed: set[str] = set()
        """Articles that a run could not read: the next one asks for them, later ones may wait."""

        self.problems: list[str] = []
        self.steps = ["the archive " + ("is filled" if self.is_filled else "is empty")]

    @classmethod
    def begun(cls, seed: int, own: OwnSite, filled: Path, output: Path) -> Self:
        """Return a history with no archive, or that of a complete run: two of three times."""
        if seed % 3:
            shutil.copytree(filled, output)
        return cls(seed, own, output)

    def told(self) -> str:
        """Return what happened, a step a line."""
        return "\n".join([f"seed {self.seed}:", *self.steps])

    def play(self) -> list[str]:
        """Play it; return what is wrong in the end."""
        self._mend()
        self._show()
        for number in range(ROUNDS):
            self._change(number)
            self._crawl_disturbed(number)
        self.steps.append(self.changing.settle())
        self.days += WEEK if self.passes_week else int(self._waits())
        self._show()
        self._expect([ExitStatus.DONE], *self._crawl())
        return [*self.problems, *self._differences()]

    def _waits(self) -> bool:
        """Return whether two runs could not read a list: then it is read whole a day later."""
        unfinished = [row["unfinished"] for row in last_versions(self.output, "checkpoints")]
        return any(reading and reading["tries"] > 1 for reading in unfinished)

    def _is_plain(self, number: int) -> bool:
        """Return whether nothing is wrong in a round but a page of the list, which leads to
        unknown articles: the list counts as read if the fault is taken for its end.
        """
        return number == self.seed % ROUNDS

    def _fault(self, number: int) -> str:
        """Return the fault of a list in a round: in a dozen histories each has its turn."""
        turn = self.seed + number * len(LIST_FAULTS) // ROUNDS
        return sorted(LIST_FAULTS)[turn % len(LIST_FAULTS)]

    def _change(self, number: int) -> None:
        changing = self.changing
        others = [
            changing.publish_late, changing.publish_unlisted, changing.correct,
            changing.correct_late, changing.withdraw, changing.pin, changing.reorder,
            changing.misdate, changing.promote,
        ]  # fmt: skip
        few = self.chance.sample(others, self.chance.randrange(1, 4))
        publish = changing.publish
        if self._is_plain(number):
            ends_early = self._fault(number) == WITHOUT_PAGER
            publish = changing.publish_six_pages if ends_early else changing.publish_three_pages
        for change in [publish, *few]:
            self.steps.append(change())
        self._show()

    def _crawl_disturbed(self, number: int) -> None:
        """Crawl in one of the ways in which a run does not get everything.

        In a dozen histories each fault of a list has its turn in each round, once in a plain one.
        After that one, articles fail that only the deep pages of the list show: those it missed.
        """
        fault = self._fault(number)
        if self._is_plain(number):
            self._break_list(fault, 2 if fault == WITHOUT_PAGER else 3)
            self._expect(DISTURBED, *self._crawl())
        elif self._is_plain(number - 1):
            self._break_articles(DEEP_ARTICLES, is_deep=True)
            self._expect(DISTURBED, *self._crawl())
        else:
            self._crawl_otherwise(fault)
        self._mend()

    def _crawl_otherwise(self, fault: str) -> None:
        """Crawl with faults of articles or of the list, limits, kills, or two crawls at once."""
        has_twin = self.chance.random() < 0.15
        breaks_list = self.chance.random() < 0.65
        if not has_twin and (not breaks_list or self.chance.random() < 0.5):
            count = self.chance.randrange(1, 5)
            self._break_articles(count, is_deep=self.chance.random() < 0.6)
        if breaks_list:
            last = -(-len(self.changing.listed) // PAGE)
            self._break_list(fault, self.chance.choice([1, 2, 2, 2, 3, 3, last]))
        arguments = self._arguments()
        kill_at = self.chance.randrange(2, 30 if self.is_filled else 120)
        publish_at = self.chance.randrange(2, 60)
        is_killed = self.chance.random() < 0.2
        if self.chance.random() < 0.25:
            self.steps.append(f"while it crawls, after {publish_at} requests:")
            self._at(publish_at, self._publish)
        if has_twin or is_killed:
            self._crawl_at_once(2 if has_twin else 1, kill_at if is_killed else 0, arguments)
        else:
            self._expect(DISTURBED, *self._crawl(*arguments))

    def _break_articles(self, count: int, *, is_deep: bool) -> None:
        """Answer requests for some articles otherwise, none of them for the second time."""
        paths = self._unread()
        deep = [path for path, place in paths.items() if place >= DEPTH.top]
        some = deep if deep and is_deep else list(paths)
        for path in self.chance.sample(some, min(len(some), count)):
            fault = self.chance.choice(sorted(ARTICLE_FAULTS))
            self.own.replaced[path] = ARTICLE_FAULTS[fault]
            self.failed.add(path)
            self.steps.append(f"{path}: {fault}")
        if some and self.chance.random() < 0.2:
            path = self.chance.choice(some)
            robots = f"User-agent: *\nDisallow: {path}\n".encode()
            self.own.replaced["/robots.txt"] = lambda *_: Answer(200, robots, "text/plain")
            self.failed.add(path)
            self.steps.append(f"{path}: forbidden")

    def _unread(self) -> dict[str, int]:
        """Return articles that a run may ask for, none of which has failed; path → place."""
        changing = self.changing
        return {
            article.path: place
            for place, article in enumerate([*changing.listed, *changing.unlisted])
            if article.id in changing.touched or not self.is_filled
            if article.path not in self.failed
        }

    def _break_list(self, fault: str, number: int) -> None:
        if fault == WITHOUT_PAGER and not self.is_filled:
            number = max(2, number)  # no one can tell a first page from a list of one page
        self.own.replaced[DEEP if number == 1 else f"{DEEP}?p={number}"] = LIST_FAULTS[fault]
        self.steps.append(f"page {number} of the list: {fault}")

    def _arguments(self) -> list[str]:
        kind = self.chance.randrange(9)
        if kind == 0:
            return ["-a", f"limit={self.chance.randrange(1, 40)}"]
        if kind == 1:
            since = self.changing.now - timedelta(days=self.chance.randrange(5))
            return ["-a", f"since={since:%Y-%m-%d}"]
        if kind == 2:
            until = self.changing.now - timedelta(days=self.chance.randrange(2))
            return ["-a", f"until={until:%Y-%m-%d}"]
        return []

    def _at(self, number: int, act: Callable[[], None]) -> None:
        """Let something happen before the answer to a request from now on."""
        first, other = len(self.own.asked), self.own.before

        def before(count: int) -> None:
            other(count)
            if count == first + number:
                act()

        self.own.before = before

    def _publish(self) -> None:
        self.steps.append(self.changing.publish())
        self._show()

    def _crawl(self, *arguments: str) -> tuple[int, str]:
        """Crawl once, to the end; return the exit status and the log."""
        self.steps.append(" ".join(["crawl", *arguments]))
        if self.days == 0:
            done = crawl("news", self.own.address, self.output, *OPTIONS, *arguments)
            return done.returncode, done.stderr
        with self._started(arguments) as process:
            _, logged = process.communicate(timeout=TIMEOUT)
            return process.returncode, logged

    def _expect(self, statuses: Sequence[int], status: int, logged: str) -> None:
        """Note a problem if a crawl ends with another exit status."""
        if status not in statuses:
            self.problems.append(f"exit status {status}:\n{logged}")

    def _crawl_at_once(self, count: int, kill_at: int, arguments: Sequence[str]) -> None:
        """Start crawls at once, and kill one of them before a request is answered, if at all."""
        self.steps.append(f"{count} crawls, killed at {kill_at}: {arguments}")
        statuses = (*DISTURBED, -signal.SIGKILL) if kill_at else DISTURBED
        with ExitStack() as stack:
            processes: list[Process] = []
            are_started = Event()

            def kill() -> None:
                are_started.wait()
                processes[0].kill()

            if kill_at:
                self._at(kill_at, kill)
            processes += [stack.enter_context(self._started(arguments)) for _ in range(count)]
            are_started.set()
            for process in processes:
                _, logged = process.communicate(timeout=TIMEOUT)
                self._expect(statuses, process.returncode, logged)

    def _started(self, arguments: Sequence[str]) -> AbstractContextManager[Process]:
        own = {"SITE_URL": self.own.address, "OUTPUT_DIR": self.output, "DOWNLOAD_DELAY": 0}
        words = ["crawl", "news", *as_options(own), *OPTIONS, *arguments]
        module = "tests.histories.other_day"
        return started(sys.executable, "-m", module, self.days, *words, stderr=PIPE)

    def _show(self) -> None:
        self.own.show(self.changing.world())

    def _mend(self) -> None:
        self.own.replaced.clear()
        self.own.before = lambda _: None

    def _differences(self) -> Iterator[str]:
        """Yield how the archive differs from the site."""
        yield from Check(self.output).problems()
        changing = self.changing
        withdrawn = {article.id for article in changing.withdrawn}
        true = truth(changing.whole_world(), self.own.address, ["news"])
        for difference in differences(self.output, true):
            if not any(id_ in difference for id_ in withdrawn):
                yield difference
        for row in last_versions(self.output, "articles"):
            if row["version"] > 1 + changing.corrections[row["id"]]:
                yield f"articles: {row['id']} has {row['version']} versions"
