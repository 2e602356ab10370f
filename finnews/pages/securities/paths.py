"""Patterns of the paths of securities' pages, on one exchange too.

They have the group ``exchange``; that they are no wider than need be, `instrument_path` sees to.
"""

import re

from finnews.instrument_words import PARTS_OF_PAGES


def path_with_isin(roof: str) -> str:
    """Return a pattern of the paths of ETFs or funds: ``…-<isin>/xetra``.

    >>> match = re.fullmatch(path_with_isin("etf"), "/etf/muster-ie00bmustr14/l&s")
    >>> match["page"], match["isin"], match["exchange"]
    ('muster-ie00bmustr14', 'ie00bmustr14', 'l&s')
    >>> re.fullmatch(path_with_isin("etf"), "/etf/muster-ie00bmustr14/chart") is None
    True
    """
    others = "|".join(sorted(map(re.escape, PARTS_OF_PAGES)))
    isin = r"(?P<isin>[A-Za-z]{2}[A-Za-z0-9]{9}\d)"
    exchange = rf"(?!(?:{others})$)(?P<exchange>[^/]+)"
    return rf"/{roof}/(?P<page>(?:[^/]+-)?{isin})(?:/{exchange})?"


def path_below(roof: str) -> str:
    """Return a pattern of what can be a page below a roof: ``…@stBoerse_XETRA``, as of shares.

    >>> re.fullmatch(path_below("index"), "/index/dax@stBoerse_XETRA")["exchange"]
    'XETRA'
    >>> re.fullmatch(path_below("index"), "/index/dax/marktberichte") is None
    True
    """
    return rf"/{roof}/[^/@]+(?:@stBoerse_(?P<exchange>[^/@]+))?/?"
