"""Views of the papers that are no shares: ETFs, funds, indices, rates, bonds, certificates."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from samplesite.content.german import day, german
from samplesite.content.papers import Paper
from samplesite.web.context import Context
from samplesite.web.price_rows import nav_rows, price_rows

_KINDS: Final = {
    "etf": "ETF",
    "fund": "Fonds",
    "index": "Index",
    "currency": "Devisen",
    "crypto": "Kryptowährung",
    "commodity": "Rohstoff",
    "bond": "Anleihe",
    "certificate": "Zertifikat",
}
"""Kind of paper → its word in titles."""

_WITHOUT_TRADES: Final = ("index", "currency", "crypto", "commodity")


def paper_page(context: Context, _page: int, path: str, code: str | None = None) -> str | None:
    """Return the page of a paper, of an ETF for one exchange too."""
    paper = _paper_at(context, path)
    if paper is not None and code is not None:
        paper = _at_exchange(paper, code)
    if paper is None:
        return None
    return context.render(
        "paper.html",
        paper=paper,
        word=_KINDS[paper.kind],
        rows=_rows(paper),
        facts=_facts(paper),
        holdings=context.world.stocks[:3] if paper.kind == "etf" else [],
        news=context.world.news_of(paper)[:4],
    )


def _paper_at(context: Context, path: str) -> Paper | None:
    """Return the paper of a path, with the type of oil in its query; another query says nothing."""
    own = next((paper for paper in context.world.papers if paper.path == path), None)
    bare = path.partition("?")[0]
    others = (paper for paper in context.world.papers if bare in paper.paths)
    return own or next(others, None)


def _at_exchange(paper: Paper, code: str) -> Paper | None:
    """Return an ETF as its page for one exchange shows it: with that price first."""
    chosen = [venue for venue in paper.venues if venue.exchange.code.lower() == code]
    others = [venue for venue in paper.venues if venue not in chosen]
    is_known = bool(chosen) and paper.kind == "etf"
    return replace(paper, venues=(*chosen, *others)) if is_known else None


def _rows(paper: Paper) -> list[tuple[str, str]]:
    if paper.is_expired:
        return []
    if paper.kind == "fund":
        return nav_rows(paper.shown)
    return price_rows(paper.shown, is_traded=paper.kind not in _WITHOUT_TRADES)


def _facts(paper: Paper) -> list[tuple[str, str]]:
    """Return what a table says of a paper besides its prices."""
    facts = [("Name", paper.name)]
    if paper.kind in ("etf", "fund"):
        facts += [("Laufende Kosten", "0,18%"), ("Fondsgröße", "131.969.453,29")]
    if paper.underlying:
        facts += [("Basiswert", paper.underlying.short), ("Emittent", "Muster Bank")]
    if paper.kind == "bond":
        facts += [("Emittent", "Musterwerk AG"), ("Nominalwert", german(1000))]
    if paper.last_day:
        facts.append(("Fälligkeit", day(paper.last_day)))
    return facts


_ETF = r"(?P<path>/etf/[^/]+)/(?P<code>[^/]+)"
_CERTIFICATE = r"(?P<path>/zertifikate/auf-[^/]*/[^/]+)"
_OTHERS = r"(?P<path>/(?:etf|fonds|index|devisen|rohstoffe|anleihen)/[^/]+)"
ROUTES: dict[re.Pattern[str], Callable[..., str | None]] = {
    re.compile(pattern): paper_page for pattern in (_ETF, _CERTIFICATE, _OTHERS)
}
