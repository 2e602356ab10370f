"""The news of the sample site: its lists, of the menu and of papers, and the links in articles."""

import re
from typing import Final

import pytest
from parsel import Selector

from samplesite.content.crawls import news_of, ratings_of
from samplesite.content.news_lists import ALL, MENU
from samplesite.content.papers import ROOFS, Security
from samplesite.content.truth import truth
from samplesite.content.world import World
from samplesite.web.site import Site

BASE: Final = "http://127.0.0.1:8021"
WORLD: Final = World(articles=60, stocks=12)
HIDDEN: Final = 6


@pytest.fixture(scope="module")
def site() -> Site:
    """A site without faults."""
    return Site(WORLD, BASE)


def page(site: Site, path: str) -> Selector:
    """Return a page of the site."""
    answer = site.answer(path)
    assert answer.status == 200, path
    return Selector(answer.body.decode())


def teasers(site: Site, path: str) -> list[str]:
    """Return the paths of the articles that a list shows."""
    links = page(site, path).css("main a.article-teaser::attr(href)").getall()
    return [link.removeprefix(BASE) for link in links]


def test_lists_of_the_menu_have_entries(site: Site) -> None:
    """The menu of every page leads to at least eleven lists, of which each shows articles."""
    menus = {
        tuple(page(site, path).css("li.menu__item a[href]::attr(href)").getall())
        for path in ("/", ALL, WORLD.articles[0].path, WORLD.papers[0].path, WORLD.stocks[0].path)
    }
    (links,) = menus
    assert {each.path for each in MENU} <= set(links)
    assert len(MENU) >= 11
    assert all(teasers(site, each.path) for each in MENU)


@pytest.mark.parametrize("articles", [1, 3, 8])
def test_lists_of_a_small_site_have_entries(articles: int) -> None:
    """A list by topics without an article of its own shows the newest of all."""
    small = Site(World(articles, 3), BASE)
    lists = [each.path for each in MENU if each.is_filled_up]
    assert len(lists) >= 6
    assert all(teasers(small, path) for path in lists)


def test_hidden_articles_are_in_one_list_alone() -> None:
    """No other list, feed or box of links shows them; they are there and true nevertheless."""
    world = World(articles=60, stocks=12, hidden_articles=HIDDEN)
    site = Site(world, BASE)
    alone = [article for article in world.articles if article.only_list]
    assert len(alone) == HIDDEN
    assert len({article.only_list for article in alone}) > 1
    shown = {each.path: pages_of(site, each.path) for each in MENU}
    papers: list[Security] = [*world.stocks, *world.papers]
    feeds = ["/rss/news", *(f"/rss/{paper.news_page}-rss-feed" for paper in papers)]
    others = [*feeds, *(f"/nachrichten/alle/{paper.news_page}" for paper in papers)]
    texts = [site.answer(path).body.decode() for path in (*others, *(a.path for a in world.public))]
    for article in alone:
        assert [path for path, links in shown.items() if article.path in links] == [
            article.only_list
        ]
        assert not [text for text in texts if article.path in text]
        assert site.answer(article.path).status == 200
    true = {row["id"] for row in truth(world, BASE, ["news"])["articles"]}
    assert true == {article.id for article in world.articles}
    assert len(true) == len(world.articles) == 60


def pages_of(site: Site, path: str) -> list[str]:
    """Return the articles on all pages of a list."""
    pager = page(site, path).css("li.pagination__item a::attr(href)").getall()
    last = max((int(link.rpartition("=")[2]) for link in pager), default=1)
    bodies = [site.answer(path, number).body.decode() for number in range(1, last + 1)]
    return [
        link.removeprefix(BASE)
        for body in bodies
        for link in Selector(body).css("main a.article-teaser::attr(href)").getall()
    ]


def test_news_of_papers_are_those_that_their_lists_show(site: Site) -> None:
    """Shares, ETFs, rates and others have articles; one that none names says so."""
    some: list[Security] = [
        WORLD.stocks[0],
        *(paper for paper in WORLD.papers if WORLD.news_of(paper)),
    ]
    assert {paper.kind for paper in some} == {*ROOFS, "stock"}
    for paper in some:
        rows = truth(WORLD, BASE, [news_of([paper])])["articles"]
        true = {url.removeprefix(BASE) for row in rows for url in row["urls"]}
        name = paper.news_page
        assert set(teasers(site, f"/nachrichten/alle/{name}")) == true
        assert set(teasers(site, f"/news/{name}-news")) <= true
        roof = ROOFS.get(paper.kind)
        if roof in ("devisen", "index", "rohstoffe"):
            assert set(teasers(site, f"/nachrichten/{roof}/{name}")) <= true
    both = truth(WORLD, BASE, [news_of(some[:2])])
    assert len(both["articles"]) <= sum(len(WORLD.news_of(paper)) for paper in some[:2])


def test_a_paper_that_no_article_names_has_a_list_that_says_so(site: Site) -> None:
    """The list is there, with a sentence in place of entries; the feed is empty."""
    silver = WORLD.paper_at("silberpreis")
    assert truth(WORLD, BASE, [news_of([silver])])["articles"] == []
    for path in ("/news/silberpreis-news", "/nachrichten/rohstoffe/silberpreis"):
        assert teasers(site, path) == []
        assert "Keine Nachrichten vorhanden." in page(site, path).css("main p::text").getall()
    assert b"<item>" not in site.answer("/rss/silberpreis-rss-feed").body


def test_the_whole_list_of_a_share_shows_more_than_the_first() -> None:
    """The one below ``/nachrichten/alle/`` shows all, on one page."""
    world = World(articles=120, stocks=1)
    share = world.stocks[0].page
    site = Site(world, BASE)
    first = teasers(site, f"/news/{share}-news")
    every = teasers(site, f"/nachrichten/alle/{share}")
    assert every[: len(first)] == first
    assert len(every) == len(world.news_of(world.stocks[0])) > len(first)


def test_ratings_of_shares_can_be_those_since_a_day() -> None:
    """All of the shares, or those of that day and later."""
    share, other = WORLD.stocks[:2]
    analyses = WORLD.analyses_by_page[share.page]
    every = truth(WORLD, BASE, [ratings_of([share])])["ratings"]
    assert {row["id"] for row in every} == {analysis.id for analysis in analyses}
    day = analyses[1].day
    late = truth(WORLD, BASE, [ratings_of([share, other], since=day)])["ratings"]
    of_share = [row for row in late if row["page"] == share.page]
    assert {row["id"] for row in of_share} == {analysis.id for analysis in analyses[:2]}
    assert all(row["date_published"][:10] >= day.isoformat() for row in late)


def test_an_article_leads_to_new_and_to_old_ones(site: Site) -> None:
    """In the boxes that captured articles have, each with links that are answered."""
    article = next(article for article in WORLD.articles if article.rated)
    own = page(site, article.path)
    titles = [" ".join(text.split()) for text in own.css("h2::text").getall()]
    boxes = {"Weitere News", "Meistgelesene Artikel", "Heute im Fokus", "Nachrichten"}
    assert boxes <= set(titles)
    assert any(title.startswith("Nachrichten zu ") for title in titles)
    links = {link.removeprefix(BASE) for link in own.css("a::attr(href)").getall()}
    linked = [other for other in WORLD.articles if other.path in links]
    assert WORLD.articles[0] in linked
    assert WORLD.articles[-1] in linked
    assert all(site.answer(other.path).status == 200 for other in linked)


def test_box_rows_lead_to_lists_of_news(site: Site) -> None:
    """Every link "News" is answered."""
    paths: set[str] = set()
    for article in WORLD.articles:
        rows = page(site, article.path).css(".accordion a")
        paths |= {row.attrib["href"] for row in rows if row.css("::text").get() == "News"}
    assert {path for path in paths if re.match("/nachrichten/(devisen|index|rohstoffe)/", path)}
    assert {site.answer(path).status for path in paths} == {200}
