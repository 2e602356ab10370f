"""The news articles of the sample site."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from samplesite.content.instruments import Instrument
from samplesite.content.papers import Paper
from samplesite.content.stocks import Stock

SECTIONS = ("aktien", "devisen", "rohstoffe", "etf")
"""The sections of all articles but those that only one list shows."""

_CATEGORIES = {
    "aktien": "Aktien",
    "devisen": "Kryptowährungen",
    "rohstoffe": "Rohstoffe",
    "etf": "ETF & Fonds",
    "fonds": "ETF & Fonds",
    "zertifikate": "Zertifikate",
    "anleihen": "Anleihen",
    "kryptowaehrungen": "Kryptowährungen",
    "konjunktur": "Konjunktur",
}


@dataclass(frozen=True)
class Named:
    """A link to an instrument within a text."""

    text: str
    instrument: Stock | Instrument
    is_absolute: bool = False


def visible_text(parts: tuple[str | Named, ...]) -> str:
    """Return what a reader sees of a text and the links in it."""
    return "".join(part if isinstance(part, str) else part.text for part in parts)


@dataclass(frozen=True)
class Piece:
    """A block of a text: ``p``, ``h2``, ``ul``, ``br`` (lines of a paragraph) or ``ad``."""

    tag: str
    parts: tuple[str | Named, ...] = ()

    @property
    def text(self) -> str:
        """The visible text."""
        return visible_text(self.parts)


@dataclass(frozen=True)
class Slide:
    """A slide of a ranking; an advertisement has no title."""

    title: str = ""
    parts: tuple[str | Named, ...] = ()
    source: str = ""

    @property
    def text(self) -> str:
        """The visible text below the title."""
        return visible_text(self.parts)


@dataclass(frozen=True)
class Byline:
    """The agency's lines around a text, and the fields that they stand for."""

    before: str = ""
    after_last: str = ""
    first: str = ""
    last: tuple[str, ...] = ()
    dateline: str | None = None
    agency: str | None = None
    signature: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Article:
    """One article."""

    id: str
    section: str
    slug: str
    headline: str
    kicker: str | None
    lead: str | None
    published: datetime
    modified: datetime
    listed: datetime
    layout: int
    pieces: tuple[Piece, ...]
    byline: Byline
    slides: tuple[Slide, ...] = ()
    stocks: tuple[Stock, ...] = ()
    others: tuple[Instrument, ...] = ()
    papers: tuple[Paper, ...] = ()
    """Other papers in its box."""
    empty_row: Instrument | None = None
    rated: tuple[Stock, ...] = ()
    has_image: bool = True
    credit: str | None = None
    summary: tuple[str, ...] = ()
    is_sponsored: bool = False
    is_updated: bool = False
    person: str | None = None
    appears: datetime | None = None
    """When lists start to show it, if later than the time they print."""
    dated_anew: datetime | None = None
    """When it was corrected and moved to the top of the feed and the lists."""
    only_list: str | None = None
    """Path of the only list that shows it; no feed does either."""

    @cached_property
    def boxed_paths(self) -> frozenset[str]:
        """The paths, without a query, of what is named in its box "Werte in diesem Artikel"."""
        empty = (self.empty_row,) if self.empty_row else ()
        named = (*self.stocks, *self.others, *self.papers, *empty)
        return frozenset(each.path.partition("?")[0] for each in named)

    @property
    def dated(self) -> datetime:
        """Its time in the feed."""
        return self.dated_anew or self.published

    @property
    def path(self) -> str:
        """The path of its page."""
        return f"/nachricht/{self.section}/{self.slug}-{self.id}"

    @property
    def category(self) -> str:
        """The category in the page context."""
        return _CATEGORIES[self.section]

    @property
    def is_promotion(self) -> bool:
        """Whether it is an advertorial."""
        return self.is_sponsored or self.slug.startswith(("in-eigener-sache-", "ratgeber-"))
