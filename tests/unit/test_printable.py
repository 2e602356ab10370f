"""No character that cannot be seen gets through, whatever it is."""

import json
import sys
import unicodedata

import msgspec
import pytest

from finnews.printable import printable, printable_json

CHARACTERS = [chr(point) for point in range(sys.maxunicode + 1)]
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def unseen(text: str) -> list[str]:
    """Return the characters that a terminal must not get."""
    return [
        character
        for character in text
        if unicodedata.category(character) in UNSEEN and character not in "\n\t\u200d"
    ]


def test_every_unseen_character_is_an_escape() -> None:
    """Controls, marks of direction and width, separators, lone surrogates."""
    assert unseen(printable("".join(CHARACTERS))) == []
    assert printable("\ud800 \x85 \u2028 \r") == "\\ud800 \\x85 \\u2028 \\r"


def test_what_can_be_seen_stays() -> None:
    """Umlauts, dashes, narrow spaces, emoji, and the line breaks of a table."""
    text = "Börse – „Muster“\u202f%\xa0€\u2009😀👩\u200d💻\n\t│"
    assert printable(text) == text
    assert printable_json(json.dumps(text, ensure_ascii=False).encode()).decode() == json.dumps(
        text, ensure_ascii=False
    )


def test_json_means_the_same_and_has_no_unseen_character() -> None:
    """The archive keeps what the page printed."""
    text = "".join(c for c in CHARACTERS if unicodedata.category(c) != "Cs")
    raw = printable_json(msgspec.json.encode({"name": text}))
    assert unseen(raw.decode()) == []
    assert json.loads(raw) == {"name": text}


@pytest.mark.parametrize("text", ["Muster AG", "Börse München", ""])
def test_an_ordinary_line_is_the_same_object(text: str) -> None:
    """It costs no copy."""
    raw = text.encode()
    assert printable(text) is text
    assert printable_json(raw) is raw
