"""A disk that fails, for ``-s SPIDER_MODULES=tests.support.failing_disk``.

The setting ``FAILING`` has the name of a call, the error, at which of its calls it comes first,
and ``once`` or ``on``: ``fsync EIO 3 once``. A ``checkpoint`` is what a run saves last.
"""

import errno
import os
import sqlite3
from collections.abc import Callable
from typing import Any, Final, Self

from scrapy.crawler import Crawler

from finnews.archive import store
from finnews.archive.index import Index
from finnews.items import Checkpoint
from finnews.spiders.news import NewsSpider

CALLS: Final[dict[str, tuple[Any, str]]] = {
    "write": (os, "write"),
    "fsync": (os, "fsync"),
    "ftruncate": (os, "ftruncate"),
    "index": (Index, "put"),
    "checkpoint": (store, "append"),
    "read": (store, "line_at"),
    "look": (Index, "location"),
}


class FailingSpider(NewsSpider):
    """Reads news while its disk fails."""

    name = "news"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        for words in crawler.settings["FAILING"].split(","):
            name, error, first, times = words.split()
            owner, call = CALLS[name]
            file = Checkpoint.collection if name == "checkpoint" else None
            is_once = times == "once"
            failing = _failing(getattr(owner, call), error, int(first), file, is_once=is_once)
            setattr(owner, call, failing)
        return super().from_crawler(crawler, *args, **kwargs)


def _failing(
    call: Callable[..., Any], error: str, first: int, file: str | None, *, is_once: bool
) -> Callable[..., Any]:
    calls = 0

    def failing(*args: Any) -> Any:
        nonlocal calls
        calls += file is None or args[0].stem == file
        if calls < first or (is_once and calls > first):
            return call(*args)
        if error == "SQLITE_IOERR":
            raise sqlite3.OperationalError("disk I/O error")
        number = getattr(errno, error)
        raise OSError(number, os.strerror(number))

    return failing
