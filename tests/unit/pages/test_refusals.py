"""What is a refusal, and what is not."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.pages.refusals import refusal
from finnews.site import FINANZEN_NET
from samplesite.content.world import World
from samplesite.web.site import Site
from tests.support.cases import Case, golden_cases
from tests.support.scripted import BLOCK_PAGES, block_page

FILES = sorted(BLOCK_PAGES.iterdir())
TITLES = (
    "Access Denied: Warum Händler vor verschlossenen Seiten stehen",
    "Just a moment: Captcha-Anbieter Muster AG steigt",
    "403 Forbidden",
    "Consent or pay: Verlage unter Druck",
)
MARKS = '<script src="/cdn-cgi/challenge-platform/x.js"></script><div class="g-recaptcha"></div>'


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_block_page_is_a_refusal(file: Path) -> None:
    """Its kind is recognised; one with content of its own is recognised at status 200 too."""
    kind, reply = file.name.partition("_")[0], block_page(file)
    refused = refusal(reply.status, reply.body.decode())
    assert refused
    assert refused.kind == kind
    if not kind.startswith("status-"):
        assert all(refusal(status, reply.body.decode()) for status in (200, 403, 503))


@pytest.mark.parametrize("case", golden_cases(), ids=lambda case: case.name)
def test_no_golden_page_is_a_refusal(case: Case) -> None:
    """Even a broken golden page is none."""
    assert refusal(200, case.text) is None


def test_no_page_of_the_sample_site_is_a_refusal() -> None:
    """Articles, feeds, lists, shares, robots.txt, suggestions and error pages are none."""
    site = Site(World(40, 5), "http://127.0.0.1:8021")
    stock = site.world.stocks[0]
    paths = [article.path for article in site.world.articles]
    paths += ["/rss/news", "/rss/analysen", "/analysen", "/index/dax/werte", "/robots.txt", "/nix"]
    paths += [stock.path, f"/boersenplaetze/{stock.page}", f"/kursziele/{stock.page}"]
    paths += ["/suggest/finde/jsonv2", "/index/dax/marktberichte", site.world.analyses[0].path]
    answers = {path: site.answer(path, 1, stock.isin) for path in paths}
    refusals = {
        path: refusal(answer.status, answer.body.decode()) for path, answer in answers.items()
    }
    assert refusals == dict.fromkeys(paths)


def test_of_the_captured_pages_only_the_refusal_is_one(captures: Path) -> None:
    """A page with a consent overlay is none."""
    refusals = {
        path.name: refusal(200, path.read_text("utf-8"))
        for path in captures.iterdir()
        if path.suffix in (".html", ".xml")
    }
    refused = {name: refused.seen for name, refused in refusals.items() if refused}
    assert refused == {"blocked-2024-05-26.html": 'status 200, page "Access Denied"'}


@pytest.mark.parametrize("title", TITLES)
def test_an_article_about_blocking_is_no_refusal(title: str) -> None:
    """Nor is one with a guard's script or a captcha's form in it."""
    site = Site(World(3, 2), "http://127.0.0.1:8021")
    article = site.world.articles[0]
    page = site.answer(article.path).body.decode()
    start, end = page.index("<title>"), page.index("</title>")
    about = page[:start] + f"<title>{title}" + page[end:].replace("</head>", MARKS + "</head>", 1)
    assert refusal(200, about) is None


def redesigned(text: str) -> str:
    """Return a page whose classes all have other names."""
    return re.sub(r'class="([^"]*)"', lambda match: f'class="neu-{len(match[1])}"', text)


def test_a_redesigned_page_beneath_a_consent_overlay_is_no_refusal(captures: Path) -> None:
    """It still links the site's pages, whatever its classes are called."""
    pages = {
        path.name: redesigned(path.read_text("utf-8"))
        for path in captures.glob("*.html")
        if not path.name.startswith("blocked")
    }
    site = Site(World(3, 2), FINANZEN_NET.url)
    pages["sample"] = redesigned(site.answer(site.world.articles[0].path).body.decode())
    overlaid = {name for name, text in pages.items() if "cmpwrapper" in text[:30_000]}
    assert overlaid >= {"article-2026-10-01-ranking.html", "sample"}
    assert {name: refusal(200, text) for name, text in pages.items()} == dict.fromkeys(pages)


def test_a_block_page_that_copies_the_head_of_the_site_is_a_refusal() -> None:
    """Links to the imprint and the home page do not make it one of the site's pages."""
    text = (
        '<html><head><title>Einen Moment bitte</title><link rel="canonical" '
        'href="https://www.finanzen.net/aktien/muster-aktie"></head><body>'
        '<a href="/">finanzen.net</a> <a href="/impressum">Impressum</a></body></html>'
    )
    refused = refusal(200, text)
    assert refused
    assert refused.kind == "challenge"


@pytest.mark.parametrize("title", ["Access Denied", "Zugriff verweigert", "Einen Moment bitte"])
def test_a_block_page_with_some_links_of_the_site_is_a_refusal(title: str) -> None:
    """A guard can show the site's main menu, also again and again."""
    menu = "".join(f'<a href="{path}">x</a>' for path in ("/index/dax", "/devisen/eurokurs")) * 12
    text = f"<html><title>{title}</title>{menu}<a href='/rohstoffe/goldpreis'>Gold</a></html>"
    assert refusal(200, text)


@pytest.mark.parametrize("title", ["Access Denied", "Einen Moment bitte", "Einwilligung"])
@pytest.mark.parametrize("mark", ["cf-error-details", "g-recaptcha", "cmpwrapper"])
def test_a_block_page_in_the_frame_of_the_site_is_a_refusal(title: str, mark: str) -> None:
    """Classes of the site's header and main part do not make it one of the site's pages."""
    assert refusal(
        200,
        f"<html><title>{title}</title><link rel='stylesheet' href='/css/article-teaser.css'>"
        "<div class='quote-ticker'></div><form class='suggest-search'></form>"
        f"<main class='page-content__main'><div class='{mark}'></div></main></html>",
    )


def test_a_page_with_few_links_is_known_by_its_parts(captures: Path) -> None:
    """An excerpt of a page is no refusal, though a consent manager's script stands in it."""
    script = '<script src="https://cdn.consentmanager.net/cmpwrapper.js"></script>'
    for path in captures.glob("*.html"):
        if not path.name.startswith("blocked"):
            assert refusal(200, script + path.read_text("utf-8")) is None, path.name


@given(st.integers(100, 599), st.text(), st.text(), st.sampled_from(("", "{", "<title>", "<html>")))
def test_any_answer_is_a_refusal_or_none(status: int, text: str, server: str, start: str) -> None:
    """No answer raises, and the description of a refusal is one printable line."""
    refused = refusal(status, f"{start}{text}</title>", {"Server": server})
    assert refused is None or (len(refused.seen) <= 300 and refused.seen.isprintable())


def test_headers_show_a_refusal() -> None:
    """A guard's redirect or mark shows one; a 503 is one only if it names a wait."""
    leading = {"Location": "https://geo.captcha-muster.invalid/?from=x"}
    marked = {"cf-mitigated": "challenge"}
    refusals = (refusal(302, "", leading), refusal(200, "<html></html>", marked))
    assert [refused.kind for refused in refusals if refused] == ["challenge", "challenge"]
    assert refusal(302, "", {"Location": "https://muster.invalid/captcha-anbieter-steigt"}) is None
    assert refusal(503, "") is None
    waiting = refusal(503, "", {"Retry-After": "5", "Server": "Muster"})
    assert waiting
    assert waiting.seen == "status 503, Server Muster, Retry-After 5"
