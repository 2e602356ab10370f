"""Sorts what was counted during a run into the parts of its report."""

from typing import Any

from finnews.reporting.model import FATES, Counts, Report


def add_counts(report: Report, stats: dict[str, Any]) -> None:
    """Sort the run's stats into the parts of its report."""
    for name in sorted(stats):
        match name.split("/", 3):
            case ["finnews", "rejected" | "followed", _] | ["finnews", _, "parser", _]:
                pass  # told by reason, with what leads on, and with how often it was asked
            case ["finnews", kind, fate] if fate in FATES:
                report.items.setdefault(kind, {})[fate] = stats[name]
            case ["finnews", "reasons", *reason]:
                report.rejected["/".join(reason)] = stats[name]
            case ["finnews", "leading", page]:
                report.leading[page] = [stats[name], stats[f"finnews/followed/{page}"]]
            case ["finnews", page, "asked", rule]:
                hits = stats.get(f"finnews/{page}/parser/{rule}", 0)
                report.selectors.setdefault(page, {})[rule] = [hits, stats[name]]
            case ["finnews", _, "vocabulary", found]:
                _add_word(report.vocabulary, found, stats[name])
            case ["finnews", *_] if isinstance(stats[name], int | float):
                report.counts[name] = stats[name]
    report.refused = stats.get("finnews/refused", 0)


def _add_word(vocabulary: dict[str, Counts], found: str, times: int) -> None:
    what, _, word = found.partition("/")
    words = vocabulary.setdefault(what, {})
    words[word] = words.get(word, 0) + times
