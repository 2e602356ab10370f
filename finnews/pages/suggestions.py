"""The search box's suggestions for an ISIN or WKN: ``/suggest/finde/jsonv2?query=US88160R1014``.

The JSON is a list of groups (reported 2024) or an object whose ``it`` is that list (seen 2026-09).
robots.txt may disallow the request.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from finnews.items import Item
from finnews.pages.base import BrokenPage, Link, Page
from finnews.processors import wkn_of_isin
from finnews.site import FINANZEN_NET, Site

ADDRESS = (
    "/suggest/finde/jsonv2?max_results=25&Keywords_mode=APPROX"
    "&Keywords={number}&query={number}&bias=100"
)
_STOCKS = "(it || @)[?n=='Aktien'].il[]"
_NAME = re.compile(r"[\w\-&.]+")


class SuggestionsPage(Page):
    """Stocks whose name, ISIN or WKN resembles the query; most of them are others.

    Raises `BrokenPage` ``not-json`` if the text is not JSON of either form.
    """

    path = re.compile(r"/suggest/finde/jsonv2")
    format = "json"
    end_tag = ""

    def __init__(
        self, url: str, text: str, site: Site = FINANZEN_NET, now: datetime | None = None
    ) -> None:
        try:
            super().__init__(url, text, site, now)
        except RecursionError:
            raise BrokenPage("not-json") from None
        if not isinstance(self.root.root, list | dict):
            raise BrokenPage("not-json")
        entries = (entry.root for entry in self.jmespath(_STOCKS))
        self.stocks = [entry for entry in entries if isinstance(entry, dict) and self._page(entry)]

    def items(self) -> Iterator[Item]:
        return iter(())

    def links(self) -> Iterator[Link]:
        """Yield the pages of all suggested stocks."""
        for stock in self.stocks:
            yield Link(self.absolute_url(f"/aktien/{self._page(stock)}-aktie"))

    def page_of(self, number: str) -> str | None:
        """Return the page name of the stock that has exactly this ISIN or WKN."""
        matches = (stock for stock in self.stocks if number in _numbers(stock))
        return next((self._page(stock) for stock in matches), None)

    def _page(self, stock: dict[str, Any]) -> str | None:
        """Return a stock's name in paths, from its URL or as it is."""
        url = stock.get("u")
        if not isinstance(url, str):
            return None
        return url if _NAME.fullmatch(url) else self.instrument(url).get("page")


def _numbers(stock: dict[str, Any]) -> set[str]:
    """Return a stock's ISIN and WKN; a German ISIN contains the WKN."""
    numbers = [str(stock[name]) for name in ("isin", "wkn") if stock.get(name)]
    return {*numbers, *filter(None, map(wkn_of_isin, numbers))}
