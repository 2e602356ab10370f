"""Names of securities in links: "Muster AG" is one; "hier", "Zum Kurs", "Muster kaufen" are none.

A link in a sentence has any words. They are a name if each of them is in the page's name in paths
or is one that names of securities have.
"""

import re
from typing import Final

from finnews.instrument_paths import UMLAUTS
from finnews.instrument_words import word_set
from finnews.items import folded

_WORDS_OF_LINKS: Final = word_set(
    """
    aktie aktien alle analyse analysen anleihe artikel aufrufen bestellen börse chart charts details
    depot detail diese dieser dieses erfahren fonds handeln hier info informationen infos jetzt kauf
    kaufen klick klicken klicke kurs kurse kursseite lesen link mehr nachricht nachrichten neu news
    papier papiere profil realtime seite sie übersicht und verkaufen watchlist weiter weiterlesen
    weitere wertpapier werbung anzeige zu zum zur zertifikat zertifikate
    """
)
_WORDS_OF_NAMES: Final = word_set(
    """
    ab acc ads adr adrs ag asa bv class co companies company corp corporation dist ebt etc etf etfs
    eur fonds gmbh group gruppe hold holding holdings inc index indizes international kg kgaa
    limited llc ltd nv oyj plc sa sab sarl se spa st stämme ucits us usd vz vorzüge
    """
)
_CURRENCIES: Final = word_set("dollar euro eurokurs us")
_SHARE = re.compile(r"[- ]Aktien?$")
_PAIR = re.compile(r"[A-Z0-9]{2,6}/[A-Z]{3} \(([^()]+)\)")  # ``BTC/EUR (Bitcoin-Euro)``
_FORMER = re.compile(r"\([^()]*\)")
_DOTS = re.compile(r"(?<=\b\w)\.|\.$")
_NOT_LETTERS = re.compile(r"[\W_]+")


def name_of_link(text: str, page: str) -> str | None:
    """Return the name in the text of a link to a security; ``None`` if it is other words.

    >>> name_of_link("Muster (ex Probe)", "muster"), name_of_link("Öl", "oelpreis")
    ('Muster (ex Probe)', 'Öl')
    >>> name_of_link("Tesla-Aktie", "tesla"), name_of_link("Tesla-Chef", "tesla")
    ('Tesla', None)
    """
    name = _SHARE.sub("", text.strip())
    pair = _PAIR.fullmatch(name)
    printed = _words(pair[1] if pair else _FORMER.sub(" ", name))
    of_page = set(_words(page))
    common = [word for word in printed if _is_of(word, of_page)]
    is_currency = "dollarkurs" in of_page and _CURRENCIES.issuperset(printed)
    is_named = (common and _WORDS_OF_NAMES.issuperset(set(printed) - set(common))) or is_currency
    return name if name and is_named else None


def is_name(text: str) -> bool:
    """Return whether a text that stands where a name belongs can be one, and is not a link's words.

    >>> is_name("USDT/EUR (Tether-Euro)"), is_name("Zum Kurs"), is_name("")
    (True, False, False)
    """
    printed = _NOT_LETTERS.sub(" ", text).lower().split()
    return bool(printed) and not _WORDS_OF_LINKS.issuperset(printed)


def _words(text: str) -> list[str]:
    """Return the words of a name as paths spell them: ``S.A.`` is ``sa``, ``Öl`` is ``oel``."""
    plain = _DOTS.sub("", text).lower().translate(UMLAUTS)
    return _NOT_LETTERS.sub(" ", folded(plain)).split()


def _is_of(word: str, page: set[str]) -> bool:
    return word in page or not page.isdisjoint((f"{word}preis", f"{word}kurs"))
