"""Headings above some of the rows of a table of ratings: whose the rows below them are."""

import re
from collections.abc import Iterable

from lxml.etree import _Element

from finnews.bounds import TITLE, Bounded
from finnews.pages.parts.shares import is_any_share
from finnews.pages.visible import HEADINGS, text_of
from finnews.vocabulary import is_rating

_LONGEST = 80  # characters; longer lines are sentences
_OF_ANALYSES = Bounded(
    re.compile(
        r"(?:(?:Alle|Aktuelle|Neue|Weitere) )?Analysen (?:zur?|für) (?P<name>.+?)(?:[- ]Aktie)?"
    ),
    TITLE,
)
_OF_A_SHARE = Bounded(
    re.compile(
        r".*\b(?:Analysen|Analysten|Kursziele|Ratings) (?:zur?|für) (?P<name>.+?)(?:[- ]Aktie)?"
    ),
    TITLE,
)
_OF_TARGETS = Bounded(
    re.compile(r"(?:(?:Aktuelle|Alle) )?Kursziele (?:zur?|für) (?P<name>.+?)(?:[- ]Aktie)?"), TITLE
)
_OF_ALL_ROWS = re.compile(
    r"(?:Alle|Aktuell)?|(?:Alle |Aktuelle |Neue )(?:Analysen|Kursziele|Ratings)"
    r"|(?:(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember) )?"
    r"20[0-9]{2}",
    re.IGNORECASE,
)


def titled(heading: str) -> str | None:
    """Return the share that a heading "Analysen zu …" or "Kursziele für …" is about.

    >>> titled("Analysen zur Muster-Aktie"), titled("Nachrichten zu Muster")
    ('Muster', None)
    """
    match = _OF_ANALYSES.fullmatch(heading) or _OF_TARGETS.fullmatch(heading)
    return match["name"] if match else None


def subject(heading: str) -> str | None:
    """Return the share that rows below a heading are about, where it names one.

    >>> subject("Ältere Analysen zu Muster"), subject("Oktober 2026")
    ('Muster', None)
    """
    match = _OF_A_SHARE.fullmatch(heading.strip(" :*"))
    return match["name"] if match else None


def is_of_share(heading: str, names: Iterable[str]) -> bool:
    """Return whether the rows below a heading are those of the share with the names.

    A heading that is a rating, a year or a month does not change whose they are.

    >>> is_of_share("Oktober 2026", ["Muster"]), is_of_share("Analysen zu Muster", ["Muster AG"])
    (True, True)
    >>> is_of_share("Probe", ["Muster"]), is_of_share("Ehemalige Kursziele", ["Muster"])
    (False, False)
    """
    text = heading.strip(" :*")
    if _OF_ALL_ROWS.fullmatch(text) or is_rating(text):
        return True
    return is_any_share(titled(text) or text.removesuffix(" Aktie").removesuffix("-Aktie"), names)


def line_above(table: _Element) -> str:
    """Return the line above a table if it is a headline in another tag, or names a share."""
    for node in (table, *table.iterancestors()):
        for before in node.itersiblings(preceding=True):
            if next(before.iter("table", *HEADINGS), None) is not None:
                return ""
            if text := text_of(before):
                is_title = len(text) <= _LONGEST and not text.endswith(".") and subject(text)
                return text if is_title or "headline" in before.get("class", "") else ""
    return ""
