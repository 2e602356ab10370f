"""The search box's suggestions for an ISIN or WKN: ``/suggest/finde/jsonv2?query=US88160R1014``.

The JSON is a list of groups (reported 2024) or an object whose ``it`` is that list (seen 2026-09).
robots.txt may disallow the request.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from finnews.instrument_paths import KINDS, InstrumentPath, path_of
from finnews.items import Item, instrument_key
from finnews.pages.base import BrokenPage, Link, Page
from finnews.processors import isin, wkn, wkn_of_isin
from finnews.site import FINANZEN_NET, Site

ADDRESS = (
    "/suggest/finde/jsonv2?max_results=25&Keywords_mode=APPROX"
    "&Keywords={number}&query={number}&bias=100"
)
_GROUPS = "(it || @)[?il]"
_ADVERTISING = "Anzeige"
_STOCKS = "Aktien"
_NAME = re.compile(r"[\w\-&.]+")
_TAG = "<"  # in the name of an advertisement


class Suggestion(NamedTuple):
    """A paper that resembles the query."""

    name: str
    paper: InstrumentPath
    isin: str | None
    wkn: str | None

    @property
    def numbers(self) -> frozenset[str]:
        """Its ISIN and WKN; a German ISIN contains the WKN."""
        return frozenset(filter(None, (self.isin, self.wkn, wkn_of_isin(self.isin or ""))))


class SuggestionsPage(Page):
    """Papers whose name, ISIN or WKN resembles the query; most of them are others.

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
        self.papers = list(self._papers())
        """The suggested papers of all kinds, in the order of the page"""

    def items(self) -> Iterator[Item]:
        return iter(())

    def links(self) -> Iterator[Link]:
        """Yield the pages of all suggested papers."""
        paths = (
            path_of(suggestion.paper.kind, suggestion.paper.page) for suggestion in self.papers
        )
        return self.links_to(dict.fromkeys(paths))

    def paper_of(self, number: str) -> InstrumentPath | None:
        """Return the paper that has exactly this ISIN or WKN; if two have it, none, and a doubt."""
        own = isin(number) or wkn(number)
        papers = (suggestion.paper for suggestion in self.papers if own in suggestion.numbers)
        matches = {instrument_key(paper.kind, paper.page): paper for paper in papers}
        if len(matches) > 1:
            self.doubt("page", "ambiguous", f"{own}: {', '.join(map(str, matches))}")
            return None
        return next(iter(matches.values()), None)

    def _papers(self) -> Iterator[Suggestion]:
        for group in (group.root for group in self.jmespath(_GROUPS)):
            entries = group["il"] if isinstance(group["il"], list) else []
            title = group.get("n")
            for entry in entries if title != _ADVERTISING else ():
                if isinstance(entry, dict) and (suggestion := self._suggestion(entry, title)):
                    yield suggestion

    def _suggestion(self, entry: dict[str, Any], title: object) -> Suggestion | None:
        """Return the paper of an entry, which is none if it has no address of one."""
        name, address = _text(entry, "n"), _text(entry, "u")
        paper = self._paper(address, title) if _TAG not in name else None
        if paper is None:
            return None
        own_isin, own_wkn = (self._number(entry, field) for field in ("isin", "wkn"))
        isins = {own_isin, paper.isin} - {None}
        wkns = {own_wkn, paper.wkn, *(wkn_of_isin(number or "") for number in isins)} - {None}
        if len(isins) > 1 or len(wkns) > 1:
            self.doubt("isin", "contradiction", f"{own_isin}, {own_wkn}, {address}")
            return None
        return Suggestion(name, paper, next(iter(isins), None), next(iter(wkns), None))

    def _paper(self, address: str, title: object) -> InstrumentPath | None:
        """Return the paper at an address; in its place an old form has the page name of a stock."""
        if _NAME.fullmatch(address):
            return InstrumentPath("stock", address) if title == _STOCKS else None
        paper = self.instrument_path(address)
        path = self.site.path_of(self.absolute_url(address)) or ""
        if paper is None and path.strip("/").partition("/")[0] in KINDS:
            self.doubt("page", "unreadable", path)
        return paper

    def _number(self, entry: dict[str, Any], field: str) -> str | None:
        """Return the ISIN or WKN of an entry; one of another form is a doubt."""
        printed = _text(entry, field)
        number = isin(printed) if field == "isin" else wkn(printed)
        if printed and number is None:
            self.doubt(field, "unreadable", printed)
        return number


def _text(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name)
    return value.strip() if isinstance(value, str) else ""
