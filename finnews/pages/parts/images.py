"""The picture over an article, which can be loaded late: the placeholder is no picture."""

import re
from collections.abc import Iterator

from lxml.etree import _Element
from parsel import Selector

from finnews.pages.base import Page
from finnews.pages.parts.article_text import is_own

_LATE = ("data-src", "data-lazy-src", "data-original", "data-lazy")
_SETS = ("data-srcset", "srcset")
_INLINE = re.compile(r"(?:data|about):.*", re.DOTALL)
_PLACEHOLDER = re.compile(r"(?:.*/)?(?:placeholder|blank|spacer|transparent|pixel|1x1)[^/]*")
_WIDTH = re.compile(r"(\S+?)(?:\s+(\d+(?:\.\d+)?)[wx])?\s*(?:,\s+|,?$)", re.ASCII)


def image_addresses(page: Page, article: Selector) -> Iterator[str]:
    """Yield the addresses of the article's picture, the one that is shown first."""
    for image in page.css("figure.article-content__image img", article):
        if is_own(image, article):
            urls = map(page.absolute_url, _addresses(image.root))
            yield from (url for url in urls if url.startswith("http"))


def _addresses(image: _Element) -> Iterator[str]:
    shown = (image.get("src") or "").strip()
    late = [(image.get(name) or "").strip() for name in _LATE]
    widest = [_widest(printed) for printed in _sets(image)]
    addresses = [address for address in (shown, *late, *widest) if address]
    addresses = [address for address in addresses if not _INLINE.fullmatch(address)]
    yield from sorted(addresses, key=lambda address: bool(_PLACEHOLDER.fullmatch(address)))


def _sets(image: _Element) -> Iterator[str]:
    around = next(image.iterancestors("picture"), None)
    sources = [] if around is None else list(around.iter("source"))
    sets = (element.get(name) for element in (image, *sources) for name in _SETS)
    return (printed for printed in sets if printed)


def _widest(printed: str) -> str:
    """Return the address of the widest picture in a ``srcset``.

    >>> _widest("/a-330.jpg 330w, /a-660.jpg 660w")
    '/a-660.jpg'
    """
    found = [(float(width or 1), address) for address, width in _WIDTH.findall(printed.strip())]
    return max(found, key=lambda pair: pair[0], default=(0.0, ""))[1]
