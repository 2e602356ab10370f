"""Whether a name on a page is that of the share in its address: ``/kursziele/muster_vz``."""

import re

from finnews.bounds import TITLE, Bounded
from finnews.pages.base import Page
from finnews.pages.parts.shares import LEGAL_FORMS, has_common_word, is_same_share, words
from finnews.pages.ratings.spellings import is_spelled_alike, variants
from finnews.pages.visible import text_of

_SUBJECT = Bounded(
    re.compile(r"(?P<name>.+?)(?:[- ]Aktie)?[-: ]+(?:Kursziele?|Analysen)\b.*"), TITLE
)
_CLASSES = frozenset({"vz", "vorzuege", "vorzugsaktien", "st", "staemme", "stammaktien"})


def is_page_share(page: Page, name: str) -> bool:
    """Return whether a name is that in the address, or another one that the page's titles have too.

    An address keeps the name that a share had at first.
    """
    in_address = page.from_path("page") or ""
    if is_page_of(in_address, name):
        return True
    titles = (is_same_share(name, title) for title in _titles(page))
    return any(titles) and not is_sibling(name, in_address)


def is_page_of(stock: str, name: str) -> bool:
    """Return whether a page name is that of the share with a name; it can have a letter more.

    >>> is_page_of("m_ller_x", "Müller AG"), is_page_of("muster_vz", "Muster")
    (True, False)
    """
    parts = words(stock)
    has_letter = len(parts) > 1 and len(parts[-1]) == 1
    spelled = (stock, " ".join(parts[:-1])) if has_letter else (stock,)
    ways = variants(name)
    is_same = any(is_same_share(way, text) for way in ways for text in spelled)
    return is_same or any(is_spelled_alike(name, text) for text in spelled)


def is_sibling(name: str, other: str) -> bool:
    """Return whether two names have a word in common, and each another, or one a class of shares.

    >>> is_sibling("Muster Energy", "muster_bau"), is_sibling("Muster", "muster_vz")
    (True, True)
    >>> is_sibling("Muster C", "muster"), is_sibling("Probe", "muster_vz")
    (False, False)
    """
    parts, others = (_significant(text) for text in (name, other))
    is_of_class = not _CLASSES.isdisjoint(parts ^ others)
    has_other_words = bool(parts - others) and bool(others - parts)
    return has_common_word(name, other) and (is_of_class or has_other_words)


def _significant(name: str) -> set[str]:
    """Return the words of a name; single letters only if it is one: ``s_a`` is a legal form."""
    every = {*words(variants(name)[0])} - LEGAL_FORMS
    letters = {word for word in every if len(word) == 1}
    return every if len(letters) == 1 else every - letters


def _titles(page: Page) -> list[str]:
    """Return the names in the page's titles: that in "Muster Kursziele" is Muster."""
    printed = (text_of(page.css("h1")), text_of(page.css("title")))
    matches = map(_SUBJECT.fullmatch, printed)
    return [match["name"] for match in matches if match]
