"""The spiders themselves, which read the pages of the model."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from scrapy.http import Response

from finnews.items import Article, Item, Rating, Rejection
from finnews.pages.analysis import AnalysisPage
from finnews.pages.article import ArticlePage
from finnews.pages.base import BrokenPage, Link, Page
from finnews.pages.news_list import NewsListPage
from finnews.pages.stats import PageStats
from finnews.site import FINANZEN_NET
from finnews.spiders.base import ResultT
from finnews.spiders.depth import Depth
from finnews.spiders.list_spider import ListSpider
from finnews.spiders.news import NewsSpider
from finnews.spiders.ratings import RatingsSpider
from tests.histories.faults import DEEP, FEED, SECTION, TOPIC, Answer, Slot
from tests.histories.site import Site

if TYPE_CHECKING:
    from tests.histories.crawl import Crawl

DEPTH: Final = Depth(top=4, deep=6, deepest=12)
"""Small, as the lists of the model are."""

_PATHS: Final = tuple(url.removeprefix(FINANZEN_NET.url) for url in (FEED, SECTION, DEEP))
_TOPIC_PATH: Final = TOPIC.removeprefix(FINANZEN_NET.url)
SITE: Final = replace(FINANZEN_NET, news=_PATHS, ratings=(*_PATHS, _TOPIC_PATH))


class _Stats:
    def __init__(self) -> None:
        self.values: dict[str, int] = {}

    def inc_value(self, name: str, by: int = 1) -> None:
        self.values[name] = self.values.get(name, 0) + by

    def get_value(self, name: str, default: int = 0) -> int:
        return self.values.get(name, default)

    def get_stats(self) -> dict[str, int]:
        return self.values

    def set_value(self, name: str, value: Any) -> None:
        self.values[name] = value


class _Signals:
    def connect(self, *_: object, **__: object) -> None:
        """Nothing ends a crawl of the model but the model."""


class ModelCrawler:
    """What a spider needs of its crawler."""

    def __init__(self) -> None:
        self.stats = _Stats()
        self.signals = _Signals()

    @property
    def engine(self) -> None:
        raise RuntimeError("a model has no engine")


class NoBudget:
    """Nothing is limited."""

    def close(self) -> None:
        """There is nothing to end."""


class ModelResponse(Response):
    """A response with what the model sends."""

    answer: Answer


class _DetailModel(Page):
    def __init__(self, url: str, answer: Answer, site: Site, now: datetime) -> None:
        self.url = url
        self.answer = answer
        self.model = site
        self.now_ = now

    def items(self) -> Iterator[Item]:
        story, version = self.answer.story, self.answer.version
        if story is None or self.model.is_to_come(story.dated_in(version), self.now_):
            yield Rejection(url=self.url, reason="incomplete")
        else:
            yield self.item(story.id, version, story.published, story.dated_in(version))

    def links(self) -> Iterator[Link]:
        """Yield what the page links, with the date of each."""
        story = self.answer.story
        for slot in self.model.linked.get(story.id, ()) if story else ():
            if slot.date and not self.model.is_to_come(slot.date, self.now_):
                yield Link(self.model.stories[slot.id].url, slot.date.isoformat())

    def item(self, id_: str, version: int, published: datetime, dated: datetime) -> Item:
        """Return what the page is about."""
        raise NotImplementedError


class _ArticleModel(_DetailModel, ArticlePage):
    def item(self, id_: str, version: int, published: datetime, dated: datetime) -> Item:
        return Article(
            url=self.url,
            id=id_,
            headline=f"version {version}",
            date_published=published.isoformat(),
            date_modified=dated.isoformat() if version > 1 else None,
        )


class _StudyModel(_DetailModel, AnalysisPage):
    def item(self, id_: str, version: int, published: datetime, dated: datetime) -> Item:  # noqa: ARG002
        day = dated.date().isoformat()
        words = {"firm": "Muster Research", "rating": "Kaufen", "verdict": "buy"}
        text = f"version {version}"
        return Rating(url=self.url, id=id_, text=text, date_published=day, **words)  # type: ignore[arg-type]


class _ListModel(NewsListPage):
    def __init__(self, url: str, answer: Answer, site: Site, now: datetime) -> None:
        self.url = url
        self.answer = answer
        self.model = site
        self.now_ = now
        self.stats = PageStats(url)
        self.text = "".join(f'<li class="menu__item"><a href="{url}">' for url in answer.menu)

    def items(self) -> Iterator[Item]:
        if not self.answer.entries:
            yield Rejection(url=self.url, reason="no-entries")

    def links(self) -> Iterator[Link]:
        for slot in self.answer.entries:
            if slot.date and self.model.is_to_come(slot.date, self.now_):
                self.stats.doubt("date", "implausible", slot.date.isoformat())
            yield Link(self.model.stories[slot.id].url, self._date(slot))
        address = self.url.partition("?")[0]
        for number in self.answer.pages:
            yield Link(address if number == 1 else f"{address}?p={number}")

    def _date(self, slot: Slot) -> str | None:
        """Return the date of an entry as a page gives it: none in the future."""
        if slot.date is None or self.model.is_to_come(slot.date, self.now_):
            return None
        return slot.date.date().isoformat() if self.model.prints_days else slot.date.isoformat()


class ModelSpider(ListSpider):
    """A spider, with a page for what the model answers."""

    depth = DEPTH
    crawl: "Crawl"
    detail_model: type[_DetailModel]

    def now(self) -> datetime:
        return self.crawl.clock()

    def page(self, response: Response) -> Page:
        assert isinstance(response, ModelResponse)
        answer = response.answer
        if response.status != 200:
            raise BrokenPage(f"status-{response.status}")
        if answer.failure == "broken":
            raise BrokenPage("truncated")
        is_detail = answer.story or answer.failure == "incomplete"
        model = self.detail_model if is_detail else _ListModel
        return model(response.url, answer, self.crawl.site, self.now())

    def read(self, page: Page, part: Callable[[], Iterable[ResultT]]) -> list[ResultT]:  # noqa: ARG002
        """A page of the model takes no time."""
        return list(part())

    def count_page(self, page: Page) -> None:
        """Nothing is counted on a page of the model."""


class ModelNewsSpider(ModelSpider, NewsSpider):
    """Articles."""

    detail_model = _ArticleModel


class ModelRatingsSpider(ModelSpider, RatingsSpider):
    """Studies."""

    detail_model = _StudyModel
