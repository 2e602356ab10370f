"""Processors: a printed text to a number, day, time or identifier.

Each function takes a string and returns a value, or ``None`` if the string is not, from its first
to its last character, of that form. None of them raises an exception, whatever the string.
"""

from finnews.processors.identifiers import (
    analysis_id,
    digits,
    isin,
    isin_of_link,
    period,
    wkn,
    wkn_of_isin,
)
from finnews.processors.numbers import Amount, amount, decimal, notation, price_range, volume
from finnews.processors.stamps import stamp
from finnews.processors.texts import has_digit, is_given, line, paragraph, text, without_ornaments
from finnews.processors.times import (
    day_of_midnight,
    german_day,
    german_time,
    iso_day,
    iso_time,
    rfc822_time,
    study_time,
)

__all__ = [
    "Amount",
    "amount",
    "analysis_id",
    "day_of_midnight",
    "decimal",
    "digits",
    "german_day",
    "german_time",
    "has_digit",
    "is_given",
    "isin",
    "isin_of_link",
    "iso_day",
    "iso_time",
    "line",
    "notation",
    "paragraph",
    "period",
    "price_range",
    "rfc822_time",
    "stamp",
    "study_time",
    "text",
    "volume",
    "without_ornaments",
    "wkn",
    "wkn_of_isin",
]
