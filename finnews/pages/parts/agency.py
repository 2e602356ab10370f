"""The byline of a text: dateline, agency, signature, authors.

It is printed before and after an agency's text in a few fixed forms.
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
_AFTER_SENTENCE = r"(?:(?<=[.!?…\"“”»)])\s?|^)"

# FRANKFURT (dpa-AFX) - Der Kurs …
_DATELINE = re.compile(rf"(?P<dateline>{_PLACE}) \((?P<agency>{_AGENCY})\) ?(?:--?|–) ?")

_BETWEEN_NAMES = re.compile(r", | und ")


class Byline(NamedTuple):
    """Who wrote a text, and where, as printed."""

    dateline: str | None = None
    agency: str | None = None
    signature: str | None = None
    authors: tuple[str, ...] = ()

    def joined(self, inner: "Byline") -> "Byline":
        """Return this byline joined with one that is printed nearer to the text."""
        return Byline(
            dateline=self.dateline or inner.dateline,
            agency=self.agency or inner.agency,
            signature=" / ".join(filter(None, (inner.signature, self.signature))) or None,
            authors=inner.authors + self.authors,
        )


class _Patterns(NamedTuple):
    """The forms of a byline: lines of their own, and ends of the last line."""

    whole_lines: tuple[re.Pattern[str], ...]
    line_ends: tuple[re.Pattern[str], ...]


@cache
def _patterns(site_name: str) -> _Patterns:
    desk = (
        rf"(?:(?P<authors>{_NAMES}) / )?(?P<signature>Redaktion {re.escape(site_name)})"
        r"(?: / (?P<agency>.{2,60}))?"
    )
    whole_lines = (
        # a dateline alone: AUSTIN (dpa-AFX)
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
        rf"{_AFTER_SENTENCE}/(?P<signature>{_INITIALS}(?:/{_INITIALS})*)/?$",
        rf"{_AFTER_SENTENCE}{desk}$",
    )
    return _Patterns(tuple(map(re.compile, whole_lines)), tuple(map(re.compile, line_ends)))


def without_byline(text: Iterable[Block], site_name: str) -> tuple[list[Block], Byline]:
    """Return a text without its byline, and the byline.

    The site's own editors sign with the name of the site.

    >>> text = [Block("KIEL (dpa-AFX) - Es regnet."), Block("Es schneit./ck/mis")]
    >>> without_byline(text, "finanzen.net")[1]
    Byline(dateline='KIEL', agency='dpa-AFX', signature='ck/mis', authors=())
    """
    blocks, byline = list(text), Byline()
    patterns = _patterns(site_name)
    for strip in (_strip_start, _strip_end):
        while stripped := strip(blocks, patterns):
            blocks, inner = stripped
            byline = byline.joined(inner)
    return blocks, byline


def _strip_start(blocks: list[Block], patterns: _Patterns) -> tuple[list[Block], Byline] | None:
    first = blocks[0].text if blocks else ""
    if match := _DATELINE.match(first):
        return _with_text(blocks, 0, first[match.end() :]), _byline(match)
    matches = (pattern.fullmatch(first) for pattern in patterns.whole_lines)
    match = next(filter(None, matches), None)
    return (blocks[1:], _byline(match)) if match else None


def _strip_end(blocks: list[Block], patterns: _Patterns) -> tuple[list[Block], Byline] | None:
    lines_before, _, last = blocks[-1].text.rpartition("\n") if blocks else ("", "", "")
    for pattern in patterns.whole_lines:
        if match := pattern.fullmatch(last):
            return _with_text(blocks, -1, lines_before), _byline(match)
    for pattern in patterns.line_ends:
        if match := pattern.search(last):
            text = blocks[-1].text.removesuffix(last) + last[: match.start()]
            return _with_text(blocks, -1, text.rstrip()), _byline(match)
    return None


def _with_text(blocks: list[Block], index: int, text: str) -> list[Block]:
    """Return the blocks with another text in one of them; without that block if it is empty."""
    changed = list(blocks)
    if text:
        changed[index] = changed[index]._replace(text=text)
    else:
        del changed[index]
    return changed


def _byline(match: re.Match[str]) -> Byline:
    groups = match.groupdict()
    authors = groups.pop("authors", None)
    return Byline(**groups, authors=tuple(_BETWEEN_NAMES.split(authors)) if authors else ())
