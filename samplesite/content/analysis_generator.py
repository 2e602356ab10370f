"""Generates the analyses of a share."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from samplesite.content.analyses import Analysis
from samplesite.content.instruments import BERLIN, CENT, NOW
from samplesite.content.stocks import Stock

FIRMS = (
    *("Beispiel Bank", "Muster & Söhne Research", "Hausbank Nord AG", "Probst & Company Inc."),
    *("Institut für Kurse", "Joh. Muster, Söhne & Co. KG (Muster Bank)", "DMB Bank"),
    *("Alpenblick Capital", "Zweitmeinung Securities", "Neutralia Group Inc."),
)

_ANALYSTS = (
    "Ada Beispiel",
    "Bert Muster",
    "Clara von Probe",
    "Dirk Ohneland",
    "Eva Zweitname-Muster",
)

RATINGS = {
    "buy": ("Buy", "kaufen", "Outperform", "Overweight", "Add", "Strong Buy", "Accumulate"),
    "hold": (
        "Neutral",
        "Hold",
        "halten",
        "Equal Weight",
        "Market-Perform",
        "Sector Perform",
        "In-line",
    ),
    "sell": ("Sell", "verkaufen", "Underperform", "Underweight", "Reduce", "Untergewichten"),
}

NEW_YORK = ZoneInfo("America/New_York")

_ORDER = ("sell", "hold", "buy")


def analyses_of(seed: int, stock: Stock, number: int) -> list[Analysis]:
    """Return the analyses of a share, newest first; firms and days do not repeat."""
    rng = Random(f"{seed}/analyses/{number}")
    firms = rng.sample(FIRMS, k=3 + number % 5)
    days = sorted(rng.sample(range(90), k=len(firms)), reverse=True)
    analyses = [
        _analysis(
            rng,
            stock,
            f"{1_090_000 + number * 10 + place}",
            firm,
            NOW.date() - timedelta(days=ago),
        )
        for place, (firm, ago) in enumerate(zip(firms, days, strict=True))
    ]
    return analyses[::-1]


def _analysis(rng: Random, stock: Stock, number: str, firm: str, day: date) -> Analysis:
    verdict = rng.choice(_ORDER)
    before = rng.choice([verdict, verdict, *_ORDER, None])
    rating = rng.choice(RATINGS[verdict])
    price = stock.price * rng.randrange(900, 1100) / 1000
    target = None if rng.random() < 0.12 else _whole(price * rng.randrange(70, 150) / 100)
    moved = before is not None and target is not None and rng.random() < 0.6
    action = _action(before, verdict)
    return Analysis(
        id=number,
        stock=stock,
        firm=firm,
        analyst=rng.choice([*_ANALYSTS, None]),
        rating=rating,
        verdict=verdict,
        previous_rating=None
        if before is None
        else rating
        if before == verdict
        else RATINGS[before][0],
        action=action,
        target=target,
        previous_target=(target or Decimal(0)) + rng.choice((2, 3, 7)) if moved else None,
        price=price.quantize(CENT),
        consensus=(price * rng.randrange(95, 120) / 100).quantize(CENT),
        day=day,
        stamp=_stamp(rng, day),
    )


def _action(before: str | None, verdict: str) -> str:
    if before is None:
        return "initiated"
    step = _ORDER.index(verdict) - _ORDER.index(before)
    return "maintained" if step == 0 else "upgraded" if step > 0 else "downgraded"


def _stamp(rng: Random, day: date) -> tuple[date, str, str] | None:
    if rng.random() < 0.2:
        return None
    printed = day - timedelta(days=1) if rng.random() < 0.2 else day
    return (
        printed,
        f"{rng.randrange(6, 24):02}:{rng.randrange(60):02}",
        _zone(rng.choice(("EST", "GMT", "MEZ")), printed),
    )


def _zone(name: str, day: date) -> str:
    """Return the name that a zone has on a day: ``MESZ`` for ``MEZ`` in summer."""
    zone = {"EST": NEW_YORK, "MEZ": BERLIN}.get(name)
    is_summer = bool(zone and datetime.combine(day, time(12), zone).dst())
    return {"EST": "EDT", "MEZ": "MESZ"}[name] if is_summer else name


def _whole(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1)).quantize(CENT)
