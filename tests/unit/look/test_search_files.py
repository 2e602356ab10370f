"""The index on a disk has what the archive has, and nothing in it is markup or program."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from finnews.look.live_tables import LiveTables
from finnews.look.postings import DIGITS, Postings
from finnews.look.search_files import FILE_SIZE, FOLDER, shard, write
from finnews.look.words import forms
from tests.support.searching import MARKUP, searchable, told

Calls = dict[str, list[list[Any]]]

ARTICLES = (
    told(1, "Münchner Größe", "Der DAX steigt um 3,5 Prozent.", "2026-11-20", paper=True),
    told(2, f"DAX {MARKUP}", f"constructor </script> \u2028 {MARKUP}", "2026-11-21"),
    told(3, "Nichts davon", "x" * 41 + " Kein Wort.", "2026-11-22"),
)


def calls(directory: Path) -> Calls:
    """Return what the scripts call, by the name of the function; each is one call of JSON."""
    found: Calls = {}
    for path in sorted((directory / FOLDER).iterdir()):
        match = re.fullmatch(r"finnewsSearch\.(\w+)\((.*)\);\n", path.read_text("utf-8"), re.DOTALL)
        assert match, path
        found.setdefault(match[1], []).append(json.loads(f"[{match[2]}]"))
    return found


def numbers(gaps: str) -> list[int]:
    """Return the numbers that gaps stand for."""
    found, start, number, factor = [], 0, 0, 1
    for digit in map(DIGITS.index, gaps):
        number += digit % 32 * factor
        factor *= 32
        if digit < 32:
            found.append(start + number)
            start, number, factor = start + number + 1, 0, 1
    return found


def index(called: Calls) -> Mapping[str, list[int]]:
    """Return each word with its documents."""
    lines = [line.split(" ") for _, text in called["words"] for line in text.strip().split("\n")]
    assert len({word for word, _ in lines}) == len(lines)
    return {word: numbers(gaps) for word, gaps in lines}


@contextmanager
def written(directory: Path) -> Iterator[Calls]:
    """Give the files of an archive with three articles and two studies."""
    with LiveTables(searchable(directory / "archive", ARTICLES)) as tables:
        write(tables, directory)
    yield calls(directory)


def test_each_word_leads_to_its_documents(tmp_path: Path) -> None:
    """The newest has the number 0; umlauts are found in each spelling."""
    with written(tmp_path) as called:
        words = index(called)
        documents = [document for _, some in sorted(called["documents"]) for document in some]
        titles = {number: document[2] for number, document in enumerate(documents)}
        assert [document[1][:10] for document in documents] == sorted(
            (document[1][:10] for document in documents), reverse=True
        )
        assert {titles[number] for number in words["dax"]} == {
            ARTICLES[0].headline,
            ARTICLES[1].headline,
        }
        for word in ("munchner", "muenchner", "große", "grosse", "groesse", "prozent", "3"):
            assert {titles[number] for number in words[word]} == {ARTICLES[0].headline}
        assert [titles[number] for number in words["kursziel"]] == ["Muster 1 AG"]
        assert "x" * 41 not in words


def test_words_are_in_the_file_of_their_first_letters(tmp_path: Path) -> None:
    """The contents name the files, and where each day begins."""
    with written(tmp_path) as called:
        ((contents,),) = called["contents"]
        assert {name for name, _ in called["words"]} == set(contents["shards"])
        for name, text in called["words"]:
            assert {shard(line.split(" ")[0]) for line in text.strip().split("\n")} == {name}
        assert contents["count"] == 5
        assert contents["size"] == FILE_SIZE
        documents = called["documents"][0][1]
        for day, first in contents["days"]:
            assert [row[1][:10] for row in documents].index(day) == first


def test_papers_houses_and_verdicts_lead_to_their_documents(tmp_path: Path) -> None:
    """A paper by each of its names and numbers."""
    with written(tmp_path) as called:
        ((papers, postings),) = called["filters"]
        documents = called["documents"][0][1]
        (paper,) = (paper for paper, names in papers.items() if "716460" in names)
        assert {"muster-1", "de0007164600", "716460"} <= set(papers[paper])
        titles = {documents[number][2] for number in numbers(postings[f"paper {paper}"])}
        assert titles == {ARTICLES[0].headline, "Muster 1 AG"}
        assert [documents[n][2] for n in numbers(postings["firm Haus & Söhne"])] == ["Fremd AG"]
        assert [documents[n][5] for n in numbers(postings["verdict buy"])] == ["buy"]


def test_a_paper_leads_to_its_page(tmp_path: Path) -> None:
    """Relative to the page of the search."""
    with written(tmp_path) as called:
        pages = {name: page for row in called["documents"][0][1] for name, page in row[6]}
        assert pages["Muster 1 AG"] == "stocks/muster-1.html"


def test_an_empty_archive_has_an_index(tmp_path: Path) -> None:
    """Nothing is found in it, and no file is missing."""
    with LiveTables(tmp_path) as tables:
        write(tables, tmp_path)
    assert calls(tmp_path)["contents"][0][0]["count"] == 0


@given(st.lists(st.lists(st.sampled_from(["dax", "aktie", "öl", "7"]), unique=True), max_size=80))
def test_postings_are_read_as_they_were_added(documents: list[list[str]]) -> None:
    """Each word with the numbers of its documents."""
    postings = Postings()
    for number, words in enumerate(documents):
        postings.add(number * 700, words)
    read = {word: numbers(gaps) for word, gaps in postings.lines()}
    expected: dict[str, list[int]] = {}
    for number, words in enumerate(documents):
        for word in words:
            expected.setdefault(word, []).append(number * 700)
    assert read == expected


@given(st.text(min_size=1))
def test_a_shard_is_a_name_of_a_file(word: str) -> None:
    """On any system."""
    assert re.fullmatch("[a-z0-9_]{2}", shard(word))
    assert all(re.fullmatch("[a-z0-9_]{2}", shard(form)) for form in forms(word.lower()) if form)
