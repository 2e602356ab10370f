"""Headlines: without the name of the site, and compared although one may be cut."""

import re

from finnews.items import folded

_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)$")
_CUT = 90  # letters; a headline may be cut at 110 characters


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
