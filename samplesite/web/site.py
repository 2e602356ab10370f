"""The sample site without a socket: a path in, an answer out."""

from collections.abc import Iterable

from samplesite.content.world import World
from samplesite.faults.faults import Faults
from samplesite.faults.redesign import redesigned
from samplesite.web import article_views, news_views, paper_views, stock_views
from samplesite.web.answer import Answer
from samplesite.web.context import Context
from samplesite.web.suggestions import suggestions

ROBOTS = """User-agent: *
Disallow: /ajax/
Disallow: /suchergebnis.asp
"""
_ROUTES = news_views.ROUTES | article_views.ROUTES | stock_views.ROUTES | paper_views.ROUTES


class Site:
    """Answers for a world at a base URL; without `faults`, nothing is broken."""

    def __init__(
        self,
        world: World,
        base: str,
        faults: Faults | None = None,
        *,
        forbidden: Iterable[str] = (),
        redesigns: Iterable[str] = (),
        has_endless_pager: bool = False,
    ) -> None:
        self.faults = faults or Faults(world)
        self.robots = ROBOTS + "".join(f"Disallow: {path}\n" for path in forbidden)
        self.redesigns = tuple(redesigns)
        self._context = Context(world, base, self.faults, has_endless_pager=has_endless_pager)
        self._cache: dict[tuple[str, int, str], Answer] = {}

    @property
    def world(self) -> World:
        """The content that is shown."""
        return self._context.world

    def show(self, world: World) -> None:
        """Show another state of the same world from now on."""
        self._context.world = world
        self._cache.clear()

    def answer(self, path: str, page: int = 1, query: str = "") -> Answer:
        """Return the cached answer for a path, the page of a list and the query of a search."""
        key = (path, page, query)
        if key not in self._cache:
            answer = self._answer(path, page, query)
            self._cache[key] = answer._replace(body=redesigned(answer.body, self.redesigns))
        return self._cache[key]

    def _answer(self, path: str, page: int, query: str) -> Answer:
        if path == "/robots.txt":
            return Answer(200, self.robots.encode(), "text/plain")
        if path == "/suggest/finde/jsonv2":
            return Answer(200, suggestions(self._context, query).encode(), "application/json")
        text = self._text(path, page)
        if text is None:
            return Answer(404, news_views.not_found(self._context).encode())
        override = self.faults.overrides.get(path)
        if override:
            body = override.body(text.encode())
            return Answer(override.status, body, location=override.location)
        return Answer(200, text.encode(), _content_type(text))

    def _text(self, path: str, page: int) -> str | None:
        matches = ((view, pattern.fullmatch(path)) for pattern, view in _ROUTES.items())
        texts = (view(self._context, page, **match.groupdict()) for view, match in matches if match)
        return next((text for text in texts if text is not None), None)


def _content_type(text: str) -> str:
    is_feed = text.startswith("<?xml")
    return f"{'application/rss+xml' if is_feed else 'text/html'}; charset=utf-8"
