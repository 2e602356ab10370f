"""The reports of runs as tables, which follow their files: one that was read is not read again."""

import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from finnews.archive.layout import RUNS
from finnews.look.run_queries import STAGED, TABLES
from finnews.outcome import MEANING, ExitStatus
from finnews.reporting.model import FATES, Report
from finnews.reporting.runs import decoded
from finnews.sql.views import literal

_SUFFIX: Final = ".json"  # a report that is being written has another


class RunTables:
    """The tables ``runs``, ``run_items`` … of the reports in an archive's ``runs/``."""

    def __init__(self, directory: Path, zone: ZoneInfo) -> None:
        self._folder = directory / RUNS
        self._zone = zone
        self._names: set[str] | None = None
        self._bad: dict[str, str] = {}
        self._stamps: dict[str, tuple[int, int] | None] = {}

    @property
    def problems(self) -> list[str]:
        """A line for each file that is no report."""
        return [f"{self._folder / name}: {problem}" for name, problem in sorted(self._bad.items())]

    def refresh(self, cursor: Any) -> bool:
        """Make the tables, or bring them up to the files; return whether they were changed."""
        names, mended = _names(self._folder), self._mended()
        if names == self._names and not mended:
            return False
        before = (self._names or set()) - mended
        bad = {name: why for name, why in self._bad.items() if name in names & before}
        stamps = {name: self._stamp(name) for name in {*bad, *(names - before)}}
        with TemporaryDirectory(prefix=".finnews-") as folder:
            lines = Path(folder) / "runs.jsonl"
            size = self._write(lines, sorted(names - before), bad)
            with _Transaction(cursor):
                _stage(cursor, lines, size)
                _change(cursor, sorted(before - names), is_first=self._names is None)
        self._names, self._bad = names, bad
        self._stamps = {name: stamps[name] for name in bad}
        return True

    def _mended(self) -> set[str]:
        """Return the damaged files that have changed since."""
        return {name for name in self._bad if self._stamp(name) != self._stamps.get(name)}

    def _stamp(self, name: str) -> tuple[int, int] | None:
        """Return what changes when a file is written again."""
        try:
            status = (self._folder / name).stat()
        except OSError:
            return None
        return status.st_size, status.st_mtime_ns

    def _write(self, path: Path, names: list[str], bad: dict[str, str]) -> int:
        """Write the reports of some files, a line each; return the length of the longest."""
        longest = 0
        with path.open("wb") as lines:
            for name in names:
                try:
                    report = decoded((self._folder / name).read_bytes())
                    line = msgspec.json.encode(_staged(name, report, self._zone)) + b"\n"
                except FileNotFoundError:
                    continue
                except (OSError, ValueError, OverflowError) as error:
                    bad[name] = str(error)
                    continue
                longest = max(longest, lines.write(line))
        return longest


class _Transaction:
    """All of its changes, or none."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def __enter__(self) -> None:
        self._cursor.execute("BEGIN")

    def __exit__(self, error: object, *_: object) -> None:
        self._cursor.execute("ROLLBACK" if error else "COMMIT")


def _names(folder: Path) -> set[str]:
    try:
        with os.scandir(folder) as entries:
            return {entry.name for entry in entries if entry.name.endswith(_SUFFIX)}
    except (FileNotFoundError, NotADirectoryError):
        return set()


def _stage(cursor: Any, lines: Path, size: int) -> None:
    """Read lines of reports. Of what `decoded` has seen, only a number can be too large: it is
    missing then."""
    types = ", ".join(f"{name}: {literal(kind)}" for name, kind in STAGED.items())
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE staged AS FROM read_json("
        f"{literal(str(lines))}, columns = {{{types}}}, format = 'newline_delimited', "
        f"ignore_errors = true, maximum_object_size = {max(size + 1, 1 << 24)})"
    )


def _change(cursor: Any, gone: list[str], *, is_first: bool) -> None:
    runs = [name.removesuffix(_SUFFIX) for name in gone]
    for table, query in TABLES.items():
        key = "name" if table == "runs" else "run"
        if runs:
            cursor.execute(f"DELETE FROM {table} WHERE {key} IN (SELECT unnest($1))", [runs])
        cursor.execute(
            f"CREATE TABLE {table} AS {query}" if is_first else f"INSERT INTO {table} {query}"
        )
    cursor.execute("DROP TABLE staged")


def _staged(name: str, report: Report, zone: ZoneInfo) -> dict[str, Any]:
    """Return a report as it is staged."""
    return {
        "name": name.removesuffix(_SUFFIX),
        "spider": report.spider,
        "arguments": " ".join(f"{key}={value}" for key, value in report.arguments.items()),
        "started": report.start.astimezone(UTC),
        "ended": datetime.fromisoformat(report.ended).astimezone(UTC) if report.ended else None,
        "local": report.start.astimezone(zone).replace(tzinfo=None),
        "seconds": report.seconds,
        "finish_reason": report.finish_reason,
        "status": report.status,
        "meaning": MEANING.get(report.status, MEANING[ExitStatus.ERRORS]),
        **{fate: sum(kind.get(fate, 0) for kind in report.items.values()) for fate in FATES},
        "rejected": sum(report.rejected.values()),
        "refused": report.refused,
        "pending": sum(report.pending.values()),
        "pages": sum(report.pages.values()),
        "requests": sum(sum(answers.values()) for answers in report.requests.values()),
        "requests_per_new": report.requests_per_new,
        "memory_mb": report.memory_mb,
        "cpu_ms_per_page": report.cpu_ms_per_page,
        "unusual": report.unusual,
        "errors": report.errors,
        "of_items": report.items,
        "of_rejected": report.rejected,
        "of_pending": report.pending,
        "of_requests": report.requests,
        "filled": report.filled,
        "doubts": report.doubts,
        "vocabulary": report.vocabulary,
        "slowest": report.slowest,
        "counts": report.counts,
    }
