"""How fast the entries of a list are replaced."""

from dataclasses import dataclass

from finnews.items.forms import Count, Day, UtcTime


@dataclass(slots=True)
class DayOfReadings:
    """What the complete readings of a list on one day say of it."""

    day: Day
    """UTC day."""

    new: Count
    """Entries that would be new in 24 hours, at the fastest rate between two readings."""

    pause: Count
    """The longest time between two readings, in seconds."""


@dataclass(slots=True)
class Turnover:
    """When a list was last read completely, and how fast it has changed lately."""

    read_at: UtcTime
    """Time, in UTC, of the last complete reading."""

    ids: list[str]
    """Ids of its first hundred entries then, as far as it was read, promotions left out."""

    days: list[DayOfReadings]
    """The days of the last week on which it was read again, oldest first."""
