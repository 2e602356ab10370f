"""The items that finnews writes. Each class is declared in a module that is imported here."""

from finnews.items.article import Article, NamedInstrument
from finnews.items.base import (
    NAMESPACES,
    Item,
    Kind,
    folded,
    instrument_key,
    may_be_same,
    registered,
)
from finnews.items.event import Event
from finnews.items.forms import Unit
from finnews.items.instrument import Instrument
from finnews.items.lists import (
    Checkpoint,
    FileReading,
    ListedPage,
    Listing,
    PendingPage,
    UnfinishedReading,
)
from finnews.items.numbers import completed_numbers
from finnews.items.quote import TICKER, PriceType, Quote, Segment, Source, venue_key
from finnews.items.rating import Action, Rating, Verdict
from finnews.items.rejection import Rejection
from finnews.items.turnover import DayOfReadings, Turnover

__all__ = [
    "ITEM_CLASSES",
    "NAMESPACES",
    "TICKER",
    "Action",
    "Article",
    "Checkpoint",
    "DayOfReadings",
    "Event",
    "FileReading",
    "Instrument",
    "Item",
    "Kind",
    "ListedPage",
    "Listing",
    "NamedInstrument",
    "PendingPage",
    "PriceType",
    "Quote",
    "Rating",
    "Rejection",
    "Segment",
    "Source",
    "Turnover",
    "UnfinishedReading",
    "Unit",
    "Verdict",
    "completed_numbers",
    "folded",
    "instrument_key",
    "may_be_same",
    "venue_key",
]

ITEM_CLASSES: tuple[type[Item], ...] = registered()
"""All item classes; the archive refuses any other."""
