"""What the pages of all securities have in common: a snapshot and boxes of prices."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element

from finnews.instrument_paths import (
    InstrumentPath,
    instrument_path,
    is_of_currencies,
    path_of,
    with_type,
)
from finnews.items import NAMESPACES, Instrument, Item, Quote, Rejection, Source, instrument_key
from finnews.loaders import QuoteLoader
from finnews.pages.base import Page
from finnews.pages.parts.header import header_items
from finnews.pages.securities.badges import numbers
from finnews.pages.securities.box_headings import heading_numbers
from finnews.pages.securities.price_boxes import price_box_quotes
from finnews.pages.securities.printed_quotes import PrintedQuote, merged_quotes
from finnews.pages.securities.snapshot import Snapshot
from finnews.pages.securities.snapshot_prices import snapshot_quotes
from finnews.pages.texts import advertising
from finnews.pages.tree import has_class
from finnews.site import FINANZEN_NET, Site
from finnews.vocabulary import exchange_of_code, is_exchange

_ADVERTISING = advertising.CLASSES | {"snapshot__ad", "snapshot__zero"}
_DAY = len("2026-11-27")


class SecurityPage(Page):
    """A page about one security, whose path `instrument_path` reads.

    `path` has the group ``exchange`` if there are pages for one exchange. Raises ``ValueError`` if
    the URL is no such page's.
    """

    kind: ClassVar[Source]
    """Kind of security, or of coins that of currencies; the `source` of its quotes."""

    def __init__(
        self, url: str, text: str, site: Site = FINANZEN_NET, now: datetime | None = None
    ) -> None:
        super().__init__(url, text, site, now)
        paper = self.paper_at(self.url)
        if paper is None:
            raise ValueError(f"no page of a security: {url}")
        # Only the requested URL has the exchange, and the type of an oil: the canonical one can be
        # that of all.
        parts = urlsplit(url)
        match = self.path.fullmatch(parts.path)
        groups = match.groupdict() if match else {}
        self.code = unquote(groups.get("exchange") or "")
        self.paper = with_type(paper, parts.query)
        for main in self.root.root.iter("main"):
            for element in list(main.iterdescendants("*")):
                classes = element.get("class", "").split()
                if not _ADVERTISING.isdisjoint(classes) and _advertises(element):
                    element.clear(keep_tail=True)

    @classmethod
    def paper_at(cls, url: str) -> InstrumentPath | None:
        """Return the security of an address of this type, without its query; else ``None``."""
        path = urlsplit(url).path
        paper = instrument_path(unquote(path)) if cls.path.fullmatch(path) else None
        is_of_kind = paper is not None and NAMESPACES.get(paper.kind, paper.kind) == cls.kind
        return paper if is_of_kind else None

    @classmethod
    def recognises(cls, url: str) -> bool:
        """Return whether a URL is that of such a security, and not of a list under its roof."""
        return cls.paper_at(url) is not None

    @classmethod
    def is_authority_on(cls, item: Item) -> bool:
        """Return whether it is a quote from such a page, or the instrument of the page.

        Both oils have the address of the page without its query.
        """
        if isinstance(item, Quote):
            return item.source == cls.kind
        if not isinstance(item, Instrument):
            return False
        paper = cls.paper_at(item.url or "")
        page = (item.page or "").partition("?")[0]
        return paper is not None and paper[:2] == (item.kind, page)

    def subject(self, url: str) -> str | None:
        """Return the security that an address is about."""
        paper = self.paper_at(url)
        return instrument_key(paper.kind, paper.page) if paper else None

    def items(self) -> Iterator[Item]:
        """Yield the quotes; a rejection ``no-price`` if the page has no price."""
        yield from header_items(self)
        snapshot = self.snapshot()
        yield from self.quotes(self.security(snapshot), snapshot)

    def quotes(self, security: dict[str, Any], snapshot: Snapshot) -> Iterator[Quote | Rejection]:
        """Yield a quote for each exchange; a rejection ``no-price`` if none has a price."""
        printed = [*snapshot_quotes(self, snapshot), *price_box_quotes(self, snapshot, security)]
        quotes = [self._quote(quote, security) for quote in merged_quotes(self, printed)]
        yield from quotes
        if all(isinstance(quote, Quote) and quote.price is None for quote in quotes):
            yield self.rejection("no-price", ["price"], **security)

    def snapshot(self) -> Snapshot:
        """Return the snapshot."""
        # The code, if its exchange has no name that is known.
        exchange = exchange_of_code(self.code) or self.code or None
        return Snapshot(self, path_of(*self.paper[:2]), exchange)

    def security(self, snapshot: Snapshot) -> dict[str, Any]:
        """Return what identifies the security: its names and numbers."""
        names = {"kind": self.paper.kind, "page": self.paper.page, "name": snapshot.name}
        if self.paper.kind == "currency" and not is_of_currencies(self.paper.page):
            self.stats.unknown("kind", self.paper.page)
        return names | numbers(self, snapshot, self.paper, partial(heading_numbers, self, snapshot))

    def _quote(self, printed: PrintedQuote, security: dict[str, Any]) -> Quote | Rejection:
        loader = self.loader(QuoteLoader, None, source=self.kind, **security)
        loader.context["mark"] = self.mark
        texts = printed.texts
        if "price" in texts:
            loader.add_price(texts["price"])
            loader.add_value("price_type", _price_type(printed, self.kind))
        else:
            quoted = texts.get("bid") or texts.get("ask")
            loader.add_unit(quoted or "")
        loader.add_value(None, {name: texts[name] for name in texts if name != "price"})
        if not printed.is_nav:
            loader.add_value(None, dict.fromkeys(("exchange", "mic"), printed.exchange))
        loader.add_value("quoted_at", self._quoted_at(printed))
        quote = self.quote(loader, **security, printed=texts)
        if isinstance(quote, Quote):
            self._leave_contradictory_bid(quote)
        return quote

    def _leave_contradictory_bid(self, quote: Quote) -> None:
        """Leave no bid above its ask, and not the size of what is not read."""
        bid, ask = quote.bid, quote.ask
        if bid is not None and ask is not None and bid > ask:
            self.doubt("bid", "contradiction", f"{bid}, {ask}")
            quote.bid = quote.ask = None
        if quote.bid is None:
            quote.bid_size = None
        if quote.ask is None:
            quote.ask_size = None

    def _quoted_at(self, printed: PrintedQuote) -> str | None:
        """Return the time of a price; of a traded price the day alone is none, and told."""
        at = None if "quoted_at" in printed.contradicted else printed.quoted_at
        if at is None or len(at) > _DAY or printed.is_nav or "price" not in printed.texts:
            return at
        self.doubt("quoted_at", "ambiguous", at)
        return None


def _advertises(element: _Element) -> bool:
    return any(has_class(element, name) for name in _ADVERTISING)


def _price_type(printed: PrintedQuote, kind: str) -> str | None:
    """Return what kind of price it is; where a fund's exchange is not known it may be a NAV."""
    if printed.is_nav:
        return "nav"
    is_traded = printed.exchange and (kind == "stock" or is_exchange(printed.exchange))
    return "trade" if is_traded else None
