"""What a hostile page prints reaches no terminal as it is, and the archive as it is."""

import json
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.crawling import as_options, crawl, files, lines, scrapy
from tests.support.scripted import SHARE, WORLD, Reply, ScriptedSite, scripted_site

HOSTILE = "Muster\x1b]0;title\x07\x1b[2J\x9b31m\x85"
"""Sets the title of a window and clears it, with old and new control characters"""

UNSEEN = {"Cc", "Cf", "Zl", "Zp"}
ARTICLE = WORLD.articles[1]


@contextmanager
def hostile_site() -> Iterator[ScriptedSite]:
    """Serve the sample site with hostile headlines, names, redirects and words of exchanges."""

    def script(path: str, _: int) -> Reply | None:
        if path == WORLD.articles[2].path:
            location = f"http://partner.invalid/{HOSTILE}".encode().decode("latin-1")
            return Reply(302, headers=(("Location", location.replace("\x85", "")),))
        if path == WORLD.articles[3].path:
            return Reply(403, f"<title>Access Denied {HOSTILE}</title>".encode())
        answer = site.site.answer(path)
        if answer.status != 200 or not answer.content_type.startswith("text/html"):
            return None
        body = answer.body.decode()
        for name in (ARTICLE.headline, SHARE.name, "Stuttgart"):
            body = body.replace(name, f"{HOSTILE} {name}")
        return Reply(200, body.encode(), (("Content-Type", answer.content_type),))

    with scripted_site(script) as site:
        yield site


def unseen(text: str) -> set[str]:
    """Return the characters of a text that a terminal must not get."""
    return {each for each in text if unicodedata.category(each) in UNSEEN and each != "\n"}


@pytest.mark.parametrize("transport", ["http2", "http1"])
def test_no_command_prints_what_moves_a_terminal(tmp_path: Path, transport: str) -> None:
    """Neither crawls, on all levels of the log, nor tables, nor JSON; all of it is escaped."""
    options = as_options({"LOG_LEVEL": "DEBUG", "TRANSPORT": transport})
    with hostile_site() as site:
        settings = as_options({"SITE_URL": site.address, "OUTPUT_DIR": tmp_path})
        address = f"{site.address}{ARTICLE.path}"
        commands = {
            "news": crawl("news", site.address, tmp_path, *options),
            "stocks": crawl(
                "stocks", site.address, tmp_path, "-a", f"stocks={SHARE.page}", *options
            ),
            "runs": scrapy("runs", *settings),
            "reports": scrapy("runs", "--json", *settings),
            "show": scrapy("archive", "show", SHARE.page, *settings),
            "shown": scrapy("archive", "show", SHARE.page, "--json", *settings),
            "check": scrapy("archive", "check", *settings),
            "probe": scrapy("probe", "-v", address, *settings, "-s", "DOWNLOAD_DELAY=0"),
            "probed": scrapy("probe", address, "--json", *settings, "-s", "DOWNLOAD_DELAY=0"),
        }
    for name, done in commands.items():
        assert unseen(done.stdout + done.stderr) == set(), (name, done)
    for name in ("stocks", "reports", "show", "shown", "probe", "probed"):
        printed = commands[name].stdout + commands[name].stderr
        assert "\\x1b" in printed or "\\u001b" in printed, name
    for path in (*files(tmp_path, "articles"), *files(tmp_path, "quotes")):
        assert unseen(path.read_text("utf-8")) == set()
    headlines = [str(row["headline"]) for row in lines(tmp_path, "articles")]
    assert any("\x1b]0;title\x07\x1b[2J\x9b31m" in headline for headline in headlines), headlines
    assert not unseen(json.dumps(headlines))


@pytest.mark.parametrize("transport", ["http2", "http1"])
def test_what_a_page_says_is_logged_with_escapes(tmp_path: Path, transport: str) -> None:
    """In messages and in tracebacks."""
    modules = {"SPIDER_MODULES": "tests.support.telling_spider", "TRANSPORT": transport}
    with hostile_site() as site:
        done = crawl("telling", site.address, tmp_path, *as_options(modules))
    assert unseen(done.stderr) == set()
    assert "Headline Muster\\x1b]0;title" in done.stderr
    assert "ValueError: Muster\\x1b]0;title" in done.stderr
