"""What the names in an element's class and id say: a box, advertising, a caption, a picture."""

import re
from typing import NamedTuple

from finnews.bounds import kept
from finnews.pages.texts import advertising

_CLASSES = advertising.CLASSES | frozenset(
    {"ad", "ad-hint", "ai-summary-button", "ai-summary-box", "carousel"}
    | {"page-content__item--space"}
)
_BOX_WORDS = frozenset(
    {"newsletter", "related", "recommendation", "recommendations", "teaser", "poll", "umfrage"}
    | {"survey", "paywall", "video", "player", "podcast", "promo", "promotion", "advert"}
    | {"advertisement", "advertorial", "anzeige", "werbung", "sponsored", "share", "sharing"}
    | {"social", "comments", "pagination", "pager", "subscribe", "subscription"}
)
_CONTROL_WORDS = frozenset({"teaser", "share", "sharing", "social"})  # these can be others, too
_CAPTION_WORDS = frozenset({"caption", "figcaption", "credit", "credits", "copyright"})
_IMAGE_WORDS = frozenset({"image", "img", "picture", "photo", "foto", "bild", "media"})
_NEUTRAL_WORDS = frozenset(
    {"box", "container", "wrapper", "content", "text", "inner", "list", "item", "items", "block"}
    | {"line", "bar", "buttons", "widget", "module", "section", "area", "kasten"}
)
_BETWEEN_WORDS = re.compile(r"[\s_-]+")


class Meaning(NamedTuple):
    """What the names in an element's class and id say."""

    is_own: bool = False
    """A box by one of the site's own names."""
    is_box: bool = False
    """A box: the last word says so, as in ``article-newsletter``."""
    is_known: bool = False
    """A box of one of the usual kinds: advertising, newsletter, links to others, poll, film."""
    may_be_box: bool = False
    """Another word says so, as in ``share-price``."""
    is_caption: bool = False
    is_image: bool = False
    is_grid: bool = False


@kept(maxsize=4096)
def meaning_of(attributes: str) -> Meaning:
    """Return what an element is by the names in its class and id."""
    names = attributes.lower().split()
    last_words = {_last_word(name) for name in names}
    words = set(filter(None, _BETWEEN_WORDS.split(attributes.lower())))
    return Meaning(
        is_own=not _CLASSES.isdisjoint(names),
        is_box=not _BOX_WORDS.isdisjoint(last_words),
        is_known=not (_BOX_WORDS - _CONTROL_WORDS).isdisjoint(last_words),
        may_be_box=not _BOX_WORDS.isdisjoint(words),
        is_caption=not _CAPTION_WORDS.isdisjoint(last_words),
        is_image=not _IMAGE_WORDS.isdisjoint(words),
        is_grid="accordion" in names or "grid" in names,
    )


def _last_word(name: str) -> str | None:
    """Return the last word of a class that says something.

    >>> _last_word("article__newsletter-box"), _last_word("share-price")
    ('newsletter', 'price')
    """
    words = filter(None, reversed(_BETWEEN_WORDS.split(name)))
    return next((word for word in words if word not in _NEUTRAL_WORDS), None)
