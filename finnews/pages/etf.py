"""An ETF: ``/etf/muster-welt-etf-ie00bmustr14``, on one exchange ``…/xetra`` (seen 2026-09)."""

import re
from collections.abc import Iterator

from finnews.items import Item
from finnews.pages.parts.header import header_items
from finnews.pages.parts.security_page import SecurityPage


class EtfPage(SecurityPage):
    """A snapshot with the price on an exchange and the net asset value, and boxes of prices.

    Codes of exchanges are in small letters. Other paths below ``/etf/`` are lists and tools.
    """

    path = re.compile(
        r"/etf/(?P<page>(?:[^/]+-)?(?P<isin>[A-Za-z]{2}[A-Za-z0-9]{9}\d))(?:/(?P<exchange>[^/]+))?"
    )
    kind = "etf"
    address = "/etf/{page}"

    def items(self) -> Iterator[Item]:
        """Yield the quotes; a rejection ``no-price`` if the page has no price."""
        yield from header_items(self)
        snapshot = self.snapshot()
        yield from self.quotes(self.security(snapshot), snapshot)
