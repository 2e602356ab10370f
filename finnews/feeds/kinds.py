"""One file a kind: what a feed whose rows have the same columns makes of several kinds of items."""

from dataclasses import fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from scrapy.extensions.feedexport import ItemFilter
from scrapy.utils.misc import load_object

from finnews.items import ITEM_CLASSES, Item

KIND: Final = "%(kind)s"
"""The place of the kind in the name of a feed of any format."""

_TABULAR: Final = ("csv",)


class OfKind(ItemFilter):
    """Accepts what another filter accepts, if it is of a kind."""

    def __init__(self, kind: type[Item], inner: ItemFilter) -> None:
        super().__init__(None)
        self.kind = kind
        self.inner = inner

    def accepts(self, item: Any) -> bool:
        """Return whether the item is one of those."""
        return isinstance(item, self.kind) and self.inner.accepts(item)


def is_by_kind(uri: str, options: dict[str, Any]) -> bool:
    """Return whether a feed becomes one file a kind."""
    return KIND in uri or options["format"] in _TABULAR


def kinds_of(options: dict[str, Any], main: type[Item]) -> list[type[Item]]:
    """Return the kinds that a feed takes, the main one of the run or the feed first."""
    wanted = tuple(map(load_object, options.get("item_classes") or (Item,)))
    order = [*wanted, main, *ITEM_CLASSES]
    reported = [kind for kind in order if kind in ITEM_CLASSES and kind.is_reported]
    return [kind for kind in dict.fromkeys(reported) if issubclass(kind, wanted)]


def uri_of(uri: str, kind: type[Item], *, is_first: bool) -> str | None:
    """Return where a kind goes; ``None`` if there is no place, as on a pipe, but for the first.

    >>> from finnews.items import Article, Quote
    >>> uri_of("news.csv", Article, is_first=True), uri_of("news.csv", Quote, is_first=False)
    ('news.csv', 'news-quotes.csv')
    >>> uri_of("s3://muster/%(time)s/%(kind)s.csv", Quote, is_first=False)
    's3://muster/%(time)s/quotes.csv'
    >>> uri_of("stdout:", Quote, is_first=False) is None
    True
    """
    if KIND in uri:
        return uri.replace(KIND, kind.collection)
    if is_first:
        return uri
    if _is_stream(uri):
        return None
    folder, slash, name = uri.rpartition("/")
    stem, dot, endings = name.partition(".csv")
    return f"{folder}{slash}{stem}-{kind.collection}{dot}{endings}"


def columns_of(kind: type[Item]) -> list[str]:
    """Return the columns of a kind: its fields, in order."""
    return [field.name for field in fields(kind)]


def _is_stream(uri: str) -> bool:
    path = Path(uri)
    return urlsplit(uri).scheme == "stdout" or (path.exists() and not path.is_file())
