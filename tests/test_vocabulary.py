"""Market words to standard terms: each table says one thing a word, however it is written."""

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews import vocabulary
from finnews.items import Kind, Verdict, folded
from finnews.vocabulary import (
    KINDS,
    InstrumentPath,
    Money,
    instrument_path,
    mic,
    money,
    name_and_rating,
    verdict,
)

RATINGS = [(word, group) for group, words in vocabulary._RATINGS.items() for word in words]
EXCHANGES = list(vocabulary._MICS.items())
PAGES = st.from_regex(r"[a-z0-9]+([_-][a-z0-9]+){0,3}", fullmatch=True)
NAMES = st.sampled_from(["Muster", "Muster C (ex Probe)", "1&1", "Beispiel-Werke Vz", "Ö AG"])


def test_a_word_of_ratings_is_in_one_group() -> None:
    """Case, hyphens and blanks apart: no two groups share one, and none stands twice."""
    words = [folded(word) for word, _ in RATINGS]
    assert sorted(set(words)) == sorted(words)
    assert {group for _, group in RATINGS} == set(get_args(Verdict))


@pytest.mark.parametrize(("word", "group"), RATINGS)
def test_a_rating_is_known_however_it_is_written(word: str, group: str) -> None:
    """Capitals, hyphens for blanks, blanks around it."""
    for written in (word, word.upper(), word.title(), word.replace(" ", "-"), f" {word} "):
        assert verdict(written) == group


@given(NAMES, st.sampled_from([word for word, _ in RATINGS]))
def test_a_title_splits_into_name_and_rating(name: str, word: str) -> None:
    """With the name known and without it: the longest word of ratings at the end is the rating."""
    rating = word.title()
    assert name_and_rating(f"{name} {rating}", name) == (name, rating)
    found = name_and_rating(f"{name} {rating}")
    assert found is not None
    assert found == (name, rating)


@pytest.mark.parametrize("title", ["", "Muster", "Buy", "Muster Suspended", " - "])
def test_a_title_without_a_known_rating_is_not_split(title: str) -> None:
    """Neither a name alone, nor a rating alone, nor a word that is not known."""
    assert name_and_rating(title) is None


def test_a_title_of_another_share_is_not_cut_by_the_name() -> None:
    """A name that only begins alike is no name of it."""
    assert name_and_rating("Musterwerk Buy", "Muster") == ("Musterwerk", "Buy")


@pytest.mark.parametrize(("exchange", "code"), EXCHANGES)
def test_an_exchange_has_a_code_of_iso_10383(exchange: str, code: str) -> None:
    """Four capitals or digits, whatever the case of the name."""
    assert re.fullmatch(r"[A-Z0-9]{4}", code)
    assert mic(exchange) == mic(exchange.upper()) == mic(f" {exchange} ") == code


def test_an_unknown_word_is_none() -> None:
    """It is not guessed from one that resembles it."""
    assert (mic("Stutt"), mic(""), verdict("Buyer"), verdict("")) == (None,) * 4


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        *(("EUR", Money("EUR", None)), ("€", Money("EUR", None)), ("$", Money("USD", None))),
        *(("£", Money("GBP", None)), ("CHF", Money("CHF", None)), ("PKT", Money(None, "points"))),
        *(("GBX", Money(None, "GBX")), ("GBp", Money(None, "GBX")), ("Stk", Money(None, None))),
        *(("", Money(None, None)), ("%", Money(None, None)), ("eur", Money(None, None))),
    ],
)
def test_what_a_price_counts(unit: str, expected: Money) -> None:
    """A currency, points, pence, or nothing that is known."""
    assert money(unit) == expected


def test_the_kinds_of_paths_are_those_of_items() -> None:
    """Crypto currencies stand under the path of currencies."""
    assert set(KINDS.values()) == set(get_args(Kind)) - {"crypto"}


@given(st.sampled_from(sorted(KINDS)), PAGES)
def test_an_instrument_s_path_names_it(section: str, page: str) -> None:
    """Also the page of one exchange; a path below it is another page."""
    ending = "-aktie" if section == "aktien" else ""
    path, expected = f"/{section}/{page}{ending}", InstrumentPath(KINDS[section], page)
    assert instrument_path(path) == expected
    assert instrument_path(f"{path}@stBoerse_XETRA") == expected
    for other in (f"{path}/chart", f"/nachricht{path}", f"/{section}", f"/{section}/", path[1:]):
        assert instrument_path(other) is None


@given(st.text())
def test_any_word_is_looked_up(word: str) -> None:
    """No table raises."""
    for look in (mic, verdict, money, name_and_rating, instrument_path):
        look(word)
