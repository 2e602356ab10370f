"""Documents and JSON: what is archived is text in them, links lead to pages or to the web."""

import json as standard
from pathlib import Path

import pytest
from parsel import Selector

from finnews.look.links import OnDisk
from finnews.look.rendering import html, json
from tests.support.look_pages import archived, article, document, page_at, price, study
from tests.support.open_tables import open_tables

AT = "2026-11-27T12:00:00+01:00"
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><!--",
    "{{ 7*7 }}{% raw %}",
    "\u202egnuthcA\u2066",
    "x" * 10_000,
    "\"' onclick='alert(1)",
    "&lt;b&gt; &amp; \u2028 \x00",
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:9]))
def test_texts_stand_as_they_are_archived(tmp_path: Path, text: str) -> None:
    """As text in the document, as a string in JSON."""
    items = [article(AT, "muster", headline=text), study(AT, text, action="upgraded"), price(AT)]
    tables = open_tables(archived(tmp_path, items))
    for address in ("index", "verdicts", "stocks/muster"):
        shown = Selector(document(tables, address).replace("\x00", ""))
        assert len(shown.xpath("//script[not(@src)][not(@type='application/json')]")) == 0
        assert shown.xpath("//@onclick").getall() == []
    rows = standard.loads(json(page_at(tables, "index"), tables, {}))["tables"]
    assert [row["headline"] for row in rows["articles"]["rows"]] == [text]
    cells = Selector(document(tables, "index").replace("\x00", "")).css("table#articles td a")
    assert cells.xpath("string()").get() == text.replace("\x00", "")


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://www.finanzen.net/nachricht/a", True),
        ("HTTP://www.finanzen.net/nachricht/a", True),
        *(
            (url, False)
            for url in ("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x")
        ),
        *((url, False) for url in ("//x.test/a", "/etc/passwd", "a/b", "", "http://[", " x:y")),
    ],
)
def test_an_archived_address_is_a_link_if_it_is_of_the_web(
    tmp_path: Path, url: str, is_link: bool
) -> None:
    """Else it leads nowhere, on a server and on a disk."""
    tables = open_tables(archived(tmp_path, [article(AT, headline="Meldung", url=url)]))
    page = page_at(tables, "index")
    for text in (document(tables, "index"), html(page, tables, OnDisk("index"), {})):
        found = Selector(text).xpath("//table[@id='articles']//a[.='Meldung']/@href").getall()
        assert found == ([url] if is_link else [])


def test_json_has_what_the_page_shows(tmp_path: Path) -> None:
    """Exact numbers, times with a zone, null for what is missing; nothing that only serves it."""
    items = [price(AT, "0.1234567890"), article("2026-11-27", "muster")]
    tables = open_tables(archived(tmp_path, items))
    text = json(page_at(tables, "stocks/muster"), tables, {}).decode()
    content = standard.loads(text)
    assert '"price":0.123456789,' in text
    (row,) = content["tables"]["prices"]["rows"]
    assert (row["quoted_at"], row["bid"]) == ("2026-11-27T11:00:00+00:00", None)
    (row,) = content["tables"]["news"]["rows"]
    assert (row["date_published"], row["date_published_day"]) == (None, "2026-11-27")
    names = {name for table in content["tables"].values() for row in table["rows"] for name in row}
    assert not [name for name in names if name.startswith("_")]


def test_the_json_of_a_page_is_asked_for_in_the_same_way(tmp_path: Path) -> None:
    """With the order and the page of tables that the document has."""
    tables = open_tables(archived(tmp_path, [article(AT)]))
    text = document(tables, "index", {"articles": "headline", "x": "ü&\ud800"})
    links = Selector(text).xpath("//a[.='This page as JSON']/@href").getall()
    assert links == ["/index.json?articles=headline&x=%C3%BC%26%3F"]
