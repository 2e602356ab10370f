"""The reports of runs: files under ``runs/``, how they are written, read again and chosen."""

import logging
import os
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from finnews.reporting.model import Report

logger = logging.getLogger(__name__)

_RECENT = 10
_TWO_WEEKS = timedelta(days=14)
_LOOKED_AT = 5000  # files: more than two weeks of runs every five minutes
_NAME = "%Y%m%dT%H%M%SZ"
_DECODER = msgspec.json.Decoder(Report)


def encoded(report: Report) -> bytes:
    """Return a report as one line of JSON."""
    return msgspec.json.encode(report)


def write(directory: Path, report: Report) -> Path:
    """Write a report under ``runs/``, whole or not at all, and return its path.

    No earlier report is ever replaced: a second one of the same second and process gets a number.
    Raises `OSError`.
    """
    folder = directory / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{report.start.strftime(_NAME)}-{report.spider}-{os.getpid()}"
    text = msgspec.json.format(encoded(report), indent=1) + b"\n"
    for number in count(1):
        path = folder / (f"{name}.json" if number == 1 else f"{name}-{number}.json")
        if _is_written(path, text):
            return path
    raise AssertionError


def _is_written(path: Path, text: bytes) -> bool:
    """Write a file under a name that is free; return whether it was."""
    part = path.with_suffix(".part")
    try:
        file = part.open("xb")
    except FileExistsError:
        return False
    try:
        with file:
            if path.exists():
                return False
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return True


def paths(directory: Path, spider: str = "*") -> list[Path]:
    """Return the files of runs, the newest first."""
    return sorted((directory / "runs").glob(f"*-{spider}-*.json"), reverse=True)


def read(path: Path) -> Report | None:
    """Return the report of a file; ``None``, and a line in the log, if it holds none."""
    try:
        report = _DECODER.decode(path.read_bytes())
        report.start.astimezone()
    except (OSError, ValueError) as error:
        logger.warning("%s is no report of a run: %s", path, error)
        return None
    return report


def comparable(directory: Path, report: Report) -> list[Report]:
    """Return the runs that a run is compared with, the newest first.

    These are whole runs of the same spider on the same site, for the same shares, that were not
    unusual themselves: the last ten and, of the two weeks before, one for each quarter of a
    day, so that a night or a week-end is compared with others.
    """
    oldest = (report.start - _TWO_WEEKS).strftime(_NAME)
    found: list[Report] = []
    quarters: set[tuple[str, int]] = set()
    for path in paths(directory, report.spider)[:_LOOKED_AT]:
        quarter = _quarter(path.name)
        if len(found) >= _RECENT and (path.name < oldest or quarter in quarters):
            continue
        earlier = read(path)
        if earlier and _is_like(report, earlier):
            found.append(earlier)
            quarters.add(quarter)
    return found


def _quarter(name: str) -> tuple[str, int]:
    return name[:8], int(name[9:11]) // 6 if name[9:11].isdigit() else 0


def _is_like(report: Report, earlier: Report) -> bool:
    return earlier.is_whole and not earlier.unusual and _kind(report) == _kind(earlier)


def _kind(report: Report) -> tuple[Any, ...]:
    """Return what makes runs alike: how far back or how much they read is of no matter."""
    wanted = {name: report.arguments.get(name) for name in ("stocks", "index")}
    return report.spider, report.site, report.article_body, wanted


def last(directory: Path, number: int) -> Iterator[Report]:
    """Yield the last reports, the oldest of them first."""
    readable: Iterable[Report] = (one for path in paths(directory) if (one := read(path)))
    newest = [report for report, _ in zip(readable, range(number), strict=False)]
    return reversed(newest)
