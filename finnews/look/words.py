"""What is searched for: words, "phrases", -excluded, prefix*; and when two words are the same."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from finnews.bounds import kept

WORD: Final = re.compile(r"[^\W_]+")

MOST_TERMS: Final = 32
"""Terms of a question that are heeded; the others are told."""

_TERM: Final = re.compile(r'(-?)(?:"([^"]*+)"?(\*?)|([^\s"]++))')
_SPELLINGS: Final = (("ß", "ss"), ("ä", "ae"), ("ö", "oe"), ("ü", "ue"))


@dataclass(frozen=True)
class Term:
    """One or several words in a row."""

    words: tuple[str, ...]
    is_prefix: bool = False
    """Whether the last word goes on."""

    is_excluded: bool = False

    def spellings(self) -> list[tuple[str, ...]]:
        """Return its words as they are, with ``ss`` for ``ß``, and with ``ae`` for ``ä``.

        >>> Term(("größe",)).spellings()
        [('größe',), ('grösse',), ('groesse',)]
        """
        with_double_s = tuple(word.replace("ß", "ss") for word in self.words)
        respelled = tuple(map(_respelled, self.words))
        return list(dict.fromkeys((self.words, with_double_s, respelled)))


def terms(question: str) -> tuple[Term, ...]:
    """Return what a question asks for; what is no word is nothing, whatever it is.

    >>> [(term.words, term.is_excluded) for term in terms('Über* -"SAP SE" AND S&P')]
    [(('über',), False), (('sap', 'se'), True), (('and',), False), (('s', 'p'), False)]
    """
    return tuple(dict.fromkeys(_terms(question)))


def _terms(question: str) -> Iterator[Term]:
    for minus, phrase, star, word in _TERM.findall(normal(question)):
        text = word or phrase
        if found := tuple(WORD.findall(text)):
            yield Term(found, bool(star) or word.endswith("*"), bool(minus))


def normal(text: str) -> str:
    """Return a text in small letters, each umlaut one character."""
    return unicodedata.normalize("NFC", text).lower()


@kept(maxsize=1 << 16)
def forms(word: str) -> frozenset[str]:
    """Return all by which a word, in small letters, is found.

    >>> sorted(forms("größe")), sorted(forms("café"))
    (['groesse', 'grosse', 'große'], ['cafe'])
    """
    if word.isascii():
        return frozenset((word,))
    return frozenset(_without_marks("".join(spelling)) for spelling in Term((word,)).spellings())


def is_found(word: str, wanted: Iterable[Term]) -> bool:
    """Return whether a word, in small letters, is one of those that are wanted."""
    found = forms(word)
    return any(_is(found, forms(other), is_prefix) for other, is_prefix in _single(wanted))


def respelled(text: str) -> str:
    """Return the other spellings of the words in a text, which is in small letters.

    >>> respelled("die größe wächst")
    'groesse waechst grösse'
    """
    words = sorted({word for word in WORD.findall(text) if not word.isascii()})
    with_sharp_s = [word for word in words if "ß" in word]
    return f"{_respelled(' '.join(words))} {' '.join(with_sharp_s).replace('ß', 'ss')}".strip()


def _single(wanted: Iterable[Term]) -> Iterator[tuple[str, bool]]:
    for term in wanted:
        yield from ((word, False) for word in term.words[:-1])
        yield term.words[-1], term.is_prefix


def _is(found: frozenset[str], wanted: frozenset[str], is_prefix: bool) -> bool:
    return bool(found & wanted) or (
        is_prefix and any(form.startswith(tuple(wanted)) for form in found)
    )


def _respelled(text: str) -> str:
    for letter, letters in _SPELLINGS:
        text = text.replace(letter, letters)
    return text


def _without_marks(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
