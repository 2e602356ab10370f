"""Articles in the lists of papers' news."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from finnews.archive import Archive
from finnews.instrument_paths import InstrumentPath
from finnews.items import Article, Instrument, NamedInstrument
from finnews.site import FINANZEN_NET
from finnews.spiders.paper_news import PaperNews

LIST = "https://www.finanzen.net/news/muster-news"
OTHER_LIST = "https://www.finanzen.net/rss/muster-rss-feed"
SHARE = InstrumentPath("stock", "muster")
BOX = NamedInstrument("DAX", "index", "dax", "https://www.finanzen.net/index/dax")
ARTICLE = Article(
    url="https://www.finanzen.net/nachricht/aktien/muster-1",
    fetched_at="2026-11-20T12:00:00+00:00",
    id="1",
    headline="Muster steigt",
    date_published="2026-11-20T12:00:00+01:00",
    instruments=[BOX],
)
LISTED = NamedInstrument(
    "Muster AG",
    "stock",
    "muster",
    "https://www.finanzen.net/aktien/muster-aktie",
    "DE000A0MST15",
    is_listed=True,
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive whose register has the share."""
    with Archive(tmp_path) as archive:
        name, isin = "Muster AG", "DE000A0MST15"
        archive.add(Instrument("u", page="muster", kind="stock", name=name, isin=isin))
        yield archive


@pytest.fixture
def news(archive: Archive) -> PaperNews:
    """What a run knows that reads two lists of its news."""
    news = PaperNews(archive, FINANZEN_NET)
    for url in (LIST, OTHER_LIST):
        news.add_list(url, SHARE)
    return news


def test_an_article_is_given_the_paper_once(news: PaperNews) -> None:
    """With what the register has of it, although two lists show it."""
    assert list(news.add_articles(LIST, ["1"])) == list(news.add_articles(OTHER_LIST, ["1"])) == []
    assert news.named(ARTICLE).instruments == [BOX, LISTED]


@pytest.mark.parametrize(
    "article",
    [
        replace(ARTICLE, instruments=[NamedInstrument("Muster", "stock", "Muster")]),
        replace(ARTICLE, is_sponsored=True),
        replace(ARTICLE, id="2"),
    ],
    ids=["names-it", "sponsored", "another"],
)
def test_any_other_is_left_as_it_is(article: Article, news: PaperNews) -> None:
    """One that names the paper itself, advertising, and one that the lists do not show."""
    list(news.add_articles(LIST, ["1"]))
    assert news.named(article) is article


def test_an_archived_article_is_given_it_too(archive: Archive, news: PaperNews) -> None:
    """In a new version, of the time at which its page was fetched; and never twice."""
    archive.add(ARTICLE)
    (again,) = news.add_articles(LIST, ["1", "2"])
    assert again.instruments == [BOX, LISTED]
    written = archive.add(again)
    assert written is not None
    assert (written.version, written.fetched_at) == (2, ARTICLE.fetched_at)
    assert list(news.add_articles(OTHER_LIST, ["1"])) == []


def test_a_later_reading_of_the_page_does_not_lose_it(archive: Archive, news: PaperNews) -> None:
    """The page says nothing of the site's lists; but if it names the paper, that counts."""
    list(news.add_articles(LIST, ["1"]))
    archive.add(news.named(ARTICLE))
    later = replace(ARTICLE, fetched_at="2026-11-21T12:00:00+00:00")
    assert archive.add(later) is None
    named, at = replace(LISTED, is_listed=None), "2026-11-22T12:00:00+00:00"
    written = archive.add(replace(later, fetched_at=at, instruments=[BOX, named]))
    assert written is not None
    assert written.instruments == [BOX, named]


def test_other_lists_are_of_no_paper(news: PaperNews) -> None:
    """Those of the whole site."""
    assert list(news.add_articles("https://www.finanzen.net/rss/news", ["1"])) == []
    assert news.named(ARTICLE) is ARTICLE
