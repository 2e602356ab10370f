"""What happens to an item: shortened → complete → registered → written."""

from dataclasses import asdict, astuple, replace
from typing import Any, Final, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured
from scrapy.statscollectors import StatsCollector

from finnews.archive import Archive
from finnews.archive.merging import merged
from finnews.items import ITEM_CLASSES, Instrument, Item, Rejection
from finnews.pages import is_authoritative
from finnews.processors import wkn_of_isin

Numbers = tuple[str | None, str | None]

_SHARED_FIELDS: Final = ("page", "name", "isin", "wkn", "symbol")

FIELDS_LEFT_OUT: Final[dict[str, tuple[str, ...]]] = {
    "full": (),
    "lead": ("article_body", "subheadings", "summary", "text"),
    "none": ("article_body", "subheadings", "summary", "text", "description"),
}
"""Setting ``ARTICLE_BODY`` → the fields of articles and studies that are not kept."""


class Rejected(DropItem):
    """It cannot be an item; it is kept under ``rejected/`` with the reason."""


class AlreadyArchived(DropItem):
    """It says nothing that is not archived."""


class NotArchived(DropItem):
    """The archive has failed; the next run reads it again."""


class ArticleBodyPipeline:
    """Leaves texts out, as the setting ``ARTICLE_BODY`` says."""

    def __init__(self, left_out: tuple[str, ...]) -> None:
        self.left_out = left_out

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(FIELDS_LEFT_OUT[crawler.settings["ARTICLE_BODY"]])

    def process_item(self, item: Item) -> Item:
        names = [name for name in self.left_out if hasattr(item, name)]
        return replace(item, **dict.fromkeys(names)) if names else item


class RequiredFieldsPipeline:
    """Turns an item that lacks a required field into a rejection that names it."""

    def process_item(self, item: Item) -> Item:
        missing = item.missing_fields()
        return rejection(item, missing) if missing else item


class InstrumentsPipeline:
    """Keeps the register of instruments, and gives items the numbers that it knows.

    When an instrument's numbers are learned, its earlier items get them first: they are on the
    disk before the register is, so that a run that is killed between learns them again.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.met: set[tuple[Any, ...]] = set()
        self.numbers_at_first: dict[str, Numbers] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(archive_of(crawler))

    def process_item(self, item: Item) -> Item:
        name = item.instrument() if item.is_of_instrument else None
        if name is None:
            return item
        self._register(name, instrument_of(item))
        known = self.archive.find(Instrument, name)
        return numbered(item, known) if known else item

    def close_spider(self) -> None:
        """Give what this run or another has learned to the items that either told meanwhile.

        Whichever of two crawls ends last sees what both have stored.
        """
        self.archive.commit()
        for name, first in self.numbers_at_first.items():
            known = self.archive.find(Instrument, name)
            if known and numbers(known) != first:
                self._number_earlier(known)

    def _register(self, name: str, instrument: Instrument) -> None:
        told = astuple(replace(instrument, url=None, fetched_at=None))
        said = (is_authoritative(instrument), *told)
        if said in self.met:
            return
        self.met.add(said)
        before = self.archive.find(Instrument, name)
        self.numbers_at_first.setdefault(name, numbers(before) if before else (None, None))
        after = merged(before, instrument) if before else instrument
        if before and numbers(after) != numbers(before):
            self._number_earlier(after)
            self.archive.commit()
        self.archive.add(instrument)

    def _number_earlier(self, known: Instrument) -> None:
        name = str(known.instrument())
        kinds = (item_class for item_class in ITEM_CLASSES if item_class.is_of_instrument)
        earlier = [item for item_class in kinds for item in self.archive.about(item_class, name)]
        for item in earlier:
            self.archive.add(numbered(item, known))


class ArchivePipeline:
    """Archives what is new. What is not is dropped as known, a rejection as rejected."""

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
            self.stats.inc_value(f"finnews/reasons/{described(item)}")
            raise Rejected(f"{item.url}: {described(item)}", log_level="WARNING")
        if written is None:
            raise AlreadyArchived(item.keys[0])
        return written

    def close_spider(self) -> None:
        self.archive.commit()


def archive_of(crawler: Crawler) -> Archive:
    """Return the archive that the run's spider has opened.

    Without one, as in ``scrapy shell``, nothing is kept: `NotConfigured` leaves a pipeline out.
    """
    archive: Archive | None = getattr(crawler.spider, "archive", None)
    if archive is None:
        raise NotConfigured
    return archive


def instrument_of(item: Item) -> Instrument:
    """Return what an item says about the instrument that it is about."""
    shared = {name: getattr(item, name, None) for name in _SHARED_FIELDS}
    shared["kind"] = str(item.instrument()).partition(":")[0]
    if shared["isin"] and not shared["wkn"]:
        shared["wkn"] = wkn_of_isin(shared["isin"])
    return Instrument(url=item.url, fetched_at=item.fetched_at, **shared)


def numbers(instrument: Instrument) -> Numbers:
    """Return the ISIN and the WKN of an instrument."""
    return instrument.isin, instrument.wkn


def numbered(item: Item, known: Instrument) -> Item:
    """Return an item with the numbers that it lacks; none if its ISIN is another."""
    isin, wkn = getattr(item, "isin"), getattr(item, "wkn")
    if isin and known.isin and isin != known.isin:
        return item
    return replace(item, isin=isin or known.isin, wkn=wkn or known.wkn)  # type: ignore[call-arg]


def rejection(item: Item, missing: tuple[str, ...]) -> Rejection:
    """Return the record of an item that lacks required fields, with all that was read of it."""
    read = {
        name: value
        for name, value in asdict(item).items()
        if value is not None and name not in Item.provenance
    }
    return Rejection(
        url=item.url,
        fetched_at=item.fetched_at,
        reason=f"incomplete-{type(item).__name__.lower()}",
        missing=list(missing),
        item=read,
    )


def described(rejected: Rejection) -> str:
    """Return a rejection's reason in one phrase: ``incomplete-article, without headline``."""
    missing = ", ".join(rejected.missing or ())
    return f"{rejected.reason}, without {missing}" if missing else str(rejected.reason)


def _fate(written: Item | None) -> str:
    if written is None:
        return "unchanged"
    return "written" if written.version == 1 else "updated"
