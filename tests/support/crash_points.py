"""``python -m tests.support.crash_points write 3 0.5 9 crawl news …``: a crawl killed in a commit.

The process gets a signal, SIGKILL or one that stops it, at the given moment of the given number of
such moments: when a share of some lines is written, before or after they are synced, before or
after the index is told. It commits ten times a second, so that there are many of them. At the
moment `never` it goes on.
"""

import os
import sys
from collections.abc import Callable
from typing import Any

from scrapy.cmdline import execute

import finnews.archive.lines
import finnews.archive.store
from finnews.archive.index import Index

MOMENTS = ("write", "sync", "synced", "tell", "told")
COMMIT_AFTER = 0.1


class Killed:
    """Stands for the module `os` in ``finnews.archive.lines``, and ends the process at a moment."""

    def __init__(self, moment: str, number: int, share: float, stop: int) -> None:
        self.moment = moment
        self.number = number
        self.share = share
        self.stop = stop

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def write(self, descriptor: int, content: memoryview) -> int:
        """Write only a share of the content, if it is the moment."""
        if self.is_now("write"):
            os.write(descriptor, content[: int(self.share * len(content))])
            self.end()
        return os.write(descriptor, content)

    def fsync(self, descriptor: int) -> None:
        """Sync a file."""
        self.passes("sync")
        os.fsync(descriptor)
        self.passes("synced")

    def passes(self, moment: str) -> None:
        """Pass a moment, or end there."""
        if self.is_now(moment):
            self.end()

    def end(self) -> None:
        """Send the signal, once."""
        self.moment = "never"
        os.kill(os.getpid(), self.stop)

    def is_now(self, moment: str) -> bool:
        """Count a moment, and return whether it is the last one."""
        self.number -= moment == self.moment
        return moment == self.moment and self.number <= 0

    def telling(self, leave: Callable[..., None]) -> Callable[..., None]:
        """Return the end of an index's change, with a moment before and after."""

        def leave_counted(index: Index, *error: Any) -> None:
            self.passes("tell")
            leave(index, *error)
            self.passes("told")

        return leave_counted


if __name__ == "__main__":
    killed = Killed(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
    vars(finnews.archive.lines)["os"] = killed
    finnews.archive.store.COMMIT_AFTER = COMMIT_AFTER
    Index.__exit__ = killed.telling(Index.__exit__)  # type: ignore[method-assign]
    execute(["scrapy", *sys.argv[5:]])
