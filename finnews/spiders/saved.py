"""``scrapy crawl saved -a files=…``: the pages in WARC files, folders and Scrapy's HTTP cache."""

import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from functools import cached_property, partial
from pathlib import Path
from typing import Any, ClassVar, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call, run_in_thread, sleep

from finnews.archive.store import COMMIT_AFTER
from finnews.items import Article, Item, Rating
from finnews.middlewares.repeated import Repeats
from finnews.middlewares.stop import is_stopping, stop
from finnews.outcome import FinishReason, WrongUsage
from finnews.pages import is_authoritative
from finnews.reporting.item_stats import ItemStatsMiddleware
from finnews.saved.answers import Unreadable
from finnews.saved.batches import Orders
from finnews.saved.readers import of_run
from finnews.saved.reading import REFUSED, Part, Reader, Reading
from finnews.saved.sources import Source, paths, sources
from finnews.scrapy_internals import let_scraper_close
from finnews.spiders.arguments import address, positive, scheduler
from finnews.spiders.base import SiteSpider
from finnews.spiders.file_progress import FileProgress
from finnews.spiders.file_tally import FileTally
from finnews.spiders.workers import NoWorkers, Workers, check_installed

_PAUSE = 0.1  # seconds after which other parts of Scrapy have their turn
_TOLD = 60.0  # seconds


class SavedSpider(SiteSpider):
    """Reads saved pages as crawls read what the site serves, and requests nothing.

    ``files``: files, patterns and folders, separated by commas. ``url``: the address of a page that
    does not tell its own, or of a folder of pages. ``limit``: the most articles. How far a file was
    read is recorded: a run that was killed goes on there, and a file that was read is not read
    again, unless it or what finnews reads on a page has changed.
    """

    name = "saved"
    main_kind = Article
    sends_requests = False
    known_arguments: ClassVar[dict[str, Any]] = SiteSpider.known_arguments | {
        "files": paths,
        "url": address,
        "workers": positive,
        "dask": scheduler,
    }

    files: tuple[Path, ...] | None
    url: str | None
    workers: int | None
    dask: str | None
    file_progress: FileProgress

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        if self.files is None:
            raise WrongUsage("files= is needed: -a files=news.warc.gz, folders, or Scrapy's cache")
        if self.url and len(self.files) > 1:
            raise WrongUsage("url= is the address of one page or folder; files= names several")
        if self.workers and self.dask:
            raise WrongUsage(
                "workers= starts workers here, dask= uses those of a cluster: one of them"
            )
        if self.workers or self.dask:
            check_installed()
        self.file = FileTally()
        self.all_pages = 0
        """How many pages the run has read."""
        self.committed = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        range_ = (spider.since, spider.until)
        kept = of_run(crawler.settings["ARTICLE_BODY"], range_, spider.url, spider.site.url)
        spider.file_progress = FileProgress(spider.archive, kept, spider.stamped)
        for signal in (signals.item_scraped, signals.item_dropped):
            crawler.signals.connect(spider.note_processed, signal)
        crawler.signals.connect(spider.note_failed, signals.item_error)
        return spider

    @cached_property
    def repeats(self) -> Repeats:
        """What earlier pages of the run gave."""
        return Repeats(self.crawler.stats)

    def note_processed(self) -> None:
        """Note that an item has passed the pipelines, or was dropped there."""
        self.file_progress.processed += 1

    def note_failed(self) -> None:
        """Note that a pipeline has failed with an item: the next run reads it again."""
        self.file_progress.hold()

    def on_committed(self) -> None:
        self.committed = time.monotonic()
        self.file_progress.record()

    async def start(self) -> AsyncIterator[Item]:
        """Yield the items of all pages, in the order of the files and of what they hold."""
        closing = create_looping_call(partial(let_scraper_close, self.crawler))
        closing.start(_PAUSE, now=False)
        self.crawler.signals.connect(closing.stop, signals.spider_closed, weak=False)
        parts = list(self.file_progress.unread(self.sources()))
        is_shared = parts and (self.workers or self.dask)
        current: Source | None = None
        turn = told = time.monotonic()
        async with aclosing(self.shared(parts) if is_shared else self.read_here(parts)) as readings:
            async for source, reading in readings:
                if source is not current:
                    current, self.file = source, FileTally()
                self.file_progress.reach(source, self.file.resuming(reading.place))
                if is_stopping(self.crawler):
                    return
                for item in self.taken(source, reading):
                    self.file_progress.given += 1
                    yield item
                if self.has_reached_limit():
                    await self.stop_behind(source, readings)
                    return
                if time.monotonic() - turn > _PAUSE:
                    turn = await self.pause()
                if turn - told > _TOLD:
                    told = turn
                    self.logger.info("Read %s", self.file_progress.line)

    async def stop_behind(
        self, source: Source, readings: AsyncIterator[tuple[Source, Reading]]
    ) -> None:
        """End a run that has reached its limit; the next one goes on behind the last page."""
        behind, reading = await anext(readings, (None, None))
        if behind is source and reading:
            self.file_progress.reach(source, self.file.resuming(reading.place))
        message = "Limit of %d articles reached"
        stop(self.crawler, FinishReason.LIMIT, message, self.limit)

    async def pause(self) -> float:
        """Let other parts of Scrapy have their turn, and commit; return the time."""
        await sleep(0)
        if time.monotonic() - self.committed > COMMIT_AFTER:
            self.archive.commit()
        return time.monotonic()

    def sources(self) -> Iterator[Source]:
        """Yield the files to read; tell of those that have nothing to read."""
        for path in self.files or ():
            try:
                yield from sources(path)
            except (OSError, Unreadable) as error:
                self.file = FileTally()
                self.tell_fault(f"{path}: {error}")

    async def read_here(self, parts: list[Part]) -> AsyncGenerator[tuple[Source, Reading]]:
        """Yield what the entries of files give, read in this process."""
        reader = Reader(self.site, self.budget, self.url)
        for part in parts:
            try:
                for reading in reader.readings(part):
                    yield part.source, reading
            except OSError as error:
                self.tell_fault(f"{part.source.path} cannot be read: {error.strerror}")

    async def shared(self, parts: list[Part]) -> AsyncGenerator[tuple[Source, Reading]]:
        """Yield the same, read by workers."""
        hung = frozenset(self.budget.hung.lines)
        orders = Orders(self.site, self.url, self.budget.seconds, self.budget.multiple, hung)
        try:
            workers = await run_in_thread(Workers, orders, self.dask, self.workers)
        except OSError as error:
            message = "No Dask scheduler at %s: %s"
            stop(self.crawler, FinishReason.NO_WORKERS, message, self.dask, error)
            return
        try:
            async for source, batch in workers.batches(parts):
                if batch.error:
                    self.tell_fault(f"{source.path} cannot be read: {batch.error}")
                for reading in batch.readings:
                    yield source, reading
                for page, stats in batch.stats.items():
                    self.page_stats[page].add(stats)
        except NoWorkers as error:
            message = "%s; what was read is archived, and the next run goes on there"
            stop(self.crawler, FinishReason.NO_WORKERS, message, error)
        finally:
            workers.close()

    def taken(self, source: Source, reading: Reading) -> Iterator[Item]:
        """Yield the items of an entry, and count it."""
        for failed in self.file.given_up(reading.place):
            yield from self.failed_item(failed)
        self.file.note(reading)
        if reading.page and not reading.failure:
            yield from self.items_of(reading)
        elif reading.passed:
            self.count(f"saved/{reading.passed}")
        elif reading.fault:
            self.tell_fault(f"{source.path} at byte {reading.place.offset}: {reading.fault}")
        elif reading.end and reading.end.is_of_file:
            for failed in self.file.failures():
                yield from self.failed_item(failed)
            self.file.tell(source, self.site)
            place = self.file.held or reading.place
            self.file_progress.reach(source, place, is_end=self.file.held is None)

    def failed_item(self, reading: Reading) -> Iterator[Item]:
        """Yield why an answer is no page."""
        if reading.failure:
            self.count("refused", reading.failure.reason == REFUSED)
            yield reading.failure

    def items_of(self, reading: Reading) -> Iterator[Item]:
        """Yield the items of a page."""
        self.all_pages += 1
        self.count(f"pages/{reading.page}")
        if reading.stats:
            self.page_stats[reading.page].add_page(reading.stats)
        if item_stats := self.crawler.get_spider_middleware(ItemStatsMiddleware):
            item_stats.count_saved(reading.page, reading.items)
        yield from self.limited(self.repeats.unrepeated(self.in_range(reading.items)))

    def in_range(self, items: list[Item]) -> list[Item]:
        """Return the items of the days asked for; of an article or study all or none."""
        last = items[-1] if items else None
        if isinstance(last, Article | Rating) and is_authoritative(last):
            return [] if self.is_outside(last.dated) else items
        return [item for item in items if not self.is_outside(item.dated)]

    def tell_fault(self, fault: str) -> None:
        """Count and log what cannot be read."""
        self.count("saved/faults")
        self.file.tell_fault(fault)
