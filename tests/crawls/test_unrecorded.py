"""Scrapy's own commands leave no run, archive or folder behind."""

from pathlib import Path

import pytest

from tests.support.crawling import as_options, scrapy

COMMANDS = {
    "parse {site}/rss/news --spider news": "Requests",
    "parse {site}/rss/news --spider news --pipelines --depth 2 -a limit=1": "Requests",
    "parse {site}/analysen --spider ratings -a since=2026-01-01": "Requests",
    "fetch {site}/rss/news --spider news": "<rss",
    "fetch {site}/rss/news": "<rss",
    "shell {site}/rss/news --spider news -c response.status": "200",
    "check": "Ran 0 contracts",
    "bench -s CLOSESPIDER_TIMEOUT=1": "Spider closed (closespider_timeout)",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_look_at_a_page_leaves_nothing(command: str, site: str, tmp_path: Path) -> None:
    """They end as Scrapy's do."""
    output = tmp_path / "output"
    settings = as_options({"SITE_URL": site, "OUTPUT_DIR": output, "DOWNLOAD_DELAY": 0})
    done = scrapy(*command.format(site=site).split(), *settings)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert COMMANDS[command] in done.stdout + done.stderr
    assert not output.exists()


@pytest.mark.parametrize("command", ["parse {site}/rss/news", "fetch {site}/rss/news", "shell"])
@pytest.mark.parametrize("spider", ["stocks", "no-such-spider"])
def test_a_spider_that_cannot_start_is_one_line(command: str, spider: str, site: str) -> None:
    """The exit status is 2."""
    done = scrapy(*command.format(site=site).split(), "--spider", spider)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
