"""Loaders: how the strings from a page become the fields of an item.

A page type selects the strings; a loader has the processors of each field.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache, partial
from inspect import signature
from typing import Any, Generic, TypeVar

from itemloaders import ItemLoader
from itemloaders.processors import MapCompose, TakeFirst

from finnews.items import Article, Event, Item, Quote, Rating
from finnews.processors import (
    amount,
    analysis_id,
    digits,
    german_day,
    german_time,
    isin,
    isin_of_link,
    iso_time,
    period,
    printed_unit,
    range_high,
    range_low,
    text,
    volume,
    wkn,
)
from finnews.site import Site
from finnews.vocabulary import mic, price_unit, verdict

ItemT = TypeVar("ItemT", bound=Item)


def first_match(*processors: Callable[..., Any]) -> MapCompose:
    """Return an input processor: the first result of the `processors` that is not ``None``.

    Its parameter `zone` or `mark`, if it has one, is that of the context's ``site``. A value that
    is not a string, which a page's JSON can contain, is dropped.
    """

    @cache
    def for_site(site: Site) -> list[Callable[[str], Any]]:
        return [_localised(processor, site) for processor in processors]

    def first(value: Any, loader_context: dict[str, Any]) -> Any:
        if not isinstance(value, str):
            return None
        results = (processor(value) for processor in for_site(loader_context["site"]))
        return next((result for result in results if result is not None), None)

    return MapCompose(first)


def _localised(processor: Callable[..., Any], site: Site) -> Callable[[str], Any]:
    names = signature(processor).parameters.keys() & {"zone", "mark"}
    arguments = {name: getattr(site, name) for name in names}
    return partial(processor, **arguments) if arguments else processor


class KeepAll:
    """An output processor: all values in order, without duplicates; ``None`` if there are none."""

    def __call__(self, values: Iterable[Any]) -> list[Any] | None:
        return list(dict.fromkeys(values)) or None


def number(value: Any, loader_context: dict[str, Any]) -> Decimal | None:
    """Return the number in front of a unit.

    Its decimal mark is the context's ``mark``; without one, the site's.
    """
    return amount(value, loader_context.get("mark") or loader_context["site"].mark)[0]


def currency(value: str) -> str | None:
    """Return the ISO 4217 code of a printed price: ``97,00 €`` is ``EUR``."""
    return price_unit(printed_unit(value) or "").currency


def unit(value: str) -> str | None:
    """Return the unit of a price that is not in a currency: ``85,1 PKT`` is ``points``."""
    return price_unit(printed_unit(value) or "").unit


def boolean(value: Any) -> bool | None:
    """Return a boolean; ``None`` for anything else, such as the string "true"."""
    return value if isinstance(value, bool) else None


class SiteLoader(ItemLoader, Generic[ItemT]):
    """Keeps the first value of each field; a field that is a list keeps them all.

    Needs ``site`` in its context: the `Site` of the page.
    """

    default_input_processor = first_match(text)
    default_output_processor = TakeFirst()

    def get_input_processor(self, field_name: str) -> Callable[..., Any]:
        """Return the loader's processor; itemloaders would look for others in the item's fields."""
        return getattr(self, f"{field_name}_in", self.default_input_processor)

    def get_output_processor(self, field_name: str) -> Callable[..., Any]:
        """Return the loader's processor, as for input."""
        return getattr(self, f"{field_name}_out", self.default_output_processor)

    def load_item(self) -> ItemT:
        """Return the item, of the loader's item class, with the collected values."""
        item: ItemT = super().load_item()
        return item


class ArticleLoader(SiteLoader[Article]):
    """Fills an `Article`; its times are converted to the site's time zone."""

    default_item_class = Article

    article_body_in = MapCompose()
    subheadings_in = MapCompose()
    subheadings_out = KeepAll()
    date_published_in = first_match(iso_time, german_time)
    date_modified_in = first_match(iso_time, german_time)
    authors_out = KeepAll()
    instruments_in = MapCompose()
    instruments_out = MapCompose()
    summary_out = KeepAll()
    is_sponsored_in = MapCompose(boolean)


class QuoteLoader(SiteLoader[Quote]):
    """Fills a `Quote`; ``mark`` in its context is the decimal mark, by default the site's."""

    default_item_class = Quote

    isin_in = first_match(isin_of_link, isin)
    wkn_in = first_match(wkn)
    price_in = MapCompose(number)
    currency_in = first_match(currency)
    unit_in = first_match(unit)
    change_in = MapCompose(number)
    change_percent_in = MapCompose(number)
    previous_close_in = MapCompose(number)
    open_in = MapCompose(number)
    day_low_in = MapCompose(range_low, number)
    day_high_in = MapCompose(range_high, number)
    bid_in = MapCompose(number)
    ask_in = MapCompose(number)
    volume_in = first_match(volume)
    mic_in = first_match(mic)
    quoted_at_in = first_match(iso_time, german_time)

    def add_price(self, printed: str) -> None:
        """Add a price with its currency or unit: ``159,00 EUR``."""
        for name in ("price", "currency", "unit"):
            self.add_value(name, printed)


class RatingLoader(SiteLoader[Rating]):
    """Fills a `Rating`."""

    default_item_class = Rating

    id_in = first_match(analysis_id, digits)
    isin_in = first_match(isin_of_link, isin)
    verdict_in = first_match(verdict)
    price_target_in = MapCompose(number)
    previous_price_target_in = MapCompose(number)
    currency_in = first_match(currency)
    unit_in = first_match(unit)
    price_in = MapCompose(number)
    upside_percent_in = MapCompose(number)
    consensus_target_in = MapCompose(number)
    date_published_in = first_match(iso_time, german_time, german_day)
    text_in = MapCompose()


class EventLoader(SiteLoader[Event]):
    """Fills an `Event`."""

    default_item_class = Event

    period_in = first_match(period)
    date_in = first_match(german_day)
    is_estimated_in = MapCompose(boolean)
    eps_estimate_in = MapCompose(number)
    eps_actual_in = MapCompose(number)
    currency_in = first_match(currency)
