"""ISIN and WKN of a security, which two readings must not mix with those of another."""

from typing import Any

from finnews.items.amounts import completed

NUMBERS = ("isin", "wkn")
"""The fields that have them."""


def completed_numbers(preferred: Any, other: Any) -> dict[str, Any]:
    """Return ISIN and WKN of a reading, with what it lacks from another of the same security.

    Both have the same number, or at least none that differs: a German ISIN has its WKN within.

    >>> from finnews.items import Instrument
    >>> completed_numbers(Instrument(wkn="716460"), Instrument(isin="DE0007164600"))
    {'isin': 'DE0007164600', 'wkn': '716460'}
    >>> completed_numbers(Instrument(wkn="A1CX3T"), Instrument(isin="DE0007164600"))
    {'isin': None, 'wkn': 'A1CX3T'}
    """
    numbers = completed(NUMBERS, preferred, other)
    if _is_of_one(numbers["isin"], numbers["wkn"]):
        return numbers
    return {name: getattr(preferred, name) for name in NUMBERS}


def _is_of_one(isin: str | None, wkn: str | None) -> bool:
    if not isin or not wkn or not isin.startswith("DE000"):
        return True
    return isin[5:11] == wkn
