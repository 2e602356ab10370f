"""Views of the articles."""

import json
import re
from collections.abc import Callable
from datetime import UTC
from itertools import groupby
from typing import Any, NamedTuple

from samplesite.content.articles import Article
from samplesite.content.box_rows import has_price_in_box, name_in_box
from samplesite.content.german import english, german, moment
from samplesite.content.instruments import Instrument
from samplesite.content.papers import Paper
from samplesite.content.stocks import Stock
from samplesite.web.article_links import linked_articles
from samplesite.web.context import Context

_TITLES = {
    "index": "Indizes",
    "currency": "Devisen",
    "crypto": "Devisen",
    "etf": "ETFs",
    "fund": "Fonds",
    "commodity": "Rohstoffe",
    "bond": "Anleihen",
    "certificate": "Zertifikate",
}
"""Kind of what is no share → heading in the box of an article."""

_WITH_NEWS_BELOW = ("index", "devisen", "rohstoffe")
"""Roofs whose papers have their news at ``/nachrichten`` and their own path (seen 2026-10)"""


class Row(NamedTuple):
    """A row of an article's box, as printed."""

    path: str
    name: str
    price: str
    change: str
    news: str
    isin: str | None = None


def article_page(context: Context, _page: int, path: str) -> str | None:
    """Return an article."""
    article = context.article_at(path)
    return None if article is None else _rendered(context, article)


def _rendered(context: Context, article: Article) -> str:
    """Return an article's page."""
    image = f"{context.base}/bilder/{article.id}.jpg"
    date_line = ("aktualisiert " if article.is_updated else "") + moment(article.published)
    subject = article.stocks[0].short if article.stocks else "Muster"
    return context.render(
        "article.html",
        article=article,
        image=image,
        date_line=date_line,
        subject=subject,
        groups=_groups(article),
        links=linked_articles(context.world, article),
        analyses=context.world.analyses_by_page,
        page_context=_json(_page_context(article)),
        json_ld=_json(_json_ld(context, article, image)),
        summary=_json({f"bulletpoint{at}": point for at, point in enumerate(article.summary, 1)}),
    )


def _groups(article: Article) -> list[tuple[str, list[Row]]]:
    """Return the headings of an article's box with their rows."""
    rows = [("Aktien", _stock_row(stock)) for stock in article.stocks]
    indices = [other for other in article.others if other.kind == "index"]
    rest = [other for other in article.others if other.kind != "index"]
    rows += [_titled_row(index) for index in indices]
    if article.empty_row:
        rows.append(("Indizes", _row(article.empty_row, "PKT", "PKT")))
    rows += [_titled_row(other) for other in rest]
    rows += [_titled_row(paper) for paper in article.papers]
    return [
        (title, [row for _, row in group]) for title, group in groupby(rows, lambda row: row[0])
    ]


def _stock_row(stock: Stock) -> Row:
    change = f"{german(stock.change)} EUR {german(stock.percent)}%"
    price = f"{german(stock.price)} EUR"
    return Row(stock.path, stock.name, price, change, f"/news/{stock.page}-news", stock.isin)


def _titled_row(named: Instrument | Paper) -> tuple[str, Row]:
    """Return a row with its heading; rates have English numbers, all others German ones."""
    if isinstance(named, Paper) and not has_price_in_box(named):
        return _TITLES[named.kind], _row(named, named.unit, named.unit)
    is_rate = named.path.startswith("/devisen/")
    number, percent = (english, " %") if is_rate else (german, "%")
    change = f"{number(named.change)} {named.unit} {number(named.percent)}{percent}"
    row = _row(named, f"{number(named.price)} {named.unit}", change)
    return _TITLES[named.kind], row


def _row(named: Instrument | Paper, price: str, change: str) -> Row:
    path, page = named.path.partition("?")[0], named.page.partition("?")[0]
    has_own = path.split("/")[1] in _WITH_NEWS_BELOW
    news = f"/nachrichten{path}" if has_own else f"/news/{page}-news"
    return Row(named.path, name_in_box(named), price, change, news)


def _page_context(article: Article) -> dict[str, Any]:
    about = {
        "article_id": article.id,
        "article_type": "Nachricht",
        "access_model": "free",
        "headline": article.headline,
        "is_sponsored": article.is_sponsored,
        "primary_category": article.category,
        "publication_timestamp": f"{article.published:%Y-%m-%dT%H:%M:%S}",
        "last_update_timestamp": f"{article.modified:%Y-%m-%dT%H:%M:%S}",
    }
    return {"article": about, "financialAssets": []}


def _json_ld(context: Context, article: Article, image: str) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": "finanzen.net"}
    person = {"@type": "Person", "name": article.person}
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "description": article.lead,
        "datePublished": f"{article.published.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z",
        "dateModified": f"{article.modified.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z",
        "mainEntityOfPage": {"@type": "WebPage", "@id": context.base + article.path},
        "image": [image] if article.has_image else [],
        "author": person if article.person else publisher,
        "publisher": publisher,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")


ROUTES: dict[re.Pattern[str], Callable[..., str | None]] = {
    re.compile(r"(?P<path>/nachricht/[a-z]+/.+)"): article_page,
}
