"""The lines about a text's making: in every form that is known, and never taken from the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.pages.parts.agency import Byline, without_byline
from finnews.pages.parts.prose import Block

TEXT = [Block("Die Muster AG steigt."), Block("Beispiel SE folgt.")]
PLACES = st.sampled_from(
    ["FRANKFURT", "NEW YORK", "BAD HOMBURG", "FRANKFURT/MÜNCHEN", "ST. GALLEN", "Berlin"]
)
INITIALS = st.lists(st.sampled_from(["ck", "mis", "DP", "zb", "RX", "jkr"]), min_size=1, max_size=4)
AGENCIES = st.sampled_from(["dpa-AFX", "dpa", "dpa-AFX Broker", "Dow Jones", "Reuters", "awp"])
NAMES = st.sampled_from(["Erika Musterfrau", "S. Parplies", "Jean-Paul von der Muster", "Ö. Ünal"])


@given(PLACES, AGENCIES, INITIALS, st.sampled_from([" - ", " -- ", " – ", "--"]))
def test_place_in_front_and_sign_off_at_the_end(
    place: str, agency: str, initials: list[str], dash: str
) -> None:
    """What was put around a text is taken off, and the text is as it was."""
    signature = "/".join(initials)
    first = TEXT[0]._replace(text=f"{place} ({agency}){dash}{TEXT[0].text}")
    for end in ("/", "\n/", " /"):
        last = TEXT[1]._replace(text=f"{TEXT[1].text}{end}{signature}")
        assert without_byline([first, last]) == (TEXT, Byline(place, agency, signature))


@given(PLACES, AGENCIES, INITIALS)
def test_sign_off_and_place_alone_at_the_end(place: str, agency: str, initials: list[str]) -> None:
    """Each a paragraph of its own, or lines of one."""
    signature = "/".join(initials)
    lines = [f"/{signature}", f"{place} ({agency})"]
    expected = (TEXT, Byline(place, agency, signature))
    assert without_byline([*TEXT, *map(Block, lines)]) == expected
    assert without_byline([*TEXT, Block("\n".join(lines))]) == expected


@given(NAMES, NAMES, INITIALS)
def test_persons_behind_the_sign_off(one: str, other: str, initials: list[str]) -> None:
    """Both are taken, and neither stays in the text."""
    signature = "/".join(initials)
    last = TEXT[1]._replace(
        text=f"{TEXT[1].text}/{signature}--- Von {one} und {other}, dpa-AFX ---"
    )
    expected = Byline(None, "dpa-AFX", signature, (one, other))
    assert without_byline([TEXT[0], last]) == (TEXT, expected)


@given(NAMES, NAMES, st.sampled_from(["Euro am Sonntag", "€uro am Sonntag", "Börse Online"]))
def test_persons_of_a_paper(one: str, other: str, paper: str) -> None:
    """In front or at the end."""
    line = Block(f"von {one} und {other}, {paper}")
    expected = (TEXT, Byline(None, paper, None, (one, other)))
    assert without_byline([line, *TEXT]) == expected
    assert without_byline([*TEXT, line]) == expected


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("Redaktion finanzen.net", Byline(signature="Redaktion finanzen.net")),
        (
            "Redaktion finanzen.net / dpa-AFX / Dow Jones Newswires",
            Byline(None, "dpa-AFX / Dow Jones Newswires", "Redaktion finanzen.net"),
        ),
        (
            "Erika Musterfrau / Redaktion finanzen.net",
            Byline(None, None, "Redaktion finanzen.net", ("Erika Musterfrau",)),
        ),
    ],
)
def test_the_house_s_own_desk(line: str, byline: Byline) -> None:
    """Alone, or with the agencies whose text it used."""
    assert without_byline([*TEXT, Block(line)]) == (TEXT, byline)
    glued = TEXT[1]._replace(text=TEXT[1].text + line)
    assert without_byline([TEXT[0], glued]) == (TEXT, byline)


@pytest.mark.parametrize(
    "text",
    [
        *("Der Kurs liegt bei 12/13 Euro.", "Das kostet 3 Euro/kg", "Mehr unter muster.example/ab"),
        *("Musterstadt (Hessen) - hier.", "Der Markt (dpa-AFX) steigt."),
        *("Von Anfang an, Schritt für Schritt", "Die Redaktion finanzen.net rät zu nichts."),
        *("von A bis Z", "/", "---", "Von Muster, Beispiel und Probe ist wenig bekannt."),
    ],
)
def test_a_text_that_only_looks_like_one_stays(text: str) -> None:
    """Nothing is taken from what an author wrote."""
    blocks = [TEXT[0], Block(text), TEXT[1]]
    assert without_byline(blocks) == (blocks, Byline())
    assert without_byline([Block(text)]) == ([Block(text)], Byline())


def test_lines_without_a_text_leave_none() -> None:
    """And no text has no lines."""
    lines = [Block("KIEL (dpa-AFX) - "), Block("/ck/mis")]
    assert without_byline(lines) == ([], Byline("KIEL", "dpa-AFX", "ck/mis"))
    assert without_byline([]) == ([], Byline())


@given(st.lists(st.builds(Block, st.text(min_size=1)), max_size=4))
def test_any_text_is_let_pass(blocks: list[Block]) -> None:
    """It ends, and what is left is of the text."""
    kept, _ = without_byline(blocks)
    assert len(kept) <= len(blocks)


@pytest.mark.parametrize(
    "text",
    [
        "von " + "Aa und " * 2_000,
        "Von " + "A " * 20_000,
        "A/" * 20_000 + " (dpa",
        "Satz." + "/ab" * 20_000 + "!",
        "--- Von " + "Ab Cd, " * 5_000,
        "Aa Bb" * 20_000 + " / Redaktion",
    ],
    ids=lambda text: text[:12],
)
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    """Every form is tried in a time that grows with the length; else this would take for ever."""
    assert without_byline([Block(text)]) == ([Block(text)], Byline())
