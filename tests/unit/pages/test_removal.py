"""What is taken out of a tree leaves the text behind it where it stood."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring, tostring

from finnews.pages import occurrences
from finnews.pages.occurrences import Occurrences
from finnews.pages.removal import Removal, remove_copies
from finnews.pages.tree import selector
from finnews.pages.visible import text_of


def test_the_text_behind_removed_elements_stays() -> None:
    """Behind what stood before them, in its order; and what stands before an element is known."""
    root = fromstring("<p>a<s>1</s>b<s>2</s>c<b>d</b>e<s>3</s>f<i>4</i></p>")
    removal = Removal()
    for element in root.findall("s"):
        removal.remove(element)
    assert removal.text_before(root.find("b")) == "abc"
    assert removal.text_before(root.find("i")) == "ef"
    removal.finish()
    assert tostring(root) == b"<p>abc<b>d</b>ef<i>4</i></p>"


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>Muster <i>Muster</i></p>", "Muster"),
        ("<p><i>Muster</i> <i>Muster</i> <i>Probe</i></p>", "Muster Probe"),
        ("<p><i>Muster</i><b><i>Muster</i></b></p>", "Muster"),
        ("<p><i>Muster</i> AG</p>", "Muster AG"),
    ],
)
def test_of_copies_beside_one_another_one_stays(html: str, left: str) -> None:
    """What stands nowhere else is none."""
    root = fromstring(html)
    remove_copies(root, list(root.iter("i")))
    assert text_of(root) == left


def test_a_power_behind_what_is_struck_out_is_that_of_the_number_before() -> None:
    """As a reader sees it."""
    page = selector("<html><body><p>61<s>60</s><sup>2</sup></p></body></html>", "html")
    assert text_of(page.css("p")) == "61²"


@pytest.mark.parametrize(
    "form",
    [
        '<i aria-hidden="true">a{0}</i> ',
        '<i aria-hidden="true">a{0}</i><b>a{0}</b> ',
        '<u><i aria-hidden="true">a{0}</i> <b>a{0}</b></u> ',
    ],
)
def test_many_different_copies_take_time_in_proportion(form: str) -> None:
    """Without a search of its own for each of them."""

    def seconds(number: int) -> float:
        html = f"<body><p>{''.join(map(form.format, range(number)))}</p>"
        started = process_time()
        selector(html, "html")
        return process_time() - started

    few = min(seconds(2_000) for _ in range(5))
    assert min(seconds(20_000) for _ in range(4)) < max(1.0, 50 * few)  # else a hundred times


def test_many_copies_are_removed_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each where its text stands beside it, whatever begins or ends as it does."""
    copies = [f"{'x' * (at % 7)}{at}x" for at in range(300)]
    html = " ".join(f"<i aria-hidden='true'>{copy}</i>" for copy in copies)
    seen = " ".join(f"<b>{copy}</b>" for copy in copies[::2])
    body = f"<body><p>{html}</p><p>{html} {seen}</p></body>"
    many = tostring(selector(body, "html").root)
    monkeypatch.setattr(occurrences, "_FEW", len(copies))
    assert tostring(selector(body, "html").root) == many
    assert text_of(selector(many.decode(), "html").css("p")[1]).split()[-150:] == copies[::2]


@given(st.sets(st.text("ab ", min_size=1, max_size=6), min_size=51, max_size=80), st.text("ab "))
def test_many_texts_are_counted_as_one_by_one(texts: set[str], text: str) -> None:
    """Those that overlap or stand in one another, too."""
    counts = Occurrences(texts).count(text)
    assert {each: counts[each] for each in texts} == {each: text.count(each) for each in texts}
