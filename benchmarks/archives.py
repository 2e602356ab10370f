"""Archives of any size with invented content, the same each time, for what reads whole archives.

``python -m benchmarks.archives DIR`` writes a million quotes, a tenth as many articles and a
hundredth as many ratings of one year; ``DIR 1000`` a thousand quotes and the same proportions.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import sin
from pathlib import Path
from typing import Any, Final
from zlib import crc32
from zoneinfo import ZoneInfo

from finnews.archive.lines import file_of, line
from finnews.items import (
    Action,
    Article,
    Event,
    Instrument,
    Item,
    Kind,
    NamedInstrument,
    Quote,
    Rating,
    Verdict,
)

SITE: Final = "https://www.finanzen.net"
ZONE: Final = ZoneInfo("Europe/Berlin")
LAST_DAY: Final = date(2026, 11, 23)
DAYS: Final = 365

KINDS: Final[dict[Kind, tuple[int, str]]] = {
    "stock": (200, "aktien/{}-aktie"),
    "index": (15, "index/{}"),
    "currency": (15, "devisen/{}"),
    "crypto": (10, "devisen/{}-euro-kurs"),
    "commodity": (10, "rohstoffe/{}"),
    "fund": (15, "fonds/{}"),
    "etf": (15, "etf/{}"),
    "bond": (10, "anleihen/{}-anleihe"),
    "certificate": (10, "zertifikate/auf-aktien/{}"),
}
"""Kind → number of papers, and the path of each."""

EXCHANGES: Final = (
    *(("XETRA", "XETR", "EUR"), ("Frankfurt", "XFRA", "EUR"), ("Stuttgart", "XSTU", "EUR")),
    *(("München", "XMUN", "EUR"), ("Tradegate", "XGAT", "EUR"), ("SIX Swiss", "XSWX", "CHF")),
    *(("NASDAQ", "XNAS", "USD"), ("NYSE", "XNYS", "USD")),
)
FIRMS: Final = ("Musterbank", "Beispiel Research", "Bankhaus Probe", "Erste Muster", "Haus & Co.")
ACTIONS: Final[tuple[Action, ...]] = (
    "maintained",
    "upgraded",
    "maintained",
    "downgraded",
    "initiated",
)
RATINGS: Final[tuple[tuple[str, Verdict], ...]] = (
    *(("Buy", "buy"), ("Outperform", "buy"), ("Hold", "hold"), ("Sell", "sell")),
)
SYLLABLES: Final = "ab an be bör dan ent fei gen ger hal kon lich mus nen per qua rung sta ter ver"
RENAMED: Final = 3
"""Shares that have an earlier page name as well, with the same ISIN."""


@dataclass(frozen=True)
class Size:
    """How many records of each kind; one in 25 has a second version."""

    quotes: int = 1_000_000
    articles: int = 100_000
    ratings: int = 10_000


def write_archive(directory: Path, size: Size | None = None) -> None:
    """Write the lines of an archive that has no index yet."""
    chance = random.Random(1)
    papers = list(_papers(chance))
    _write(directory, [*papers, *_events(papers)])
    texts = _Texts(chance)
    totals = size or Size()
    for number in range(DAYS):
        day = LAST_DAY - timedelta(days=DAYS - 1 - number)
        _write(directory, _quotes(chance, papers, day, _share(totals.quotes, number)))
        _write(directory, _articles(chance, papers, texts, day, _share(totals.articles, number)))
        _write(directory, _ratings(chance, papers, day, _share(totals.ratings, number)))


def _share(total: int, day: int) -> range:
    """Return the numbers of a day's records."""
    return range(total * day // DAYS, total * (day + 1) // DAYS)


def _write(directory: Path, items: Iterator[Item] | list[Item]) -> None:
    """Append the items, which are written as they come, to the files of their days."""
    lines: dict[str, list[bytes]] = {}
    for item in items:
        lines.setdefault(file_of(item), []).append(line(item))
    for name, added in lines.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        with (directory / name).open("ab") as file:
            file.writelines(added)


def _papers(chance: random.Random) -> Iterator[Instrument]:
    for kind, (number, path) in KINDS.items():
        for count in range(number):
            page = f"muster-{kind}-{count}"
            paper = Instrument(
                url=f"{SITE}/{path.format(page)}",
                fetched_at=_fetched(LAST_DAY, 0),
                version=1,
                page=page,
                name=f"{_word(chance).capitalize()} {kind} {count}",
                kind=kind,
                isin=f"DE{kind[:3].upper()}{count:06}{count % 10}" if kind in _NUMBERED else None,
                wkn=f"{kind[0].upper()}{count:05}" if kind in _NUMBERED else None,
                symbol=f"M{count}" if kind == "stock" else None,
            )
            paper.key = paper.keys[0]
            yield paper
            if kind == "stock" and count < RENAMED:
                yield _renamed(paper)


_NUMBERED: Final = {"stock", "fund", "etf", "bond", "certificate"}


def _renamed(paper: Instrument) -> Instrument:
    """Return a paper as it was registered under an earlier name."""
    earlier = _fetched(LAST_DAY - timedelta(days=DAYS // 2), 0)
    page = f"{paper.page}-frueher"
    former = replace(paper, page=page, fetched_at=earlier, name=f"{paper.name} (früher)")
    return replace(former, key=former.keys[0], url=f"{SITE}/aktien/{page}-aktie")


def _events(papers: list[Instrument]) -> Iterator[Event]:
    for paper in papers:
        for quarter in range(1, 5) if paper.kind == "stock" else ():
            event = Event(
                url=f"{SITE}/termine/{paper.page}",
                fetched_at=_fetched(LAST_DAY, 1),
                version=1,
                **_of(paper),
                event="Quartalszahlen",
                period=f"Q{quarter} 2026",
                date=f"2026-{3 * quarter - 1:02}-14",
                is_estimated=quarter == 4,
                eps_estimate=Decimal("1.25"),
                currency="EUR",
            )
            event.key = event.keys[0]
            yield event


def _quotes(
    chance: random.Random, papers: list[Instrument], day: date, numbers: range
) -> Iterator[Quote]:
    """Yield quotes of one paper after another on one exchange after another."""
    for number in numbers:
        second = _second(number, numbers)
        paper = papers[number % len(papers)]
        exchange, mic, currency = EXCHANGES[number // len(papers) % len(EXCHANGES)]
        cents = _level(paper, day, chance.uniform(0.99, 1.01))
        quote = Quote(
            url=f"{SITE}/boersenplaetze/{paper.page}",
            fetched_at=_fetched(day, second),
            version=1,
            **_of(paper),
            kind=paper.kind,
            symbol=paper.symbol,
            price=_money(cents),
            currency=currency,
            change=_money(cents % 200 - 100),
            change_percent=_money(cents % 300 - 150),
            previous_close=_money(cents - cents % 200 + 100),
            bid=_money(cents - 3),
            ask=_money(cents + 3),
            volume=cents * 7,
            price_type="trade",
            exchange=exchange,
            mic=mic,
            quoted_at=_published(day, second),
            source="venues",
        )
        quote.key = quote.keys[0]
        yield quote
        if number % 25 == 0:
            quote.version, quote.open = 2, _money(cents - 50)
            yield quote


def _articles(
    chance: random.Random,
    papers: list[Instrument],
    texts: "_Texts",
    day: date,
    numbers: range,
) -> Iterator[Article]:
    for number in numbers:
        second = _second(number, numbers)
        named = _named(chance, papers)
        article = Article(
            key=f"id:{10_000_000 + number}",
            url=f"{SITE}/nachricht/aktien/muster-{10_000_000 + number}",
            fetched_at=_fetched(day, second),
            version=1,
            id=str(10_000_000 + number),
            headline=texts.sentence()[:90],
            description=texts.sentence(),
            article_body=texts.body(),
            section="aktien",
            category="Aktien",
            date_published=_published(day, second),
            authors=["Erika Muster"] if number % 3 else None,
            agency="dpa-AFX" if number % 2 else None,
            instruments=named or None,
            in_language="de",
            is_complete=True,
        )
        yield article
        if number % 25 == 0:
            article.version, article.kicker = 2, "Nachgetragen"
            yield article


def _named(chance: random.Random, papers: list[Instrument]) -> list[NamedInstrument]:
    """Return papers: the first one for 40 % of all articles, up to three others, or none."""
    chosen = {0} if chance.random() < 0.4 else set()
    chosen |= {int(len(papers) * chance.random() ** 3) for _ in range(chance.randrange(4))}
    return [
        NamedInstrument(
            papers[number].name,
            papers[number].kind,
            papers[number].page,
            papers[number].url,
            papers[number].isin,
            papers[number].wkn,
            is_listed=True if place == 2 else None,
        )
        for place, number in enumerate(sorted(chosen))
    ]


def _ratings(
    chance: random.Random, papers: list[Instrument], day: date, numbers: range
) -> Iterator[Rating]:
    stocks = [paper for paper in papers if paper.kind == "stock"]
    for number in numbers:
        second = _second(number, numbers)
        paper = stocks[int(len(stocks) * chance.random() ** 2)]
        word, verdict = RATINGS[chance.randrange(len(RATINGS))]
        yield Rating(
            key=f"id:{number + 1}",
            url=f"{SITE}/analyse/muster-{number + 1}",
            fetched_at=_fetched(day, second),
            version=1,
            id=str(number + 1),
            **_of(paper),
            firm=FIRMS[number % len(FIRMS)],
            analyst="Erika Muster",
            rating=word,
            verdict=verdict,
            action=ACTIONS[number % len(ACTIONS)],
            price_target=_money(_level(paper, day, chance.uniform(0.9, 1.3))),
            currency="EUR",
            date_published=_published(day, second) if number % 2 else f"{day}",
        )


class _Texts:
    """Sentences of invented words."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        words = [_word(chance) for _ in range(4_000)]
        self._sentences = [
            f"{' '.join(chance.choices(words, k=chance.randrange(8, 20))).capitalize()}."
            for _ in range(5_000)
        ]

    def sentence(self) -> str:
        return self._sentences[self._chance.randrange(len(self._sentences))]

    def body(self) -> str:
        """Return 20 to 29 sentences, about 2.5 kB, in paragraphs of five."""
        sentences = [self.sentence() for _ in range(self._chance.randrange(20, 30))]
        return "\n\n".join(" ".join(sentences[start : start + 5]) for start in range(0, 30, 5))


def _of(paper: Instrument) -> dict[str, Any]:
    return {"name": paper.name, "page": paper.page, "isin": paper.isin, "wkn": paper.wkn}


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES.split(), k=chance.randrange(1, 5)))


def _second(number: int, numbers: range) -> int:
    """Return the second of the day, of those in which exchanges are open."""
    return 30_000 * (number - numbers.start) // len(numbers)


def _fetched(day: date, second: int) -> str:
    """Return a time from 8 to 17 o'clock UTC."""
    start = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    return (start + timedelta(seconds=second)).isoformat()


def _published(day: date, second: int) -> str:
    return datetime.fromisoformat(_fetched(day, second)).astimezone(ZONE).isoformat()


def _level(paper: Instrument, day: date, factor: float) -> int:
    """Return a price in cents: each paper has a level of its own, and goes up and down."""
    level = 2_000 + crc32(str(paper.isin or paper.page).encode()) % 30_000
    return int(level * (1 + 0.2 * sin(day.toordinal() / 23 + level)) * factor)


def _money(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


if __name__ == "__main__":
    count = int(sys.argv[2]) if sys.argv[2:] else Size.quotes
    write_archive(Path(sys.argv[1]), Size(count, count // 10, count // 100))
