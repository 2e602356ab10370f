"""The picture over an article, which can be loaded late: the placeholder is no picture."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from lxml.etree import _Element
from parsel import Selector

from finnews.pages.articles.article_text import is_own
from finnews.pages.articles.json_ld import strings
from finnews.pages.base import Page
from finnews.pages.texts import advertising

_ADVERTISING = advertising.CLASSES | {"ad"}
_LATE = ("data-src", "data-lazy-src", "data-original", "data-lazy")
_SETS = ("data-srcset", "srcset")
_INLINE = re.compile(r"(?:data|about):.*", re.DOTALL)
_PLACEHOLDER = re.compile(r"(?:.*/)?(?:placeholder|blank|spacer|transparent|pixel|1x1)[^/]*")
_WIDTH = re.compile(r"(\S+?)(?:\s+(\d+(?:\.\d+)?)[wx])?\s*(?:,\s+|,?$)", re.ASCII)


def image_addresses(page: Page, article: Selector, known: Collection[str]) -> list[str]:
    """Return the addresses of the article's picture, the one that is shown first.

    Of several pictures, that is the one whose address is `known`, else none, which is a doubt.
    """
    images = list(page.css("figure.article-content__image img", article))
    images = [part for part in images if is_own(part, article) and not _is_advertising(part.root)]
    addresses = [[page.absolute_url(url) for url in _addresses(image.root)] for image in images]
    addresses = [urls for urls in addresses if urls and urls[0].startswith("http")]
    shown = list(dict.fromkeys(urls[0] for urls in addresses))
    if len(shown) > 1:
        addresses = [urls for urls in addresses if not set(known).isdisjoint(urls)]
    if len(shown) > 1 and not addresses:
        page.doubt("image_url", "ambiguous", " / ".join(shown))
    return addresses[0] if addresses else []


def _is_advertising(image: _Element) -> bool:
    classes = (around.get("class", "").split() for around in image.iterancestors())
    return not all(map(_ADVERTISING.isdisjoint, classes))


def images_in(json_ld: dict[str, Any]) -> list[str]:
    """Return the addresses of the images in an object of JSON-LD."""
    value = json_ld.get("image")
    images = value if isinstance(value, list) else [value]
    nested = [
        [image.get("url"), image.get("contentUrl")] for image in images if isinstance(image, dict)
    ]
    return strings([*images, *(url for urls in nested for url in urls)])


def _addresses(image: _Element) -> Iterator[str]:
    shown = (image.get("src") or "").strip()
    late = [(image.get(name) or "").strip() for name in _LATE]
    widest = [_widest(printed) for printed in _sets(image)]
    addresses = [address for address in (shown, *late, *widest) if address]
    addresses = [address for address in addresses if not _INLINE.fullmatch(address)]
    yield from sorted(addresses, key=lambda address: bool(_PLACEHOLDER.fullmatch(address)))


def _sets(image: _Element) -> Iterator[str]:
    around = next(image.iterancestors("picture"), None)
    is_first = around is not None and next(around.iter("img")) is image  # a picture has one
    sources = list(around.iter("source")) if around is not None and is_first else []
    sets = (element.get(name) for element in (image, *sources) for name in _SETS)
    return (printed for printed in sets if printed)


def _widest(printed: str) -> str:
    """Return the address of the widest picture in a ``srcset``.

    >>> _widest("/a-330.jpg 330w, /a-660.jpg 660w")
    '/a-660.jpg'
    """
    by_width = [(float(width or 1), address) for address, width in _WIDTH.findall(printed.strip())]
    return max(by_width, key=lambda pair: pair[0], default=(0.0, ""))[1]
