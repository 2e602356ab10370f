"""Lines about a text's making that were not taken off it, because their form is not known."""

import re
from collections.abc import Iterator
from functools import cache

from finnews.bounds import LINE, AtEnd, Bounded
from finnews.pages.texts.agencies import SOURCES
from finnews.pages.texts.agency import with_plain_hyphens
from finnews.pages.texts.byline_forms import DASH, INITIALS
from finnews.pages.texts.persons import is_person, names_in
from finnews.pages.texts.prose import Block

_NO_PLACE = r"(?!(?:[A-ZÄÖÜ.\-]+ )*(?:SE|AG|NV|PLC|INC|CORP|GMBH|KGAA|ETF|[A-Z]{0,3}DAX)\b)"
_PLACE = rf"{_NO_PLACE}[A-ZÄÖÜ][A-ZÄÖÜ/ .,'\-]{{3,40}}"
_BRACKETS = r"(?:[(\[][^\n]{2,60}?[)\]]{1,2}\s?){1,3}"
_NOTES = r"(?:\([^()\n]{1,200}\)\s?)?"
_LIKE_SYMBOLS = r"(?:TT|AP|DJ|SID|MBI|NTB|KNA|SDA|EFE|AFX|OTS|APA)\b"
_START = re.compile(
    rf"{_NOTES}(?:{_PLACE}(?:, \d{{1,2}}\. \w+)? ?{_BRACKETS} ?{DASH} ?"  # PARIS (Muster) - …
    rf"|{_PLACE} (?:--?|–|—) (?=[A-ZÄÖÜ„\"][a-zäöüß])"  # LONDON - …
    r"|(?:[A-ZÄÖÜ][\w.-]+ ){1,3}\([\w/.-]*[a-zäöü][\w/.-]*\) ?(?:--?|–|—) (?=[A-ZÄÖÜ„\"])"
    rf"|(?:[A-ZÄÖÜ|(\[\d][\w.'’,|/()\[\]]*\s){{0,6}}[(\[]?(?!{_LIKE_SYMBOLS}){SOURCES}"
    rf"[)\]]*\s?(?:(?:--?|–|—|−)\s|--(?=[A-ZÄÖÜ„\"]))"  # Reuters - …
    rf"|{_PLACE} ?[(\[](?!{_LIKE_SYMBOLS}){SOURCES}[)\]][,.;]? ?(?=[A-ZÄÖÜ„\"][a-zäöüß])"
    rf"|{_PLACE}/{SOURCES} ?(?:--?|–|—) ?(?=[A-ZÄÖÜ„\"]))"
)
_INNER_START = re.compile(
    rf"(?:{_PLACE} ?\(|\((?!{_LIKE_SYMBOLS})){SOURCES}\) ?{DASH}(?: |(?=[A-ZÄÖÜ„\"]))"
)
_LAST_LINE = re.compile(rf"{_PLACE} \([^()\n]{{2,40}}\)")
_LAST_INITIALS = AtEnd(
    re.compile(
        r"(?:^|[.!?][\"“”»«]?\s)[a-z]{2,3}(?:/[a-z]{2,3})*$|[.!?][\"“”»«]?[a-z]{2,3}(?:/[a-z]{2,3})+$"
        r"|(?<=\w)(?:/[a-z]{2,3}){2,}$"
        r"|[.!?][\"“”»«]?\s?[/\\|\[]{1,2}[A-Za-z]{1,4}\d?"
        r"(?:[/\\| -]{1,2}[A-Za-z]{1,4}\d?)*[/|\].]*$"
    ),
    LINE,
)
_AUTHORS = re.compile(r"(?:^|[.!?]\s|\n)(?P<line>(?:Von|By) (?P<authors>[^.!?\n]{5,80}))$")
_TAIL = 100  # characters in which a sign-off stands


@cache
def _inner_end(site_name: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:[.!?…\"“”»«)]\s?|^)/{INITIALS}(?:/{{1,2}}{INITIALS})*/?"
        rf"|[-–—]{{2,3}} ?Von [^\n]{{5,60}}[-–—]{{1,3}}|\(END\)[^\n]{{0,40}}"
        rf"|(?:^|[\n.])Redaktion {re.escape(site_name)}[^.\n]{{0,60}})$"
    )


@cache
def _last_makers(site_name: str) -> Bounded:
    """Return the form of a last line that is no sentence and names an editorial office."""
    makers = rf"\bRedaktion(?: {re.escape(site_name)})?\b|\bAutor(?:in|en)?:|\(END\)|^AXC\d{{4}}"
    return Bounded(re.compile(rf"(?=.{{0,60}}(?:{makers})).{{2,100}}(?<![.!?:…])"), _TAIL)


def leftovers(blocks: list[Block], site_name: str) -> Iterator[tuple[str, str]]:
    """Yield fields and lines of a text's makers that are still in a text without its byline.

    They are at its start or end in a form that is not known, or between its paragraphs.

    >>> list(leftovers([Block("PARIS (Musterdienst) - Es regnet.")], "finanzen.net"))
    [('dateline', 'PARIS (Musterdienst) - ')]
    """
    texts = [with_plain_hyphens(block.text) for block in blocks]
    if texts and (match := _START.match(texts[0])):
        yield "dateline", match[0]
    for text in texts[1:]:
        if match := _INNER_START.match(text):
            yield "dateline", match[0]
    for text in texts[:-1]:
        if match := _inner_end(site_name).search(text[-_TAIL:]):
            yield "signature", match[0]
    for block in blocks[:1] + blocks[1:][-1:]:
        if not block.is_heading and (line := _line_of_authors(block.text)):
            yield "authors", line
    last = texts[-1].rpartition("\n")[2] if texts else ""
    if match := _LAST_LINE.fullmatch(last):
        yield "dateline", match[0]
    elif match := _last_makers(site_name).fullmatch(last) or _LAST_INITIALS.search(last):
        yield "signature", match[0]


def _line_of_authors(text: str) -> str | None:
    """Return a last line that only names persons, as authors or not: ``Von Vorname Name``."""
    match = _AUTHORS.search(text[-_TAIL:])
    return match["line"] if match and all(map(is_person, names_in(match["authors"]))) else None
