"""The snapshot at the top of a security's page: its name, its numbers, and one or two prices."""

import re
from functools import cached_property
from urllib.parse import urlsplit

from lxml.etree import _Element
from parsel import Selector

from finnews.pages.base import Page
from finnews.pages.visible import text_of
from finnews.vocabulary import is_exchange

NAV = "NAV"
"""Stands where an exchange stands, for a fund's net asset value."""

_HEADLINES = "h1.snapshot__headline, .snapshot__headline h1"
_OTHER_HEADLINES = "h1"
_VENUES = "a.listing__text"
_SHARE = re.compile(r"[ -]Aktie$")
_VALUES = "snapshot__values"


class Snapshot:
    """The snapshot that has the page's headline in it; `path` is that of the security's page.

    Another security's can stand on the page as well: one whose list of exchanges leads to another
    page is none.
    """

    def __init__(self, page: Page, path: str, exchange: str | None) -> None:
        self.page = page
        self.path = path
        self.exchange = exchange
        """The exchange in the address, if it is a page for one."""
        self.heading, self.part = self._own()

    @cached_property
    def name(self) -> str | None:
        """The headline; a share's without "Aktie", which is its kind."""
        text = "" if self.heading is None else text_of(Selector(root=self.heading))
        return (_SHARE.sub("", text) if self.path.startswith("/aktien/") else text) or None

    @cached_property
    def exchanges(self) -> frozenset[str]:
        """The names in the list of exchanges."""
        return frozenset(map(text_of, self.parts(_VENUES)))

    def knows_exchange(self, name: str) -> bool:
        """Return whether a word is the name of an exchange: it is known, or in the list."""
        return name == NAV or is_exchange(name) or name in self.exchanges

    def without_name(self, text: str) -> str:
        """Return a heading without the security's name."""
        if not self.name:
            return text
        pattern = rf"\b{re.escape(self.name)}(?:[ -]Aktie)?(?!\w)"
        return " ".join(re.sub(pattern, "", text, count=1).split())

    def parts(self, rule: str, within: Selector | None = None) -> list[Selector]:
        """Return the parts of the snapshot that a selector matches, not those of one inside it."""
        part = within or self.part
        matches = self.page.css(rule, part) if part is not None else []
        return [match for match in matches if _snapshot_of(match.root) in (None, self._element)]

    @property
    def _element(self) -> _Element | None:
        return None if self.part is None else self.part.root

    def _own(self) -> tuple[_Element | None, Selector | None]:
        headings = self.page.css(_HEADLINES) or self.page.css(_OTHER_HEADLINES)
        found = [(heading.root, _part(heading.root)) for heading in headings]
        own = [(heading, part) for heading, part in found if self._is_own(part)]
        if len(own) > 1:
            printed = ", ".join(text_of(Selector(root=heading)) for heading, _ in own)
            self.page.doubt("name", "ambiguous", printed)
        heading, part = own[0] if len(own) == 1 else (None, None)
        return heading, None if part is None else Selector(root=part)

    def _is_own(self, part: _Element | None) -> bool:
        links = [] if part is None else self.page.css(_VENUES, Selector(root=part))
        urls = (self.page.absolute_url(link.attrib.get("href", "")) for link in links)
        paths = [urlsplit(url).path for url in urls]
        return not paths or any(_is_below(path, self.path) for path in paths)


def _part(heading: _Element) -> _Element | None:
    """Return the snapshot around a headline, or the nearest element around it that has a price."""
    snapshot = _snapshot_of(heading)
    if snapshot is not None:
        return snapshot
    around = (element for element in heading.iterancestors() if _has_price(element))
    return next(around, None)


def _has_price(element: _Element) -> bool:
    return any(_VALUES in (part.get("class") or "").split() for part in element.iter())


def _snapshot_of(part: _Element) -> _Element | None:
    """Return the snapshot that a part is in; that is the nearest element of the class."""
    around = (part, *part.iterancestors())
    return next((each for each in around if "snapshot" in (each.get("class") or "").split()), None)


def _is_below(path: str, own: str) -> bool:
    """Return whether a path is the own one, or that of an exchange below it."""
    folded = path.lower().replace("-", "_"), own.lower().replace("-", "_")
    rest = folded[0].removeprefix(folded[1])
    return rest == "" or (rest != folded[0] and rest[0] in "@/")
