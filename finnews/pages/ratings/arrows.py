"""The arrow of a row, whose title is the verdict.

``<span class="arrow arrow--positive arrow--analysis" title="Buy"></span>`` is a buy, negative a
sell, and a hold has neither class (seen 2026-08).
"""

from lxml.etree import _Element
from parsel import Selector

from finnews.items import Verdict
from finnews.pages.base import Page
from finnews.pages.rules import PAGE, Rule
from finnews.pages.visible import text_of
from finnews.vocabulary import verdict

_ARROW = Rule(PAGE, "css", 'span[class*="arrow"]')
_CLASSES: dict[str, Verdict] = {"arrow--positive": "buy", "arrow--negative": "sell"}
_SIGNS: dict[str, Verdict] = {"▲": "buy", "▼": "sell", "↑": "buy", "↓": "sell"}


def arrow_verdict(page: Page, row: Selector) -> Verdict | None:
    """Return the verdict of a row's arrow; ``None`` if there is none or it is not certain.

    An arrow without title is a doubt: its colour alone is no verdict. So is a contradiction between
    two arrows, or between an arrow's title and its class.
    """
    arrows = [part for part in row.root.iter("span") if "arrow" in part.get("class", "")]
    page.stats.count(_ARROW, found=bool(arrows))
    titles = dict.fromkeys(arrow.get("title", "").strip() for arrow in arrows)
    titles.pop("", None)
    for title in titles:
        if verdict(title) is None:
            page.stats.unknown("rating", title)
    if not titles and (untitled := _untitled(row)):
        page.doubt("verdict", "unreadable", ", ".join(untitled))
    verdicts = {verdict(title) for title in titles}
    if not verdicts or None in verdicts:
        return None
    if len(verdicts.union(*map(_shown, arrows))) > 1:
        page.doubt("verdict", "contradiction", ", ".join(titles))
        return None
    return verdicts.pop()


def agreed_verdict(page: Page, rating: str | None, arrow: Verdict | None) -> Verdict | None:
    """Return the verdict of a rating, else that of its arrow; ``None`` if they contradict.

    A rating without a verdict is counted as unknown.
    """
    by_word = verdict(rating or "")
    if by_word and arrow and by_word != arrow:
        page.doubt("verdict", "contradiction", f"{rating}, {arrow}")
        return None
    if rating and by_word is None:
        page.stats.unknown("rating", rating)
    return by_word or arrow


def _untitled(row: Selector) -> list[str]:
    """Return what arrows without title show: a class, a sign alone in a cell, or other words."""
    shown = [text for cell in row.root.iter("td") if (text := text_of(cell)) in _SIGNS]
    for element in row.root.iter("span", "i", "img", "svg"):
        shown += [name for name in element.get("class", "").split() if name in _CLASSES]
        labels = (element.get(name, "").strip() for name in ("aria-label", "alt", "title"))
        shown += [label for label in labels if verdict(label)]
    classes = (element.get("class", "") for element in row.root.iter("span"))
    return shown or [name for name in classes if "arrow" in name.split()]


def _shown(arrow: _Element) -> set[Verdict]:
    classes = arrow.get("class", "").split()
    signs = text_of(arrow)
    by_class = {_CLASSES[name] for name in classes if name in _CLASSES}
    return by_class | ({_SIGNS[signs]} if signs in _SIGNS else set())
