"""What views render from: the content, the faults, the base URL and the templates."""

from email.utils import format_datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from samplesite.content.analyses import Analysis
from samplesite.content.articles import Article
from samplesite.content.german import day, german, given, short_day, signed
from samplesite.content.instruments import ADVERTISED, INDICES, TICKER
from samplesite.content.news_lists import MENU
from samplesite.content.papers import Security
from samplesite.content.stocks import Stock
from samplesite.content.world import World
from samplesite.faults.faults import Faults

_TEMPLATES = Path(__file__).parent / "templates"
_FILTERS = {
    "german": german,
    "signed": signed,
    "day": day,
    "short_day": short_day,
    "given": given,
    "mail_time": format_datetime,
}


class Context:
    """A world at a base URL, with its faults.

    An endless pager always has a next page, and the pages after the last repeat the last.
    """

    def __init__(
        self, world: World, base: str, faults: Faults, *, has_endless_pager: bool = False
    ) -> None:
        self.world = world
        self.base = base
        self.faults = faults
        self.has_endless_pager = has_endless_pager

    @property
    def broken_articles(self) -> list[Article]:
        """The broken articles, which the feed and the lists link as well."""
        return [fault.article for fault in self.faults.articles]

    def article_at(self, path: str) -> Article | None:
        """Return the article of a path, broken or not."""
        broken = (article for article in self.broken_articles if article.path == path)
        return next(broken, None) or self.world.article_at(path)

    def stock_at(self, page: str) -> Stock | None:
        """Return the share of a page name, odd or not."""
        odd = (share.stock for share in self.faults.shares if share.stock.page == page)
        return self.world.stock_at(page) or next(odd, None)

    def paper_at(self, name: str) -> Security | None:
        """Return the share or other paper of a name in the paths of lists of news."""
        papers = (paper for paper in self.world.papers if paper.news_page == name)
        return self.stock_at(name) or next(papers, None)

    def analyses_of(self, page: str) -> list[Analysis]:
        """Return the analyses of the share of a page name, newest first."""
        odd = {share.stock.page: share.analyses for share in self.faults.shares}
        return (self.world.analyses_by_page | odd)[page]

    def render(self, template: str, **variables: Any) -> str:
        """Return a rendered template."""
        return self._environment.get_template(template).render(variables)

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined
        )
        environment.filters |= _FILTERS
        ticker = (*TICKER[:3], ADVERTISED, *TICKER[3:])
        environment.globals |= {"base": self.base, "ticker": ticker}
        for name in ("menu", "mobile_search"):
            template = environment.get_template(f"{name}.html")
            rendered = template.render(
                indices=INDICES,
                searched=self.world.most_searched,
                wanted=self.world.most_wanted,
                lists=MENU,
            )
            environment.globals[name] = Markup(rendered)
        return environment
