"""Who wrote a text, and where, as one of its lines about its making says."""

import re
from typing import NamedTuple

from finnews.pages.texts.agencies import SOURCES
from finnews.pages.texts.byline_forms import INITIALS
from finnews.pages.texts.persons import is_house, is_person, names_in
from finnews.processors import has_digit

_BETWEEN_INITIALS = re.compile(r" ?//?")
_BETWEEN_PARTS = re.compile(r" ?/ ?")
_INITIALS_ALONE = re.compile(rf"{INITIALS}(?:/{{1,2}}{INITIALS})*")
_LIKE_SYMBOLS = re.compile(r"TT|AP|DJ|SID|MBI|NTB|KNA|SDA|EFE")
_NOTE_BEFORE_PLACE = re.compile(
    r"(?:KORREKTUR|BERICHTIGUNG|WIEDERHOLUNG|WDH|ROUNDUP|UPDATE|NEU|EIL|BLITZ)\b[ \d:/-]*"
)
_SOURCES_ALONE = re.compile(SOURCES)
_NO_PLACE = re.compile(  # Von Erika Beispiel KIEL (dpa-AFX) - …, Die Muster AG (dpa) - …
    r"(?:Von|VON|By|Autor\w*|Text|Die|Der|Das|Eine?)\b|.*\b(?:AG|SE|NV|PLC|plc|GmbH|Inc|Corp)\b"
)
_WEEKDAY = re.compile(r",? (?:Mon|Diens|Donners|Frei|Sams|Sonn)tag$|,? (?:Mittwoch|Sonnabend)$")


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


def is_credible(match: re.Match[str]) -> bool:
    """Return whether a form's match names its makers: a share can be named like an agency.

    ``Trane Technologies (TT): Analysten …`` has no place, ``Von Goldman Sachs, Reuters`` no person.
    """
    printed = match.groupdict()
    place, agency, authors = map(printed.get, ("dateline", "agency", "authors"))
    if place and _SOURCES_ALONE.fullmatch(place):  # Bloomberg (Reuters) - …
        return False
    if place and _NO_PLACE.match(place):
        return False
    if place and agency and not place.isupper():
        is_day_printed = has_digit(match[0].partition("(")[0])
        return is_day_printed or not _LIKE_SYMBOLS.fullmatch(agency)
    return not authors or bool(_persons(authors)) or all(map(is_house, names_in(authors)))


def byline_of(match: re.Match[str]) -> Byline:
    """Return what a form's match says; an editorial office or agency is no author."""
    printed = {name: value for name, value in match.groupdict().items() if value}
    byline = Byline(
        dateline=_WEEKDAY.sub("", _NOTE_BEFORE_PLACE.sub("", printed.get("dateline", ""))) or None,
        agency=printed.get("agency"),
        signature=_BETWEEN_INITIALS.sub("/", printed.get("signature", "")) or None,
        authors=_persons(printed.get("authors", "")),
    )
    for part in _BETWEEN_PARTS.split(printed["parts"]) if "parts" in printed else ():
        byline = byline.joined(_part(part))
    return byline.joined(_others(printed["others"])) if "others" in printed else byline


def _part(printed: str) -> Byline:
    if _SOURCES_ALONE.fullmatch(printed):
        return Byline(agency=printed)
    if authors := _persons(printed):
        return Byline(authors=authors)
    return Byline(signature=printed) if _INITIALS_ALONE.fullmatch(printed) else Byline()


def _others(printed: str) -> Byline:
    """Return what stands behind the desk; what is neither a person nor initials is an agency."""
    parts = [(part, _part(part)) for part in _BETWEEN_PARTS.split(printed)]
    agencies = [part for part, known in parts if not (known.authors or known.signature)]
    byline = Byline(agency=" / ".join(agencies) or None)
    for _, known in parts:
        byline = byline.joined(known._replace(agency=None))
    return byline


def _persons(printed: str) -> tuple[str, ...]:
    return tuple(name for name in names_in(printed) if is_person(name))
