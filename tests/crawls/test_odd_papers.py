"""Papers of which the site shows other things than what was asked for."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from samplesite.content.world import World
from samplesite.web.site import Site
from tests.support.crawling import crawl, lines
from tests.support.scripted import WORLD, Reply, scripted_site

SHARE, OTHER = WORLD.stocks[0], WORLD.stocks[1]
SUGGESTIONS = "/suggest/finde/jsonv2"
PAGES = ["/aktien/{}-aktie", "/boersenplaetze/{}", "/kursziele/{}", "/termine/{}"]
LISTS = [f"/rss/{SHARE.page}-rss-feed"] + [
    f"/{folder}" for folder in (f"news/{SHARE.page}-news", f"nachrichten/alle/{SHARE.page}")
]
EMPTY_FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>M</title></channel></rss>'


@dataclass
class OddSite:
    """A sample site with other answers at some paths."""

    address: str = ""
    answers: dict[str, Reply] = field(default_factory=dict)

    def redirect(self, path: str, target: str) -> None:
        """Let a path redirect to another."""
        self.answers[path] = Reply(301, headers=(("Location", target),))

    def suggest(self, isin: str, path: str) -> None:
        """Suggest a paper with an ISIN, whatever is asked for."""
        entry = {"isin": isin, "wkn": None, "n": "Muster", "u": self.address + path}
        body = json.dumps({"it": [{"n": "Aktien", "il": [entry]}]}).encode()
        self.answers[SUGGESTIONS] = Reply(
            body=body, headers=(("Content-Type", "application/json"),)
        )


@pytest.fixture
def site() -> Iterator[OddSite]:
    """One whose answers the test decides."""
    with odd_site() as site:
        yield site


@contextmanager
def odd_site() -> Iterator[OddSite]:
    odd = OddSite()
    with scripted_site(lambda path, _: odd.answers.get(path)) as served:
        odd.address = served.address
        yield odd


def pages(output: Path) -> set[str]:
    """Return the page names of the shares that have quotes."""
    return {row["page"] for row in lines(output, "quotes") if row["kind"] == "stock"}


def test_a_suggestion_that_leads_to_another_paper_is_told(site: OddSite, tmp_path: Path) -> None:
    """Nothing of that paper is written, and the number is unknown."""
    site.suggest(SHARE.isin, OTHER.path)
    done = crawl("stocks", site.address, tmp_path, "-a", f"stocks={SHARE.isin}")
    assert done.returncode == 2
    assert f"{SHARE.isin} is unknown ({OTHER.page} is of {OTHER.isin}" in done.stderr
    assert pages(tmp_path) == set()


@pytest.mark.parametrize(
    ("spider", "paths", "target"),
    [
        ("stocks", ["/aktien/{}-aktie", "/boersenplaetze/{}"], OTHER.path),
        ("news", ["/rss/{}-rss-feed", "/news/{}-news", "/nachrichten/alle/{}"], "/rss/news"),
        ("ratings", ["/analysen/{}-analysen"], "/analysen"),
    ],
)
def test_a_redirect_to_another_page_shows_nothing_of_a_paper(
    spider: str, paths: list[str], target: str, site: OddSite, tmp_path: Path
) -> None:
    """It is told, and what stands there is not taken for the paper's."""
    for path in paths:
        site.redirect(path.format("ohne"), target)
    done = crawl(spider, site.address, tmp_path, "-a", "stocks=ohne")
    assert done.returncode == 2
    assert "ohne is unknown (the site has no such page" in done.stderr
    assert "unexpected-address" in {row["reason"] for row in lines(tmp_path, "rejected")}
    assert not lines(tmp_path, "articles")
    assert pages(tmp_path) == set()


@pytest.mark.parametrize("order", [1, -1])
def test_it_does_not_hide_the_paper_that_it_leads_to(
    order: int, site: OddSite, tmp_path: Path
) -> None:
    """Which is read if it is named, and the number is told all the same."""
    site.suggest(SHARE.isin, OTHER.path)
    names = ",".join([SHARE.isin, OTHER.page][::order])
    done = crawl("stocks", site.address, tmp_path, "-a", f"stocks={names}")
    assert done.returncode == 2
    assert f"{SHARE.isin} is unknown ({OTHER.page} is of {OTHER.isin}" in done.stderr
    assert pages(tmp_path) == {OTHER.page}


def test_a_register_that_is_out_of_date_is_asked_once_more(site: OddSite, tmp_path: Path) -> None:
    """What the site suggests for the number is read."""
    assert crawl("stocks", site.address, tmp_path, "-a", f"stocks={SHARE.page}").returncode == 0
    for path in PAGES:
        of_other = Site(WORLD, site.address).answer(path.format(OTHER.page))
        headers = (("Content-Type", of_other.content_type),)
        body = of_other.body.replace(OTHER.page.encode(), SHARE.page.encode())
        site.answers[path.format(SHARE.page)] = Reply(body=body, headers=headers)
        own = Site(WORLD, site.address).answer(path.format(SHARE.page))
        body = own.body.replace(SHARE.page.encode(), b"neuwerk")
        site.answers[path.format("neuwerk")] = Reply(body=body, headers=headers)
    site.suggest(SHARE.isin, "/aktien/neuwerk-aktie")
    done = crawl("stocks", site.address, tmp_path, "-a", f"stocks={SHARE.isin}")
    assert "is unknown" not in done.stderr
    assert "neuwerk" in pages(tmp_path)


@pytest.mark.parametrize("status", [200, 404])
def test_a_page_that_is_not_gone_shows_no_paper(status: int, site: OddSite, tmp_path: Path) -> None:
    """Another spelling is tried, and what has none is told."""
    third = WORLD.stocks[2].page
    wrong = third.replace("_", "-")
    site.answers[f"/termine/{wrong}"] = Reply(status, b"<html><body>Keine</body></html>")
    site.answers["/termine/ohne"] = site.answers[f"/termine/{wrong}"]
    done = crawl("stocks", site.address, tmp_path, "-a", f"stocks={wrong},{third},ohne")
    assert done.returncode == 2
    assert "ohne is unknown" in done.stderr
    assert f"{wrong} is unknown" not in done.stderr
    assert pages(tmp_path) == {third}


def test_a_paper_to_which_another_redirects_is_read_itself(site: OddSite, tmp_path: Path) -> None:
    """Although its page came before, and was not the other's."""
    for path in PAGES:
        site.redirect(path.format("alt"), path.format(SHARE.page))
    whole, beside = tmp_path / "whole", tmp_path / "beside"
    assert crawl("stocks", site.address, whole, "-a", f"stocks={SHARE.page}").returncode == 0
    done = crawl("stocks", site.address, beside, "-a", f"stocks=alt,{SHARE.isin}")
    assert "alt is unknown" in done.stderr
    assert len(lines(beside, "quotes")) == len(lines(whole, "quotes"))


def test_suggestions_that_are_refused_do_not_silence_a_name(site: OddSite, tmp_path: Path) -> None:
    """A name of which the site has no page is unknown; of a number that is not known."""
    site.answers[SUGGESTIONS] = Reply(403, b"<html>Access Denied</html>")
    names = f"{SHARE.isin},ohne,{OTHER.page}"
    done = crawl("stocks", site.address, tmp_path, "-a", f"stocks={names}")
    assert done.returncode == 2
    assert "ohne is unknown (the site has no such page" in done.stderr
    assert f"{SHARE.isin} is unknown" not in done.stderr
    refused = [row for row in lines(tmp_path, "rejected") if row["reason"] == "refused"]
    assert any(SHARE.isin in row["url"] for row in refused)


def test_a_redirect_to_another_spelling_is_followed(site: OddSite, tmp_path: Path) -> None:
    """Hyphens and underscores stand for each other in the site's paths."""
    name = SHARE.page[:-1] + "-" + SHARE.page[-1]
    right = name.replace("-", "_")
    for path in PAGES:
        site.redirect(path.format(name), path.format(right))
        answer = Site(WORLD, site.address).answer(path.format(SHARE.page))
        body = answer.body.replace(SHARE.page.encode(), right.encode())
        headers = (("Content-Type", answer.content_type),)
        site.answers[path.format(right)] = Reply(body=body, headers=headers)
    done = crawl("stocks", site.address, tmp_path, "-a", f"stocks={name}")
    assert done.returncode == 0, done.stderr
    assert pages(tmp_path) == {right}


def test_a_wrong_spelling_does_not_hide_the_right_one(site: OddSite, tmp_path: Path) -> None:
    """Whichever is named first; and large letters are as good as small ones."""
    third = WORLD.stocks[2].page
    assert "_" in third
    names = f"{third.replace('_', '-')},{third},{SHARE.page.upper()}"
    done = crawl("stocks", site.address, tmp_path, "-a", f"stocks={names}")
    assert pages(tmp_path) == {SHARE.page, third}
    assert "is unknown" not in done.stderr


def test_a_paper_that_was_renamed_is_found_by_its_number(site: OddSite, tmp_path: Path) -> None:
    """The register has its former name, the site another one."""
    assert crawl("stocks", site.address, tmp_path, "-a", f"stocks={SHARE.page}").returncode == 0
    for path in PAGES:
        answer = Site(WORLD, site.address).answer(path.format(SHARE.page))
        body = answer.body.replace(SHARE.page.encode(), b"neuwerk")
        headers = (("Content-Type", answer.content_type),)
        site.answers[path.format("neuwerk")] = Reply(body=body, headers=headers)
        site.answers[path.format(SHARE.page)] = Reply(404, b"<html></html>")
    site.suggest(SHARE.isin, "/aktien/neuwerk-aktie")
    done = crawl("stocks", site.address, tmp_path, "-a", f"stocks={SHARE.isin}")
    assert "neuwerk" in pages(tmp_path), done.stderr
    assert "is unknown" not in done.stderr


@pytest.mark.parametrize("name", [SHARE.page, SHARE.isin, SHARE.wkn.lower()])
@pytest.mark.parametrize("has_feed", [True, False], ids=["empty feed", "no feed"])
def test_a_paper_without_news_is_not_unknown(
    name: str, has_feed: bool, site: OddSite, tmp_path: Path
) -> None:
    """However it is written: the site suggests it."""
    site.answers |= dict.fromkeys(LISTS, Reply(404, b"<html></html>"))
    if has_feed:
        site.answers[LISTS[0]] = Reply(body=EMPTY_FEED, headers=(("Content-Type", "text/xml"),))
    done = crawl("news", site.address, tmp_path, "-a", f"stocks={name}")
    assert (done.returncode, "is unknown" in done.stderr) == (0, False), done.stderr


def test_a_page_that_failed_is_requested_again_though_its_list_is_as_before(
    tmp_path: Path,
) -> None:
    """The site does not send the list again; the next run knows what it led to."""
    with odd_site() as site:
        world = World(articles=6, stocks=3)
        study = world.analyses_by_page[SHARE.page][0]
        path = f"/analysen/{SHARE.page}-analysen"
        answer = Site(world, site.address).answer(path)
        tagged = (("Content-Type", answer.content_type), ("ETag", '"1"'))
        site.answers[path] = Reply(body=answer.body, headers=tagged)
        site.answers[study.path] = Reply(404, b"<html></html>")
        arguments = ("-a", f"stocks={SHARE.page}")
        crawl("ratings", site.address, tmp_path, *arguments)
        del site.answers[study.path]
        site.answers[path] = Reply(304, headers=(("ETag", '"1"'),))
        done = crawl("ratings", site.address, tmp_path, *arguments)
        assert done.returncode == 0, done.stderr
    assert study.id in {row["id"] for row in lines(tmp_path, "ratings")}


def test_articles_in_its_list_are_given_the_paper(site: OddSite, tmp_path: Path) -> None:
    """Those that do not name it themselves; also one that another run archived meanwhile."""
    path = f"/nachrichten/alle/{SHARE.page}"
    late = WORLD.articles[0]
    list_of_all = Site(WORLD, site.address).answer("/index/dax/marktberichte")
    tagged = (("Content-Type", list_of_all.content_type), ("ETag", '"1"'))
    site.answers[path] = Reply(body=list_of_all.body, headers=tagged)
    site.answers[late.path] = Reply(404, b"<html></html>")
    arguments = ("-a", f"stocks={SHARE.page}")
    assert crawl("news", site.address, tmp_path, *arguments).returncode == 0
    del site.answers[late.path]
    assert crawl("news", site.address, tmp_path).returncode == 0
    assert crawl("news", site.address, tmp_path, *arguments).returncode == 0
    last = {row["id"]: row["instruments"] for row in lines(tmp_path, "articles")}
    listed = {
        id_: [each["is_listed"] for each in instruments if each["page"] == SHARE.page]
        for id_, instruments in last.items()
    }
    assert listed == {
        article.id: [None if SHARE in article.stocks else True]
        for article in WORLD.articles
        if article.id in last and not article.is_promotion
    } | {article.id: [] for article in WORLD.articles if article.is_promotion}


def test_a_list_that_moved_is_still_that_of_its_paper(site: OddSite, tmp_path: Path) -> None:
    """To another spelling: its articles are given the paper."""
    third = WORLD.stocks[2]
    moved = f"/nachrichten/alle/{third.page.replace('_', '-')}"
    list_of_all = Site(WORLD, site.address).answer("/index/dax/marktberichte")
    site.answers[moved] = Reply(
        body=list_of_all.body, headers=(("Content-Type", list_of_all.content_type),)
    )
    site.redirect(f"/nachrichten/alle/{third.page}", moved)
    done = crawl("news", site.address, tmp_path, "-a", f"stocks={third.page}")
    assert done.returncode == 0, done.stderr
    named = {
        row["id"]
        for row in lines(tmp_path, "articles")
        if third.page in {each["page"] for each in row["instruments"]}
    }
    assert named == {article.id for article in WORLD.articles if not article.is_promotion}
