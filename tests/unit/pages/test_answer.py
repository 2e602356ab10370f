"""Bytes to a page: a crawl, a probe and a saved file read the same, or say the same failure."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse
from scrapy.utils.test import get_crawler

from finnews.items import Article
from finnews.middlewares.blocking import refusal_of
from finnews.pages.answer import decoded, page_of
from finnews.pages.base import BrokenPage
from finnews.probe.reading import probed
from finnews.site import FINANZEN_NET
from finnews.spiders.news import NewsSpider
from tests.support.cases import golden_cases

CASE = next(case for case in golden_cases() if case.name == "article/full")
URL = CASE.url
TEXT = (
    CASE.text.replace('<meta charset="utf-8">', "")
    .replace("Unter dem Strich blieben", "Für die Aktionäre blieben")
    .encode("latin-1", "xmlcharrefreplace")
    .decode("latin-1")
)
HTML = "text/html"


class Served(NamedTuple):
    """How a page was served."""

    encoding: str
    declared: str | None = None
    """In the page's head."""

    content_type: str = HTML
    start: bytes = b""
    is_legible: bool = True

    @property
    def text(self) -> str:
        """The page with its declaration."""
        return TEXT.replace("<head>", f"<head>{self.declared or ''}", 1)

    @property
    def body(self) -> bytes:
        """The page's bytes."""
        return self.start + self.text.encode(self.encoding)


def meta(encoding: str) -> str:
    """Return what declares an encoding in a page's head."""
    return f'<meta charset="{encoding}">'


LATIN = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'
SERVED = {
    "utf-8": Served("utf-8"),
    "utf-8, mark": Served("utf-8-sig"),
    "utf-8, wrong header": Served("utf-8", content_type=f"{HTML}; charset=iso-8859-1"),
    "utf-8, wrong meta": Served("utf-8", meta("windows-1252")),
    "latin-1, header": Served("latin-1", content_type=f"{HTML}; charset=ISO-8859-1"),
    "latin-1, header against meta": Served("latin-1", meta("utf-8"), f"{HTML}; charset=latin1"),
    "latin-1, meta": Served("latin-1", meta("iso-8859-1")),
    "latin-1, pragma": Served("latin-1", LATIN),
    "windows-1252, meta": Served("cp1252", meta("windows-1252")),
    "utf-16, mark": Served("utf-16-le", start=b"\xff\xfe"),
    "utf-16, mark against header": Served("utf-16-be", None, f"{HTML}; charset=l1", b"\xfe\xff"),
    "latin-1, undeclared": Served("latin-1", is_legible=False),
    "latin-1, wrong header": Served("latin-1", None, f"{HTML}; charset=utf-8", is_legible=False),
    "latin-1, wrong meta": Served("latin-1", meta("utf-8"), is_legible=False),
    "latin-1, unknown": Served("latin-1", meta("muster-8"), is_legible=False),
    "latin-1, no text": Served("latin-1", meta("hex"), is_legible=False),
}
each = pytest.mark.parametrize("served", SERVED.values(), ids=SERVED)


@pytest.fixture
def spider(tmp_path: Path) -> Iterator[NewsSpider]:
    """The spider of a crawl."""
    settings = {"OUTPUT_DIR": str(tmp_path), "SITE_URL": "https://www.finanzen.net"}
    made = NewsSpider.from_crawler(get_crawler(NewsSpider, settings))
    yield made
    made.archive.close()


def crawled(spider: NewsSpider, served: Served, status: int = 200) -> Any:
    """Return the items that a crawl reads, or the reason why it reads none."""
    headers = {"Content-Type": served.content_type}
    response = HtmlResponse(URL, status=status, headers=headers, body=served.body)
    try:
        return list(spider.page(response).items())
    except BrokenPage as broken:
        return str(broken)


@each
def test_a_crawl_and_a_probe_read_the_same(served: Served, spider: NewsSpider) -> None:
    """UTF-8 where it is valid, else as the mark, the header or the page declares; else nothing."""
    read = probed(URL, served.body, served.content_type, site=FINANZEN_NET)
    if served.is_legible:
        assert crawled(spider, served) == list(
            page_of(URL, TEXT.encode(), site=FINANZEN_NET).items()
        )
        assert read.kinds == probed(URL, served.text.encode(), site=FINANZEN_NET).kinds
    else:
        assert crawled(spider, served) == "undecodable"
        assert (read.problems, read.kinds) == (["undecodable"], [])


@pytest.mark.parametrize("content_type", [HTML, f"{HTML}; charset=utf-8", f"{HTML}; charset=l1"])
def test_a_broken_byte_is_told_and_the_page_is_read(content_type: str) -> None:
    """Of a page in UTF-8, whatever else is declared: its other umlauts show what it is."""
    body = TEXT.encode()
    broken = body.replace("die Aktionäre".encode(), b"die Aktion\xe4re")
    page = page_of(URL, broken, content_type=content_type, site=FINANZEN_NET)
    article = list(page.items())[-1]
    assert isinstance(article, Article)
    assert "die Aktion\ufffdre" in str(article.article_body)
    (doubt,) = page.stats.doubts
    assert (str(doubt), page.stats.doubts[doubt]) == ("doubt/page/unreadable", 1)
    assert "die Aktion\ufffdre" in page.stats.examples[doubt].printed
    assert not page_of(URL, body, site=FINANZEN_NET).stats.doubts


def test_each_failure_has_a_name(spider: NewsSpider) -> None:
    """An answer that is no page of the site is said to be none by its status or address."""
    assert crawled(spider, Served("utf-8"), status=503) == "status-503"
    for url, body, reason in [
        ("https://www.finanzen.net/impressum", b"<html></html>", "unexpected-address"),
        (URL, b" ", "empty"),
        (URL, TEXT.encode()[:2000], "truncated"),
    ]:
        with pytest.raises(BrokenPage, match=reason):
            page_of(url, body, site=FINANZEN_NET)


def test_a_refusal_is_decoded_as_a_page_is() -> None:
    """A block page in Latin-1 is recognised by its title, an undecodable one by what is legible."""
    page = "<title>Sicherheitsüberprüfung</title>".encode("latin-1")
    declared = {"Content-Type": f"{HTML}; charset=iso-8859-1"}
    seen = refusal_of(HtmlResponse(URL, headers=declared, body=page), FINANZEN_NET)
    assert seen == ("challenge", 'status 200, page "Sicherheitsüberprüfung"')
    assert refusal_of(HtmlResponse(URL, body=page), FINANZEN_NET) is None
    undecodable = "<title>Access Denied</title>für".encode("latin-1")
    assert refusal_of(HtmlResponse(URL, body=undecodable), FINANZEN_NET)


@given(
    st.binary(max_size=60),
    st.text(max_size=12) | st.sampled_from(["hex", "rot13", "undefined", "idna", "punycode"]),
)
def test_any_declaration_is_followed_or_not(body: bytes, label: str) -> None:
    """Whatever a server calls its encoding: a text, or `BrokenPage`."""
    for start in (b"", meta(label).encode()):
        with suppress(BrokenPage):
            assert isinstance(decoded(start + body, f"{HTML}; charset={label}"), str)
