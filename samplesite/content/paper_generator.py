"""Generates the papers that are no shares: a handful of each kind, with prices of the day."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from samplesite.content.exchanges import BROKERS
from samplesite.content.instruments import NOW
from samplesite.content.market_papers import commodities, indices, rates
from samplesite.content.paper_prices import (
    FRANKFURT,
    GETTEX,
    STUTTGART,
    XETRA,
    in_unit,
    nav,
    traded,
    without_trades,
)
from samplesite.content.papers import Paper
from samplesite.content.security_numbers import isin_of

_ETF_EXCHANGES = (STUTTGART, XETRA, GETTEX, *BROKERS)
_WEEKS = timedelta(weeks=5)


def papers(seed: int) -> list[Paper]:
    """Return all papers; another seed gives other prices of the same papers."""
    rng = Random(f"{seed}/papers")
    funds = [*_etfs(rng), *_funds(rng)]
    others = [*indices(rng), *rates(rng), *commodities(rng)]
    dax = next(paper for paper in others if paper.page == "dax")
    return [*funds, *others, *_bonds(rng), *_certificates(rng, funds[0], funds[1], dax)]


def _etfs(rng: Random) -> list[Paper]:
    """Return ETFs: one has no trades today, one a symbol and no net asset value."""
    return [
        _etf(rng, "Muster Welt ETF", "A3MST1", "IE00BMSTWL1"),
        _etf(rng, "Probe Europa Dividende ETF", "A3MST2", "LU00BMSTED2", is_traded=False),
        _etf(rng, "Beispiel Euro Anleihen ETF", "A3MST3", "IE00BMSTEA3", symbol="BSEA"),
    ]


def _etf(
    rng: Random,
    short: str,
    wkn: str,
    stem: str,
    *,
    symbol: str | None = None,
    is_traded: bool = True,
) -> Paper:
    isin = isin_of(stem)
    about = Decimal(rng.randrange(2_000, 20_000)) / 100
    venues = [traded(rng, exchange, about) for exchange in _ETF_EXCHANGES]
    return Paper(
        kind="etf",
        path=f"/etf/{_slug(short)}-{isin.lower()}",
        name=f"{short.removesuffix(' ETF')} UCITS ETF (Acc)",
        short=short,
        isin=isin,
        wkn=wkn,
        symbol=symbol,
        venues=tuple(venues if is_traded else map(without_trades, venues)),
        second=None if symbol else nav(rng, "USD", about * Decimal("1.16")),
    )


def _funds(rng: Random) -> list[Paper]:
    """Return funds, which have a net asset value alone; no article names the second."""
    return [
        _fund(rng, "Muster Klima Welt - XE-C Fonds", "A2MST4", "LU00MSTKLW4", "EUR", 172_240),
        _fund(rng, "Probe Rendite US Fonds", "A2MST5", "LU00MSTRUS5", "USD", 118),
    ]


def _fund(rng: Random, short: str, wkn: str, stem: str, unit: str, about: int) -> Paper:
    isin = isin_of(stem)
    path = f"/fonds/{_slug(short)}-{isin.lower()}"
    return Paper("fund", path, short, short, isin, wkn, venues=(nav(rng, unit, Decimal(about)),))


def _bonds(rng: Random) -> list[Paper]:
    """Return bonds: the price of the first is in percent of its face value."""
    return [
        _bond(rng, "3,625% Musterwerk AG Anleihe", "A3MST6", "musterwerk-anleihe", "%", 98),
        _bond(rng, "Beispielbau Zinsanleihe", "A3MST7", "beispielbau-anleihe", "EUR", 1_023),
    ]


def _bond(rng: Random, short: str, wkn: str, words: str, unit: str, about: int) -> Paper:
    exchanges = [in_unit(exchange, unit) for exchange in (STUTTGART, FRANKFURT)]
    return Paper(
        kind="bond",
        path=f"/anleihen/{wkn.lower()}-{words}",
        name=short,
        short=short,
        isin=isin_of(f"DE000{wkn}"),
        wkn=wkn,
        venues=tuple(traded(rng, exchange, Decimal(about)) for exchange in exchanges),
        last_day=date(2031, 5, 15),
    )


def _certificates(rng: Random, etf: Paper, other: Paper, index: Paper) -> list[Paper]:
    """Return certificates, of which the last has expired."""
    today = NOW.date()
    return [
        _certificate(rng, "Mini Future auf Muster Welt ETF", "MST8F1", etf),
        _certificate(rng, "Bonus-Zertifikat auf Probe ETF", "MST8F2", other, today + _WEEKS),
        _certificate(rng, "Discount-Zertifikat auf DAX", "MST8F3", index, today + _WEEKS),
        _certificate(rng, "Turbo auf Muster Welt ETF", "MST8F4", etf, today - _WEEKS),
    ]


def _certificate(
    rng: Random, short: str, wkn: str, underlying: Paper, last_day: date | None = None
) -> Paper:
    """Return a certificate; the address of one on an index does not say on which (seen 2026-09)."""
    on = "" if underlying.kind == "index" else (underlying.wkn or "").lower()
    is_traded = last_day is None or last_day > NOW.date()
    about = Decimal(rng.randrange(300, 9_000)) / 100
    venues = [traded(rng, exchange, about) for exchange in (STUTTGART, FRANKFURT)]
    return Paper(
        kind="certificate",
        path=f"/zertifikate/auf-{on}/{wkn.lower()}",
        name=short,
        short=short,
        isin=isin_of(f"DE000{wkn}"),
        wkn=wkn,
        venues=tuple(venues) if is_traded else (),
        underlying=underlying,
        last_day=last_day,
    )


def _slug(name: str) -> str:
    return "-".join(name.lower().replace("-", " ").split())
