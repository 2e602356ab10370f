"""A sentence says that a paper has ended, or that it may end: only what governs it denies it."""

import pytest

from finnews.pages.securities.expiry_words import said


@pytest.mark.parametrize(
    "sentence",
    [
        "Dieses Produkt ist abgelaufen, es werden keine Kurse mehr gestellt.",
        "Das Produkt ist am 18.11.2026 abgelaufen und kann nicht mehr gehandelt werden",
        "Das Produkt ist abgelaufen und nicht handelbar",
        "ausgelaufen und wird nicht mehr gehandelt",
        "Es kann nicht mehr gehandelt werden, da es ausgeknockt wurde",
        "Kann nicht gehandelt werden: Produkt ist abgelaufen",
        "Das Produkt ist seit dem 18.09.2026 fällig",
        "Das Produkt wurde am 18.09.2026 fällig und zurückgezahlt",
        "Das Produkt ist fällig",
        "Der Handel wurde am 18.09.2026 eingestellt",
        "Die Laufzeit ist beendet",
        "Nicht mehr handelbar",
        "Kurse werden nicht mehr gestellt",
        "Die Anleihe wurde samt Zinsen zurückgezahlt",
        "wurde am 18.09.2026 getilgt",
        "Die Anleihe wurde gekündigt",
        "Status: fällig",
        "Das Zertifikat lief am 18.09.2026 ab",
        "Die Rückzahlung erfolgte am 18.09.2026",
        "Das Produkt wurde am 18.09.2026 zurückbezahlt",
        "Es wurde vom Markt genommen",
        "Knock-out-Ereignis: eingetreten",
    ],
)
def test_a_paper_that_has_ended_has_expired_whatever_else_is_said(sentence: str) -> None:
    """In the same clause or in another one."""
    assert said(sentence) == "expired"


@pytest.mark.parametrize(
    "sentence",
    [
        "Das Produkt ist noch nicht abgelaufen",
        "Das Produkt ist noch nicht abgelaufen oder ausgeknockt",
        "Das Produkt wurde nicht vorzeitig zurückgezahlt",
        "Kein Knock-out-Ereignis eingetreten",
        "Die Knock-Out-Schwelle wurde nicht erreicht",
        "Das Produkt kann ausgeknockt oder gekündigt werden",
        "Es wird zum Nennwert zurückgezahlt",
        "Der Schein verfällt, wenn die Schwelle erreicht wird",
        "Optionsscheine verfallen wertlos, wenn die Schwelle erreicht wird",
        "Der Anleger verliert alles, wenn das Produkt ausgeknockt ist",
        "Sobald es abgelaufen und zurückgezahlt ist",
        "Der Kupon war am 18.06.2026 fällig",
        "Der Kupon wurde getilgt",
        "Die Barriere wurde berührt, der Bonus ist verfallen",
        "Knock-Out Optionsschein",
    ],
)
def test_what_is_denied_or_only_possible_is_no_end(sentence: str) -> None:
    """By a word in its own clause, or in the one with which it shares its verb."""
    assert said(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Dieses Produkt wird am 18.12.2026 fällig",
        "Das Produkt ist am 18.12.26 fällig",
        "Es wird am 18. Dezember 2026 fällig",
        "Letzter Handelstag: 18.12.2026",
        "Ab 18.12.2026 nicht mehr handelbar",
        "Die Anleihe wurde zum 18.12.2026 gekündigt",
    ],
)
def test_a_day_of_the_end_is_left_to_be_compared(sentence: str) -> None:
    """It is past or to come."""
    assert said(sentence) == "due"


@pytest.mark.parametrize(
    "sentence",
    [
        "Das Produkt ist ausgeknockt, sobald der Kurs die Schwelle berührt",
        "Es wird nicht mehr gehandelt, wenn die Schwelle erreicht ist",
        "Nach Fälligkeit kann das Produkt nicht mehr gehandelt werden",
        "Derzeit werden keine Kurse mehr gestellt",
        "Das Produkt wird an der Börse Stuttgart nicht mehr gehandelt",
        "Das Produkt wird als abgelaufen geführt",
        "Das Produkt ist nicht handelbar und abgelaufen",
        "Das nicht an einem Markt notierte Produkt ist abgelaufen",
    ],
)
def test_what_can_be_meant_in_both_ways_is_in_doubt(sentence: str) -> None:
    """A price beside it is neither read nor passed over in silence."""
    assert said(sentence) == "doubtful"


@pytest.mark.parametrize(
    "sentence",
    [
        "Bereits 30 % der Anleihe wurden getilgt",
        "Das Sonderkündigungsrecht wurde ausgeübt",
        "Der Anspruch ist erloschen",
    ],
)
def test_what_may_be_said_of_a_part_or_a_right_is_a_doubt(sentence: str) -> None:
    """It can be the end of the paper."""
    assert said(sentence) == "doubtful"
