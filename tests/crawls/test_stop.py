"""How a run is ended: from any component, at any moment, for the first reason that is given."""

import ast
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Self

import pytest
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.utils.test import get_crawler

import finnews
from finnews.items import Item
from finnews.middlewares.stop import is_stopping, stop
from finnews.outcome import ExitStatus, FinishReason, status_of
from finnews.pages.base import Page
from finnews.spiders.news import NewsSpider
from tests.support.crawling import as_options, crawl, sample_site

PACKAGE = Path(finnews.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
STOP = PACKAGE / "middlewares" / "stop.py"
OUTCOME = PACKAGE / "outcome.py"
OTHER_MEANINGS = {FinishReason.LIMIT, FinishReason.REFUSED, FinishReason.ARCHIVE}
"""Words that are also an argument's name, a rejection's reason, a folder's name."""

SIGNALS = {
    "opened": signals.spider_opened,
    "started": signals.engine_started,
    "response": signals.response_received,
    "item": signals.item_scraped,
    "idle": signals.spider_idle,
}
MOMENTS = ("setup", "start", "callback", *SIGNALS)


class StoppingSpider(NewsSpider):
    """Ends its run at the moment ``STOP_AT``, and gives two more reasons at once."""

    name = "stopping"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.moment = crawler.settings["STOP_AT"]
        if spider.moment in SIGNALS:
            crawler.signals.connect(spider.stop_now, SIGNALS[spider.moment])
        elif spider.moment == "setup":
            spider.stop_now()
        return spider

    moment: str

    async def start(self) -> AsyncIterator[Request]:
        if self.moment == "start":
            self.stop_now()
            return
        async for request in super().start():
            yield request

    def follow(self, page: Page, address: str) -> Iterator[Item | Request]:
        if self.moment == "callback":
            self.stop_now()
            return
        yield from super().follow(page, address)

    def stop_now(self) -> None:
        """End the run for three reasons."""
        stop(self.crawler, FinishReason.REFUSED, "The %s reason", "first")
        stop(self.crawler, FinishReason.FORBIDDEN, "The %s reason", "second")
        stop(self.crawler, FinishReason.ARCHIVE, "The %s reason", "critical")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A sample site with few articles."""
    with sample_site("--articles", "5") as address:
        yield address


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_ends_for_its_first_reason(moment: str, site: str, tmp_path: Path) -> None:
    """Before the engine runs, in start(), in a callback, in a signal handler."""
    options = as_options({"SPIDER_MODULES": __name__, "STOP_AT": moment})
    done = crawl("stopping", site, tmp_path, *options)
    assert done.returncode == ExitStatus.REFUSED, done.stderr
    assert done.stderr.count("Spider closed (refused)") == 1
    assert "Traceback" not in done.stderr
    assert [done.stderr.count(f"The {nth} reason") for nth in ("first", "second")] == [1, 0]
    assert "CRITICAL: The critical reason" in done.stderr
    (path,) = (tmp_path / "runs").iterdir()
    report = json.loads(path.read_text())
    assert (report["finish_reason"], report["status"]) == ("refused", 3)
    if moment in ("setup", "opened", "started", "start"):
        assert report["requests"] == {}


def test_a_run_that_is_set_up_can_be_stopped_once(caplog: pytest.LogCaptureFixture) -> None:
    """It has no engine yet; other runs of the process go on."""
    caplog.set_level("INFO", stop.__module__)
    crawler, other = get_crawler(), get_crawler()
    assert not is_stopping(crawler)
    stop(crawler, FinishReason.LIMIT, "enough")
    stop(crawler, FinishReason.REFUSED, "too late")
    assert is_stopping(crawler)
    assert not is_stopping(other)
    logged = [(record.name, record.levelname, record.message) for record in caplog.records]
    assert [rest for name, *rest in logged if name == stop.__module__] == [["INFO", "enough"]]


def test_a_reason_says_the_exit_status() -> None:
    """Whole are the runs that did what they were asked to do; what is unknown is an error."""
    assert {reason for reason in FinishReason if reason.is_whole} == {"finished", "limit"}
    assert {reason for reason in FinishReason if reason.status == 2} == {
        "unknown-stock",
        "unknown-index",
        "unknown-section",
    }
    assert {reason for reason in FinishReason if reason.status == 3} == {"refused", "forbidden"}
    assert status_of("shutdown") == status_of("of-an-extension") == ExitStatus.ERRORS


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_else_ends_a_run(path: Path) -> None:
    """No CloseSpider, no engine that is told to close, no finish reason as a literal."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {name for node in ast.walk(tree) for name in _names(node)}
    assert path == STOP or not names & {"CloseSpider", "close_spider_async", "stop_async"}
    reasons = set(FinishReason) - OTHER_MEANINGS
    assert (
        path == OUTCOME or not {text for node in ast.walk(tree) for text in _texts(node)} & reasons
    )
    compared = [node for node in ast.walk(tree) if "reason" in _subject(node)]
    texts = {text for node in compared for part in ast.walk(node) for text in _texts(part)}
    assert not texts & set(FinishReason)


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.alias):
        yield node.name


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _subject(node: ast.AST) -> str:
    """Return what a comparison compares, or what a keyword argument is for."""
    if isinstance(node, ast.Compare):
        return ast.unparse(node.left)
    return (node.arg or "") if isinstance(node, ast.keyword) else ""
