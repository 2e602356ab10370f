"""Links to studies: ``/analyse/muster_ag_buy-beispiel_bank_1096443``, with the firm at its end."""

from collections.abc import Iterable

from lxml.etree import _Element
from parsel import Selector

from finnews.items import Rating, Verdict, folded
from finnews.pages.base import Page
from finnews.pages.ratings.spellings import may_be_named
from finnews.pages.ratings.study_firms import (
    is_firm_of,
    is_like_firm_of,
    is_single_firm,
    title_in,
    verdicts_in,
)
from finnews.pages.texts.persons import is_person
from finnews.pages.visible import text_of
from finnews.processors import analysis_id, is_given, line


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
    named = [link for link in links if is_firm_of(link.root.get("href"), text_of(link))]
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
    name = text_of(link).rstrip("* ") if link is not None else "" if links else printed
    if not is_given(printed):
        return None
    is_alone = name == printed and is_single_firm(name) and _is_one_text(cell, name)
    if is_alone or (link is not None and _names_firm(link, name)):
        return name
    page.doubt("firm", "ambiguous", printed)
    return None


def own_study(
    page: Page,
    link: Selector | None,
    firm: str | None,
    names: Iterable[str],
    verdict: Verdict | None,
) -> str | None:
    """Return the address of a row's study; a doubt if it names another firm or another share.

    The share has several names: of none that is known, the address need have no word. A verdict
    other than the row's is a doubt, too, but what the row prints counts.
    """
    href: str | None = None if link is None else link.root.get("href")
    title = title_in(href or "")
    if not href or not title:
        return href
    known = list(names)
    is_of_share = not known or any(may_be_named(title, name) for name in known)
    if not is_of_share or (firm and not is_like_firm_of(href, firm)):
        page.doubt("id", "contradiction", href)
        return None
    if verdict and not verdicts_in(title) <= {verdict}:
        page.doubt("verdict", "contradiction", f"{verdict}, {href}")
    return href


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


def _is_one_text(cell: Selector, name: str) -> bool:
    """Return whether a name is not put together of several elements, nor has a person's below."""
    parts = (text_of(_selector(part)).rstrip("* ") for part in cell.root.iterdescendants())
    below = (line(mark.tail or "") for mark in cell.root.iter("br"))
    is_put_together = any(part and part != name and part in name for part in parts)
    return not is_put_together and not any(map(is_person, below))


def _selector(element: _Element) -> Selector:
    return Selector(root=element)


def _names_firm(link: Selector, name: str) -> bool:
    return link.root.get("title") == name or is_firm_of(link.root.get("href"), name)


def _id(link: Selector) -> str | None:
    return analysis_id(link.root.get("href"))


def _is_own(page: Page, link: Selector) -> bool:
    return page.site.has(page.link_url(link.root.get("href")))
