"""Rules 5 and 6: a paper that has ended has no price, and of two papers' numbers one is wrong."""

from collections.abc import Sequence
from typing import Any

from tests.alterations.grids import text
from tests.alterations.ownership import element
from tests.alterations.registry import ANY, Pick, Seen, alters
from tests.alterations.sheets import PAPERS, Sheet
from tests.alterations.tables import set_text

ENDED = (
    "Dieses Produkt ist abgelaufen, es werden keine Kurse mehr gestellt.",
    "Das Produkt ist am 18.09.2026 abgelaufen und kann nicht mehr gehandelt werden.",
    "Nicht mehr handelbar.",
    "Der Handel wurde eingestellt; Fragen werden nicht beantwortet.",
    "Das Papier wurde am 18.09.2026 getilgt, der Emittent kann die Zinsen noch anpassen.",
    "Seit dem 18.09.2026 ist es fällig. Wenn Sie Fragen haben, rufen Sie an.",
    "Es wird als abgelaufen geführt.",
)
NOT_ENDED = (
    "Das Produkt ist noch nicht abgelaufen oder ausgeknockt.",
    "Es kann ausgeknockt oder gekündigt werden.",
    "Es verfällt, wenn der Kurs die Schwelle berührt.",
    "Der Handel wird am 18.12.2098 eingestellt und das Papier zurückgezahlt.",
)
LAST_DAYS = ("Fälligkeit", "Letzter Handelstag:", "Bewertungstag", "Rückzahlung", "Laufzeit bis *")
NO_PRICE = {"price": ANY, "bid": ANY}
OTHER = "DE000PR0BE75"


def headlines(sheet: Sheet) -> Sequence[Any]:
    """Return the headline of a paper that ends."""
    return sheet.xpath("//h1") if sheet.page_type in ("certificate", "bond") else []


@alters(headlines)
def words_that_the_paper_has_ended(headline: Any, pick: Pick) -> Seen:
    headline.addnext(element(f"<p>{pick(ENDED)}</p>"))
    return Seen(void=NO_PRICE)


@alters(headlines)
def words_that_the_paper_can_end(headline: Any, pick: Pick) -> Seen:
    headline.addnext(element(f"<p>{pick(NOT_ENDED)}</p>"))
    return Seen()


@alters(headlines)
def a_notice_above_everything_that_the_paper_has_ended(headline: Any, pick: Pick) -> Seen:
    headline.xpath("ancestor::main[1]")[0].insert(0, element(f"<div>{pick(ENDED)}</div>"))
    return Seen(void=NO_PRICE)


@alters(headlines)
def a_last_day_long_ago_in_the_terms(headline: Any, pick: Pick) -> Seen:
    row = f"<tr><td>{pick(LAST_DAYS)}</td><td>18.09.2020</td></tr>"
    headline.xpath("ancestor::main[1]")[0].append(element(f"<table>{row}</table>"))
    return Seen(void=NO_PRICE)


def isins(sheet: Sheet) -> Sequence[Any]:
    """Return the badge of an ISIN where a heading repeats the WKN of the badge beside it."""
    keys = sheet.xpath('//*[contains(@class, "badge__key")]')
    badges = {text(key): key.getnext() for key in keys}
    headed = f"WKN: {text(badges['WKN'])}" if "WKN" in badges else ""
    is_headed = headed and any(headed in text(heading) for heading in sheet.xpath("//h2"))
    return [badges["ISIN"]] if sheet.page_type in PAPERS and is_headed and "ISIN" in badges else []


@alters(isins)
def the_isin_of_another_paper_in_badge_and_link(badge: Any, pick: Pick) -> Seen:
    set_text(badge, OTHER)
    links = badge.xpath('ancestor::main[1]//a[contains(@class, "snapshot__depot-add")]')
    for link in links if pick((True, False)) else []:
        link.set("href", f"/depot/watchlist.asp?isisin={OTHER}")
    return Seen(due=frozenset({"isin", "wkn"}))
