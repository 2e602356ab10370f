"""What a text says about its own making: dateline, agency, sign-off, authors.

These lines stand before and after an agency's text in a few fixed forms, and are no part of it.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from finnews.pages.parts.prose import Block

_AGENCY = r"dpa(?:-AFX)?(?: [A-ZÄÖÜ]\w+)?|Dow Jones(?: Newswires)?|Reuters|AFP|APA|AWP|awp"
_PLACE = r"[A-ZÄÖÜ][\w.'’\-]*(?:[ /,]{1,2}[A-ZÄÖÜ][\w.'’\-]*){0,4}"
_NAME = r"[A-ZÄÖÜ][\w'’\-]*\.?(?: (?!und )(?:[\w'’\-]+|[A-ZÄÖÜ]\.)){0,2} [A-ZÄÖÜ][\w'’\-]+"
_NAMES = rf"{_NAME}(?:(?:, | und ){_NAME})*"
_HOUSE = (
    rf"(?:(?P<authors>{_NAMES}) / )?(?P<signature>Redaktion finanzen\.net)"
    r"(?: / (?P<agency>.{2,60}))?"
)
_INITIALS = r"[A-Za-zÄÖÜäöü]{1,4}"
_BEHIND_A_SENTENCE = r"(?:(?<=[.!?…\"“”»)])\s?|^)"

# FRANKFURT (dpa-AFX) - Der Kurs …
_DATELINE = re.compile(rf"(?P<dateline>{_PLACE}) \((?P<agency>{_AGENCY})\) ?(?:--?|–) ?")

_WHOLE_LINES = (
    # The place alone: AUSTIN (dpa-AFX)
    re.compile(rf"(?P<dateline>{_PLACE}) \((?P<agency>{_AGENCY})\)"),
    # von S. Parplies und F. Westermann, Euro am Sonntag
    re.compile(rf"[Vv]on (?P<authors>{_NAMES}), (?P<agency>[A-Z€][\w €.\-]{{1,40}})"),
    # Redaktion finanzen.net / dpa-AFX / Dow Jones Newswires
    re.compile(_HOUSE),
)
_LINE_ENDS = (
    # --- Von Vorname Name, dpa-AFX ---
    re.compile(rf"\s*-{{3}} ?[Vv]on (?P<authors>{_NAMES}), (?P<agency>{_AGENCY}) ?-{{3}}$"),
    # /ck/mis
    re.compile(rf"{_BEHIND_A_SENTENCE}/(?P<signature>{_INITIALS}(?:/{_INITIALS})*)/?$"),
    re.compile(rf"{_BEHIND_A_SENTENCE}{_HOUSE}$"),
)
_BETWEEN_NAMES = re.compile(r", | und ")


class Byline(NamedTuple):
    """Who wrote a text and where, as printed."""

    dateline: str | None = None
    agency: str | None = None
    signature: str | None = None
    authors: tuple[str, ...] = ()

    def around(self, inner: "Byline") -> "Byline":
        """Return this byline with one that stands nearer to the text."""
        signatures = [one for one in (inner.signature, self.signature) if one]
        return Byline(
            dateline=self.dateline or inner.dateline,
            agency=self.agency or inner.agency,
            signature=" / ".join(signatures) or None,
            authors=inner.authors + self.authors,
        )


def without_byline(text: Iterable[Block]) -> tuple[list[Block], Byline]:
    """Return a text without the lines about its making, and what they say.

    >>> without_byline([Block("KIEL (dpa-AFX) - Es regnet."), Block("Es schneit./ck/mis")])[1]
    Byline(dateline='KIEL', agency='dpa-AFX', signature='ck/mis', authors=())
    """
    blocks, byline = list(text), Byline()
    for read in (_opening, _closing):
        while found := read(blocks):
            blocks, nearer = found
            byline = byline.around(nearer)
    return blocks, byline


def _opening(blocks: list[Block]) -> tuple[list[Block], Byline] | None:
    first = blocks[0].text if blocks else ""
    if found := _DATELINE.match(first):
        return _replaced(blocks, 0, first[found.end() :]), _byline(found)
    found = next(filter(None, (line.fullmatch(first) for line in _WHOLE_LINES)), None)
    return (blocks[1:], _byline(found)) if found else None


def _closing(blocks: list[Block]) -> tuple[list[Block], Byline] | None:
    above, _, line = blocks[-1].text.rpartition("\n") if blocks else ("", "", "")
    for pattern in _WHOLE_LINES:
        if found := pattern.fullmatch(line):
            return _replaced(blocks, -1, above), _byline(found)
    for pattern in _LINE_ENDS:
        if found := pattern.search(line):
            kept = blocks[-1].text.removesuffix(line) + line[: found.start()]
            return _replaced(blocks, -1, kept.rstrip()), _byline(found)
    return None


def _replaced(blocks: list[Block], at: int, text: str) -> list[Block]:
    changed = list(blocks)
    if text:
        changed[at] = changed[at]._replace(text=text)
    else:
        del changed[at]
    return changed


def _byline(found: re.Match[str]) -> Byline:
    said = found.groupdict()
    authors = said.pop("authors", None)
    return Byline(**said, authors=tuple(_BETWEEN_NAMES.split(authors)) if authors else ())
