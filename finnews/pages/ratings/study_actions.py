"""What a study did with the rating: by the two ratings and by the first sentence of its text."""

import re
from typing import Final

from finnews.items import Action, Rating, Verdict, folded
from finnews.pages.base import Page
from finnews.pages.ratings.leads import is_of_now, names_share, predicate
from finnews.pages.ratings.study_targets import NUMBER, previous_target, shares_of_targets
from finnews.vocabulary import verdict

_QUOTED = r'["„“”»«](?P<{}>[^"„“”»«\n]{{2,40}})["„“”»«]'
_RATING, _BEFORE = _QUOTED.format("rating"), _QUOTED.format("before")
_SHARE = r'(?: (?:für|von) (?P<share>[^"„“”»«;:]{2,100}?))?'
_ALONE = r'(?P<alone>(?:(?! und |, )[^"„“”»«;:\d]){2,80}?)'
_WITH = r'(?P<with>(?: (?:mit|und|bei) (?:[^"„“”»«,]|(?<=\d),(?=\d)){1,110}?)?)'
_START = r"(?:^|, | und )"

_CHANGE = re.compile(
    rf"{_START}(?:(?:die Einstufung|die Bewertung|das Rating|das Votum)(?: aber| jedoch)?{_SHARE}"
    rf"|{_ALONE}) (?:von {_BEFORE} )?auf {_RATING}{_WITH} (?P<verb>belassen|bestätigt|bekräftigt"
    r"|hochgestuft|heraufgestuft|angehoben|abgestuft|herabgestuft|heruntergestuft|gesenkt)\b"
)
_FIRST = re.compile(
    rf"{_START}(?:(?:die Bewertung|die Beobachtung){_SHARE}|{_ALONE})"
    rf" mit {_RATING}{_WITH} (?P<verb>aufgenommen)\b"
)
_ACTIONS: Final[dict[str, Action]] = {
    **dict.fromkeys(("belassen", "bestätigt", "bekräftigt"), "maintained"),
    **dict.fromkeys(("hochgestuft", "heraufgestuft", "angehoben"), "upgraded"),
    **dict.fromkeys(("abgestuft", "herabgestuft", "heruntergestuft", "gesenkt"), "downgraded"),
    "aufgenommen": "initiated",
}
_OF_TARGETS_TOO = frozenset({"angehoben", "gesenkt"})
_MAY_BE_ACTION = re.compile(
    r"\b(?:hoch|herauf|ab|herab|herunter)gestuft\b|\bErst(?:einstufung|bewertung)\b"
    r'|["„“”»«](?:(?!\. )[^"„“”»«\n]){0,120}?'
    r'(?:["„“”»«](?:(?!\. )[^"„“”»«\n]){0,120}?)?\b(?:belassen|bestätigt|bekräftigt|aufgenommen)\b'
)
_MAY_BE_TARGET = re.compile(
    rf"\bKursziel\b(?:(?!\. )[^\n]){{0,100}}? von (?:\w+ )?{NUMBER}(?: [A-Z][\w-]+)? auf {NUMBER}"
)
_WORST_TO_BEST: tuple[Verdict, ...] = ("sell", "hold", "buy")


def add_rating_changes(page: Page, rating: Rating) -> None:
    """Add to a study what it did with rating and target, and count what its text leaves unclear."""
    text, change = rating.text or "", _change(rating)
    rating.action = _action(rating, change)
    if contrary := contradiction(rating, change):
        page.doubt("action", "contradiction", contrary)
        rating.action = None
    elif rating.action is None and (unclear := _MAY_BE_ACTION.search(text)):
        page.doubt("action", "ambiguous", unclear[0])
    if before := _other_previous_rating(rating, change):
        page.doubt("previous_rating", "contradiction", f"{rating.previous_rating}, {before}")
        rating.previous_rating = None
    rating.previous_price_target = previous_target(rating, page.site.mark)
    if rating.previous_price_target is None and (unclear := _MAY_BE_TARGET.search(text)):
        page.doubt("previous_price_target", "ambiguous", unclear[0])


def action(rating: Rating) -> Action | None:
    """Return what a study did with the rating; ``None`` if its ratings and its text contradict.

    >>> action(Rating(verdict="buy", previous_rating="Hold"))
    'upgraded'
    >>> action(Rating(name="Muster", firm="Beispiel Bank", rating="Neutral",
    ...     text='Die Beispiel Bank hat Muster auf "Neutral" belassen.'))
    'maintained'
    """
    return _action(rating, _change(rating))


def _action(rating: Rating, change: re.Match[str] | None) -> Action | None:
    by_text, by_ratings = _told(rating, change), _shown(rating)
    if by_text == "initiated" and rating.previous_rating:
        return None
    if by_text is None or by_ratings is None:
        return by_text or by_ratings
    return by_text if by_text == by_ratings else None


def contradiction(rating: Rating, change: re.Match[str] | None) -> str | None:
    """Return the words of the first sentence that tell of another rating, or of an opposite step.

    >>> study = Rating(name="Muster", firm="Beispiel Bank", rating="Buy",
    ...     text='Die Beispiel Bank hat Muster auf "Sell" abgestuft.')
    >>> contradiction(study, _change(study))
    'Muster auf "Sell" abgestuft'
    """
    if change is None:
        return None
    is_other = _is_other_rating(change["rating"], rating.rating)
    is_vague = change["verb"] in _OF_TARGETS_TOO and bool(change["with"])
    return change[0] if is_other or not (is_vague or _is_of_the_rating(change)) else None


def _other_previous_rating(rating: Rating, change: re.Match[str] | None) -> str | None:
    """Return the previous rating in the first sentence, if it is another than the printed one."""
    before = change.groupdict().get("before") if change else None
    is_other = bool(before) and _is_other_rating(before or "", rating.previous_rating)
    return before if is_other else None


def _is_other_rating(rating: str, printed: str | None) -> bool:
    if printed is None or folded(rating) == folded(printed):
        return False
    return verdict(rating) is None or verdict(rating) != verdict(printed)


def _shown(rating: Rating) -> Action | None:
    """Return the action by the two ratings; ``None`` for two words of one verdict."""
    previous = verdict(rating.previous_rating or "")
    if previous is None or rating.verdict is None:
        return None
    if previous != rating.verdict:
        return _step(previous, rating.verdict)
    return "maintained" if folded(rating.rating) == folded(rating.previous_rating) else None


def _told(rating: Rating, change: re.Match[str] | None) -> Action | None:
    """Return the action by the first sentence, if it is about this share and this rating."""
    if change is None or folded(change["rating"]) != folded(rating.rating):
        return None
    return _ACTIONS[change["verb"]] if _is_of_the_rating(change) else None


def _change(rating: Rating) -> re.Match[str] | None:
    """Return what the first sentence says of a rating of this share, and of nothing but now."""
    words = predicate(rating)
    change = _FIRST.search(words) or _CHANGE.search(words)
    if not change or not is_of_now(change[0]):
        return None
    shares = (change["share"] or change["alone"], *shares_of_targets(words))
    return change if all(names_share(share, rating) for share in shares) else None


def _is_of_the_rating(change: re.Match[str]) -> bool:
    """Return whether the verb tells of the rating: a target can be "angehoben" as well."""
    before = change.groupdict().get("before")
    if before is None:
        return change["verb"] not in _OF_TARGETS_TOO or not change["with"]
    old, new = verdict(before), verdict(change["rating"])
    return None in (old, new) or old == new or _ACTIONS[change["verb"]] == _step(old, new)


def _step(old: Verdict | None, new: Verdict | None) -> Action | None:
    if old is None or new is None:
        return None
    is_better = _WORST_TO_BEST.index(new) > _WORST_TO_BEST.index(old)
    return "upgraded" if is_better else "downgraded"
