"""The ways in which addresses of the site may spell a name: "Rück & Co." as ``rueck__co_``.

Other signs are underscores there, and ``&`` is nothing (seen 2026-08). An umlaut was not seen in an
address of a study: it may be two letters, one, or none.
"""

import re
from unicodedata import combining, normalize

from finnews.bounds import kept
from finnews.pages.parts.shares import LEGAL_FORMS, has_common_word, words

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_UMLAUTS = "äöüÄÖÜ"
_TWO_LETTERS = str.maketrans({"ß": "ss", "ø": "oe", "Ø": "Oe", "æ": "ae", "Æ": "Ae", "ł": "l"})
_ONE_LETTER = str.maketrans({"ß": "s", "ø": "o", "Ø": "O", "æ": "a", "Æ": "A", "ł": "l"})


def variants(name: str) -> list[str]:
    """Return a name without accents, with its umlauts in each way, each once.

    >>> variants("Crédit Rück"), variants("Muster")
    (['Credit Rück', 'Credit Ruck', 'Crdit Rck'], ['Muster'])
    """
    if name.isascii():
        return [name]
    with_two, with_one = name.translate(_TWO_LETTERS), name.translate(_ONE_LETTER)
    plain = _NOT_ASCII.sub(_without_accent, with_two)
    return list(dict.fromkeys((plain, _without_marks(with_one), _NOT_ASCII.sub("", name))))


@kept(maxsize=4096)
def spellings(name: str) -> frozenset[str]:
    """Return the letters of a name in every spelling, with and without its legal forms.

    >>> sorted(spellings("Söhne AG"))
    ['shne', 'shneag', 'soehne', 'soehneag', 'sohne', 'sohneag']
    """
    opened = name.replace("(", " ").replace(")", " ")
    ways = [words(way) for way in variants(opened)]
    cores = ((part, _core(part)) for part in ways)
    return frozenset("".join(parts) for both in cores for parts in both) - {""}


def is_spelled_alike(name: str, other: str) -> bool:
    """Return whether two names may be one, of which an address spells one in its own way.

    >>> is_spelled_alike("Müller S.A.", "m_ller_s_a_"), is_spelled_alike("Muster", "muster_vz")
    (True, False)
    """
    return not spellings(name).isdisjoint(spellings(other))


def may_be_named(address: str, name: str) -> bool:
    """Return whether an address has a word of a name, or begins with its letters.

    >>> may_be_named("m_ller_buy", "Müller AG"), may_be_named("probe_buy", "Müller AG")
    (True, False)
    """
    starts = tuple(spellings(name))
    is_start = any(text.startswith(starts) for text in spellings(address))
    return is_start or any(has_common_word(way, address) for way in variants(name))


def _core(name: tuple[str, ...]) -> tuple[str, ...]:
    return name[:1] + tuple(word for word in name[1:] if word not in LEGAL_FORMS)


def _without_accent(letter: re.Match[str]) -> str:
    return letter[0] if letter[0] in _UMLAUTS else _without_marks(letter[0])


def _without_marks(text: str) -> str:
    return "".join(sign for sign in normalize("NFKD", text) if not combining(sign))
