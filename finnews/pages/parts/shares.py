"""Whether two printed names are of one share: "Muster-Werke" and "Muster-Werke S.A. (Werk)"."""

import re
from collections import Counter
from collections.abc import Iterable

from finnews.bounds import kept
from finnews.instrument_paths import UMLAUTS
from finnews.pages.base import Page

_PARENTHESES = re.compile(r"\(([^()]*)\)")
_BETWEEN_WORDS = re.compile(r"[\s\-\u2010\u2011_]+")
_NOT_LETTERS = re.compile(r"[\W_]+")
_FORMER = frozenset({"ex", "ehemals", "vormals", "formerly"})
_SHORTEST_COMMON_WORD = 2

LEGAL_FORMS = frozenset(
    {"ab", "ag", "aktiengesellschaft", "as", "asa", "bhd", "bv", "co", "company", "corp"}
    | {"corporation", "eg", "gmbh", "group", "groupe", "gruppe", "holding", "holdings", "inc"}
    | {"incorporated", "kg", "kgaa", "konzern", "limited", "llc", "lp", "ltd", "nv", "ohg", "oy"}
    | {"oyj", "plc", "pte", "reit", "sa", "sarl", "sas", "sca", "se", "sgps", "spa", "srl", "the"}
)
"""Words of a company's name, as `words` spells them, that other pages leave out"""

_AND = frozenset({"and", "und", "et"})


@kept(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name without parentheses, spelled as the site's paths do.

    >>> words("Börse Muster-Werke S.A. (ex Probe)")
    ('boerse', 'muster', 'werke', 'sa')
    """
    parts = _BETWEEN_WORDS.split(_PARENTHESES.sub(" ", name).casefold().translate(UMLAUTS))
    return tuple(filter(None, (_NOT_LETTERS.sub("", part) for part in parts)))


def is_same_share(name: str, other: str) -> bool:
    """Return whether two names are equal but for legal forms and what is in parentheses.

    The words in the parentheses of one may be the other's name. A class of shares counts.

    >>> is_same_share("Muster", "Muster Holding AG"), is_same_share("Muster", "Muster Energy")
    (True, False)
    >>> is_same_share("Probe", "Muster C (ex Probe)"), is_same_share("Muster", "Muster Vz")
    (True, False)
    """
    core = _core(name)
    if not core:
        return False
    return core in (_core(other), *_in_parentheses(other)) or _core(other) in _in_parentheses(name)


def is_any_share(name: str, others: Iterable[str]) -> bool:
    """Return whether a name is that of the share that has the other names."""
    return any(is_same_share(name, other) for other in others)


def has_common_word(name: str, other: str) -> bool:
    """Return whether two names may be of one share: a word of them is the same.

    >>> has_common_word("Münchner Muster", "Muster RE (Münchner Rück)")
    True
    >>> has_common_word("Muster AG", "Probe AG")
    False
    """
    return not _significant(name).isdisjoint(_significant(other))


def own_name(page: Page, names: Iterable[str]) -> str | None:
    """Return which of the names in a page's headings is that of the share that it is about.

    That is the one with a word of the name in its path, or else, with a doubt, the one that most
    headings have.
    """
    counts = Counter(filter(None, names))
    agreeing = [name for name in counts if has_common_word(name, page.from_path("page") or "")]
    name = max(agreeing or counts, key=counts.__getitem__, default=None)
    if name and not agreeing:
        page.doubt("name", "contradiction", name)
    return name


def _core(name: str) -> tuple[str, ...]:
    return _without_legal_forms(words(name))


def _in_parentheses(name: str) -> list[tuple[str, ...]]:
    inner = (words(part) for part in _PARENTHESES.findall(name))
    names = (part[1:] if part[:1] and part[0] in _FORMER else part for part in inner)
    return list(filter(None, map(_without_legal_forms, names)))


def _without_legal_forms(name: tuple[str, ...]) -> tuple[str, ...]:
    return name[:1] + tuple(word for word in name[1:] if word not in LEGAL_FORMS | _AND)


def _significant(name: str) -> set[str]:
    every = {word for part in (name, *_PARENTHESES.findall(name)) for word in words(part)}
    long = {word for word in every if len(word) >= _SHORTEST_COMMON_WORD}
    return long - LEGAL_FORMS - _AND - _FORMER
