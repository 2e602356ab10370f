"""What may be part of an article's text and is not read, or may be advertising and is."""

from collections.abc import Iterable

from parsel import Selector

from finnews.pages.base import Page
from finnews.pages.texts.advertising import advertises_site, is_advertising_line
from finnews.pages.texts.box_names import meaning_of
from finnews.pages.texts.labels import has_label
from finnews.pages.texts.prose import Block
from finnews.pages.visible import text_of


def tell_of_others(page: Page, parts: Iterable[Selector]) -> None:
    """Doubt texts in an `article` or `aside` that is neither a box nor has a headline."""
    for part in parts:
        around = next(part.root.iterancestors("article", "aside"))
        is_box = meaning_of(around.get("class", "")).is_own or around.find(".//h1") is not None
        if not is_box and (words := text_of(part)):
            page.doubt("article_body", "ambiguous", words)


def tell_of_other_slides(page: Page, slides: Iterable[Selector]) -> None:
    """Doubt what stands among the slides of a ranking and is none of them."""
    containers = dict.fromkeys(slide.root.getparent() for slide in slides)
    for part in (part for container in containers for part in container.iterchildren("*")):
        names = part.get("class", "")
        is_known = "carousel__slide" in names.split() or meaning_of(names).is_own
        if not is_known and (words := text_of(part)):
            page.doubt("article_body", "ambiguous", words)


def tell_of_advertising(page: Page, printed: Iterable[Block]) -> None:
    """Doubt a paragraph that advertises below such a label, or has a box's label in its line.

    Ordinary paragraphs stand below such labels, too, because what advertises has been left out.
    """
    above = ""
    for block in printed:
        hrefs = [link.href for link in block.links]
        is_below = is_advertising_line(above) and advertises_site(block.text, hrefs)
        if is_below or (not block.links and has_label(block.text)):
            page.doubt("article_body", "ambiguous", block.text)
        above = block.text
