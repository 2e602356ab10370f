"""The text of a robots.txt (RFC 9309): whether it is one, and which of its groups is ours."""

import re
from typing import Final

from w3lib.encoding import http_content_type_encoding, read_bom

MAX_SIZE: Final = 512 * 1024
"""Characters that are parsed; RFC 9309 asks for at least 500 KiB."""

_BLANK: Final = r"[^\S\r\n]"
_DIRECTIVE: Final = re.compile(  # as generous as the parser, which reads "Disallow /" as well
    rf"{_BLANK}*(?:dis?s?al+[ao]w(?:{_BLANK}*:|{_BLANK})|allow{_BLANK}*:){_BLANK}*(?:[/*$%#]|https?:|$)"
    rf"|{_BLANK}*(?:site-?maps?{_BLANK}*:{_BLANK}*(?:https?:|/)"
    rf"|(?:crawl.delay|request.rate|visit.time){_BLANK}*:)",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(  # what other robots obey, and rules of pages
    rf"{_BLANK}*(?:(?:no-?index|no-?archive|no-?follow){_BLANK}*:{_BLANK}*[/*$]"
    rf"|(?:clean-?param){_BLANK}*:|content-(?:signals?|usage){_BLANK}*:[^=\r\n]*="
    rf"|host{_BLANK}*:{_BLANK}*(?:https?://)?(?:[a-z0-9-]++\.)++[a-z]"
    rf"|(?:crawl.?delay|request.?rate|visit.?time){_BLANK}*:{_BLANK}*\d"
    rf"|site-?maps?{_BLANK}*:{_BLANK}*\S*[/.])",
    re.IGNORECASE,
)
_AGENT: Final = re.compile(r"\s*user.?agent\s*[:\s]\s*([^#]*)", re.IGNORECASE)
_LIKE_DIRECTIVE: Final = re.compile(r"\s*[\w -]{2,30}(?:[:\uff1a]|\s[/*])")
_TOKEN: Final = re.compile(r"[\w-]+")
_NOBODY: Final = "another-robot"


def robots_text(body: bytes, content_type: str = "") -> str:
    """Return the text of a body: UTF-8, unless its byte order mark or its label says otherwise.

    Bytes that cannot be decoded are U+FFFD.

    >>> robots_text("Disallow: /ä".encode()), robots_text("Disallow: /ä".encode("utf-16"))
    ('Disallow: /ä', 'Disallow: /ä')
    """
    encoding, mark = read_bom(body)
    if encoding and mark:
        return body[len(mark) :].decode(encoding, "replace")
    try:
        return body.decode(http_content_type_encoding(content_type) or "utf-8", "replace")
    except (LookupError, UnicodeError):  # no such encoding, or one that replaces nothing
        return body.decode("utf-8", "replace")


def is_robots_text(text: str) -> bool:
    """Return whether a text is a robots.txt: it has a line of one, or none but comments.

    Of a text that is too long, the lines that are parsed must have one. Lines that only name robots
    count if all others are like directives, too; lines that other robots obey, such as
    ``Noindex: /``, count if there are no others.

    >>> is_robots_text("# nothing is forbidden"), is_robots_text("Sitemap: https://muster.invalid/")
    (True, True)
    >>> is_robots_text("Service unavailable"), is_robots_text('{"status": 200}')
    (False, False)
    """
    parsed = shortened(text)
    lines = [line for line in parsed.splitlines() if line.partition("#")[0].strip()]
    if not lines:
        return parsed == text
    has_agent = any(map(_AGENT.match, lines)) and all(map(_LIKE_DIRECTIVE.match, lines))
    is_known = has_agent or all(map(_OTHER.match, lines))
    return is_known or any(map(_DIRECTIVE.match, lines))


def shortened(text: str) -> str:
    """Return the whole lines of a text up to `MAX_SIZE`."""
    if len(text) <= MAX_SIZE:
        return text
    return "".join(text[:MAX_SIZE].splitlines(keepends=True)[:-1])


def with_our_groups(text: str, agent: str) -> str:
    r"""Return a text in which the groups of our product are those of `agent`, by that very name.

    A group is ours if it names our product as a word in any letters, with or without a version.
    Our product must be named in full: ``User-agent: fin`` is another robot. A star before a blank
    stands for all, and so does what has no word.

    >>> with_our_groups("User-agent: FinNews/1.0 (+https://muster.invalid)\nDisallow: /", "finnews")
    'User-agent: finnews\nDisallow: /'
    >>> with_our_groups("User-agent: fin\nUser-agent: * # all", "finnews")
    'User-agent: another-robot\nUser-agent: *'
    """
    return "\n".join(_with_our_name(line, agent) for line in text.splitlines())


def _with_our_name(line: str, agent: str) -> str:
    match = _AGENT.match(line)
    if match is None:
        return line
    names = match[1].strip()
    words = _TOKEN.findall(names.lower())
    if not words or names.split()[0] == "*":
        return f"User-agent: {'*' if names else ''}"
    token = agent.partition("/")[0].strip()
    return f"User-agent: {agent if token.lower() in words else _NOBODY}"
