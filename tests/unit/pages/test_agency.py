"""The lines about a text's making: in every form that is known, and never taken from the text."""

from collections.abc import Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from finnews.pages.texts.agency import without_byline
from finnews.pages.texts.byline import Byline
from finnews.pages.texts.byline_forms import forms, starts_of_ends
from finnews.pages.texts.prose import Block

TEXT = [Block("Die Muster AG steigt."), Block("Beispiel SE folgt.")]
PLACES = st.sampled_from(
    ["FRANKFURT", "NEW YORK", "BAD HOMBURG", "FRANKFURT/MÜNCHEN", "ST. GALLEN", "Berlin"]
)
INITIALS = st.lists(st.sampled_from(["ck", "mis", "DP", "zb", "RX", "jkr"]), min_size=1, max_size=4)
AGENCIES = st.sampled_from(["dpa-AFX", "dpa", "dpa-AFX Broker", "Dow Jones", "Reuters", "awp"])
PAPERS = st.sampled_from(
    ["Euro am Sonntag", "€uro am Sonntag", "Börse Online", "Neue Muster Zeitung"]
)
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


PARTS = st.sampled_from(
    [
        *("ck", "mis", "DJG", " -", "---", "Von ", "von ", "Ada Muster", "dpa-AFX", "Reuters"),
        *("Quelle: ", "Redaktion finanzen.net", "Copyright ", "© ", " / ", ", ", "Kurs", "3 %"),
        *("(Schluss)", "(END)", "dpa-AFX Broker", " - die Trader News von dpa-AFX", "\xa0"),
        *"./-–—„“()%*: ",
    ]
)


@settings(max_examples=500)
@example("Kurs - Von Ada Muster, dpa-AFX", 5)
@example("Kurs. - Von Ada Muster, dpa-AFX", 6)
@given(st.lists(PARTS, max_size=12).map("".join), st.integers(0, 6))
def test_the_end_of_a_line_is_found_where_a_search_finds_it(line: str, start: int) -> None:
    """No form starts at another place than those where it is looked for."""
    places = starts_of_ends(line, start)
    for form in forms("finanzen.net").ends:
        searched = form.pattern.search(line, start)
        tried = next(filter(None, (form.match(line, place) for place in places)), None)
        assert (tried and tried.span()) == (searched and searched.span())


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


@given(NAMES, NAMES, PAPERS)
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
    ("start", "byline"),
    [
        ("(Reuters) - ", Byline(agency="Reuters")),
        ("FRANKFURT (dpa-AFX) - NEW YORK (dpa-AFX) - ", Byline("FRANKFURT", "dpa-AFX")),
        ("WIEN (APA/dpa-AFX) - ", Byline("WIEN", "APA/dpa-AFX")),
        ("Frankfurt am Main (ots) - ", Byline("Frankfurt am Main", "ots")),
        ("FRANKFURT (dpa-AFX): ", Byline("FRANKFURT", "dpa-AFX")),
        ("FRANKFURT (dpa-AFX) ", Byline("FRANKFURT", "dpa-AFX")),
        ("BASEL (awp international) — ", Byline("BASEL", "awp international")),
        ("BERLIN, 20. November (REUTERS) - ", Byline("BERLIN", "REUTERS")),
        ("BERLIN, Nov. 20, 2026 (GLOBE NEWSWIRE) -- ", Byline("BERLIN", "GLOBE NEWSWIRE")),
        ("BERLIN, 20. Nov. 2026 /PRNewswire/ -- ", Byline("BERLIN", "PRNewswire")),
        ("FRANKFURT--(BUSINESS WIRE)--", Byline("FRANKFURT", "BUSINESS WIRE")),
        (
            "Wien (pta012/20.11.2026/10:00 UTC+1) - ",
            Byline("Wien", "pta012/20.11.2026/10:00 UTC+1"),
        ),
        ("Von Erika Musterfrau\nKIEL (dpa) - ", Byline("KIEL", "dpa", None, ("Erika Musterfrau",))),
    ],
)
def test_a_text_starts_with_its_place_and_agency(start: str, byline: Byline) -> None:
    """They are taken off in every form in which agencies print them."""
    assert byline_of([Block(start + TEXT[0].text), TEXT[1]]) == (TEXT, byline)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("/gl/jha/", Byline(signature="gl/jha")),
        ("/lfi//mis", Byline(signature="lfi/mis")),
        ("DJG/uxd/cbr", Byline(signature="DJG/uxd/cbr")),
        ("(dpa-AFX)", Byline(agency="dpa-AFX")),
        ("Quelle: dpa-AFX", Byline(agency="dpa-AFX")),
        ("© 2026 dpa-AFX", Byline(agency="dpa-AFX")),
        ("(Schluss) bel/spo", Byline(signature="bel/spo")),
        ("--- Von Erika Musterfrau ---", Byline(authors=("Erika Musterfrau",))),
        ("- Von Erika Musterfrau, dpa -", Byline(None, "dpa", None, ("Erika Musterfrau",))),
        ("(Von Erika Musterfrau, dpa)", Byline(None, "dpa", None, ("Erika Musterfrau",))),
        ("dpa-AFX / Redaktion finanzen.net", Byline(None, "dpa-AFX", "Redaktion finanzen.net")),
        ("Dow Jones / Redaktion finanzen.net", Byline(None, "Dow Jones", "Redaktion finanzen.net")),
        (
            "Redaktion finanzen.net mit Material von dpa (AFX)",
            Byline(None, "dpa (AFX)", "Redaktion finanzen.net"),
        ),
        (
            "(Bericht von Erika Musterfrau, redigiert von Max Mustermann.)",
            Byline(authors=("Erika Musterfrau",)),
        ),
        (
            "-----dpa-AFX Broker - die Trader News von dpa-AFX-----",
            Byline(agency="dpa-AFX Broker"),
        ),
    ],
)
def test_a_text_ends_with_its_makers(line: str, byline: Byline) -> None:
    """Their line is taken off where it stands alone, and behind the last sentence."""
    assert byline_of([*TEXT, Block(line)]) == (TEXT, byline)
    assert byline_of([TEXT[0], Block(TEXT[1].text + line)]) == (TEXT, byline)


@pytest.mark.parametrize("note", ["(neu: Kurse)", "(Wdh)(Im 2. Absatz (Preis) berichtigt)"])
def test_a_correction_note_stays_in_front_of_the_text(note: str) -> None:
    """The place behind it is taken off all the same."""
    start = Block(f"KIEL (dpa) - {TEXT[0].text}")
    expected = Byline("KIEL", "dpa")
    assert byline_of([Block(note), start, TEXT[1]]) == ([Block(note), *TEXT], expected)
    in_line = Block(note + start.text)
    assert byline_of([in_line, TEXT[1]]) == ([Block(note + TEXT[0].text), TEXT[1]], expected)


@pytest.mark.parametrize(
    "heading", ["Disclaimer: Ohne Gewähr.", "Risikohinweis", "Haftungshinweis:"]
)
def test_makers_are_named_above_a_disclaimer(heading: str) -> None:
    """The disclaimer stays: it is no line about them."""
    below = [Block(heading), Block("Kein Rat zum Kauf.")]
    expected = ([*TEXT, *below], Byline(signature="ck/mis"))
    assert byline_of([*TEXT, Block("/ck/mis"), *below]) == expected
    assert byline_of([*TEXT, Block(f"/ck/mis\n{heading}"), below[1]]) == expected


@given(st.permutations(["/ck/mis", "KIEL (dpa-AFX)", "--- Von Erika Musterfrau, dpa-AFX ---"]))
def test_the_order_of_makers_lines_does_not_matter(lines: list[str]) -> None:
    """Lines of dashes may stand between them."""
    expected = (TEXT, Byline("KIEL", "dpa-AFX", "ck/mis", ("Erika Musterfrau",)))
    assert byline_of([*TEXT, *map(Block, lines)]) == expected
    ruled = [Block(text) for line in lines for text in ("-----", line)]
    assert byline_of([*TEXT, *ruled]) == expected


PIECES = st.sampled_from(
    [
        *("(neu: Kurse)", "KIEL (dpa) - ", "/ck/mis", "/ck//mis/", "-----", "Von Erika Musterfrau"),
        *("Redaktion finanzen.net", "Disclaimer: Nein.", "Ein Satz.", "DJG/cbr", "(Reuters)", "\n"),
        *("--- Von Erika Musterfrau, dpa ---", " ", "von Max Mustermann, Beispiel", "Quelle: dpa"),
    ]
)


@given(st.lists(st.builds(Block, st.lists(PIECES, min_size=1).map("".join)), max_size=6))
def test_a_text_without_its_byline_has_none(blocks: list[Block]) -> None:
    """Nothing more is taken off a second time."""
    text, _ = byline_of(blocks)
    assert byline_of(text) == (text, Byline())


@given(st.lists(st.from_regex(r"[A-Za-z ]{1,20}[.!?]", fullmatch=True), min_size=1, max_size=4))
def test_a_text_of_sentences_stays_as_it_is(sentences: list[str]) -> None:
    """Byte for byte, if no form of a byline is in it."""
    blocks = [Block(sentence) for sentence in sentences]
    assert byline_of(blocks) == (blocks, Byline())


@pytest.mark.parametrize(
    "text",
    [
        *("Der Kurs liegt bei 12/13 Euro.", "Das kostet 3 Euro/kg", "Mehr unter muster.example/ab"),
        *("Musterstadt (Hessen) - hier.", "Der Markt (dpa-AFX) steigt."),
        *("Von Anfang an, Schritt für Schritt", "Die Redaktion finanzen.net rät zu nichts."),
        *("von A bis Z", "/", "---", "Von Muster, Beispiel und Probe ist wenig bekannt."),
        *("von Max Mustermann, Beispiel AG", "Von Erika Musterfrau", "Bloomberg", "***"),
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
