"""The snapshot at the top of a security's page: its name, its numbers, and one or two prices."""

import re
from functools import cached_property
from urllib.parse import urlsplit

from lxml.etree import _Element

from finnews.instrument_paths import instrument_path
from finnews.pages.base import Page
from finnews.pages.parts.box_cells import name_in
from finnews.pages.rules import PAGE, Rule
from finnews.pages.tree import ancestors
from finnews.pages.visible import text_of
from finnews.vocabulary import is_exchange

NAV = "NAV"
"""Stands where an exchange stands, for a fund's net asset value."""

VALUES = "snapshot__values"
"""Class of the values of the first price."""

PRICE = "snapshot__value-current"
"""Class of a price among the values."""

_SHARE = re.compile(r"[ -]Aktie(?=$| \()")  # ``Muster Aktie (ex Probe)``
_END_OF_NAME = re.compile(r"(?:[ -]Aktie)?(?!\w)")
_WORD = re.compile(r"\w")
_SNAPSHOT = "snapshot"
_HEADLINE = "snapshot__headline"
_PRICED = frozenset({VALUES, PRICE})
_VENUE = "listing__text"


class Snapshot:
    """The snapshot that has the page's headline in it; `path` is that of the security's page.

    Another security's can stand on the page as well: one whose list of exchanges leads to another
    page is none.
    """

    def __init__(self, page: Page, path: str, exchange: str | None) -> None:
        self.page = page
        self.path = path.partition("?")[0]
        self.exchange = exchange
        """The exchange in the address, if it is a page for one."""
        self.tabs: dict[_Element | None, dict[str, str]] = {}
        """The titles of tabs by their numbers, for each part of the page with tabs"""
        self.by_class: dict[str, list[_Element]] = {}
        self.heading = self._own_headline()

    @cached_property
    def name(self) -> str | None:
        """The headline; a share's without "Aktie", which is its kind."""
        text = "" if self.heading is None else name_in(self.heading)
        return (_SHARE.sub("", text) if self.path.startswith("/aktien/") else text) or None

    @cached_property
    def exchanges(self) -> frozenset[str]:
        """The names in the list of exchanges."""
        return frozenset(map(text_of, self.parts(_VENUE)))

    def knows_exchange(self, name: str) -> bool:
        """Return whether a word is the name of an exchange: it is known, or in the list."""
        return name == NAV or is_exchange(name) or name in self.exchanges

    def without_name(self, text: str) -> str:
        """Return a heading without the security's name."""
        start = text.find(self.name) if self.name else -1
        while start >= 0:
            end = _END_OF_NAME.match(text, start + len(self.name or ""))
            if end and not _WORD.match(text[start - 1 : start]):
                return " ".join((text[:start] + text[end.end() :]).split())
            start = text.find(self.name or "", start + 1)
        return text

    def parts(self, class_name: str, within: _Element | None = None) -> list[_Element]:
        """Return the parts of a class, not those of another snapshot inside it; count the rule."""
        parts = self.by_class.get(class_name, [])
        if within is not None and parts:
            known = set(parts)
            parts = [part for part in within.iterdescendants("*") if part in known]
        self.page.stats.count(Rule(PAGE, "css", f".{class_name}"), found=bool(parts))
        return parts

    def _own_headline(self) -> _Element | None:
        """Return the headline of the page's own snapshot, whose parts are kept."""
        headings = [heading.root for heading in self.page.css("h1")]
        around = _parts_around(headings)
        by_class = {part: _by_class(part) for part in {*around.values()}}
        own = {part for part in by_class if self._is_own(by_class[part])}
        headlines = [heading for heading in headings if around[heading] in own]
        headlines = [heading for heading in headlines if _is_headline(heading)] or headlines
        if len(headlines) != 1:
            printed = ", ".join(text_of(heading) for heading in headlines or headings)
            if printed:
                self.page.doubt("name", "ambiguous", printed)
            return None
        self.by_class = by_class[around[headlines[0]]]
        return headlines[0]

    def _is_own(self, by_class: dict[str, list[_Element]]) -> bool:
        links = [venue.get("href", "") for venue in by_class.get(_VENUE, ())]
        paths = (urlsplit(self.page.absolute_url(link)).path for link in links)
        return not links or any(_is_below(path, self.path) for path in paths)


def _is_headline(heading: _Element) -> bool:
    around = (heading, *heading.iterancestors())
    return any(_HEADLINE in _classes(element) for element in around)


def _parts_around(headings: list[_Element]) -> dict[_Element, _Element | None]:
    """Return the snapshot around each headline, or the nearest element that has a price."""
    around = {heading: _snapshot_of(heading) for heading in headings}
    unknown = [heading for heading in headings if around[heading] is None]
    priced = _with_prices(unknown[0].getroottree().getroot()) if unknown else set()
    for heading in unknown:
        around[heading] = next(filter(priced.__contains__, heading.iterancestors()), None)
    return around


def _by_class(part: _Element | None) -> dict[str, list[_Element]]:
    """Return the parts of a snapshot by their classes, without those of a snapshot inside it."""
    by_class: dict[str, list[_Element]] = {}
    for element in part.iterdescendants("*") if part is not None else ():
        for name in dict.fromkeys(_classes(element)):
            by_class.setdefault(name, []).append(element)
    if _SNAPSHOT in by_class:
        others = _inside(by_class.pop(_SNAPSHOT))
        own = {name: [each for each in by_class[name] if each not in others] for name in by_class}
        return {name: parts for name, parts in own.items() if parts}
    return by_class


def _inside(snapshots: list[_Element]) -> set[_Element]:
    """Return snapshots, in the order of the page, with all that is in them."""
    elements: set[_Element] = set()
    for snapshot in snapshots:
        if snapshot not in elements:
            elements.update(snapshot.iter("*"))
    return elements


def _with_prices(root: _Element) -> set[_Element]:
    """Return the prices of a page, and all elements that one stands in."""
    prices = [part for part in root.iter("*") if not _PRICED.isdisjoint(_classes(part))]
    return {*prices, *ancestors(prices)}


def _snapshot_of(part: _Element) -> _Element | None:
    """Return the snapshot that a part is in, the nearest element of the class."""
    around = (part, *part.iterancestors())
    return next((element for element in around if _SNAPSHOT in _classes(element)), None)


def _classes(element: _Element) -> list[str]:
    return (element.get("class") or "").split()


def _is_below(path: str, page: str) -> bool:
    """Return whether a path is the own one, or that of an exchange below it.

    The number in the path decides, if there is one: of an ETF or fund the ISIN, of a certificate
    the WKN.

    >>> _is_below("/aktien/muster_vz-aktie@stBoerse_STU", "/aktien/muster-vz-aktie")
    True
    >>> _is_below("/aktien/muster-aktie", "/aktien/muster-vz-aktie")
    False
    >>> _is_below("/zertifikate/auf-a0mst1/mu5t3r", "/zertifikate/auf-/mu5t3r")
    True
    """
    own = instrument_path(page)
    if own and own.wkn:
        return own.page in path.lower().split("/")
    if own and own.isin:
        return own.isin.lower() in path.lower()
    folded, own_folded = path.lower().replace("-", "_"), page.lower().replace("-", "_")
    rest = folded.removeprefix(own_folded)
    return rest == "" or (rest != folded and rest[0] in "@/")
