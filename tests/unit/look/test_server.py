"""The pages over HTTP: what each address answers, to whom, and with which headers."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from urllib.parse import quote as quoted

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.archive.lines import line
from finnews.look.live_tables import LiveTables
from finnews.look.registry import PAGES
from tests.support.archive_items import as_archived
from tests.support.look_pages import archived, article, price, registered, study
from tests.support.look_server import asked, serving

ISIN = "DE0007164600"
AT = "2026-11-27T10:00:00+01:00"
EARLIER = "2026-01-01T10:00:00+00:00"
ODD = "'\"<&/..#?% ü\u202e"
"""A name that means something else in HTML, SQL, paths and addresses."""

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NAMES = ("news", "news.page", "articles", "papers", "prices.page", "line-eur", "q", "", "x")


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Give the port of a server of a share, a renamed one and one with an odd name."""
    items = [
        *(price(AT, page=page) for page in ("muster", "neu", ODD, "a.csv")),
        *(registered("alt", isin=ISIN, fetched_at=EARLIER), registered("neu", isin=ISIN)),
        *(article(AT, "muster", ODD, headline="Ärger über „Öl“"), study(AT, price_target="12")),
    ]
    with (
        LiveTables(archived(tmp_path_factory.mktemp("server"), items)) as tables,
        serving(tables) as number,
    ):
        yield number


@pytest.mark.parametrize(
    ("path", "status", "how"),
    [
        ("/", 200, {}),
        ("/stocks/muster", 200, {}),
        ("/stocks/muster.json", 200, {}),
        ("/stocks/muster/news.csv", 200, {}),
        ("/static/look.css", 200, {}),
        ("/stocks/alt", 302, {}),
        ("/nothing", 404, {}),
        ("/stocks", 404, {}),
        ("/stocks/nobody", 404, {}),
        ("/stocks/muster/nothing.csv", 404, {}),
        ("/static/nothing", 404, {}),
        ("/", 405, {"method": "POST"}),
        ("/stocks/muster", 405, {"method": "DELETE"}),
        ("/", 403, {"host": "muster.example"}),
        ("/", 403, {"host": "127.0.0.1.muster.example"}),
        ("/", 403, {"host": "192.0.2.1:80"}),
        ("/", 403, {"host": ""}),
        ("/", 403, {"host": "a:b"}),
        ("/", 200, {"host": "localhost:1"}),
        ("/", 200, {"host": "[::1]:80"}),
    ],
)
def test_each_answer_says_what_browsers_must_know(
    port: int, path: str, status: int, how: dict[str, str]
) -> None:
    """Errors and redirects have the same headers as pages."""
    answer, _ = asked(port, path, **how)
    assert answer.status == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/", "/days", "/stocks/muster", "/stocks/muster.json", "/stocks/muster/news.csv"]
)
def test_head_is_get_without_a_content(port: int, path: str) -> None:
    """The length is that of what GET returns."""
    (head, nothing), (got, content) = asked(port, path, method="HEAD"), asked(port, path)
    assert (head.status, nothing) == (200, b"")
    assert head.headers["Content-Length"] == got.headers["Content-Length"] == str(len(content))
    assert head.headers["Content-Type"] == got.headers["Content-Type"]


@pytest.mark.parametrize("name", [ODD, "a.csv"])
def test_any_name_is_an_address(port: int, name: str) -> None:
    """The page of a paper, its JSON and its tables, whatever it is called."""
    path = f"/stocks/{quoted(name, safe='')}"
    for end, content in (("", b"<h1>"), (".json", b'"title"'), ("/news.csv", b"headline")):
        answer, body = asked(port, f"{path}{end}")
        assert (answer.status, content in body) == (200, True)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/stocks/alt", "/stocks/neu"),
        (f"/papers/{ISIN.lower()}", "/stocks/neu"),
        (f"/indices/{ISIN}.json", "/stocks/neu.json"),
        ("/stocks/ALT/news.csv?news=-headline", "/stocks/neu/news.csv?news=-headline"),
        ("/stocks/alt?news.page=2&x=%26", "/stocks/neu?news.page=2&x=%26"),
    ],
)
def test_another_name_leads_to_the_same_of_the_paper(port: int, path: str, place: str) -> None:
    """To its page, its JSON, its tables, in the order that was asked for."""
    answer, _ = asked(port, path)
    assert (answer.status, answer.headers["Location"]) == (302, place)


def test_a_csv_says_that_it_is_utf_8(port: int) -> None:
    """Clients take text without that for another encoding."""
    answer, content = asked(port, "/index/articles.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(StringIO(content.decode()))
    assert row["headline"] == "Ärger über „Öl“"


@pytest.mark.parametrize("path", ["/stocks/nobody", "/nothing", "/days/2026-02-30"])
def test_what_is_missing_is_told_in_the_form_that_was_asked_for(port: int, path: str) -> None:
    """As a page, or as a line of text."""
    for end, kind in (("", "text/html"), (".json", "text/plain"), ("/news.csv", "text/plain")):
        answer, content = asked(port, f"{path}{end}")
        assert (answer.status, answer.headers.get_content_type()) == (404, kind)
        assert (kind == "text/html") == (b"<h1>No such page</h1>" in content)
        assert kind == "text/html" or content.count(b"\n") == 1


@given(
    st.builds(
        lambda names, query, end: "/" + "/".join(names) + end + query,
        st.lists(st.sampled_from((*PAGES, "static", "muster")) | st.text(max_size=5), max_size=4),
        st.dictionaries(
            st.sampled_from(NAMES), st.sampled_from(("-", "2", "-headline")) | st.text(max_size=5)
        ).map(lambda query: "?" + "&".join(f"{name}={value}" for name, value in query.items())),
        st.sampled_from(("", "/", ".json", ".csv", ".parquet", ".html")),
    )
)
def test_any_address_has_an_answer(port: int, address: str) -> None:
    """A page, another address, or that there is none; never an error of the server."""
    answer, _ = asked(port, quoted(address, safe="/?=&.", errors="surrogatepass"))
    assert answer.status in (200, 302, 404)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/%ff",
            "/stocks/%ff%fe",
            "/stocks/%00",
            "/%ED%A0%80",
            "/?news=%ED%A0%80&articles.page=2",
        ),
        *("//", "//stocks//muster", "/./", "/../..", "/stocks/..", "/stocks/%2e%2e", "/%2F%2F"),
        *(
            "/?articles.page=999999",
            "/?articles.page=-1",
            "/?articles=_at",
            "/?articles=--headline",
        ),
        *("/?&&=&", "/?%", "/%", "/%zz", "/stocks/muster%2Fnews.csv", "/?articles.page=٢"),
        *("/days/2026-W48-5", "/days/0000-01-01", "/days/20261127", "/days/2026-11-27/x/y.csv"),
        f"/stocks/{'x' * 5000}",
        "/stocks/\udcfc",
    ],
)
def test_odd_addresses_have_an_answer(port: int, path: str) -> None:
    """Also such as no browser sends; neither a file nor the program is shown."""
    answer, content = asked(port, path)
    assert answer.status in (200, 302, 400, 404)
    assert b"Traceback" not in content
    assert b"import " not in content


def test_a_page_shows_what_was_written_since(tmp_path: Path) -> None:
    """An empty archive says what to run; an item is there when its line is whole."""
    with LiveTables(tmp_path) as tables, serving(tables) as port:
        assert b"scrapy crawl news" in asked(port, "/")[1]
        archived(tmp_path, [article(AT, "muster")])
        assert b"Meldung 1" in asked(port, "/")[1]
        file = next((tmp_path / "articles").iterdir())
        second = line(replace(as_archived(article(AT, "muster", number=2)), fetched_at=AT))
        for part, is_there in ((second[:80], False), (second[80:], True)):
            with file.open("ab") as lines:
                lines.write(part)
            content = asked(port, "/")[1]
            assert (b"Meldung 2" in content) is is_there
            assert b"cannot be read" not in content


def test_a_damaged_line_is_told_on_each_page(tmp_path: Path) -> None:
    """How many there are, and on the page of crawls which: by file and line, not where they lie."""
    archived(tmp_path, [article(AT, "muster"), price(AT)])
    file = next((tmp_path / "quotes").iterdir())
    with LiveTables(tmp_path) as tables, serving(tables) as port:
        assert b"cannot be read" not in asked(port, "/")[1]
        for number in (1, 2):
            with file.open("ab") as lines:
                lines.write(b'{"key": <script>\n')
            words = f"{number} line{'s' * (number > 1)} cannot be read"
            for path in ("/", "/stocks/muster", "/days", "/papers", "/verdicts", "/search"):
                assert words.encode() in asked(port, path)[1]
        told = asked(port, "/crawls")[1].decode()
        assert f"quotes/{file.name}:2: not a valid Quote" in told
        assert str(tmp_path) not in told
        assert b"quotes/" in asked(port, "/crawls/unreadable.csv")[1]
