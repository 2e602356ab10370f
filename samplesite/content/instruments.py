"""The securities of the sample site: shares with their exchanges, indices, currencies, goods."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import cast
from zoneinfo import ZoneInfo

from stdnum import isin as stdnum_isin

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 18, 0, tzinfo=BERLIN)
"""The sample site's present: its newest pages are of this time."""

CENT = Decimal("0.01")

_FIRST = (
    *("Muster", "Beispiel", "Probe", "Nord", "Süd", "Alpen", "Elbe", "Hanse", "Isar", "Kiesel"),
    *(
        "Linden",
        "Marsch",
        "Neckar",
        "Ostsee",
        "Pappel",
        "Quarz",
        "Rhein",
        "Saale",
        "Tannen",
        "Ufer",
    ),
)
_SECOND = (
    *("werk", "bau", "chemie", "energie", "medien", "logistik", "optik", "pharma", "stahl"),
    *("technik", "textil", "wind"),
)
_FORMS = ("AG", "SE", "AG Vz.", "S.A.", "Inc.", "plc", "KGaA", "N.V.")
PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Exchange:
    """A place of trade, as the venues page prints it, and what it is by the standards."""

    name: str
    code: str
    mic: str | None
    segment: str
    unit: str = "EUR"


EXCHANGES = (
    Exchange("XETRA", "XETRA", "XETR", "german"),
    Exchange("Frankfurt", "FSE", "XFRA", "german"),
    Exchange("Stuttgart", "STU", "XSTU", "german"),
    Exchange("Düsseldorf", "DUS", "XDUS", "german"),
    Exchange("Hamburg", "HAM", "XHAM", "german"),
    Exchange("Hannover", "HAN", "XHAN", "german"),
    Exchange("München", "MUN", "XMUN", "german"),
    Exchange("Berlin", "BER", "XBER", "german"),
    Exchange("gettex", "BMN", "MUND", "german"),
    Exchange("Tradegate", "TGT", "XGAT", "german"),
    Exchange("L&S Exchange", "HAML", "HAML", "off-exchange"),
    Exchange("Beispielmakler", "BSM", None, "off-exchange"),
    Exchange("SIX Swiss Exchange", "SWX", "XSWX", "foreign", "CHF"),
    Exchange("NYSE", "NYSE", "XNYS", "foreign", "USD"),
    Exchange("NASDAQ", "NAS", "XNAS", "foreign", "USD"),
    Exchange("London", "LSE", "XLON", "foreign", "GBX"),
)


@dataclass(frozen=True)
class Venue:
    """One row of a venues page; `price` is ``None`` where nothing was traded."""

    exchange: Exchange
    at: datetime
    price: Decimal | None = None
    previous: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    volume: int | None = None

    @property
    def change(self) -> Decimal | None:
        """Against the previous close."""
        if self.price is None or self.previous is None:
            return None
        return self.price - self.previous

    @property
    def percent(self) -> Decimal | None:
        """The change in percent, two decimals."""
        if self.change is None or self.previous is None:
            return None
        return (self.change / self.previous * 100).quantize(CENT)

    @property
    def bid(self) -> Decimal | None:
        """The price at which the market buys."""
        return None if self.price is None else self.price - Decimal("0.04")

    @property
    def ask(self) -> Decimal | None:
        """The price at which the market sells."""
        return None if self.price is None else self.price + Decimal("0.06")


@dataclass(frozen=True)
class Instrument:
    """A security that is no share; `price` as boxes print it."""

    name: str
    kind: str
    path: str
    price: Decimal
    change: Decimal
    unit: str

    @property
    def page(self) -> str:
        """Its name in paths."""
        return self.path.rpartition("/")[2]

    @property
    def percent(self) -> Decimal:
        """The change in percent, two decimals."""
        return (self.change / (self.price - self.change) * 100).quantize(CENT)


@dataclass(frozen=True)
class Ticker:
    """An entry of the header's ticker."""

    name: str
    kind: str
    path: str
    price: Decimal
    percent: Decimal

    @property
    def page(self) -> str:
        """Its name in paths."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Stock:
    """A share."""

    page: str
    name: str
    short: str
    isin: str
    wkn: str
    symbol: str | None
    venues: tuple[Venue, ...]
    is_short_of_boxes: bool

    @property
    def path(self) -> str:
        """Its page."""
        return f"/aktien/{self.page}-aktie"

    @property
    def home(self) -> Venue:
        """The exchange whose price the boxes of articles show; it always has one."""
        return self.venues[0]

    @property
    def boxed_venues(self) -> list[Venue]:
        """The venues that have a price box on the share's page."""
        traded = [venue for venue in self.venues if venue.price is not None]
        return [] if self.is_short_of_boxes else traded[:3]

    @property
    def price(self) -> Decimal:
        """The price on that exchange."""
        return cast("Decimal", self.home.price)

    @property
    def studied_price(self) -> Decimal:
        """The price in the box of a study, a little later than that of the articles."""
        return self.price + 2 * CENT

    @property
    def has_two_badges(self) -> bool:
        """Whether its page prints two badges of one key."""
        return int(self.isin[-1]) % 2 == 0

    @property
    def change(self) -> Decimal:
        """Its change against the previous close."""
        return cast("Decimal", self.home.change)

    @property
    def percent(self) -> Decimal:
        """The same in percent."""
        return cast("Decimal", self.home.percent)


def _number(name: str, kind: str, path: str, price: str, change: str, unit: str) -> Instrument:
    return Instrument(name, kind, path, Decimal(price), Decimal(change), unit)


INDICES = (
    _number("DAX", "index", "/index/dax", "24938.51", "-251.37", "PKT"),
    _number("MDAX", "index", "/index/mdax", "31207.84", "112.06", "PKT"),
    _number("Euro STOXX 50", "index", "/index/euro_stoxx_50", "6174.92", "-94.11", "PKT"),
)
CURRENCIES = (
    _number(
        "BTC/EUR (Bitcoin-Euro)",
        "currency",
        "/devisen/bitcoin-euro-kurs",
        "74908.89",
        "1136.19",
        "EUR",
    ),
    _number(
        "ETH/USD (Ethereum-US-Dollar)",
        "currency",
        "/devisen/ethereum-dollar-kurs",
        "2683.33",
        "-0.94",
        "USD",
    ),
    _number(
        "USDC/USD (USD Coin-US-Dollar)",
        "currency",
        "/devisen/usd_coin-dollar-kurs",
        "1.00",
        "0.00",
        "USD",
    ),
)
GOODS = (_number("Goldpreis", "commodity", "/rohstoffe/goldpreis", "4123.70", "18.30", "USD"),)

TICKER = (
    Ticker("DAX", "index", "/index/dax", Decimal(24939), Decimal("-1.0")),
    Ticker("ESt50", "index", "/index/euro_stoxx_50", Decimal(6175), Decimal("-1.5")),
    Ticker("MSCI World", "index", "/index/msci-world", Decimal(4343), Decimal("-0.1")),
    Ticker("Top 10 Crypto", "etf", "/etf/top-10-crypto", Decimal("10.19"), Decimal("0.1")),
    Ticker("Nas", "index", "/index/nasdaq_100", Decimal(23592), Decimal("0.6")),
    Ticker("Bitcoin", "currency", "/devisen/bitcoin-dollar-kurs", Decimal(66643), Decimal("-0.2")),
    Ticker("Euro", "currency", "/devisen/dollarkurs", Decimal("1.1819"), Decimal("0.2")),
    Ticker("Öl", "commodity", "/rohstoffe/oelpreis", Decimal("66.06"), Decimal("-0.4")),
    Ticker("Gold", "commodity", "/rohstoffe/goldpreis", Decimal(4124), Decimal("5.6")),
)


def stock(seed: int, number: int) -> Stock:
    """Return the share of that number; the same for a seed, however many there are."""
    chance = Random(f"{seed}/stock/{number}")
    short = _short_name(number)
    form = _FORMS[number % len(_FORMS)]
    wkn = "".join(chance.choices(_LETTERS + "0123456789", k=5)) + str(number % 10)
    is_german = form in ("AG", "SE", "AG Vz.", "KGaA")
    return Stock(
        page=_page(short, number),
        name=f"{short} {form}",
        short=short,
        isin=_isin(f"DE000{wkn}" if is_german else _foreign(chance, form)),
        wkn=wkn,
        symbol=None if number % 6 == 5 else "".join(chance.choices(_LETTERS, k=3)),
        venues=_venues(chance, number),
        is_short_of_boxes=number % 9 == 8,
    )


def _short_name(number: int) -> str:
    turn, place = divmod(number, len(_FIRST) * len(_SECOND))
    row, column = divmod(place, len(_FIRST))
    name = _FIRST[column] + _SECOND[(row + column) % len(_SECOND)]
    name += f" {turn + 1}" if turn else ""
    return f"{name} C (ex Vorher)" if number % 11 == 7 else name


def _page(short: str, number: int) -> str:
    words = short.lower().translate(PLAIN).replace("(", "").replace(")", "").split()
    return ("_", "-")[number % 2].join(
        words if len(words) > 1 else [*words, "x"][: 1 + number % 3 // 2]
    )


def _isin(stem: str) -> str:
    return stem + str(stdnum_isin.calc_check_digit(stem))


def _foreign(chance: Random, form: str) -> str:
    country = {"S.A.": "FR", "Inc.": "US", "plc": "GB", "N.V.": "NL"}[form]
    return country + "".join(chance.choices("0123456789", k=9))


def _venues(chance: Random, number: int) -> tuple[Venue, ...]:
    price = Decimal(chance.randrange(500, 90_000)) / 100
    if number % 13 == 3:
        price *= 20
    return tuple(_venue(chance, exchange, price) for exchange in EXCHANGES)


def _venue(chance: Random, exchange: Exchange, about: Decimal) -> Venue:
    at = NOW - timedelta(seconds=chance.randrange(60, 9 * 3600))
    if exchange is not EXCHANGES[0] and chance.random() < 0.1:
        return Venue(exchange, at)
    factor = {"CHF": Decimal("0.94"), "USD": Decimal("1.16"), "GBX": Decimal(88)}.get(
        exchange.unit, 1
    )
    previous = (about * factor * chance.randrange(970, 1030) / 1000).quantize(CENT)
    price = previous if chance.random() < 0.1 else _near(chance, previous)
    return Venue(
        exchange,
        at,
        price,
        previous,
        low=min(price, previous),
        high=max(price, previous) + CENT * chance.randrange(50),
        volume=None if chance.random() < 0.2 else chance.randrange(1, 4_000_000),
    )


def _near(chance: Random, price: Decimal) -> Decimal:
    return (price * chance.randrange(960, 1045) / 1000).quantize(CENT)
