"""The forms in which a text names its makers, by where they may stand."""

import re
from functools import cache
from typing import Final, NamedTuple

from finnews.bounds import LINE, AtStart, Bounded
from finnews.pages.texts.agencies import SOURCES

_WORD = r"[A-ZÄÖÜÀ-ÞŁŠŽ'’][\w.'’]*(?:-[\w.'’]+)*"
_SMALL = r"(?:am|an|auf|bei|der|de|del|do|im|in|ob|la|le|upon|von|a\.|d\.|i\.|v\.)"
_PLACE = rf"{_WORD}(?:[ /,]{{1,2}}(?:{_SMALL} )?{_WORD}){{0,4}}"
_MONTH = r"(?:\d{1,2}\.|[A-ZÄ][a-zä]{2,8}\.?)"
_DAY = rf"(?:,? (?:den )?\d{{1,2}}\. ?{_MONTH}(?: ?\d{{4}})?|,? {_MONTH} \d{{1,2}}(?:, \d{{4}})?)"
DASH: Final = r"(?:--?|–|—|−|:)"
_NAME = r"[A-ZÄÖÜ][\w'’\-]*\.?(?: (?!und )(?:[\w'’\-]+|[A-ZÄÖÜ]\.)){0,2} [A-ZÄÖÜ][\w'’\-]+"
_NAMES = rf"{_NAME}(?:(?:, | und | & ){_NAME})*"
INITIALS: Final = r"(?:[A-Za-zÄÖÜäöü]{1,4}|[a-z]{5})"
_SENTENCE_END = r"""[.!?…"“”»«)’‘'%*]"""
_AFTER_SENTENCE = rf"(?:(?<={_SENTENCE_END})\s?|^)"
_MAY_START_END = re.compile(rf"{_SENTENCE_END}|(?P<dash>[-–—])")
_NOT_A_UNIT = r"(?:(?<![%)])|(?=/[A-Za-z]{1,4}/))"  # 95 g (CO2)/km, 2 %/Jahr


class Forms(NamedTuple):
    """The forms of a byline, by where they may stand."""

    starts: tuple[AtStart, ...]
    """Starts of the text."""
    first_lines: tuple[Bounded, ...]
    """Whole lines above the text."""
    last_lines: tuple[Bounded, ...]
    """Whole lines below the text."""
    ends: tuple[Bounded, ...]
    """Ends of the last line."""


_MARK = r"(?:(?:ROUNDUP|UPDATE|KORREKTUR|WDH|EILMELDUNG)(?: ?/?[\dA-Z]{0,10})?: )?"
_BEFORE_AGENCY = rf"(?:(?P<dateline>{_PLACE}){_DAY}?(?: |--| -- ?| -)?)?"
_SIGN_OFF = rf"/{{1,2}}(?P<signature>{INITIALS}(?: ?/{{1,2}}{INITIALS})*)[/.]?"
_STARTS = (
    # FRANKFURT (dpa-AFX) - Der Kurs …; (Reuters) - …; BERLIN, 20. November (Reuters) - …
    rf"{_MARK}{_BEFORE_AGENCY}[(\[](?P<agency>{SOURCES})[)\]] ?{DASH} ?",
    # FRANKFURT (dpa-AFX) Der Kurs …
    rf"{_MARK}(?P<dateline>[A-ZÄÖÜ][A-ZÄÖÜ/ .\-]+) \((?P<agency>{SOURCES})\) (?=[A-ZÄÖÜ])",
    # BERLIN, 20. Nov. 2026 /PRNewswire/ -- Der Kurs …
    rf"(?P<dateline>{_PLACE}){_DAY}? /(?P<agency>PRNewswire)[^/\n]{{0,30}}/ ?{DASH} ?",
    # DOW JONES--Der Kurs …
    r"(?P<agency>DOW JONES|Dow Jones(?: Newswires)?)--(?=\S)",
)
_PLACE_ALONE = rf"(?P<dateline>{_PLACE}){_DAY}? \((?P<agency>{SOURCES})\)"  # AUSTIN (dpa-AFX)
_AUTHORS_OF = rf"[Vv]on (?P<authors>{_NAMES})(?:, ?| / | \()(?P<agency>{SOURCES})\)?"
_COPYRIGHT = (
    rf"(?:©|\([Cc]\)|Copyright(?: ?\([Cc]\))?) ?(?:\d{{4}} )?(?P<agency>{SOURCES})\b"
    r"(?:\.com)?[^.\n]{0,60}\.?(?: (?:Alle Rechte vorbehalten|All [Rr]ights [Rr]eserved)\.?)?"
)
_AUTHORS_ALONE = rf"(?:[Vv]on|VON|By|Autor(?:in|en)?:|Text:) (?P<authors>{_NAMES})"
_AUTHORS_IN_FRONT = rf"[-–—]{{1,3}} ?{_AUTHORS_OF} ?[-–—]{{1,3}} (?=\S)"  # of a place in its line
_MINUTE = r"[A-Z][a-z]+ \d{1,2}, \d{4} \d{2}:\d{2} ET \(\d{2}:\d{2} GMT\)"
_LINES = (
    _PLACE_ALONE,
    _AUTHORS_OF,
    rf"(?:Autor(?:in|en)?:|Text:) (?P<authors>{_NAMES})",
    rf"\(?(?:Quelle: |[Mm]it Material von )(?P<agency>{SOURCES})\)?",
    rf"\((?P<agency>{SOURCES})\)",
    r"(?P<agency>dpa(?:-AFX)?(?: [A-ZÄÖÜ]\w+)?|Dow Jones Newswires)",
    rf"/?(?P<signature>{INITIALS}(?:/{{1,2}}{INITIALS})+)/",
    r"(?P<signature>[a-z]{2,3}(?:/[a-z]{2,3})+)",
    r"\((?:END|ENDE|Ende)\)",
    # -----dpa-AFX Broker - die Trader News von dpa-AFX-----
    r"[-–—]*\s?(?P<agency>dpa-AFX Broker) ?[-–—]+ ?die Trader News von dpa-AFX\s?[-–—]*",
    rf"\(END\) (?P<agency>{SOURCES})(?: {_MINUTE})?",
    _MINUTE,
    r"(?:ISINs? +[A-Z0-9, ]+ )?AXC\d{4} \d{4}-\d{2}-\d{2}/\d{2}:\d{2}",
    r"Kontakt (?:zum|zur|zu)\b[^:@\n]{0,30}: ?\S+@\S+",
    r"Original-Content von: .{2,80}, übermittelt durch (?P<agency>news aktuell)",
)
_LAST_LINES = (*_LINES, r"ISINs?:? +(?:[A-Z]{2}[A-Z0-9]{9}\d[, ]*)+")
_EDITED = r"[^()\n]{0,20}\b(?:[Rr]edigiert|Redaktion|bearbeitet)[^()\n]{0,300}\)$"
_ENDS = (
    # --- Von Vorname Name, dpa-AFX ---
    rf"\s?[-–—]{{1,3}} ?{_AUTHORS_OF} ?[-–—]{{0,3}}$",
    rf"\s?[-–—]{{1,3}} ?Von (?P<authors>{_NAMES}) ?[-–—]{{1,3}}$",
    rf"{_AFTER_SENTENCE}\(Von (?P<authors>{_NAMES})(?:, (?P<agency>{SOURCES}))?\)$",
    # /ck/mis, /gl/jha/, /lfi//mis, DJG/uxd/cbr
    rf"{_AFTER_SENTENCE}{_NOT_A_UNIT}{_SIGN_OFF}$",
    rf"{_AFTER_SENTENCE}\((?P<signature>[a-z]{{2,3}}(?:/[a-z]{{2,3}})+)\)$",
    rf"{_AFTER_SENTENCE}(?P<signature>DJ[A-Z]?(?:/{{1,2}}{INITIALS})+)/?(?: \(END\))?$",
    rf"{_AFTER_SENTENCE}\((?:Schluss|Forts\.)\)(?: ?(?P<signature>{INITIALS}(?:/{INITIALS})*))?$",
    rf"{_AFTER_SENTENCE}\((?:Quelle: )?(?P<agency>{SOURCES})\)\.?$",
    rf"{_AFTER_SENTENCE}Quelle: (?P<agency>{SOURCES})$",
    rf"{_AFTER_SENTENCE}{_COPYRIGHT}$",
    rf"{_AFTER_SENTENCE}{_AUTHORS_OF.replace('[Vv]', 'V')}$",
    # (Bericht von Erika Musterfrau, redigiert von Max Mustermann. …)
    rf"{_AFTER_SENTENCE}\((?:Bericht|Geschrieben|Verfasst) von (?P<authors>{_NAMES}){_EDITED}",
    rf"{_AFTER_SENTENCE}\((?:Reporting|Writing) by (?P<authors>{_NAMES})(?:;[^()\n]{{0,300}})?\)$",
    # -----dpa-AFX Broker - die Trader News von dpa-AFX-----
    r"\s?[-–—]{3,} ?(?P<agency>dpa-AFX Broker) ?[-–—]+ ?die Trader News von dpa-AFX\s?[-–—]*$",
)


@cache
def forms(site_name: str) -> Forms:
    """Return the forms in texts of a site, whose own editors sign with its name."""
    name = re.escape(site_name)
    part = rf"(?>(?:{SOURCES}|{_NAMES}|{INITIALS})(?= ?/|, | \())"
    desk = (  # Vorname Name / Redaktion finanzen.net / dpa-AFX / Dow Jones Newswires
        rf"(?:^[\"„“”])?(?:(?:[Vv]on |Autor(?:in|en)?: |Text: )?(?P<parts>{part}(?: ?/ ?{part})*)"
        r"(?: ?/ ?|, | \())?"
        rf"(?:[Vv]on (?:der )?|Quelle: )?(?P<signature>Redaktion {name}|{name}[- ]Redaktion)\)?"
        r"(?:,? mit Material (?:von|der) (?P<agency>.{2,60}?)\.?| ?/ ?(?P<others>.{2,60}))?"
    )
    desk_behind = rf"{_AFTER_SENTENCE}{desk}$"
    return Forms(
        starts=tuple(AtStart(re.compile(form), LINE) for form in (*_STARTS, _AUTHORS_IN_FRONT)),
        first_lines=tuple(Bounded(re.compile(form), LINE) for form in (*_LINES, desk, *_ENDS)),
        last_lines=tuple(Bounded(re.compile(form), LINE) for form in (*_LAST_LINES, desk)),
        ends=tuple(Bounded(re.compile(form), LINE) for form in (*_ENDS, desk_behind)),
    )


def starts_of_ends(line: str, start: int) -> list[int]:
    """Return where one of the `Forms.ends` can start, from a place in a line on.

    That is at the start of the line, behind a sentence, or at dashes and the blank before them. To
    try all forms there is faster than a search for each.
    """
    places = [0]
    for mark in _MAY_START_END.finditer(line, max(0, start - 1)):
        before = max(start, mark.start() - 1)
        if not mark["dash"]:
            places.append(mark.end())
        else:
            places.append(before if line[before : before + 1].isspace() else mark.start())
    return [place for place in dict.fromkeys(places) if place >= start]


AUTHORS_ALONE = Bounded(re.compile(_AUTHORS_ALONE), LINE)
"""Authors above a place: ``Von Vorname Name``. Elsewhere such a line can be text."""
