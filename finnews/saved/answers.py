"""What a saved file holds, one entry after the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from finnews.saved.stream import Place

_FIRST: Final = datetime(1991, 1, 1, tzinfo=UTC)
"""Before it there was no web; tools write the year 1 or 1970 where they know no date"""

_AHEAD: Final = timedelta(days=1)  # by which a clock or a zone can be wrong


def saved_at(date: datetime) -> datetime | None:
    """Return in UTC when an answer was received; ``None`` if the date cannot be right.

    >>> saved_at(datetime.fromisoformat("2019-03-04T10:30:00+01:00"))
    datetime.datetime(2019, 3, 4, 9, 30, tzinfo=datetime.timezone.utc)
    >>> saved_at(datetime(1970, 1, 1, tzinfo=UTC)), saved_at(datetime.max.replace(tzinfo=UTC))
    (None, None)
    """
    is_possible = date.tzinfo and _FIRST <= date <= datetime.now(UTC) + _AHEAD
    return date.astimezone(UTC) if is_possible else None


@dataclass(slots=True)
class SavedAnswer:
    """What the site answered to a request."""

    url: str
    """Address of the request."""

    status: int
    """HTTP status."""

    headers: Mapping[str, str]
    """HTTP headers by their names in lower case; of several with a name, the first."""

    body: bytes
    """The body, neither chunked nor compressed."""

    fetched_at: datetime
    """When it was received."""


class Passed(NamedTuple):
    """Something that is no answer of the site, known by its head."""

    reason: str
    """``other-site``, ``no-page``, ``revisit``, ``request``, …"""


class Fault(NamedTuple):
    """A part that cannot be read."""

    reason: str
    """In words: ``a gzip member is damaged (…)``."""


class Passing:
    """Nothing yet: a long part is being passed over, which takes a while.

    Its place is one from which reading can go on: what follows in the file is given again.
    """


class End(NamedTuple):
    """The end of what was to be read."""

    is_of_file: bool
    """Whether the file has nothing more behind it."""


class Entry(NamedTuple):
    """An entry of a file, at the place where it begins; the last one is an `End`."""

    place: Place
    content: SavedAnswer | Passed | Fault | Passing | End


class Unreadable(Exception):
    """A file that has nothing to read; the text is why: ``is empty``, ``is no WARC file``."""
