"""Views of the feeds and the news lists."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import zip_longest
from typing import Any, NamedTuple

from samplesite.content.articles import Article
from samplesite.content.instruments import NOW
from samplesite.content.news_lists import MENU, NewsList
from samplesite.content.papers import ROOFS, Paper
from samplesite.web.context import Context

FEED = 12
LIST = 40
PAGE = 20
BROKEN = "/nachrichten/ressort/aktien"
"""The list that shows the broken articles which the feed does not."""


class Entry(NamedTuple):
    """An entry of a feed or a list; `href` is ``None`` for a teaser without link."""

    headline: str
    href: str | None
    listed: datetime


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
        for article in _interleaved(broken, context.world.public[:FEED])
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


def paper_feed(context: Context, _page: int, name: str) -> str | None:
    """Return the feed of the news of a share or another paper."""
    paper = context.paper_at(name)
    if paper is None:
        return None
    entries = [_feed_entry(context, article) for article in context.world.news_of(paper)[:FEED]]
    path = f"/rss/{name}-rss-feed"
    return context.render(
        "feed.xml", title=paper.short, path=path, entries=entries, now=context.world.now
    )


def menu_list(context: Context, page: int, news_list: NewsList) -> str | None:
    """Return a page of a list of the menu; one of them has the other broken articles."""
    articles = context.world.news_in(news_list)
    if news_list.is_paged:
        return _paged(context, news_list, articles, page)
    broken = context.broken_articles[1::2] if news_list.path == BROKEN else []
    entries = _entries(context, _interleaved(broken, articles))
    if broken:
        entries.insert(3, Entry("Ein Verweis ohne Ziel", None, context.world.now))
    return _list(context, news_list.path, news_list.title, entries[:LIST], 1, 1)


def paper_list(context: Context, _page: int, name: str) -> str | None:
    """Return the newest articles about a share or another paper."""
    return _of_paper(context, f"/news/{name}-news", name, LIST)


def whole_paper_list(context: Context, _page: int, name: str) -> str | None:
    """Return all articles about a paper, on one page (reported 2026)."""
    return _of_paper(context, f"/nachrichten/alle/{name}", name)


def roof_list(context: Context, _page: int, roof: str, name: str) -> str | None:
    """Return the newest articles about an index, a rate or a commodity."""
    paper = context.paper_at(name)
    if not isinstance(paper, Paper) or ROOFS[paper.kind] != roof:
        return None
    return _of_paper(context, f"/nachrichten/{roof}/{name}", name, LIST)


def _of_paper(context: Context, path: str, name: str, limit: int | None = None) -> str | None:
    paper = context.paper_at(name)
    if paper is None:
        return None
    entries = _entries(context, context.world.news_of(paper))[:limit]
    return _list(context, path, f"{paper.short} News", entries, 1, 1)


def _paged(context: Context, news_list: NewsList, articles: list[Article], page: int) -> str | None:
    pages = max(1, -(-len(articles) // PAGE))
    place = page
    if context.has_endless_pager:
        place, pages = min(page, pages), max(pages, page + 1)
    if place > pages:
        return None
    entries = _entries(context, articles[(place - 1) * PAGE : place * PAGE])
    return _list(context, news_list.path, news_list.title, entries, page, pages)


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


ROUTES: dict[re.Pattern[str], Callable[..., str | None]] = {
    re.compile(r"/"): home,
    re.compile(r"/rss/news"): news_feed,
    re.compile(r"/rss/analysen"): analyses_feed,
    re.compile(r"/rss/(?P<name>.+)-rss-feed"): paper_feed,
    **{re.compile(each.path): partial(menu_list, news_list=each) for each in MENU},
    re.compile(r"/news/(?P<name>.+)-news"): paper_list,
    re.compile(r"/nachrichten/alle/(?P<name>[^/]+)"): whole_paper_list,
    re.compile(r"/nachrichten/(?P<roof>index|devisen|rohstoffe)/(?P<name>[^/]+)"): roof_list,
}
