"""Links to studies: ``/analyse/muster_ag_buy-beispiel_bank_1096443``, with the firm at its end."""

import re
from collections.abc import Iterable

from lxml.etree import _Element
from parsel import Selector

from finnews.items import Rating, folded
from finnews.pages.base import Page
from finnews.pages.ratings.spellings import is_spelled_alike, may_be_named, spellings
from finnews.pages.ratings.titles import has_rating
from finnews.pages.visible import text_of
from finnews.processors import analysis_id, is_given

_STUDY = re.compile(r"/analyse/(?P<title>[^/?#]*)_[0-9]+(?=[?#]|$)")
_NO_FIRM = re.compile(
    r"Ø.*|[\W\d]*|(?:(?:Analysten)?[kK]onsens\w*|Durchschnitt\w*|Mittelwert|Median|Summe|Gesamt\w*"
    r"|Alle Analysten|mehr|Mehr|Details)\b.*"
)

_OTHER_FIRM = re.compile(r"\s[/|+]\s|;")


def study_links(page: Page, part: Selector) -> list[Selector]:
    """Return the links in a part of a page to the site's own studies."""
    hrefs = ((link, link.get("href", "")) for link in part.root.iter("a"))
    links = (link for link, href in hrefs if "/analyse/" in href and analysis_id(href))
    return [link for link in map(_selector, links) if _is_own(page, link)]


def study_link(page: Page, part: Selector) -> Selector | None:
    """Return the link to the only study that a part of a page links to, the one with words.

    Links to several studies are a doubt, unless one of them alone has its firm's name as its words.
    """
    return only_link(page, part, study_links(page, part))


def only_link(page: Page, part: Selector, links: list[Selector]) -> Selector | None:
    """Return the same as `study_link`, of the `links` in the part."""
    if len(links) == 1:
        return links[0]
    named = [link for link in links if is_firm_of(link.attrib["href"], text_of(link))]
    if len({_id(link) for link in links}) > 1:
        links = named if len({_id(link) for link in named}) == 1 else []
        if not links:
            page.doubt("id", "ambiguous", text_of(part))
    return next((link for link in links if is_given(text_of(link))), next(iter(links), None))


def firm_in(page: Page, cell: Selector) -> str | None:
    """Return the firm in a cell; a doubt if the cell has other words than its link to the study.

    A link says it in its ``title`` too, and its address ends with it (seen 2026-08).
    """
    printed = text_of(cell).rstrip("* ")
    links = study_links(page, cell)
    link = only_link(page, cell, links) if links else None
    name = text_of(link).rstrip("* ") if link else printed if not links else ""
    is_alone = name == printed and is_single_firm(name)
    if is_alone or (link and _names_firm(link, name)):
        return name
    page.doubt("firm", "ambiguous", printed)
    return None


def own_study(
    page: Page, link: Selector | None, firm: str | None, names: Iterable[str]
) -> str | None:
    """Return the address of a row's study; a doubt if it names another firm or another share.

    The share has several names: of none that is known, the address need have no word.
    """
    href = link.attrib["href"] if link else None
    match = _STUDY.search(href) if href else None
    if not href or not match:
        return href
    known = list(names)
    is_of_share = not known or any(may_be_named(match["title"], name) for name in known)
    if is_of_share and (not firm or is_like_firm_of(href, firm)):
        return href
    page.doubt("id", "contradiction", href)
    return None


def leave_shared_ids(page: Page, ratings: Iterable[Rating]) -> None:
    """Leave no number of a study that rows of several firms have."""
    by_id: dict[str, list[Rating]] = {}
    for rating in ratings:
        if rating.id and rating.firm:
            by_id.setdefault(rating.id, []).append(rating)
    shared = (same for same in by_id.values() if len({folded(rating.firm) for rating in same}) > 1)
    for rating in (rating for same in shared for rating in same):
        page.doubt("id", "contradiction", f"{rating.id}: {rating.firm}")
        rating.id = None


def is_firm_of(href: str, firm: str) -> bool:
    """Return whether the address of a study ends with the name of a firm.

    >>> is_firm_of("/analyse/muster_buy-beispiel__company_inc__1096443", "Beispiel & Company Inc.")
    True
    """
    return any(is_spelled_alike(ending, firm) for ending in _endings(href))


def is_like_firm_of(href: str, firm: str) -> bool:
    """Return whether a study's address can end with a firm's name, one of them being shorter.

    >>> is_like_firm_of("/analyse/muster-werke_buy-haus_1096443", "Haus der Kurse")
    True
    >>> is_like_firm_of("/analyse/muster-werke_buy-haus_1096443", "Ada Haus")
    False
    """
    named = spellings(firm)
    endings = (way for ending in _endings(href) for way in spellings(ending))
    return any(way.startswith(name) or name.startswith(way) for way in endings for name in named)


def is_firm(printed: str) -> bool:
    """Return whether a text can be a firm's name, and is no word for all firms, nor for a link.

    >>> is_firm("Beispiel Bank"), is_firm("Ø aller Analysten"), is_firm("Durchschnitt")
    (True, False, False)
    """
    return not _NO_FIRM.fullmatch(printed)


def is_single_firm(printed: str) -> bool:
    """Return whether a text can be the name of one firm, without a rating or another's name.

    >>> is_single_firm("Beispiel Bank (zuvor Hold)"), is_single_firm("Beispiel Bank / Haus")
    (False, False)
    """
    return is_firm(printed) and not has_rating(printed) and _OTHER_FIRM.search(printed) is None


def _endings(href: str) -> list[str]:
    """Return what stands behind each hyphen of a study's address: one of them is the firm."""
    match = _STUDY.search(href)
    parts = match["title"].split("-") if match else []
    return ["-".join(parts[at:]) for at in range(1, len(parts))]


def _selector(element: _Element) -> Selector:
    return Selector(root=element)


def _names_firm(link: Selector, name: str) -> bool:
    return link.attrib.get("title") == name or is_firm_of(link.attrib["href"], name)


def _id(link: Selector) -> str | None:
    return analysis_id(link.attrib["href"])


def _is_own(page: Page, link: Selector) -> bool:
    return page.site.has(page.link_url(link.attrib["href"]))
