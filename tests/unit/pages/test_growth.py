"""Pages that are grown in their parts are read in proportion; ``tests.proofs.growth`` grows all."""

import pytest

from finnews.items import Rejection
from finnews.pages import PAGE_TYPES
from finnews.pages.base import BrokenPage
from finnews.pages.tree import selector
from tests.growth.costs import read
from tests.growth.trials import MANY, Growth, growths, sample, trial
from tests.support.cases import golden_cases, type_of

PAGES = {case.folder: case for case in reversed(golden_cases())}
SAMPLE = sample(2, seed=3)
"""Two growths of each page type in each way"""


@pytest.mark.parametrize("growth", SAMPLE, ids=str)
def test_a_grown_page_is_read_in_proportion(growth: Growth) -> None:
    """Ten times as much takes at most thirty times as long, and nothing is raised."""
    assert not trial(growth).fault


def test_every_page_type_grows() -> None:
    """In all its parts, by construction."""
    assert {growth.part.source.page_type for growth in growths()} == {
        page.name() for page in PAGE_TYPES
    }


def test_a_grown_page_has_more_than_the_page() -> None:
    """No growth changes nothing."""
    for growth in SAMPLE:
        part = growth.part
        assert len(growth.page(MANY)) > len(part.page(*[part.whole] * part.places)) + 5_000


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "span", "blockquote", "ul><li"])
@pytest.mark.parametrize("depth", [250, 1000, 3000])
@pytest.mark.parametrize("name", [page.name() for page in PAGE_TYPES if page.format == "html"])
def test_elements_too_deep_in_one_another_are_told(name: str, depth: int, tag: str) -> None:
    """Wherever they stand: the parser leaves out what is behind them."""
    case = PAGES[name]
    closing = "".join(f"</{part}>" for part in reversed(tag.split("><")))
    deep = f"<{tag}>" * depth + "Text" + closing * depth
    page = case.text.replace("</body>", f"{deep}</body>")
    if deep not in page:
        page = case.text.replace("</html>", f"{deep}</html>")
    with pytest.raises(BrokenPage, match="too-deep"):
        type_of(case.url)(case.url, page)


def test_a_page_may_be_deeper_than_any_of_the_site() -> None:
    """Real pages have seventeen elements in one another; a hundred and seventy more are read."""
    case = PAGES["article"]
    text = case.text.replace("<body", "<body>" + "<div>" * 170 + "<div", 1)
    page = type_of(case.url)(case.url, text)
    assert not [item for item in page.items() if isinstance(item, Rejection)]


@pytest.mark.parametrize("tag", ["font", "b", "span", "div", "blockquote"])
def test_what_stands_in_many_unclosed_elements_is_read(tag: str) -> None:
    """The parser puts each into the one before it, and no text is lost."""
    lines = "".join(f"<{tag}>Wort{number} " for number in range(170))
    root = selector(f"<body><main><article><p>{lines}Ende</article></main></body>", "html").root
    text = "".join(root.itertext()).split()
    assert text == [f"Wort{number}" for number in range(170)] + ["Ende"]


def test_objects_that_refer_to_their_authors_are_read_in_proportion() -> None:
    """The objects that they may refer to are looked through once."""
    case = PAGES["article"]
    node = '{"@type": "NewsArticle", "author": {"@id": "#muster"}}'

    def page(times: int) -> str:
        nodes = ", ".join([node] * times)
        script = f'<script type="application/ld+json">[{nodes}]</script>'
        return case.text.replace("</body>", f"{script}</body>")

    few = min(read(case.url, page(500)).seconds for _ in range(3))
    assert read(case.url, page(5000)).seconds < max(0.4, 30 * few)


def test_a_box_that_has_its_label_many_times_is_read_in_proportion() -> None:
    """It is looked through once."""
    case = PAGES["article"]

    def seconds(times: int) -> float:
        box = f"<div>{'<h4>Anzeige</h4> <p>Muster AG</p>' * times}</div><p>Text</p>"
        page = case.text.replace("<p>", f"{box}<p>", 1)
        cost = read(case.url, page)
        assert not cost.broken
        return cost.seconds

    few = min(seconds(500) for _ in range(3))
    assert min(seconds(5000) for _ in range(2)) < max(0.4, 30 * few)


def test_entries_of_a_feed_in_one_another_are_told() -> None:
    """By the reason, or as entries that are lost."""
    case = PAGES["feed"]
    for depth in (250, 3000):
        deep = "<item>" * depth + "</item>" * depth
        with pytest.raises(BrokenPage, match="too-deep"):
            type_of(case.url)(case.url, case.text.replace("</channel>", f"{deep}</channel>"))
