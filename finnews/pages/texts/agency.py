"""What agencies and editors print around a text, taken off it: dateline, sign-off, authors."""

import re
from collections.abc import Iterable, Iterator

from finnews.pages.texts.byline import Byline, byline_of, is_credible
from finnews.pages.texts.byline_forms import AUTHORS_ALONE, Forms, forms, starts_of_ends
from finnews.pages.texts.prose import Block

_NOTES = re.compile(r"(?:\((?:[^()\n]|\([^()\n]*\)){1,400}\)\s?)+")  # (neu: Kurse)
_CORRECTION = re.compile(r"(?:Neu|Bericht|Korrektur|Korrigiert|Wiederholung|Wdh|WDH)\w*\b:? .*")
_MAX_NOTES = 3
_MAX_AUTHORS = 3  # lines
_MAX_LINES = 40  # of makers, at both ends of a text
_LONGEST = 300  # characters of a line about the makers

_RULE = re.compile(r"[-–—_=*]{3,}")
_DISCLAIMER = re.compile(
    r"^(?:(?:Veröffentlichung|Erstmalige Weitergabe) der Original-Studie"
    r"|Disclaimer|Haftungs(?:ausschluss|hinweis)|Risikohinweise?|Transparenzhinweis"
    r"|(?:\w+er )?Hinweis|Offenlegung|Interessenkonflikte?)(?:[^.:\n]{0,60}:|$)",
    re.MULTILINE,
)
_MAX_DISCLAIMER = 6  # blocks
_MAX_DISCLAIMERS = 3

_Stripped = tuple[list[Block], Byline]


def without_byline(text: Iterable[Block], site_name: str) -> _Stripped:
    """Return a text without its byline, and the byline.

    The site's own editors sign with the name of the site. More than 40 lines about its makers are
    no byline: the rest of them stays.

    >>> text = [Block("KIEL (dpa-AFX) - Es regnet."), Block("Es schneit./ck/mis")]
    >>> without_byline(text, "finanzen.net")[1]
    Byline(dateline='KIEL', agency='dpa-AFX', signature='ck/mis', authors=())
    """
    blocks, byline = list(text), Byline()
    known = forms(site_name)
    left = _MAX_LINES
    while True:
        before = left
        for strip in (_strip_start, _strip_end):
            while left and (stripped := strip(blocks, known)):
                blocks, inner = stripped
                byline = byline.joined(inner)
                left -= 1
        if left == before or not left:
            return blocks, byline


def with_plain_hyphens(text: str) -> str:
    """Return a text with hyphens in place of those at which no line breaks (U+2011)."""
    return text.replace("\u2011", "-")


def _strip_start(blocks: list[Block], known: Forms, lines: int = _MAX_AUTHORS) -> _Stripped | None:
    """Return a text without what stands in front, where at most so many lines of authors do."""
    front = list(_front(blocks))
    for index, text_starts in front:
        for start in text_starts:
            if match := _start_in(blocks[index].text, start, known):
                text = blocks[index].text[:start] + blocks[index].text[match.end() :]
                return _with_text(blocks, index, text), byline_of(match)
    stripped = (_strip_first_line(blocks, index, known, lines) for index, _ in front)
    return next(filter(None, stripped), None)


def _front(blocks: list[Block]) -> Iterator[tuple[int, list[int]]]:
    """Yield the first blocks up to one of text, and where a text in them can start."""
    for index, block in enumerate(blocks[: _MAX_NOTES + 1]):
        notes = _NOTES.match(block.text)
        yield index, list(dict.fromkeys((0, notes.end() if notes else 0)))
        if not (block.is_heading or _is_note(block.text, notes)):
            break


def _start_in(text: str, start: int, known: Forms) -> re.Match[str] | None:
    plain = with_plain_hyphens(text)
    matches = (pattern.match(plain, start) for pattern in known.starts)
    return next((match for match in matches if match and is_credible(match)), None)


def _is_note(text: str, notes: re.Match[str] | None) -> bool:
    return (notes is not None and notes.end() == len(text)) or bool(_CORRECTION.fullmatch(text))


def _strip_first_line(
    blocks: list[Block], index: int, known: Forms, lines: int
) -> _Stripped | None:
    first, _, rest = blocks[index].text.partition("\n")
    if len(first) > _LONGEST:
        return None
    following, plain = _with_text(blocks, index, rest), with_plain_hyphens(first)
    for pattern in known.first_lines:
        if (match := pattern.fullmatch(plain)) and is_credible(match):
            return following, byline_of(match)
    match = AUTHORS_ALONE.fullmatch(first) if lines else None
    return (
        (following, byline_of(match))
        if match and _strip_start(following, known, lines - 1)
        else None
    )


def _strip_end(
    blocks: list[Block], known: Forms, disclaimers: int = _MAX_DISCLAIMERS
) -> _Stripped | None:
    """Return a text without what stands below, above at most so many disclaimers."""
    inner = _without_rules(blocks)
    texts = (blocks,) if inner == blocks else (blocks, inner)
    for text in texts:
        if stripped := _strip_last_line(text, known):
            return _without_rules(stripped[0]), stripped[1]
    above = (_strip_above_disclaimer(text, known, disclaimers) for text in reversed(texts))
    return next(filter(None, above), None) if disclaimers else None


def _strip_last_line(blocks: list[Block], known: Forms) -> _Stripped | None:
    lines_before, _, last = blocks[-1].text.rpartition("\n") if blocks else ("", "", "")
    plain = with_plain_hyphens(last)
    for pattern in known.last_lines:
        if (match := pattern.fullmatch(plain)) and is_credible(match):
            return _with_text(blocks, -1, lines_before), byline_of(match)
    places = starts_of_ends(plain, max(0, len(plain) - _LONGEST))
    for pattern in known.ends:
        matches = (pattern.match(plain, place) for place in places)
        match = next(filter(None, matches), None)
        if match and is_credible(match):
            text = blocks[-1].text.removesuffix(last) + last[: match.start()]
            return _with_text(blocks, -1, text.rstrip()), byline_of(match)
    return None


def _without_rules(blocks: list[Block]) -> list[Block]:
    """Return the blocks without lines of dashes at their end."""
    for number in range(len(blocks), 0, -1):
        lines = blocks[number - 1].text.split("\n")
        count = next(
            (at for at in range(len(lines), 0, -1) if not _RULE.fullmatch(lines[at - 1])), 0
        )
        if count:
            last = blocks[number - 1]._replace(text="\n".join(lines[:count]))
            return [*blocks[: number - 1], last]
    return []


def _strip_above_disclaimer(
    blocks: list[Block], known: Forms, disclaimers: int
) -> _Stripped | None:
    for index in range(max(0, len(blocks) - _MAX_DISCLAIMER), len(blocks)):
        if match := _DISCLAIMER.search(blocks[index].text):
            above, below = blocks[index].text[: match.start()], blocks[index].text[match.start() :]
            head = blocks[:index] + ([blocks[index]._replace(text=above.rstrip())] if above else [])
            stripped = _strip_end(head, known, disclaimers - 1)
            tail = [blocks[index]._replace(text=below), *blocks[index + 1 :]]
            return (stripped[0] + tail, stripped[1]) if stripped else None
    return None


def _with_text(blocks: list[Block], index: int, text: str) -> list[Block]:
    """Return the blocks with another text in one of them; without that block if it is empty."""
    changed = list(blocks)
    if text:
        changed[index] = changed[index]._replace(text=text)
    else:
        del changed[index]
    return changed
