"""Which cell of a list without headers is what, by its form: the title of a study, date, firm."""

import re

from lxml.etree import _Element
from parsel import Selector

from finnews.pages.base import Page
from finnews.pages.ratings.study_firms import is_firm_of, is_like_firm_of, is_single_firm
from finnews.pages.ratings.titles import has_rating
from finnews.processors import analysis_id, german_day
from finnews.vocabulary import is_rating

_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?: Uhr)?")
_WEEKDAY = re.compile(r"^(?:Mo|Di|Mi|Do|Fr|Sa|So)[a-z]*[.,]{0,2} ")
_NO_NAME = re.compile(r"[0-9][.,][0-9]|[%€$£\u2190-\u21ff]|->|^\W*$")


def title_cell(
    linked: list[_Element],
    links: dict[_Element, list[Selector]],
    texts: dict[_Element, str],
) -> _Element | None:
    """Return the cell with the study's title; ``None`` if the cells link to several studies.

    Date and firm can have the link, too.
    """
    if len(linked) == 1:
        return linked[0]
    ids = {analysis_id(link.attrib["href"]) for cell in linked for link in links[cell]}
    href = links[linked[0]][0].attrib["href"]
    titles = [c for c in linked if not is_date(texts[c]) and not is_firm_of(href, texts[c])]
    if len(titles) > 1:
        titles = [cell for cell in titles if has_rating(texts[cell])]
    return titles[0] if len(ids) == len(titles) == 1 else None


def date_among(page: Page, texts: list[str]) -> str:
    """Return the day of a row, or its time of day; empty with a doubt if it is not certain."""
    dates = list(filter(is_date, texts))
    if len(dates) == 1:
        return plain_date(dates[0])
    page.doubt("date_published", "ambiguous" if dates else "unreadable", ", ".join(dates or texts))
    return ""


def firm_among(page: Page, link: Selector | None, names: list[str]) -> str | None:
    """Return the only text of the cells that is a name, and that in the study's path."""
    href = "" if link is None else link.attrib["href"]
    named = [name for name in names if is_firm_of(href, name)]
    plain = list(filter(is_single_firm, names))
    firms = named or [name for name in plain if link is None or is_like_firm_of(href, name)]
    if len(firms) == 1:
        return firms[0].rstrip("* ")
    if names:
        page.doubt("firm", "ambiguous" if len(names) > 1 else "contradiction", ", ".join(names))
    return None


def day_of(printed: str) -> str | None:
    """Return the day in a cell, with a weekday before it or a footnote's star behind it.

    >>> day_of("Fr, 20.11.26"), day_of("20.11.2026*"), day_of("09:15")
    ('2026-11-20', '2026-11-20', None)
    """
    return german_day(plain_date(printed))


def plain_date(printed: str) -> str:
    """Return a date or time of day without a weekday before it and a footnote's star behind it."""
    return _WEEKDAY.sub("", printed).rstrip("* ")


def is_date(printed: str) -> bool:
    """Return whether a cell is a day or a time of day."""
    return day_of(printed) is not None or bool(_CLOCK.fullmatch(printed))


def may_name_firm(printed: str) -> bool:
    """Return whether a cell can be a firm's name, and is no date, arrow, price or rating."""
    return not (is_date(printed) or _NO_NAME.search(printed) or is_rating(printed))
