"""What a crawl makes of refusals."""

import subprocess
from pathlib import Path

import pytest

from tests.support.crawling import crawl, last_versions, lines
from tests.support.scripted import WALLS, ScriptedSite, report, scripted_site, wall

EDGE = WALLS / "denied" / "403-edge.html"


def ended(site: ScriptedSite, output: Path, *options: str, spider: str = "news") -> str:
    """Crawl a site that refuses; return the log once its exit status is checked."""
    done: subprocess.CompletedProcess[str] = crawl(spider, site.address, output, *options)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("The site refuses") == 1
    return done.stderr


@pytest.mark.parametrize(
    "name", ["denied/403-edge.html", "consent/200-manager.html", "denied/200-json.json"]
)
def test_a_site_that_refuses_every_page_is_left_after_three(name: str, tmp_path: Path) -> None:
    """Exit status 3, one line that says what was seen; each page is a rejection, none is known."""
    answer = wall(WALLS / name)
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
    assert counts[f"finnews/refused/{name.partition('/')[0]}"] == 3


def test_nothing_that_was_read_is_lost(tmp_path: Path) -> None:
    """What came before the refusals is archived."""
    refusing = wall(EDGE)
    with scripted_site(
        lambda path, _: refusing if "/nachrichten/" in path or "/index/" in path else None
    ) as site:
        ended(site, tmp_path)
    assert len(last_versions(tmp_path, "articles")) == 6


def test_a_refusal_of_the_only_page_is_one(tmp_path: Path) -> None:
    """Where the site answered nothing else, fewer than three do."""
    refusing = wall(EDGE)
    with scripted_site(lambda path, _: refusing if path.startswith("/index/") else None) as site:
        log = ended(site, tmp_path, "-a", "index=dax", spider="stocks")
    assert "(1 in a row)" in log
    assert [row["reason"] for row in lines(tmp_path, "rejected")] == ["refused"]


def test_refused_suggestions_are_not_an_unknown_share(tmp_path: Path) -> None:
    """The site refuses (3); whether the number exists was never learned (not 2)."""
    refusing = wall(EDGE)
    with scripted_site(lambda path, _: refusing if path.startswith("/suggest/") else None) as site:
        log = ended(site, tmp_path, "-a", "stocks=DE0007164600", spider="stocks")
    assert "unknown" not in log
