"""The news articles of the sample site."""

from dataclasses import dataclass
from datetime import datetime

from samplesite.content.instruments import Instrument
from samplesite.content.stocks import Stock

SECTIONS = ("aktien", "devisen", "rohstoffe", "etf")

_CATEGORIES = {
    "aktien": "Aktien",
    "devisen": "Kryptowährungen",
    "rohstoffe": "Rohstoffe",
    "etf": "ETF & Fonds",
}


@dataclass(frozen=True)
class Named:
    """A security named in a text by a link."""

    text: str
    instrument: Stock | Instrument
    is_absolute: bool = False


@dataclass(frozen=True)
class Piece:
    """A part of a text: ``p``, ``h2``, ``ul`` with an entry a line, or ``ad``."""

    tag: str
    parts: tuple[str | Named, ...] = ()

    @property
    def text(self) -> str:
        """What a reader sees."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


@dataclass(frozen=True)
class Slide:
    """A place of a ranking; one without a title is advertising."""

    title: str = ""
    parts: tuple[str | Named, ...] = ()
    source: str = ""

    @property
    def text(self) -> str:
        """What a reader sees below the title."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


@dataclass(frozen=True)
class Byline:
    """What stands around an agency's text, and what it means."""

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
    empty_row: Instrument | None = None
    rated: tuple[Stock, ...] = ()
    has_image: bool = True
    credit: str | None = None
    summary: tuple[str, ...] = ()
    is_sponsored: bool = False
    is_updated: bool = False
    person: str | None = None
    fault: str | None = None
    appears: datetime | None = None
    """From when on lists have it, if that is not its time there."""
    dated_anew: datetime | None = None
    """When it was corrected, and so moved to the top of feed and lists."""

    @property
    def dated(self) -> datetime:
        """Its time in the feed."""
        return self.dated_anew or self.published

    @property
    def path(self) -> str:
        """Its page."""
        return f"/nachricht/{self.section}/{self.slug}-{self.id}"

    @property
    def category(self) -> str:
        """The site's word for its subject."""
        return _CATEGORIES[self.section]

    @property
    def is_promotion(self) -> bool:
        """Whether it is advertising in the form of an article."""
        return self.is_sponsored or self.slug.startswith(("in-eigener-sache-", "ratgeber-"))
