"""The forms in which a text names its makers: places, agencies, initials, authors, editors."""

import re
from functools import cache
from typing import NamedTuple

from finnews.pages.texts.agencies import SOURCES
from finnews.pages.texts.persons import is_house, is_person, names_in

_WORD = r"[A-ZÄÖÜÀ-ÞŁŠŽ'’][\w.'’]*(?:-[\w.'’]+)*"
_SMALL = r"(?:am|an|auf|bei|der|de|del|do|im|in|ob|la|le|upon|von|a\.|d\.|i\.|v\.)"
_PLACE = rf"{_WORD}(?:[ /,]{{1,2}}(?:{_SMALL} )?{_WORD}){{0,4}}"
_MONTH = r"(?:\d{1,2}\.|[A-ZÄ][a-zä]{2,8}\.?)"
_DAY = rf"(?:,? (?:den )?\d{{1,2}}\. ?{_MONTH}(?: ?\d{{4}})?|,? {_MONTH} \d{{1,2}}(?:, \d{{4}})?)"
_DASH = r"(?:--?|–|—|:)"
_NAME = r"[A-ZÄÖÜ][\w'’\-]*\.?(?: (?!und )(?:[\w'’\-]+|[A-ZÄÖÜ]\.)){0,2} [A-ZÄÖÜ][\w'’\-]+"
_NAMES = rf"{_NAME}(?:(?:, | und | & ){_NAME})*"
_INITIALS = r"[A-Za-zÄÖÜäöü]{1,4}"
_AFTER_SENTENCE = r"(?:(?<=[.!?…\"“”»«)’‘'%*])\s?|^)"
_NOT_A_UNIT = r"(?:(?<![%)])|(?=/[A-Za-z]{1,4}/))"  # 95 g (CO2)/km, 2 %/Jahr
_BETWEEN_PARTS = re.compile(r" ?/ ?")
_INITIALS_ALONE = re.compile(rf"{_INITIALS}(?:/{{1,2}}{_INITIALS})*")
_LIKE_SYMBOLS = re.compile(r"TT|AP|DJ|SID|MBI|NTB|KNA|SDA|EFE")
_DIGIT = re.compile(r"\d")
_NOTE_BEFORE_PLACE = re.compile(
    r"(?:KORREKTUR|BERICHTIGUNG|WIEDERHOLUNG|WDH|ROUNDUP|UPDATE|NEU|EIL|BLITZ)\b[ \d:/-]*"
)
_SOURCES_ALONE = re.compile(SOURCES)


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


class Forms(NamedTuple):
    """The forms of a byline, by where they may stand."""

    starts: tuple[re.Pattern[str], ...]
    """Starts of the text."""
    first_lines: tuple[re.Pattern[str], ...]
    """Whole lines above the text."""
    last_lines: tuple[re.Pattern[str], ...]
    """Whole lines below the text."""
    ends: tuple[re.Pattern[str], ...]
    """Ends of the last line."""


_STARTS = (
    # FRANKFURT (dpa-AFX) - Der Kurs …; (Reuters) - …; BERLIN, 20. November (Reuters) - …
    rf"(?:(?P<dateline>{_PLACE}){_DAY}?(?: |--| -- ?)?)?\((?P<agency>{SOURCES})\) ?{_DASH} ?",
    # FRANKFURT (dpa-AFX) Der Kurs …
    rf"(?P<dateline>[A-ZÄÖÜ][A-ZÄÖÜ/ .\-]+) \((?P<agency>{SOURCES})\) (?=[A-ZÄÖÜ])",
    # BERLIN, 20. Nov. 2026 /PRNewswire/ -- Der Kurs …
    rf"(?P<dateline>{_PLACE}){_DAY}? /(?P<agency>PRNewswire)[^/\n]{{0,30}}/ ?{_DASH} ?",
)
_PLACE_ALONE = rf"(?P<dateline>{_PLACE}){_DAY}? \((?P<agency>{SOURCES})\)"  # AUSTIN (dpa-AFX)
_AUTHORS_OF = rf"[Vv]on (?P<authors>{_NAMES})(?:, ?| / | \()(?P<agency>{SOURCES})\)?"
_COPYRIGHT = (
    rf"(?:©|\([Cc]\)|Copyright(?: \([Cc]\))?) ?(?:\d{{4}} )?(?P<agency>{SOURCES})\b"
    r"[^.\n]{0,60}\.?"
)
_AUTHORS_ALONE = rf"(?:Von|Autor(?:in|en)?:|Text:) (?P<authors>{_NAMES})"
_LAST_LINES = (
    _PLACE_ALONE,
    _AUTHORS_OF,
    rf"(?:Autor(?:in|en)?:|Text:) (?P<authors>{_NAMES})",
    rf"\(?(?:Quelle: |[Mm]it Material von )(?P<agency>{SOURCES})\)?",
    rf"\((?P<agency>{SOURCES})\)",
    r"(?P<agency>dpa(?:-AFX)?(?: [A-ZÄÖÜ]\w+)?|Dow Jones Newswires)",
    rf"/?(?P<signature>{_INITIALS}(?:/{{1,2}}{_INITIALS})+)/",
    # -----dpa-AFX Broker - die Trader News von dpa-AFX-----
    r"[-–—]*\s?(?P<agency>dpa-AFX Broker) ?[-–—]+ ?die Trader News von dpa-AFX\s?[-–—]*",
    rf"\(END\) (?P<agency>{SOURCES})",
    r"[A-Z][a-z]+ \d{1,2}, \d{4} \d{2}:\d{2} ET \(\d{2}:\d{2} GMT\)",
    r"(?:ISINs? +[A-Z0-9, ]+ )?AXC\d{4} \d{4}-\d{2}-\d{2}/\d{2}:\d{2}",
    r"Kontakt (?:zum|zur|zu)\b[^:@\n]{0,30}: ?\S+@\S+",
    r"Original-Content von: .{2,80}, übermittelt durch (?P<agency>news aktuell)",
)
_EDITED = r"[^()\n]{0,20}\b(?:[Rr]edigiert|Redaktion|bearbeitet)[^()\n]{0,300}\)$"
_ENDS = (
    # --- Von Vorname Name, dpa-AFX ---
    rf"\s?[-–—]{{1,3}} ?{_AUTHORS_OF} ?[-–—]{{0,3}}$",
    rf"\s?[-–—]{{1,3}} ?Von (?P<authors>{_NAMES}) ?[-–—]{{1,3}}$",
    rf"{_AFTER_SENTENCE}\(Von (?P<authors>{_NAMES})(?:, (?P<agency>{SOURCES}))?\)$",
    # /ck/mis, /gl/jha/, /lfi//mis, DJG/uxd/cbr
    rf"{_AFTER_SENTENCE}{_NOT_A_UNIT}/(?P<signature>{_INITIALS}(?:/{{1,2}}{_INITIALS})*)[/.]?$",
    rf"{_AFTER_SENTENCE}(?P<signature>DJ[A-Z]?(?:/{{1,2}}{_INITIALS})+)/?$",
    rf"{_AFTER_SENTENCE}\((?:Schluss|Forts\.)\)(?: ?(?P<signature>{_INITIALS}(?:/{_INITIALS})*))?$",
    rf"{_AFTER_SENTENCE}\((?:Quelle: )?(?P<agency>{SOURCES})\)\.?$",
    rf"{_AFTER_SENTENCE}Quelle: (?P<agency>{SOURCES})$",
    rf"{_AFTER_SENTENCE}{_COPYRIGHT}$",
    rf"{_AFTER_SENTENCE}{_AUTHORS_OF.replace('[Vv]', 'V')}$",
    # (Bericht von Erika Musterfrau, redigiert von Max Mustermann. …)
    rf"{_AFTER_SENTENCE}\((?:Bericht|Geschrieben|Verfasst) von (?P<authors>{_NAMES}){_EDITED}",
    # -----dpa-AFX Broker - die Trader News von dpa-AFX-----
    r"\s?[-–—]{3,} ?(?P<agency>dpa-AFX Broker) ?[-–—]+ ?die Trader News von dpa-AFX\s?[-–—]*$",
)


@cache
def forms(site_name: str) -> Forms:
    """Return the forms in texts of a site, whose own editors sign with its name."""
    name = re.escape(site_name)
    part = rf"(?:{SOURCES}|{_NAMES}|{_INITIALS})"
    desk = (  # Vorname Name / Redaktion finanzen.net / dpa-AFX / Dow Jones Newswires
        rf"(?:(?:[Vv]on |Autor(?:in|en)?: )?(?P<parts>{part}(?: ?/ ?{part})*)(?: ?/ ?|, | \())?"
        rf"(?:[Vv]on (?:der )?|Quelle: )?(?P<signature>Redaktion {name}|{name}[- ]Redaktion)\)?"
        r"(?:,? mit Material (?:von|der) (?P<agency>.{2,60}?)\.?| ?/ ?(?P<others>.{2,60}))?"
    )
    return Forms(
        starts=tuple(map(re.compile, _STARTS)),
        first_lines=tuple(map(re.compile, (_PLACE_ALONE, _AUTHORS_OF, desk))),
        last_lines=tuple(map(re.compile, (*_LAST_LINES, desk))),
        ends=tuple(map(re.compile, (*_ENDS, rf"{_AFTER_SENTENCE}{desk}$"))),
    )


def is_credible(match: re.Match[str]) -> bool:
    """Return whether a form's match names its makers: a share can be named like an agency.

    ``Trane Technologies (TT): Analysten …`` has no place, ``Von Goldman Sachs, Reuters`` no person.
    """
    printed = match.groupdict()
    place, agency, authors = map(printed.get, ("dateline", "agency", "authors"))
    if place and agency and not place.isupper():
        is_day_printed = bool(_DIGIT.search(match[0].partition("(")[0]))
        return is_day_printed or not _LIKE_SYMBOLS.fullmatch(agency)
    return not authors or bool(_persons(authors)) or all(map(is_house, names_in(authors)))


AUTHORS_ALONE = re.compile(_AUTHORS_ALONE)
"""Authors above a place: ``Von Vorname Name``. Elsewhere such a line can be text."""


def byline_of(match: re.Match[str]) -> Byline:
    """Return what a form's match says; an editorial office or agency is no author."""
    found = {name: value for name, value in match.groupdict().items() if value}
    byline = Byline(
        dateline=_NOTE_BEFORE_PLACE.sub("", found.get("dateline", "")) or None,
        agency=found.get("agency"),
        signature=found.get("signature", "").replace("//", "/") or None,
        authors=_persons(found.get("authors", "")),
    )
    for part in _BETWEEN_PARTS.split(found["parts"]) if "parts" in found else ():
        byline = byline.joined(_part(part))
    return byline.joined(_others(found["others"])) if "others" in found else byline


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
