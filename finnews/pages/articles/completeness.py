"""Whether the whole text of an article is on its page."""

import re
from collections.abc import Iterator, Sequence

from lxml.etree import XPath, _Element, iterwalk
from parsel import Selector

from finnews.pages.articles.article_pages import says_next_page
from finnews.pages.base import Page
from finnews.pages.rules import PAGE, Rule
from finnews.pages.texts.labels import is_continuation, is_noise, is_wall
from finnews.pages.texts.prose import Block
from finnews.pages.texts.sentences import own_words
from finnews.pages.tree import has_class
from finnews.pages.visible import text_of

_WALLS = Rule(PAGE, "css", '[class*="paywall"], [class*="regwall"], [class*="premium-overlay"]')
_NAMES_OF_WALLS = ("paywall", "regwall", "premium-overlay")
_CLASSES_AND_IDS = XPath(".//@class | .//@id", smart_strings=False)
_BROKEN_OFF = re.compile(r"(?:.*[\[(])?(?:\.{3}|…|(?<=[\[(])mehr)[\])]?", re.DOTALL)
_ELLIPSIS = re.compile(r".*(?:\.{3}|…)", re.DOTALL)
_SHOW_MORE = re.compile(
    r"(?:(?:hier|jetzt) )?weiterlesen|(?:mehr|alles|ganzen artikel|artikel) (?:anzeigen|lesen)"
    r"|nächste seite",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[A-ZÄÖÜ0-9„\"].{18,}[.!?][\"“”]?", re.DOTALL)
_BLOCKS = ("p", "li", "blockquote")
_READ = frozenset({*_BLOCKS, "a"})
_OTHER_PARTS = frozenset({"article", "aside", "form", "footer"})
_NOT_STRAY = re.compile(
    r"\b(?:news-container__text(?![\w-])|(?:carousel|accordion|ad|ad-container)\b)|-ad\b|ai-"
)


def is_complete(page: Page, article: Selector, blocks: Sequence[Block]) -> bool | None:
    """Return whether a text without a wall is all there; ``None`` if that is not certain."""
    if _BROKEN_OFF.fullmatch(blocks[-1].text):
        return False
    if stray := _stray(page, article):
        page.doubt("article_body", "unreadable", stray)
        return None
    if any(doubt.field in ("article_body", "is_complete") for doubt in page.stats.doubts):
        return None
    buttons = map(text_of, article.root.iter("button"))
    may_go_on = _ELLIPSIS.fullmatch(blocks[-1].text) or any(map(_SHOW_MORE.fullmatch, buttons))
    return None if may_go_on else True


def goes_on(block: Block) -> bool:
    """Return whether a block says that the text goes on elsewhere, or for subscribers."""
    is_said = is_wall(block.text) or says_next_page(block.text)
    return is_said or any(is_continuation(link.text) for link in block.links)


def has_wall(page: Page, article: Selector) -> bool:
    """Return whether an element around or in an article is a wall before its text."""
    around = article.root.getparent()
    part: _Element = article.root if around is None else around
    elements = part.iterdescendants("*") if _names_wall("\n".join(_CLASSES_AND_IDS(part))) else ()
    walls = [element for element in elements if _names_wall(_names(element))]
    page.stats.count(_WALLS, found=bool(walls))
    return any(map(text_of, walls))


def _names_wall(names: str) -> bool:
    return any(name in names for name in _NAMES_OF_WALLS)


def _stray(page: Page, article: Selector) -> str | None:
    """Return a line that stands in no element for text: a sentence, or that the text goes on."""
    for element in _outside(article.root):
        if next(element.iterdescendants(*_BLOCKS), None) is None:
            text = text_of(element)
            is_sentence = element.tag != "a" and _SENTENCE.fullmatch(own_words(element) or "")
            is_stray = is_sentence or is_wall(text) or says_next_page(text)
            if is_stray and not is_noise(text, page.site.name):
                return text
    return None


def _outside(article: _Element) -> Iterator[_Element]:
    """Yield the paragraphs and links that are in no other part, nor the lead."""
    walker = iterwalk(article, events=("start",))
    for _, element in walker:
        if element is not article and _is_other_part(element):
            walker.skip_subtree()
        elif element.tag in _READ and not has_class(element, "h3"):  # the lead
            yield element


def _is_other_part(element: _Element) -> bool:
    return element.tag in _OTHER_PARTS or bool(_NOT_STRAY.search(_names(element)))


def _names(element: _Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
