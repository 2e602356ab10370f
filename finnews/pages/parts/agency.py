"""What a text says about its own making: dateline, agency, sign-off, authors.

These lines stand before and after an agency's text in a few fixed forms, and are no part of it.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from finnews.pages.parts.prose import Block

_AGENCY = r"dpa(?:-AFX)?(?: [A-ZÄÖÜ]\w+)?|Dow Jones(?: Newswires)?|Reuters|AFP|APA|AWP|awp"
_PLACE = r"[A-ZÄÖÜ][\w.'’\-]*(?:[ /,]{1,2}[A-ZÄÖÜ][\w.'’\-]*){0,4}"
_NAME = r"[A-ZÄÖÜ][\w'’\-]*\.?(?: (?!und )(?:[\w'’\-]+|[A-ZÄÖÜ]\.)){0,2} [A-ZÄÖÜ][\w'’\-]+"
_NAMES = rf"{_NAME}(?:(?:, | und ){_NAME})*"
_INITIALS = r"[A-Za-zÄÖÜäöü]{1,4}"
_BEHIND_A_SENTENCE = r"(?:(?<=[.!?…\"“”»)])\s?|^)"

# FRANKFURT (dpa-AFX) - Der Kurs …
_DATELINE = re.compile(rf"(?P<dateline>{_PLACE}) \((?P<agency>{_AGENCY})\) ?(?:--?|–) ?")

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


class _Forms(NamedTuple):
    """The forms of lines about a text's making, in a site's texts."""

    whole_lines: tuple[re.Pattern[str], ...]
    line_ends: tuple[re.Pattern[str], ...]


@cache
def _forms(site_name: str) -> _Forms:
    desk = (
        rf"(?:(?P<authors>{_NAMES}) / )?(?P<signature>Redaktion {re.escape(site_name)})"
        r"(?: / (?P<agency>.{2,60}))?"
    )
    whole_lines = (
        # The place alone: AUSTIN (dpa-AFX)
        rf"(?P<dateline>{_PLACE}) \((?P<agency>{_AGENCY})\)",
        # von S. Parplies und F. Westermann, Euro am Sonntag
        rf"[Vv]on (?P<authors>{_NAMES}), (?P<agency>[A-Z€][\w €.\-]{{1,40}})",
        # Redaktion finanzen.net / dpa-AFX / Dow Jones Newswires
        desk,
    )
    line_ends = (
        # --- Von Vorname Name, dpa-AFX ---
        rf"\s*-{{3}} ?[Vv]on (?P<authors>{_NAMES}), (?P<agency>{_AGENCY}) ?-{{3}}$",
        # /ck/mis
        rf"{_BEHIND_A_SENTENCE}/(?P<signature>{_INITIALS}(?:/{_INITIALS})*)/?$",
        rf"{_BEHIND_A_SENTENCE}{desk}$",
    )
    return _Forms(tuple(map(re.compile, whole_lines)), tuple(map(re.compile, line_ends)))


def without_byline(text: Iterable[Block], site_name: str) -> tuple[list[Block], Byline]:
    """Return a text without the lines about its making, and what they say.

    The desk of the site that it is from signs with the site's name.

    >>> text = [Block("KIEL (dpa-AFX) - Es regnet."), Block("Es schneit./ck/mis")]
    >>> without_byline(text, "finanzen.net")[1]
    Byline(dateline='KIEL', agency='dpa-AFX', signature='ck/mis', authors=())
    """
    blocks, byline = list(text), Byline()
    forms = _forms(site_name)
    for strip in (_opening, _closing):
        while stripped := strip(blocks, forms):
            blocks, nearer = stripped
            byline = byline.around(nearer)
    return blocks, byline


def _opening(blocks: list[Block], forms: _Forms) -> tuple[list[Block], Byline] | None:
    first = blocks[0].text if blocks else ""
    if match := _DATELINE.match(first):
        return _replaced(blocks, 0, first[match.end() :]), _byline(match)
    match = next(filter(None, (form.fullmatch(first) for form in forms.whole_lines)), None)
    return (blocks[1:], _byline(match)) if match else None


def _closing(blocks: list[Block], forms: _Forms) -> tuple[list[Block], Byline] | None:
    above, _, line = blocks[-1].text.rpartition("\n") if blocks else ("", "", "")
    for form in forms.whole_lines:
        if match := form.fullmatch(line):
            return _replaced(blocks, -1, above), _byline(match)
    for form in forms.line_ends:
        if match := form.search(line):
            text = blocks[-1].text.removesuffix(line) + line[: match.start()]
            return _replaced(blocks, -1, text.rstrip()), _byline(match)
    return None


def _replaced(blocks: list[Block], at: int, text: str) -> list[Block]:
    changed = list(blocks)
    if text:
        changed[at] = changed[at]._replace(text=text)
    else:
        del changed[at]
    return changed


def _byline(match: re.Match[str]) -> Byline:
    parts = match.groupdict()
    authors = parts.pop("authors", None)
    return Byline(**parts, authors=tuple(_BETWEEN_NAMES.split(authors)) if authors else ())
