"""A news article, and the securities that it names."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from finnews.items.base import Item, Kind, instrument_key
from finnews.items.forms import DayOrTime, Digits, Isin, Time, Url, Wkn


@dataclass(slots=True)
class NamedInstrument:
    """A security that an article names: in its box of prices, or by a link in its text."""

    name: str | None = None
    """As the page prints it: ``Tesla``, ``USDT/EUR (Tether-Euro)``."""

    kind: Kind | None = None
    """From the path of its link; crypto currencies under ``/devisen/`` are ``currency``."""

    page: str | None = None
    """Its name in the site's paths: ``tesla``, ``dax``, ``bitcoin-euro-kurs``."""

    url: Url | None = None
    """Its page on the site."""

    isin: Isin | None = None
    """ISO 6166, where the page prints it."""

    wkn: Wkn | None = None
    """German securities number, where the page prints it."""


@dataclass(slots=True)
class Article(Item):
    """A news article of the site."""

    collection: ClassVar[str] = "articles"
    is_stored_last: ClassVar[bool] = True
    is_reported: ClassVar[bool] = True
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("id",), ("headline",), ("date_published",))

    id: Digits | None = None
    """The site's article number: the last run of digits of the address. Not in date order."""

    headline: str | None = None
    """Title, as the page shows it; the ``<title>`` carries another one for search engines."""

    kicker: str | None = None
    """Short line above the title."""

    description: str | None = None
    """Lead: one or two sentences below the title."""

    article_body: str | None = None
    """Paragraphs and sub-headings in order, separated by blank lines. Without advertising,
    boxes, captions, credits, sign-offs and teasers; with the slides of a ranking."""

    subheadings: list[str] | None = None
    """Which of the paragraphs of `article_body` are sub-headings, in order."""

    section: str | None = None
    """Section in the site's path: ``aktien``, ``devisen``."""

    category: str | None = None
    """The site's own category: ``Kryptowährungen``."""

    date_published: DayOrTime | None = None
    """Time of publication, ``2026-10-01T06:10:19+02:00``, in the time of Berlin. Where a page
    prints only the time of its last update, that one."""

    date_published_raw: str | None = None
    """The date line as printed: ``01.10.26 06:10 Uhr``, ``aktualisiert 27.02.13 21:49 Uhr``."""

    date_modified: Time | None = None
    """Time of the last update, in the time of Berlin."""

    authors: list[str] | None = None
    """Names of persons; the houses are in `agency` and `signature`."""

    agency: str | None = None
    """News agency or paper the text comes from: ``dpa-AFX``. Several as printed: ``dpa-AFX /
    Dow Jones Newswires``."""

    dateline: str | None = None
    """Place in front of an agency's text: ``FRANKFURT``, ``AUSTIN``."""

    signature: str | None = None
    """Sign-off of the desk, without the leading slash: ``so/DP/zb``, ``Redaktion finanzen.net``."""

    image_url: str | None = None
    """Address of the picture."""

    image_credit: str | None = None
    """Owners of the picture's rights, as printed: ``A / Shutterstock.com, B``."""

    instruments: list[NamedInstrument] | None = None
    """The securities the article names, each once: its box first, then the links of its text."""

    summary: list[str] | None = None
    """Bullet points that the site offers as a summary (written by a machine)."""

    is_sponsored: bool | None = None
    """Advertising in the form of an article."""

    in_language: Literal["de"] | None = None
    """Always ``de``."""

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"id:{self.id}",)

    @property
    def dated(self) -> str | None:
        return self.date_published

    def mentions(self, instrument: str) -> bool:
        named = self.instruments or ()
        return any(instrument_key(each.kind, each.page) == instrument for each in named)

    def line_parts(self) -> tuple[str | None, ...]:
        return self.headline, self.url
