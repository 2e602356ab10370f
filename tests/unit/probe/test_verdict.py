"""The last line of a probe."""

from finnews.outcome import ExitStatus
from finnews.probe.reading import KindRead, PageRead
from finnews.probe.verdict import verdict

ADDRESS = "https://www.finanzen.net/rss/news"


def page(*problems: str, missing: tuple[str, ...] = (), status: int = 4) -> PageRead:
    """Return a page that was read, with problems."""
    kinds = [KindRead("article", 1, list(missing), [])]
    return PageRead(ADDRESS, "article", list(problems), kinds=kinds, status=ExitStatus(status))


def test_a_verdict_counts_each_fault() -> None:
    """Fields, items, pages; each page once."""
    pages = [
        page(status=0),
        page("article without id, headline", missing=("id", "headline")),
        page("rejected: no-text", "rejected: no-text"),
        page("reading-timeout"),
        PageRead(ADDRESS, "feed", ["status-500"], status=ExitStatus.ERRORS),
        PageRead(ADDRESS, "feed", ["refused"], status=ExitStatus.REFUSED),
        PageRead(ADDRESS, None, ["no page type"], status=ExitStatus.UNUSUAL),
    ]
    assert verdict(pages) == (
        "probe: 4 pages read, 2 fields missing on 1 page, 2 items rejected, "
        "1 page with a problem, 1 page refused, 1 page not fetched, 1 page not read"
    )


def test_the_same_address_twice_is_two_pages() -> None:
    """Two saved pages can have one."""
    pages = [page("article without id", missing=("id",)) for _ in range(2)]
    assert verdict(pages) == "probe: 2 pages read, 2 fields missing on 2 pages"
