"""The headings of price boxes: whose prices a box has, and of which exchange."""

import re
from collections.abc import Mapping

from lxml.etree import _Element

from finnews.pages.base import Page
from finnews.pages.securities.snapshot import Snapshot
from finnews.pages.tree import has_class
from finnews.pages.visible import HEADINGS, text_of
from finnews.processors import isin, wkn_of_isin

Numbers = Mapping[str, str | None]
"""``isin`` and ``wkn`` of a security, among what else identifies it"""

_OF_EXCHANGE = re.compile(
    r"Aktueller Kurs für (?P<exchange>.+?)(?: (?:WKN|ISIN):? (?P<number>\w+))?"
)
_OF_PRICES = re.compile(
    r"(?:aktuelle[rs]? )?(?:realtime-?)?kurs(?:e|daten|liste|übersicht|informationen)?"
    r"(?: (?:für|der|von|zur?|zum))?",
    re.IGNORECASE,
)


class HeadingsAbove:
    """The headings above tables; what is before an element is looked through once."""

    def __init__(self) -> None:
        self._before: dict[_Element, _Element | None] = {}

    def of(self, table: _Element) -> _Element | None:
        """Return the heading above a table in its article, or before it where it is in none."""
        path: list[_Element] = []
        node: _Element | None = table
        heading: _Element | None = None
        while node is not None and heading is None and node not in self._before:
            path.append(node)
            previous, parent = node.getprevious(), node.getparent()
            if previous is not None:
                heading, node = _last_heading(previous), previous
            else:
                node = None if parent is None or parent.tag == "article" else parent
        if heading is None and node is not None:
            heading = self._before[node]
        self._before.update(dict.fromkeys(path, heading))
        return heading


def heading_numbers(page: Page, snapshot: Snapshot) -> set[str]:
    """Return the WKN and ISIN in the headings of boxes: ``Aktueller Kurs für … WKN: A0MST1``.

    Without an exchange, or the security's name, the number can be another's.
    """
    headings = filter(None, map(_OF_EXCHANGE.fullmatch, map(text_of, page.css("h2"))))
    matches = (heading for heading in headings if _is_own(snapshot, heading["exchange"]))
    return {heading["number"] for heading in matches if heading["number"]}


def _is_own(snapshot: Snapshot, subject: str) -> bool:
    """Return whether a heading is about the security or one of its exchanges."""
    return snapshot.knows_exchange(subject) or not snapshot.without_name(subject)


def exchange_in(snapshot: Snapshot, heading: str) -> str | None:
    """Return the exchange that a heading names."""
    named = _OF_EXCHANGE.fullmatch(heading)
    return named["exchange"] if named and snapshot.knows_exchange(named["exchange"]) else None


def is_about(snapshot: Snapshot, numbers: Numbers, heading: _Element) -> bool:
    """Return whether the box under a heading is about the security, and about its prices."""
    text = text_of(heading)
    named = _OF_EXCHANGE.fullmatch(text)
    if named and _is_own(snapshot, named["exchange"]):
        return is_number_of(named["number"], numbers)
    is_headline = heading is snapshot.heading
    return is_headline or _OF_PRICES.fullmatch(snapshot.without_name(text)) is not None


def is_number_of(number: str | None, numbers: Numbers) -> bool:
    """Return whether an ISIN or a WKN can be the security's; it can where none is printed."""
    own_isin, own_wkn = numbers["isin"], numbers["wkn"]
    if number is None or isin(number):
        return number is None or own_isin in (None, number)
    return (own_wkn or wkn_of_isin(own_isin or "")) in (None, number)


def _last_heading(block: _Element) -> _Element | None:
    headings = [part for part in block.iter(*HEADINGS) if _is_heading_of(part, block)]
    return headings[-1] if headings else None


def _is_heading_of(part: _Element, block: _Element) -> bool:
    """Return whether it is a heading, not a badge, and not that of an article in the block."""
    if has_class(part, "badge"):
        return False
    around = (part, *part.iterancestors())
    nearest = next(each for each in around if each is block or each.tag == "article")
    return str(nearest.tag) != "article"
