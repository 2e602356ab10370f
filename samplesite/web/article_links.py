"""Which other articles an article's page leads to, in its boxes of links."""

from dataclasses import dataclass

from samplesite.content.articles import Article
from samplesite.content.world import World

_FEW = 4
_IN_SECTION = 8
_LOOKED_AT = 100
"""How many of the newest and of the oldest articles boxes choose from"""


@dataclass(frozen=True)
class LinkedArticles:
    """The articles in the boxes of links: some of the last hours, some old."""

    more: list[Article]
    """Weitere News"""
    most_read: list[Article]
    """Meistgelesene Artikel"""
    focus: list[Article]
    """Heute im Fokus"""
    top: list[Article]
    """Top News"""
    of_section: list[Article]
    """Nachrichten"""
    of_stock: list[Article]
    """Nachrichten zu …"""


def linked_articles(world: World, article: Article) -> LinkedArticles:
    """Return the articles that the page of an article links, itself among them at times."""
    newest, oldest = world.articles[:_LOOKED_AT], world.articles[_LOOKED_AT:][-_LOOKED_AT:]
    every = [each for each in (*newest, *oldest) if each.only_list is None]
    stocks = {stock.page for stock in article.rated}
    of_stock = [each for each in every if stocks & {stock.page for stock in each.stocks}]
    return LinkedArticles(
        more=_distinct(every[:2], of_stock[-2:] or every[-2:]),
        most_read=_distinct(every[1:3], every[len(every) // 2 :][:2], every[-1:]),
        focus=[each for each in every if each.section == "aktien"][:1],
        top=every[2:4],
        of_section=[each for each in every if each.section == article.section][:_IN_SECTION],
        of_stock=_distinct(of_stock[:_FEW], of_stock[-1:]),
    )


def _distinct(*parts: list[Article]) -> list[Article]:
    return list({each.id: each for part in parts for each in part}.values())
