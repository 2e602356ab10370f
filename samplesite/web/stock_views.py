"""Views of the shares, the analyses and the index members."""

import re
from collections.abc import Callable

from samplesite.content.instruments import NOW
from samplesite.web.context import Context
from samplesite.web.price_rows import price_rows

PAGE = 20
MEMBERS = 10
_TITLES = {
    "german": "Deutsche Börsenübersicht",
    "off-exchange": "Außerbörsliche Handelsplätze",
    "foreign": "Ausländische Börsenübersicht*",
}


def stock_page(context: Context, _page: int, name: str) -> str | None:
    """Return a share's page."""
    stock = context.stock_at(name)
    if stock is None:
        return None
    rows = [] if stock.is_short_of_boxes else price_rows(stock.shown)
    analyses = context.analyses_of(name)
    return context.render("stock.html", stock=stock, rows=rows, analyses=analyses)


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
