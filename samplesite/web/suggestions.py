"""The search suggestions: groups of papers that match a number or words, and some that do not."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any, Final

from samplesite.content.papers import Paper, Security
from samplesite.web.context import Context

_GROUPS: Final = {
    "index": "Indizes",
    "etf": "ETFs",
    "certificate": "Zertifikate",
    "bond": "Anleihen",
    "fund": "Fonds",
    "stock": "Aktien",
    "commodity": "Rohstoffe",
    "currency": "Devisen",
    "crypto": "Devisen",
}
"""Kind of paper → its group, in the order of the answer; bonds and commodities were not seen."""

_MOST: Final = 25
_ALIKE: Final = 2
"""Of a number, so many characters make others resemble it."""

_ADVERT: Final = {
    "did": "Ad|Muster|default:global",
    "id": "",
    "wkn": None,
    "isin": None,
    "n": '<span class="grid"><span class="grid__item-11">Depot eröffnen</span></span>',
    "u": "https://g.finanzen.net/muster-suggest-search",
    "f": None,
    "identifiers": "Muster|default:global",
    "b": None,
    "url": "https://g.finanzen.net/muster-suggest-search",
}


def suggestions(context: Context, query: str) -> str:
    """Return what the search box suggests: in each group papers that match, and that resemble."""
    every: list[Security] = [*context.world.stocks, *context.world.papers]
    groups: dict[str, list[dict[str, Any]]] = {"Anzeige": [_ADVERT]}
    for title in dict.fromkeys(_GROUPS.values()):
        own = [paper for paper in every if _GROUPS[paper.kind] == title]
        if chosen := _chosen(own, query.upper()):
            groups[title] = [_entry(context.base, every.index(paper), paper) for paper in chosen]
    return json.dumps({"it": [{"n": title, "il": entries} for title, entries in groups.items()]})


def _chosen(papers: Iterable[Security], query: str) -> list[Security]:
    """Return as many papers as a group has at most, those that match among them."""
    alike = [paper for paper in papers if _resembles(paper, query)]
    matching = [paper for paper in alike if _matches(paper, query)][:_MOST]
    others = [paper for paper in alike if paper not in matching][: _MOST - len(matching)]
    return [paper for paper in alike if paper in matching or paper in others]


def _matches(paper: Security, query: str) -> bool:
    """Return whether a number or the words of a name are asked for, of an underlying too."""
    underlying = paper.underlying if isinstance(paper, Paper) else None
    numbers = [paper.isin, paper.wkn, paper.symbol]
    numbers += [underlying.isin, underlying.wkn] if underlying else []
    names = f"{paper.name} {paper.short}".upper()
    return query in numbers or all(word in names for word in query.split())


def _resembles(paper: Security, query: str) -> bool:
    starts = [number[:_ALIKE] for number in (paper.isin, paper.wkn) if number]
    return query[:_ALIKE] in starts or _matches(paper, query)


def _entry(base: str, place: int, paper: Security) -> dict[str, Any]:
    number = str(10_000 + place)
    return {
        "did": _identifiers(paper, number),
        "id": number,
        "wkn": paper.wkn,
        "isin": paper.isin,
        "n": paper.name,
        "u": base + paper.path,
        "f": _end(paper),
        "identifiers": _identifiers(paper, number),
        "b": None,
        "url": _bare_page(paper),
    }


def _identifiers(paper: Security, number: str) -> str:
    own = f"{paper.wkn or ''}|{paper.isin or ''}"
    if isinstance(paper, Paper) and paper.underlying:
        return f"{paper.underlying.wkn or ''}|{paper.underlying.isin or ''}|{own}|1"
    if paper.kind == "stock":
        return f"{own}|{paper.symbol or ''}||"
    return own if paper.isin else f"{paper.page}|{number}"


def _end(paper: Security) -> int | None:
    """Return the last moment of a certificate in milliseconds: 0 if it has none."""
    if not isinstance(paper, Paper) or paper.kind != "certificate":
        return None
    day = paper.last_day
    return int(datetime.combine(day, time(0), UTC).timestamp() * 1000) if day else 0


def _bare_page(paper: Security) -> str:
    if paper.kind != "certificate":
        return paper.page
    on, wkn = paper.path.split("/")[2:]
    return f"auf-{on.removeprefix('auf-').upper()}/{wkn.upper()}"
