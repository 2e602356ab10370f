"""What a sentence says of the end of a certificate or bond: that it was, may be, or is to come."""

import re
from collections.abc import Iterator
from typing import Final, Literal

from finnews.bounds import TITLE

Said = Literal["expired", "doubtful", "due"]
"""``expired``: it has ended; ``doubtful``: perhaps; ``due``: it ends on a day in the sentence"""

DAY: Final = re.compile(r"\b\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})\b")
"""A day as the site prints it; whether there is such a day is not said"""

YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
"""A year, as in a day of another form: ``18. September 2026``"""

_APART = re.compile(
    r"(?<!status)(?<!ereignis)(?<!knock-out)(?<!knockout): (?!\d)"
    r"|[,;] | [-–] | (?=(?:und|oder|sowie|aber|jedoch|weil|da|denn) )",
    re.IGNORECASE,
)
_JOINS = re.compile(r"(?:und|oder|sowie) ", re.IGNORECASE)
_ENDED = re.compile(
    r"\b(?:abgelaufen|ausgelaufen|ausgeknockt|verfallen|verfiel|erloschen|knocked out"
    r"|zurück(?:ge|be)zahlt|getilgt|gekündigt|ausgeübt|delisted|status:? knock-?out"
    r"|lief (?:am [\d.]{6,10} )?ab|rückzahlung (?:ist |wurde )?erfolgte?"
    r"|(?:vom markt|von der börse) genommen"
    r"|knock-?out(?:-ereignis)?:? (?:erreicht|eingetreten|ausgelöst|erfolgt|am)"
    r"|knock-?out-(?:schwelle|barriere) (?:wurde |ist )?"
    r"(?:erreicht|verletzt|berührt|unterschritten|überschritten))\b",
    re.IGNORECASE,
)
_DUE = re.compile(r"\bfällig\b", re.IGNORECASE)
_ALREADY = re.compile(
    r"\b(?:seit|wurde|war|bereits|geworden|(?:status:?|ist|jetzt|nun|schon) fällig)\b",
    re.IGNORECASE,
)
_STOPPED = re.compile(r"\b(?:eingestellt|beendet|endete)\b", re.IGNORECASE)
_TRADE = re.compile(r"\b(?:handel|notierung|kursstellung|quotierung|laufzeit)\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:fällig|fälligkeit\w*|endet|laufzeitende|verfällt|verfalls?tag"
    r"|letzter (?:börsen)?(?:handels|bewertungs)tag|(?:bewertungs|rückzahlungs)(?:tag|termin))\b",
    re.IGNORECASE,
)
_NO = re.compile(r"\b(?:nicht|keine?[nrs]?)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:mehr|länger)\b", re.IGNORECASE)
_TRADED = re.compile(
    r"\b(?:handelbar|gehandelt|handeln|notiert|quotiert|gestellt|kurse?|preise?|handel|notierung"
    r"|kursstellung|verfügbar)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:nicht(?! mehr| länger)|nie|niemals|weder|kein(?:e[mnrs]?)?)\b", re.IGNORECASE
)
_NOT_YET = re.compile(
    r"\b(?:noch (?:nicht|nie|kein\w*)|wird|werden|würden?|kann|können|könnten?|soll(?:en|te)?|darf"
    r"|dürfen|dürfte|müsste|wenn|falls|sobald|sofern|solange|bevor|ehe|ob|demnächst)\b",
    re.IGNORECASE,
)
_IF = re.compile(r"\b(?:wenn|falls|sobald|sofern|soweit|solange)\b", re.IGNORECASE)
_FROM = re.compile(r"\b(?:ab|nach|bis|künftig|demnächst)\b", re.IGNORECASE)
_CALLED = re.compile(r"\bgekündigt\b", re.IGNORECASE)
_FOR = re.compile(r"\bzum\b", re.IGNORECASE)
_PERHAPS = re.compile(
    r"\b(?:heute|derzeit|aktuell|momentan|zurzeit|vorübergehend|teilweise|möglicherweise|als"
    r"|vermutlich|eventuell|vielleicht|voraussichtlich|börs\w+|xetra|gettex|stuttgart|frankfurt)\b",
    re.IGNORECASE,
)
_OF_PAYMENTS = re.compile(r"\b(?:zins|kupon|coupon|ausschüttung|bonus|dividende)", re.IGNORECASE)
_PAPER = re.compile(
    r"(?:anleihe|zertifikat|produkt|schein|papier|bond|note)(?:s|e|en)?\b", re.IGNORECASE
)
_IN_PART = re.compile(r"(?<!\b10)\d ?%|\bteil(?:weise|betrag|tilgung|rückzahlung)", re.IGNORECASE)
_OF_RIGHTS = re.compile(r"recht\b|rechte\b|anspruch\b|option\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:ist|sind|war|waren|wurden?|hat|haben|wird|werden|kann|können|soll|darf|muss)\b",
    re.IGNORECASE,
)
_NEAR: Final = 2
"""Words between ``nicht`` and what it denies: ``nicht vorzeitig zurückgezahlt``"""


def said(sentence: str) -> Said | None:
    """Return what a sentence says of the end; its clauses are judged one by one.

    >>> said("Das Produkt ist abgelaufen, es werden keine Kurse mehr gestellt.")
    'expired'
    >>> said("Das Produkt ist noch nicht abgelaufen oder ausgeknockt") is None
    True
    >>> said("Es wird am 18.12.2026 fällig"), said("Es ist seit dem 18.09.2026 fällig")
    ('due', 'expired')
    >>> said("Es ist ausgeknockt, sobald der Kurs die Schwelle berührt"), said("Es verfällt")
    ('doubtful', None)
    """
    judged = [_judged(*clause, sentence) for clause in _clauses(sentence)]
    order: tuple[Said, ...] = ("expired", "doubtful", "due")
    return next((each for each in order if each in judged), None)


def _clauses(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield each clause with those before it that share their verb, or their "if", with it."""
    before = ""
    for clause in _APART.split(sentence):
        has_verbs = _VERB.search(clause) and _VERB.search(before)
        is_joined = _JOINS.match(clause) and (_IF.search(before) or not has_verbs)
        shared = before if is_joined else ""
        if len(clause) <= TITLE:
            yield clause, shared
        before = f"{shared} {clause}"[-TITLE:]


def _judged(clause: str, shared: str, sentence: str) -> Said | None:
    denied = _NO.search(clause)
    if denied and _MORE.search(clause, denied.end()) and _TRADED.search(clause):
        return _of_trade(clause, sentence)
    ended = _end(clause)
    if ended is None or _NOT_YET.search(clause) or _NOT_YET.search(shared):
        return _of_day(clause, has_end=ended is not None)
    if any(0 <= _words(clause, no.end(), ended.start()) <= _NEAR for no in _NOT.finditer(clause)):
        return None
    return _of_end(clause, shared, sentence)


def _end(clause: str) -> re.Match[str] | None:
    """Return the word that says that something has ended, whoever says it."""
    is_due = _ALREADY.search(clause) and not _OF_PAYMENTS.search(clause)
    return (
        _ENDED.search(clause)
        or (_DUE.search(clause) if is_due else None)
        or (_STOPPED.search(clause) if _TRADE.search(clause) else None)
    )


def _words(clause: str, start: int, end: int) -> int:
    """Return how many words stand between two places; -1 if they are in another order."""
    return len(clause[start:end].split()) if start <= end else -1


def _of_trade(clause: str, sentence: str) -> Said | None:
    """Return what ``nicht mehr handelbar`` says: that of a day to come is no end yet."""
    has_day = DAY.search(clause) is not None
    if _FROM.search(clause):
        return "due" if has_day else "doubtful"
    if _IF.search(clause):
        return None
    is_if = _IF.search(sentence) and not has_day
    return "doubtful" if is_if or _PERHAPS.search(clause) else "expired"


def _of_day(clause: str, *, has_end: bool) -> Said | None:
    """Return what ``wird am 18.12.2026 fällig`` says."""
    has_day = DAY.search(clause) or YEAR.search(clause)
    if _OF_PAYMENTS.search(clause) or _NOT.search(clause) or not has_day:
        return "doubtful" if has_end and " als " in clause else None
    return "due" if has_end or _TO_COME.search(clause) else None


def _of_end(clause: str, shared: str, sentence: str) -> Said | None:
    """Return what ``ist abgelaufen`` says where nothing beside it denies it.

    A bonus that is lost or a part that was paid back is not the paper's end.
    """
    if _OF_PAYMENTS.search(clause) and not _PAPER.search(clause):
        return None
    if _IN_PART.search(clause) or _OF_RIGHTS.search(clause):
        return "doubtful"
    has_day = DAY.search(clause) is not None
    if has_day and _CALLED.search(clause) and _FOR.search(clause):
        return "due"
    if _PERHAPS.search(clause) or _NOT.search(clause) or _NOT.search(shared):
        return "doubtful"
    if _IF.search(sentence) and not has_day:
        return "doubtful" if _VERB.search(clause) else None
    return "expired"
