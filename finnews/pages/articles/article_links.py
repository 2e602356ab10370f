"""The links on an article's page to other articles and to studies.

They stand in its text, below it ("Weitere News", "Nachrichten zu …") and beside it ("Top News",
"Heute im Fokus", "Meistgelesene Artikel", the teasers of a section).
"""

from collections.abc import Iterable, Iterator

from lxml.etree import _Element

from finnews.pages.articles.sponsoring import PROMOTION
from finnews.pages.base import Link, Page
from finnews.pages.parts.list_times import read_time
from finnews.pages.rules import PAGE, Rule
from finnews.pages.texts.advertising import CLASSES
from finnews.pages.visible import text_of

_ARTICLES = "/nachricht/"
_STUDIES = "/analyse/"
_ARTICLE_LINKS = Rule(PAGE, "xpath", f'//a[contains(@href, "{_ARTICLES}")]/@href')
_STUDY_LINKS = Rule(PAGE, "xpath", f'//a[contains(@href, "{_STUDIES}")]/@href')


def article_links(page: Page) -> list[Link]:
    """Return the links to other articles and to studies, each once, in the order of the page.

    Those to other sites are left out, and those that advertise. The date is that of its teaser, if
    that has one which is in no doubt: the lists of the site tell of such doubts.
    """
    links = [link for link in page.root.root.iter("a") if link.get("href")]
    articles = [link for link in links if _ARTICLES in link.get("href", "")]
    studies = [link for link in links if _STUDIES in link.get("href", "")]
    page.stats.count(_ARTICLE_LINKS, found=bool(articles))
    page.stats.count(_STUDY_LINKS, found=bool(studies))
    own = page.subject(page.url)
    others = (
        link for link in _on_site(page, articles) if page.subject(link.url) not in (None, own)
    )
    dates: dict[str, set[str]] = {}
    for url, date in (*others, *_on_site(page, studies)):
        dates.setdefault(url, set()).update(filter(None, [date]))
    return [
        Link(url, next(iter(of_it)) if len(of_it) == 1 else None) for url, of_it in dates.items()
    ]


def _on_site(page: Page, links: Iterable[_Element]) -> Iterator[Link]:
    for link in links:
        url = page.link_url(link.get("href", ""))
        if page.site.has(url) and not PROMOTION.fullmatch(url) and not _is_advertising(link):
            yield Link(url, _teaser_time(page, link))


def _is_advertising(link: _Element) -> bool:
    around = " ".join(part.get("class", "") for part in link.iterancestors("div", "article"))
    return not CLASSES.isdisjoint(around.split())


def _teaser_time(page: Page, link: _Element) -> str | None:
    """Return the time of a teaser; ``None`` of another link, or if it has several."""
    times = list(link.iter("time"))
    if len(times) != 1:
        return None
    return read_time(page, times[0].get("datetime", ""), text_of(times[0])).moment
