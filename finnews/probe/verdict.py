"""What a probe came to, in one line."""

from collections.abc import Iterable, Iterator

from finnews.outcome import ExitStatus
from finnews.probe.reading import PageRead

_REJECTED = "rejected: "


def verdict(pages: Iterable[PageRead]) -> str:
    """Return how many pages were read, and what is wrong with how many.

    >>> verdict([PageRead("https://www.finanzen.net/rss/news", "feed", links=25)])
    'probe: 1 page read, all fields found'
    >>> verdict([])
    'probe: no page read'
    """
    pages = list(pages)
    read = [page for page in pages if _is_read(page)]
    parts = [_number(len(read), "page read", "pages read"), *_faults(read), *_unread(pages)]
    if len(parts) == 1 and read:
        parts.append("all fields found")
    doubts = sum(doubt.values for page in pages for doubt in page.doubts)
    if doubts:
        parts.append(_number(doubts, "value in doubt", "values in doubt"))
    return f"probe: {', '.join(parts)}"


def _is_read(page: PageRead) -> bool:
    return page.type is not None and bool(page.kinds or page.links or not page.problems)


def _faults(read: list[PageRead]) -> Iterator[str]:
    lacking = [sum(len(kind.missing) for kind in page.kinds) for page in read]
    number = sum(lacking)
    if number:
        on = _number(sum(map(bool, lacking)), "page", "pages")
        yield f"{_number(number, 'field', 'fields')} missing on {on}"
    rejected = sum(problem.startswith(_REJECTED) for page in read for problem in page.problems)
    if rejected:
        yield _number(rejected, "item rejected", "items rejected")
    others = sum(map(_is_otherwise_wrong, read))
    if others:
        yield _number(others, "page with a problem", "pages with problems")


def _is_otherwise_wrong(page: PageRead) -> bool:
    """Return whether a page has a problem that is neither a missing field nor a rejection."""
    missing = sum(bool(kind.missing) for kind in page.kinds)
    rejected = sum(problem.startswith(_REJECTED) for problem in page.problems)
    return len(page.problems) > missing + rejected


def _unread(pages: list[PageRead]) -> Iterator[str]:
    words = {ExitStatus.REFUSED: "refused", ExitStatus.ERRORS: "not fetched"}
    for status in (ExitStatus.REFUSED, ExitStatus.ERRORS, ExitStatus.UNUSUAL):
        number = sum(page.status == status and not _is_read(page) for page in pages)
        if number:
            yield f"{_number(number, 'page', 'pages')} {words.get(status, 'not read')}"


def _number(number: int, one: str, several: str) -> str:
    return f"{number or 'no'} {several if number > 1 else one}"
