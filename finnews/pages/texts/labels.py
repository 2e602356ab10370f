"""The words over boxes, advertising and links in a text, and the lines that are no text of it."""

import re

from finnews.items import folded
from finnews.pages.texts.advertising import is_advertising_line

_CERTIFICATES = "Ausgewählte Hebelprodukte auf "
OWN_INTEREST = "in eigener sache"
_OF_ADVERTISING = frozenset(
    {"anzeige", "anzeigen", "werbung", "advertorial", "sponsored", "sponsored post", "gesponsert"}
    | {"promotion", "partnerangebot", "sponsored content", "bezahlte anzeige", "werbehinweis"}
)
_RELATED = frozenset(
    {"lesen sie auch", "lesen sie dazu auch", "lesen sie mehr", "lesen sie hierzu auch"}
    | {"lies auch", "auch interessant", "auch lesenswert", "mehr zum thema", "passend dazu"}
    | {"das könnte sie auch interessieren", "das könnte dich auch interessieren", "siehe auch"}
    | {"weitere news", "weitere nachrichten", "weitere meldungen", "weitere artikel"}
    | {"verwandte artikel", "ähnliche artikel", "meistgelesen", "meistgelesene artikel"}
    | {"lesetipp", "lesetipps", "empfehlungen der redaktion", "mehr dazu", "mehr lesen"}
)
OTHER_BOXES = frozenset(
    {"newsletter", "unser newsletter", "newsletter abonnieren", "newsletter anmeldung"}
    | {"umfrage", "abstimmung", "jetzt abstimmen", "ihre meinung"}
)
"""The labels of newsletters and polls"""

SUBJECTS = frozenset({"werbung", "anzeigen", "promotion"}) | OTHER_BOXES
"""Labels that a text can be about, too"""

_OF_BOXES = _OF_ADVERTISING | _RELATED | OTHER_BOXES | {OWN_INTEREST}
_MAX_LABEL = 40  # letters
_LABELLED = re.compile(
    r"(?:Bezahlte )?(?:Anzeige|Advertorial|Werbehinweis): ?\S"
    r"|(?:Lesen Sie|Lies)(?: dazu| hierzu)? auch: ?\S|Mehr zum Thema: ?\S|Lesetipps?: ?\S",
    re.IGNORECASE,
)
_CREDIT = (
    r"Bild(?:quelle|nachweis|rechte|credit)n?: "
    r"(?:[^.!?\n]|[.!?](?=[\w,/])|(?<=\b[A-ZÄÖÜ])\.){1,200}\.?"
    r"|(?:Bild|Fotos?|Fotocredit|Grafik): (?:(?:[^.!?\n]|\.(?=\w)|(?<=\b[A-ZÄÖÜ])\.){0,80}"
    r"(?:/|©|\b(?:dpa|Getty|Shutterstock|imago|iStock|Adobe|Pixabay|Unsplash|Reuters|AFP)\b)"
    r"(?:[^.!?\n]|\.(?=\w)|(?<=\b[A-ZÄÖÜ])\.){0,79}|[A-ZÄÖÜ][\w.-]*(?: (?:[A-ZÄÖÜ&][\w.-]*)){0,3})"
    r"|© [^\d.!?\n]{1,60} / [^\d.!?\n]{1,60}"
)
_BROWSER = (
    r"(?:Ihr|Dein|Der) Browser (?:unterstützt|kann|spielt) [^.\n]{1,100}\.?"
    r"|Bitte aktivieren Sie JavaScript[^.\n]{0,60}\.?"
)
_NOISE = re.compile(rf"{_CREDIT}|{_BROWSER}")
_CALL = re.compile(
    r"(?:Zu[rm]?|Mehr|Weiter|Weiterlesen|Hier|Jetzt|Lesen|Alle|Direkt|Zurück|Seite|Nächste|Link)\b.*"
    r"|.*\b(?:lesen|ansehen|anmelden|abonnieren|handeln|kaufen|vergleichen|informieren|hier)\W*",
)
_WALL = re.compile(
    r"(?:(?:Jetzt|Hier|Sofort) )?[Ww]eiterlesen\b.{0,80}"
    r"|(?:Lesen Sie |Lies )?(?:[Dd]en|[Dd]iesen) (?:ganzen|vollständigen|kompletten|gesamten) "
    r"(?:Artikel|Beitrag|Text)\b.{0,80}"
    r"|Mit .{2,30} (?:weiterlesen|lesen)\W*"
    r"|(?:Exklusiv|Nur|Ausschließlich) für (?:\w+ )?(?:Premium|Plus|Abo|[Rr]egistrierte)\S*.{0,30}"
    r"|Der (?:ganze|vollständige|komplette|gesamte) (?:Artikel|Beitrag|Text) (?:ist|steht) nur "
    r".{0,80}"
    r"|(?:Jetzt )?(?:kostenlos )?[Rr]egistrieren(?: Sie sich)?(?: kostenlos)?\W*"
    r"|(?:Zum|Zur) (?:ganzen|vollständigen|kompletten) \w+.{0,60}"
    r"|Dieser (?:Artikel|Beitrag|Inhalt) ist (?:(?:nur|exklusiv|ausschließlich) (?:für|mit|im|in)\b"
    r".{0,80}|kostenpflichtig\W*|Teil .{0,40}\b(?:Plus|Premium|Abos?|Abonnements?)\b.{0,20})"
    r"|(?:Jetzt|Bitte|Registrieren|Anmelden|Einloggen|Abo)\b[^.\n]{0,60}\b(?:weiterlesen|weiterzulesen)\W*"
    r"|(?:Sie haben|Du hast|Schon|Bereits|Noch kein)\b.{0,20}\b(?:Abo|Abonnent|Konto)\b(?!-)"
    r".{0,30}(?:\?.{0,80}|(?:[Aa]nmelden|[Ee]inloggen|[Ll]ogin)\W*)"
)
_CONTINUATION = re.compile(r"(?:[Hh]ier |[Jj]etzt )?(?:[Ww]eiterlesen|[Ww]eiter lesen)\W*")


def is_label(text: str, labels: frozenset[str] = _OF_BOXES) -> bool:
    """Return whether a text is the label of a box.

    >>> is_label("Lesen Sie auch:"), is_label("In eigener Sache"), is_label("Ausblick")
    (True, True, False)
    """
    return len(text) <= _MAX_LABEL and folded(text) in labels


def is_own_interest(text: str) -> bool:
    """Return whether a text is the label of the publisher's own advertising.

    That of certificates on a share has its name: ``Ausgewählte Hebelprodukte auf Muster AG``.
    """
    return is_label(text, frozenset({OWN_INTEREST})) or text.startswith(_CERTIFICATES)


def is_related(text: str) -> bool:
    """Return whether a text is the label of links to other articles."""
    return is_label(text, _RELATED)


def has_label(text: str) -> bool:
    """Return whether a line begins with the label of advertising or of another article.

    >>> has_label("Anzeige: Handeln Sie jetzt"), has_label("Auch interessant: Der Umsatz stieg.")
    (True, False)
    """
    return bool(_LABELLED.match(text))


def is_call(text: str) -> bool:
    """Return whether the words of a link only ask to follow it.

    >>> is_call("Zur Nachricht"), is_call("Muster Welt ETF")
    (True, False)
    """
    return bool(_CALL.fullmatch(text))


def is_wall(text: str) -> bool:
    """Return whether a line says that the text goes on elsewhere, or for subscribers.

    >>> is_wall("Jetzt weiterlesen mit finanzen.net Plus"), is_wall("Weiter steigen die Kurse.")
    (True, False)
    """
    return bool(_WALL.fullmatch(text))


def is_continuation(text: str) -> bool:
    """Return whether the words of a link behind a text lead to the rest of it.

    >>> is_continuation("weiterlesen"), is_continuation("Muster AG")
    (True, False)
    """
    return bool(_CONTINUATION.fullmatch(text))


def is_noise(text: str, site_name: str) -> bool:
    """Return whether a line is advertising, an image credit, or the title of the HTML page.

    >>> is_noise("- Anzeige -", "finanzen.net"), is_noise("Foto: Die Kamera wächst", "finanzen.net")
    (True, False)
    """
    return (
        is_advertising_line(text)
        or text.endswith(f" | {site_name}")
        or bool(_NOISE.fullmatch(text))
    )


def without_noise(text: str, site_name: str) -> str:
    """Return the lines of a text without those that are noise.

    >>> without_noise("Bildquelle: Muster\\nDer DAX steigt.", "finanzen.net")
    'Der DAX steigt.'
    """
    return "\n".join(line for line in text.split("\n") if not is_noise(line, site_name))
