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

NOT_SENT: Final = "not_sent"
"""Key in the ``meta`` of a request that never had its turn, since the run ended before."""

_SLACK: Final = 60.0  # seconds by which clocks may be set between two turns of one boot
_LONG: Final = 60.0  # seconds of waiting that the log tells
_LOCK_TIMEOUT: Final = 5.0  # seconds; a turn takes much less than a millisecond
_LOOK: Final = 0.5  # seconds between two looks at whether the run is ending


class Pace:
    """The turns of a crawl's requests among those of the other crawls on the machine.

    Scrapy keeps the delay between the requests of one crawl, with its jitter; a turn keeps it to
    the last request of any other. With a ``DOWNLOAD_DELAY`` of 0 nothing waits.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.is_enabled = is_shared(crawler.settings)
        self.last_turn = 0.0

    async def turn(self, request: Request) -> None:
        """Wait until the request may be sent; raise `CrawlStopping` if the run ends before."""
        slot = slot_of(self.crawler, request)
        if not self.is_enabled or slot is None:
            return
        try:
            self.last_turn = await self._next_turn(request, slot)
        except (OSError, RuntimeError) as error:
            self.is_enabled = False
            logger.warning("Other crawls on this machine do not share the pace: %s", error)
            return
        if self.last_turn - time.monotonic() > _LONG:
            wait = self.last_turn - time.monotonic()
            logger.info("Waiting %.0f s, as other crawls on this machine do", wait)
        while (rest := self.last_turn - time.monotonic()) > 0:
            await self._sleep(min(rest, _LOOK), request)

    async def _next_turn(self, request: Request, slot: Slot) -> float:
        """Return the time of the request's turn, of which other crawls know from now on."""
        after_own, after_other = slot.delay * max(0.0, 1 - slot.jitter), slot.download_delay()
        path = pace_file(self.crawler.settings, request.url)
        longest = self.crawler.settings.getfloat("LONGEST_WAIT")
        deadline = time.monotonic() + _LOCK_TIMEOUT
        while True:
            try:
                return next_turn(
                    path, lambda last: after_own if last == self.last_turn else after_other, longest
                )
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"{path} is locked by another process") from None
            await self._sleep(_LOOK / 10, request)

    async def _sleep(self, seconds: float, request: Request) -> None:
        if is_stopping(self.crawler):
            request.meta[NOT_SENT] = True
            raise CrawlStopping("the run ends before the request's turn")
        await asyncio.sleep(seconds)


def is_shared(settings: BaseSettings) -> bool:
    """Return whether a crawl keeps a pace that others can share."""
    return settings.getfloat("DOWNLOAD_DELAY") > 0


def pace_file(settings: BaseSettings, url: str) -> Path:
    """Return the file in which the crawls of a site agree on their turns.

    Raises `OSError` or `RuntimeError` if there is no directory for it.
    """
    directory = Path(settings["PACE_DIR"] or tempfile.gettempdir()).expanduser()
    return directory / _file_name(url)


def postpone(settings: BaseSettings, url: str, seconds: float) -> None:
    """Let no crawl on this machine request a page of the site for so many seconds."""
    if is_shared(settings):
        with suppress(OSError, RuntimeError):  # the next turn tells why
            longest = settings.getfloat("LONGEST_WAIT")
            start = time.monotonic() + seconds
            next_turn(pace_file(settings, url), lambda last: start - last, longest)


def next_turn(path: Path, delay_after: Callable[[float], float], longest: float) -> float:
    """Return when the next request may be sent, and take that turn.

    It is so many seconds after the last one as `delay_after` gives for that. Times are those of
    `time.monotonic`, which all processes of a machine share. A last turn that is more than
    `longest` seconds away, or from before the machine was started, does not count.

    Raises `BlockingIOError` if another process takes a turn, and other `OSError`.
    """
    descriptor = _opened(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        now = time.monotonic()
        last = _last_turn(os.pread(descriptor, 64, 0))
        turn = now if last > now + longest + _SLACK else max(now, last + delay_after(last))
        turn = round(turn, 6)
        os.pwrite(descriptor, f"{turn:.6f} {_boot():.0f}\n".encode().ljust(63), 0)
        return turn
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    """Open a file that all users of the machine share; of a link, what it leads to is not."""
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    try:
        return os.open(path, flags)
    except FileNotFoundError:
        descriptor = os.open(path, flags | os.O_CREAT, 0o666)
    with suppress(PermissionError):  # another user has made it meanwhile
        os.fchmod(descriptor, 0o666)  # whatever the umask
    return descriptor


def _last_turn(raw: bytes) -> float:
    """Return the turn that a file has; 0 if it has none of this boot."""
    try:
        turn, boot = map(float, raw.split(b"\n")[0].split())
    except ValueError:
        return 0.0
    return turn if abs(boot - _boot()) <= _SLACK else 0.0


def _boot() -> float:
    """Return when the machine was started, in seconds since 1970, by its clock as it is now."""
    return time.time() - time.monotonic()


def _file_name(url: str) -> str:
    """Return the name of the file for a site.

    >>> _file_name("https://www.finanzen.net/news"), _file_name("http://127.0.0.1:8021/")
    ('finnews-pace-finanzen.net', 'finnews-pace-127.0.0.1-8021')
    """
    host = urlsplit(url).netloc.rpartition("@")[2].lower().removeprefix("www.")
    return f"finnews-pace-{host.replace(':', '-').replace('/', '-')}"
