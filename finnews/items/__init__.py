"""What finnews collects, and what makes two readings the same thing."""

from finnews.items.article import Article, NamedInstrument
from finnews.items.base import Item, Kind, folded, instrument_key, may_be_same
from finnews.items.instrument import Instrument
from finnews.items.quote import Quote, Segment, Source
from finnews.items.rating import Action, Rating, Verdict
from finnews.items.records import Checkpoint, PendingPage, Rejection

__all__ = [
    "ITEM_CLASSES",
    "Action",
    "Article",
    "Checkpoint",
    "Instrument",
    "Item",
    "Kind",
    "NamedInstrument",
    "PendingPage",
    "Quote",
    "Rating",
    "Rejection",
    "Segment",
    "Source",
    "Verdict",
    "folded",
    "instrument_key",
    "may_be_same",
]

ITEM_CLASSES: tuple[type[Item], ...] = (Article, Quote, Rating, Instrument, Rejection, Checkpoint)
