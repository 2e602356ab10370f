"""Identifiers: ISIN, WKN, the site's numbers of studies, reporting periods."""

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

from stdnum import isin as stdnum_isin
from stdnum.de import wkn as stdnum_wkn
from stdnum.exceptions import ValidationError

from finnews.bounds import ADDRESS, kept

_ANALYSIS_PATH = re.compile(r"/analyse/(?:[^/]*_)?(\d+)/?", re.ASCII)
_PERIOD = re.compile(r"(?:Q[1-4]|H[12]|FY) \d{4}", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)


@kept(maxsize=64)  # a page prints a share's in several places
def isin(value: str) -> str | None:
    """Return the ISIN if its check digit is valid.

    >>> isin(" us88160r1014 "), isin("US88160R1015")
    ('US88160R1014', None)
    """
    try:
        return str(stdnum_isin.validate(value.strip().upper()))
    except ValidationError:
        return None


def wkn(value: str) -> str | None:
    """Return the WKN, a German securities number, if its form is valid; it has no check digit.

    >>> wkn("a1cx3t"), wkn("716460"), wkn("TSLA")
    ('A1CX3T', '716460', None)
    """
    try:
        return str(stdnum_wkn.validate(value.strip().upper()))
    except ValidationError:
        return None


def wkn_of_isin(value: str) -> str | None:
    """Return the WKN that a German ISIN contains; other ISINs contain none.

    >>> wkn_of_isin("DE0007164600"), wkn_of_isin("US88160R1014")
    ('716460', None)
    """
    return wkn(value[5:11]) if value.startswith("DE000") else None


def isin_of_link(href: str) -> str | None:
    """Return the ISIN in the link "Aktie kaufen", the only ISIN on some pages.

    >>> isin_of_link("https://g.finanzen.net/zero?isin=FR0000125007")
    'FR0000125007'
    >>> isin_of_link("/zero?isin=FR0000125007&isin=US88160R1014") is None
    True
    """
    if "isin=" not in href:
        return None
    isins = set(map(isin, parse_qs(_parts(href).query).get("isin", [])))
    return isins.pop() if len(isins) == 1 else None


def analysis_id(href: str) -> str | None:
    """Return the id of the analysis that a link leads to.

    >>> analysis_id("/analyse/muster_ag_buy-beispiel_bank_1096443"), analysis_id("/analysen?p=2")
    ('1096443', None)
    """
    match = _ANALYSIS_PATH.fullmatch(_parts(href).path)
    return match[1] if match else None


def digits(value: str) -> str | None:
    """Return the text if it is digits alone, as an id of the site is.

    >>> digits(" 1096443 "), digits("/analyse/muster")
    ('1096443', None)
    """
    match = _DIGITS.fullmatch(value.strip())
    return match[0] if match else None


def period(value: str) -> str | None:
    """Return a company's reporting period; half years are expected, but were not seen (2026-08).

    >>> period("Q3 2026"), period("FY 2025"), period("demnächst")
    ('Q3 2026', 'FY 2025', None)
    """
    match = _PERIOD.fullmatch(value.strip())
    return match[0] if match else None


def _parts(href: str) -> SplitResult:
    try:
        return urlsplit(href.strip() if len(href) <= ADDRESS else "")
    except ValueError:
        return urlsplit("")
