"""The shares of a run that are compared with those of earlier runs.

Of the items of a kind, those that have a field; of the pages of a type, those that hold a kind of
item, those that link to other pages, and those without a certain doubt; of the start pages, those
that still exist; of the pages on which a selector was tried, those on which it hit.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from finnews.items import ITEM_CLASSES, TICKER
from finnews.outcome import FinishReason
from finnews.reporting.item_stats import page_name
from finnews.reporting.model import Doubts, Report

_KINDS = [item_class.collection for item_class in ITEM_CLASSES if item_class.is_reported]
_WHILE_OPEN = frozenset(
    {"change", "change_percent", "open", "day_low", "day_high", "bid", "ask", "volume"}
)
"""Fields that have a value only while the market is open."""


class Share(NamedTuple):
    """A part of a whole."""

    part: int
    whole: int
    is_fixed: bool = False
    """Every run begins with these pages, so a single one that holds nothing is evidence."""

    is_of_market: bool = False
    """It changes with the time of day and the day of the week."""

    is_of_doubt: bool = False
    """It is of pages without a doubt: what is compared is how many have it."""


def shares(report: Report, doubts: Mapping[str, Doubts]) -> dict[str, Share]:
    """Return all shares of a run: description for a person → share.

    Those of pages without a doubt are of the given `doubts` alone: a run may not have met them.
    """
    whole = () if report.finish_reason == FinishReason.LIMIT else _starts(report)
    of_read = [*_pages(report), *_fields(report), *_selectors(report)]
    return dict([*whole, *of_read, *_without_doubt(report, doubts)])


def _starts(report: Report) -> Iterator[tuple[str, Share]]:
    for path, exists in report.starts.items():
        yield f"start page {path}", Share(int(exists), 1, is_fixed=True)


def _pages(report: Report) -> Iterator[tuple[str, Share]]:
    fixed = {page_name(path) for path in report.starts}
    for page, (leading, followed) in report.leading.items():
        yield f"{page} pages with links", Share(leading, followed, page in fixed)
    is_in_part = not report.arguments.keys().isdisjoint(("since", "until"))
    for page, number in () if is_in_part else report.pages.items():
        for kind in (*_KINDS, TICKER):
            held = report.holding.get(page, {}).get(kind, 0)
            yield f"{page} pages with {kind}", Share(held, number, page in fixed)


def _fields(report: Report) -> Iterator[tuple[str, Share]]:
    for group, filled in report.filled.items():
        page, _, kind = group.rpartition("/")
        where = f"{kind} of {page} pages" if page else f"the {kind}"
        for name, given in filled.fields.items():
            share = Share(given, filled.items, is_of_market=name in _WHILE_OPEN)
            yield f"{name} in {where}", share


def _selectors(report: Report) -> Iterator[tuple[str, Share]]:
    for page, rules in report.selectors.items():
        for rule, (hits, pages) in rules.items():
            is_of_market = rule.partition("/")[0] in _WHILE_OPEN
            yield f"selector {rule} on {page} pages", Share(hits, pages, is_of_market=is_of_market)


def _without_doubt(report: Report, doubts: Mapping[str, Doubts]) -> Iterator[tuple[str, Share]]:
    for page, of_page in doubts.items():
        own = report.doubts.get(page, Doubts())
        for name, reasons in of_page.fields.items():
            for reason in reasons:
                met = own.fields.get(name, {}).get(reason)
                part = own.pages - (met.pages if met else 0)
                share = Share(part, own.pages, False, name in _WHILE_OPEN, is_of_doubt=True)
                yield f"{page} pages without doubt of {name} ({reason})", share
