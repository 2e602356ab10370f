"""Headlines: without the name of the site, and compared although one may be cut."""

import re
from collections.abc import Iterable

from parsel import Selector

from finnews.items import folded
from finnews.pages.visible import text_of
from finnews.processors.texts import without_parts

_ELLIPSIS = re.compile(r"(?:…|\.\.\.)$")
_BADGE = re.compile(r"(?:^|[\s_-])(?:badge|label|kicker|tag|icon)(?:$|[\s_-])")
_CUT = 90  # letters; a headline may be cut at 110 characters
_LONGEST = 107


def agree(headline: str | None, other: str | None) -> bool:
    """Return whether two headlines are one, although one of them may be cut.

    >>> agree("Muster AG hebt …", "Muster AG hebt die Prognose"), agree("Muster AG", "Probe AG")
    (True, False)
    """
    if not headline or not other:
        return False
    first, second = folded(headline), folded(other)
    if first == second:
        return True
    shorter, longer = sorted((headline, other), key=lambda text: len(folded(text)))
    is_cut = bool(_ELLIPSIS.search(shorter)) or len(shorter) >= _CUT
    return is_cut and folded(longer).startswith(folded(shorter))


def headline_in(heading: Selector, site_name: str) -> str:
    """Return the text of a heading without badges in it, such as "EIL", and the site's name."""
    parts = heading.root.iter("span", "em", "small", "i", "b")
    badges = [text_of(part) for part in parts if _BADGE.search(part.get("class", ""))]
    text = " ".join(without_parts(text_of(heading), badges).split())
    return without_site_name(text, site_name)


def without_site_name(headline: str, site_name: str) -> str:
    """Return a headline without the name of the site, as it stands in titles of pages.

    >>> without_site_name("Muster AG hebt die Prognose | finanzen.net", "finanzen.net")
    'Muster AG hebt die Prognose'
    """
    head = headline.rstrip().removesuffix(site_name).rstrip()
    is_named = headline.rstrip().endswith(site_name) and head.endswith(("|", "–", "-"))
    return head[:-1].rstrip() if is_named else headline


def is_cut(headline: str) -> bool:
    """Return whether a headline for machines may be cut, as those of 110 characters are.

    >>> is_cut("Muster AG hebt …"), is_cut("Muster AG hebt die Prognose")
    (True, False)
    """
    return ends_cut(headline) or len(headline) >= _LONGEST


def ends_cut(headline: str) -> bool:
    """Return whether a headline ends in an ellipsis."""
    return bool(_ELLIPSIS.search(headline))


def whole(headline: str, others: Iterable[str]) -> str:
    """Return a headline, or another that it is the beginning of.

    >>> whole("Muster AG hebt …", ["Muster AG hebt die Prognose"])
    'Muster AG hebt die Prognose'
    """
    if not ends_cut(headline):
        return headline
    longer = (other for other in others if agree(headline, other) and not ends_cut(other))
    return next(longer, headline)
