"""The first sentence of a study's text, and whose it is: what the firm did with the share.

"Die kanadische Bank RBC hat das Kursziel für Muster von 95 auf 97 Euro angehoben" (seen 2026-08).
Later sentences also tell of the past, of rivals and of estimates, so nothing is read from them.
"""

import re
from collections.abc import Iterable
from itertools import accumulate, takewhile

from finnews.items import Rating
from finnews.pages.parts.shares import LEGAL_FORMS, words

_LEAD = re.compile(r'(?P<subject>[^"„“”»«;:!?\n]{2,120}?) hat (?P<predicate>.+)')
_SENTENCE_END = re.compile(r"[.!?](?=\s+[^a-zäöüß\s]|\s*$)")
_REASON = re.compile(r" (?:nach|vor|wegen|trotz|aufgrund|angesichts|infolge|mit Blick auf) ")
_ARTICLES = frozenset({"die", "das", "der", "den", "dem", "des", "aktie", "aktien", "papiere"})
_HOUSE = re.compile(
    r"us|(?:us|gross|privat|investment|noten)*bank|(?:us)?(?:analyse|analysten|wertpapier)?haus"
    r"|broker|institut|schweizer|\w+ische"
)
_OTHER_TIMES = re.compile(
    r"\b(?:Jahr(?:en|es|s)?|Monat(?:en?|s)?|Wochen?|Tag(?:en)?|Vorjahr|Vormonat|zuvor|zuletzt"
    r"|bereits|damals|einst|früher|noch|ursprünglich|seinerzeit|gestern|wieder|nicht|kein\w*|nie"
    r"|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)


def predicate(rating: Rating) -> str:
    """Return what a study's first sentence says behind "hat"; empty if its subject is not the firm.

    >>> predicate(Rating(firm="RBC Capital Markets", text='Die Bank RBC hat Muster bestätigt. So.'))
    'Muster bestätigt'
    >>> predicate(Rating(firm="RBC Capital Markets", text="Die Konkurrenz hat Muster bestätigt."))
    ''
    >>> predicate(Rating(firm="Sterling Bank", text="Die ING hat Muster bestätigt."))
    ''
    """
    match = _LEAD.match((rating.text or "").lstrip())
    names = filter(None, (rating.firm, rating.analyst))
    if not match or not any(_is_name_of(match["subject"], name) for name in names):
        return ""
    return _SENTENCE_END.split(match["predicate"], maxsplit=1)[0]


def is_of_now(words_of_lead: str) -> bool:
    """Return whether words tell of nothing but now, without a negation.

    >>> is_of_now("Muster auf"), is_of_now("Muster vor einem Jahr auf"), is_of_now("Muster nicht")
    (True, False, False)
    """
    return not _OTHER_TIMES.search(words_of_lead)


def names_share(printed: str | None, rating: Rating) -> bool:
    """Return whether words of a lead name the share of a study, or name none.

    >>> names_share("die Muster AG nach Zahlen", Rating(name="Muster-Werke S.A."))
    True
    >>> names_share("Muster Energy", Rating(name="Muster-Werke")), names_share(None, Rating())
    (False, True)
    """
    if printed is None:
        return True
    head = _REASON.split(f" {printed} ")[0]
    named = [word for word in words(head) if word not in _ARTICLES | LEGAL_FORMS]
    names = [words(name.replace("(", " ").replace(")", " ")) for name in _names(rating)]
    return bool(named) and any(_is_in(named, name) for name in names)


def _names(rating: Rating) -> Iterable[str]:
    return filter(None, (rating.name, rating.page))


def _is_in(named: list[str], name: tuple[str, ...]) -> bool:
    """Return whether all words are the name's, or are its first ones without blanks."""
    printed = "".join(named)
    starts = takewhile(lambda end: end <= len(printed), accumulate(map(len, name)))
    is_start = len(printed) in starts and "".join(name).startswith(printed)
    return set(named) <= set(name) or is_start


def _is_name_of(subject: str, name: str) -> bool:
    """Return whether a subject is a firm's or an analyst's name: ``Die US-Bank JPMorgan``.

    It can have fewer words, and no blanks between them.
    """
    printed = [word for word in words(subject) if word not in _ARTICLES]
    proper = [word for word in printed if not _HOUSE.fullmatch(word)]
    named = words(name.replace("(", " ").replace(")", " "))
    whole = "".join(named)
    starts = [0, *accumulate(map(len, named))][: len(named)]
    parts = tuple("".join(part) for part in (proper, printed) if part)
    return any(whole.startswith(parts, start) for start in starts)
