"""What advertises: by the words of a line or a name, by the links, by the classes of an element."""

import re
from typing import Final

CLASSES: Final = frozenset({"ad-container", "page-content__ad", "native-content-ad-container"})
"""The classes of the site's containers of advertising"""

_MARK = re.compile(r"\b(?:Anzeige|Werbung)\b")
_ADVERTISING_LINE = re.compile(
    r"\W*(?:anzeigen?|a n z e i g e|werbung|w e r b u n g|advertisement|advertorial|sponsored)\W*",
    re.IGNORECASE,
)
_ADVERTISED = re.compile(
    r"finanzen\.net ZERO|zzgl\. Spreads|Hebelprodukte|Knock-?outs?\b|Neukunden|Depot eröffnen"
    r"|^(?>.*?\bJetzt\b).*\b(?:handeln|sichern|eröffnen|anmelden|informieren|testen|kaufen)\b",
    re.IGNORECASE | re.MULTILINE,
)
_OF_SITE = re.compile(r"finanzen\.net ZERO|zzgl\. Spreads", re.IGNORECASE)
_ADVERTISER = "//g.finanzen.net/"


def is_advertising(text: str, hrefs: list[str]) -> bool:
    """Return whether a paragraph below the label of advertising advertises."""
    return bool(_ADVERTISED.search(text)) or any(_ADVERTISER in href for href in hrefs)


def advertises_site(text: str, hrefs: list[str]) -> bool:
    """Return whether a paragraph advertises for the site's broker, or leads to an advertiser."""
    return bool(_OF_SITE.search(text)) or any(_ADVERTISER in href for href in hrefs)


def is_advertising_line(text: str) -> bool:
    """Return whether a line says that advertising follows: ``- Anzeige -``."""
    return bool(_ADVERTISING_LINE.fullmatch(text))


def is_marked_advertising(name: str) -> bool:
    """Return whether a name says of itself that it is advertising.

    >>> is_marked_advertising("Muster Depot (Anzeige)"), is_marked_advertising("Muster AG")
    (True, False)
    """
    return bool(_MARK.search(name))
