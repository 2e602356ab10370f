"""The names of persons in a line about authors; agencies and editorial offices are none."""

import re
from operator import or_

from finnews.pages.parts.shares import LEGAL_FORMS, words
from finnews.pages.texts.agencies import SOURCES

_PREFIX = re.compile(r"^(?:(?:[Vv]on|VON|[Bb]y|Autor(?:in|en)?:|Text:|Redaktion:)\s+)+")
_BETWEEN = re.compile(r" ?[,;/|&+] ?| (?:und|and|sowie) ")
_OF_PICTURES = re.compile(r"\((?:Fotos?|Bilde?r?|Grafik|Video|Illustration)\)")
_IN_BRACKETS = re.compile(r" ?\([^()]*\)$")
_WORD = r"(?:[^\W\d_][\w'’‘\-]*\.?)"
_PARTICLE = (
    r"(?:vom|von|van|de|der|den|dem|zu|zur|zum|da|di|do|dos|du|del|della|la|le|el|al|ten|ter)"
)
_NAME = re.compile(rf"(?:{_WORD} ){{1,4}}{_WORD}")
_CAPITALISED = re.compile(r"(?:[dDlLoO]['’])?[A-ZÀ-ÖØ-ÞĀ-ŽŁŚŠȘȚŻŽ]")
_PARTICLES = re.compile(_PARTICLE)
_HOUSE_WORDS = re.compile(
    r"\b(?:redaktion\w*|news\w*|nachrichten\w*|presse\w*|press|agentur|agency|verlag|medien|media"
    r"|magazin|zeitung|online|tv|team|desk|staff|editor\w*|gmbh|ag|se|kg|inc|ltd|llc|corp|bank"
    r"|börse\w*|finanz\w*|finance|capital|research|invest\w*|trading|markets?|group|gruppe|broker"
    r"|analysten|experten|institut|verband|service\w*|dienst|deutschland|schweiz)\b",
    re.IGNORECASE,
)
_MAYBE_HOUSE = re.compile(
    r"\b(?:soci[ée]t[ée]|g[ée]n[ée]rale|bnp|paribas|hsbc|ubs|ing|dws|dz|lbbw|citi\w*|barclays|nomura"
    r"|jefferies|berenberg|vontobel|deka|dekabank|commerzbank|motley|fool|fidelity"
    r"|morgan stanley|goldman sachs|credit suisse|deutsche|wells fargo|raymond james|piper sandler"
    r"|oddo|kepler cheuvreux|merrill lynch|zertifikate|boerse\w*|daily|stock|world"
    r"|extern\w*|gast|gastautor\w*|autor\w*|redakteur\w*|kolumnist\w*|journalist\w*|reporter\w*|chef"
    r"|chefredakteur\w*|chefanalyst\w*"
    r"|julius b(?:ä|ae)r|sarasin|pictet|rothschild|lazard|stifel|metzler|baader|warburg|edison"
    r"|exane|santander|unicredit|rabobank|comdirect|consors\w*|tradegate|blackrock|vanguard"
    r"|stiftung|warentest|chatgpt|ki|ai|bot|new york|hong kong|los angeles|san francisco|tel aviv"
    r"|bad homburg|são paulo|sao paulo|abu dhabi"
    r"|künstliche\w*|intelligenz|nicht|genannt|unbekannt\w*|anonym\w*|admin\w*|unser\w*|anzeige"
    r"|werbung|sponsored|partner|analyst\w*|experte\w*|kundenservice)\b",
    re.IGNORECASE,
)
_OF_ADDRESSES = re.compile(r"@|https?:|www\.", re.IGNORECASE)
_ADDRESS = re.compile(r"@|https?:|www\.|\w\.[a-z]{2,}\b", re.IGNORECASE)
_SOURCES = re.compile(SOURCES)


def names_in(printed: str) -> list[str]:
    """Return the names in a line about authors, persons or not, without addresses.

    >>> names_in("Von Erika Beispiel und Max Muster (dpa-AFX), dpa-AFX")
    ['Erika Beispiel', 'Max Muster', 'dpa-AFX']
    """
    parts = (part for part in printed.split() if not _OF_ADDRESSES.search(part))
    line = _PREFIX.sub("", " ".join(parts), count=1)
    written = (part for part in _BETWEEN.split(line) if not _OF_PICTURES.search(part))
    names = (_IN_BRACKETS.sub("", part).strip() for part in written)
    return [name for name in names if name]


def persons(printed: str) -> list[str]:
    """Return the names of persons in a line about authors.

    >>> persons("Von Erika Beispiel, Max Muster"), persons("Redaktion finanzen.net / dpa-AFX")
    (['Erika Beispiel', 'Max Muster'], [])
    """
    return [name for name in names_in(printed) if is_person(name)]


def is_person(name: str) -> bool:
    """Return whether a name is that of a person, with at least a first and a last name.

    >>> is_person("Jean-Paul von der Muster"), is_person("Dow Jones"), is_person("Muster Media")
    (True, False, False)
    """
    if is_house(name) or _may_be_house(name) or not _NAME.fullmatch(name):
        return False
    parts = name.split()
    are_names = [_CAPITALISED.match(part) is not None for part in parts]
    are_particles = (_PARTICLES.fullmatch(part) is not None for part in parts)
    return are_names[-1] and all(map(or_, are_names, are_particles))


def _may_be_house(name: str) -> bool:
    """Return whether a name may be that of a bank or a role: ``Morgan Stanley``, ``Gast Autor``."""
    return bool(_MAYBE_HOUSE.search(name)) or not LEGAL_FORMS.isdisjoint(words(name))


def is_house(name: str) -> bool:
    """Return whether a name is that of an agency, an editorial office or a firm, or an address.

    >>> is_house("dpa-AFX"), is_house("https://www.finanzen.net/autor/eb"), is_house("Ada Muster")
    (True, True, False)
    """
    return bool(_SOURCES.fullmatch(name) or _HOUSE_WORDS.search(name) or _ADDRESS.search(name))
