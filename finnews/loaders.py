"""How each field of an item is cleaned: field → processors, once per item.

A page says where a field stands; what happens to the string is said here.
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
    count,
    digits,
    german_day,
    german_time,
    high,
    isin,
    isin_of_link,
    iso_time,
    low,
    period,
    text,
    unit,
    wkn,
)
from finnews.site import Site
from finnews.vocabulary import mic, money, verdict

ItemT = TypeVar("ItemT", bound=Item)


def cleaned_by(*alternatives: Callable[..., Any]) -> MapCompose:
    """Return a processor that takes the first alternative that reads the string.

    An alternative with a parameter `zone` or `mark` gets that of the loader's ``site``. A value
    that is no string, as a page's JSON can hold, is no value.
    """

    @cache
    def for_site(site: Site) -> list[Callable[[str], Any]]:
        return [_localised(alternative, site) for alternative in alternatives]

    def first(value: Any, loader_context: dict[str, Any]) -> Any:
        if not isinstance(value, str):
            return None
        values = (alternative(value) for alternative in for_site(loader_context["site"]))
        return next((cleaned for cleaned in values if cleaned is not None), None)

    return MapCompose(first)


def _localised(processor: Callable[..., Any], site: Site) -> Callable[[str], Any]:
    names = signature(processor).parameters.keys() & {"zone", "mark"}
    local = {name: getattr(site, name) for name in names}
    return partial(processor, **local) if local else processor


class KeepAll:
    """An output processor: all values in order, each once; ``None`` if there are none."""

    def __call__(self, values: Iterable[Any]) -> list[Any] | None:
        return list(dict.fromkeys(values)) or None


def number(value: Any, loader_context: dict[str, Any]) -> Decimal | None:
    """Return the number in front of a unit; its decimal mark is the ``mark`` of the context.

    Where the context has none, it is the site's.
    """
    return amount(value, loader_context.get("mark") or loader_context["site"].mark)[0]


def currency(value: str) -> str | None:
    """Return the ISO 4217 code of a printed price: ``97,00 €`` is ``EUR``."""
    return money(unit(value) or "").currency


def uncounted(value: str) -> str | None:
    """Return what a price is printed in where that is no currency: ``85,1 PKT`` is ``points``."""
    return money(unit(value) or "").unit


def flag(value: Any) -> bool | None:
    """Return what is true or false, and nothing that only looks like it."""
    return value if isinstance(value, bool) else None


class SiteLoader(ItemLoader, Generic[ItemT]):
    """The first value that is found is the field's, unless the field is a list.

    The context value ``site`` is the `Site` whose page is read.
    """

    default_input_processor = cleaned_by(text)
    default_output_processor = TakeFirst()

    def get_input_processor(self, field_name: str) -> Callable[..., Any]:
        """Return the loader's own: the fields of our items bring none, so none are looked up."""
        return getattr(self, f"{field_name}_in", self.default_input_processor)

    def get_output_processor(self, field_name: str) -> Callable[..., Any]:
        """Return the loader's own, as for input."""
        return getattr(self, f"{field_name}_out", self.default_output_processor)

    def load_item(self) -> ItemT:
        """Return an item of the loader's class with what was added to its fields."""
        item: ItemT = super().load_item()
        return item


class ArticleLoader(SiteLoader[Article]):
    """Fills an `Article`. Times are of the site's zone, whatever zone the page gives."""

    default_item_class = Article

    article_body_in = MapCompose()
    subheadings_in = MapCompose()
    subheadings_out = KeepAll()
    date_published_in = cleaned_by(iso_time, german_time)
    date_modified_in = cleaned_by(iso_time, german_time)
    authors_out = KeepAll()
    instruments_in = MapCompose()
    instruments_out = MapCompose()
    summary_out = KeepAll()
    is_sponsored_in = MapCompose(flag)


class QuoteLoader(SiteLoader[Quote]):
    """Fills a `Quote`; the context value ``mark`` is its decimal mark, where not the site's."""

    default_item_class = Quote

    isin_in = cleaned_by(isin_of_link, isin)
    wkn_in = cleaned_by(wkn)
    price_in = MapCompose(number)
    currency_in = cleaned_by(currency)
    unit_in = cleaned_by(uncounted)
    change_in = MapCompose(number)
    change_percent_in = MapCompose(number)
    previous_close_in = MapCompose(number)
    open_in = MapCompose(number)
    day_low_in = MapCompose(low, number)
    day_high_in = MapCompose(high, number)
    bid_in = MapCompose(number)
    ask_in = MapCompose(number)
    volume_in = cleaned_by(count)
    mic_in = cleaned_by(mic)
    quoted_at_in = cleaned_by(iso_time, german_time)

    def add_price(self, printed: str) -> None:
        """Add a price with its currency or unit: ``159,00 EUR``."""
        for name in ("price", "currency", "unit"):
            self.add_value(name, printed)


class RatingLoader(SiteLoader[Rating]):
    """Fills a `Rating`."""

    default_item_class = Rating

    id_in = cleaned_by(analysis_id, digits)
    isin_in = cleaned_by(isin_of_link, isin)
    verdict_in = cleaned_by(verdict)
    price_target_in = MapCompose(number)
    previous_price_target_in = MapCompose(number)
    currency_in = cleaned_by(currency)
    unit_in = cleaned_by(uncounted)
    price_in = MapCompose(number)
    upside_percent_in = MapCompose(number)
    consensus_target_in = MapCompose(number)
    date_published_in = cleaned_by(iso_time, german_time, german_day)
    text_in = MapCompose()


class EventLoader(SiteLoader[Event]):
    """Fills an `Event`."""

    default_item_class = Event

    period_in = cleaned_by(period)
    date_in = cleaned_by(german_day)
    is_estimated_in = MapCompose(flag)
    eps_estimate_in = MapCompose(number)
    eps_actual_in = MapCompose(number)
    currency_in = cleaned_by(currency)
