"""The numbers of a security: ISIN, WKN and symbol, in the badges of its snapshot and its links."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from finnews.instrument_paths import InstrumentPath
from finnews.pages.base import Page
from finnews.pages.securities.snapshot import Snapshot
from finnews.pages.visible import text_of
from finnews.processors import is_given, isin, wkn, wkn_of_isin

_BADGE = "badge"
_KEY = "badge__key"
_VALUE = "badge__value"
_WATCHLIST = "snapshot__depot-add"
_IN_LINK = "isisin"
_SYMBOL = re.compile(r"[A-Z0-9][A-Z0-9.\-]{0,11}")


def numbers(
    page: Page, snapshot: Snapshot, paper: InstrumentPath, headed: Callable[[], set[str]]
) -> dict[str, str | None]:
    """Return ``isin``, ``wkn`` and ``symbol``.

    The number in the address outweighs that of the badges, whose other numbers are then in doubt.
    `headed` returns the numbers in headings: where there is no badge they count, or else agree.
    """
    badges, in_headings = _badges(snapshot), sorted(headed())
    headed_wkns = [text for text in in_headings if wkn(text)]
    headed_isins = [text for text in in_headings if isin(text)]
    own_isin = _only(page, "isin", badges.get("ISIN", []), isin)
    own_wkn = _only(page, "wkn", badges.get("WKN", headed_wkns), wkn)
    symbol = _only(page, "symbol", badges.get("Symbol", []), _symbol)
    linked = _linked_isin(page, snapshot)
    is_another = _contradict(page, "isin", own_isin, paper.isin)
    if _contradict(page, "isin", own_isin, linked):
        own_isin = None
    if "ISIN" not in badges:
        own_isin = linked
    if _contradict(page, "wkn", own_wkn, paper.wkn) or is_another:
        return {"isin": paper.isin, "wkn": paper.wkn, "symbol": None}
    own_isin = paper.isin or _as_headed(page, "isin", own_isin, headed_isins)
    own_wkn = paper.wkn or _as_headed(page, "wkn", own_wkn, headed_wkns)
    if own_isin and own_wkn and wkn_of_isin(own_isin) not in (None, own_wkn):
        is_isin_twice = "ISIN" in badges and own_isin in {linked, *headed_isins}
        is_twice = (is_isin_twice, "WKN" in badges and own_wkn in headed_wkns)
        own_isin, own_wkn = _certain(page, paper, (own_isin, own_wkn), is_twice)
    return {"isin": own_isin, "wkn": own_wkn, "symbol": symbol}


def _as_headed(page: Page, field: str, number: str | None, headed: list[str]) -> str | None:
    """Return a number; ``None`` if the headings have others, which is told."""
    if not number or not headed or number in headed:
        return number
    page.doubt(field, "contradiction", f"{number}, {', '.join(headed)}")
    return None


def _certain(
    page: Page, paper: InstrumentPath, numbers: tuple[str, str], is_twice: tuple[bool, bool]
) -> tuple[str | None, str | None]:
    """Return ISIN and WKN, of which one is another's, without that; without both if it is unclear.

    Certain is the one in the address; else the only one of which the page has a second place.
    """
    own_isin, own_wkn = numbers
    in_address = (paper.isin is not None, paper.wkn is not None)
    is_certain = in_address if any(in_address) else is_twice
    printed = f"{own_wkn}, {own_isin}"
    for field, has_address in zip(("isin", "wkn"), in_address, strict=True):
        if not has_address:
            page.doubt(field, "contradiction", printed)
    if is_certain == (True, False):
        return own_isin, None
    return (None, own_wkn) if is_certain == (False, True) else (None, None)


def _contradict(page: Page, field: str, number: str | None, other: str | None) -> bool:
    """Return whether there are two numbers of one kind, and tell it."""
    is_doubtful = None not in (number, other) and number != other
    if is_doubtful:
        page.doubt(field, "contradiction", f"{number}, {other}")
    return is_doubtful


def _badges(snapshot: Snapshot) -> dict[str, list[str]]:
    """Return the texts of the badges by their keys; a badge can be an icon without one."""
    badges: dict[str, list[str]] = {}
    for badge in snapshot.parts(_BADGE):
        keys, values = snapshot.parts(_KEY, badge), snapshot.parts(_VALUE, badge)
        if len(keys) == 1 and (key := text_of(keys[0]).rstrip(":")):
            badges.setdefault(key, []).extend(filter(is_given, map(text_of, values)))
    return badges


def _only(
    page: Page, field: str, texts: list[str], processor: Callable[[str], str | None]
) -> str | None:
    """Return the value of a field of which badges print only one."""
    values = {text: processor(text) for text in texts}
    for text in (text for text, value in values.items() if value is None):
        page.doubt(field, "unreadable", text)
    valid = {value for value in values.values() if value}
    if len(valid) > 1:
        page.doubt(field, "contradiction", ", ".join(texts))
    return valid.pop() if len(valid) == 1 else None


def _linked_isin(page: Page, snapshot: Snapshot) -> str | None:
    """Return the ISIN in the link that adds the security to the watch list."""
    links = [link.get("href", "") for link in snapshot.parts(_WATCHLIST)]
    queries = (parse_qs(urlsplit(page.absolute_url(link)).query) for link in links)
    return _only(
        page, "isin", [text for query in queries for text in query.get(_IN_LINK, [])], isin
    )


def _symbol(text: str) -> str | None:
    """Return a ticker symbol.

    >>> _symbol("VOW3.DE"), _symbol("siehe unten")
    ('VOW3.DE', None)
    """
    return text if _SYMBOL.fullmatch(text) else None
