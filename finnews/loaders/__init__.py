"""Loaders: how the strings from a page become the fields of an item.

A page type selects the strings; a loader has the processors of each field.
"""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Final, Generic, Self, TypeVar

from itemloaders import ItemLoader
from itemloaders.processors import MapCompose, TakeFirst

from finnews.bounds import ADDRESS
from finnews.items import Article, Event, Item, Quote, Rating
from finnews.loaders.inputs import (
    PERCENT,
    Earnings,
    Input,
    Known,
    Moment,
    Money,
    Name,
    Percent,
    Price,
    PriceTime,
    QuotedPrice,
    RangeEnd,
    legible_text,
    unit_of,
)
from finnews.processors import (
    analysis_id,
    digits,
    german_day,
    german_time,
    isin,
    isin_of_link,
    iso_day,
    iso_time,
    period,
    volume,
    wkn,
)
from finnews.site import DecimalMark
from finnews.vocabulary import mic, verdict

ItemT = TypeVar("ItemT", bound=Item)

_OF_NUMBERS: Final = "0123456789., "
"""What an amount without a unit consists of"""

_NEVER_PRINTED: Final = frozenset({"url", "kind", "source", "price_type", "segment"})
"""Fields that page types know, so that their values need no processor"""


class KeepAll:
    """An output processor: all values in order, without duplicates; ``None`` if there are none."""

    def __call__(self, values: Iterable[Any]) -> list[Any] | None:
        return list(dict.fromkeys(values)) or None


def currency(value: str, mark: DecimalMark | None) -> str | None:
    """Return the ISO 4217 code of a printed amount: ``97,00 €`` is ``EUR``."""
    known = unit_of(value, mark)
    return known.currency if known else None


def unit(value: str, mark: DecimalMark | None) -> str | None:
    """Return the unit of an amount that is not in a currency: ``85,1 PKT`` is ``points``."""
    known = unit_of(value, mark)
    return known.unit if known else None


def boolean(value: Any) -> bool | None:
    """Return a boolean; ``None`` for anything else, such as the string "true"."""
    return value if isinstance(value, bool) else None


class SiteLoader(ItemLoader, Generic[ItemT]):
    """Keeps the first value of each field; a field that is a list keeps them all.

    Needs ``site`` in its context: the `Site` of the page.
    """

    default_output_processor = TakeFirst()

    _inputs: ClassVar[dict[str, Callable[..., Any]]] = {}
    _outputs: ClassVar[dict[str, Callable[..., Any]]] = {}

    def __init_subclass__(cls) -> None:
        """Collect the processors that itemloaders looks for by name at each value."""
        super().__init_subclass__()
        cls._inputs = _processors(cls, "_in")
        cls._outputs = _processors(cls, "_out")

    def __init__(self, *arguments: Any, **context: Any) -> None:
        super().__init__(*arguments, **context)
        self.context["stats"] = self.stats

    def add_value(
        self, field_name: str | None, value: Any, *processors: Any, **options: Any
    ) -> Self:
        """Add a value as itemloaders does; one without processors of the call, in fewer steps."""
        if processors or options:
            return super().add_value(field_name, value, *processors, **options)
        for name, given in {field_name: value}.items() if field_name else value.items():
            if name in _NEVER_PRINTED:
                self._values[name] = [given]
            elif given is not None:
                values = given if isinstance(given, list | tuple) else (given,)
                if results := self.get_input_processor(name)(values, self.context):
                    self._values.setdefault(name, []).extend(results)
        return self

    def get_input_processor(self, field_name: str) -> Callable[..., Any]:
        """Return the loader's processor, by default one for text on one line."""
        return self._inputs.get(field_name) or legible_text(field_name)

    def get_output_processor(self, field_name: str) -> Callable[..., Any]:
        """Return the loader's processor, as for input."""
        return self._outputs.get(field_name, self.default_output_processor)

    def load_item(self) -> ItemT:
        """Return the item, of the loader's item class, with the collected values."""
        item: ItemT = self.item
        for field_name, values in self._values.items():
            output = self._outputs.get(field_name)
            value = output(values) if output else values[0]
            if value is not None:
                setattr(item, field_name, value)
        return item


def _processors(loader: type, suffix: str) -> dict[str, Callable[..., Any]]:
    """Return field → processor, from the attributes of a loader that have the suffix."""
    names = (name for name in dir(loader) if name.endswith(suffix))
    return {name.removesuffix(suffix): getattr(loader, name) for name in names}


class ArticleLoader(SiteLoader[Article]):
    """Fills an `Article`; its times are converted to the site's time zone."""

    default_item_class = Article

    article_body_in = MapCompose()
    subheadings_in = MapCompose()
    subheadings_out = KeepAll()
    date_published_in = Moment(iso_time, german_time)
    date_modified_in = Moment(iso_time, german_time)
    authors_out = KeepAll()
    instruments_in = MapCompose()
    instruments_out = MapCompose()
    summary_out = KeepAll()
    is_sponsored_in = MapCompose(boolean)
    is_complete_in = MapCompose(boolean)


class QuoteLoader(SiteLoader[Quote]):
    """Fills a `Quote`; ``mark`` in its context is the decimal mark, by default the site's."""

    default_item_class = Quote

    name_in = Name()
    exchange_in = Name()
    isin_in = Input(isin_of_link, isin, longest=ADDRESS)
    wkn_in = Input(wkn)
    price_in = QuotedPrice()
    currency_in = Known(currency)
    unit_in = Known(unit)
    change_in = Money()
    change_percent_in = Percent()
    previous_close_in = QuotedPrice()
    open_in = QuotedPrice()
    day_low_in = RangeEnd(0)
    day_high_in = RangeEnd(1)
    bid_in = QuotedPrice()
    ask_in = QuotedPrice()
    volume_in = Input(volume)
    bid_size_in = Input(volume)
    ask_size_in = Input(volume)
    mic_in = Known(mic)
    quoted_at_in = PriceTime(iso_time, german_time, iso_day)

    def add_price(self, printed: str) -> None:
        """Add a price with its currency or unit, ``159,00 EUR``, before all other amounts."""
        self.add_unit(printed)
        self.add_value("price", printed)

    def add_unit(self, printed: str) -> None:
        """Add the currency or unit of an amount; only a bond's is in percent."""
        is_bond = "bond" in self.get_collected_values("kind")
        mark = self.context.get("mark", self.context["site"].mark)
        if is_bond and unit_of(printed, mark) == PERCENT:
            self.context["price_unit"] = PERCENT
        if printed.strip(_OF_NUMBERS):
            self.add_value(None, {"currency": printed, "unit": printed})


class RatingLoader(SiteLoader[Rating]):
    """Fills a `Rating`."""

    default_item_class = Rating

    name_in = Name()
    firm_in = Name()
    id_in = Input(analysis_id, digits, longest=ADDRESS)
    isin_in = Input(isin_of_link, isin, longest=ADDRESS)
    verdict_in = Known(verdict)
    price_target_in = Price()
    previous_price_target_in = Price()
    currency_in = Known(currency)
    unit_in = Known(unit)
    price_in = QuotedPrice()
    upside_percent_in = Percent()
    consensus_target_in = Price()
    date_published_in = Moment(iso_time, german_time, german_day)
    text_in = MapCompose()


class EventLoader(SiteLoader[Event]):
    """Fills an `Event`."""

    default_item_class = Event

    name_in = Name()
    event_in = Name()
    period_in = Input(period)
    date_in = Input(german_day)
    is_estimated_in = MapCompose(boolean)
    eps_estimate_in = Earnings()
    eps_actual_in = Earnings()
    currency_in = Known(currency)
