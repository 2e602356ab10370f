"""The market's words in standard terms: exchanges → MICs, ratings → verdicts, units.

A word that is in no table gives ``None``. The run's report lists such words; to add one takes a
line here.
"""

import re
from typing import Final, NamedTuple

import iso4217

from finnews.bounds import kept
from finnews.items import Unit, Verdict, folded

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
    # foreign exchanges
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

_WITHOUT_MIC: Final = (
    # brokers; a feed of London's prices; and where a MIC may be that of another line of prices
    *("Baader Bank", "Lang und Schwarz", "Lang & Schwarz", "FTI", "BX World", "SIX SX USD"),
)
_KNOWN: Final = frozenset(map(folded, (*_MICS, *_WITHOUT_MIC)))

_EXCHANGES: Final[dict[str, str]] = {
    # seen in links of a page of venues (2026-08)
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
    # seen in addresses of ETFs, in small letters (2026-09)
    "LSE": "FTI",
    "SWU": "SIX SX USD",
    # reported by other programs, not seen
    "BER": "Berlin",
    "NAS": "NASDAQ",
    "NYSE": "NYSE",
}

_RATINGS: Final[dict[Verdict, tuple[str, ...]]] = {
    "buy": (
        *("accumulate", "add", "akkumulieren", "aufstocken", "buy", "conviction buy"),
        *("conviction buy list", "industry outperform", "kaufen", "langfristig kaufen"),
        *("long-term buy", "market outperform", "market outperformer", "moderate buy"),
        *("outperform", "outperformer", "overweight", "positive", "sector outperform"),
        *("sector outperformer", "short-term buy", "spekulativ kaufen", "speculative buy"),
        *("stark kaufen", "strong buy", "strong outperform", "tactical buy", "top pick"),
        *("trading buy", "übergewichten", "überdurchschnittlich", "zukaufen"),
    ),
    "hold": (
        *("equal weight", "fair", "fairly valued", "gleichgewichten", "halten"),
        *("hold", "in-line", "industry perform", "long-term hold", "market perform"),
        *("market performer", "market weight", "moderate hold", "neutral", "neutral weight"),
        *("peer perform", "perform", "sector neutral", "sector perform", "sector performer"),
        *("sector weight", "speculative hold"),
    ),
    "sell": (
        *("abbauen", "conviction sell", "conviction sell list", "industry underperform"),
        *("long-term sell", "market underperform", "market underperformer", "moderate sell"),
        *("negative", "reduce", "reduzieren", "sector underperform", "sector underperformer"),
        *("sell", "short-term sell", "speculative sell", "strong sell", "strong underperform"),
        *("tactical sell", "trading sell", "underperform", "underperformer"),
        *("unterdurchschnittlich", "untergewichten", "underweight", "verkaufen"),
    ),
}

_WITHOUT_VERDICT: Final = (
    *("beobachten", "coverage dropped", "coverage suspended", "in überarbeitung"),
    *("nicht bewertet", "no rating", "not rated", "rating suspended", "restricted"),
    *("suspended", "under review"),
)

_MIC_BY_NAME = {folded(exchange): mic for exchange, mic in _MICS.items()}
_VERDICT_BY_WORD = {
    folded(word).replace(" ", ""): verdict for verdict, words in _RATINGS.items() for word in words
}
_KNOWN_RATINGS = {folded(word).replace(" ", "") for word in _WITHOUT_VERDICT} | {*_VERDICT_BY_WORD}
_RATING = re.compile(r"[^\W\d_]+(?:[ \u00a0\u2010\u2011-][^\W\d_]+)*")

_CURRENCIES: Final = frozenset(
    currency.code for currency in iso4217.Currency if currency.exponent is not None
)
"""ISO 4217, without the codes of metals, funds and tests, which have no minor unit"""

_CURRENCY_SIGNS: Final[dict[str, str]] = {
    "€": "EUR",
    "Euro": "EUR",
    "£": "GBP",
    "Fr.": "CHF",
    "SFr.": "CHF",
    "$": "USD",
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "HK$": "HKD",
    "NZ$": "NZD",
    "S$": "SGD",
}
_OTHER_UNITS: Final[dict[str, Unit]] = {
    **dict.fromkeys(("PKT", "Pkt", "Pkt.", "Punkte", "PTS", "Pts"), "points"),
    **dict.fromkeys(("GBX", "GBp", "GBPENCE"), "GBX"),
    **dict.fromkeys(("ZAC", "ZAc"), "ZAC"),
    **dict.fromkeys(("ILA", "ILa"), "ILA"),
    "USX": "USX",
    "%": "percent",
}


class PriceUnit(NamedTuple):
    """What a price is in, a currency or another unit: ``PriceUnit(None, "points")``."""

    currency: str | None
    unit: Unit | None


def mic(exchange: str) -> str | None:
    """Return the ISO 10383 code of an exchange.

    >>> mic("Stuttgart"), mic("SIX Swiss Exchange"), mic("Baader Bank")
    ('XSTU', 'XSWX', None)
    """
    return _MIC_BY_NAME.get(folded(exchange_name(exchange)))


def is_exchange(name: str) -> bool:
    """Return whether the name of an exchange is known, be its MIC known or not.

    >>> is_exchange("Stuttgart"), is_exchange("Lang & Schwarz"), is_exchange("Börse wählen")
    (True, True, False)
    """
    return folded(exchange_name(name)) in _KNOWN


def exchange_name(printed: str) -> str:
    """Return the name that tables have for an exchange, from that of its logo.

    >>> exchange_name("Börse Stuttgart"), exchange_name("gettex"), exchange_name("Börse Muster")
    ('Stuttgart', 'gettex', 'Börse Muster')
    """
    name = printed.removeprefix("Börse ")
    return name if folded(name) in _KNOWN else printed


def exchange_of_code(code: str) -> str | None:
    """Return the name of an exchange from its code in a URL.

    Behind ``@stBoerse_`` it is in capitals, behind an ETF's path in small letters.

    >>> exchange_of_code("FSE"), exchange_of_code("swu"), exchange_of_code("XYZ")
    ('Frankfurt', 'SIX SX USD', None)
    """
    return _EXCHANGES.get(code.upper())


def verdict(rating: str) -> Verdict | None:
    """Return the verdict of a bank's rating; case, spaces and hyphens do not matter.

    >>> verdict("Market-Perform"), verdict("ÜBERGEWICHTEN"), verdict("suspended")
    ('hold', 'buy', None)
    >>> verdict("Hold?"), verdict("Hold)")
    (None, None)
    """
    return _VERDICT_BY_WORD.get(_rating_key(rating))


def is_rating(word: str) -> bool:
    """Return whether a word is a bank's rating, one without a verdict included.

    >>> is_rating("Equal-Weight"), is_rating("suspended"), is_rating("Holding")
    (True, True, False)
    """
    return _rating_key(word) in _KNOWN_RATINGS


def price_unit(printed: str) -> PriceUnit | None:
    """Return the currency or other unit that is printed with a price; ``None`` if it is unknown.

    >>> price_unit("EUR"), price_unit("C$")
    (PriceUnit(currency='EUR', unit=None), PriceUnit(currency='CAD', unit=None))
    >>> price_unit("PKT"), price_unit("GBp")
    (PriceUnit(currency=None, unit='points'), PriceUnit(currency=None, unit='GBX'))
    >>> price_unit("USDT"), price_unit("Mio."), price_unit("XXX")
    (None, None, None)
    """
    if unit := _OTHER_UNITS.get(printed):
        return PriceUnit(None, unit)
    code = _CURRENCY_SIGNS.get(printed, printed)
    return PriceUnit(code, None) if code in _CURRENCIES else None


@kept(maxsize=1024)  # a row's words are tried one by one, and the same in many rows
def _rating_key(rating: str) -> str:
    """Return the letters of a rating; an empty text for one with other signs, as ``Hold -> Buy``.

    >>> _rating_key("Equal-Weight"), _rating_key("Buy (Hold)")
    ('equalweight', '')
    """
    printed = rating.strip()
    return folded(printed).replace(" ", "") if _RATING.fullmatch(printed) else ""
