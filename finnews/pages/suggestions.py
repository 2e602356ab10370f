"""What the search box suggests for a number: ``/suggest/finde/jsonv2?query=US88160R1014``.

Its form is reported, not seen: a list of groups (2024), or an object whose ``it`` is that list
(2025, 2026). It may be asked only where robots.txt allows it.
"""

import re
from collections.abc import Iterator
from typing import Any

from finnews.items import Item
from finnews.pages.base import BrokenPage, Link, Page
from finnews.processors import wkn_of_isin
from finnews.site import FINANZEN_NET, Site

ADDRESS = (
    "/suggest/finde/jsonv2?max_results=25&Keywords_mode=APPROX"
    "&Keywords={number}&query={number}&bias=100"
)
_SHARES = "(it || @)[?n=='Aktien'].il[]"
_NAME = re.compile(r"[\w\-&.]+")


class SuggestionsPage(Page):
    """Shares whose name or number resembles what was asked; most are not the one.

    Raises `BrokenPage` ``not-json`` where the text is neither of the two forms.
    """

    path = re.compile(r"/suggest/finde/jsonv2")
    format = "json"
    end_tag = ""

    def __init__(self, url: str, text: str, site: Site = FINANZEN_NET) -> None:
        try:
            super().__init__(url, text, site)
        except RecursionError:
            raise BrokenPage("not-json") from None
        if not isinstance(self.root.root, list | dict):
            raise BrokenPage("not-json")
        found = (one.root for one in self.jmespath(_SHARES))
        self.shares = [one for one in found if isinstance(one, dict) and self._page(one)]

    def items(self) -> Iterator[Item]:
        return iter(())

    def links(self) -> Iterator[Link]:
        """Yield the pages of all suggested shares."""
        for share in self.shares:
            yield Link(self.absolute_url(f"/aktien/{self._page(share)}-aktie"))

    def page_of(self, number: str) -> str | None:
        """Return the page of the share that has exactly this ISIN or WKN."""
        exact = (share for share in self.shares if number in _numbers(share))
        return next((self._page(share) for share in exact), None)

    def _page(self, share: dict[str, Any]) -> str | None:
        """Return a share's name in paths, from its address; a bare name is one."""
        said = share.get("u")
        if not isinstance(said, str):
            return None
        return said if _NAME.fullmatch(said) else self.instrument(said).get("page")


def _numbers(share: dict[str, Any]) -> set[str]:
    given = [str(share[name]) for name in ("isin", "wkn") if share.get(name)]
    return {*given, *filter(None, map(wkn_of_isin, given))}
