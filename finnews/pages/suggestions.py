"""What the search box suggests for a number: ``/suggest/finde/jsonv2?query=US88160R1014``.

Its form is reported (2024), not seen. It may be asked only where robots.txt allows it.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from finnews.items import Item
from finnews.pages.base import BrokenPage, Counts, Link, Page

ADDRESS = (
    "/suggest/finde/jsonv2?max_results=25&Keywords_mode=APPROX"
    "&Keywords={number}&query={number}&bias=100"
)


class SuggestionsPage(Page):
    """Shares whose name or number resembles what was asked; most are not the one.

    Raises `BrokenPage` ``not-json`` where the text is no list of groups.
    """

    path = re.compile(r"/suggest/finde/jsonv2")
    markup = "json"
    closing = "]"

    def __init__(self, url: str, text: str, counts: Counts | None = None) -> None:
        try:
            groups = json.loads(text)
        except (ValueError, RecursionError):
            raise BrokenPage("not-json") from None
        if not isinstance(groups, list):
            raise BrokenPage("not-json")
        super().__init__(url, text, counts)
        self.shares = [share for group in groups for share in _shares(group)]

    def items(self) -> Iterator[Item]:
        return iter(())

    def links(self) -> Iterator[Link]:
        """Yield the pages of all suggested shares."""
        for share in self.shares:
            yield Link(self.absolute(f"/aktien/{share['u']}-aktie"))

    def page_of(self, number: str) -> str | None:
        """Return the page of the share that has exactly this ISIN or WKN."""
        exact = (
            share["u"] for share in self.shares if number in (share.get("isin"), share.get("wkn"))
        )
        return next(exact, None)


def _shares(group: Any) -> list[dict[str, Any]]:
    if not isinstance(group, dict) or group.get("n") != "Aktien":
        return []
    return [one for one in group.get("il") or [] if isinstance(one, dict) and one.get("u")]
