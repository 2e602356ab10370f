"""The title of a study: the share's name and the firm's rating, "Saint-Gobain Equal Weight".

Nothing separates the two. The rating is the longest known one at the end, and what stands before it
must be a name: not a negation, another rating, or a word that changes the rating's meaning.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from finnews.bounds import TITLE
from finnews.pages.base import Page
from finnews.pages.parts.shares import LEGAL_FORMS, is_any_share, words
from finnews.pages.ratings.title_words import FUNCTION_WORDS, MODIFIERS
from finnews.processors import line
from finnews.vocabulary import is_rating

_NOT_OF_A_NAME = re.compile(r"[?:;<>=|\u2190-\u21ff\u27a1\u2794]|->|\.{2}|…")
_LONGEST = 4  # words of a rating
_LONGEST_NAME = 30  # words
_IN_PARENTHESES = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Title(NamedTuple):
    """A study's title in its two parts: ``Title("Saint-Gobain", "Equal Weight")``."""

    name: str
    rating: str


def title(printed: str, names: Iterable[str] = ()) -> Title | None:
    """Return the parts of a title; ``None`` if they are not certain.

    `names` are known names of the share. Behind exactly one of them, an unknown word is the rating;
    a rating alone is one of that share.

    >>> title("Saint-Gobain Equal Weight"), title("Muster Long-Term Sell").rating
    (Title(name='Saint-Gobain', rating='Equal Weight'), 'Long-Term Sell')
    >>> title("Best Buy AG Hold", ["Best Buy"]), title("Muster Beobachtet", ["Muster"])
    (Title(name='Best Buy AG', rating='Hold'), Title(name='Muster', rating='Beobachtet'))
    >>> title("Muster nicht kaufen"), title("Muster Buy (zuvor: Hold)"), title("Muster Ultra Sell")
    (None, None, None)
    """
    names = list(names)
    text = line(printed).rstrip("* ")
    if len(text) > TITLE:
        return None
    if names and is_rating(text):
        return Title(names[0], text)
    splits = list(_splits(text))
    known = [split for split in splits if is_rating(split.rating)]
    of_the_share = next((split for split in known if is_any_share(split.name, names)), None)
    if of_the_share and _is_clean(of_the_share.name):
        return of_the_share
    if known:
        return known[0] if _is_a_name(known[0].name) else None
    last = next(reversed(splits), None)
    return last if last and _is_unknown_rating(last, names) else None


def title_with(printed: str, rating: str) -> Title | None:
    """Return the parts of a title that ends with a rating, which need not be a known one.

    >>> title_with("Muster meiden", "Meiden"), title_with("Muster nicht meiden", "meiden")
    (Title(name='Muster', rating='meiden'), None)
    """
    splits = _splits(line(printed) if len(printed) <= TITLE else "")
    match = next((split for split in splits if words(split.rating) == words(rating)), None)
    return match if match and not is_rating(rating) and _is_a_name(match.name) else None


def read_title(page: Page, printed: str, names: Iterable[str] = ()) -> Title | None:
    """Return the parts of a title; a title that is not read is counted, by what it has at its end.

    A known rating that may mean something else is a doubt, an unknown word is an unknown rating.
    """
    parts = title(printed, names)
    if parts is None and printed.strip():
        if len(printed) > TITLE:
            page.doubt("rating", "unreadable", printed)
        elif has_rating(printed):
            page.doubt("rating", "ambiguous", printed)
        else:
            page.stats.unknown("rating", printed)
    return parts


def has_rating(printed: str) -> bool:
    """Return whether a known rating is in a text, whatever it means there.

    >>> has_rating("Muster (zuvor: Equal Weight)"), has_rating("Muster meiden")
    (True, False)
    """
    parts = _WORD.findall(printed)
    starts = range(len(parts))
    return any(is_rating(" ".join(parts[at : at + n])) for at in starts for n in (1, 2, 3))


def starts_with_name(printed: str, names: Iterable[str]) -> bool:
    """Return whether a title that is not read begins with a name of the share.

    >>> starts_with_name("Muster nicht kaufen", ["Muster AG"])
    True
    >>> starts_with_name("Probe Muster meiden", ["Muster AG"])
    False
    """
    parts = line(printed).split()
    ends = range(1, min(len(parts), _LONGEST_NAME + 1))
    return any(is_any_share(" ".join(parts[:end]), names) for end in ends)


def is_plain_rating(printed: str) -> bool:
    """Return whether a text can be a single rating: a few words without negation.

    >>> is_plain_rating("Sector Perform"), is_plain_rating("nicht kaufen")
    (True, False)
    >>> is_plain_rating("Hold -> Buy"), is_plain_rating("Buy (zuvor: Hold)")
    (False, False)
    """
    parts = printed.split()
    is_of_words = 0 < len(parts) <= _LONGEST and all(map(_WORD.fullmatch, parts))
    return is_rating(printed) or (is_of_words and FUNCTION_WORDS.isdisjoint(words(printed)))


def _splits(printed: str) -> Iterator[Title]:
    """Yield the ways to cut a title between two words, the longest rating first."""
    parts = printed.split()
    for at in range(max(1, len(parts) - _LONGEST), len(parts)):
        yield Title(" ".join(parts[:at]), " ".join(parts[at:]))


def _is_a_name(name: str) -> bool:
    """Return whether a text before a rating is no part of the rating, nor tells of another."""
    parts = words(name)
    is_modified = not parts or parts[-1] in MODIFIERS
    return _is_clean(name) and not has_rating(name) and not is_modified


def _is_clean(name: str) -> bool:
    is_balanced = name.count("(") == name.count(")")
    return (
        is_balanced
        and not _NOT_OF_A_NAME.search(name)
        and FUNCTION_WORDS.isdisjoint(words(name))
        and not any(map(is_rating, _IN_PARENTHESES.findall(name)))
    )


def _is_unknown_rating(split: Title, names: Iterable[str]) -> bool:
    is_behind_name = words(split.name) in map(words, names)
    is_word = bool(_WORD.fullmatch(split.rating)) and len(split.rating) > len("Vz.")
    parts = words(split.rating)
    is_other = not (LEGAL_FORMS | FUNCTION_WORDS | MODIFIERS).isdisjoint(parts)
    return is_behind_name and is_word and not is_other and not any(map(is_rating, parts))
