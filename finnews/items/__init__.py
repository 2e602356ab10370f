"""What finnews collects, and what makes two readings the same thing."""

from finnews.items.article import Article, NamedInstrument
from finnews.items.base import Item, Kind, folded, instrument_key, may_be_same
from finnews.items.instrument import Instrument
from finnews.items.quote import Quote, Segment, Source
from finnews.items.rating import Action, Rating, Verdict
from finnews.items.records import Rejection, Unread, Walk

__all__ = [
    "ITEM_CLASSES",
    "Action",
    "Article",
    "Instrument",
    "Item",
    "Kind",
    "NamedInstrument",
    "Quote",
    "Rating",
    "Rejection",
    "Segment",
    "Source",
    "Unread",
    "Verdict",
    "Walk",
    "folded",
    "instrument_key",
    "may_be_same",
]

ITEM_CLASSES: tuple[type[Item], ...] = (Article, Quote, Rating, Instrument, Rejection, Walk)
