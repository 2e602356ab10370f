"""The item pipelines: drop texts, reject incomplete items, register instruments, archive."""

from dataclasses import asdict, replace
from operator import attrgetter
from typing import Any, Final, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured
from scrapy.statscollectors import StatsCollector

from finnews.archive import Archive
from finnews.items import ITEM_CLASSES, Instrument, Item, Rejection, completed_numbers
from finnews.pages import is_authoritative
from finnews.processors import wkn_of_isin

Numbers = tuple[str | None, str | None]

_PRINTED: Final = attrgetter("page", "name", "kind", "isin", "wkn", "symbol")
"""What a page says of an instrument"""

_SHARED_FIELDS: Final = ("page", "name", "isin", "wkn", "symbol")

FIELDS_LEFT_OUT: Final[dict[str, tuple[str, ...]]] = {
    "full": (),
    "lead": ("article_body", "subheadings", "summary", "text"),
    "none": ("article_body", "subheadings", "summary", "text", "description"),
}
"""Setting ``ARTICLE_BODY`` → the fields of articles and studies that are left out."""


class Rejected(DropItem):
    """The item was rejected and written to ``rejected/`` with the reason."""


class AlreadyArchived(DropItem):
    """The item adds nothing to the archived one."""


class Registered(DropItem):
    """The item is an instrument: the register has what it says."""


class NotArchived(DropItem):
    """The item was not saved because the archive failed; the next run reads it again."""


class ArticleBodyPipeline:
    """Leaves texts out according to the setting ``ARTICLE_BODY``."""

    def __init__(self, fields_left_out: tuple[str, ...]) -> None:
        self.fields_left_out = fields_left_out

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(FIELDS_LEFT_OUT[crawler.settings["ARTICLE_BODY"]])

    def process_item(self, item: Item) -> Item:
        names = [name for name in self.fields_left_out if hasattr(item, name)]
        return replace(item, **dict.fromkeys(names)) if names else item


class RequiredFieldsPipeline:
    """Replaces an item without a required field by a rejection that names the field."""

    def process_item(self, item: Item) -> Item:
        missing = item.missing_fields()
        return rejection(item, missing) if missing else item


class InstrumentsPipeline:
    """Updates the register of instruments, and adds ISIN and WKN from it to items.

    When a page shows new numbers of an instrument, its archived items get them before the register
    does. If the run is killed in between, the next run finds the numbers new and does it again.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.seen: set[tuple[Any, ...]] = set()
        self.numbers_before: dict[str, Numbers] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(archive_of(crawler))

    def process_item(self, item: Item) -> Item:
        if isinstance(item, Instrument):
            self._register(str(item.instrument()), instrument_of(item))
            raise Registered(item.keys[0])
        key = item.instrument() if item.is_of_instrument else None
        if key is None:
            return item
        self._register(key, instrument_of(item))
        registered = self.archive.find(Instrument, key)
        return with_numbers(item, registered) if registered else item

    def close_spider(self) -> None:
        """Add numbers that became known during the run to the items that were stored meanwhile.

        Of two crawls at once, the one that ends last finds the items and numbers of both.
        """
        self.archive.commit()
        for key, before in self.numbers_before.items():
            registered = self.archive.find(Instrument, key)
            if registered and numbers(registered) != before:
                self._update_archived_items(registered)

    def _register(self, key: str, instrument: Instrument) -> None:
        reading = (is_authoritative(instrument), _PRINTED(instrument))
        if reading in self.seen:
            return
        self.seen.add(reading)
        before = self.archive.find(Instrument, key)
        self.numbers_before.setdefault(key, numbers(before) if before else (None, None))
        after = self.archive.merged(instrument)
        if before and numbers(after) != numbers(before):
            self._update_archived_items(after)
            self.archive.commit()
        self.archive.add(instrument)

    def _update_archived_items(self, instrument: Instrument) -> None:
        key = str(instrument.instrument())
        classes = (item_class for item_class in ITEM_CLASSES if item_class.is_of_instrument)
        items = [item for item_class in classes for item in self.archive.about(item_class, key)]
        for item in items:
            self.archive.add(with_numbers(item, instrument))


class ArchivePipeline:
    """Archives new and changed items; drops unchanged ones, and rejections once archived."""

    def __init__(self, archive: Archive, stats: StatsCollector) -> None:
        self.archive = archive
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(archive_of(crawler), crawler.stats)

    def process_item(self, item: Item) -> Item:
        written = self.archive.add(item)
        if self.archive.has_failed:
            raise NotArchived(item.keys[0])
        self.stats.inc_value(f"finnews/{item.collection}/{_fate(written)}")
        if isinstance(item, Rejection):
            self.stats.inc_value(f"finnews/reasons/{reason_phrase(item)}")
            raise Rejected(f"{item.url}: {reason_phrase(item)}", log_level="WARNING")
        if written is None:
            raise AlreadyArchived(item.keys[0])
        return written

    def close_spider(self) -> None:
        self.archive.commit()


def archive_of(crawler: Crawler) -> Archive:
    """Return the archive that the spider has opened.

    Raises `NotConfigured` if it has none, as in ``scrapy shell``: Scrapy disables the pipeline.
    """
    archive: Archive | None = getattr(crawler.spider, "archive", None)
    if archive is None:
        raise NotConfigured
    return archive


def instrument_of(item: Item) -> Instrument:
    """Return the instrument that an item is about, with what the item says of it."""
    shared = {name: getattr(item, name, None) for name in _SHARED_FIELDS}
    shared["kind"] = getattr(item, "kind", None) or str(item.instrument()).partition(":")[0]
    if shared["isin"] and not shared["wkn"]:
        shared["wkn"] = wkn_of_isin(shared["isin"])
    return Instrument(url=item.url, fetched_at=item.fetched_at, **shared)


def numbers(instrument: Instrument) -> Numbers:
    """Return the ISIN and the WKN of an instrument."""
    return instrument.isin, instrument.wkn


def with_numbers(item: Item, instrument: Instrument) -> Item:
    """Return an item with its missing numbers added, or unchanged if it has another's."""
    return replace(item, **completed_numbers(item, instrument))


def rejection(item: Item, missing: tuple[str, ...]) -> Rejection:
    """Return the rejection of an item without required fields, with the fields it has."""
    values = {
        name: value
        for name, value in asdict(item).items()
        if value is not None and name not in Item.provenance
    }
    return Rejection(
        url=item.url,
        fetched_at=item.fetched_at,
        reason=f"incomplete-{type(item).__name__.lower()}",
        missing=list(missing),
        item=values,
    )


def reason_phrase(rejected: Rejection) -> str:
    """Return the reason of a rejection in words: ``incomplete-article, without headline``."""
    missing = ", ".join(rejected.missing or ())
    return f"{rejected.reason}, without {missing}" if missing else str(rejected.reason)


def _fate(written: Item | None) -> str:
    if written is None:
        return "unchanged"
    return "written" if written.version == 1 else "updated"
