"""Generates articles, in all the forms that the site has."""

from datetime import timedelta
from random import Random

from samplesite.content.article_papers import papers_in
from samplesite.content.articles import SECTIONS, Article, Byline, Named, Piece, Slide
from samplesite.content.german import PLAIN
from samplesite.content.instruments import COMMODITIES, CURRENCIES, INDICES, NOW, Instrument
from samplesite.content.papers import Paper
from samplesite.content.stocks import Stock

_PLACES = ("FRANKFURT", "NEW YORK", "BAD MUSTERSTADT", "KIEL", "ST. BEISPIEL")

_AUTHORS = ("Ada Beispiel", "Bert Muster", "C. Probe", "D. von Ohneland")

_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag")

_REASONS = (
    "Händler verwiesen auf die Zahlen zum Quartal.",
    "Zuvor hatte das Unternehmen seine Prognose bestätigt.",
    "Das Umfeld bleibe anspruchsvoll, sagte der Vorstand.",
    "Analysten hatten im Mittel etwas mehr erwartet.",
    "Der Umsatz wuchs um 4,2 Prozent auf 1.310 Millionen Euro.",
    "Am Vormittag war das Papier noch schwächer gewesen.",
)


def article(seed: int, number: int, stocks: list[Stock], papers: list[Paper]) -> Article:
    """Return the article of a number, 0 being the newest; the same for the same seed and stocks."""
    rng = Random(f"{seed}/article/{number}")
    section = "aktien" if rng.random() < 0.7 else rng.choice(SECTIONS[1:])
    published = NOW - timedelta(minutes=number * 7, seconds=rng.randrange(400))
    named = tuple(rng.sample(stocks, k=min(len(stocks), 1 + number % 3)))
    is_old = number % 25 == 12
    subject = named[0].short
    headline = _headline(rng, subject, number)
    is_ranking = number % 15 == 4
    layout = 2024 if number % 6 == 5 else 2026
    boxed = number % 5 != 3
    return Article(
        id=str(9_000_000 + number) if is_old else str(15_990_000 - number * 37),
        section=section,
        slug=_slug(headline, number),
        headline=headline,
        kicker=None if number % 7 == 6 else f"{subject} im Fokus",
        lead=None if number % 17 == 16 else f"{subject} bewegt die Anleger. {rng.choice(_REASONS)}",
        published=published,
        modified=published + timedelta(minutes=rng.randrange(3)),
        listed=published + timedelta(minutes=rng.choice((0, 0, 0, 45))),
        layout=layout,
        pieces=_ranking_pieces() if is_ranking else tuple(_pieces(rng, named, number)),
        byline=Byline() if is_ranking else _byline(rng, number),
        slides=tuple(_slides(rng)) if is_ranking else (),
        stocks=named if boxed else (),
        others=_others(number) if boxed else (),
        papers=papers_in(section, number, papers) if boxed else (),
        empty_row=INDICES[1] if boxed and number % 7 == 0 else None,
        rated=named[:1] if section == "aktien" and number % 4 == 1 else (),
        has_image=number % 8 != 7,
        credit=None if number % 9 == 8 else "Musterfoto / Beispielbild.de, A. Probe",
        summary=_summary(subject) if layout == 2026 and number % 2 == 0 else (),
        is_sponsored=number % 20 == 9 and layout == 2026,
        is_updated=layout == 2024 and number % 12 == 11,
        person=_AUTHORS[0] if layout == 2026 and number % 10 == 2 else None,
    )


def _headline(rng: Random, subject: str, number: int) -> str:
    if number % 20 == 9:
        return f"In eigener Sache: So handeln Sie {subject} günstiger"
    if number % 20 == 19:
        return f"Ratgeber: Was Anleger über {subject} wissen müssen"
    verbs = ("legt zu", "gibt nach", "bestätigt Prognose", "überrascht & überzeugt", "im Plus")
    return f"{subject}-Aktie {rng.choice(verbs)}: Blick auf den {rng.choice(_DAYS)}"


def _slug(headline: str, number: int) -> str:
    plain = headline.lower().translate(PLAIN)
    words = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    return "-".join(words) + ("-00" if number % 5 == 2 else "")


def _pieces(rng: Random, named: tuple[Stock, ...], number: int) -> list[Piece]:
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
        Piece("p", (" ".join(rng.sample(_REASONS, k=3)),)),
        Piece("h2", (f"Ausblick auf {rng.choice(_DAYS)}",)),
        Piece(
            "p",
            (
                "Der ",
                Named("DAX", INDICES[0], is_absolute=True),
                " gab dagegen nach. ",
                rng.choice(_REASONS),
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


def _slides(rng: Random) -> list[Slide]:
    slides = [
        Slide("Platz 4: Das Ranking", ("Das Ranking zeigt die Werte im Vergleich.",), "Musterfoto")
    ]
    for place, instrument in zip((3, 2, 1), (*CURRENCIES[:2], *COMMODITIES), strict=True):
        change = f": {rng.randrange(-40, 200)},{rng.randrange(10, 99)} Prozent"
        slides.append(
            Slide(
                f"Platz {place}: {instrument.name}",
                (Named(instrument.name, instrument), change),
                "A. Probe",
            )
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


def _byline(rng: Random, number: int) -> Byline:
    """Return one of the seven forms of byline."""
    place = rng.choice(_PLACES)
    person, other = rng.sample(_AUTHORS, k=2)
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
