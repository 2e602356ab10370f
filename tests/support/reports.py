"""Reports of runs: any, and four as they stand in ``runs/``."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from finnews.reporting.model import Report
from finnews.reporting.runs import write

NOW = datetime.fromisoformat("2026-11-24T06:00:00+00:00")


def run(hours_ago: float = 0, **values: Any) -> Report:
    """Return the report of a whole run."""
    started = (NOW - timedelta(hours=hours_ago)).isoformat()
    return replace(Report("news", started, "finished", 0), **values)


def write_reports(directory: Path) -> None:
    """Write the reports of three runs for news, one of them refused, and of one for stocks."""
    for hour, status, reason in [(6, 0, "finished"), (7, 4, "finished"), (8, 3, "refused")]:
        report = Report("news", f"2026-11-24T{hour:02}:00:00+00:00", reason, status, seconds=61.4)
        report.items = {"articles": {"written": 5, "updated": 1}, "quotes": {"written": 2}}
        report.rejected = {"truncated": 2, "empty": 1}
        write(directory, report)
    arguments = {"stocks": "muster,[b]x", "limit": "5"}
    write(directory, Report("stocks", "2026-11-24T07:30:00+00:00", "limit", 0, arguments=arguments))
