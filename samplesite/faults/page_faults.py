"""Articles whose pages are broken: each is linked from the feed or from a list."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from aiohttp import web

from samplesite.content.articles import Article
from samplesite.content.german import german, moment
from samplesite.faults.override import Override, empty, unchanged

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
"""aiohttp's way to answer a request."""

ACCESS_DENIED = b"""<HTML><HEAD>
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
    """A broken article; `name` says what is wrong with it."""

    name: str
    article: Article
    override: Override | None = None
    is_readable: bool = False
    """Whether a crawl can read the article nevertheless, after a retry if the network fails."""
    handler: Handler | None = None
    """What the server does instead of sending the page."""


def page_faults(model: Article) -> list[Fault]:
    """Return one fault of each kind; apart from it, each article is like the model."""
    articles = {name: faulty_article(model, at, name) for at, name in enumerate(_OVERRIDES)}
    return [
        Fault(name, article, _OVERRIDES[name](article), name == "broken-json-ld")
        for name, article in articles.items()
    ]


def faulty_article(model: Article, number: int, name: str) -> Article:
    """Return an article with the model's text and an id of its own."""
    return replace(
        model,
        id=str(15_999_000 + number),
        slug="Umgezogen-Zum-Partner" if name == "moved" else f"stoerung-{name}",
        headline=f"Störung: {name}",
        layout=2024 if name == "undated" else 2026,
        summary=(),
        person=None,
        others=(),
        papers=(),
        rated=(),
        is_sponsored=False,
        stocks=model.stocks[:1] if name == "bad-number" else (),
    )


def _truncated(body: bytes) -> bytes:
    return body[: len(body) // 2]


def _wrong_charset(body: bytes) -> bytes:
    return body.decode().encode("latin-1", "replace")


def _access_denied(_: bytes) -> bytes:
    return ACCESS_DENIED


def _undated(article: Article) -> Override:
    return Override(body=lambda body: body.replace(moment(article.published).encode(), b""))


def _bad_number(article: Article) -> Override:
    printed = f" {german(article.stocks[0].price)} EUR <span".encode()
    return Override(body=lambda body: body.replace(printed, b" 12,x4 EUR <span"))


def _broken_json_ld(body: bytes) -> bytes:
    return body.replace(b'"@type": "NewsArticle"', b'"@type" "NewsArticle"')


_OVERRIDES: dict[str, Callable[[Article], Override]] = {
    "truncated": lambda _: Override(body=_truncated),
    "wrong-charset": lambda _: Override(body=_wrong_charset),
    "empty": lambda _: Override(body=empty),
    "undated": _undated,
    "refused-403": lambda _: Override(403, _access_denied),
    "bad-number": _bad_number,
    "refused-200": lambda _: Override(200, _access_denied),
    "moved": lambda _: Override(302, location="http://partner.invalid/nachricht"),
    "gone-404": lambda _: Override(404, unchanged),
    "gone-410": lambda _: Override(410),
    "broken-json-ld": lambda _: Override(body=_broken_json_ld),
}
