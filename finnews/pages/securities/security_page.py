"""What the pages of shares, ETFs and funds have in common: a snapshot and boxes of prices."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Literal
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element

from finnews.instrument_words import PARTS_OF_PAGES
from finnews.items import Instrument, Item, Quote, Rejection
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
from finnews.processors import isin
from finnews.site import FINANZEN_NET, Site
from finnews.vocabulary import exchange_of_code, is_exchange

_ADVERTISING = advertising.CLASSES | {"snapshot__ad", "snapshot__zero"}
_DAY = len("2026-11-27")


def path_below(roof: str) -> str:
    """Return a pattern of the paths of ETFs or funds, on one exchange too: ``…-<isin>/xetra``.

    >>> match = re.fullmatch(path_below("etf"), "/etf/muster-ie00bmustr14/l&s")
    >>> match["page"], match["isin"], match["exchange"]
    ('muster-ie00bmustr14', 'ie00bmustr14', 'l&s')
    >>> re.fullmatch(path_below("etf"), "/etf/muster-ie00bmustr14/chart") is None
    True
    """
    others = "|".join(sorted(map(re.escape, PARTS_OF_PAGES)))
    isin = r"(?P<isin>[A-Za-z]{2}[A-Za-z0-9]{9}\d)"
    exchange = rf"(?!(?:{others})$)(?P<exchange>[^/]+)"
    return rf"/{roof}/(?P<page>(?:[^/]+-)?{isin})(?:/{exchange})?"


class SecurityPage(Page):
    """A page about one security; its path has the groups ``page`` and ``exchange``.

    ``isin`` is a group where the address has the ISIN.
    """

    kind: ClassVar[Literal["stock", "etf", "fund"]]
    """Kind of security, and the `source` of its quotes."""

    address: ClassVar[str]
    """Path of the page, with ``{page}`` for the page name."""

    def __init__(
        self, url: str, text: str, site: Site = FINANZEN_NET, now: datetime | None = None
    ) -> None:
        super().__init__(url, text, site, now)
        # Only the requested URL has the exchange: the canonical one can be that of all exchanges.
        match = self.path.fullmatch(urlsplit(url).path)
        self.code = unquote(match["exchange"] or "") if match else ""
        for main in self.root.root.iter("main"):
            for element in list(main.iterdescendants("*")):
                classes = element.get("class", "").split()
                if not _ADVERTISING.isdisjoint(classes) and _advertises(element):
                    element.clear(keep_tail=True)

    @classmethod
    def is_authority_on(cls, item: Item) -> bool:
        """Return whether it is a quote from such a page, or the instrument of the page."""
        if isinstance(item, Quote):
            return item.source == cls.kind
        match = cls.path.fullmatch(urlsplit(item.url or "").path)
        return isinstance(item, Instrument) and match is not None and match["page"] == item.page

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
        return Snapshot(self, self.address.format(page=self.from_path("page")), exchange)

    def security(self, snapshot: Snapshot) -> dict[str, Any]:
        """Return what identifies the security: its names and numbers."""
        groups = self.path.groupindex
        of_address = isin(self.from_path("isin") or "") if "isin" in groups else None
        names = {"kind": self.kind, "page": self.from_path("page"), "name": snapshot.name}
        return names | numbers(self, snapshot, of_address, partial(heading_numbers, self, snapshot))

    def _quote(self, printed: PrintedQuote, security: dict[str, Any]) -> Quote | Rejection:
        loader = self.loader(QuoteLoader, None, source=self.kind, **security)
        texts = printed.texts
        if "price" in texts:
            loader.add_price(texts["price"])
            loader.add_value("price_type", _price_type(printed, self.kind))
        else:
            quoted = texts.get("bid") or texts.get("ask")
            loader.add_value(None, {"currency": quoted, "unit": quoted})
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
