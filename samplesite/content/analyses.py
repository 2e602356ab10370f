"""The analysts' studies of the sample site."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from samplesite.content.german import german
from samplesite.content.instruments import BERLIN, CENT, NOW, Stock

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
_ORDER = ("sell", "hold", "buy")
# Zone of a study's time stamp → hours from UTC, in November.
_ZONES = {"EST": -5, "GMT": 0, "MEZ": 1}


@dataclass(frozen=True)
class Analysis:
    """One study: what its page and every table tell of it."""

    id: str
    stock: Stock
    firm: str
    analyst: str | None
    rating: str
    verdict: str
    previous_rating: str | None
    action: str | None
    target: Decimal | None
    previous_target: Decimal | None
    price: Decimal
    consensus: Decimal
    day: date
    stamp: tuple[date, str, str] | None
    """Day, clock time and zone that the page prints for the study; ``None`` if it prints none."""

    @property
    def path(self) -> str:
        """Its page; the share's name there is a third spelling."""
        words = f"{self.stock.name} {self.rating}-{self.firm}".lower()
        slug = "".join(
            sign if sign.isascii() and (sign.isalnum() or sign == "-") else "_" for sign in words
        )
        return f"/analyse/{slug}_{self.id}"

    @property
    def upside(self) -> Decimal | None:
        """Distance from the price at publication to the target, in percent."""
        return None if self.target is None else _distance(self.price, self.target)

    @property
    def upside_now(self) -> Decimal | None:
        """The same from the price of today."""
        return None if self.target is None else _distance(self.stock.price, self.target)

    @property
    def published(self) -> str:
        """Time of the study in Berlin if that is of the page's day, else the day."""
        at = self.moment
        return at.isoformat() if at else self.day.isoformat()

    @property
    def moment(self) -> datetime | None:
        """Time of the study in Berlin, where its stamp agrees with the page's day."""
        if self.stamp is None or self.stamp[0] != self.day:
            return None
        hour, minute = map(int, self.stamp[1].split(":"))
        zone = timezone(timedelta(hours=_ZONES[self.stamp[2]]))
        at = datetime.combine(self.day, time(hour, minute), zone).astimezone(BERLIN)
        return at if at.date() == self.day else None

    @property
    def told_target(self) -> Decimal | None:
        """The target before, where the text tells of it; without decimals if it has none."""
        if self.action == "initiated" or self.previous_target is None:
            return None
        return Decimal(_round(self.previous_target).replace(".", "").replace(",", "."))

    @property
    def body(self) -> str:
        """The study's text, as the page prints it between dateline and sign-off."""
        house, share = self.firm, self.stock.short
        aim = "" if self.target is None else f" mit einem Kursziel von {_round(self.target)} Euro"
        if self.action == "initiated":
            return f'{house} hat die Bewertung von {share} mit "{self.rating}"{aim} aufgenommen.'
        if self.previous_target is not None and self.target is not None:
            verb = "angehoben" if self.target > self.previous_target else "gesenkt"
            move = f"von {_round(self.previous_target)} auf {_round(self.target)} Euro {verb}"
            return (
                f"{house} hat das Kursziel für {share} {move} und die Einstufung"
                f' auf "{self.rating}" {self._step}. {self._reason}'
            )
        change = f'auf "{self.rating}"{aim} {self._step}'
        return f"{house} hat die Einstufung für {share} {change}. {self._reason}"

    @property
    def _step(self) -> str:
        return {"upgraded": "angehoben", "downgraded": "gesenkt"}.get(self.action or "", "belassen")

    @property
    def _reason(self) -> str:
        return f"Die Zahlen passten zum Bild, hieß es in der Studie zu {self.stock.short}."


def analyses_of(seed: int, stock: Stock, number: int) -> list[Analysis]:
    """Return the studies of a share, newest first, each house and day once."""
    chance = Random(f"{seed}/analyses/{number}")
    firms = chance.sample(FIRMS, k=3 + number % 5)
    days = sorted(chance.sample(range(90), k=len(firms)), reverse=True)
    made = [
        _analysis(
            chance,
            stock,
            f"{1_090_000 + number * 10 + place}",
            firm,
            NOW.date() - timedelta(days=ago),
        )
        for place, (firm, ago) in enumerate(zip(firms, days, strict=True))
    ]
    return made[::-1]


def _analysis(chance: Random, stock: Stock, number: str, firm: str, day: date) -> Analysis:
    verdict = chance.choice(_ORDER)
    before = chance.choice([verdict, verdict, *_ORDER, None])
    rating = chance.choice(RATINGS[verdict])
    price = stock.price * chance.randrange(900, 1100) / 1000
    target = None if chance.random() < 0.12 else _whole(price * chance.randrange(70, 150) / 100)
    moved = before is not None and target is not None and chance.random() < 0.6
    action = _action(before, verdict)
    return Analysis(
        id=number,
        stock=stock,
        firm=firm,
        analyst=chance.choice([*_ANALYSTS, None]),
        rating=rating,
        verdict=verdict,
        previous_rating=None
        if before is None
        else rating
        if before == verdict
        else RATINGS[before][0],
        action=action,
        target=target,
        previous_target=(target or Decimal(0)) + chance.choice((2, 3, 7)) if moved else None,
        price=price.quantize(CENT),
        consensus=(price * chance.randrange(95, 120) / 100).quantize(CENT),
        day=day,
        stamp=_stamp(chance, day),
    )


def _action(before: str | None, verdict: str) -> str:
    if before is None:
        return "initiated"
    step = _ORDER.index(verdict) - _ORDER.index(before)
    return "maintained" if step == 0 else "upgraded" if step > 0 else "downgraded"


def _stamp(chance: Random, day: date) -> tuple[date, str, str] | None:
    if chance.random() < 0.2:
        return None
    printed = day - timedelta(days=1) if chance.random() < 0.2 else day
    return (
        printed,
        f"{chance.randrange(6, 24):02}:{chance.randrange(60):02}",
        chance.choice([*_ZONES]),
    )


def _whole(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1)).quantize(CENT)


def _round(number: Decimal) -> str:
    return german(number.quantize(Decimal(1)) if number == int(number) else number)


def _distance(price: Decimal, target: Decimal) -> Decimal:
    return ((target - price) / price * 100).quantize(CENT, ROUND_HALF_UP)
