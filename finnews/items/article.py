"""News articles, and the securities that they name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal, Self

from finnews.items.base import Item, Kind, instrument_key
from finnews.items.forms import DayOrTime, Digits, Isin, Time, Url, Wkn


@dataclass(slots=True)
class NamedInstrument:
    """A security that an article names, in its box of prices or by a link in its text."""

    name: str | None = None
    """Name as printed: ``Tesla``, ``USDT/EUR (Tether-Euro)``."""

    kind: Kind | None = None
    """Kind, from the path of its link; a coin that finnews does not know is a ``currency``."""

    page: str | None = None
    """Page name, as in the site's paths: ``tesla``, ``dax``, ``bitcoin-euro-kurs``."""

    url: Url | None = None
    """Address of its page on the site."""

    isin: Isin | None = None
    """ISIN (ISO 6166); ``None`` if the page prints none."""

    wkn: Wkn | None = None
    """German securities number (WKN); ``None`` if the page prints none."""

    is_listed: bool | None = None
    """``True`` if the article does not name it, but stands in the site's list of its news."""


@dataclass(slots=True)
class Article(Item):
    """A news article."""

    collection: ClassVar[str] = "articles"
    is_stored_last: ClassVar[bool] = True
    is_reported: ClassVar[bool] = True
    date_field: ClassVar[str | None] = "date_published"
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("id",), ("headline",), ("date_published",))

    id: Digits | None = None
    """The site's article number: the last digits of the address. Not in order of date."""

    headline: str | None = None
    """Headline as the page shows it; ``<title>`` has another one for search engines."""

    kicker: str | None = None
    """Short line above the headline."""

    description: str | None = None
    """Lead: one or two sentences below the headline."""

    article_body: str | None = None
    """Paragraphs and subheadings in order, separated by blank lines. Includes the slides of a
    ranking; excludes advertising, boxes, captions, credits, sign-offs and teasers."""

    subheadings: list[str] | None = None
    """The subheadings in `article_body`, in order."""

    section: str | None = None
    """Section, from the address: ``aktien``, ``devisen``."""

    category: str | None = None
    """Category that the site gives the article: ``Kryptowährungen``."""

    date_published: DayOrTime | None = None
    """Time of publication, in Berlin time: ``2026-10-01T06:10:19+02:00``. If the page prints only
    the time of the last update, that time; a day where the time of day is not certain."""

    date_published_raw: str | None = None
    """Date line as printed: ``01.10.26 06:10 Uhr``, ``aktualisiert 27.02.13 21:49 Uhr``."""

    date_modified: Time | None = None
    """Time of the last update, in Berlin time."""

    authors: list[str] | None = None
    """Names of the authors; companies are in `agency` and `signature`."""

    agency: str | None = None
    """News agency or newspaper that wrote the text: ``dpa-AFX``. Several as printed: ``dpa-AFX /
    Dow Jones Newswires``."""

    dateline: str | None = None
    """Place before an agency's text: ``FRANKFURT``, ``AUSTIN``."""

    signature: str | None = None
    """Sign-off of the desk, without the leading slash: ``so/DP/zb``, ``Redaktion finanzen.net``."""

    image_url: str | None = None
    """Address of the image."""

    image_credit: str | None = None
    """Image credit as printed: ``A / Shutterstock.com, B``."""

    instruments: list[NamedInstrument] | None = None
    """Securities that the article names, each once: first those of its box, then of its links; then
    those in whose lists of news it stands."""

    summary: list[str] | None = None
    """Bullet points of the machine-written summary that the site shows."""

    is_sponsored: bool | None = None
    """Whether the article is an advertisement; ``None`` if the page does not say."""

    in_language: Literal["de"] | None = None
    """Always ``de``."""

    is_complete: bool | None = None
    """Whether the whole text was on the page: ``False`` if it goes on on another page or behind a
    wall, ``None`` if that is not certain."""

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"id:{self.id}",)

    def not_named(self, papers: Iterable[NamedInstrument]) -> list[NamedInstrument]:
        """Return those of some securities, each once, that are not among `instruments`."""
        named = {instrument_key(paper.kind, paper.page) for paper in self.instruments or ()}
        by_key = {instrument_key(paper.kind, paper.page): paper for paper in papers}
        return [paper for key, paper in by_key.items() if key not in named]

    def merged_with(self, reading: Self, *, is_superseded: bool) -> Self:
        """Return the article with another reading; one from a page says nothing against lists."""
        merged = Item.merged_with(self, reading, is_superseded=is_superseded)
        both = [*(self.instruments or ()), *(reading.instruments or ())]
        listed = merged.not_named(paper for paper in both if paper.is_listed)
        if listed:
            merged.instruments = [*(merged.instruments or ()), *listed]
        return merged

    def mentions(self, instrument: str) -> bool:
        keys = (instrument_key(named.kind, named.page) for named in self.instruments or ())
        return instrument in keys

    def line_parts(self) -> tuple[str | None, ...]:
        return self.headline, self.url
