"""The content over time: articles appear, are listed late, corrected and re-dated."""

import copy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from samplesite.content.articles import Article
from samplesite.content.instruments import NOW
from samplesite.content.world import World

FIRST_EVERY = timedelta(minutes=7)
"""The time between two articles of a `World`."""

DISORDER = 600  # seconds by which lists are out of order


@dataclass(frozen=True)
class State:
    """An article as it reads from `since` on."""

    since: datetime
    article: Article


class Timeline:
    """The states of a world's articles up to `NOW`, when all are published.

    One article in four is listed 45 minutes late, under the time of its listing; some are listed
    hours late, under the time of their publication. One in ten is corrected, and old ids are
    re-dated three times.
    """

    def __init__(self, world: World, every: timedelta = FIRST_EVERY) -> None:
        self.world = world
        self.every = every
        self.start = NOW - every * len(world.articles)
        self.histories = [
            self._history(number, article) for number, article in enumerate(world.articles)
        ]
        self.promotion = next(
            (article for article in world.articles[::-1] if article.is_promotion), None
        )

    def at(self, present: datetime) -> World:
        """Return the world at a time: what is published and listed, in its state by then."""
        versions = [
            [state.article for state in states if state.since <= present]
            for states in self.histories
        ]
        published = [articles[-1] for articles in versions if articles]
        world = copy.copy(self.world)
        world.__dict__.pop("_articles_by_path", None)
        world.now = present
        world.articles = sorted(published, key=lambda article: article.dated, reverse=True)
        listed = [
            article for article in published if (article.appears or article.listed) <= present
        ]
        world.listed = sorted(listed, key=self._place, reverse=True)
        world.sticky = self.promotion if self.promotion in published else None
        return world

    def _history(self, number: int, original: Article) -> list[State]:
        rng = Random(f"{self.world.seed}/newsroom/{number}")
        ago = (NOW - original.published) * (self.every / FIRST_EVERY)
        published = (NOW - ago).replace(microsecond=0)
        late = timedelta(minutes=rng.randrange(60, 300) if rng.random() < 0.08 else 0)
        listed = published + (original.listed - original.published)
        first = replace(
            original,
            published=published,
            modified=published + (original.modified - original.published),
            listed=listed,
            appears=max(listed, published + late),
        )
        return [State(published, first), *self._changes(rng, first)]

    def _changes(self, rng: Random, first: Article) -> list[State]:
        if first.is_promotion:
            return []
        if first.id.startswith("9"):
            times = [first.published + timedelta(hours=20) * step for step in (1, 2, 3)]
            return [State(at, _dated_anew(first, at)) for at in times]
        if rng.random() < 0.1:
            at = first.published + timedelta(minutes=rng.randrange(30, 1800))
            return [State(at, _corrected(first, at))]
        return []

    def _place(self, article: Article) -> float:
        return article.listed.timestamp() + int(article.id) % 7 * DISORDER / 6


def _corrected(article: Article, at: datetime) -> Article:
    lead = f"{article.lead or ''} Berichtigt um {at:%H:%M} Uhr.".strip()
    return replace(article, lead=lead, modified=at, listed=at, appears=at, dated_anew=at)


def _dated_anew(article: Article, at: datetime) -> Article:
    return replace(_corrected(article, at), published=at)
