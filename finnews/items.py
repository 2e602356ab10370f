"""What finnews collects, and what makes two readings the same thing.

Every item is a dataclass; its field names are the keys of the JSON line, in this order.
Times are ISO 8601 text with a zone offset, days are ``YYYY-MM-DD``; prices and rates are
``Decimal`` with the digits the page printed; unknown is ``None``.
"""

import json
import re
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from typing import Any, ClassVar, Literal, Self

Kind = Literal[
    "stock",
    "index",
    "currency",
    "commodity",
    "fund",
    "etf",
    "bond",
    "certificate",
    "crypto",
]
"""What a security is."""

Segment = Literal["german", "off-exchange", "foreign"]
"""Which of the three tables of a venues page a quote stands in."""

Source = Literal["stock", "venues", "article", "analysis", "ticker"]
"""The part of the site a quote was read from."""

Verdict = Literal["buy", "hold", "sell"]
"""The three groups into which the site sorts every rating."""

Action = Literal["initiated", "upgraded", "downgraded", "maintained"]
"""What a study did to the rating."""

_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Item:
    """What every line has: where it was read, when, and which version of the thing it is."""

    url: str | None = None
    """Address of the page it was read from, without query or fragment."""

    fetched_at: str | None = None
    """When a page that said something new of it was fetched last, in UTC:
    ``2026-11-23T16:20:05+00:00``."""

    version: int | None = None
    """1 for the first line of a thing, one more for each line that says more or other."""

    collection: ClassVar[str]
    """The folder (or file) under ``OUTPUT_DIR`` that holds these items."""

    about_the_reading: ClassVar[frozenset[str]] = frozenset({"url", "fetched_at", "version"})
    """Fields that say how a thing was read, not what it is: alone they make no new version."""

    required: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """What an item must say; of several fields in one group, one is enough."""

    def missing_fields(self) -> tuple[str, ...]:
        """Names of required fields that are empty; an item that lacks one is rejected."""
        return tuple(
            names[0]
            for names in self.required
            if all(getattr(self, name) is None for name in names)
        )

    def identities(self) -> tuple[str, ...]:
        """Names of the thing, the surest first: two readings that share one are one thing."""
        raise NotImplementedError

    def sure_name(self) -> str | None:
        """The name that parts this thing from all others, even if they share a weaker one."""
        return self.identities()[0]

    def instrument(self) -> str | None:
        """The security the item is about, as `instrument_key`; ``None`` if it is about none."""
        return None

    def is_authoritative(self) -> bool:
        """Whether this reading replaces what is known, or only fills what is empty."""
        return True

    def merged_with(self, read: Self) -> Self:
        """Return this known thing as it is after one more reading; neither is changed.

        A field that the reading lacks keeps its value, so a poorer reading never erases. Of two
        names, "SAP" and "SAP SE", the longer one stays, whatever the order.
        """
        names = [item_field.name for item_field in fields(self)]
        upper, lower = (read, self) if self.yields_to(read) else (self, read)
        values = {name: _first(getattr(upper, name), getattr(lower, name)) for name in names}
        values["fetched_at"] = max(self.fetched_at or "", read.fetched_at or "") or None
        values["version"] = self.version
        if "name" in values:
            values["name"] = _longest(getattr(self, "name"), getattr(read, "name"))
        return type(self)(**values)

    def yields_to(self, read: Self) -> bool:
        """Whether a reading replaces what is known; of two authoritative ones the later does."""
        is_later = (read.fetched_at or "") >= (self.fetched_at or "")
        return read.is_authoritative() and (is_later or not self.is_authoritative())

    def same_as(self, other: Self) -> bool:
        """Whether both say the same of the thing, however they were read."""
        return all(
            getattr(self, item_field.name) == getattr(other, item_field.name)
            for item_field in fields(self)
            if item_field.name not in self.about_the_reading
        )


@dataclass(slots=True)
class NamedInstrument:
    """A security that an article names: in its box of prices, or by a link in its text."""

    name: str | None = None
    """As the page prints it: ``Tesla``, ``USDT/EUR (Tether-Euro)``."""

    kind: Kind | None = None
    """From the path of its link; crypto currencies under ``/devisen/`` are ``currency``."""

    page: str | None = None
    """Its name in the site's paths: ``tesla``, ``dax``, ``bitcoin-euro-kurs``."""

    url: str | None = None
    """Its page on the site."""

    isin: str | None = None
    """ISO 6166, where the page prints it."""

    wkn: str | None = None
    """German securities number, where the page prints it."""


@dataclass(slots=True)
class Article(Item):
    """A news article of the site."""

    collection: ClassVar[str] = "articles"
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("id",), ("headline",), ("date_published",))

    id: str | None = None
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

    date_published: str | None = None
    """Time of publication, ``2026-10-01T06:10:19+02:00``, in the time of Berlin. Where a page
    prints only the time of its last update, that one."""

    date_published_raw: str | None = None
    """The date line as printed: ``01.10.26 06:10 Uhr``, ``aktualisiert 27.02.13 21:49 Uhr``."""

    date_modified: str | None = None
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

    in_language: str | None = None
    """Always ``de``."""

    def identities(self) -> tuple[str, ...]:
        return (f"id:{self.id}",)


@dataclass(slots=True)
class Quote(Item):
    """A price of a security at a time, on an exchange where the page names one."""

    collection: ClassVar[str] = "quotes"
    about_the_reading: ClassVar[frozenset[str]] = Item.about_the_reading | {"source"}
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("kind",), ("page",), ("price",))

    name: str | None = None
    """The security's name, as printed."""

    kind: Kind | None = None
    """What it is."""

    page: str | None = None
    """Its name in the site's paths: ``tesla``, ``dax``."""

    isin: str | None = None
    """ISO 6166."""

    wkn: str | None = None
    """German securities number."""

    symbol: str | None = None
    """Ticker symbol: ``TSLA``."""

    price: Decimal | None = None
    """Last price, in `currency` or in `unit`."""

    currency: str | None = None
    """ISO 4217. ``None`` for points, for pence, and where the page prints none."""

    unit: str | None = None
    """``points`` for an index, ``GBX`` for pence (a hundredth of a pound); else ``None``."""

    change: Decimal | None = None
    """Change against the previous close, in the unit of `price`."""

    change_percent: Decimal | None = None
    """The same in percent: 1.21 is 1.21 %."""

    previous_close: Decimal | None = None
    """Closing price of the trading day before."""

    open: Decimal | None = None
    """First price of the day."""

    day_low: Decimal | None = None
    """Lowest price of the day."""

    day_high: Decimal | None = None
    """Highest price of the day."""

    bid: Decimal | None = None
    """Price at which the market buys (Geld)."""

    ask: Decimal | None = None
    """Price at which the market sells (Brief)."""

    volume: int | None = None
    """Shares traded on the day."""

    exchange: str | None = None
    """The exchange as printed: ``Stuttgart``. Of a page for one exchange that prints none, the
    name of its code in the address, or the code where that is not known."""

    mic: str | None = None
    """ISO 10383 code of the exchange: ``XSTU``."""

    segment: Segment | None = None
    """``german``, ``off-exchange`` or ``foreign``."""

    quoted_at: str | None = None
    """Time of the price; ``None`` where the page prints none."""

    source: Source | None = None
    """The part of the site it was read from."""

    def identities(self) -> tuple[str, ...]:
        place = f"{self.instrument()}|{folded(self.exchange)}"
        if self.quoted_at:
            return (f"{place}|{self.quoted_at}",)
        price = None if self.price is None else self.price.normalize()
        return (f"{place}|{price}|{(self.fetched_at or '')[:10]}",)

    def instrument(self) -> str | None:
        return instrument_key(self.kind, self.page)

    def is_authoritative(self) -> bool:
        return self.source == "stock"


@dataclass(slots=True)
class Rating(Item):
    """An analyst's verdict on a share."""

    collection: ClassVar[str] = "ratings"
    required: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("firm",),
        ("date_published",),
        ("page", "id"),
        ("rating", "verdict"),
    )

    id: str | None = None
    """The site's analysis number, where the page links the analysis."""

    name: str | None = None
    """The share's name, as printed."""

    page: str | None = None
    """Its name in the site's paths: ``saint-gobain``."""

    isin: str | None = None
    """ISO 6166."""

    wkn: str | None = None
    """German securities number."""

    firm: str | None = None
    """The house: ``RBC Capital Markets``."""

    analyst: str | None = None
    """The person."""

    rating: str | None = None
    """In the house's own word, as printed: ``Outperform``."""

    verdict: Verdict | None = None
    """The group of that word."""

    previous_rating: str | None = None
    """The house's rating before."""

    action: Action | None = None
    """What the study did to the rating."""

    price_target: Decimal | None = None
    """Where the house sees the price, usually in twelve months."""

    previous_price_target: Decimal | None = None
    """The target before."""

    currency: str | None = None
    """ISO 4217, of `price_target`."""

    unit: str | None = None
    """``GBX`` for a target in pence, which then has no `currency`; else ``None``."""

    price: Decimal | None = None
    """Price at publication."""

    upside_percent: Decimal | None = None
    """Distance from the price to the target: at publication where the analysis was read, else
    as the table of targets printed it when it was first met."""

    consensus_target: Decimal | None = None
    """Mean of all houses' targets, as the analysis page prints it."""

    date_published: str | None = None
    """Day, or time where the page has one."""

    text: str | None = None
    """The study's text."""

    def identities(self) -> tuple[str, ...]:
        number = (f"id:{self.id}",) if self.id else ()
        if self.id and not self.page:
            return number
        study = f"{self.instrument()}|{folded(self.firm)}|{(self.date_published or '')[:10]}"
        said = self.verdict or folded(self.rating)
        words = dict.fromkeys((said, folded(self.rating) or said))
        return number + tuple(f"{study}|{word}" for word in words)

    def sure_name(self) -> str | None:
        return f"id:{self.id}" if self.id else None

    def same_as(self, other: Self) -> bool:
        """Whether both say the same; that a study's own page was read is a thing to be said."""
        same_source = self.is_authoritative() == other.is_authoritative()
        return same_source and Item.same_as(self, other)

    def instrument(self) -> str | None:
        return instrument_key("stock", self.page)

    def is_authoritative(self) -> bool:
        return "/analyse/" in (self.url or "")


@dataclass(slots=True)
class Instrument(Item):
    """A security that was met: the register of names and numbers."""

    collection: ClassVar[str] = "instruments"
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("page",), ("kind",))

    page: str | None = None
    """Its name in the site's paths."""

    name: str | None = None
    """Its name."""

    kind: Kind | None = None
    """What it is."""

    isin: str | None = None
    """ISO 6166."""

    wkn: str | None = None
    """German securities number."""

    symbol: str | None = None
    """Ticker symbol."""

    def identities(self) -> tuple[str, ...]:
        numbers = (("isin", self.isin), ("wkn", self.wkn))
        return (str(self.instrument()), *(f"{name}:{one}" for name, one in numbers if one))

    def instrument(self) -> str | None:
        return instrument_key(self.kind, self.page)

    def is_authoritative(self) -> bool:
        return f"/aktien/{self.page}-aktie" in (self.url or "")


@dataclass(slots=True)
class Rejection(Item):
    """What was read and could not be kept as an item, with the reason."""

    collection: ClassVar[str] = "rejected"

    reason: str | None = None
    """Short name of the reason: ``missing-field``, ``truncated``, ``refused``."""

    missing: list[str] | None = None
    """The required fields that were empty."""

    item: dict[str, Any] | None = None
    """What was read of the item, with the keys of its own kind."""

    def identities(self) -> tuple[str, ...]:
        read = json.dumps([self.missing, self.item], default=float).encode()
        digest = blake2b(read, digest_size=8).hexdigest()
        return (f"{self.reason}|{self.url}|{(self.fetched_at or '')[:10]}|{digest}",)

    def same_as(self, other: Self) -> bool:
        return self.identities() == other.identities()


@dataclass(slots=True)
class Unread:
    """A page that a list leads to and that was asked for, but is not archived."""

    url: str | None = None
    """Its address."""

    tries: int | None = None
    """How often it was asked for."""

    tried_at: str | None = None
    """When it was asked for last, in UTC."""

    day: str | None = None
    """Its own date, if it could be read and is only older than ``since``."""


@dataclass(slots=True)
class Walk(Item):
    """How far a list or feed, whose address is `url`, has been walked.

    All that it showed from `newest` down to `back_to` is archived, but for what is `unread`.
    """

    collection: ClassVar[str] = "walks"
    about_the_reading: ClassVar[frozenset[str]] = Item.about_the_reading | {"etag", "last_modified"}
    required: ClassVar[tuple[tuple[str, ...], ...]] = (("url",),)

    newest: str | None = None
    """The newest time that the list printed, which is not the article's own; in lists of studies
    a day. ``None`` if it printed none."""

    back_to: str | None = None
    """The day of ``since`` at which the walk ended; ``None``: at the end of the list."""

    unread: list[Unread] | None = None
    """The pages that it led to and that are not archived."""

    etag: str | None = None
    """The ``ETag`` of the list's first page, with which the next run asks whether it changed."""

    last_modified: str | None = None
    """Its ``Last-Modified``, for the same."""

    def identities(self) -> tuple[str, ...]:
        return (str(self.url),)

    def merged_with(self, read: Self) -> Self:
        """Return the later walk: it has seen what the earlier one had."""
        return replace(read, version=self.version)


ITEM_CLASSES: tuple[type[Item], ...] = (Article, Quote, Rating, Instrument, Rejection, Walk)


@lru_cache(maxsize=4096)
def instrument_key(kind: str | None, page: str | None) -> str | None:
    """Return the name under which every spelling of a page finds the same security.

    In some paths of the site a hyphen turns into an underscore.

    >>> instrument_key("stock", "saint-gobain")
    'stock:saint_gobain'
    """
    return f"{kind}:{page.lower().replace('-', '_')}" if page else None


def may_be_same(one: Item, other: Item) -> bool:
    """Return whether two items that share a name can be one thing: no surer name parts them.

    Two studies of one house on one share and day have the same description, but not one number.
    """
    first, second = one.sure_name(), other.sure_name()
    return first is None or second is None or first == second


@lru_cache(maxsize=4096)
def folded(text: str | None) -> str:
    """Return letters and digits alone, in lower case, to compare names by.

    >>> folded("Joh. Berenberg, Gossler & Co. KG")
    'joh berenberg gossler co kg'
    """
    return _NOT_LETTERS.sub(" ", (text or "").casefold()).strip()


def _longest(*names: str | None) -> str | None:
    given = [name for name in names if name]
    return max(given, key=lambda name: (len(name), name), default=None)


def _first(upper: Any, lower: Any) -> Any:
    return lower if upper is None else upper
