"""Broken pages, as a site can serve them: each is linked from the feed or from a list."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from aiohttp import web

from samplesite.content.articles import Article
from samplesite.content.german import german, moment
from samplesite.web.answer import Answer

Way = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
"""How a request is answered, or not."""

REFUSAL = b"""<HTML><HEAD>
<TITLE>Access Denied</TITLE>
</HEAD><BODY>
<H1>Access Denied</H1>
You don't have permission to access this page on this server.<P>
Reference&#32;&#35;18&#46;muster
</BODY>
</HTML>
"""


@dataclass(frozen=True)
class Fault:
    """An article that is served broken; `name` says how."""

    name: str
    article: Article
    spoiled: Callable[[Article, bytes], Answer]
    is_readable: bool = False
    """Whether the article can be read in spite of it; of what happens on the way: asked again."""
    happens: Way | None = None
    """What the server does instead of sending the page."""


def faults_of(model: Article) -> list[Fault]:
    """Return one fault of each kind; but for it, each page is like the model's."""
    return [
        Fault(name, like(model, number, name), spoiled, name == "broken-json-ld")
        for number, (name, spoiled) in enumerate(_FAULTS.items())
    ]


def like(model: Article, number: int, name: str) -> Article:
    """Return an article of its own that has the model's text."""
    return replace(
        model,
        id=str(15_999_000 + number),
        slug="Umgezogen-Zum-Partner" if name == "moved" else f"stoerung-{name}",
        headline=f"Störung: {name}",
        layout=2024 if name == "undated" else 2026,
        summary=(),
        person=None,
        others=(),
        rated=(),
        is_sponsored=False,
        stocks=model.stocks[:1] if name == "bad-number" else (),
    )


def _truncated(_: Article, page: bytes) -> Answer:
    return Answer(200, page[: len(page) // 2])


def _wrong_charset(_: Article, page: bytes) -> Answer:
    return Answer(200, page.decode().encode("latin-1", "replace"))


def _undated(article: Article, page: bytes) -> Answer:
    return Answer(200, page.replace(moment(article.published).encode(), b""))


def _bad_number(article: Article, page: bytes) -> Answer:
    printed = f" {german(article.stocks[0].price)} EUR <span"
    return Answer(200, page.replace(printed.encode(), b" 12,x4 EUR <span"))


def _broken_json_ld(_: Article, page: bytes) -> Answer:
    return Answer(200, page.replace(b'"@type": "NewsArticle"', b'"@type" "NewsArticle"'))


_FAULTS: dict[str, Callable[[Article, bytes], Answer]] = {
    "truncated": _truncated,
    "wrong-charset": _wrong_charset,
    "empty": lambda _article, _page: Answer(200, b""),
    "undated": _undated,
    "refused-403": lambda _article, _page: Answer(403, REFUSAL),
    "bad-number": _bad_number,
    "refused-200": lambda _article, _page: Answer(200, REFUSAL),
    "moved": lambda _article, _page: Answer(302, b"", location="http://partner.invalid/nachricht"),
    "gone-404": lambda _article, page: Answer(404, page),
    "gone-410": lambda _article, _page: Answer(410, b""),
    "broken-json-ld": _broken_json_ld,
}
