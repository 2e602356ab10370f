"""Views of the feeds, the news lists and the articles."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any, NamedTuple

from samplesite.content.articles import Article
from samplesite.content.german import english, german, moment
from samplesite.content.instruments import NOW, Instrument
from samplesite.content.stocks import Stock
from samplesite.web.context import Context

FEED = 12
LIST = 40
PAGE = 20


class Entry(NamedTuple):
    """An entry of a feed or a list; `href` is ``None`` for a teaser without link."""

    headline: str
    href: str | None
    listed: datetime


class Row(NamedTuple):
    """A row of an article's box, as printed."""

    path: str
    name: str
    price: str
    change: str
    isin: str | None = None


def home(context: Context, _page: int) -> str:
    """Return the start page."""
    return context.render("plain.html", title="Börse und Finanzen")


def not_found(context: Context) -> str:
    """Return the error page, in the site's layout."""
    return context.render("plain.html", title="Seite nicht gefunden")


def news_feed(context: Context, _page: int) -> str:
    """Return the feed of news; where articles are broken, with every second of them."""
    broken = context.broken_articles[::2]
    entries = [
        _feed_entry(context, article)
        for article in _interleaved(broken, context.world.articles[:FEED])
    ]
    if broken:
        entries.insert(3, entries[-1] | {"link": "", "headline": "Ein Eintrag ohne Verweis"})
    return context.render(
        "feed.xml", title="Nachrichten", path="/rss/news", entries=entries, now=context.world.now
    )


def analyses_feed(context: Context, _page: int) -> str:
    """Return the feed of analyses."""
    entries = [
        {
            "headline": f"{analysis.stock.short} {analysis.rating}",
            "published": analysis.moment or datetime.combine(analysis.day, NOW.timetz()),
            "link": context.base + analysis.path,
            "lead": analysis.body[:200],
        }
        for analysis in context.world.analyses[:FEED]
    ]
    return context.render(
        "feed.xml", title="Analysen", path="/rss/analysen", entries=entries, now=context.world.now
    )


def stock_feed(context: Context, _page: int, name: str) -> str | None:
    """Return the feed of a share's news."""
    stock = context.world.stock_at(name)
    if stock is None:
        return None
    entries = [_feed_entry(context, article) for article in context.world.news_of(stock)[:FEED]]
    path = f"/rss/{name}-rss-feed"
    return context.render(
        "feed.xml", title=stock.short, path=path, entries=entries, now=context.world.now
    )


def section_list(context: Context, _page: int, section: str) -> str | None:
    """Return the newest articles of a section; ``aktien`` has the other broken ones."""
    if section not in context.world.sections:
        return None
    broken = context.broken_articles[1::2] if section == "aktien" else []
    entries = _entries(context, _interleaved(broken, context.world.news_in(section)))
    if broken:
        entries.insert(3, Entry("Ein Verweis ohne Ziel", None, context.world.now))
    return _list(
        context, f"/nachrichten/ressort/{section}", section.capitalize(), entries[:LIST], 1, 1
    )


def stock_list(context: Context, _page: int, name: str) -> str | None:
    """Return the newest articles about a share."""
    stock = context.world.stock_at(name)
    if stock is None:
        return None
    entries = _entries(context, context.world.news_of(stock))[:LIST]
    return _list(context, f"/news/{name}-news", f"{stock.short} News", entries, 1, 1)


def reports(context: Context, page: int) -> str | None:
    """Return a page of the list of all articles."""
    pages = max(1, -(-len(context.world.listed) // PAGE))
    place = page
    if context.has_endless_pager:
        place, pages = min(page, pages), max(pages, page + 1)
    if place > pages:
        return None
    entries = _entries(context, context.world.listed[(place - 1) * PAGE : place * PAGE])
    return _list(context, "/index/dax/marktberichte", "Marktberichte", entries, page, pages)


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
        others=context.world.articles[:4],
        analyses=context.world.analyses_by_page,
        page_context=_json(_page_context(article)),
        json_ld=_json(_json_ld(context, article, image)),
        summary=_json({f"bulletpoint{at}": point for at, point in enumerate(article.summary, 1)}),
    )


def _feed_entry(context: Context, article: Article) -> dict[str, Any]:
    return {
        "headline": article.headline,
        "published": article.dated,
        "link": context.base + article.path,
        "lead": article.lead or "",
    }


def _interleaved(broken: list[Article], intact: list[Article]) -> list[Article]:
    return [article for pair in zip_longest(broken, intact) for article in pair if article]


def _entries(context: Context, articles: list[Article]) -> list[Entry]:
    return [
        Entry(
            article.headline, (context.base if at % 3 == 0 else "") + article.path, article.listed
        )
        for at, article in enumerate(articles)
    ]


def _list(
    context: Context, path: str, title: str, entries: list[Entry], page: int, pages: int
) -> str:
    sticky = context.world.sticky
    if sticky:
        entries.insert(1, Entry(sticky.headline, sticky.path, context.world.now))
    shown_pages = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 3) + 1)})
    return context.render(
        "news_list.html",
        path=path,
        title=title,
        entries=entries,
        pages=pages,
        shown_pages=shown_pages,
    )


def _groups(article: Article) -> list[tuple[str, list[Row]]]:
    indices = [_index_row(index) for index in article.others if index.kind == "index"]
    if article.empty_row:
        indices.append(Row(article.empty_row.path, article.empty_row.name, "PKT", "PKT"))
    groups = [
        ("Aktien", [_stock_row(stock) for stock in article.stocks]),
        ("Indizes", indices),
        (
            "Devisen",
            [_currency_row(pair) for pair in article.others if pair.kind in ("currency", "crypto")],
        ),
    ]
    return [(title, rows) for title, rows in groups if rows]


def _stock_row(stock: Stock) -> Row:
    change = f"{german(stock.change)} EUR {german(stock.percent)}%"
    return Row(stock.path, stock.name, f"{german(stock.price)} EUR", change, stock.isin)


def _index_row(index: Instrument) -> Row:
    change = f"{german(index.change)} PKT {german(index.percent)}%"
    return Row(index.path, index.name, f"{german(index.price)} PKT", change)


def _currency_row(pair: Instrument) -> Row:
    change = f"{english(pair.change)} {pair.unit} {english(pair.percent)} %"
    return Row(pair.path, pair.name, f"{english(pair.price)} {pair.unit}", change)


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
    re.compile(r"/"): home,
    re.compile(r"/rss/news"): news_feed,
    re.compile(r"/rss/analysen"): analyses_feed,
    re.compile(r"/rss/(?P<name>.+)-rss-feed"): stock_feed,
    re.compile(r"/nachrichten/ressort/(?P<section>[a-z]+)"): section_list,
    re.compile(r"/news/(?P<name>.+)-news"): stock_list,
    re.compile(r"/index/dax/marktberichte"): reports,
    re.compile(r"(?P<path>/nachricht/[a-z]+/.+)"): article_page,
}
