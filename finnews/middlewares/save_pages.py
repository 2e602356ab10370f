"""Keeps what a run requests and receives as WARC files, which a later reader can read again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Response
from scrapy.settings import BaseSettings

from finnews import __version__
from finnews.archive.layout import PAGES
from finnews.archive.lines import make_folder
from finnews.middlewares.stop import CrawlStopping, stop
from finnews.outcome import FinishReason, WrongUsage
from finnews.output_dir import output_dir
from finnews.saved.mending import mend
from finnews.saved.records import SPECIFICATION, Exchange, HttpHeaders
from finnews.saved.writing import WarcWriter

_NOT_RECEIVED: Final = frozenset({"cached", "dataloss", "download_stopped"})
"""Scrapy's flags of a response that comes from its cache, or did not come whole."""

_OF_THE_PROXY: Final = b"Proxy-Authorization"


class SavePagesMiddleware:
    """Writes each exchange with the site under ``pages/``: pages, redirects, refusals, robots.txt.

    It is next to the downloader, where bodies are as they came. What comes from Scrapy's cache was
    not received now, and is not written, nor is what did not come whole. If a page cannot be
    written, it is not read either, and the run ends.
    """

    def __init__(self, crawler: Crawler, writer: WarcWriter) -> None:
        self.crawler = crawler
        self.writer = writer
        self.has_failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not saves_pages(crawler.settings):
            raise NotConfigured
        name = _run_name(crawler)
        folder = output_dir(crawler.settings) / PAGES
        saver = cls(crawler, WarcWriter(folder, name, _warcinfo(crawler.settings, name)))
        with saver._ending_run():
            make_folder(folder)
            mend(folder)
        crawler.signals.connect(saver.close, signals.spider_closed)
        return saver

    def process_response(self, request: Request, response: Response) -> Response:
        received = datetime.now(UTC)
        request.meta["came_at"] = received.isoformat(timespec="seconds")
        if response.protocol and not _NOT_RECEIVED.intersection(response.flags):
            self._save(_exchange(request, response, received))
        return response

    def close(self) -> None:
        """Close the file at the end of the run."""
        with self._ending_run():
            self.writer.close()

    def _save(self, exchange: Exchange) -> None:
        """Write an exchange; raise `CrawlStopping` if that fails, or has failed before."""
        if not self.has_failed:
            with self._ending_run():
                self.writer.add(exchange)
        if self.has_failed:
            raise CrawlStopping("the page could not be saved")

    @contextmanager
    def _ending_run(self) -> Iterator[None]:
        """End the run if a page cannot be written."""
        try:
            yield
        except OSError as error:
            message = "Saving pages failed: %s: %s; the next run requests again what was not read"
            if not self.has_failed:
                self.has_failed = True
                stop(self.crawler, FinishReason.ARCHIVE, message, self.writer.folder, error)


def saves_pages(settings: BaseSettings) -> bool:
    """Return whether the setting ``SAVE_PAGES`` is on; raise `WrongUsage` for an unknown format.

    >>> saves_pages(BaseSettings({"SAVE_PAGES": "warc"})), saves_pages(BaseSettings())
    (True, False)
    """
    name = str(settings["SAVE_PAGES"] or "").strip()
    if name not in ("", "warc"):
        raise WrongUsage(f"SAVE_PAGES={name}: expected warc")
    return bool(name)


def _run_name(crawler: Crawler) -> str:
    """Return how the name of the run's report begins: ``20261123T212405Z-news``."""
    now = datetime.now(UTC).isoformat()
    started = datetime.fromisoformat(crawler.stats.get_value("finnews/started", now))
    return f"{started:%Y%m%dT%H%M%SZ}-{crawler.spidercls.name}"


def _warcinfo(settings: BaseSettings, name: str) -> dict[str, str]:
    return {
        "software": f"finnews/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": SPECIFICATION,
        "isPartOf": f"{name}-{os.getpid()}",
        "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
        "http-header-user-agent": settings["USER_AGENT"],
    }


def _exchange(request: Request, response: Response, received: datetime) -> Exchange:
    sent = [pair for pair in _pairs(request.headers) if pair[0] != _OF_THE_PROXY]
    return Exchange(
        url=request.url,
        received=received,
        method=request.method,
        request_headers=sent,
        request_body=request.body,
        status=response.status,
        headers=_pairs(response.headers),
        body=response.body,
        protocol=response.protocol or "",
        address=str(response.ip_address) if response.ip_address else None,
    )


def _pairs(headers: Headers) -> HttpHeaders:
    return [(name, value) for name, values in headers.items() for value in values]
