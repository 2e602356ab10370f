"""What ``stocks=`` asks for: a paper by its page name, its number, its path or its address."""

import re
from textwrap import shorten
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from finnews.bounds import ADDRESS
from finnews.instrument_paths import InstrumentPath, instrument_path, with_type
from finnews.processors import isin, wkn
from finnews.site import host_of

_NAME = re.compile(r"\w[\w\-&.]*", re.ASCII)
_ISIN = re.compile(r"[A-Za-z]{2}[A-Za-z0-9]{9}\d", re.ASCII)
_LONGEST: Final = 99
"""Characters of a name that are told"""

WRONG_DIGIT: Final = "the check digit of this ISIN is wrong"

_FAULT: Final = "neither a name, a number nor an address of a paper"

HOW: Final = (
    "papers are written as in -a stocks=tesla,US88160R1014,A1CX3T,index/dax,etf/<page>, "
    "or as addresses"
)


class Wanted(NamedTuple):
    """An element of ``stocks=``, or of a file that it names."""

    text: str
    """As it is written."""

    paper: InstrumentPath | None = None
    """The paper that it names; of a number that has also the form of a page name, that share."""

    number: str | None = None
    """The ISIN or WKN that it can be."""

    host: str | None = None
    """The host of an address."""

    line: int | None = None
    """Its line in a file; ``None`` if it stands in the argument itself."""

    fault: str | None = None
    """Why it can be none."""

    @property
    def name(self) -> str:
        """The text, or its beginning, on one line; and its line in a file."""
        text = shorten(self.text, _LONGEST) or self.text[:_LONGEST]
        return text if self.line is None else f"{text} (line {self.line})"


def wanted(text: str, line: int | None = None) -> Wanted:
    """Return what an element of ``stocks=`` asks for; its `fault` says that it can be nothing.

    >>> wanted("index/dax").paper
    InstrumentPath(kind='index', page='dax', isin=None, wkn=None)
    >>> wanted("us88160r1014").number, wanted("US88160R1015").fault
    ('US88160R1014', 'the check digit of this ISIN is wrong')
    """
    if "/" in text:
        return _by_path(text)._replace(line=line)
    if _ISIN.fullmatch(text):
        number = isin(text)
        fault = None if number else WRONG_DIGIT
        return Wanted(text, number=number, line=line, fault=fault)
    if not _NAME.fullmatch(text):
        return Wanted(text, line=line, fault=_FAULT)
    number = wkn(text)
    is_number = number is not None and text == number and not text.isalpha()
    share = None if is_number else InstrumentPath("stock", text.lower())
    return Wanted(text, share, number, line=line)


def numbered(text: str, line: int) -> Wanted:
    """Return what a cell of a column of numbers asks for; anything but a number is a fault.

    >>> numbered("a1cx3t", 2).number, numbered("Gesamt", 9).fault
    ('A1CX3T', 'neither an ISIN nor a WKN')
    """
    asked = wanted(text, line)
    if asked.number and not asked.number.isalpha():
        return asked._replace(paper=None)
    is_isin = _ISIN.fullmatch(text) is not None
    return Wanted(text, line=line, fault=asked.fault if is_isin else "neither an ISIN nor a WKN")


def _by_path(text: str) -> Wanted:
    """Return what a path or an address asks for.

    >>> _by_path("rohstoffe/oelpreis?type=Brent").paper.page
    'oelpreis?type=Brent'
    >>> _by_path("https://www.finanzen.net/aktien/tesla-aktie").paper.page
    'tesla'
    """
    try:
        parts = urlsplit(text if len(text) <= ADDRESS else "")
    except ValueError:
        return Wanted(text, fault=_FAULT)
    host = host_of(text) if parts.scheme else None
    path = "/" + unquote(parts.path).strip("/")
    share = f"{path}-aktie" if path.startswith("/aktien/") else path
    paper = instrument_path(path) or instrument_path(share)
    if paper is None or host == "":
        return Wanted(text, fault="no address of a paper")
    return Wanted(text, with_type(paper, parts.query), host=host)
