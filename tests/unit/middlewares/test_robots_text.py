"""What counts as a robots.txt, and which of its groups is ours."""

import gzip
import json

import pytest
from protego import Protego

from finnews.middlewares.robots_text import (
    MAX_SIZE,
    is_robots_text,
    robots_text,
    shortened,
    with_our_groups,
)

RULES = "User-agent: *\r\nDisallow: /rss/\r\n"
PAGE = "https://www.finanzen.net/rss/news"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (RULES.encode(), ""),
        (RULES.encode("utf-8-sig"), ""),
        (RULES.encode("utf-16"), ""),
        (b"\xfe\xff" + RULES.encode("utf-16-be"), ""),
        (RULES.encode("utf-32"), ""),
        (RULES.encode("utf-16-le"), "text/plain; charset=utf-16le"),
        (RULES.encode(), "text/plain; charset=no-such"),
        (RULES.encode(), "text/plain; charset=idna"),
        (RULES.encode(), "text/plain; charset=undefined"),
        (b"\x00\xff\x1f noise\n" + RULES.encode() + b"\xff\x00", ""),
        (RULES.replace("\r\n", "\r").encode(), ""),
    ],
)
def test_rules_are_read_in_any_encoding_that_is_told(body: bytes, content_type: str) -> None:
    """By a byte order mark, or by the header; without either they are UTF-8."""
    text = robots_text(body, content_type)
    assert is_robots_text(text)
    assert not Protego.parse(text).can_fetch(PAGE, "finnews")


@pytest.mark.parametrize(
    "body",
    [
        RULES.encode("utf-16-le"),
        RULES.encode("utf-16-be"),
        gzip.compress(RULES.encode(), mtime=0),
        json.dumps({"error": "unavailable", "user-agent": "*"}, indent=1).encode(),
        b"Service unavailable",
        b"Error: try again later\nHost: www.finanzen.net\n",
        b"Allow us a moment, please.",
        b"HTTP/1.1 503 Service Unavailable\nAllow: GET, HEAD\n",
        b"Disallow by policy",
        b"Access denied.\nUser-Agent: Muster/1.0\n",
        b"Sitemap: moved\nService unavailable",
        b"Host: www.finanzen.net\nService unavailable",
        b"Host: 10.0.0.1",
        b"Sitemap: unavailable",
        b"noindex: true\nnofollow: true",
        b"Host: www.finanzen.net\nServer: Muster\nDate: Sat, 28 Nov 2026 10:00:00 GMT",
        b"noindex",
        b"<html><head>\nNoindex: /\n</head></html>",
        b'{\n"Host": "www.finanzen.net"\n}',
        b"Service: unavailable",
        b"\x80\x81\x82",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\x00" * 100,
        b"User-agent: * " + b"x" * MAX_SIZE,
        b"#" * MAX_SIZE + b"\n" + RULES.encode(),
    ],
)
def test_what_is_no_text_of_rules_is_no_permission(body: bytes) -> None:
    """Such an answer says nothing about what is allowed."""
    assert not is_robots_text(robots_text(body))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \r\n\t\n",
        "# all is allowed",
        "Sitemap: https://www.finanzen.net/sitemap.xml",
        "Crawl-delay: 2",
        "USER-AGENT : *",
        "Disallow",
        "Disallow /rss/",
        "User-agent *\nAllow /",
        "# a comment\n\n  Allow: /",
        "Noindex: /rss/",
        "noindex: /suche\nNoarchive: /",
        "Clean-param: ref&utm_source /nachricht/",
        "Content-Signal: search=yes,ai-train=no",
        "# who may do what\nContent-signal : ai-input=no # all",
        "Host: www.finanzen.net",
        "Host: https://www.finanzen.net\n\nSitemap: sitemap.xml",
        "Crawl-delay: 2\nRequest-rate: 1/5\nVisit-time: 0600-0845",
        "Request-rate: 1/5",
        "Visit-time: 0600-0845",
        "User-agent: *\nNoindex: /rss/\nHost: www.finanzen.net",
        "User-agent: *\nContent-Signal: search=yes",
        "User-agent: *\nClean-param: ref",
        "Sitemap: https://www.finanzen.net/a.xml\nSitemap: https://www.finanzen.net/b.xml # news",
    ],
)
def test_a_file_without_a_rule_for_anybody_is_a_robots_txt(text: str) -> None:
    """It is empty, or has only comments or lines of other kinds."""
    assert is_robots_text(text) is (text != "Disallow")


def test_a_file_that_is_too_long_is_cut_at_the_end_of_a_line() -> None:
    """Half a rule could forbid more, or less, than the whole one."""
    text = "Disallow: /muster\n" * 40_000
    assert shortened(text) == "Disallow: /muster\n" * (MAX_SIZE // 18)
    assert shortened(RULES) == RULES


@pytest.mark.parametrize(
    "name",
    [
        "finnews",
        "FinNews",
        "finnews/1.0",
        "FINNEWS/2.3-beta",
        "finnews/1.0 (+https://example.org/crawl)",
        "Mozilla/5.0 (compatible; finnews/1.0; +https://example.org/crawl)",
        "finnews*",
        "finnews # the crawler",
    ],
)
def test_a_group_that_names_our_product_is_ours(name: str) -> None:
    """With any version and in any letters; it goes before the group for all."""
    allowing = f"User-agent: *\nDisallow: /\n\nUser-agent: {name}\nDisallow: /aktien/\n"
    forbidding = f"User-agent: {name}\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
    assert Protego.parse(with_our_groups(allowing, "finnews")).can_fetch(PAGE, "finnews")
    assert not Protego.parse(with_our_groups(forbidding, "finnews")).can_fetch(PAGE, "finnews")


@pytest.mark.parametrize("name", ["fin", "news", "finnewsbot", "not-finnews", "finnews-image", "x"])
def test_a_group_that_names_another_product_is_not_ours(name: str) -> None:
    """A part of our name is another robot's, and so is a longer name."""
    rules = f"User-agent: {name}\nAllow: /\n\nUser-agent: *\nDisallow: /\n"
    assert not Protego.parse(with_our_groups(rules, "finnews")).can_fetch(PAGE, "finnews")


def test_our_groups_are_one() -> None:
    """And a group may name several robots."""
    rules = (
        "User-agent: muster\nUser-agent: finnews/1.0\nDisallow: /aktien/\n\n"
        "User-agent: *\nAllow: /\n\nuser-agent: FINNEWS\nDisallow: /rss/\nCrawl-delay: 3\n"
    )
    parser = Protego.parse(with_our_groups(rules, "finnews"))
    assert not parser.can_fetch(PAGE, "finnews")
    assert not parser.can_fetch("https://www.finanzen.net/aktien/muster-aktie", "finnews")
    assert parser.can_fetch("https://www.finanzen.net/analysen", "finnews")
    assert parser.crawl_delay("finnews") == 3.0


@pytest.mark.parametrize("names", ["* bots", "**", '"*"', "\ufffd*", "*;"])
def test_a_group_for_all_in_an_odd_spelling_is_for_all(names: str) -> None:
    """A star with a blank behind it, or without a word, names no single robot."""
    rules = f"User-agent: {names}\nDisallow: /rss/"
    assert not Protego.parse(with_our_groups(rules, "finnews")).can_fetch(PAGE, "finnews")


def test_an_agent_that_is_written_with_another_mark_is_one() -> None:
    """What `is_robots_text` takes for a rule is a rule."""
    rules = "User_agent: *\nDisallow: /rss/"
    assert not Protego.parse(with_our_groups(rules, "finnews")).can_fetch(PAGE, "finnews")
