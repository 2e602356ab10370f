"""The firm of a study: at the end of its address, and as a cell of a table prints it."""

import re
from itertools import product

from finnews.bounds import ADDRESS, Bounded, kept
from finnews.items import Verdict
from finnews.pages.ratings.spellings import is_spelled_alike, spellings
from finnews.pages.ratings.titles import has_rating
from finnews.pages.texts.persons import is_person
from finnews.vocabulary import verdict

_STUDY = Bounded(re.compile(r"/analyse/(?P<title>[^/?#]*)_[0-9]+(?=[?#]|$)"), ADDRESS)
_NO_FIRM = re.compile(
    r"Ø.*|[\W\d]*|(?:(?:Analysten)?[kK]onsens\w*|Durchschnitt\w*|Mittelwert|Median|Summe|Gesamt\w*"
    r"|Alle Analysten|mehr|Mehr|Details)\b.*|.*\bKursziele?|[\d.,]+ ?(?:[A-Z]{3}|[€$%])"
)

_OTHER_FIRM = re.compile(r"\s[/|+]\s|;")


def title_in(href: str) -> str | None:
    """Return what the address of a study says of it, without its number.

    >>> title_in("/analyse/muster_buy-beispiel_bank_1096443")
    'muster_buy-beispiel_bank'
    """
    match = _STUDY.search(href)
    return match["title"] if match else None


def verdicts_in(title: str) -> set[Verdict]:
    """Return the verdicts of the ratings that can stand before a firm in a study's address.

    >>> verdicts_in("muster_equal_weight-beispiel_bank"), verdicts_in("muster-werke_meiden-haus")
    ({'hold'}, set())
    """
    parts = title.split("-")
    starts = ["_".join(parts[:at]).split("_") for at in range(1, len(parts))]
    verdicts = (_verdict_at_end(start) for start in starts)
    return set(filter(None, verdicts))


def is_firm_of(href: str, firm: str) -> bool:
    """Return whether the address of a study ends with the name of a firm.

    >>> is_firm_of("/analyse/muster_buy-beispiel__company_inc__1096443", "Beispiel & Company Inc.")
    True
    """
    return any(is_spelled_alike(ending, firm) for ending in _endings(href))


def is_like_firm_of(href: str, firm: str) -> bool:
    """Return whether a study's address can end with a firm's name, one of them being shorter.

    An address without a firm can be any firm's.

    >>> is_like_firm_of("/analyse/muster-werke_buy-haus_1096443", "Haus der Kurse")
    True
    >>> is_like_firm_of("/analyse/muster-werke_buy-haus_1096443", "Ada Haus")
    False
    """
    endings = [way for ending in _endings(href) for way in spellings(ending)]
    pairs = product(endings, spellings(firm))
    return not endings or any(way.startswith(name) or name.startswith(way) for way, name in pairs)


def is_firm(printed: str) -> bool:
    """Return whether a text can be a firm's name, and is no word for all firms, nor for a link.

    >>> is_firm("Beispiel Bank"), is_firm("Ø aller Analysten"), is_firm("Höchstes Kursziel")
    (True, False, False)
    """
    return not _NO_FIRM.fullmatch(printed)


@kept(maxsize=256)  # a page names the same firms in several tables
def is_single_firm(printed: str) -> bool:
    """Return whether a text can be the name of one firm, without a rating or another name.

    >>> is_single_firm("Beispiel Bank (zuvor Hold)"), is_single_firm("Beispiel Bank / Haus")
    (False, False)
    >>> is_single_firm("Joh. Muster, Söhne & Co. KG"), is_single_firm("Haus, Ada Beispiel")
    (True, False)
    """
    if not is_firm(printed) or has_rating(printed) or _OTHER_FIRM.search(printed):
        return False
    return not any(is_person(part.strip()) for part in printed.split(",")[1:])


def _verdict_at_end(words: list[str]) -> Verdict | None:
    ends = (verdict(" ".join(words[-count:])) for count in (3, 2, 1))
    return next(filter(None, ends), None)


def _endings(href: str) -> list[str]:
    """Return what stands behind each hyphen of a study's address: one of them is the firm."""
    parts = (title_in(href) or "").split("-")
    return ["-".join(parts[at:]) for at in range(1, len(parts))]
