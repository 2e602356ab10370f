"""Whether an archive has everything that was to be archived."""

from pathlib import Path

from finnews.archive import Archive
from tests.support.archive_items import as_archived, pages
from tests.support.crawling import last_versions, lines

PAGES = 120


def is_whole(directory: Path, last: int = PAGES) -> None:
    """Check that all pages are there, each record once, and that index and lines agree."""
    assert len(lines(directory, "articles")) == len(last_versions(directory, "articles")) == last
    assert len(lines(directory, "quotes")) == len(last_versions(directory, "quotes")) == 2 * last
    with Archive(directory) as archive:
        for items in pages(1, last + 1):
            for item in items:
                assert archive.find(type(item), item.keys[0]) == as_archived(item)
