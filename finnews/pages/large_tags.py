"""Tags with more attributes than a page has: the parser compares each with all those before it."""

from typing import Final

from lxml.etree import HTMLParser, fromstring

MOST_ATTRIBUTES: Final = 1000
"""Attributes that a tag can have; on the site, tags have up to 15 (2026-10)"""

_STEP: Final = 4096
"""Bytes; the attributes of a tag of four steps are read in hundredths of seconds"""

_BLANKS: Final = 64  # bytes between an equals sign and a quotation mark


class TooManyAttributes(ValueError):
    """A tag has more attributes than `MOST_ATTRIBUTES`."""


def refuse_large_tags(html: str) -> None:
    """Raise `TooManyAttributes` if a page with a long tag has one of too many attributes."""
    html = html.replace("\x00", "")
    if may_have_large_tag(html):
        parser = HTMLParser(recover=True, encoding="utf-8", target=_Attributes())
        fromstring(html.encode(), parser)


def may_have_large_tag(html: str) -> bool:
    """Return whether a tag can be longer than 16 kB: most pages have none, which is soon seen.

    The end of a tag is looked for in each step. Such a tag has none, or some in its values, each of
    which stands behind a quotation mark that opens a value.

    >>> may_have_large_tag("<p>" + "<a href='/'>Muster</a> " * 1000)
    False
    >>> may_have_large_tag("<p>" + "<p " + "title='>' " * 2000)
    True
    """
    start, in_values = 0, 0
    is_open = dict.fromkeys(('"', "'"), False)
    while start < len(html):
        end = html.find(">", start + _STEP)
        end = len(html) if end < 0 else end
        if end - start > 2 * _STEP:
            return True
        for quote in is_open:
            at = html.rfind(quote, start, end)
            is_open[quote] = _opens_value(html, at) if at >= 0 else is_open[quote]
        in_values = in_values + 1 if any(is_open.values()) else 0
        if in_values > 1:
            return True
        start = end
    return False


def _opens_value(html: str, at: int) -> bool:
    before = html[max(0, at - _BLANKS) : at].rstrip()
    return not before or before.endswith("=")


class _Attributes:
    """What the parser tells of tags, in place of a tree."""

    def start(self, _tag: str, attributes: dict[str, str]) -> None:
        if len(attributes) > MOST_ATTRIBUTES:
            raise TooManyAttributes

    def end(self, _tag: str) -> None: ...

    def data(self, _text: str) -> None: ...

    def close(self) -> None: ...
