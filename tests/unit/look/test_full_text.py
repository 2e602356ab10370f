"""The index finds what a plain search through the texts finds, whatever is asked."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from finnews.look.full_text import SEPARATOR, FullText
from finnews.look.words import MOST_TERMS, terms
from tests.support.searching import FETCHED, HOSTILE, Text, TextTables, scan

WORDS = [
    *(
        "größe",
        "groesse",
        "grosse",
        "Große",
        "neu",
        "Neue",
        "DAX",
        "daxwert",
        "München",
        "muenchen",
    ),
    *("Munchen", "café", "s&p", "500", "x-y", "Straße", "strasse", "Öl", "oel", "ol", "aktie"),
]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
MICROSECONDS = int(datetime.fromisoformat(FETCHED).timestamp()) * 1_000_000

TEXTS = st.builds(Text, SENTENCES, SENTENCES, SENTENCES, st.just(1), st.just(FETCHED))
WANTED = st.tuples(
    st.sampled_from(["", "-"]),
    st.one_of(st.sampled_from(WORDS), SENTENCES.map('"{}"'.format)),
    st.sampled_from(["", "*"]),
).map("".join)
QUESTIONS = st.lists(WANTED, min_size=1, max_size=3).map(" ".join)


@contextmanager
def indexed(texts: dict[str, Text]) -> Iterator[tuple[TextTables, FullText]]:
    """Give tables with some articles, and their index."""
    tables = TextTables()
    with tables.connection, FullText(tables) as index:
        tables.have(texts)
        index.update()
        yield tables, index


@pytest.fixture(scope="module")
def of_dax() -> Iterator[FullText]:
    """Give the index of one article."""
    with indexed({"1": Text("dax", "", "")}) as (_, index):
        yield index


def found(index: FullText, question: str) -> list[str]:
    """Return the keys of what is found, the most relevant first."""
    hits = index.hits("articles", terms(question)[:MOST_TERMS])
    return [hit.rpartition(" ")[0] for hit in hits.split(SEPARATOR)] if hits else []


@given(st.lists(TEXTS, max_size=6), st.lists(QUESTIONS, min_size=1, max_size=12))
def test_what_is_found_is_what_a_plain_search_finds(
    texts: list[Text], questions: list[str]
) -> None:
    """Words, phrases, prefixes and what is excluded, in all spellings of umlauts."""
    by_key = {f"id:{number}": text for number, text in enumerate(texts)}
    with indexed(by_key) as (_, index):
        for question in filter(terms, questions):
            hits = found(index, question)
            assert (question, sorted(hits)) == (question, sorted(scan(by_key, terms(question))))


def test_a_headline_weighs_more_than_a_text() -> None:
    """The most relevant comes first."""
    texts = {"text": Text("a", "b", "dax c"), "lead": Text("a", "dax c", "b"),
             "headline": Text("dax c", "a", "b")}  # fmt: skip
    with indexed(texts) as (_, index):
        assert found(index, "dax") == ["headline", "lead", "text"]


def test_an_old_version_is_not_found_any_more() -> None:
    """New articles are found as well, and those that are gone are not."""
    with indexed({"1": Text("alt", "", ""), "2": Text("bleibt", "", "")}) as (tables, index):
        tables.have({"1": Text("neu", "", "", 2), "3": Text("alt", "", "")})
        assert index.hits("articles", terms("alt")) == f"1 1/{MICROSECONDS}"
        index.update()
        assert index.hits("articles", terms("alt")) == f"3 1/{MICROSECONDS}"
        assert index.hits("articles", terms("neu")) == f"1 2/{MICROSECONDS}"
        assert found(index, "bleibt") == []
        assert found(index, "-neu") == ["3"]
        assert index.indexed() == 2


def test_only_what_has_changed_is_read_again() -> None:
    """An article of the same version and time is not."""
    with indexed({"1": Text("eins", "", "")}) as (tables, index):
        tables.have({"1": Text("anders", "", "", 1), "2": Text("zwei", "", "")})
        index.update()
        assert found(index, "eins") == ["1"]
        assert found(index, "zwei") == ["2"]


def test_a_compacted_archive_is_read_again() -> None:
    """Its versions are counted anew: the last one is the first, of the time of the last."""
    with indexed({"1": Text("alt", "", "")}) as (tables, index):
        tables.have({"1": Text("neu", "", "", 1, "2026-11-28T12:00:00+00:00")})
        index.update()
        assert (found(index, "alt"), found(index, "neu")) == ([], ["1"])


def test_it_follows_in_the_background() -> None:
    """Whoever waits for it finds what has come."""
    with indexed({"1": Text("eins", "", "")}) as (tables, index):
        tables.have({str(number): Text("zwei", "", "") for number in range(5)})
        while not found(index, "zwei"):
            index.follow(seconds=10)
        index.follow(seconds=60)
        assert len(found(index, "zwei")) == index.indexed() - 1 == 4


@given(st.text(max_size=40))
@example("dax" + "\u0897")
def test_any_text_is_a_question(of_dax: FullText, question: str) -> None:
    """None is a syntax error."""
    assume(terms(question))
    assert set(found(of_dax, question)) <= {"1"}


@pytest.mark.parametrize("question", HOSTILE, ids=lambda question: repr(question[:12]))
def test_a_hostile_text_is_a_question(of_dax: FullText, question: str) -> None:
    """It is words or nothing."""
    if terms(question):
        assert set(found(of_dax, question)) <= {"1"}


@given(st.text(max_size=60))
def test_any_text_is_found_by_its_own_words(text: str) -> None:
    """As far as SQLite and Python agree on what letters are."""
    assume(text.isprintable() and all(letter < "\u0250" for letter in text) and terms(text))
    with indexed({"1": Text(text, "", "")}) as (_, index):
        words = [word for term in terms(text) for word in term.words][:MOST_TERMS]
        assert found(index, " ".join(words)) == ["1"]


def test_nothing_of_it_stays() -> None:
    """Its folder is removed, and it starts nothing any more."""
    with indexed({"1": Text("eins", "", "")}) as (tables, index):
        folder = Path(str(index.folder))
        assert folder.is_dir()
        index.close()
        tables.have({})
        index.follow(seconds=10)
        index.update()
        assert not folder.exists()
        assert index.folder is None


def test_a_broken_file_is_told() -> None:
    """What can be found no more is no crash of a thread."""
    with indexed({"1": Text("eins", "", "")}) as (tables, index):
        with sqlite3.connect(Path(str(index.folder)) / "words.sqlite3") as connection:
            connection.execute("DROP TABLE articles_words")
        connection.close()
        tables.have({"2": Text("zwei", "", "")})
        index.follow(seconds=60)
        assert (
            index.problem == "The index of words cannot be written: no such table: articles_words."
        )
