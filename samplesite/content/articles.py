"""The news of the sample site: what each article says, in all the forms that the site has."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from samplesite.content.analyses import Analysis
from samplesite.content.instruments import CURRENCIES, GOODS, INDICES, NOW, PLAIN, Instrument, Stock

SECTIONS = ("aktien", "devisen", "rohstoffe", "etf")
_CATEGORIES = {
    "aktien": "Aktien",
    "devisen": "Kryptowährungen",
    "rohstoffe": "Rohstoffe",
    "etf": "ETF & Fonds",
}
_PLACES = ("FRANKFURT", "NEW YORK", "BAD MUSTERSTADT", "KIEL", "ST. BEISPIEL")
_AUTHORS = ("Ada Beispiel", "Bert Muster", "C. Probe", "D. von Ohneland")
_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag")
_WHY = (
    "Händler verwiesen auf die Zahlen zum Quartal.",
    "Zuvor hatte das Unternehmen seine Prognose bestätigt.",
    "Das Umfeld bleibe anspruchsvoll, sagte der Vorstand.",
    "Analysten hatten im Mittel etwas mehr erwartet.",
    "Der Umsatz wuchs um 4,2 Prozent auf 1.310 Millionen Euro.",
    "Am Vormittag war das Papier noch schwächer gewesen.",
)


@dataclass(frozen=True)
class Named:
    """A security named in a text by a link."""

    text: str
    instrument: Stock | Instrument
    is_absolute: bool = False


@dataclass(frozen=True)
class Piece:
    """A part of a text: ``p``, ``h2``, ``ul`` with an entry a line, or ``ad``."""

    tag: str
    parts: tuple[str | Named, ...] = ()

    @property
    def text(self) -> str:
        """What a reader sees."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


@dataclass(frozen=True)
class Slide:
    """A place of a ranking; one without a title is advertising."""

    title: str = ""
    parts: tuple[str | Named, ...] = ()
    source: str = ""

    @property
    def text(self) -> str:
        """What a reader sees below the title."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


@dataclass(frozen=True)
class Byline:
    """What stands around an agency's text, and what it means."""

    before: str = ""
    after_last: str = ""
    first: str = ""
    last: tuple[str, ...] = ()
    dateline: str | None = None
    agency: str | None = None
    signature: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Article:
    """One article."""

    id: str
    section: str
    slug: str
    headline: str
    kicker: str | None
    lead: str | None
    published: datetime
    modified: datetime
    listed: datetime
    layout: int
    pieces: tuple[Piece, ...]
    byline: Byline
    slides: tuple[Slide, ...] = ()
    stocks: tuple[Stock, ...] = ()
    others: tuple[Instrument, ...] = ()
    empty_row: Instrument | None = None
    rated: tuple[Stock, ...] = ()
    has_image: bool = True
    credit: str | None = None
    summary: tuple[str, ...] = ()
    is_sponsored: bool = False
    is_updated: bool = False
    person: str | None = None
    fault: str | None = None
    appears: datetime | None = None
    """From when on lists have it, if that is not its time there."""
    dated_anew: datetime | None = None
    """When it was corrected, and so moved to the top of feed and lists."""

    @property
    def dated(self) -> datetime:
        """Its time in the feed."""
        return self.dated_anew or self.published

    @property
    def path(self) -> str:
        """Its page."""
        return f"/nachricht/{self.section}/{self.slug}-{self.id}"

    @property
    def category(self) -> str:
        """The site's word for its subject."""
        return _CATEGORIES[self.section]

    @property
    def is_promotion(self) -> bool:
        """Whether it is advertising in the form of an article."""
        return self.is_sponsored or self.slug.startswith(("in-eigener-sache-", "ratgeber-"))


def article(seed: int, number: int, stocks: list[Stock]) -> Article:
    """Return the article of that number, 0 the newest; the same for a seed and its stocks."""
    chance = Random(f"{seed}/article/{number}")
    section = "aktien" if chance.random() < 0.7 else chance.choice(SECTIONS[1:])
    published = NOW - timedelta(minutes=number * 7, seconds=chance.randrange(400))
    named = tuple(chance.sample(stocks, k=min(len(stocks), 1 + number % 3)))
    is_old = number % 25 == 12
    subject = named[0].short
    headline = _headline(chance, subject, number)
    is_ranking = number % 15 == 4
    layout = 2024 if number % 6 == 5 else 2026
    boxed = number % 5 != 3
    return Article(
        id=str(9_000_000 + number) if is_old else str(15_990_000 - number * 37),
        section=section,
        slug=_slug(headline, number),
        headline=headline,
        kicker=None if number % 7 == 6 else f"{subject} im Fokus",
        lead=None if number % 17 == 16 else f"{subject} bewegt die Anleger. {chance.choice(_WHY)}",
        published=published,
        modified=published + timedelta(minutes=chance.randrange(3)),
        listed=published + timedelta(minutes=chance.choice((0, 0, 0, 45))),
        layout=layout,
        pieces=_ranking_pieces() if is_ranking else tuple(_pieces(chance, named, number)),
        byline=Byline() if is_ranking else _byline(chance, number),
        slides=tuple(_slides(chance)) if is_ranking else (),
        stocks=named if boxed else (),
        others=_others(number) if boxed else (),
        empty_row=INDICES[1] if boxed and number % 7 == 0 else None,
        rated=named[:1] if section == "aktien" and number % 4 == 1 else (),
        has_image=number % 8 != 7,
        credit=None if number % 9 == 8 else "Musterfoto / Beispielbild.de, A. Probe",
        summary=_summary(subject) if layout == 2026 and number % 2 == 0 else (),
        is_sponsored=number % 20 == 9 and layout == 2026,
        is_updated=layout == 2024 and number % 12 == 11,
        person=_AUTHORS[0] if layout == 2026 and number % 10 == 2 else None,
    )


def _headline(chance: Random, subject: str, number: int) -> str:
    if number % 20 == 9:
        return f"In eigener Sache: So handeln Sie {subject} günstiger"
    if number % 20 == 19:
        return f"Ratgeber: Was Anleger über {subject} wissen müssen"
    verbs = ("legt zu", "gibt nach", "bestätigt Prognose", "überrascht & überzeugt", "im Plus")
    return f"{subject}-Aktie {chance.choice(verbs)}: Blick auf den {chance.choice(_DAYS)}"


def _slug(headline: str, number: int) -> str:
    plain = headline.lower().translate(PLAIN)
    words = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    return "-".join(words) + ("-00" if number % 5 == 2 else "")


def _pieces(chance: Random, named: tuple[Stock, ...], number: int) -> list[Piece]:
    first, *rest = named
    pieces = [
        Piece(
            "p",
            (
                "Die Aktie von ",
                Named(first.short, first),
                f" bewegt sich um {1 + number % 8},{number % 10} Prozent.",
            ),
        ),
        Piece("ad"),
        Piece("p", (" ".join(chance.sample(_WHY, k=3)),)),
        Piece("h2", (f"Ausblick auf {chance.choice(_DAYS)}",)),
        Piece(
            "p",
            (
                "Der ",
                Named("DAX", INDICES[0], is_absolute=True),
                " gab dagegen nach. ",
                chance.choice(_WHY),
            ),
        ),
    ]
    if rest:
        pieces.append(Piece("ul", tuple(f"{other.short}: unverändert" for other in rest)))
    if number % 3 == 0:
        pieces.append(
            Piece("br", ("• Umsatz: im Plan", "• Gewinn: über Plan", "Ein Absatz für sich."))
        )
    pieces.append(Piece("p", (f"Für das Gesamtjahr rechnet {first.short} mit einem Plus.",)))
    return pieces


def _ranking_pieces() -> tuple[Piece, ...]:
    return (Piece("p", ("So bewegten sich die Werte im Quartal",)),)


def _slides(chance: Random) -> list[Slide]:
    slides = [
        Slide("Platz 4: Das Ranking", ("Das Ranking zeigt die Werte im Vergleich.",), "Musterfoto")
    ]
    for place, one in zip((3, 2, 1), (*CURRENCIES[:2], *GOODS), strict=True):
        change = f": {chance.randrange(-40, 200)},{chance.randrange(10, 99)} Prozent"
        slides.append(
            Slide(f"Platz {place}: {one.name}", (Named(one.name, one), change), "A. Probe")
        )
    slides.insert(2, Slide())
    return slides


def _others(number: int) -> tuple[Instrument, ...]:
    indices = (INDICES[number % len(INDICES)],) if number % 2 else ()
    return indices + (CURRENCIES if number % 3 == 0 else ())


def _summary(subject: str) -> tuple[str, ...]:
    return (
        f"{subject} steht im Mittelpunkt.",
        "Die Zahlen zum Quartal liegen vor.",
        "Der Ausblick bleibt unverändert.",
    )


def _byline(chance: Random, number: int) -> Byline:
    """Return one of the seven forms in which agencies sign."""
    place = chance.choice(_PLACES)
    person, other = chance.sample(_AUTHORS, k=2)
    forms = (
        Byline(
            before=f"{place} (dpa-AFX) - ",
            after_last="/ck/mis",
            dateline=place,
            agency="dpa-AFX",
            signature="ck/mis",
        ),
        Byline(
            last=("/so/DP/zb", f"{place} (dpa-AFX)"),
            dateline=place,
            agency="dpa-AFX",
            signature="so/DP/zb",
        ),
        Byline(
            after_last=f"/ck/mis--- Von {person}, dpa-AFX ---",
            agency="dpa-AFX",
            signature="ck/mis",
            authors=(person,),
        ),
        Byline(last=("Redaktion finanzen.net",), signature="Redaktion finanzen.net"),
        Byline(
            last=("Redaktion finanzen.net / dpa-AFX / Dow Jones Newswires",),
            agency="dpa-AFX / Dow Jones Newswires",
            signature="Redaktion finanzen.net",
        ),
        Byline(
            first=f"von {person} und {other}, Muster am Sonntag",
            agency="Muster am Sonntag",
            authors=(person, other),
        ),
        Byline(),
    )
    return forms[number % len(forms)]


def in_tables(analyses: list[Analysis]) -> list[Analysis]:
    """Return the studies that the four tables of a share show: the newest five of each."""
    verdicts = (None, "buy", "hold", "sell")
    tables = ([one for one in analyses if which in (None, one.verdict)][:5] for which in verdicts)
    return list({one.id: one for table in tables for one in table}.values())
