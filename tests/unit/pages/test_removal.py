"""What is taken out of a tree leaves the text behind it where it stood."""

import pytest
from lxml.html import fromstring, tostring

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
