"""What a study's text says for certain: by its first sentence alone, of this firm and share."""

from decimal import Decimal
from typing import Any

import pytest

from finnews.items import Action, Rating, Verdict
from finnews.pages.ratings.study_actions import action
from finnews.pages.ratings.study_targets import is_other_target_told, previous_target

MUSTER: dict[str, Any] = {
    "name": "Muster-Werke S.A.",
    "page": "muster_werke",
    "firm": "Beispiel Bank & Co.",
    "rating": "Hold",
    "verdict": "hold",
    "price_target": Decimal("97.00"),
    "currency": "EUR",
}
RAISED = "hat das Kursziel für Muster-Werke von 95 auf 97 Euro angehoben"
KEPT = 'hat Muster-Werke auf "Hold" belassen'


def study(text: str, **values: Any) -> Rating:
    """Return a study of the firm "Beispiel Bank" on the share "Muster-Werke"."""
    return Rating(**MUSTER | values, text=text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Die Beispiel Bank {KEPT}.", "maintained"),
        (f'Die Beispiel Bank {RAISED} und die Einstufung auf "Hold" bestätigt.', "maintained"),
        (f'Die Beispiel Bank {RAISED}, die Einstufung aber auf "Hold" belassen.', "maintained"),
        ('Die Beispiel Bank hat Muster nach Zahlen von "Buy" auf "Hold" abgestuft.', "downgraded"),
        ("Das US-Analysehaus Beispiel hat Muster von „Sell“ auf „Hold“ hochgestuft.", "upgraded"),
        ('Beispiel hat die Bewertung von Muster mit "Hold" aufgenommen.', "initiated"),
        ('Beispiel hat das Rating von "Sell" auf "Hold" und das Kursziel angehoben.', "upgraded"),
    ],
)  # fmt: skip
def test_the_first_sentence_tells_the_action(text: str, expected: Action) -> None:
    """In the forms in which the agency prints it (seen 2026-08)."""
    assert action(study(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Vor einem Jahr war die Aktie noch abgestuft worden.",
        f"Die Konkurrenz {KEPT}.",
        f"Die Probe Bank {KEPT}.",
        f"Der Rivale der Beispiel Bank {KEPT}.",
        f"Es regnet. Die Beispiel Bank {KEPT}.",
        'Die Beispiel Bank hat Probe auf "Hold" belassen.',
        'Die Beispiel Bank hat Muster auf "Buy" belassen.',
        'Die Beispiel Bank hat Muster nicht auf "Hold" abgestuft.',
        'Die Beispiel Bank hat Muster vor einem Jahr auf "Hold" abgestuft.',
        'Die Beispiel Bank hat im Juli Muster auf "Hold" abgestuft.',
        'Die Beispiel Bank hat Muster von "Sell" auf "Hold" abgestuft.',
        'Die Beispiel Bank hat die Bewertung von Muster mit "Hold" wieder aufgenommen.',
        'Die Beispiel Bank hat die Einstufung auf "Hold" und das Kursziel auf 97 Euro angehoben.',
        'Beispiel hat das Kursziel für Probe von 9 auf 7 Euro gesenkt, Muster auf "Hold" belassen.',
        'Die Beispiel Bank wird Muster auf "Hold" belassen.',
    ],
)  # fmt: skip
def test_what_is_not_certain_is_no_action(text: str) -> None:
    """The past, rivals, other shares, other ratings, negations."""
    assert action(study(text)) is None


@pytest.mark.parametrize(
    ("rating", "verdict", "previous", "expected"),
    [
        *(("Buy", "buy", "Hold", "upgraded"), ("Sell", "sell", "Halten", "downgraded")),
        *(("Hold", "hold", "hold", "maintained"), ("Strong Buy", "buy", "Buy", None)),
        *(("Buy", "buy", "Suspended", None), ("Buy", "buy", None, None)),
    ],
)
def test_the_two_ratings_tell_the_action(
    rating: str, verdict: Verdict, previous: str | None, expected: Action | None
) -> None:
    """Two words of one verdict do not tell which is better."""
    assert action(Rating(rating=rating, verdict=verdict, previous_rating=previous)) == expected


def test_ratings_and_text_that_contradict_give_no_action() -> None:
    """Neither is more certain than the other."""
    text = 'Die Beispiel Bank hat Muster von "Sell" auf "Hold" hochgestuft.'
    assert action(study(text, previous_rating="Hold")) is None
    assert action(study(text, previous_rating="Sell")) == "upgraded"


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        (f"Die Beispiel Bank {RAISED}.", {}, "95"),
        (f"Die Beispiel Bank {RAISED.replace('97', '97,00')}.", {}, "95"),
        (f"Die Beispiel Bank {RAISED.replace('95', '95 Euro')}.", {}, "95"),
        (f"Die Beispiel Bank {RAISED.replace('Euro', 'Pence')}.",
         {"currency": None, "unit": "GBX"}, "95"),
        (f"Die Beispiel Bank {RAISED.replace('Euro', 'kanadische Dollar')}.",
         {"currency": "CAD"}, "95"),
        ('Beispiel hat Muster auf "Hold" belassen und das Kursziel von 112,50 auf 97 Euro gesenkt.',
         {}, "112.50"),
    ],
)  # fmt: skip
def test_the_first_sentence_tells_the_previous_target(
    text: str, values: dict[str, Any], expected: str
) -> None:
    """In the currency of the current one."""
    assert previous_target(study(text, **values), ",") == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    [
        f"Die Beispiel Bank {RAISED.replace('95', '95 US-Dollar')}.",
        f"Die Beispiel Bank {RAISED.replace('Euro', 'US-Dollar')}.",
        f"Die Beispiel Bank {RAISED.replace('Euro', 'Milliarden Euro')}.",
        f"Die Beispiel Bank {RAISED.replace('Kursziel', 'Gewinnziel')}.",
        f"Die Beispiel Bank {RAISED.replace('das Kursziel', 'die Dividende')}.",
        f"Die Beispiel Bank {RAISED.replace('angehoben', 'gesenkt')}.",
        f"Die Beispiel Bank {RAISED.replace('97', '98')}.",
        f"Die Beispiel Bank {RAISED.replace('95', '97')}.",
        f"Die Beispiel Bank {RAISED.replace('Muster-Werke', 'Probe')}.",
        f"Die Beispiel Bank {RAISED.replace('Muster-Werke', 'Muster-Werke Energy')}.",
        f"Die Beispiel Bank {RAISED.replace('von', 'vor einem Jahr von', 1)}.",
        f"Die Probe Bank {RAISED}.",
        f"Die Beispiel Bank {KEPT}. Zuletzt war das Kursziel von 95 auf 97 Euro gestiegen.",
        "Der Kurs war zuvor von 60 auf 97 Euro gestiegen.",
    ],
)
def test_what_is_not_certain_is_no_previous_target(text: str) -> None:
    """Other currencies, amounts, firms, shares and times."""
    assert previous_target(study(text), ",") is None


def test_another_target_in_the_text_is_noticed_in_its_currency() -> None:
    """The first sentence names the target in one of two forms."""
    assert is_other_target_told(study(f"Die Beispiel Bank {RAISED.replace('97', '98')}."), ",")
    assert not is_other_target_told(study(f"Die Beispiel Bank {RAISED}."), ",")
    other = RAISED.replace("97 Euro", "112 US-Dollar")
    assert not is_other_target_told(study(f"Die Beispiel Bank {other}."), ",")
