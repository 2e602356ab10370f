"""What is seen of a page in the browser of the tests, and what that browser cannot reach."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.browser import PHONE, Browser, View, chromium, is_own
from tests.support.servers import served

PAGE = "<!doctype html><html lang=de><title>Muster</title>{}"


@contextmanager
def serving(answers: dict[str, str], asked: list[str] | None = None) -> Iterator[str]:
    """Serve pages by their paths, as a proxy by their addresses; `asked` gets what is asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if asked is not None:
                asked.append(self.path)
            body = answers.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_CONNECT(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with served(server):
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(scope="module")
def proxied() -> Iterator[list[str]]:
    """Name a proxy in the environment, and return what it was asked for."""
    asked: list[str] = []
    with serving({}, asked) as proxy, pytest.MonkeyPatch.context() as patch:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            patch.setenv(name, proxy)
        yield asked


@pytest.fixture(scope="module")
def browser(proxied: list[str]) -> Iterator[Browser]:
    """Return a Chromium that was started where the environment names a proxy."""
    assert proxied == []
    with chromium() as started:
        yield started


def test_a_clean_page_is_clean_from_a_server(browser: Browser) -> None:
    """What it asks for is told, and no complaint is made."""
    script = "<script>fetch('/quotes')</script>"
    with (
        serving({"/": PAGE.format(script), "/quotes": "[]"}) as site,
        browser.visit(f"{site}/") as visit,
    ):
        visit.page.wait_for_load_state("networkidle")
        visit.assert_clean()
        assert visit.requests == [f"{site}/", f"{site}/quotes"]


def test_a_clean_page_is_clean_from_a_file(browser: Browser, tmp_path: Path) -> None:
    """A file may ask for files and for what is in the page itself."""
    (tmp_path / "style.css").write_text("p { color: black }", "utf-8")
    file = tmp_path / "index.html"
    link = (
        "<link rel=stylesheet href=style.css><img src='data:image/gif;base64,R0lGODlhAQABAAAAADs='>"
    )
    file.write_text(PAGE.format(link), "utf-8")
    with browser.visit(file.as_uri()) as visit:
        visit.assert_clean()
        assert visit.requests == [file.as_uri(), (tmp_path / "style.css").as_uri()]


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('no quotes')", "error: no quotes"),
        ("throw new TypeError('no rate')", "page error: no rate"),
        ("setTimeout(() => { throw new Error('late') })", "page error: late"),
        ("Promise.reject(new Error('no archive'))", "page error: no archive"),
        ("document.write('<img src=missing.png>')", "error: Failed to load resource"),
        ("open('about:blank').console.error('in a window')", "error: in a window"),
        ("document.write('<img src=//example.com/>')", "foreign request: http://example.com/"),
        ("fetch('https://10.1.2.3/').catch(() => 0)", "foreign request: https://10.1.2.3/"),
        ("new WebSocket('ws://example.com/')", "foreign request: ws://example.com/"),
        ("navigator.sendBeacon('//example.com/')", "foreign request: http://example.com/"),
    ],
)
def test_what_a_clean_page_does_not_do_is_told(
    script: str, complaint: str, browser: Browser, proxied: list[str]
) -> None:
    """An error in the console, an uncaught one and a foreign request each fail `assert_clean`."""
    with (
        serving({"/": PAGE.format(f"<script>{script}</script>")}) as site,
        browser.visit(f"{site}/") as visit,
    ):
        visit.page.wait_for_load_state("networkidle")
        assert any(told.startswith(complaint) for told in visit.complaints)
        with pytest.raises(AssertionError, match=re.escape(complaint)):
            visit.assert_clean()
    assert proxied == []


def test_a_foreign_request_is_not_answered(browser: Browser, proxied: list[str]) -> None:
    """Neither a name nor a number is reached, not by the proxy of the environment either."""
    images = "<img src=http://example.com/a><img src=http://10.1.2.3/b>"
    with (
        serving({"/": PAGE.format(images)}) as site,
        browser.visit(f"{site}/") as visit,
    ):
        visit.page.wait_for_load_state("networkidle")
        assert visit.foreign == ["http://example.com/a", "http://10.1.2.3/b"]
        assert sorted(visit.failed) == sorted(visit.foreign)
    assert proxied == []


def test_a_warning_is_kept_and_is_no_complaint(browser: Browser) -> None:
    """Chromium warns of much that is nobody's fault."""
    with browser.visit("data:text/html,<script>console.warn('old')</script>") as visit:
        visit.assert_clean()
        assert [message.partition(" (")[0] for message in visit.console] == ["warning: old"]


def test_a_page_is_seen_as_its_reader_asks(browser: Browser) -> None:
    """Language, colours, size and zone are those of the view."""
    script = """[navigator.language, matchMedia('(prefers-color-scheme: dark)').matches, innerWidth,
        (1234.5).toLocaleString(), new Intl.DateTimeFormat().resolvedOptions().timeZone]"""
    with browser.visit("data:text/html,", PHONE) as visit:
        german = ["de-DE", False, 360, "1.234,5", "Europe/Berlin"]
        assert visit.page.evaluate(script) == german
    with browser.visit("data:text/html,", View("en-US", "dark", zone="UTC")) as visit:
        assert visit.page.evaluate(script) == ["en-US", True, 1280, "1,234.5", "UTC"]


def test_a_page_is_seen_without_scripts(browser: Browser) -> None:
    """They do not run, while what is on the page can still be asked for."""
    page = "data:text/html,<p>Muster<script>document.body.textContent = 'ran'</script>"
    with browser.visit(page, View(has_scripts=False)) as visit:
        visit.assert_clean()
        assert visit.page.inner_text("p") == "Muster"


def test_a_download_is_kept(browser: Browser, tmp_path: Path) -> None:
    """Its name and its content are those that the page gives."""
    link = "<a download=kurse.csv href=data:text/csv,61.4>CSV</a>"
    with browser.visit(f"data:text/html,{link}") as visit:
        with visit.page.expect_download():
            visit.page.click("a")
        visit.assert_clean()
        (download,) = visit.downloads
        download.save_as(tmp_path / download.suggested_filename)
    assert (tmp_path / "kurse.csv").read_text("utf-8") == "61.4"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:8000/", True),
        ("ws://localhost/", True),
        ("http://[::1]:8000/", True),
        ("file:///tmp/index.html", True),
        ("blob:http://127.0.0.1/1", True),
        ("http://127.0.0.1.example.com/", False),
        ("https://user@example.com:80/localhost", False),
        ("ftp://127.0.0.1/", False),
    ],
)
def test_own_addresses_are_told_from_foreign_ones(address: str, expected: bool) -> None:
    """The host decides, whatever else is in an address."""
    assert is_own(address) is expected
