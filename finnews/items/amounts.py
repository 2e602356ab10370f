"""Amounts and what is said of them, which two readings of a record must not be mixed in."""

from typing import Any, NamedTuple


class Amounts(NamedTuple):
    """The names of fields that are amounts in one unit, and of those that depend on them."""

    main: tuple[tuple[str, ...], ...]
    """Parts that belong to the very first field, the amount by which readings are compared.

    The first field of each part is its lead; the others depend on it.
    """

    units: tuple[str, ...]
    """What all of the amounts are in."""

    others: tuple[tuple[str, ...], ...] = ()
    """Parts that a reading without that amount can have as well."""

    @property
    def names(self) -> tuple[str, ...]:
        """All fields."""
        parts = (*self.main, self.units, *self.others)
        return tuple(name for part in parts for name in part)

    def merged(self, preferred: Any, other: Any) -> dict[str, Any]:
        """Return the fields' values, of two readings of a record.

        What belongs to another amount, or to one in other units, is left out as a whole.
        """
        first = self._first(preferred, other)
        second = other if first is preferred else preferred
        values = _values(first, self.names)
        if not self._agree(first, second):
            return values
        is_same = self._amount(first) == self._amount(second)
        for part in (*self.main, *self.others) if is_same else self.others:
            values |= _part(part, preferred, other)
        return values | (self._units(first) or self._units(second))

    def _amount(self, reading: Any) -> Any:
        return getattr(reading, self.main[0][0])

    def _first(self, preferred: Any, other: Any) -> Any:
        """Return the reading that has the amount, or else anything: the preferred one if both."""
        units = self._units(preferred), self._units(other)
        if self._amount(preferred) is not None or (all(units) and units[0] != units[1]):
            return preferred
        if self._amount(other) is not None:
            return other
        return preferred if any(_given(preferred, self.names)) else other

    def _agree(self, first: Any, second: Any) -> bool:
        """Return whether both are in the same units, and no amount differs.

        The same amount without units, which one page did not print, is the same.
        """
        amounts = {self._amount(first), self._amount(second)}
        units = self._units(first), self._units(second)
        if units[0] == units[1]:
            return len(amounts - {None}) < 2
        return None not in amounts and len(amounts) == 1 and not all(units)

    def _units(self, reading: Any) -> dict[str, Any]:
        """Return the units of a reading; empty if it has none."""
        units = _values(reading, self.units)
        return {} if set(units.values()) == {None} else units


def _part(names: tuple[str, ...], preferred: Any, other: Any) -> dict[str, Any]:
    """Return the values of an amount and of what is said of it."""
    lead, *_ = names
    has_lead = getattr(preferred, lead) is not None or getattr(other, lead) is None
    first, second = (preferred, other) if has_lead else (other, preferred)
    values = _values(first, names)
    if getattr(first, lead) != getattr(second, lead):
        return values
    return completed(names, first, second)


def completed(names: tuple[str, ...], preferred: Any, other: Any) -> dict[str, Any]:
    """Return the values of a reading, with what it lacks from another that contradicts none.

    >>> from finnews.items import Rating
    >>> completed(("rating", "verdict"), Rating(rating="Buy"), Rating(verdict="buy"))
    {'rating': 'Buy', 'verdict': 'buy'}
    >>> completed(("rating", "verdict"), Rating(rating="Buy"), Rating(rating="Sell"))
    {'rating': 'Buy', 'verdict': None}
    """
    values, others = _values(preferred, names), _values(other, names)
    both = [name for name in names if values[name] is not None and others[name] is not None]
    if any(values[name] != others[name] for name in both):
        return values
    return {name: others[name] if values[name] is None else values[name] for name in names}


def _values(reading: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(reading, name) for name in names}


def _given(reading: Any, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if getattr(reading, name) is not None]
