"""Sorts a run's stats into the parts of its report."""

from collections.abc import Mapping
from typing import Any

from finnews.pages.stats import PageStats
from finnews.reporting.model import FATES, Doubted, Doubts, Report


def add_counts(report: Report, stats: Mapping[str, Any], pages: Mapping[str, PageStats]) -> None:
    """Add a run's stats to its report; `pages` has those of each page type."""
    left: dict[str, Any] = dict(stats)
    for page, page_stats in sorted(pages.items()):
        _add_page(report, page, page_stats)
        for name in page_stats.stat_values(page):
            left.pop(name, None)
        left |= page_stats.note_values(page)
    for name in sorted(left):
        match name.split("/", 3):
            case ["finnews", "rejected" | "followed", _]:
                pass  # reported by reason, and with the pages that link to others
            case ["finnews", kind, fate] if fate in FATES:
                report.items.setdefault(kind, {})[fate] = left[name]
            case ["finnews", "reasons", *reason]:
                report.rejected["/".join(reason)] = left[name]
            case ["finnews", "pending", *reason]:
                report.pending["/".join(reason)] = left[name]
            case ["finnews", "leading", page]:
                report.leading[page] = [left[name], left[f"finnews/followed/{page}"]]
            case ["finnews", *_] if isinstance(left[name], int | float):
                report.counts[name] = left[name]
    report.refused = left.get("finnews/refused", 0)


def _add_page(report: Report, page: str, stats: PageStats) -> None:
    report.selectors[page] = {
        str(rule): [stats.hit[rule], asked] for rule, asked in sorted(stats.asked.items())
    }
    report.doubts[page] = _doubts(stats)
    for (table, word), times in sorted(stats.words.items()):
        words = report.vocabulary.setdefault(table, {})
        words[word] = words.get(word, 0) + times


def _doubts(stats: PageStats) -> Doubts:
    doubts = Doubts(stats.pages)
    for doubt, values in sorted(stats.doubts.items()):
        example = stats.examples[doubt]
        by_reason = doubts.fields.setdefault(doubt.field, {})
        by_reason[doubt.reason] = Doubted(values, stats.doubtful[doubt], *example)
    return doubts
