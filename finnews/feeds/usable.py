"""Whether the feeds of a run can be written as they are asked for, before it requests a page."""

import codecs
import os
import re
from collections.abc import Iterator, Set
from errno import ENOTDIR
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings
from scrapy.utils.conf import feed_complete_default_values_from_settings
from scrapy.utils.misc import load_object
from w3lib.url import file_uri_to_path

from finnews.feeds.kinds import is_by_kind, uri_of
from finnews.items import ITEM_CLASSES
from finnews.outcome import WrongUsage

_BATCH = re.compile(r"%\(batch_(?:id|time)\)")
_WHOLE = ("json", "xml")
"""The formats of a file that cannot be continued."""


def check_feeds(settings: BaseSettings) -> None:
    """Raise `WrongUsage`, or `OSError` if a file cannot be written, with one line for the user."""
    feeds = {str(name): given for name, given in settings.getdict("FEEDS").items()}
    for uri, given in feeds.items():
        options = feed_complete_default_values_from_settings(given, settings, uri)
        others = feeds.keys() - {uri}
        for wrong in (*_wrong(uri, options, settings), *_taken(uri, options, others)):
            raise WrongUsage(f"feed {uri}: {wrong}")
        _check_place(uri, options)


def _wrong(uri: str, options: dict[str, Any], settings: BaseSettings) -> Iterator[str]:
    formats = _of(settings, "FEED_EXPORTERS")
    if options["format"] not in formats:
        yield f"no format {options['format'] or 'in its name'}; there are {', '.join(formats)}"
    scheme = urlsplit(uri).scheme
    if scheme not in (schemes := _of(settings, "FEED_STORAGES")):
        yield f"no storage {scheme}; there are {', '.join(filter(None, schemes))}"
    if options["batch_item_count"] and not _BATCH.search(uri):
        yield "batches need %(batch_id)d or %(batch_time)s in its name"
    yield from _not_found(options)


def _taken(uri: str, options: dict[str, Any], others: Set[str]) -> Iterator[str]:
    """Yield which of the files that a feed becomes is another feed, too."""
    kinds = [kind for kind in ITEM_CLASSES if kind.is_reported]
    for kind in kinds if is_by_kind(uri, options) else ():
        of_kind = uri_of(uri, kind, is_first=False)
        if of_kind in others:
            yield f"its {kind.collection} would go to {of_kind}, which is another feed"


def _not_found(options: dict[str, Any]) -> Iterator[str]:
    try:
        codecs.lookup(options["encoding"] or "utf-8")
        for item_class in options.get("item_classes") or ():
            load_object(item_class)
    except (LookupError, ImportError, NameError, ValueError, TypeError) as error:
        yield str(error)


def _of(settings: BaseSettings, name: str) -> list[str]:
    return [key for key, value in settings.getwithbase(name).items() if value is not None]


def _check_place(uri: str, options: dict[str, Any]) -> None:
    if urlsplit(uri).scheme not in ("", "file") or "%(" in uri:
        return
    path = Path(file_uri_to_path(uri) if uri.startswith("file:") else uri)
    if options["format"] in _WHOLE and not options.get("overwrite") and _has_content(path):
        advice = "-O writes it anew, and jsonl can be continued"
        raise WrongUsage(f"feed {uri}: {options['format']} cannot be continued; {advice}")
    try:
        _try_to_write(path)
    except OSError as error:
        raise OSError(f"feed {uri} cannot be written: {error.strerror}") from None


def _has_content(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _try_to_write(path: Path) -> None:
    """Open a file as the feed will, and leave it as it was. Another kind of file is not opened."""
    is_there = path.exists()
    if is_there and not (path.is_file() or path.is_dir()):
        return
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    if not folder.is_dir():
        raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab"):
        pass
    if not is_there:
        path.unlink()
