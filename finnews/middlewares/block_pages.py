"""What a wall looks like: the page that a site's guard sends instead of the page asked for."""

import re
from html import unescape
from typing import Final, NamedTuple

HEAD: Final = 30_000
"""Characters that are looked at: a wall is a short page (seen 2024-05: 384 bytes)."""

SHORT: Final = 2_000
"""Most characters of a wall without markup."""

BLANK: Final = "\ufeff \r\n\t"
"""What may stand before the first sign of a text."""


class Wall(NamedTuple):
    """A kind of wall."""

    kind: str
    """One word for it."""

    titles: re.Pattern[str]
    """How the titles of such pages begin."""

    marks: tuple[str, ...]
    """What stands in the code of such pages, in lower case."""


WALLS: Final = (
    Wall(
        "denied",
        re.compile(
            r"access (to this page )?(has been |is )?denied|(error )?40[13]\b|forbidden"
            r"|(429 )?too many requests|request (rejected|unsuccessful|blocked)"
            r"|(sorry, )?you (have been|are) blocked|zugriff (verweigert|gesperrt)",
            re.IGNORECASE,
        ),
        ("errors.edgesuite.net", "incapsula incident id", "cf-error-details"),
    ),
    Wall(
        "challenge",
        re.compile(
            r"just a moment|(nur )?einen moment|please wait|attention required"
            r"|pardon our interruption|checking your browser|are you (a robot|human)|robot check"
            r"|(verify|verifying)( that)? you are human|(human|bot) verification|captcha"
            r"|(vercel )?security check|sicherheitsüberprüfung|ddos-guard|(client )?challenge\b",
            re.IGNORECASE,
        ),
        (
            "_incapsula_",
            "cf-chl",
            "/cdn-cgi/challenge-platform",
            "challenges.cloudflare.com",
            "/_sec/cp_challenge",
            "sec-if-cpt",
            "captcha-delivery.com",
            "px-captcha",
            "g-recaptcha",
            "h-captcha",
            "awswaf",
        ),
    ),
    Wall(
        "consent",
        re.compile(
            r"(cookie.?)?(consent|einwilligung|zustimmung)\b|before you continue", re.IGNORECASE
        ),
        ("cmpwrapper", "cmpbox", "consentmanager", "contentpass", "privacy-mgmt", "usercentrics"),
    ),
)
"""All kinds; of a page that is like several the first counts."""

ADDRESS: Final = re.compile(
    r"//[^/]*(captcha|consent|challenge)|/_sec/|/cdn-cgi/challenge", re.IGNORECASE
)
"""Where a guard redirects to."""

_OWN: Final = re.compile(
    r"quote-ticker|news-container|article-teaser|page-content__|snapshot__|suggest-search|<rss\b"
)
"""The site's own structure: what has it is a page, even beneath a consent overlay."""

_TITLE: Final = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_WORDS: Final = re.compile(
    r"denied|forbidden|blocked|too many requests|rate.?limit|captcha|\bbots?\b|unusual traffic"
    r"|error code: 1\d{3}|verweigert|gesperrt",
    re.IGNORECASE,
)
_RULE: Final = re.compile(r"^\s*(user-agent|(dis)?allow|sitemap)\s*:", re.IGNORECASE | re.MULTILINE)


def wall(text: str) -> str | None:
    """Return the kind of wall that a text is, whatever its status; ``None`` if it is none.

    An article about walls is none: it stands in the site's own structure.

    >>> wall("<title>Just a moment...</title>")
    'challenge'
    >>> wall('<title>Just a moment: Börse macht Pause</title><article class="news-container">')
    >>> wall('{"error": "rate limit exceeded"}'), wall("User-agent: *\\nDisallow: /blocked")
    ('denied', None)
    """
    if not is_markup(text):
        return _plain_wall(text)
    title, head = page_title(text), text[:HEAD].lower()
    for one in WALLS:
        if one.titles.match(title) or any(mark in head for mark in one.marks):
            return None if _OWN.search(text) else one.kind
    return None


def is_markup(text: str) -> bool:
    """Return whether a text is HTML or XML, by its first sign."""
    return text[:SHORT].lstrip(BLANK).startswith("<")


def page_title(text: str) -> str:
    """Return a page's title on one line; an empty one if it has none."""
    found = _TITLE.search(text, 0, HEAD)
    return " ".join(unescape(found[1]).split())[:100] if found else ""


def _plain_wall(text: str) -> str | None:
    """A list in JSON is an answer of the site, lines of robots.txt are rules."""
    if len(text) > SHORT or text.lstrip(BLANK).startswith("[") or _RULE.search(text):
        return None
    return "denied" if _WORDS.search(text) else None
