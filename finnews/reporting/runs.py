"""The files of run reports, under ``runs/``: writing, reading, choosing those to compare with."""

import logging
import os
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from finnews.printable import printable_json
from finnews.reporting.model import Report

logger = logging.getLogger(__name__)

_RECENT = 10
_TWO_WEEKS = timedelta(days=14)
_MAX_FILES = 5000  # more than two weeks of runs every five minutes
_NAME = "%Y%m%dT%H%M%SZ"
_DECODER = msgspec.json.Decoder(Report)


def encoded(report: Report) -> bytes:
    """Return a report as one line of JSON."""
    return printable_json(msgspec.json.encode(report))


def write(directory: Path, report: Report) -> Path:
    """Write a report under ``runs/``, whole or not at all, and return its path.

    It never replaces another: a second report of the same second and process gets a number.
    Raises `OSError`.
    """
    folder = directory / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{report.start.strftime(_NAME)}-{report.spider}-{os.getpid()}"
    text = msgspec.json.format(encoded(report), indent=1) + b"\n"
    for number in count(1):
        path = folder / (f"{name}.json" if number == 1 else f"{name}-{number}.json")
        if _is_created(path, text):
            return path
    raise AssertionError


def _is_created(path: Path, text: bytes) -> bool:
    """Write a file unless its name is taken; return whether it was written."""
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
    """Return the files of reports, the newest first."""
    return sorted((directory / "runs").glob(f"*-{spider}-*.json"), reverse=True)


def read(path: Path) -> Report | None:
    """Return the report in a file; if it has none, log that and return ``None``."""
    try:
        return decoded(path.read_bytes())
    except (OSError, ValueError) as error:
        logger.warning("Skipping %s, which is not a run report: %s", path, error)
        return None


def decoded(text: bytes) -> Report:
    """Return the report that a file has; raise `ValueError` if it has none."""
    report = _DECODER.decode(text)
    try:
        report.start.astimezone()
    except OverflowError as error:
        raise ValueError(error) from error
    return report


def comparable(directory: Path, report: Report) -> list[Report]:
    """Return the runs that a run is compared with, the newest first.

    These are whole runs of the same spider on the same site, for the same stocks, that were not
    below their own baseline: the last ten and, of the two weeks before, one for each quarter of
    a day, so that nights and week-ends are compared with their like.
    """
    oldest = (report.start - _TWO_WEEKS).strftime(_NAME)
    runs: list[Report] = []
    quarters: set[tuple[str, int]] = set()
    for path in paths(directory, report.spider)[:_MAX_FILES]:
        quarter = _quarter(path.name)
        if len(runs) >= _RECENT and (path.name < oldest or quarter in quarters):
            continue
        earlier = read(path)
        if earlier and _is_like(report, earlier):
            runs.append(earlier)
            quarters.add(quarter)
    return runs


def _quarter(name: str) -> tuple[str, int]:
    return name[:8], int(name[9:11]) // 6 if name[9:11].isdigit() else 0


def _is_like(report: Report, earlier: Report) -> bool:
    return earlier.is_whole and not earlier.unusual and _kind(report) == _kind(earlier)


def _kind(report: Report) -> tuple[Any, ...]:
    """Return what comparable runs have in common: all arguments but how far they read."""
    arguments = report.arguments.items()
    wanted = {name: value for name, value in arguments if name not in ("since", "until", "limit")}
    return report.spider, report.site, report.article_body, wanted


def last(directory: Path, number: int) -> Iterator[Report]:
    """Return the last reports, the oldest of them first."""
    readable: Iterable[Report] = (run for path in paths(directory) if (run := read(path)))
    newest = [report for report, _ in zip(readable, range(number), strict=False)]
    return reversed(newest)
