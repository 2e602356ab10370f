"""The text of an article: its paragraphs and slides, and whether it is all there."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from lxml.etree import _Element
from parsel import Selector

from finnews.pages.articles.slides import slides
from finnews.pages.base import Page, without_query
from finnews.pages.texts.agency import without_byline
from finnews.pages.texts.labelled_boxes import labelled_boxes
from finnews.pages.texts.labels import (
    is_advertising,
    is_call,
    is_continuation,
    is_label,
    is_noise,
    is_own_interest,
    is_related,
    is_wall,
    without_noise,
)
from finnews.pages.texts.prose import Anchor, Block, blocks
from finnews.pages.texts.sentences import has_sentence
from finnews.pages.visible import text_of

_TEXT = "div.news-container__text"
_MEDIA = ("iframe", "video", "audio", "img", "object")
_WALLS = './/*[contains(@class, "paywall") or contains(@id, "paywall")]'
_PAGES = """//a[starts-with(@href, "?") or contains(@href, $own) or contains(@href, $slashed)]
    [not(ancestor::aside)]/@href | //link[@rel="next"]/@href"""
_PAGE_QUERIES = ("?p=", "?page=", "?seite=")
_NEXT_PAGE = (
    r"(?:(?:Lesen Sie )?[Ww]eiter (?:zu|auf) |Nächste |Auf |Fortsetzung auf )Seite(?: \d+)?"
    r"(?: ?[:–-] .{1,60})?\W*"
)
_ON_NEXT_PAGE = re.compile(_NEXT_PAGE)
_PAGE_LINE = re.compile(rf"{_NEXT_PAGE}|Seite(?: \d+(?: ?(?:von|/) ?\d+| \d+)*)?|1(?: \d{{1,2}})+")
_PAGE_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
_MAX_LABEL = 40  # letters before the links to other articles
_STRAY = 60  # letters of a paragraph that can only be text
_OTHER_PARTS = frozenset({"article", "aside", "form", "footer"})
_NOT_STRAY = re.compile(
    r"\b(?:news-container__text|carousel|accordion|ad|ad-container)\b|-ad\b|ai-"
)


class ArticleText(NamedTuple):
    """The text of an article."""

    blocks: list[Block]
    links: list[Anchor]
    """The links in it, also those that are paragraphs of their own, but not below a box's label."""
    is_walled: bool
    """Whether it goes on behind a wall, or on another page that it leads to."""
    has_media: bool
    """Whether its element holds a picture or a film, which can be all of the article."""


def is_own(part: Selector, article: Selector) -> bool:
    """Return whether a part is in the article itself, not in an `article` or `aside` in it."""
    for ancestor in part.root.iterancestors():
        if ancestor is article.root:
            return True
        if ancestor.tag in ("article", "aside"):
            return False
    return False


def article_text(page: Page, article: Selector) -> ArticleText | None:
    """Return the text of an article; ``None`` if there is no element for it.

    The slides of a ranking stand behind it (seen 2026-10).
    """
    parts = [part for part in page.css(_TEXT, article) if is_own(part, article)]
    parts = [part for part in parts if not _is_inside(part.root, parts)]
    carousel = page.css("div.carousel__slide", article)
    shown = slides(page, (slide for slide in carousel if is_own(slide, article)))
    if not parts:
        return None
    each = dict.fromkeys(tuple(_paragraphs(page, part)) for part in parts)  # one can stand twice
    printed = [block for paragraphs in each for block in paragraphs]
    is_walled = any(map(_says_wall, printed)) or _has_wall(page, article)
    text = [block for index, block in enumerate(printed) if _is_text(page, printed, index)]
    text = [block for line in text if (block := _without_noise(page, line)).text]
    of_slides = [block for slide in shown for block in slide]
    text += [block for block in of_slides if not _leads_elsewhere(page, block)]
    has_media = any(part.root.find(f".//{tag}") is not None for part in parts for tag in _MEDIA)
    with_links = [block for block in (*printed, *of_slides) if not is_label(block.outside_links)]
    links = [link for block in with_links for link in block.links]
    return ArticleText(text, links, is_walled, has_media)


def later_pages(page: Page) -> list[str]:
    """Return the addresses of the pages on which the article goes on."""
    own = f"{page.from_path('id')}?"
    if own not in page.text and not any(query in page.text for query in _PAGE_QUERIES):
        return []
    hrefs = page.xpath(_PAGES, own=own, slashed=own.replace("?", "/?")).getall()
    urls = dict.fromkeys(map(page.link_url, hrefs))
    return [url for url in urls if _is_of(page, url) and page_number(url) > 1]


def _is_of(page: Page, url: str) -> bool:
    return without_query(url).rstrip("/") == page.url.rstrip("/")


def page_number(url: str) -> int:
    """Return the number of an article's page, which its address has unless it is the first.

    >>> page_number("https://www.finanzen.net/nachricht/aktien/muster-16100001?p=2")
    2
    """
    try:
        query = parse_qs(urlsplit(url).query)
    except ValueError:
        return 1
    numbers = [query[name][0] for name in ("p", "page", "seite") if name in query]
    return next((int(number) for number in numbers if _PAGE_NUMBER.fullmatch(number)), 1)


def stray_paragraph(page: Page, article: Selector) -> str | None:
    """Return a long paragraph of the article that stands in none of the elements for its text."""
    for element in article.root.iter("p"):
        if _is_stray(element, article.root):
            text = text_of(Selector(root=element, type="html"))
            if len(text) >= _STRAY and not is_noise(text, page.site.name):
                return text
    return None


def _is_stray(element: _Element, article: _Element) -> bool:
    if "h3" in element.get("class", "").split():  # the lead
        return False
    around = element
    while around is not article:
        if around.tag in _OTHER_PARTS or _NOT_STRAY.search(_names(around)):
            return False
        around = around.getparent()
    return True


def _names(element: _Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_inside(element: _Element, parts: list[Selector]) -> bool:
    around = set(element.iterancestors())
    return any(part.root in around for part in parts)


def _paragraphs(page: Page, part: Selector) -> Iterator[Block]:
    doubtful: list[str] = []
    boxes = labelled_boxes(part.root, doubtful)
    text = list(blocks(part, boxes, doubtful))
    for sentence in doubtful:
        page.doubt("article_body", "ambiguous", sentence)
    return iter(_without_own_interest(page, text))


def _without_own_interest(page: Page, text: list[Block]) -> list[Block]:
    """Return a text without "In eigener Sache" and the paragraph under it.

    Below the sign-off of the text, everything under that label is left out.
    """
    at = next((index for index, block in enumerate(text) if is_own_interest(block.text)), None)
    if at is None:
        return text
    above, below = text[:at], text[at + 1 :]
    if without_byline(above, page.site.name)[0][-1:] != above[-1:]:
        _tell_of_sentences(page, below)
        return above
    _tell_of_sentences(page, below[:1], certain=len(below) == 1)
    rest = below[1:]
    while rest and _advertises(rest[0]):
        rest = rest[1:]
    return above + _without_own_interest(page, rest)


def _tell_of_sentences(page: Page, left_out: list[Block], *, certain: bool = True) -> None:
    """Doubt what is left out and does not advertise; where it is `certain`, only sentences."""
    for block in left_out:
        if not _advertises(block) and (not certain or has_sentence(block.text)):
            page.doubt("article_body", "ambiguous", block.text)


def _without_noise(page: Page, block: Block) -> Block:
    """Return a block without lines that are noise, or are only a link's call to follow it."""
    calls = {link.text for link in block.links if is_call(link.text)}
    lines = without_noise(block.text, page.site.name).split("\n")
    return block._replace(text="\n".join(line for line in lines if line not in calls))


def _advertises(block: Block) -> bool:
    return is_advertising(block.text, [link.href for link in block.links])


def _is_text(page: Page, printed: list[Block], index: int) -> bool:
    block = printed[index]
    if _leads_elsewhere(page, block) or is_wall(block.text) or _PAGE_LINE.fullmatch(block.text):
        return False
    if is_related(block.text):
        following = printed[index + 1 :][:1]
        return not (not following or _leads_elsewhere(page, following[0]))
    return True


def _leads_elsewhere(page: Page, block: Block) -> bool:
    """Return whether a block is only the words of a link that lead on, not a text.

    A label may stand before them: ``Lesen Sie dazu: Eine andere Meldung``.
    """
    if not block.links:
        return False
    outside = block.outside_links
    urls = [page.absolute_url(link.href) for link in block.links]
    lead_to_articles = all(map(page.recognises, urls))
    if any(letter.isalnum() for letter in outside):
        is_labelled = outside.endswith(":") and len(outside) <= _MAX_LABEL
        return is_label(outside) or (is_labelled and lead_to_articles)
    if block.is_heading:
        return lead_to_articles
    return (
        (block.tag == "p" and len(block.links) == 1 and not has_sentence(block.text))
        or is_call(block.text)
        or any(page.recognises(url) or not page.site.has(url) for url in urls)
    )


def _says_wall(block: Block) -> bool:
    goes_on = is_wall(block.text) or _ON_NEXT_PAGE.fullmatch(block.text)
    return bool(goes_on) or any(is_continuation(link.text) for link in block.links)


def _has_wall(page: Page, article: Selector) -> bool:
    if "paywall" not in page.text:
        return False
    around = article.root.getparent()
    part = article if around is None else Selector(root=around, type="html")
    return any(text_of(wall) for wall in page.xpath(_WALLS, part))
