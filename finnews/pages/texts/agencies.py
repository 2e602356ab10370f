"""The names of news agencies and newspapers as texts print them, as regular expressions."""

from typing import Final

_AGENCIES: Final = (
    r"dpa(?:[-/]?AFX|-infocom)?(?: [A-ZÄÖÜ]\w+)?",
    r"dpa \(AFX\)|dpa/[a-z]{2,4}",  # dpa/lnw, its service for a region
    r"AFX|(?:Agence France-Presse|AFP)(?:[- ]?[A-Z]\w+)?",
    r"Dow Jones(?: Newswires)?|DJ(?: Newswires)?",
    r"(?:Thomson )?Reuters",
    r"APA(?:-[A-Z]\w+)?|Associated Press|AP",
    r"awp(?: [a-z]+)?|(?:Keystone-)?SDA|(?:na-)?ots",
    r"EQS(?:[- ](?:News|Group|Adhoc|Ad-hoc))?|DGAP(?:-[A-Z][\w-]+)?",
    r"pt[ae](?:-?[a-z]+)?\d*(?:/[\d.:]+){0,2}(?: UTC[+-]\d)?|pressetext(?:\.[a-z]+)?",
    r"PR ?Newswire|Business ?Wire|Globe ?Newswire|Accesswire|Newsfile(?: Corp\.?)?|IRW-Press",
    r"news aktuell|Bloomberg(?: News)?|MT Newswires|RTTNews|aktiencheck\.de",
    r"dts(?: Nachrichtenagentur)?|epd|KNA|SID|MBI|baha(?: news)?",
    r"PA Media|Alliance News|MarketWatch|Anadolu|Yonhap|Nikkei|Belga|Agefi|PTI",
    r"ANSA|TASS|Interfax|Xinhua|Kyodo|Jiji|Efe|Ritzau|TT|NTB",
)
_PAPERS: Final = (
    r"[€E]uro am Sonntag|BÖRSE ONLINE|Börse Online|[Dd]er Aktionär|DER AKTIONÄR|Effecten-Spiegel",
    r"Handelsblatt|WirtschaftsWoche|[Mm]anager [Mm]agazin|Der Spiegel|Frankfurter Allgemeine",
    r"F\.?A\.?Z\.?|Süddeutsche Zeitung|Die Welt|Welt am Sonntag|Die Zeit|Der Tagesspiegel",
    r"(?:[A-ZÄÖÜ€][\w-]* ){1,2}(?:am Sonntag|Zeitung|Allgemeine|Rundschau|Tageblatt|Magazin)",
    r"Finanz und Wirtschaft|NZZ|Neue Zürcher Zeitung|Der Standard|Die Presse|Kurier|n-tv|ntv",
)

AGENCY: Final = rf"(?i:{'|'.join(_AGENCIES)})"
"""An agency; its case does not matter: ``REUTERS``."""

_SOURCE: Final = rf"(?:{AGENCY}|{'|'.join(_PAPERS)})"

SOURCES: Final = rf"{_SOURCE}(?:(?: ?[/,+&] ?| und ){_SOURCE}){{0,4}}"
"""Agencies and newspapers, five at most: ``APA/dpa-AFX``, ``dpa-AFX und Reuters``."""
