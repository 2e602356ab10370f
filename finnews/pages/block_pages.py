"""Recognises block pages: what a site's guard sends instead of the page that was requested."""

import re
from html import unescape
from typing import Final, NamedTuple

from finnews.pages import has_site_parts, is_site_page
from finnews.site import FINANZEN_NET, Site

HEAD: Final = 30_000
"""Characters that are searched: a block page is short (seen 2024-05: 384 bytes)."""

SHORT: Final = 2_000
"""The most characters of a block page without markup."""

BLANK: Final = "\ufeff \r\n\t"
"""What can precede the first character of a text."""


class BlockPage(NamedTuple):
    """A kind of block page."""

    kind: str
    """One word: ``denied``."""

    titles: re.Pattern[str]
    """How the titles of such pages begin."""

    marks: tuple[str, ...]
    """What stands in the code of such pages, in lower case."""

    links: int = 10
    """How many of the site's pages a page with such a mark links, if it is one of them."""


BLOCK_PAGES: Final = (
    BlockPage(
        "denied",
        re.compile(
            r"access (to this page )?(has been |is )?denied|(error )?40[13]\b|forbidden"
            r"|(429 )?too many requests|request (rejected|unsuccessful|blocked)"
            r"|(sorry, )?you (have been|are) blocked|zugriff (verweigert|gesperrt)",
            re.IGNORECASE,
        ),
        ("errors.edgesuite.net", "incapsula incident id", "cf-error-details"),
    ),
    BlockPage(
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
    BlockPage(
        "consent",
        re.compile(
            r"(cookie.?)?(consent|einwilligung|zustimmung)\b|before you continue", re.IGNORECASE
        ),
        ("cmpwrapper", "cmpbox", "consentmanager", "contentpass", "privacy-mgmt", "usercentrics"),
        links=3,
    ),
)
"""All kinds; the first that matches counts."""

ADDRESS: Final = re.compile(
    r"//[^/]*(captcha|consent|challenge)|/_sec/|/cdn-cgi/challenge", re.IGNORECASE
)
"""Where a guard redirects to."""

_TITLE: Final = re.compile(r"<title[^<>]*+>([^<]*+(?:<(?!/?title)[^<]*+)*+)</title>", re.IGNORECASE)
_WORDS: Final = re.compile(
    r"denied|forbidden|blocked|too many requests|rate.?limit|captcha|\bbots?\b|unusual traffic"
    r"|error code: 1\d{3}|verweigert|gesperrt",
    re.IGNORECASE,
)
_RULE: Final = re.compile(
    r"^[^\S\n]*+(?:user-agent|(?:dis)?allow|sitemap)[^\S\n]*+:", re.IGNORECASE | re.MULTILINE
)


def block_kind(text: str, site: Site = FINANZEN_NET) -> str | None:
    """Return the kind of block page that a text is, whatever its status; ``None`` if it is none.

    A page of the site is none, whatever its title, its scripts and the overlay above it; one with
    the title of a block page is the site's only if it links the site's pages.

    >>> block_kind("<title>Just a moment...</title>")
    'challenge'
    >>> block_kind('{"error": "rate limit exceeded"}')
    'denied'
    >>> block_kind("User-agent: *\\nDisallow: /blocked") is None
    True
    """
    if not is_markup(text):
        return _plain_kind(text)
    title = page_title(text)
    titled = [page for page in BLOCK_PAGES if page.titles.match(title)]
    if not titled and has_site_parts(text):  # as nearly all, of which the rest would take longer
        return None
    head = text[:HEAD].lower()
    for page in BLOCK_PAGES:
        if page in titled or any(mark in head for mark in page.marks):
            is_site = is_site_page(text, site, links=page.links, by_parts=not titled)
            return None if is_site else page.kind
    return None


def is_markup(text: str) -> bool:
    """Return whether a text is HTML or XML, by its first character."""
    return text[:SHORT].lstrip(BLANK).startswith("<")


def page_title(text: str) -> str:
    """Return a page's title on one line; an empty text if it has none."""
    match = _TITLE.search(text, 0, HEAD)
    return " ".join(unescape(match[1]).split())[:100] if match else ""


def _plain_kind(text: str) -> str | None:
    """A list in JSON is a response of the site, and rules of robots.txt are rules."""
    if len(text) > SHORT or text.lstrip(BLANK).startswith("[") or _RULE.search(text):
        return None
    return "denied" if _WORDS.search(text) else None
