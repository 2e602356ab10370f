"""Whether a certificate's page says that it has expired: ``Dieses Produkt ist abgelaufen.``

Such a page was not seen (2026-11); a price that it still prints is an old one.
"""

import re
from collections.abc import Iterator

from lxml.etree import _Element, iterwalk

from finnews.bounds import TITLE
from finnews.items import folded
from finnews.pages.securities.snapshot import VALUES, Snapshot
from finnews.pages.visible import SEPARATE, text_of
from finnews.processors import line

_INSTEAD_OF_PRICE = frozenset(
    {"abgelaufen", "ausgelaufen", "ausgeknockt", "fällig", "verfallen"}
    | {"knock out", "knockout", "knocked out"}
)
_KNOCK_OUT = r"knock-?out(?:-ereignis)?:? (?:erreicht|eingetreten|ausgelöst|erfolgt|am)"
_OF_BARRIER = (
    r"knock-?out-(?:schwelle|barriere) (?:wurde |ist )?"
    r"(?:erreicht|verletzt|berührt|unterschritten|überschritten)"
)
_STATEMENT = re.compile(
    r"\b(?:abgelaufen|ausgelaufen|ausgeknockt|verfallen|knocked out|fällig geworden"
    r"|(?:bereits|wurde|war)(?: am [\d.]++)? fällig|status:? (?:fällig|knock-?out)"
    rf"|{_KNOCK_OUT}|{_OF_BARRIER})\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:nicht|noch|wenn|falls|sobald|wird|werden|kann|können)\b", re.IGNORECASE
)
_SENTENCES = re.compile(r"[.!?] ")
_APART = frozenset({"a", "h1", "table", "script", "style", "template"})
"""Elements whose words are not about the certificate's state: links, its name, tables"""


def expiry(snapshot: Snapshot) -> str | None:
    """Return the words that say so, beside the snapshot or where its price stood."""
    values = [part for values in snapshot.parts(VALUES) for part in values.iterdescendants("*")]
    texts = (text_of(part) for part in values)
    instead = next((text for text in texts if folded(text) in _INSTEAD_OF_PRICE), None)
    section = _section(snapshot.heading)
    if instead or section is None:
        return instead
    sentences = (part for text in _lines(section) for part in _SENTENCES.split(text))
    return next(filter(_says_so, sentences), None)


def _says_so(sentence: str) -> bool:
    """Return whether a sentence says that something has expired.

    >>> _says_so("Das Produkt ist am 18.11.2026 abgelaufen"), _says_so("noch nicht abgelaufen")
    (True, False)
    >>> _says_so("Knock-out erreicht"), _says_so("Knock-Out Optionsschein"), _says_so("fällig am")
    (True, False, False)
    """
    is_short = len(sentence) <= TITLE
    return is_short and bool(_STATEMENT.search(sentence)) and not _NOT_YET.search(sentence)


def _section(heading: _Element | None) -> _Element | None:
    """Return the section of the page that the headline stands in, or what is around it."""
    if heading is None:
        return None
    sections = (around for around in heading.iterancestors() if around.tag == "section")
    return next(sections, heading.getparent())


def _lines(part: _Element) -> Iterator[str]:
    """Yield the texts of the blocks in an element."""
    walker = iterwalk(part, events=("start", "end", "comment", "pi"))
    text = ""
    for event, element in walker:
        if element.tag in SEPARATE:
            yield line(text)
            text = ""
        if event == "start" and element.tag in _APART:
            walker.skip_subtree()
        elif event == "start":
            text += element.text or ""
        elif element is not part:
            text += element.tail or ""
    yield line(text)
