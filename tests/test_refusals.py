"""What is a refusal, what is not, and what a crawl makes of it."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.middlewares.blocking import refusal
from samplesite.content.world import World
from samplesite.web.site import Site
from tests.cases import Case, golden_cases
from tests.crawling import crawl, last_versions, lines
from tests.scripted import WALLS, ScriptedSite, report, scripted_site, wall

FILES = sorted(WALLS.glob("*/*"))
EDGE = WALLS / "denied" / "403-edge.html"
TITLES = (
    "Access Denied: Warum Händler vor verschlossenen Seiten stehen",
    "Just a moment: Captcha-Anbieter Muster AG steigt",
    "403 Forbidden",
    "Consent or pay: Verlage unter Druck",
)
MARKS = '<script src="/cdn-cgi/challenge-platform/x.js"></script><div class="g-recaptcha"></div>'


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_wall_is_a_refusal_whatever_its_status(file: Path) -> None:
    """Each is called by its kind, and those told by their content with status 200 as well."""
    kind, reply = file.parent.name, wall(file)
    seen = refusal(reply.status, reply.body.decode())
    assert seen
    assert seen.kind == kind
    if not kind.startswith("status-"):
        assert all(refusal(status, reply.body.decode()) for status in (200, 403, 503))


@pytest.mark.parametrize("case", golden_cases(), ids=lambda case: case.name)
def test_no_golden_page_is_a_refusal(case: Case) -> None:
    """Not even one that is broken."""
    assert refusal(200, case.text) is None


def test_no_page_of_the_sample_site_is_a_refusal() -> None:
    """Articles, feeds, lists, shares, robots.txt, suggestions, an error page."""
    site = Site(World(40, 5), "http://127.0.0.1:8021")
    stock = site.world.stocks[0]
    paths = [article.path for article in site.world.articles]
    paths += ["/rss/news", "/rss/analysen", "/analysen", "/index/dax/werte", "/robots.txt", "/nix"]
    paths += [stock.path, f"/boersenplaetze/{stock.page}", f"/kursziele/{stock.page}"]
    paths += ["/suggest/finde/jsonv2", "/index/dax/marktberichte", site.world.analyses[0].path]
    answers = {path: site.answer(path, 1, stock.isin) for path in paths}
    seen = {path: refusal(one.status, one.body.decode()) for path, one in answers.items()}
    assert seen == dict.fromkeys(paths)


def test_of_the_captured_pages_only_the_refusal_is_one(captures: Path) -> None:
    """The page with a consent overlay is a page."""
    seen = {
        path.name: refusal(200, path.read_text("utf-8"))
        for path in captures.iterdir()
        if path.suffix in (".html", ".xml")
    }
    refused = {name: one.seen for name, one in seen.items() if one}
    assert refused == {"blocked-2024-05-26.html": 'status 200, page "Access Denied"'}


@pytest.mark.parametrize("title", TITLES)
def test_an_article_about_walls_is_no_wall(title: str) -> None:
    """Nor is one with a guard's script or a captcha's form in it."""
    site = Site(World(3, 2), "http://127.0.0.1:8021")
    article = site.world.articles[0]
    page = site.answer(article.path).body.decode()
    start, end = page.index("<title>"), page.index("</title>")
    about = page[:start] + f"<title>{title}" + page[end:].replace("</head>", MARKS + "</head>", 1)
    assert refusal(200, about) is None


@given(st.integers(100, 599), st.text(), st.text(), st.sampled_from(("", "{", "<title>", "<html>")))
def test_any_answer_is_a_refusal_or_none(status: int, text: str, server: str, start: str) -> None:
    """Nothing that is sent breaks the look at it; what was seen is a line fit for a terminal."""
    seen = refusal(status, f"{start}{text}</title>", {"Server": server})
    assert seen is None or (len(seen.seen) <= 300 and seen.seen.isprintable())


def test_headers_tell_refusals_too() -> None:
    """A guard's redirect and mark; a 503 that still names a wait; what was seen has the server."""
    leading = {"Location": "https://geo.captcha-muster.invalid/?from=x"}
    marked = {"cf-mitigated": "challenge"}
    seen = (refusal(302, "", leading), refusal(200, "<html></html>", marked))
    assert [one.kind for one in seen if one] == ["challenge", "challenge"]
    assert refusal(302, "", {"Location": "https://muster.invalid/captcha-anbieter-steigt"}) is None
    assert refusal(503, "") is None
    waiting = refusal(503, "", {"Retry-After": "5", "Server": "Muster"})
    assert waiting
    assert waiting.seen == "status 503, Server Muster, Retry-After 5"


def ended(site: ScriptedSite, output: Path, *options: str, spider: str = "news") -> str:
    """Crawl a site that refuses; return the log once its exit status is checked."""
    done: subprocess.CompletedProcess[str] = crawl(spider, site.address, output, *options)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("The site refuses") == 1
    return done.stderr


@pytest.mark.parametrize(
    "name", ["denied/403-edge.html", "consent/200-manager.html", "denied/200-json.json"]
)
def test_a_site_that_refuses_every_page_is_left_after_three(name: str, tmp_path: Path) -> None:
    """Exit status 3, one line that says what was seen; each page is a rejection, none is known."""
    answer = wall(WALLS / name)
    with scripted_site(lambda path, _: None if path == "/robots.txt" else answer) as site:
        log = ended(site, tmp_path)
    assert f"(3 in a row): status {answer.status}" in log
    assert "Do not try again at once" in log
    rejected = lines(tmp_path, "rejected")
    assert [row["reason"] for row in rejected] == ["refused"] * 3
    assert [row["url"].removeprefix(site.address) for row in rejected] == site.paths
    assert not (tmp_path / "articles").exists()
    counts = report(tmp_path)["counts"]
    assert counts["finnews/refused"] == 3
    assert counts[f"finnews/refused/{name.partition('/')[0]}"] == 3


def test_nothing_that_was_read_is_lost(tmp_path: Path) -> None:
    """What came before the refusals is archived."""
    refusing = wall(EDGE)
    with scripted_site(
        lambda path, _: refusing if "/nachrichten/" in path or "/index/" in path else None
    ) as site:
        ended(site, tmp_path)
    assert len(last_versions(tmp_path, "articles")) == 6


def test_a_refusal_of_the_only_page_is_one(tmp_path: Path) -> None:
    """Where the site answered nothing else, fewer than three do."""
    refusing = wall(EDGE)
    with scripted_site(lambda path, _: refusing if path.startswith("/index/") else None) as site:
        log = ended(site, tmp_path, "-a", "index=dax", spider="stocks")
    assert "(1 in a row)" in log
    assert [row["reason"] for row in lines(tmp_path, "rejected")] == ["refused"]


def test_refused_suggestions_are_not_an_unknown_share(tmp_path: Path) -> None:
    """The site refuses (3); whether the number exists was never learned (not 2)."""
    refusing = wall(EDGE)
    with scripted_site(lambda path, _: refusing if path.startswith("/suggest/") else None) as site:
        log = ended(site, tmp_path, "-a", "stocks=DE0007164600", spider="stocks")
    assert "unknown" not in log
