"""The menu's items are cut out of a page's text, and its tree is the same as if they were not."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import tostring

from finnews.pages import tree
from finnews.pages.menu import MARK, MenuItems
from finnews.pages.tree import TooDeep, selector

NUMBERS = count()
LAYER = """<div class="layer"><ul><li class="entry">
<a href="/x?a=1&amp;b=2">Ö<b>l</b> </a></li></ul></div>"""

PIECES = (
    *("<li class='menu__item'>", '<li class="', "<li ", "<a href='x", '"', "'", ">", "<", "</ul>"),
    *(
        "<ul>",
        "</li>",
        "<li>",
        "<article>",
        "</article>",
        "<main>",
        "</header>",
        "<header>",
        "<!--",
    ),
    f'<li class="menu__item" {MARK}></li>',
    *(
        "-->",
        "<xmp>",
        "<script>",
        "</script>",
        "<title>",
        "<p>61,40",
        "</body></html>",
        "<b hidden>",
        "\0",
    ),
)


@pytest.fixture(autouse=True)
def _no_item_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_MENU", MenuItems())


def new_item(inside: str = LAYER) -> str:
    """Return an item of a menu that no page had before."""
    number = f"n{next(NUMBERS)}"
    link = '<a class="menu__link" href="/aktien" data-tracking="menu-1">Aktien</a>'
    return f'<li class="menu__item active" data-n="{number}">{link}{inside}</li>'


def page_with(item: str, before: str = "", behind: str = "") -> str:
    """Return a page whose header has the item."""
    header = f"<header>{before}<ul>{item} <li>Tesla</li></ul>{behind}</header>"
    return f"<html><body>{header}<p>61,40</p></body></html>"


def read(html: str) -> str:
    """Return the tree of a page, as text."""
    return str(tostring(selector(html, "html").root, encoding="unicode"))


def is_too_deep(html: str) -> bool:
    """Return whether a page is refused."""
    try:
        selector(html, "html")
    except TooDeep:
        return True
    return False


@pytest.mark.parametrize("inside", [LAYER, "", "Fonds > ETF", "<ul><li>\n<a>Ü</a><li></ul>"])
def test_a_page_reads_the_same_when_its_menu_is_known(inside: str) -> None:
    """The first page that has it is parsed with it, the second without."""
    html = page_with(new_item(inside))
    assert read(html) == read(html)
    assert "Aktien" not in read(html)
    assert MARK not in read(html)


def test_a_known_item_is_cut_out_of_other_pages_and_no_other_one() -> None:
    """One that differs in a single character stays."""
    items, known = MenuItems(), new_item()
    items.learn(page_with(known))
    assert items.cut_out_of(f"<h1>Muster{known}{known}").cut_out == 2
    assert items.cut_out_of(f"<h1>Muster{known[:-6]}a</li>").cut_out == 0
    assert "layer" not in items.cut_out_of(page_with(known, behind="<p>1</p>")).text


@pytest.mark.parametrize(
    "inside",
    [
        *("<p>61,40</p>", "<table></table>", '<div class="snapshot">61,40</div>', "<!-- x -->"),
        *("<li>", "<a>Aktien", "</ul>", "<a><a></a></a>", "<b x='1'></b>", "<script></script>"),
    ],
)
def test_an_item_that_is_not_plain_is_never_cut_out(inside: str) -> None:
    """It can be the rest of the page, or the parser can change what is around it."""
    items, html = MenuItems(), page_with(new_item(inside))
    items.learn(html)
    assert items.cut_out_of(html).cut_out == 0
    assert read(html) == read(html)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        *(
            ("<!--", "-->"),
            ('<a title="', '">'),
            ("<article>", "</article>"),
            ("<main>", "</main>"),
        ),
        *(("<script>", "</script>"), ("<textarea>", "</textarea>"), ("<title>", "</title>")),
        ("<article>", "</article>"),
        *(("<a href='", "'>"), ("<p>", ""), ("<a>", ""), ("<select>", ""), ("<h1>", "</h1>")),
        ("<ul><li class='menu__item'><h1>Muster</h1>", "</li></ul>"),
        ("<ul><li class='menu__item'>Muster", "</li></ul>"),
        *(('<li class="', ""), ("<li ", ""), ("<li", ""), ("<li class=", ""), ('<a x="', "")),
        ("</body></html>", ""),
        (f'<ul><li {MARK} class="menu__item">1</li></ul>', ""),
    ],
)
def test_a_known_item_reads_as_any_other_one_wherever_it_stands(before: str, behind: str) -> None:
    """In a comment or an attribute it is no item, in an article no menu."""
    known, other = new_item(), new_item()
    selector(page_with(known), "html")
    other_page = read(page_with(other, before, behind))
    name, other_name = (item.split('"')[3] for item in (known, other))
    assert read(page_with(known, before, behind)) == other_page.replace(other_name, name)


@given(st.lists(st.sampled_from(PIECES), max_size=4), st.lists(st.sampled_from(PIECES), max_size=4))
def test_no_html_around_a_known_item_makes_it_read_as_another(
    before: list[str], behind: list[str]
) -> None:
    """Open tags, attributes and comments as well."""
    item, items = new_item(), MenuItems()
    items.learn(page_with(item))
    html = page_with("".join((*before, item, *behind)), "".join(behind), "".join(before))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tree, "_MENU", items)
        known = read(html)
        patched.setattr(tree, "_MENU", MenuItems())
        assert read(html) == known


def test_a_known_item_can_be_what_is_too_deep() -> None:
    """However deep the header of another page stands, it is refused as if its menu was new."""
    deep = "<div>" * 12 + "</div>" * 12
    known = new_item(deep)
    selector(page_with(known), "html")
    for depth in (150, 180, 190):
        pages = [page_with(item, "<div>" * depth) for item in (known, new_item(deep))]
        assert list(map(is_too_deep, pages)) == [depth > 180] * 2


def test_menus_that_differ_from_page_to_page_are_not_kept() -> None:
    """Of many, those that were met first are forgotten; a new menu is learned at any time."""
    items = MenuItems()
    first, *_, last = [page_with(new_item()) for _ in range(300)]
    items.learn(first)
    for _ in range(300):
        items.learn(page_with(new_item()))
    items.learn(last)
    assert [items.cut_out_of(page).cut_out for page in (first, last)] == [0, 1]


def test_the_new_items_of_a_menu_that_is_known_in_part_are_learned() -> None:
    """A page tells that it has some."""
    items, old, new = MenuItems(), new_item(), new_item()
    items.learn(page_with(old))
    both = page_with(old + new)
    assert items.cut_out_of(both)[1:] == (1, True)
    items.learn(both)
    assert items.cut_out_of(both)[1:] == (2, False)


def test_an_item_that_stands_elsewhere_as_well_is_cut_out_no_more() -> None:
    """Else each page that has it would be parsed twice."""
    items, item = MenuItems(), new_item()
    items.learn(page_with(item))
    items.leave_in(page_with(item))
    assert items.cut_out_of(page_with(item))[1:] == (0, False)


def test_a_page_that_has_the_mark_of_what_is_cut_out_is_read_as_it_is() -> None:
    """An item in the text of an article would be taken for the menu's, which has that mark."""
    items, item = MenuItems(), new_item()
    items.learn(page_with(item))
    assert items.cut_out_of(page_with(f'<li class="menu__item" {MARK}></li>{item}')).cut_out == 0
