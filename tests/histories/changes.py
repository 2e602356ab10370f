"""The sample site's content while it changes as the site likes."""

import copy
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from samplesite.content.articles import Article
from samplesite.content.instruments import NOW
from samplesite.content.world import World

PUBLISHED: Final = 80
"""The articles with which a history begins; their list has four pages."""

WORLD: Final = World(articles=PUBLISHED + 220, stocks=4)
START: Final = NOW - timedelta(days=3)
EVERY: Final = timedelta(minutes=50)
"""The time between two articles before the start."""

NEAR_TOP: Final = 15
"""Places at the top of a list that every run reads, however often articles are moved there."""

SPARE: Final = 60
"""The articles that are left for what publishes few of them."""

DATES: Final = (datetime(2099, 12, 24, 18, 0, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC))


class ChangingWorld:
    """Articles, the list that shows them, and what happens to both.

    What happens is within the first `NEAR_TOP` places of the list unless it is `anywhere`: as deep
    as a run of the same day reads.
    """

    def __init__(self, chance: Random, *, anywhere: bool) -> None:
        self.chance = chance
        self.anywhere = anywhere
        self.now = START
        waiting = WORLD.articles[::-1]
        ages = range(PUBLISHED, 0, -1)
        oldest = [
            published(article, START - EVERY * age)
            for article, age in zip(waiting, ages, strict=False)
        ]
        self.listed = oldest[::-1]
        self.waiting = waiting[PUBLISHED:]
        self.unlisted: list[Article] = []
        self.withdrawn: list[Article] = []
        self.corrected_late: set[str] = set()
        self.corrections: Counter[str] = Counter()
        self.touched: list[str] = []
        """Ids of what has changed lately."""

        self.sticky: Article | None = None

    def world(self) -> World:
        """Return the content as it is shown now."""
        articles = sorted([*self.listed, *self.unlisted], key=lambda article: article.dated)
        return self._world(articles[::-1])

    def whole_world(self) -> World:
        """Return the content with what was withdrawn."""
        return self._world([*self.listed, *self.unlisted, *self.withdrawn])

    def publish(self) -> str:
        """Publish a few articles on top of the list, or as many as two pages show."""
        few, many = self.chance.randrange(1, 7), self.chance.randrange(25, 50)
        return self._publish(many if self.chance.random() < 0.25 else few)

    def publish_three_pages(self) -> str:
        """Publish so many articles that unknown ones are on the third page of the list."""
        return self._publish(self.chance.randrange(50, 60))

    def publish_six_pages(self) -> str:
        """Publish so many articles that the lists of sections do not show all of them."""
        return self._publish(self.chance.randrange(110, 120))

    def publish_late(self) -> str:
        """Publish an article whose place in the list and date are those of an earlier time."""
        self._pass()
        hours = self.chance.randrange(100)
        article = published(self.waiting.pop(0), self.now - timedelta(hours=hours))
        place = self._place()
        self._insert(article, place)
        return f"{article.id} published {hours} hours late at place {place}"

    def publish_unlisted(self) -> str:
        """Publish an article that the list will show later; the feed shows it at once."""
        self._pass()
        article = published(self.waiting.pop(0), self.now)
        self.unlisted.append(article)
        return f"{article.id} published and not listed"

    def correct(self) -> str:
        """Correct an article and list it as of now, on top or where it is."""
        article = self._taken()
        is_on_top = self.chance.random() < 0.5
        place = 0 if is_on_top else self.listed.index(article)
        self._relist(self._corrected(article), place)
        return f"{article.id} corrected at place {place}"

    def correct_late(self) -> str:
        """Correct an article; the list will say so later."""
        article = self._taken()
        place = self.listed.index(article)
        self.listed[place] = self._corrected(article)
        self.corrected_late.add(article.id)
        return f"{article.id} corrected, not listed so, at place {place}"

    def withdraw(self) -> str:
        """Take an article off the site."""
        article = self._taken()
        self.listed.remove(article)
        self.withdrawn.append(article)
        return f"{article.id} withdrawn"

    def pin(self) -> str:
        """List an unchanged article on top, as of now."""
        article = self._taken()
        self._relist(article, 0)
        return f"{article.id} on top again"

    def reorder(self) -> str:
        """Let two neighbours change places."""
        place = self._place()
        self.listed[place : place + 2] = self.listed[place : place + 2][::-1]
        return f"places {place} and {place + 1} swapped"

    def misdate(self) -> str:
        """Publish an article on top, or list one where it is, under an impossible date."""
        date = self.chance.choice(DATES)
        if self.chance.random() < 0.5:
            self._pass()
            self._insert(published(self.waiting.pop(0), self.now), 0)
            place = 0
        else:
            place = self.listed.index(self._taken())
        self.listed[place] = replace(self.listed[place], listed=date)
        return f"{self.listed[place].id} dated {date.year} at place {place}"

    def promote(self) -> str:
        """Show advertising under the current time in all lists, or no more."""
        promotions = [article for article in self.listed if article.is_promotion]
        self.sticky = None if self.sticky else self.chance.choice(promotions)
        return f"promoted: {self.sticky.id if self.sticky else None}"

    def settle(self) -> str:
        """List what is not listed yet."""
        late = [article for article in self.listed if article.id in self.corrected_late]
        for article in self.unlisted:
            self._insert(article, self._place())
        self.unlisted.clear()
        for article in late:
            self._pass()
            place = 0 if self.chance.random() < 0.5 else self.listed.index(article)
            self._relist(article, place)
        return "everything listed"

    def _publish(self, count: int) -> str:
        count = min(count, max(0, len(self.waiting) - SPARE))
        for _ in range(count):
            self.now += timedelta(minutes=1)
            self._insert(published(self.waiting.pop(0), self.now), 0)
        return f"{count} published"

    def _world(self, articles: list[Article]) -> World:
        world = copy.copy(WORLD)
        world.__dict__.pop("_articles_by_path", None)
        world.now, world.articles, world.listed = self.now, articles, list(self.listed)
        world.sticky = self.sticky
        return world

    def _corrected(self, article: Article) -> Article:
        self._pass()
        self.corrections[article.id] += 1
        lead = f"{article.lead or ''} Berichtigt um {self.now:%H:%M} Uhr.".strip()
        self.touched.append(article.id)
        return replace(article, lead=lead, modified=self.now)

    def _relist(self, article: Article, place: int) -> None:
        self._pass()
        self.corrected_late.discard(article.id)
        self.listed = [other for other in self.listed if other.id != article.id]
        self._insert(replace(article, listed=self.now, dated_anew=self.now), place)

    def _insert(self, article: Article, place: int) -> None:
        self.listed.insert(place, article)
        self.touched.append(article.id)

    def _taken(self) -> Article:
        """Return an article that is no promotion: what lists say of those means nothing."""
        end = len(self.listed) if self.anywhere else NEAR_TOP
        articles = (article for article in self.listed[:end] if not article.is_promotion)
        return self.chance.choice(list(articles))

    def _place(self) -> int:
        return self.chance.randrange(len(self.listed) if self.anywhere else NEAR_TOP)

    def _pass(self) -> None:
        self.now += timedelta(minutes=self.chance.randrange(1, 20))


def published(article: Article, at: datetime) -> Article:
    """Return an article as it is published at a time."""
    at = at.replace(second=article.published.second)
    return replace(article, published=at, modified=at, listed=at)


def unchanged_world() -> World:
    """Return the content with which each history begins."""
    return ChangingWorld(Random(0), anywhere=False).world()
