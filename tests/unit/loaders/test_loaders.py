"""A loader says how each field is cleaned, and lets in nothing that is not of its type."""

from dataclasses import fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.archive.lines import line, read_line
from finnews.items import Article, NamedInstrument
from finnews.loaders import ArticleLoader, KeepAll, QuoteLoader, RatingLoader, SiteLoader
from finnews.pages.stats import PageStats
from finnews.site import FINANZEN_NET

LOADERS: list[type[SiteLoader[Any]]] = SiteLoader.__subclasses__()
FROM_JSON = ("headline", "date_published", "image_url", "authors", "category", "is_sponsored")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)


@pytest.mark.parametrize("loader", LOADERS)
def test_every_processor_belongs_to_a_field(loader: type[SiteLoader[Any]]) -> None:
    """A misspelt processor would never be called."""
    names = {field.name for field in fields(loader.default_item_class)} | {"default"}
    ends = ("_in", "_out")
    own = [name for name in dir(loader) if name.endswith(ends) and not name.startswith("_")]
    assert {name.rpartition("_")[0] for name in own} <= names


@pytest.mark.parametrize("name", FROM_JSON)
@given(value=JSON)
def test_any_json_gives_a_field_its_type_or_nothing(name: str, value: Any) -> None:
    """An item with a value of a wrong type could be written, but not read again."""
    loader = ArticleLoader(site=FINANZEN_NET)
    loader.add_value(name, [value])
    item = replace(loader.load_item(), id="1", version=1)
    item.headline = item.headline or "Muster"
    item.date_published = item.date_published or "2026-11-20T08:15:42+01:00"
    assert read_line(line(item), Article) == item


def test_the_first_value_is_kept() -> None:
    """Empty texts and dashes are no value; false is one."""
    loader = ArticleLoader(site=FINANZEN_NET)
    for headline in ("", " - ", "Muster", "Beispiel"):
        loader.add_value("headline", headline)
    loader.add_value("is_sponsored", [None, "true", 1, False, True])
    item = loader.load_item()
    assert (item.headline, item.is_sponsored) == ("Muster", False)


def test_lists_keep_each_value_once_in_order() -> None:
    """A list without values is ``None``, not empty."""
    loader = ArticleLoader(site=FINANZEN_NET)
    loader.add_value("authors", ["B. Muster", "A. Muster ", "B.  Muster", ""])
    item = loader.load_item()
    assert (item.authors, item.summary, item.instruments) == (
        ["B. Muster", "A. Muster"],
        None,
        None,
    )
    assert KeepAll()([]) is None


def test_instruments_pass_unchanged() -> None:
    """The page makes them, and the loader does not clean them."""
    named = NamedInstrument("Muster AG", "stock", "muster")
    loader = ArticleLoader(site=FINANZEN_NET)
    loader.add_value("instruments", [named])
    assert loader.load_item().instruments == [named]


def test_a_price_sets_currency_or_unit() -> None:
    """It is read in the notation that the loader is given, by default the German one."""
    german, english = QuoteLoader(site=FINANZEN_NET), QuoteLoader(site=FINANZEN_NET, mark=".")
    german.add_price("19.884,8 PKT")
    english.add_price("74,908.89 EUR")
    index, coin = german.load_item(), english.load_item()
    assert (index.price, index.currency, index.unit) == (Decimal("19884.8"), None, "points")
    assert (coin.price, coin.currency, coin.unit) == (Decimal("74908.89"), "EUR", None)


def test_a_quote_s_fields_are_cleaned() -> None:
    """Ranges, volume, ISIN, exchange and time are each read in their own way."""
    loader = QuoteLoader(site=FINANZEN_NET)
    loader.add_value("day_low", "152,80 - 159,00")
    loader.add_value("day_high", "152,80 - 159,00")
    loader.add_value("volume", "22.631")
    loader.add_value("isin", "https://g.finanzen.net/zero?isin=DE000A0MST15")
    loader.add_value("mic", "Stuttgart")
    loader.add_value("quoted_at", "21:57:30 31.07.2026")
    quote = loader.load_item()
    assert (quote.day_low, quote.day_high, quote.volume) == (
        Decimal("152.80"),
        Decimal("159.00"),
        22631,
    )
    assert (quote.isin, quote.mic) == ("DE000A0MST15", "XSTU")
    assert quote.quoted_at == "2026-07-31T21:57:30+02:00"


def test_a_rating_s_fields_are_cleaned() -> None:
    """The id comes from the link to the analysis; a link to another page gives none."""
    loader, other = RatingLoader(site=FINANZEN_NET), RatingLoader(site=FINANZEN_NET)
    loader.add_value("id", "/analyse/muster_buy-beispiel_bank_1096443")
    loader.add_value("verdict", "Market-Perform")
    loader.add_value("date_published", "31.07.26")
    loader.add_value("price_target", "97,00 €")
    loader.add_value("currency", "97,00 €")
    other.add_value("id", "/analyse/muster")
    rating = loader.load_item()
    assert (rating.id, rating.verdict, rating.date_published) == ("1096443", "hold", "2026-07-31")
    assert (rating.price_target, rating.currency) == (Decimal("97.00"), "EUR")
    assert other.load_item().id is None


def test_an_article_s_times_are_in_berlin_s_zone() -> None:
    """The first value that is a time counts, whatever its zone."""
    loader = ArticleLoader(site=FINANZEN_NET)
    loader.add_value(
        "date_published", ["gestern", "2026-10-01T04:10:19.000Z", "02.10.26 06:10 Uhr"]
    )
    loader.add_value("date_modified", "aktualisiert 27.02.13 21:49 Uhr")
    article = loader.load_item()
    assert article.date_published == "2026-10-01T06:10:19+02:00"
    assert article.date_modified == "2013-02-27T21:49:00+01:00"


def test_a_price_in_pence_is_not_converted() -> None:
    """The price keeps its digits, and its unit is no currency."""
    loader = QuoteLoader(site=FINANZEN_NET)
    loader.add_price("1.234,50 GBX")
    quote = loader.load_item()
    assert (str(quote.price), quote.currency, quote.unit) == ("1234.50", None, "GBX")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("09:04 25.11.2026", "2026-11-25T09:04:00+01:00"),
        ("09:06 25.11.2026", None),
        ("08:06:00 UTC 25.11.2026", None),
        ("2026-11-25", "2026-11-25"),
        ("2026-11-26", None),
    ],
)
def test_a_price_is_not_of_a_time_after_its_page_was_read(
    printed: str, expected: str | None
) -> None:
    """But for a few minutes by which clocks differ."""
    now = datetime(2026, 11, 25, 9, 0, tzinfo=FINANZEN_NET.zone)
    stats = PageStats()
    loader = QuoteLoader(site=FINANZEN_NET, now=now, latest="2026-11-26", stats=stats)
    loader.add_value("quoted_at", printed)
    assert loader.load_item().quoted_at == expected
    assert list(map(str, stats.doubts)) == ([] if expected else ["doubt/quoted_at/implausible"])
