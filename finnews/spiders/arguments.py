"""Spider arguments (``-a``): their values are checked and converted."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

from finnews.outcome import WrongUsage
from finnews.site import FINANZEN_NET, host_of
from finnews.spiders.portfolio import papers_in
from finnews.spiders.wanted import HOW, WRONG_DIGIT, Wanted, wanted

_SCHEDULER = re.compile(r"(?:tcp|tls|ws|wss)://[^/\s:]+:\d{1,5}")
_NAME = re.compile(r"\w[\w\-&.]*", re.ASCII)
_AGO = re.compile(r"(\d{1,5})([dw])", re.ASCII)
_FILE = "@"


def text(value: object) -> str:
    """Return the value of an argument as it is written behind ``-a``; programs pass others, too.

    >>> text(3), text(date(2026, 11, 1)), text(["tesla", "sap"])
    ('3', '2026-11-01', 'tesla,sap')
    """
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def day(name: str, value: str, today: date | None = None) -> str:
    """Return a day as ``YYYY-MM-DD``; ``7d`` and ``2w`` are so long before today.

    >>> day("since", "2026-11-01"), day("since", "2w", date(2026, 11, 28))
    ('2026-11-01', '2026-11-14')
    """
    try:
        if ago := _AGO.fullmatch(value):
            days = int(ago[1]) * (7 if ago[2] == "w" else 1)
            return ((today or _today()) - timedelta(days=days)).isoformat()
        return date.fromisoformat(value).isoformat()
    except (ValueError, OverflowError):
        message = f"{name}={value[:99]}: a day is written as 2026-11-01, or as 7d or 2w ago"
        raise WrongUsage(message) from None


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
    """Return names that are separated by commas, each once.

    >>> names("index", "dax, s&p_500"), names("sections", "aktien,aktien")
    (('dax', 's&p_500'), ('aktien',))
    """
    parts = tuple(dict.fromkeys(_parts(value)))
    malformed = next((part for part in parts if not _NAME.fullmatch(part)), None)
    if malformed or not parts:
        raise WrongUsage(f"{name}={malformed or value}: names are written as tesla,sap")
    return parts


def papers(name: str, value: str) -> tuple[Wanted, ...]:
    """Return the papers that an argument names; ``@portfolio.txt`` stands for those in a file.

    What is malformed in the argument itself is wrong usage; in a file it is a `Wanted.fault`.
    """
    found: list[Wanted] = []
    for part in _parts(value):
        if part.startswith(_FILE):
            found += papers_in(f"{name}={part}", Path(part.removeprefix(_FILE)).expanduser())
            continue
        found.append(wanted(part))
        if fault := found[-1].fault:
            how = "" if fault == WRONG_DIGIT else f"; {HOW}"
            raise WrongUsage(f"{name}={part[:99]}: {fault}{how}")
    if not found:
        raise WrongUsage(f"{name}={value}: names are written as tesla,sap")
    by_text: dict[str, Wanted] = {}
    for each in sorted(found, key=lambda each: each.line is not None):  # an argument's own first
        by_text.setdefault(each.text, each)
    return tuple(by_text.values())


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _today() -> date:
    return datetime.now(FINANZEN_NET.zone).date()
