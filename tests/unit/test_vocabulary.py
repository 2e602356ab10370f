"""Market words to standard terms: each table gives one term for a word, however it is written."""

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews import vocabulary
from finnews.items import Verdict, folded
from finnews.vocabulary import (
    exchange_of_code,
    is_rating,
    mic,
    price_unit,
    verdict,
)

RATINGS = [(word, group) for group, words in vocabulary._RATINGS.items() for word in words]
EXCHANGES = list(vocabulary._MICS.items())
PAGES = st.from_regex(r"[a-z0-9]+([_-][a-z0-9]+){0,3}", fullmatch=True)


def test_a_rating_is_in_one_group() -> None:
    """No two groups share a word, case, hyphens and blanks apart."""
    words = [folded(word) for word, _ in RATINGS]
    assert sorted(set(words)) == sorted(words)
    assert {group for _, group in RATINGS} == set(get_args(Verdict))


@pytest.mark.parametrize(("word", "group"), RATINGS)
def test_a_rating_is_known_however_it_is_written(word: str, group: str) -> None:
    """Capitals, hyphens for blanks, and blanks around it do not matter."""
    for written in (word, word.upper(), word.title(), word.replace(" ", "-"), f" {word} "):
        assert verdict(written) == group


@pytest.mark.parametrize(("exchange", "code"), EXCHANGES)
def test_every_exchange_has_a_mic_of_iso_10383(exchange: str, code: str) -> None:
    """It has four capitals or digits, whatever the case of the name."""
    assert re.fullmatch(r"[A-Z0-9]{4}", code)
    assert mic(exchange) == mic(exchange.upper()) == mic(f" {exchange} ") == code


def test_an_unknown_word_is_none() -> None:
    """A word that resembles a known one is unknown."""
    assert (mic("Stutt"), mic(""), verdict("Buyer"), verdict("")) == (None,) * 4


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        *(("EUR", ("EUR", None)), ("€", ("EUR", None)), ("$", ("USD", None))),
        *(("£", ("GBP", None)), ("CHF", ("CHF", None)), ("PKT", (None, "points"))),
        *(("GBX", (None, "GBX")), ("GBp", (None, "GBX")), ("ZAc", (None, "ZAC"))),
        *(("A$", ("AUD", None)), ("C$", ("CAD", None)), ("HK$", ("HKD", None))),
        *(("ILa", (None, "ILA")), ("USX", (None, "USX")), ("%", (None, "percent"))),
        *((unit, None) for unit in ("", "Stk", "eur", "USDT", "BTC", "XXX", "XAU", "Mio.", "kr")),
    ],
)
def test_a_unit_is_a_currency_or_another_unit_or_unknown(
    unit: str, expected: tuple[str | None, str | None] | None
) -> None:
    """Currencies are those of ISO 4217; pence and points are units; Bitcoin is neither."""
    assert price_unit(unit) == expected


@given(st.text())
def test_no_word_breaks_the_vocabulary(word: str) -> None:
    """No table raises."""
    for look in (mic, verdict, price_unit, is_rating):
        look(word)


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
def test_the_name_of_an_exchange_gives_its_mic(exchange: str, code: str) -> None:
    """The MIC is that of ISO 10383, whatever the case of the name."""
    assert mic(exchange) == mic(exchange.upper()) == code


@pytest.mark.parametrize(("code", "expected"), CODES.items())
def test_the_code_of_an_exchange_in_an_address_gives_its_mic(code: str, expected: str) -> None:
    """The code of ``@stBoerse_…`` gives the exchange, and the exchange its MIC."""
    assert mic(exchange_of_code(code) or "") == expected


@pytest.mark.parametrize("place", ["Baader Bank", "Lang und Schwarz", "Musterbörse", ""])
def test_a_broker_has_no_mic(place: str) -> None:
    """No broker or unknown place is taken for an exchange with a similar name."""
    assert mic(place) is None


@pytest.mark.parametrize(
    ("word", "expected"), [(word, group) for group, words in VERDICTS.items() for word in words]
)
def test_a_firm_s_rating_gives_a_verdict(word: str, expected: str) -> None:
    """Case and hyphens do not matter."""
    assert verdict(word) == expected


@pytest.mark.parametrize(
    "word",
    ["Hold?", "Hold)", "(Hold)", "Hold*", "Buy!", "Buy/Hold", "Hold -> Buy", "Buy 1"],
)
def test_a_word_with_other_signs_is_no_rating(word: str) -> None:
    """They can mean that it was the rating, or is a question."""
    assert verdict(word) is None
    assert not is_rating(word)


@pytest.mark.parametrize("word", ["Suspended", "not rated", "UNDER REVIEW", "Restricted"])
def test_a_rating_can_be_known_without_a_verdict(word: str) -> None:
    """It is no part of a share's name."""
    assert is_rating(word)
    assert verdict(word) is None


@pytest.mark.parametrize("word", ["Suspended", "not rated", "beobachten", "", "-", "buy or sell"])
def test_an_unknown_rating_gives_no_verdict(word: str) -> None:
    """A verdict is never guessed."""
    assert verdict(word) is None
