"""Crawls for what one holds: quotes, news and studies of papers of every kind."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from samplesite.content.crawls import Crawl, news_of, portfolio, ratings_of
from samplesite.content.papers import Security
from samplesite.content.truth import truth
from samplesite.content.world import World
from tests.support.crawling import (
    contents,
    crawl,
    differences,
    is_as_before,
    lines,
    sample_site,
)

WORLD = World(articles=60, stocks=10)
SHARES = WORLD.stocks[:2]
EXPIRED = [paper for paper in WORLD.papers if paper.kind == "certificate" and not paper.venues]
PAPERS: list[Security] = [*SHARES, *(paper for paper in WORLD.papers if paper not in EXPIRED)]
ETF = next(paper for paper in WORLD.papers if paper.kind == "etf")
THREE: list[Security] = [*SHARES, ETF]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A sample site with papers of every kind."""
    with sample_site("--articles", "60", "--stocks", "10") as address:
        yield address


def names(papers: list[Security], site: str) -> list[str]:
    """Return papers as a person may write them: by number, path, address or name."""
    written = []
    for place, paper in enumerate(papers):
        path = paper.path.removeprefix("/")
        if paper.isin and place % 2:
            written.append(paper.isin)
        else:
            written.append(site + paper.path if place % 3 == 0 else path)
    return written


def test_a_portfolio_of_every_kind_gives_its_truth(site: str, tmp_path: Path) -> None:
    """Item for item, each field; a second time nothing is written."""
    file = tmp_path / "portfolio.txt"
    file.write_text("\n".join(names(PAPERS, site)), "utf-8")
    output = tmp_path / "output"
    done = crawl("stocks", site, output, "-a", f"stocks=@{file}")
    assert done.returncode == 0, done.stderr
    assert {paper.kind for paper in PAPERS} == {
        *("stock", "etf", "fund", "index", "currency", "crypto", "commodity", "bond"),
        "certificate",
    }
    assert differences(output, truth(WORLD, site, [portfolio(PAPERS)])) == []
    before = contents(output)
    assert crawl("stocks", site, output, "-a", f"stocks=@{file}").returncode == 0
    assert is_as_before(output, before)


def test_an_expired_certificate_is_told(site: str, tmp_path: Path) -> None:
    """Its page has no price, and says why."""
    (paper,) = EXPIRED
    done = crawl("stocks", site, tmp_path, "-a", f"stocks={paper.wkn}")
    assert done.returncode == 1, done.stderr
    assert [row["reason"] for row in lines(tmp_path, "rejected")] == ["expired"]


@pytest.mark.parametrize("papers", [*permutations(THREE)][::2], ids=lambda papers: papers[0].page)
def test_news_and_studies_of_three_papers_are_the_truth_and_no_more(
    papers: tuple[Security, ...], site: str, tmp_path: Path
) -> None:
    """In either order, and again; of an ETF there are no studies."""
    argument = ("-a", f"stocks={','.join(names([*papers], site))}")
    spiders = ("news", "ratings") if papers[0] is ETF else ("ratings", "news")
    for spider in spiders:
        done = crawl(spider, site, tmp_path, *argument)
        assert done.returncode == 0, done.stderr
    expected: list[Crawl] = [news_of(THREE), ratings_of(SHARES)]
    assert differences(tmp_path, truth(WORLD, site, expected)) == []
    before = contents(tmp_path)
    for spider in spiders:
        assert crawl(spider, site, tmp_path, *argument).returncode == 0
    assert is_as_before(tmp_path, before)


def test_each_article_names_the_papers_whose_news_it_is(site: str, tmp_path: Path) -> None:
    """Also those that all news had brought before."""
    assert crawl("news", site, tmp_path, "-a", "limit=10").returncode == 0
    assert crawl("news", site, tmp_path, "-a", f"stocks={ETF.isin}").returncode == 0
    last = {row["key"]: row for row in lines(tmp_path, "articles")}
    named = {
        row["id"]
        for row in last.values()
        if any(instrument["page"] == ETF.page for instrument in row["instruments"])
    }
    assert named >= {article.id for article in WORLD.news_of(ETF)}


def test_news_of_the_members_of_an_index(site: str, tmp_path: Path) -> None:
    """Each article once."""
    done = crawl("news", site, tmp_path, "-a", "index=dax")
    assert done.returncode == 0, done.stderr
    assert differences(tmp_path, truth(WORLD, site, [news_of(WORLD.stocks)])) == []


def test_studies_since_a_day_are_those_of_it_and_later(site: str, tmp_path: Path) -> None:
    """Read back to it, page by page."""
    days = sorted(analysis.day for analysis in WORLD.analyses_by_page[SHARES[0].page])
    day = days[len(days) // 2]
    arguments = ("-a", f"stocks={SHARES[0].page}", "-a", f"since={day}")
    done = crawl("ratings", site, tmp_path, *arguments)
    assert done.returncode == 0, done.stderr
    assert differences(tmp_path, truth(WORLD, site, [ratings_of(SHARES[:1], day)])) == []
    done = crawl("ratings", site, tmp_path, "-a", f"stocks={SHARES[0].page}")
    assert done.returncode == 0, done.stderr
    assert differences(tmp_path, truth(WORLD, site, [ratings_of(SHARES[:1])])) == []


def test_until_leaves_later_articles_to_a_later_run(site: str, tmp_path: Path) -> None:
    """Nothing of what it leaves out is lost."""
    days = sorted(article.published.date() for article in WORLD.news_of(SHARES[0]))
    day = days[len(days) // 2]
    arguments = ("-a", f"stocks={SHARES[0].page}")
    done = crawl("news", site, tmp_path, *arguments, "-a", f"until={day}")
    assert done.returncode == 0, done.stderr
    assert {row["date_published"][:10] <= str(day) for row in lines(tmp_path, "articles")} == {True}
    done = crawl("news", site, tmp_path, *arguments)
    assert done.returncode == 0, done.stderr
    assert differences(tmp_path, truth(WORLD, site, [news_of(SHARES[:1])])) == []
