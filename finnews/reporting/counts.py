"""Sorts what was counted during a run into the parts of its report."""

from collections.abc import Mapping
from typing import Any

from finnews.pages.stats import PageStats
from finnews.reporting.model import FATES, Report


def add_counts(report: Report, stats: Mapping[str, Any], pages: Mapping[str, PageStats]) -> None:
    """Sort the run's stats, and what its pages counted by their types, into its report."""
    counted: dict[str, Any] = dict(stats)
    for page, counts in sorted(pages.items()):
        _add_page(report, page, counts)
        for name in counts.named(page):
            counted.pop(name, None)
        counted |= counts.named_notes(page)
    for name in sorted(counted):
        match name.split("/", 3):
            case ["finnews", "rejected" | "followed", _]:
                pass  # told by reason, and with what leads on
            case ["finnews", kind, fate] if fate in FATES:
                report.items.setdefault(kind, {})[fate] = counted[name]
            case ["finnews", "reasons", *reason]:
                report.rejected["/".join(reason)] = counted[name]
            case ["finnews", "leading", page]:
                report.leading[page] = [counted[name], counted[f"finnews/followed/{page}"]]
            case ["finnews", *_] if isinstance(counted[name], int | float):
                report.counts[name] = counted[name]
    report.refused = counted.get("finnews/refused", 0)


def _add_page(report: Report, page: str, counts: PageStats) -> None:
    report.selectors[page] = {
        str(rule): [counts.hit[rule], asked] for rule, asked in sorted(counts.asked.items())
    }
    for (table, word), times in sorted(counts.words.items()):
        words = report.vocabulary.setdefault(table, {})
        words[word] = words.get(word, 0) + times
