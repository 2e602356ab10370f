"""The text of an article: its paragraphs and slides, and whether it is all there."""

from collections.abc import Iterator
from typing import NamedTuple

from parsel import Selector

from finnews.pages.articles.article_pages import is_about_pages
from finnews.pages.articles.completeness import goes_on, has_wall
from finnews.pages.articles.own_interest import without_own_interest
from finnews.pages.articles.slides import slides
from finnews.pages.articles.text_doubts import (
    tell_of_advertising,
    tell_of_other_slides,
    tell_of_others,
)
from finnews.pages.base import Page
from finnews.pages.texts.labelled_boxes import labelled_boxes
from finnews.pages.texts.labels import is_call, is_label, is_related, is_wall, without_noise
from finnews.pages.texts.prose import Anchor, Block, blocks
from finnews.pages.texts.sentences import has_sentence

_TEXT = "div.news-container__text"
_MEDIA = ("iframe", "video", "audio", "img", "object")
_MAX_LABEL = 40  # letters before the links to other articles


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
    printed_parts = page.css(_TEXT, article)
    parts = [part for part in printed_parts if is_own(part, article)]
    own = {part.root for part in parts}
    tell_of_others(page, [part for part in printed_parts if part.root not in own])
    parts = [part for part in parts if own.isdisjoint(part.root.iterancestors())]
    carousel = page.css("div.carousel__slide", article)
    shown = slides(page, (slide for slide in carousel if is_own(slide, article)))
    if not parts:
        return None
    tell_of_other_slides(page, carousel)
    each = dict.fromkeys(tuple(_paragraphs(page, part)) for part in parts)  # one can stand twice
    printed = [block for paragraphs in each for block in paragraphs]
    is_walled = any(map(goes_on, printed)) or has_wall(page, article)
    tell_of_advertising(page, printed)
    text = [block for index, block in enumerate(printed) if _is_text(page, printed, index)]
    text = [block for line in text if (block := _without_noise(page, line)).text]
    of_slides = [block for slide in shown for block in slide]
    text += [block for block in of_slides if not _leads_elsewhere(page, block)]
    has_media = any(part.root.find(f".//{tag}") is not None for part in parts for tag in _MEDIA)
    with_links = [block for block in (*printed, *of_slides) if not is_label(block.outside_links)]
    links = [link for block in with_links for link in block.links]
    return ArticleText(text, links, is_walled, has_media)


def _paragraphs(page: Page, part: Selector) -> Iterator[Block]:
    doubtful: list[str] = []
    boxes = labelled_boxes(part.root, doubtful)
    text = list(blocks(part, boxes, doubtful))
    for sentence in doubtful:
        page.doubt("article_body", "ambiguous", sentence)
    return iter(without_own_interest(page, text))


def _without_noise(page: Page, block: Block) -> Block:
    """Return a block without lines that are noise, or are only a link's call to follow it."""
    calls = {link.text for link in block.links if is_call(link.text)}
    lines = without_noise(block.text, page.site.name).split("\n")
    return block._replace(text="\n".join(line for line in lines if line not in calls))


def _is_text(page: Page, printed: list[Block], index: int) -> bool:
    block = printed[index]
    if _leads_elsewhere(page, block) or is_wall(block.text) or is_about_pages(block.text):
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
