"""The lines about a text's making: in every form that is known, and never taken from the text."""

from collections.abc import Iterable

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


def byline_of(text: Iterable[Block]) -> tuple[list[Block], Byline]:
    """Return what `without_byline` does with a text of the site."""
    return without_byline(text, "finanzen.net")


@given(PLACES, AGENCIES, INITIALS, st.sampled_from([" - ", " -- ", " – ", "--"]))
def test_place_and_sign_off_are_taken_off_the_text(
    place: str, agency: str, initials: list[str], dash: str
) -> None:
    """The place in front and the sign-off at the end form the byline; the text is as it was."""
    signature = "/".join(initials)
    first = TEXT[0]._replace(text=f"{place} ({agency}){dash}{TEXT[0].text}")
    for end in ("/", "\n/", " /"):
        last = TEXT[1]._replace(text=f"{TEXT[1].text}{end}{signature}")
        assert byline_of([first, last]) == (TEXT, Byline(place, agency, signature))


@given(PLACES, AGENCIES, INITIALS)
def test_a_sign_off_and_a_place_below_the_text_are_taken_off(
    place: str, agency: str, initials: list[str]
) -> None:
    """Both are recognised as paragraphs of their own and as lines of one paragraph."""
    signature = "/".join(initials)
    lines = [f"/{signature}", f"{place} ({agency})"]
    expected = (TEXT, Byline(place, agency, signature))
    assert byline_of([*TEXT, *map(Block, lines)]) == expected
    assert byline_of([*TEXT, Block("\n".join(lines))]) == expected


@given(NAMES, NAMES, INITIALS)
def test_names_behind_the_sign_off_are_the_authors(
    first: str, second: str, initials: list[str]
) -> None:
    """Both names become authors, and neither stays in the text."""
    signature = "/".join(initials)
    last = TEXT[1]._replace(
        text=f"{TEXT[1].text}/{signature}--- Von {first} und {second}, dpa-AFX ---"
    )
    expected = Byline(None, "dpa-AFX", signature, (first, second))
    assert byline_of([TEXT[0], last]) == (TEXT, expected)


@given(NAMES, NAMES, st.sampled_from(["Euro am Sonntag", "€uro am Sonntag", "Börse Online"]))
def test_names_before_a_newspaper_are_the_authors(first: str, second: str, paper: str) -> None:
    """The line names authors and paper, whether it stands above the text or below it."""
    line = Block(f"von {first} und {second}, {paper}")
    expected = (TEXT, Byline(None, paper, None, (first, second)))
    assert byline_of([line, *TEXT]) == expected
    assert byline_of([*TEXT, line]) == expected


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
def test_the_site_s_own_desk_is_a_signature(line: str, byline: Byline) -> None:
    """The desk is recognised alone, with authors, and with the agencies whose text it used."""
    assert byline_of([*TEXT, Block(line)]) == (TEXT, byline)
    glued = TEXT[1]._replace(text=TEXT[1].text + line)
    assert byline_of([TEXT[0], glued]) == (TEXT, byline)


@pytest.mark.parametrize(
    "text",
    [
        *("Der Kurs liegt bei 12/13 Euro.", "Das kostet 3 Euro/kg", "Mehr unter muster.example/ab"),
        *("Musterstadt (Hessen) - hier.", "Der Markt (dpa-AFX) steigt."),
        *("Von Anfang an, Schritt für Schritt", "Die Redaktion finanzen.net rät zu nichts."),
        *("von A bis Z", "/", "---", "Von Muster, Beispiel und Probe ist wenig bekannt."),
    ],
)
def test_a_sentence_that_resembles_a_byline_stays_in_the_text(text: str) -> None:
    """Nothing is taken from what an author wrote."""
    blocks = [TEXT[0], Block(text), TEXT[1]]
    assert byline_of(blocks) == (blocks, Byline())
    assert byline_of([Block(text)]) == ([Block(text)], Byline())


def test_a_byline_without_a_text_leaves_no_text() -> None:
    """A page of bylines alone has no text, and no text has no byline."""
    lines = [Block("KIEL (dpa-AFX) - "), Block("/ck/mis")]
    assert byline_of(lines) == ([], Byline("KIEL", "dpa-AFX", "ck/mis"))
    assert byline_of([]) == ([], Byline())


@given(st.lists(st.builds(Block, st.text(min_size=1)), max_size=4))
def test_any_text_is_read_for_a_byline(blocks: list[Block]) -> None:
    """Reading never raises and never adds a block."""
    kept, _ = byline_of(blocks)
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
def test_no_text_makes_reading_a_byline_slow(text: str) -> None:
    """Each pattern takes time that grows with the length; otherwise this test would never end."""
    assert byline_of([Block(text)]) == ([Block(text)], Byline())
