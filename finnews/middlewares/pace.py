"""One pace for all crawls of a site on this machine: each request waits for its turn."""

import asyncio
import fcntl
import logging
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from finnews.middlewares.stop import CrawlStopping, is_stopping
from finnews.scrapy_internals import Slot, slot_of

logger = logging.getLogger(__name__)

_LONGEST_PLAUSIBLE: Final = 3600.0  # seconds; a later turn is from before the machine was restarted
_LOOK: Final = 0.5  # seconds between two looks at whether the run is ending


class Pace:
    """The turns of a crawl's requests among those of the other crawls on the machine.

    Scrapy keeps the delay between the requests of one crawl, with its jitter; a turn keeps it to
    the last request of any other. With a ``DOWNLOAD_DELAY`` of 0 nothing waits.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.is_enabled = crawler.settings.getfloat("DOWNLOAD_DELAY") > 0
        self.last_turn = 0.0

    async def turn(self, request: Request) -> None:
        """Wait until the request may be sent; raise `CrawlStopping` if the run ends before."""
        slot = slot_of(self.crawler, request)
        if not self.is_enabled or slot is None:
            return
        try:
            turn = self.last_turn = self._next_turn(request, slot)
        except OSError as error:
            self.is_enabled = False
            logger.warning("Other crawls on this machine do not share the pace: %s", error)
            return
        while (rest := turn - time.monotonic()) > 0:
            if is_stopping(self.crawler):
                raise CrawlStopping("the run ends before the request's turn")
            await asyncio.sleep(min(rest, _LOOK))

    def _next_turn(self, request: Request, slot: Slot) -> float:
        """Return the time of the request's turn, of which other crawls know from now on."""
        shortest = slot.delay * max(0.0, 1 - slot.jitter)
        after_own, after_other = shortest, slot.download_delay()
        path = pace_dir(self.crawler.settings) / _file_name(request.url)
        return next_turn(path, lambda last: after_own if last == self.last_turn else after_other)


def pace_dir(settings: BaseSettings) -> Path:
    """Return the directory of the files in which crawls agree on their turns."""
    return Path(settings["PACE_DIR"] or tempfile.gettempdir()).expanduser()


def next_turn(path: Path, delay_after: Callable[[float], float]) -> float:
    """Return when the next request may be sent, and take that turn.

    It is so many seconds after the last one as `delay_after` gives for that. Times are those of
    `time.monotonic`, which all processes of a machine share. Raises `OSError`.
    """
    descriptor = _opened(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        now = time.monotonic()
        last = _seconds(os.pread(descriptor, 64, 0))
        turn = now if last > now + _LONGEST_PLAUSIBLE else max(now, last + delay_after(last))
        turn = round(turn, 6)
        os.pwrite(descriptor, f"{turn:.6f}\n".encode(), 0)
        return turn
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    """Open a file that all users of the machine share; of a link, what it leads to is not."""
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        return os.open(path, flags)
    except FileNotFoundError:
        descriptor = os.open(path, flags | os.O_CREAT, 0o666)
    with suppress(PermissionError):  # another user has made it meanwhile
        os.fchmod(descriptor, 0o666)  # whatever the umask
    return descriptor


def _seconds(raw: bytes) -> float:
    try:
        return float(raw.split(b"\n")[0])
    except ValueError:
        return 0.0


def _file_name(url: str) -> str:
    """Return the name of the file for a site.

    >>> _file_name("https://www.finanzen.net/news"), _file_name("http://127.0.0.1:8021/")
    ('finnews-pace-finanzen.net', 'finnews-pace-127.0.0.1-8021')
    """
    host = urlsplit(url).netloc.rpartition("@")[2].lower().removeprefix("www.")
    return f"finnews-pace-{host.replace(':', '-').replace('/', '-')}"
