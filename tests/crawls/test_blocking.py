"""What a crawl makes of refusals."""

import subprocess
from pathlib import Path

import pytest

from tests.support.crawling import crawl, last_versions, lines
from tests.support.scripted import (
    BLOCK_PAGES,
    ScriptedSite,
    block_page,
    from_the_fourth_article,
    report,
    scripted_site,
)

EDGE = BLOCK_PAGES / "denied_403-edge.html"


def ended(site: ScriptedSite, output: Path, *options: str, spider: str = "news") -> str:
    """Crawl a site that refuses; return the log once its exit status is checked."""
    done: subprocess.CompletedProcess[str] = crawl(spider, site.address, output, *options)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("The site refuses") == 1
    return done.stderr


@pytest.mark.parametrize(
    "name", ["denied_403-edge.html", "consent_200-manager.html", "denied_200-json.json"]
)
def test_three_refusals_in_a_row_end_the_run(name: str, tmp_path: Path) -> None:
    """The exit status is 3, one line says what was seen, and each page is a rejection."""
    answer = block_page(BLOCK_PAGES / name)
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
    assert counts[f"finnews/refused/{name.partition('_')[0]}"] == 3


def test_items_read_before_refusals_are_archived(tmp_path: Path) -> None:
    """What came before the refusals is kept."""
    with scripted_site(from_the_fourth_article(block_page(EDGE))) as site:
        ended(site, tmp_path)
    assert len(last_versions(tmp_path, "articles")) == 3


def test_a_refusal_of_the_only_page_ends_the_run(tmp_path: Path) -> None:
    """If the site answered nothing else, fewer than three refusals are enough."""
    refusing = block_page(EDGE)
    with scripted_site(lambda path, _: refusing if path.startswith("/index/") else None) as site:
        log = ended(site, tmp_path, "-a", "index=dax", spider="stocks")
    assert "(1 in a row)" in log
    assert [row["reason"] for row in lines(tmp_path, "rejected")] == ["refused"]


def test_refused_suggestions_are_not_an_unknown_share(tmp_path: Path) -> None:
    """The exit status is 3, not 2: whether the number exists was never learned."""
    refusing = block_page(EDGE)
    with scripted_site(lambda path, _: refusing if path.startswith("/suggest/") else None) as site:
        log = ended(site, tmp_path, "-a", "stocks=DE0007164600", spider="stocks")
    assert "unknown" not in log
