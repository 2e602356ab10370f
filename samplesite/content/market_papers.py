"""The indices, currencies, coins and commodities of boxes and ticker as papers with pages."""

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from samplesite.content.exchanges import Exchange
from samplesite.content.instruments import (
    CENT,
    COMMODITIES,
    CURRENCIES,
    INDICES,
    TICKER,
    Instrument,
    Ticker,
)
from samplesite.content.paper_prices import UNNAMED, XETRA, in_unit, ranged
from samplesite.content.papers import Paper
from samplesite.content.security_numbers import isin_of

_NUMBERS = {
    "dax": ("MST40X", "DE000MST40X"),
    "mdax": ("MST50X", "DE000MST50X"),
    "euro_stoxx_50": ("A1MSTE", "EU00MSTEST5"),
    "msci-world": ("A3MSTW", "GB00BMSTWLD"),
}
"""Page name of an index → WKN, and ISIN without check digit."""

_HEADLINES = {
    "nasdaq_100": "NASDAQ 100",
    "bitcoin-euro-kurs": "Bitcoin - Euro",
    "ethereum-dollar-kurs": "Ethereum - Dollar",
    "usd_coin-dollar-kurs": "USD Coin - Dollar",
    "bitcoin-dollar-kurs": "Bitcoin - Dollar",
    "dollarkurs": "Dollarkurs",
    "oelpreis": "Ölpreis",
}
"""Page name → headline of the page, where boxes or the ticker have another name."""

_COINS = ("bitcoin", "ethereum", "usd_coin")


def indices(rng: Random) -> list[Paper]:
    """Return the indices; the page of the DAX alone names an exchange."""
    return [
        _quoted(rng, each, "PKT", XETRA if each.page == "dax" else UNNAMED)
        for each in _distinct(*INDICES, *_of_ticker("/index/"))
    ]


def rates(rng: Random) -> list[Paper]:
    """Return currencies and coins; no article names the yen."""
    yen = Ticker(
        "Euro - Yen", "currency", "/devisen/euro-yen-kurs", Decimal("171.234"), Decimal("0.3")
    )
    of_boxes = [_quoted(rng, each, each.unit) for each in CURRENCIES]
    of_ticker = [_quoted(rng, each, "USD") for each in _of_ticker("/devisen/")]
    return [*of_boxes, *of_ticker, _quoted(rng, yen, "JPY")]


def commodities(rng: Random) -> list[Paper]:
    """Return gold, silver, and oil: without a type in its address, and of two types."""
    forms = (
        ("Silberpreis", "silberpreis", "48.31", "1.1"),
        ("Ölpreis (Brent)", "oelpreis?type=Brent", "66.06", "-0.4"),
        ("Ölpreis (WTI)", "oelpreis?type=WTI", "62.18", "-0.7"),
    )
    others = [
        Ticker(name, "commodity", f"/rohstoffe/{page}", Decimal(price), Decimal(percent))
        for name, page, price, percent in forms
    ]
    every = _distinct(*COMMODITIES, *_of_ticker("/rohstoffe/"), *others)
    return [_quoted(rng, each, "USD") for each in every]


def _of_ticker(roof: str) -> list[Ticker]:
    return [entry for entry in TICKER if entry.path.startswith(roof)]


def _distinct(*named: Instrument | Ticker) -> list[Instrument | Ticker]:
    """Return each once, as it is named first."""
    by_path: dict[str, Instrument | Ticker] = {}
    for each in named:
        by_path.setdefault(each.path, each)
    return list(by_path.values())


def _quoted(
    rng: Random, each: Instrument | Ticker, unit: str, exchange: Exchange = UNNAMED
) -> Paper:
    """Return a paper whose page prints what boxes and ticker print, and more of it."""
    price, previous = _prices(rng, each)
    headline = _HEADLINES.get(each.page, each.name)
    wkn, stem = _NUMBERS.get(each.page, (None, None))
    return Paper(
        kind="crypto" if each.page.startswith(_COINS) else each.kind,
        path=each.path,
        name=headline,
        short=headline,
        isin=isin_of(stem) if stem else None,
        wkn=wkn,
        venues=(ranged(rng, in_unit(exchange, unit), price, previous),),
    )


def _prices(rng: Random, each: Instrument | Ticker) -> tuple[Decimal, Decimal]:
    """Return price and previous close; the ticker's price is rounded or not the last one."""
    if isinstance(each, Instrument):
        return each.price, each.price - each.change
    is_whole = each.price == each.price.to_integral()
    step = CENT if is_whole else Decimal(1).scaleb(int(each.price.as_tuple().exponent))
    price = each.price + rng.randrange(1, 10) * step
    return price, (price / (1 + each.percent / 100)).quantize(price, ROUND_HALF_UP)
