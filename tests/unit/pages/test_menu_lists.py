"""The lists of news that the menu names."""

import pytest

from finnews.pages.menu_lists import menu_lists
from finnews.site import FINANZEN_NET

AKTIEN = "/nachrichten/ressort/aktien"


def named(*hrefs: str, quote: str = '"') -> list[str] | None:
    """Return the lists of a page whose menu has these links, and whose text has another."""
    links = "".join(f"<a class='x' href={quote}{href}{quote}>Liste</a>" for href in hrefs)
    header = f'<header><ul><li class="menu__item">{links}</li></ul></header>'
    other = '<a href="/nachrichten/ressort/im-text">Text</a>'
    return menu_lists(f"<html><body>{header}<main>{other}</main></body></html>", FINANZEN_NET)


@pytest.mark.parametrize(
    "href",
    [
        AKTIEN,
        f"{AKTIEN}/",
        f"{AKTIEN}?intpagenr=1&amp;x=2",
        f"{AKTIEN}#oben",
        f"https://www.finanzen.net{AKTIEN}",
        f"http://finanzen.net{AKTIEN}/",
        f"//www.finanzen.net{AKTIEN}",
        AKTIEN.replace("/", "&#47;", 1),
    ],
)
@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_list_is_named_once_however_it_is_spelt(href: str, quote: str) -> None:
    """With host or slash, in either quotes, it is the same list."""
    assert named(AKTIEN, href, quote=quote) == [AKTIEN]


def test_the_lists_of_the_whole_site_are_named() -> None:
    """Lists of one paper are not, nor what is read most, nor pages of another site."""
    reports = "/index/mdax/marktberichte"
    others = (
        "/nachrichten/devisen/bitcoin-euro-kurs",
        "/news/muster-news",
        "/nachrichten/meistgelesene-nachrichten",
        "/nachrichten/ressort/..",
        "/nachrichten",
        "https://g.finanzen.net/nachrichten/ressort/werbung",
    )
    assert named(AKTIEN, *others, reports) == [AKTIEN, reports]


def test_a_page_without_a_menu_names_no_list() -> None:
    """That is another thing than a menu that names none."""
    assert menu_lists(f'<html><a href="{AKTIEN}">Aktien</a></html>', FINANZEN_NET) is None
    assert named("/aktien") == []
