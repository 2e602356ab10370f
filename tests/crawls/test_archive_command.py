"""``scrapy archive check`` of what whole crawls wrote."""

from pathlib import Path

from finnews.items import ITEM_CLASSES
from tests.support.crash_runs import OPTIONS
from tests.support.crawling import crawl, last_versions, lines, scrapy


def test_check_finds_no_problem_in_what_crawls_wrote(site: str, tmp_path: Path) -> None:
    """Every line is valid against its schema, and the index agrees with the lines."""
    for spider, options in OPTIONS.items():
        done = crawl(spider, site, tmp_path, *options)
        assert done.returncode == 0, done.stderr
    done = scrapy("archive", "check", "-s", f"OUTPUT_DIR={tmp_path}")
    kinds = [kind.collection for kind in ITEM_CLASSES]
    number = sum(len(lines(tmp_path, kind)) for kind in kinds)
    records = sum(len(last_versions(tmp_path, kind)) for kind in kinds if kind != "checkpoints")
    assert number > records > 100
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith(f"{tmp_path}: {number} lines, ")
    assert done.stdout.endswith("problems: none\n")
