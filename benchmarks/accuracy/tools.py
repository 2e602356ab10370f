"""The tools that read articles: finnews, and the general ones of ``benchmarks/requirements.txt``.

Each is called as its documentation shows, with its defaults, and for German. None may reach the
network: a connection that one of them opens is refused.
"""

import sys
import warnings
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any, NamedTuple

from lxml import html as lxml_html

from benchmarks.accuracy.comparing import Row, lines
from finnews.items import Article

_NETWORK = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"})
_BLOCKS = ("article", "blockquote", "br", "dd", "div", "dt", "li", "p", "section", "td", "th")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_AUTHOR = "[no-author]"  # of readability


class Found(NamedTuple):
    """What a tool says of an article."""

    headline: str | None
    day: str | None
    authors: list[str]
    lines: list[str]


Reader = Callable[[str, str], Found]
"""From a page's URL and HTML to what a tool says"""


class Tool(NamedTuple):
    """A tool: its distribution, the module to import, the fields it gives, how it is called."""

    name: str
    module: str
    gives: frozenset[str]
    reader: Callable[[Any], Reader]

    @property
    def is_installed(self) -> bool:
        """Whether it can be imported."""
        return find_spec(self.module) is not None

    @property
    def label(self) -> str:
        """Its name with its version."""
        return self.name if self.name == "finnews" else f"{self.name} {version(self.name)}"

    def load(self) -> Reader:
        """Return what reads a page."""
        with warnings.catch_warnings(action="ignore"):
            return self.reader(import_module(self.module))


def own_article(article: Row) -> Found:
    """Return what an item of finnews, or the truth, says of an article."""
    day = article.get("date_published")
    return Found(
        article.get("headline"),
        str(day)[:10] if day else None,
        article.get("authors") or [],
        lines(article.get("article_body")),
    )


def finnews(module: Any) -> Reader:
    """Return what reads the article of a page with finnews, and all else that is on it."""

    def found(url: str, text: str) -> Found:
        items = list(module.page_type(url)(url, text).items())
        articles = (asdict(item) for item in items if isinstance(item, Article))
        return own_article(next(articles, {}))

    return found


def trafilatura(module: Any) -> Reader:
    """Return what reads an article with trafilatura."""

    def found(url: str, text: str) -> Found:
        document = module.bare_extraction(text, url=url, with_metadata=True)
        if document is None:
            return Found(None, None, [], [])
        authors = (document.author or "").split("; ")
        return Found(
            document.title, document.date, list(filter(None, authors)), lines(document.text)
        )

    return found


def newspaper(module: Any) -> Reader:
    """Return what reads an article with newspaper4k; it loads no images."""

    def found(url: str, text: str) -> Found:
        article = module.Article(url, language="de", fetch_images=False)
        article.download(input_html=text)
        article.parse()
        day = article.publish_date.date().isoformat() if article.publish_date else None
        return Found(article.title or None, day, list(article.authors), lines(article.text))

    return found


def readability(module: Any) -> Reader:
    """Return what reads an article with readability-lxml, which gives a piece of HTML."""

    def found(_url: str, text: str) -> Found:
        document = module.Document(text)
        author = document.author()
        authors = [author] if author and author != _NO_AUTHOR else []
        return Found(document.title() or None, None, authors, html_lines(document.summary()))

    return found


def html_lines(fragment: str) -> list[str]:
    """Return the text of a piece of HTML, a line for each block.

    >>> html_lines("<div><p>Der <b>DAX</b> steigt.</p><p>Muster AG</p></div>")
    ['Der DAX steigt.', 'Muster AG']
    """
    root = lxml_html.fromstring(fragment)
    for block in root.iter(*_BLOCKS, *_HEADINGS):
        block.text = f"\n{block.text or ''}"
        block.tail = f"\n{block.tail or ''}"
    return lines(root.text_content())


def refuse_network() -> None:
    """Refuse each connection and each question for an address of this process from now on."""

    def refuse(event: str, _arguments: tuple[Any, ...]) -> None:
        if event in _NETWORK:
            raise ConnectionRefusedError(f"the benchmark opens no connection: {event}")

    sys.addaudithook(refuse)


TOOLS = (
    Tool("finnews", "finnews.pages", frozenset({"headline", "day", "authors"}), finnews),
    Tool("trafilatura", "trafilatura", frozenset({"headline", "day", "authors"}), trafilatura),
    Tool("newspaper4k", "newspaper", frozenset({"headline", "day", "authors"}), newspaper),
    Tool("readability-lxml", "readability", frozenset({"headline", "authors"}), readability),
)
