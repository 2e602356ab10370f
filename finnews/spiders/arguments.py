"""Spider arguments (``-a``): their values are checked and converted."""

import re
from datetime import date

from finnews.outcome import WrongUsage
from finnews.site import host_of

_SCHEDULER = re.compile(r"(?:tcp|tls|ws|wss)://[^/\s:]+:\d{1,5}")
_NAME = re.compile(r"\w[\w\-&.]*", re.ASCII)


def day(name: str, value: str) -> str:
    """Return a day as ``YYYY-MM-DD``.

    >>> day("since", "2026-11-01")
    '2026-11-01'
    """
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise WrongUsage(f"{name}={value}: a day is written as 2026-11-01") from None


def positive(name: str, value: str) -> int:
    """Return a whole number from 1 upwards."""
    if not (value.isascii() and value.isdigit() and len(value) < 19 and int(value) > 0):
        raise WrongUsage(f"{name}={value[:99]}: a whole number from 1 upwards is needed")
    return int(value)


def address(name: str, value: str) -> str:
    """Return an address of the web.

    >>> address("url", "https://www.finanzen.net/analysen")
    'https://www.finanzen.net/analysen'
    """
    if not host_of(value):
        raise WrongUsage(f"{name}={value}: an address begins with https://")
    return value


def scheduler(name: str, value: str) -> str:
    """Return the address of a Dask scheduler.

    >>> scheduler("dask", "tcp://host:8786")
    'tcp://host:8786'
    """
    if not _SCHEDULER.fullmatch(value):
        raise WrongUsage(f"{name}={value}: a scheduler's address is written as tcp://host:8786")
    return value


def names(name: str, value: str) -> tuple[str, ...]:
    """Return names that are separated by commas.

    >>> names("stocks", "tesla, US88160R1014"), names("index", "s&p_500")
    (('tesla', 'US88160R1014'), ('s&p_500',))
    """
    parts = tuple(part.strip() for part in value.split(",") if part.strip())
    malformed = next((part for part in parts if not _NAME.fullmatch(part)), None)
    if malformed or not parts:
        raise WrongUsage(f"{name}={malformed or value}: names are written as tesla,sap")
    return parts
