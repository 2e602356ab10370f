"""The analysts' ratings of the sample site."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

from samplesite.content.german import PLAIN, german
from samplesite.content.instruments import BERLIN, CENT
from samplesite.content.stocks import Stock

# Zone of an analysis's time stamp → hours from UTC.
ZONES = {"EST": -5, "EDT": -4, "GMT": 0, "MEZ": 1, "MESZ": 2}

_NOT_IN_PATH = re.compile(r"[^a-z0-9&]+")


@dataclass(frozen=True)
class Analysis:
    """An analysis with all that its page and the tables print."""

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
    """Printed day, time and zone of publication; ``None`` if the page prints none."""

    @property
    def path(self) -> str:
        """The path of its page, with a third spelling of the share's name."""
        share, firm = _in_path(f"{self.stock.name} {self.rating}"), _in_path(self.firm)
        return f"/analyse/{share}-{firm}_{self.id}"

    @property
    def upside(self) -> Decimal | None:
        """Distance from the price at publication to the target, in percent."""
        return None if self.target is None else _distance(self.price, self.target)

    @property
    def upside_now(self) -> Decimal | None:
        """Distance from today's price to the target, in percent."""
        return None if self.target is None else _distance(self.stock.price, self.target)

    @property
    def published(self) -> str:
        """Berlin time of publication in ISO 8601; the day alone without `moment`."""
        at = self.moment
        return at.isoformat() if at else self.day.isoformat()

    @property
    def moment(self) -> datetime | None:
        """Berlin time of publication; ``None`` where the stamp disagrees with the page's day."""
        if self.stamp is None or self.stamp[0] != self.day:
            return None
        hour, minute = map(int, self.stamp[1].split(":"))
        zone = timezone(timedelta(hours=ZONES[self.stamp[2]]))
        at = datetime.combine(self.day, time(hour, minute), zone).astimezone(BERLIN)
        return at if at.date() == self.day else None

    @property
    def stated_previous_target(self) -> Decimal | None:
        """The previous target as the text prints it; ``None`` where it does not."""
        if self.action == "initiated" or self.previous_target is None:
            return None
        return Decimal(_round(self.previous_target).replace(".", "").replace(",", "."))

    @property
    def body(self) -> str:
        """The text between dateline and sign-off."""
        firm, share = self.firm, self.stock.short
        suffix = (
            "" if self.target is None else f" mit einem Kursziel von {_round(self.target)} Euro"
        )
        if self.action == "initiated":
            return f'{firm} hat die Bewertung von {share} mit "{self.rating}"{suffix} aufgenommen.'
        if self.previous_target is not None and self.target is not None:
            verb = "angehoben" if self.target > self.previous_target else "gesenkt"
            move = f"von {_round(self.previous_target)} auf {_round(self.target)} Euro {verb}"
            return (
                f"{firm} hat das Kursziel für {share} {move} und die Einstufung"
                f' auf "{self.rating}" {self._step}. {self._reason}'
            )
        change = f'auf "{self.rating}"{suffix} {self._step}'
        return f"{firm} hat die Einstufung für {share} {change}. {self._reason}"

    @property
    def _step(self) -> str:
        return {"upgraded": "angehoben", "downgraded": "gesenkt"}.get(self.action or "", "belassen")

    @property
    def _reason(self) -> str:
        return f"Die Zahlen passten zum Bild, hieß es in der Studie zu {self.stock.short}."


def _in_path(words: str) -> str:
    """Return words as paths of studies spell them.

    "Probst & Company Inc." is ``probst__company_inc_``, "Joh. Muster" is ``joh_muster``.
    """
    return _NOT_IN_PATH.sub("_", words.lower().translate(PLAIN)).replace("&", "")


def _round(number: Decimal) -> str:
    return german(number.quantize(Decimal(1)) if number == int(number) else number)


def _distance(price: Decimal, target: Decimal) -> Decimal:
    return ((target - price) / price * 100).quantize(CENT, ROUND_HALF_UP)


def in_tables(analyses: list[Analysis]) -> list[Analysis]:
    """Return the analyses in the four tables of a share: the newest five of each."""
    verdicts = (None, "buy", "hold", "sell")
    tables = (
        [analysis for analysis in analyses if verdict in (None, analysis.verdict)][:5]
        for verdict in verdicts
    )
    return list({analysis.id: analysis for table in tables for analysis in table}.values())
