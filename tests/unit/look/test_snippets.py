"""A snippet is a piece of the text with whole words, marked where they were searched for."""

from hypothesis import example, given
from hypothesis import strategies as st

from finnews.look.snippets import snippet
from finnews.look.words import terms

LONGEST = 240 + len("… ") + len(" …")
TEXTS = st.lists(st.sampled_from(["der", "DAX", "steigt.", "Größe", "x" * 50]), max_size=200)


def test_the_piece_is_around_the_first_hit() -> None:
    """In whichever text that is; whole words stand before and behind it."""
    pieces = snippet(["Lead.", f"{'davor ' * 50}Der DAX {'danach ' * 50}"], terms("dax"))
    whole = "".join(text for text, _ in pieces)
    assert whole.startswith("… davor ")
    assert whole.endswith(" danach …")
    assert [text for text, is_hit in pieces if is_hit] == ["DAX"]


def test_without_a_hit_it_is_the_beginning() -> None:
    """Of the first text that there is; what is excluded is no hit."""
    assert snippet([None, "Der\n\nDAX", "Text"], terms("öl -dax")) == [("Der DAX", False)]
    assert snippet([None], terms("dax")) == []


def test_each_spelling_and_each_word_of_a_phrase_is_marked() -> None:
    """As they are found."""
    pieces = snippet(["Die Größe der Aktien"], terms('groesse "der akt"*'))
    assert [text for text, is_hit in pieces if is_hit] == ["Größe", "der", "Aktien"]


@given(TEXTS.map(" ".join), st.sampled_from(["dax", "größe", "x*", "fehlt", "-der"]))
@example("x" * 1_000 + " DAX", "dax")
@example("DAX" + "x" * 1_000, "dax*")
@example("x" * 100 + " DAX " + "x" * 1_000, "dax")
def test_it_is_a_bounded_piece_of_the_text(text: str, question: str) -> None:
    """It has a hit if the text has one."""
    pieces = snippet([text], terms(question))
    whole = "".join(piece for piece, _ in pieces)
    assert whole.removeprefix("… ").removesuffix(" …") in text
    assert len(whole) <= LONGEST
    has_hit = any(is_hit for _, is_hit in pieces)
    assert has_hit == any(is_hit for _, is_hit in snippet(text.split(), terms(question)))
