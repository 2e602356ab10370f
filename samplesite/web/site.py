"""The sample site without a socket: a path in, an answer out."""

from collections.abc import Iterable
from email.utils import format_datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from samplesite.content.german import day, german, given, short_day, signed
from samplesite.content.instruments import INDICES, TICKER
from samplesite.content.world import World
from samplesite.faults.odd_shares import spoils_of
from samplesite.faults.redesign import redesigned
from samplesite.web import news_views, stock_views
from samplesite.web.answer import Answer

ROBOTS = """User-agent: *
Disallow: /ajax/
Disallow: /suchergebnis.asp
"""
_ROUTES = news_views.ROUTES | stock_views.ROUTES


class Site:
    """Answers for a world at a base address."""

    def __init__(
        self,
        world: World,
        base: str,
        forbidden: Iterable[str] = (),
        redesigns: Iterable[str] = (),
    ) -> None:
        self.world = world
        self.base = base
        self.robots = ROBOTS + "".join(f"Disallow: {path}\n" for path in forbidden)
        self.redesigns = tuple(redesigns)
        self.faults = {one.article.path: one for one in world.faults}
        self.spoils = spoils_of(world.odd_shares)
        self._answered: dict[tuple[str, int, str], Answer] = {}

    def show(self, world: World) -> None:
        """Go on with another state of the same world."""
        self.world = world
        self._answered.clear()

    def render(self, template: str, **context: Any) -> str:
        """Return a page."""
        return self._environment.get_template(template).render(context)

    def error(self, status: int, title: str) -> Answer:
        """Return an error page in the site's layout."""
        return Answer(status, self.render("plain.html", title=title).encode())

    def answer(self, path: str, page: int = 1, asked: str = "") -> Answer:
        """Return the answer for a path, the page of a list, the words of a search; made once."""
        request = (path, page, asked)
        if request not in self._answered:
            answer = self._answer(*request)
            self._answered[request] = answer._replace(body=redesigned(answer.body, self.redesigns))
        return self._answered[request]

    def _answer(self, path: str, page: int, asked: str) -> Answer:
        if path == "/robots.txt":
            return Answer(200, self.robots.encode(), "text/plain")
        if path == "/suggest/finde/jsonv2":
            found_shares = stock_views.suggestions(self, asked)
            return Answer(200, found_shares.encode(), "application/json")
        found = self._found(path, page)
        if found is None:
            return self.error(404, "Seite nicht gefunden")
        if path in self.spoils:
            return self.spoils[path](found.body)
        fault = self.faults.get(path)
        return fault.spoiled(fault.article, found.body) if fault else found

    def _found(self, path: str, page: int) -> Answer | None:
        for pattern, view in _ROUTES.items():
            if match := pattern.fullmatch(path):
                text = view(self, page, **match.groupdict())
                if text is not None:
                    return Answer(200, text.encode(), _content_type(text))
        return None

    @cached_property
    def _environment(self) -> Environment:
        made = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=False,
        )
        made.filters |= {
            "german": german,
            "signed": signed,
            "day": day,
            "short_day": short_day,
            "given": given,
            "mail_time": format_datetime,
        }
        made.globals |= {"base": self.base, "ticker": TICKER}
        menu = made.get_template("menu.html").render(indices=INDICES, stocks=self.world.stocks)
        made.globals["menu"] = Markup(menu)
        return made


def _content_type(text: str) -> str:
    is_feed = text.startswith("<?xml")
    return f"{'application/rss+xml' if is_feed else 'text/html'}; charset=utf-8"
