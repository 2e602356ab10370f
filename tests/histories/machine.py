"""Histories that hypothesis makes up: a site that does as it likes, and crawls that come and go."""

from collections import Counter
from datetime import timedelta
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.histories.crawl import Crawl
from tests.histories.events import START, SiteEvents
from tests.histories.faults import ARTICLE_FAULTS, DEEP, LIST_FAULTS, split
from tests.histories.site import CAPACITY
from tests.histories.spiders import DEPTH

LONGEST: Final = timedelta(days=8)
"""After which everything that waits is due, and lists are read deep."""


class Histories(SiteEvents):
    """Everything that can happen, in any order."""

    @precondition(lambda self: len(self.crawls) < 2)
    @rule(
        limit=st.sampled_from((0, 0, 0, 1, 3)),
        days=st.sampled_from((0, 0, 0, 1, 2)),
        until=st.sampled_from((None, None, None, 0, 1)),
        most=st.sampled_from((1, 1, 2, 4)),
        has_job=st.booleans(),
    )
    def start(
        self,
        limit: int,
        days: int,
        most: int = 1,
        *,
        until: int | None = None,
        has_job: bool = False,
    ) -> None:
        """Start a crawl, of some days back and not of the last ones; a job's one at a time."""
        arguments = {"limit": str(limit)} if limit else {}
        if days:
            arguments["since"] = (self._now() - timedelta(days=days)).date().isoformat()
        if until is not None and until <= (days or until):
            arguments["until"] = (self._now() - timedelta(days=until)).date().isoformat()
        has_job &= not any(crawl.has_job for crawl in self.crawls)
        self.crawls.append(self._crawl(most, has_job=has_job, **arguments))

    @precondition(lambda self: self.crawls)
    @rule(requests=st.integers(1, 12))
    def go_on(self, requests: int) -> None:
        """Let a crawl send some requests."""
        crawl = self.rng.choice(self.crawls)
        for _ in range(requests):
            if not crawl.is_over:
                crawl.step()
        self._note()

    @precondition(lambda self: self.crawls)
    @rule()
    def finish(self) -> None:
        """Let a crawl send all requests."""
        self.rng.choice(self.crawls).finish()
        self._note()

    @precondition(lambda self: self.crawls)
    @rule()
    def kill(self) -> None:
        """Kill a crawl."""
        self.rng.choice(self.crawls).kill()
        self._note()

    @precondition(lambda self: self.crawls)
    @rule()
    def shut_down(self) -> None:
        """Let a crawl end as a signal asks it to."""
        crawl = self.rng.choice(self.crawls)
        crawl.stop()
        crawl.finish()
        self._note()

    @precondition(lambda self: not self.crawls)
    @rule()
    def crawl_undisturbed(self) -> None:
        """Crawl while nothing is wrong and nothing changes: everything promised is archived."""
        self._crawl_undisturbed()

    @precondition(lambda self: not self.crawls)
    @rule(fault=st.sampled_from(sorted(LIST_FAULTS)), number=st.integers(2, 4))
    def crawl_broken(self, fault: str, number: int) -> None:
        """Crawl while a page is wrong behind which there are articles, then undisturbed."""
        for _ in range(self.site.page_size * number):
            self.publish(1)
        self.site.break_list(f"{DEEP}?p={number}", fault)
        self.start(0, 0)
        self.finish()
        self._crawl_undisturbed()

    @precondition(lambda self: not self.crawls)
    @rule(
        steps=st.integers(1, 12),
        most=st.sampled_from((1, 4)),
        then=st.sampled_from(("correct", "correct", "kill", "shut_down", "break_articles")),
    )
    def crawl_changed(self, steps: int, most: int, then: str) -> None:
        """Crawl while an article is corrected, or fails, or until a kill; then undisturbed."""
        self.publish(3)
        self.start(0, 0, most)
        self.go_on(steps)
        if self.crawls and then == "correct":
            self.correct(is_on_top=False, minutes=5)
        elif self.crawls and then == "break_articles":
            self.break_articles(self.rng.choice(sorted(ARTICLE_FAULTS)), 4)
        elif self.crawls:
            getattr(self, then)()
        if self.crawls:
            self.finish()
        self._crawl_undisturbed()

    def teardown(self) -> None:
        """After a week, one crawl archives everything promised, and a later one asks for no more.

        Each list can date an article later than the one before, so that it is asked for again.
        """
        for crawl in self.crawls:
            crawl.kill()
        self._note()
        self.ahead = timedelta(0)
        self.site.now = max(
            self.site.now, *(story.dated for story in self.site.stories.values()), START
        )
        self._pass(minutes=LONGEST // timedelta(minutes=1))
        for _ in self.site.lists:
            self._crawl_undisturbed()
            self._pass(minutes=60)
        self._crawl_undisturbed()
        self._hold_rest(self._crawl_undisturbed(has_job=False))

    def _hold_rest(self, last: Crawl) -> None:
        """Hold that a crawl after which nothing changed asks for little, and has nothing to do."""
        failing = {self.site.stories[id_].url for id_ in self.promise.failures}
        asked = Counter(split(url)[0] for url in last.asked)
        articles = asked.keys() - self.site.lists.keys()
        assert articles <= failing, f"asked for again: {sorted(articles - failing)}"
        stats = last.spider.crawler.stats.get_stats()
        others = ("/incomplete-list", "/unchanged")
        reasons = (key for key in stats if "/pending/" in key and not key.endswith(others))
        pending = sum(stats[key] for key in reasons)
        assert pending <= len(failing), f"pending: {stats}"
        for url in self.site.lists:
            if not self.site.is_broken(url):
                most = self._pages_of_top(url) + (url in self.site.moved)
                assert asked[url] <= most, f"{asked[url]} requests for {url}"

    def _pages_of_top(self, url: str) -> int:
        """Return how many pages of a list show the place where the last reading began."""
        if url in CAPACITY:
            return 1
        left = DEPTH.top
        for number in range(1, self.site.page_count(url) + 1):
            slots = self.site.slots(url, number)
            left -= sum(not self.site.stories[slot.id].is_promotion for slot in slots)
            if left <= 0:
                return number
        return self.site.page_count(url)

    def _crawl_undisturbed(self, *, has_job: bool = True) -> Crawl:
        self.site.faults.clear()
        has_job &= self.rng.random() < 0.5
        crawl = self._crawl(self.rng.choice((1, 1, 3)), has_job=has_job)
        crawl.finish()
        broken = list(self.promise.broken(crawl, crawl.clock()))
        assert not broken, broken
        self.promise.note(crawl, crawl.clock())
        return crawl

    def _crawl(self, most: int, *, has_job: bool, **arguments: str) -> Crawl:
        return Crawl(
            self.site, self.stored, self.ahead, self.rng, most=most, has_job=has_job, **arguments
        )

    def _note(self) -> None:
        for crawl in self.crawls:
            if crawl.is_over:
                self.promise.note(crawl, crawl.clock())
        self.crawls = [crawl for crawl in self.crawls if not crawl.is_over]
