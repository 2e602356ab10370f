"""The paths of the site that are pages of securities: ``/aktien/tesla-aktie``, ``/index/dax``.

Lists and tools stand under the same roofs: ``/etf/suche``, ``/devisen/realtime`` (2026-09).
"""

import re
from typing import Final, NamedTuple
from urllib.parse import parse_qs

from stdnum import isin as stdnum_isin
from stdnum.de import wkn as stdnum_wkn

from finnews.bounds import kept
from finnews.instrument_words import (
    COINS,
    COMMODITIES,
    CURRENCIES,
    INDICES,
    PARTS_OF_PAGES,
    TOOLS,
)
from finnews.items import Kind

KINDS: Final[dict[str, Kind]] = {
    "aktien": "stock",
    "index": "index",
    "devisen": "currency",
    "rohstoffe": "commodity",
    "fonds": "fund",
    "etf": "etf",
    "anleihen": "bond",
    "zertifikate": "certificate",
}
"""First segment of an instrument's path → kind of instrument; coins stand under ``devisen``"""

SHARES: Final = "aktien"
"""The section of shares"""

_PATHS: Final[dict[Kind, str]] = {
    **{kind: f"/{roof}/{{}}" for roof, kind in KINDS.items()},
    "stock": "/aktien/{}-aktie",
    "crypto": "/devisen/{}",
    "certificate": "/zertifikate/auf-/{}",
}

UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
"""Letters in lower case → how the site's paths spell them"""

_ISIN = re.compile(r"(?<![a-z0-9])[a-z]{2}[a-z0-9]{9}[0-9]$", re.IGNORECASE | re.ASCII)
_EXCHANGE = re.compile(r"@stBoerse_[^@]+")
_SEPARATORS = re.compile(r"[-_]")
_TYPE: Final = "type"  # in the query: ``/rohstoffe/oelpreis?type=Brent``
_OIL: Final = ("commodity", "oelpreis")
_OILS: Final = {"brent": "Brent", "wti": "WTI"}


class InstrumentPath(NamedTuple):
    """An instrument as the path of its page names it: ``InstrumentPath("stock", "tesla")``."""

    kind: Kind
    page: str
    isin: str | None = None
    """The path of an ETF or a fund ends in it; ``None`` there if its check digit is wrong."""

    wkn: str | None = None
    """The path of a certificate ends in it."""


@kept(maxsize=4096)
def instrument_path(path: str) -> InstrumentPath | None:
    """Return the instrument whose page has this path; ``None`` if the path is another page's.

    >>> instrument_path("/aktien/volkswagen_vz-aktie@stBoerse_XETRA")
    InstrumentPath(kind='stock', page='volkswagen_vz', isin=None, wkn=None)
    >>> instrument_path("/devisen/bitcoin-euro-kurs")[:2]
    ('crypto', 'bitcoin-euro-kurs')
    >>> instrument_path("/zertifikate/auf-a0rpwh/pm8f5k")
    InstrumentPath(kind='certificate', page='pm8f5k', isin=None, wkn='PM8F5K')
    >>> instrument_path("/index/dax/marktberichte"), instrument_path("/etf/suche")
    (None, None)
    """
    roof, *names = path.removeprefix("/").removesuffix("/").split("/")
    kind = KINDS.get(roof) if path.startswith("/") else None
    if kind is None or not names or "?" in path or "#" in path:
        return None
    if kind in ("etf", "fund"):
        return _with_isin(kind, names)
    if kind == "certificate":
        return _certificate(names)
    name = _EXCHANGE.sub("", names[0], count=1)
    page = name.removesuffix("-aktie") if kind == "stock" else name
    is_page = len(names) == 1 and "@" not in page and _IS_PAGE[kind](name)
    if kind == "currency" and _first_of_pair(page) in COINS:
        kind = "crypto"
    return InstrumentPath(kind, page) if is_page else None


def path_of(kind: Kind, page: str) -> str:
    """Return the path of an instrument's own page, with its query if the page name has one.

    It is what `instrument_path` reads, and `with_type` completes.

    >>> path_of("stock", "tesla"), path_of("crypto", "bitcoin-euro-kurs")
    ('/aktien/tesla-aktie', '/devisen/bitcoin-euro-kurs')
    >>> path_of("certificate", "pm8f5k"), path_of("commodity", "oelpreis?type=Brent")
    ('/zertifikate/auf-/pm8f5k', '/rohstoffe/oelpreis?type=Brent')
    """
    return _PATHS[kind].format(page)


def section_of(paper: InstrumentPath) -> str:
    """Return the section of the site that an instrument is in.

    >>> section_of(InstrumentPath("stock", "tesla"))
    'aktien'
    """
    return path_of(paper.kind, paper.page).split("/")[1]


def with_type(paper: InstrumentPath, query: str) -> InstrumentPath:
    """Return oil with the type in the query of its address; other queries tell nothing apart.

    >>> with_type(InstrumentPath("commodity", "oelpreis"), "type=Brent").page
    'oelpreis?type=Brent'
    >>> with_type(InstrumentPath("commodity", "goldpreis"), "type=Chart").page
    'goldpreis'
    """
    types = parse_qs(query).get(_TYPE, []) if paper[:2] == _OIL else []
    names = {_OILS.get(name.casefold(), name) for name in types}
    return paper._replace(page=f"{paper.page}?{_TYPE}={names.pop()}") if len(names) == 1 else paper


def is_unknown(path: str) -> bool:
    """Return whether a path may be of an index, a rate or a commodity, or of a list of them.

    >>> is_unknown("/index/muster"), is_unknown("/index/dax"), is_unknown("/index/suche")
    (True, False, False)
    """
    roof, *names = path.removeprefix("/").removesuffix("/").split("/")
    is_word = KINDS.get(roof) in ("index", "currency", "commodity") and len(names) == 1
    return is_word and not _has_tool(names[0]) and instrument_path(path) is None


def isin_of_page(page: str) -> str | None:
    """Return the ISIN that ends the page name of an ETF or a fund.

    >>> isin_of_page("ishares-core-msci-world-etf-ie00b4l5y983"), isin_of_page("muster-etf")
    ('IE00B4L5Y983', None)
    """
    match = _ISIN.search(page)
    number = match[0].upper() if match else ""
    return number if stdnum_isin.is_valid(number) else None


def is_of_currencies(page: str) -> bool:
    """Return whether the page of a rate is of a currency, which has a small price, and not a coin.

    >>> is_of_currencies("dollarkurs"), is_of_currencies("bitcoin-euro-kurs")
    (True, False)
    """
    return _first_of_pair(page) in CURRENCIES


def _with_isin(kind: Kind, names: list[str]) -> InstrumentPath | None:
    """Return an ETF or a fund by its own page, ``kurse/<page>``, or ``<page>/<exchange>``."""
    pages = [name for name in names if _ISIN.search(name)]
    is_page = len(pages) == 1 and len(names) <= 2 and names[-1] not in PARTS_OF_PAGES
    return InstrumentPath(kind, pages[0], isin_of_page(pages[0])) if is_page else None


def _certificate(names: list[str]) -> InstrumentPath | None:
    """Return a certificate by ``auf-<WKN of its underlying>/<wkn>``."""
    wkn = names[-1].upper()
    is_page = len(names) == 2 and names[0].startswith("auf-") and _is_wkn(wkn)
    return InstrumentPath("certificate", wkn.lower(), wkn=wkn) if is_page else None


def _is_wkn(number: str) -> bool:
    """Return whether a text is a WKN and no word, such as ``CHARTS``."""
    has_digit = any(character.isdigit() for character in number)
    return has_digit and stdnum_wkn.is_valid(number) and len(number) == 6


def _is_stock(name: str) -> bool:
    return name.endswith("-aktie") and name != "-aktie"


def _is_bond(name: str) -> bool:
    number, _, rest = name.partition("-")
    return bool(rest) and (name.endswith("-anleihe") or _is_wkn(number.upper()))


def _is_currency(name: str) -> bool:
    """Return whether a name ends in "kurs" or is a pair: ``dollarkurs``, ``bitcoin-euro``."""
    first, _, second = name.removesuffix("-kurs").partition("-")
    if _has_tool(name.removesuffix("-kurs")):
        return False
    return (name.endswith("kurs") and name != "kurs") or (bool(first) and second in CURRENCIES)


def _first_of_pair(page: str) -> str:
    """Return the first name of a pair: ``bitcoin`` of ``bitcoin-euro-kurs``."""
    return page.lower().removesuffix("kurs").removesuffix("-").partition("-")[0]


def _is_index(name: str) -> bool:
    is_word = name.isalpha()
    return not _has_tool(name) and (not is_word or name in INDICES or name.endswith("dax"))


def _is_commodity(name: str) -> bool:
    parts = _SEPARATORS.split(name)
    is_priced = any(part.endswith("preis") for part in parts)
    return not _has_tool(name) and (is_priced or len(parts) > 1 or name in COMMODITIES)


def _has_tool(name: str) -> bool:
    return not name or not TOOLS.isdisjoint(_SEPARATORS.split(name))


_IS_PAGE: Final = {
    "stock": _is_stock,
    "bond": _is_bond,
    "currency": _is_currency,
    "index": _is_index,
    "commodity": _is_commodity,
}
