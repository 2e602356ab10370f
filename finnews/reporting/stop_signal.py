"""Which signal has stopped the runs of this process."""

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Final, Self

from scrapy import signals
from scrapy.crawler import Crawler, CrawlerProcessBase

from finnews.outcome import FinishReason
from finnews.scrapy_internals import set_signal_handler, signal_handler

Handler = Callable[[int, FrameType | None], Any]

REASONS: Final[dict[int, FinishReason]] = {
    signal.SIGINT: FinishReason.SIGINT,
    signal.SIGTERM: FinishReason.SIGTERM,
}

_received: list[FinishReason] = []


class StopSignal:
    """Notes SIGINT and SIGTERM from the start of a crawl; Scrapy's handlers end it as ever."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        stop_signal = cls()
        crawler.signals.connect(stop_signal.listen, signals.engine_started)
        return stop_signal

    def listen(self) -> None:
        """Note signals before Scrapy's handlers get them, which are installed by now."""
        if threading.current_thread() is not threading.main_thread():
            return  # no other thread gets signals
        for number in REASONS:
            handler = signal.getsignal(number)
            if callable(handler):
                signal.signal(number, _noting(handler))


def listen_early(process: CrawlerProcessBase) -> None:
    """Note signals from the moment on when a process that is not started yet handles them."""
    set_signal_handler(process, _noting(signal_handler(process)))


def received() -> FinishReason | None:
    """Return why this process ends if a signal has come; of two, for the first."""
    return _received[0] if _received else None


def _noting(handler: Handler) -> Handler:
    def note(number: int, frame: FrameType | None) -> None:
        if number in REASONS:
            _received.append(REASONS[number])
        handler(number, frame)

    return note
