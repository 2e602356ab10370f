"""The firm and the rating of a study, which its page prints twice: in its head and its summary."""

from typing import NamedTuple

from finnews.items import Verdict, folded
from finnews.pages.base import Page
from finnews.pages.parts.shares import LEGAL_FORMS, is_same_share, words
from finnews.pages.ratings.titles import Title, is_plain_rating, read_title, title, title_with
from finnews.pages.texts.persons import is_person
from finnews.processors import is_given
from finnews.vocabulary import is_rating, verdict

_HOUSES = LEGAL_FORMS | {"bank", "capital", "markets", "redaktion", "research", "securities"}


class StudyWords(NamedTuple):
    """What head and summary agree on."""

    name: str | None
    """The share's name in the headline."""

    rating: str | None
    verdict: Verdict | None


def agreed_firm(page: Page, kickers: list[str], in_summary: str) -> str | None:
    """Return the firm, of which one print may have its legal form; ``None`` if they contradict."""
    printed = list(dict.fromkeys(filter(is_given, kickers)))
    if not is_given(in_summary):
        if len(printed) > 1:
            page.doubt("firm", "ambiguous", ", ".join(printed))
        return printed[0] if len(printed) == 1 else None
    if printed and not any(is_same_share(firm, in_summary) for firm in printed):
        page.doubt("firm", "contradiction", ", ".join((*printed, in_summary)))
        return None
    return in_summary


def agreed_rating(page: Page, headline: str, in_summary: str, company: str) -> StudyWords:
    """Return the rating in which the headline and the summary agree.

    If their words differ and their verdicts do not, there is a verdict alone.
    """
    if not is_given(in_summary):
        return _words_of(page, read_title(page, headline, [company]))
    if not is_plain_rating(in_summary):
        page.doubt("rating", "unreadable", in_summary)
        return StudyWords(None, None, None)
    if not headline:
        return _words_of(page, Title("", in_summary))
    parts = title(headline, [company]) or title_with(headline, in_summary)
    if parts and folded(parts.rating) == folded(in_summary):
        return _words_of(page, Title(parts.name, in_summary))
    page.doubt("rating", "contradiction", f"{headline}, {in_summary}")
    by_title = verdict(parts.rating) if parts else None
    return StudyWords(None, None, by_title if by_title == verdict(in_summary) else None)


def agreed_person(page: Page, printed: str, firm: str | None) -> str | None:
    """Return the analyst's name; a doubt if it is a firm's, or no person's.

    ``Beispiel Bank`` and ``Ada Beispiel, Max Muster`` are none.
    """
    if not is_given(printed):
        return None
    is_house = is_same_share(printed, firm or "") or not _HOUSES.isdisjoint(words(printed))
    if is_house or not is_person(printed):
        page.doubt("analyst", "contradiction" if is_house else "unreadable", printed)
        return None
    return printed


def previous_rating(page: Page, printed: str, now: str) -> str | None:
    """Return the previous rating, a known one or the same as now; another text is a doubt.

    ``Erstbewertung`` and ``Hold seit Mai`` are none.
    """
    if not is_given(printed):
        return None
    if is_rating(printed) or (folded(printed) == folded(now) and is_plain_rating(printed)):
        return printed
    page.doubt("previous_rating", "unreadable", printed)
    return None


def _words_of(page: Page, parts: Title | None) -> StudyWords:
    if parts is None:
        return StudyWords(None, None, None)
    known = verdict(parts.rating)
    if known is None:
        page.stats.unknown("rating", parts.rating)
    return StudyWords(parts.name or None, parts.rating, known)
