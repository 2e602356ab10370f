"""The lists of news in the site's menu, and which articles each shows.

Of the paths, only that of ``devisen`` was seen (2026-10); four of ``ressort`` and ``marktberichte``
are reported, the others invented.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from samplesite.content.articles import Article
from samplesite.content.instruments import CURRENCIES

ALL = "/index/dax/marktberichte"
"""The list that shows every article but those that another shows alone."""

_NEWEST = 12


@dataclass(frozen=True)
class NewsList:
    """A list of news: of one page, unless it `is_paged`."""

    path: str
    title: str
    shows: Callable[[Article], bool]
    is_paged: bool = False
    is_filled_up: bool = False
    """Whether it shows the newest of all articles if none is its own."""

    def of(self, listed: list[Article]) -> list[Article]:
        """Return the articles that it shows, of all that lists do."""
        own = [article for article in listed if self._has(article)]
        if own or not self.is_filled_up:
            return own
        return [article for article in listed if article.only_list is None][:_NEWEST]

    def _has(self, article: Article) -> bool:
        return article.only_list == self.path if article.only_list else self.shows(article)


def _of_section(name: str) -> NewsList:
    path = f"/nachrichten/ressort/{name}"
    return NewsList(path, name.capitalize(), lambda article: article.section == name)


def _about(name: str, title: str, shows: Callable[[Article], bool]) -> NewsList:
    """Return a list of articles of other sections, by what they name."""
    path = f"/nachrichten/ressort/{name}"
    return NewsList(path, title, shows, is_filled_up=True)


def _names(kind: str) -> Callable[[Article], bool]:
    return lambda article: any(paper.kind == kind for paper in article.papers)


MENU = (
    *map(_of_section, ("aktien", "devisen", "rohstoffe", "etf")),
    _about("fonds", "Fonds", _names("fund")),
    _about("zertifikate", "Zertifikate", _names("certificate")),
    _about("anleihen", "Anleihen", _names("bond")),
    _about(
        "kryptowaehrungen",
        "Kryptowährungen",
        lambda article: not {*article.others}.isdisjoint(CURRENCIES),
    ),
    _about("konjunktur", "Konjunktur", lambda article: article.empty_row is not None),
    NewsList(ALL, "Marktberichte", lambda _: True, is_paged=True),
    NewsList(
        "/index/euro_stoxx_50/marktberichte",
        "Marktberichte Euro STOXX 50",
        lambda article: "/index/euro_stoxx_50" in article.boxed_paths,
        is_paged=True,
        is_filled_up=True,
    ),
)
"""All lists of news in the menu."""

_FIRST_HIDDEN, _BETWEEN = 3, 5


def hidden(articles: list[Article], number: int) -> list[Article]:
    """Return articles of which so many are shown by one list each, and have no box."""
    places = range(_FIRST_HIDDEN, len(articles), _BETWEEN)[:number]
    lists = [each for each in MENU if each.is_filled_up]
    alone = {
        place: _only_in(articles[place], lists[turn % len(lists)])
        for turn, place in enumerate(places)
    }
    return [alone.get(place, article) for place, article in enumerate(articles)]


def _only_in(article: Article, news_list: NewsList) -> Article:
    is_section = news_list.path.startswith("/nachrichten/ressort/")
    section = news_list.path.rpartition("/")[2] if is_section else article.section
    return replace(
        article,
        section=section,
        only_list=news_list.path,
        stocks=(),
        others=(),
        papers=(),
        empty_row=None,
        rated=(),
    )
