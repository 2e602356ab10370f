"""Scrapy's feed exporter, with one file a kind, and one line where a feed cannot be written."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter, FeedSlot

from finnews.feeds.kinds import OfKind, columns_of, is_by_kind, kinds_of, uri_of
from finnews.items import Item
from finnews.middlewares.stop import is_stopping, stop
from finnews.outcome import FinishReason
from finnews.streams import drop

logger = logging.getLogger(__name__)

_SCRAPYS = logging.getLogger("scrapy.extensions.feedexport")


class Feeds(FeedExporter):
    """Ends the run if a feed fails; the archive and the other feeds have all that was read."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        main = getattr(crawler.spidercls, "main_kind", None)
        for uri, options in list(self.feeds.items()):
            if main is not None and is_by_kind(uri, options):
                self._split(uri, options, main)
        _SCRAPYS.addFilter(self._in_one_line)

    def _split(self, uri: str, options: dict[str, Any], main: type[Item]) -> None:
        """Put a feed for each kind in the place of one; only the first is there without items."""
        inner = self.filters.pop(uri)
        del self.feeds[uri]
        is_first = True
        for kind in kinds_of(options, main):
            of_kind = uri_of(uri, kind, is_first=is_first)
            if of_kind is not None:
                fields = options["fields"] or columns_of(kind)
                store_empty = options["store_empty"] and is_first
                self.feeds[of_kind] = options | {"fields": fields, "store_empty": store_empty}
                self.filters[of_kind] = OfKind(kind, inner)
            is_first = False

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Write an item to each feed, and flush it, so that a failure is known at once."""
        slots, self.slots = self.slots, []
        written: list[FeedSlot] = []
        for slot in slots:
            self.slots = [slot]
            with self._ending_run(slot):
                super().item_scraped(item, spider)
                if slot.file is not None:
                    slot.file.flush()
                written += self.slots
        self.slots = written

    async def close_spider(self, spider: Spider) -> None:
        """Open what has got no item but is to be there, and close all."""
        for slot in list(self.slots):
            if not slot.itemcount and slot.store_empty and slot.batch_id == 1:
                with self._ending_run(slot):
                    slot.start_exporting()
                    continue
                self.slots.remove(slot)
        await super().close_spider(spider)
        _SCRAPYS.removeFilter(self._in_one_line)

    @contextmanager
    def _ending_run(self, slot: FeedSlot) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            _close(slot)
            stop(self.crawler, FinishReason.CLOSED_PIPE, "Nobody reads %s any more", slot.uri)
        except (OSError, ValueError, TypeError, LookupError) as error:
            _close(slot)
            self._fail(f"Feed {slot.uri} cannot be written: {error}")

    def _fail(self, message: str) -> None:
        """End the run, and say why, even if it ends already."""
        if is_stopping(self.crawler):
            logger.error("%s", message)
        else:
            stop(self.crawler, FinishReason.FEED, "%s; what was read is archived", message)

    def _in_one_line(self, record: logging.LogRecord) -> bool:
        """Say in one line, without its traceback, what Scrapy could not store."""
        if not record.exc_info or getattr(record, "spider", None) is not self.crawler.spider:
            return True
        self._fail(f"{record.getMessage()}: {record.exc_info[1]}")
        return False


def _close(slot: FeedSlot) -> None:
    """Close a file that cannot be written; of stdout, let nothing more be written."""
    if slot.file is sys.stdout.buffer:
        drop(sys.stdout.fileno())
    elif slot.file is not None:
        with suppress(OSError):
            slot.file.close()
