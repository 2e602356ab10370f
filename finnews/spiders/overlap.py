"""What crawls at once on one archive do not do twice: the same run, the same page."""

from collections.abc import Mapping
from pathlib import Path

from scrapy import Request

from finnews.archive.named_locks import NamedLocks
from finnews.spiders.listed_pages import ListedPages


def run_lock(spider: str, arguments: Mapping[str, str]) -> str:
    """Return the name of the lock that a run holds: its spider, and its arguments in any order.

    ``scrapy crawl`` takes it before Scrapy starts, for the process; the spider takes it over.
    """
    return f"run {spider} {sorted(arguments.items())}"


def already_running(spider: str, directory: Path) -> str:
    """Return the line for a person who starts a run that is already running."""
    return f"{spider} is already running with these arguments on {directory}; nothing to do"


class Claims:
    """Which listed pages this run requests; other crawls at work on the archive leave them.

    A claim is acquired before the request. It is released when the page failed or led elsewhere;
    when its item has passed the pipelines and the next commit has archived it; and when the run
    ends.
    """

    def __init__(self, locks: NamedLocks, listed: ListedPages, owner: object) -> None:
        self.locks = locks
        self.listed = listed
        self.owner = owner
        self._processed: list[str] = []

    def acquire(self, request: Request) -> bool:
        """Return whether this run may request a page: no other crawl requests it now."""
        id_ = request.meta.get("listed_id")
        return id_ is None or self.locks.acquire(self._name(id_), self.owner)

    def is_archived_meanwhile(self, request: Request) -> bool:
        """Return whether another crawl has archived a listed page, as this one found it listed."""
        id_ = request.meta.get("listed_id")
        if id_ not in self.listed.before:
            return False
        if self.listed.archived_as_of(id_) == self.listed.before[id_]:
            return False
        return self.listed.is_as_listed(id_, self.listed.dates.get(id_))

    def settle(self) -> None:
        """Archive what was read, so that no crawl waits for this one while this one waits."""
        self.listed.archive.commit()

    def note_processed(self, id_: str) -> None:
        """Note that a page's item has passed the pipelines: the next commit archives it."""
        self._processed.append(id_)

    def release_processed(self) -> None:
        """Let other crawls have the pages whose items were committed."""
        while self._processed:
            self.release(self._processed.pop())

    def release(self, id_: str) -> None:
        """Let other crawls have a page."""
        self.locks.release(self._name(id_), self.owner)

    def _name(self, id_: str) -> str:
        return f"{self.listed.kind} {id_}"
