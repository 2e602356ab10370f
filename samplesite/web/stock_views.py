"""Views of the shares, the analyses, the index members and the search suggestions."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from samplesite.content.exchanges import Venue
from samplesite.content.german import day, german
from samplesite.content.instruments import NOW
from samplesite.content.stocks import Stock
from samplesite.web.context import Context

PAGE = 20
MEMBERS = 10
_TITLES = {
    "german": "Deutsche Börsenübersicht",
    "off-exchange": "Außerbörsliche Handelsplätze",
    "foreign": "Ausländische Börsenübersicht*",
}


class Box(NamedTuple):
    """The prices of one exchange on a share's page, as printed."""

    exchange: str
    rows: list[tuple[str, str]]


def stock_page(context: Context, _page: int, name: str) -> str | None:
    """Return a share's page."""
    stock = context.stock_at(name)
    if stock is None:
        return None
    makers = (_first_box, _second_box, _third_box)
    boxes = [make(venue) for make, venue in zip(makers, stock.boxed_venues, strict=False)]
    analyses = context.analyses_of(name)
    return context.render("stock.html", stock=stock, boxes=boxes, analyses=analyses)


def venues_page(context: Context, _page: int, name: str) -> str | None:
    """Return the prices of a share on every exchange."""
    stock = context.stock_at(name)
    if stock is None:
        return None
    tables = [
        (title, [venue for venue in stock.venues if venue.exchange.segment == segment])
        for segment, title in _TITLES.items()
    ]
    return context.render("venues.html", stock=stock, tables=tables)


def price_targets_page(context: Context, _page: int, name: str) -> str | None:
    """Return the price targets of a share."""
    stock = context.stock_at(name)
    if stock is None:
        return None
    analyses = context.analyses_of(name)
    return context.render("price_targets.html", stock=stock, analyses=analyses)


def events_page(context: Context, _page: int, name: str) -> str | None:
    """Return the dates in the calendar of a share."""
    stock = context.stock_at(name)
    if stock is None:
        return None
    events = context.world.events_by_page.get(name, [])
    return context.render("events.html", stock=stock, events=events)


def analysis_page(context: Context, _page: int, number: str) -> str | None:
    """Return an analysis."""
    analysis = context.world.analysis_of(number)
    if analysis is None:
        return None
    return context.render("analysis.html", analysis=analysis, stock=analysis.stock)


def analyses_page(context: Context, page: int, name: str | None = None) -> str | None:
    """Return a page of the list of all analyses, or of a share's."""
    stock = context.stock_at(name) if name else None
    if name and stock is None:
        return None
    every = context.analyses_of(name) if name else context.world.analyses
    path = f"/analysen/{name}-analysen" if name else "/analysen"
    return _paged(context, "analysis_list.html", path, page, PAGE, analyses=every, stock=stock)


def members_page(context: Context, page: int, count: str | None = None) -> str | None:
    """Return a page of the index members, which are all shares."""
    path = f"/index/dax/{count}-werte" if count else "/index/dax/werte"
    return _paged(context, "members.html", path, page, MEMBERS, stocks=context.world.stocks)


def suggestions(context: Context, query: str) -> str:
    """Return the search suggestions: exact matches, and shares that only look alike."""
    hits = [
        {"isin": stock.isin, "wkn": stock.wkn, "n": stock.name, "u": context.base + stock.path}
        for stock in context.world.stocks
        if _resembles(stock, query.upper())
    ]
    advert = {"isin": None, "wkn": None, "n": "<b>Depot</b>", "u": "http://g.beispiel.invalid/"}
    groups = [{"n": "Anzeige", "il": [advert]}, {"n": "Aktien", "il": hits[:25]}]
    return json.dumps({"it": groups})


def _resembles(stock: Stock, query: str) -> bool:
    return query[:2] in (stock.isin[:2], stock.wkn[:2]) or query in stock.name.upper()


def _first_box(venue: Venue) -> Box:
    rows = [
        ("Kurs", _money(venue)),
        ("Eröffnung / Vortag", f"{_or_dash(venue.low)} / {_or_dash(venue.previous)}"),
        ("Tageshoch / Tagestief", f"{_or_dash(venue.high)} / {_or_dash(venue.low)}"),
        ("Volumen (Stück)", _or_dash(venue.volume)),
        ("Geld", f"{_or_dash(venue.bid)} / 200 Stk."),
        ("Brief", f"{_or_dash(venue.ask)} / 150 Stk."),
        *_time_rows(venue),
    ]
    return Box(venue.exchange.name, rows)


def _second_box(venue: Venue) -> Box:
    rows = [
        ("Kurs", _money(venue)),
        ("Eröffnungskurs", _or_dash(venue.low)),
        ("Schlusskurs Vortag", _or_dash(venue.previous)),
        ("Tageshoch", _or_dash(venue.high)),
        ("Tagestief", _or_dash(venue.low)),
        ("Tagesvolumen in Stück", _or_dash(venue.volume)),
        ("Geld", _or_dash(venue.bid)),
        ("Brief", _or_dash(venue.ask)),
        *_time_rows(venue),
    ]
    return Box(venue.exchange.name, rows)


def _third_box(venue: Venue) -> Box:
    rows = [
        ("Kurs", _money(venue)),
        ("Eröffnung", _or_dash(venue.low)),
        ("Vortag", _or_dash(venue.previous)),
        ("Tageshoch / Tagestief", f"{_or_dash(venue.high)}/{_or_dash(venue.low)}"),
        ("Tagesvolumen (Stück)", "n/a" if venue.volume is None else german(venue.volume)),
        ("Geld", _or_dash(venue.bid)),
        ("Brief", _or_dash(venue.ask)),
        *_time_rows(venue),
    ]
    return Box(venue.exchange.name, rows)


def _time_rows(venue: Venue) -> list[tuple[str, str]]:
    return [("Kurszeit", f"{venue.at:%H:%M:%S}"), ("Kursdatum", day(venue.at))]


def _money(venue: Venue) -> str:
    return f"{_or_dash(venue.price)} {venue.exchange.unit}"


def _or_dash(number: Decimal | int | None) -> str:
    return "-" if number is None else german(number)


def _paged(
    context: Context, template: str, path: str, page: int, size: int, **lists: object
) -> str | None:
    shown: dict[str, object] = dict(lists)
    pages = 1
    for name, every in lists.items():
        if isinstance(every, list):
            pages = max(1, -(-len(every) // size))
            shown[name] = every[(page - 1) * size : page * size]
    if page > pages:
        return None
    return context.render(template, path=path, page=page, pages=pages, today=NOW.date(), **shown)


ROUTES: dict[re.Pattern[str], Callable[..., str | None]] = {
    re.compile(r"/aktien/(?P<name>[^/@]+)-aktie(?:@stBoerse_\w+)?"): stock_page,
    re.compile(r"/boersenplaetze/(?P<name>[^/]+)"): venues_page,
    re.compile(r"/kursziele/(?P<name>[^/]+)"): price_targets_page,
    re.compile(r"/termine/(?P<name>[^/]+)"): events_page,
    re.compile(r"/analyse/.+_(?P<number>\d+)"): analysis_page,
    re.compile(r"/analysen(?:/(?P<name>.+)-analysen)?"): analyses_page,
    re.compile(r"/index/dax/(?:(?P<count>\d+)-)?werte"): members_page,
}
