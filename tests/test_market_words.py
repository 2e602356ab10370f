"""Market words: which exchange has which MIC, and which word of a house is which verdict."""

from collections import Counter

import pytest

from finnews.loaders import QuoteLoader
from finnews.pages import page_type
from finnews.vocabulary import exchange_of_code, mic, verdict
from tests.cases import Case, Counts, golden_cases

MICS = {
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
    "L&S Exchange": "HAML",
    "Quotrix": "XQTX",
    "SIX Swiss Exchange": "XSWX",
    "BX SWISS": "XBRN",
    "Wien": "XWBO",
    "Bulgarien": "XBUL",
    "NYSE": "XNYS",
    "NASDAQ": "XNAS",
    "NASDAQ OTC": "OTCM",
    "London": "XLON",
}
CODES = {
    "STU": "XSTU",
    "DUS": "XDUS",
    "HAM": "XHAM",
    "HAN": "XHAN",
    "MUN": "XMUN",
    "XETRA": "XETR",
    "FSE": "XFRA",
    "BER": "XBER",
    "BMN": "MUND",
    "XQTX": "XQTX",
    "TGT": "XGAT",
    "HAML": "HAML",
    "SWX": "XSWX",
    "BRX": "XBRN",
    "GVIE": "XWBO",
    "BUL": "XBUL",
    "NAS": "XNAS",
    "NASO": "OTCM",
    "NYSE": "XNYS",
}
VERDICTS = {
    "buy": (
        *("kaufen", "buy", "outperform", "overweight", "add", "strong buy", "accumulate"),
        *("übergewichten", "Strong-Buy", "BUY", "Übergewichten", "conviction buy list"),
    ),
    "hold": (
        *("halten", "neutral", "hold", "market-perform", "equal weight", "sector perform"),
        *("in-line", "Equal-Weight", "Equalweight", "Market Perform", "Sector-Perform", "In Line"),
    ),
    "sell": (
        *("verkaufen", "sell", "underperform", "underweight", "reduce", "untergewichten"),
        *("UNTERGEWICHTEN", "Under-Weight", "Strong-Sell"),
    ),
}


@pytest.mark.parametrize(("exchange", "code"), MICS.items())
def test_an_exchange_has_its_mic(exchange: str, code: str) -> None:
    """ISO 10383, whatever the case in which the site prints the name."""
    assert mic(exchange) == mic(exchange.upper()) == code


@pytest.mark.parametrize(("code", "expected"), CODES.items())
def test_an_exchange_s_code_in_an_address_names_it(code: str, expected: str) -> None:
    """The code of ``@stBoerse_…`` leads to the exchange, and it to its MIC."""
    assert mic(exchange_of_code(code) or "") == expected


@pytest.mark.parametrize("place", ["Baader Bank", "Lang und Schwarz", "Musterbörse", ""])
def test_what_is_no_exchange_has_no_mic(place: str) -> None:
    """It is never taken for another that looks like it."""
    assert mic(place) is None


@pytest.mark.parametrize(
    ("word", "expected"), [(word, found) for found, words in VERDICTS.items() for word in words]
)
def test_a_house_s_word_is_a_verdict(word: str, expected: str) -> None:
    """Case and hyphens apart."""
    assert verdict(word) == expected


@pytest.mark.parametrize("word", ["Suspended", "not rated", "beobachten", "", "-", "buy or sell"])
def test_an_unknown_word_is_no_verdict(word: str) -> None:
    """It is not guessed."""
    assert verdict(word) is None


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("stock/full", "vocabulary/exchange/Musterbörse"),
        ("stock/full", "vocabulary/rating/Beobachten"),
        ("stock/one_exchange_of_unknown_code", "vocabulary/exchange/XYZ"),
        ("venues/full", "vocabulary/exchange/Beispielmakler"),
        ("price_targets/full", "vocabulary/rating/Beobachten"),
        ("analysis/unknown_word", "vocabulary/rating/Suspended"),
        ("analysis_list/all", "vocabulary/rating/Muster Suspended"),
        ("analysis_list/of_one_share", "vocabulary/rating/Muster Vz meiden"),
    ],
)
def test_an_unknown_word_is_counted_under_its_name(name: str, count: str) -> None:
    """So that a line in a table is all that it takes to know it."""
    assert counted(name)[count] == 1


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("stock/bad_isin", "refused/isin"),
        ("stock/bad_isin", "refused/wkn"),
        ("stock/two_isins", "refused/isin"),
        ("stock/boxes_without_tabs", "refused/wkn"),
    ],
)
def test_a_number_that_is_none_is_counted(name: str, count: str) -> None:
    """A bad check digit or another form: refused, and the next badge of the key is read."""
    assert counted(name)[count] == 1


def test_a_price_in_pence_is_not_converted() -> None:
    """It keeps its digits, and its unit is no currency."""
    loader = QuoteLoader()
    loader.add_price("1.234,50 GBX")
    quote = loader.load_item()
    assert (str(quote.price), quote.currency, quote.unit) == ("1234.50", None, "GBX")


def counted(name: str) -> Counter[str]:
    """Return what the golden page of that name counts."""
    case: Case = next(case for case in golden_cases() if case.name == name)
    counts, found = Counts(), page_type(case.url)
    assert found
    list(found(case.url, case.text, counts).items())
    return counts.values
