"""Pages that take too much time or memory among good ones."""

from pathlib import Path

import pytest

from samplesite.content.truth import truth
from tests.support.crawling import as_options, crawl, differences, last_versions, lines
from tests.support.scripted import report
from tests.support.sites import SITE

HUNG = SITE.articles[3]


def hanging(site: str, output: Path, way: str, **settings: object) -> tuple[int, str]:
    """Crawl news with an article that hangs, and return the exit status and the log."""
    modules = {"SPIDER_MODULES": "tests.support.hanging_pages", "READING_TIMEOUT": 1}
    modules["HANGING"] = f"{HUNG.path} {way}"
    done = crawl("hanging", site, output, *as_options(modules | settings))
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("way", "reason", "limit"),
    [
        ("in_python", "reading-timeout", {}),
        ("in_a_pattern", "reading-timeout", {}),
        ("in_memory", "reading-memory", {"READING_TIMEOUT": 60}),
    ],
)
def test_a_page_that_takes_too_much_is_a_rejection(
    site: str, tmp_path: Path, way: str, reason: str, limit: dict[str, object]
) -> None:
    """The crawl goes on, and the next run reads the page if it can be read by then."""
    status, log = hanging(site, tmp_path, way, **limit)
    assert (status, "Traceback" in log) == (1, False), log
    rejected = [(row["reason"], row["url"]) for row in lines(tmp_path, "rejected")]
    assert rejected == [(reason, f"{site}{HUNG.path}")]
    assert report(tmp_path)["rejected"] == {reason: 1}
    assert not list(tmp_path.glob("reading-*"))
    assert len(last_versions(tmp_path, "articles")) == len(SITE.articles) - 1
    assert crawl("news", site, tmp_path).returncode == 0
    assert differences(tmp_path, truth(SITE, site, ["news"])) == []


def test_a_page_that_cannot_be_ended_ends_the_process_once(site: str, tmp_path: Path) -> None:
    """It says where the reading was. The next runs leave the page out until its note is deleted."""
    status, log = hanging(site, tmp_path, "in_c")
    assert status == -26, log
    assert "in in_c" in log
    (note,) = tmp_path.glob("reading-*.txt")
    status, log = hanging(site, tmp_path, "in_c")
    assert status == 1, log
    assert f"{site}{HUNG.path} is left out for up to seven days" in log
    rejected = [(row["reason"], row["url"]) for row in lines(tmp_path, "rejected")]
    assert rejected == [("reading-skipped", f"{site}{HUNG.path}")]
    assert len(last_versions(tmp_path, "articles")) == len(SITE.articles) - 1
    note.unlink()
    assert crawl("news", site, tmp_path).returncode == 0
    assert differences(tmp_path, truth(SITE, site, ["news"])) == []
