"""German notation: how the site prints numbers, days and times."""

from datetime import date, datetime
from decimal import Decimal

MINUS = "\u2212"
PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def german(number: Decimal | int) -> str:
    """Return a number in German notation: ``1.234,50``."""
    return f"{number:,}".translate(str.maketrans(",.", ".,"))


def english(number: Decimal) -> str:
    """Return a number in English notation: ``1,234.50``."""
    return f"{number:,}"


def signed(number: Decimal, minus: str = "-") -> str:
    """Return a change as the tables print it: ``+1,90``, ``-0,43``, ``±0,00``."""
    sign = "±" if number == 0 else "+" if number > 0 else minus
    return sign + german(abs(number))


def given(number: Decimal | None, unit: str) -> str:
    """Return an amount with its unit, ``-`` if there is none: ``97,00 €``, ``18,93%``."""
    if number is None:
        return "-"
    return german(number) + ("" if unit == "%" else " ") + unit


def day(value: date) -> str:
    """Return a day with a year of four digits: ``31.07.2026``."""
    return f"{value:%d.%m.%Y}"


def short_day(value: date) -> str:
    """Return a day with a year of two digits: ``31.07.26``."""
    return f"{value:%d.%m.%y}"


def moment(value: datetime) -> str:
    """Return the date line of an article: ``01.10.26 06:10 Uhr``."""
    return f"{value:%d.%m.%y %H:%M} Uhr"
