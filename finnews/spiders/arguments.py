"""Spider arguments: what a person may write after ``-a``, and what it means."""

import re
from datetime import date

_NAME = re.compile(r"\w[\w\-&.]*", re.ASCII)


class WrongArgument(ValueError):
    """An argument that is unknown or malformed; the text is one line for a person."""


def day(name: str, value: str) -> str:
    """Return a day as ``YYYY-MM-DD``.

    >>> day("since", "2026-11-01")
    '2026-11-01'
    """
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise WrongArgument(f"{name}={value}: a day is written 2026-11-01") from None


def positive(name: str, value: str) -> int:
    """Return a number from one upwards."""
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        raise WrongArgument(f"{name}={value}: a whole number from 1 upwards is needed")
    return int(value)


def names(name: str, value: str) -> tuple[str, ...]:
    """Return names that are separated by commas.

    >>> names("stocks", "tesla, US88160R1014"), names("index", "s&p_500")
    (('tesla', 'US88160R1014'), ('s&p_500',))
    """
    parts = tuple(part.strip() for part in value.split(",") if part.strip())
    wrong = next((part for part in parts if not _NAME.fullmatch(part)), None)
    if wrong or not parts:
        raise WrongArgument(f"{name}={wrong or value}: names are written tesla,volkswagen_vz")
    return parts
