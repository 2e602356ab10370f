"""Market words to standard terms: paths → kinds, exchanges → MIC, ratings → verdicts, currencies.

A word that is not in a table gives ``None``; the crawl counts it under its name, and a line
here is all that it takes to know it.
"""

import re
from typing import Final, NamedTuple

from finnews.items import Kind, Verdict, folded

KINDS: Final[dict[str, Kind]] = {
    "aktien": "stock",
    "index": "index",
    "devisen": "currency",
    "rohstoffe": "commodity",
    "fonds": "fund",
    "etf": "etf",
    "anleihen": "bond",
    "zertifikate": "certificate",
}
"""First segment of an instrument's path → what it is."""

_MICS: Final[dict[str, str]] = {
    # German exchanges
    "XETRA": "XETR",
    "Frankfurt": "XFRA",
    "Stuttgart": "XSTU",
    "Düsseldorf": "XDUS",
    "Hamburg": "XHAM",
    "Hannover": "XHAN",
    "München": "XMUN",
    "Berlin": "XBER",
    "Tradegate": "XGAT",
    "gettex": "MUND",
    "Quotrix": "XQTX",
    "L&S Exchange": "HAML",
    # foreign ones
    "SIX Swiss Exchange": "XSWX",
    "BX SWISS": "XBRN",
    "Wien": "XWBO",
    "Bulgarien": "XBUL",
    "NYSE": "XNYS",
    "NASDAQ": "XNAS",
    "NASDAQ OTC": "OTCM",
    "London": "XLON",
    "Euronext Paris": "XPAR",
    "Paris": "XPAR",
    "Euronext Amsterdam": "XAMS",
    "Amsterdam": "XAMS",
    "Brüssel": "XBRU",
    "Mailand": "XMIL",
    "Madrid": "XMAD",
    "Stockholm": "XSTO",
    "Kopenhagen": "XCSE",
    "Oslo": "XOSL",
    "Helsinki": "XHEL",
    "Warschau": "XWAR",
    "Toronto": "XTSE",
    "Tokio": "XTKS",
    "Hongkong": "XHKG",
}

_CODES: Final[dict[str, str]] = {
    # seen in the links of a table of exchanges (2026-08)
    "XETRA": "XETRA",
    "FSE": "Frankfurt",
    "STU": "Stuttgart",
    "DUS": "Düsseldorf",
    "HAM": "Hamburg",
    "HAN": "Hannover",
    "MUN": "München",
    "BMN": "gettex",
    "XQTX": "Quotrix",
    "TGT": "Tradegate",
    "BAE": "Baader Bank",
    "L&S": "Lang und Schwarz",
    "HAML": "L&S Exchange",
    "SWX": "SIX Swiss Exchange",
    "BRX": "BX SWISS",
    "GVIE": "Wien",
    "BUL": "Bulgarien",
    "NASO": "NASDAQ OTC",
    # reported
    "BER": "Berlin",
    "NAS": "NASDAQ",
    "NYSE": "NYSE",
}

_RATINGS: Final[dict[Verdict, tuple[str, ...]]] = {
    "buy": (
        *("accumulate", "add", "akkumulieren", "aufstocken", "buy", "conviction buy"),
        *("conviction buy list", "kaufen", "long-term buy", "moderate buy", "outperform"),
        *("outperformer", "overweight", "positive", "sector outperform", "sector outperformer"),
        *("spekulativ kaufen", "speculative buy", "stark kaufen", "strong buy"),
        *("top pick", "übergewichten", "überdurchschnittlich", "zukaufen"),
    ),
    "hold": (
        *("equal weight", "fair", "fairly valued", "gleichgewichten", "halten"),
        *("hold", "in-line", "market perform", "market performer"),
        *("market weight", "neutral", "neutral weight", "peer perform"),
        *("perform", "sector perform", "sector performer", "sector weight"),
    ),
    "sell": (
        *("abbauen", "moderate sell", "negative", "reduce", "reduzieren", "sector underperform"),
        *("sell", "strong sell", "underperform", "underperformer", "unterdurchschnittlich"),
        *("untergewichten", "underweight", "verkaufen"),
    ),
}

_MIC_OF = {folded(exchange): mic for exchange, mic in _MICS.items()}
_VERDICT_OF = {
    folded(word).replace(" ", ""): verdict for verdict, words in _RATINGS.items() for word in words
}

_CURRENCY_SIGNS: Final[dict[str, str]] = {"€": "EUR", "$": "USD", "£": "GBP", "Fr.": "CHF"}
_NOT_CURRENCIES: Final[dict[str, str]] = {"PKT": "points", "GBX": "GBX", "GBp": "GBX"}
_CURRENCY = re.compile(r"[A-Z]{3}")
_INSTRUMENT_PATH = re.compile(
    rf"/(?P<type>{'|'.join(KINDS)})/(?P<page>[^/?#@]+)(?:@stBoerse_(?P<exchange>[^/?#]+))?$"
)


class Money(NamedTuple):
    """What a price counts: ``Money("EUR", None)``, ``Money(None, "points")``."""

    currency: str | None
    unit: str | None


class InstrumentPath(NamedTuple):
    """What the path of an instrument's page says: ``InstrumentPath("stock", "tesla")``."""

    kind: Kind
    page: str


def mic(exchange: str) -> str | None:
    """Return the ISO 10383 code of an exchange.

    >>> mic("Stuttgart"), mic("SIX Swiss Exchange"), mic("Baader Bank")
    ('XSTU', 'XSWX', None)
    """
    return _MIC_OF.get(folded(exchange))


def exchange_of_code(code: str) -> str | None:
    """Return the exchange, as tables print it, of a code behind ``@stBoerse_`` in an address.

    >>> exchange_of_code("FSE"), exchange_of_code("XYZ")
    ('Frankfurt', None)
    """
    return _CODES.get(code)


def verdict(rating: str) -> Verdict | None:
    """Return the group of a house's word, case and hyphens apart.

    >>> verdict("Market-Perform"), verdict("ÜBERGEWICHTEN"), verdict("suspended")
    ('hold', 'buy', None)
    """
    return _VERDICT_OF.get(folded(rating).replace(" ", ""))


def name_and_rating(printed: str, name: str | None = None) -> tuple[str, str] | None:
    """Split a title such as "Saint-Gobain Equal Weight" into the share's name and the rating.

    Where the name is not known, the rating is the longest known word of ratings at the end;
    ``None`` if there is none.

    >>> name_and_rating("Muster C (ex Beispiel) Suspended", "Muster C (ex Beispiel)")
    ('Muster C (ex Beispiel)', 'Suspended')
    >>> name_and_rating("Saint-Gobain Equal Weight"), name_and_rating("Tesla Suspended")
    (('Saint-Gobain', 'Equal Weight'), None)
    """
    if name and printed.startswith(f"{name} "):
        return name, printed[len(name) :].strip()
    words = printed.split()
    splits = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
    return next((split for split in splits if verdict(split[1])), None)


def money(unit: str) -> Money:
    """Return what the unit behind a price means.

    >>> money("EUR"), money("€"), money("PKT"), money("Stk")
    (Money(currency='EUR', unit=None), Money(currency='EUR', unit=None), \
Money(currency=None, unit='points'), Money(currency=None, unit=None))
    """
    if unit in _NOT_CURRENCIES:
        return Money(None, _NOT_CURRENCIES[unit])
    code = _CURRENCY_SIGNS.get(unit, unit)
    return Money(code if _CURRENCY.fullmatch(code) else None, None)


def instrument_path(path: str) -> InstrumentPath | None:
    """Return the instrument whose page has this path, or ``None`` if it is another page.

    >>> instrument_path("/aktien/volkswagen_vz-aktie@stBoerse_XETRA")
    InstrumentPath(kind='stock', page='volkswagen_vz')
    >>> instrument_path("/index/dax/marktberichte") is None
    True
    """
    found = _INSTRUMENT_PATH.fullmatch(path)
    if not found:
        return None
    kind, page = KINDS[found["type"]], found["page"]
    if kind != "stock":
        return InstrumentPath(kind, page)
    return InstrumentPath(kind, page.removesuffix("-aktie")) if page.endswith("-aktie") else None
