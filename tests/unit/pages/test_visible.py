"""What a reader sees of a page: nothing hidden or struck out, and no two words as one."""

from decimal import Decimal

import pytest

from finnews.pages.tree import selector
from finnews.pages.visible import text_of
from finnews.processors import amount


def seen(html: str) -> str:
    """Return the text of a cell of a page after what is unseen was removed."""
    page = selector(f"<html><body><p>vor</p><div id='cell'>{html}</div></body></html>", "html")
    return text_of(page.css("#cell"))


def test_the_menu_in_the_header_is_no_part_of_a_page() -> None:
    """Its links lead everywhere; an entry of a list elsewhere that is named like it is text."""
    item = '<li class="menu__item active"><a href="/x">%s</a><ul><li>Auswahl</li></ul></li>'
    header = (
        f"<header><p>Suche</p><ul>{item % 'Aktien'} <li>Tesla</li>{item % 'Fonds'}</ul></header>"
    )
    main = f"<main><ul>{item % 'Menü des Tages'}</ul></main>"
    page = selector(f"<html><body>{header}{main}</body></html>", "html")
    assert text_of(page.css("header")) == "Suche Tesla"
    assert text_of(page.css("main")) == "Menü des Tages Auswahl"
    assert page.css("a::attr(href)").getall() == ["/x"]


@pytest.mark.parametrize(
    "read",
    [
        *("<main>61,40</main>", "<h1>61,40</h1>", "<table><tr><td>61,40</td></tr></table>"),
        *("<p>61,40</p>", '<div class="grid__item-5">61,40</div>', "<section>61,40</section>"),
        *('<div class="quote-ticker">61,40</div>', '<div class="suggest-search__x">61,40</div>'),
    ],
)
def test_what_broken_html_has_in_the_menu_is_read(read: str) -> None:
    """If a tag of the menu is not closed, the parser puts the rest of the page there."""
    html = f'<html><body><header><ul><li class="menu__item">Aktien{read}</body></html>'
    assert "61,40" in text_of(selector(html, "html").css("body"))


@pytest.mark.parametrize("around", ["article", "main"])
def test_a_menu_in_the_content_is_read(around: str) -> None:
    """An article can have a header of its own."""
    item = '<li class="menu__item">61,40</li>'
    html = f"<html><body><{around}><header><ul>{item}</ul></header></{around}></body></html>"
    assert text_of(selector(html, "html").css(around)) == "61,40"


@pytest.mark.parametrize("tags", ["</body></html>", "</html>", "</body>", "</BODY >\n</HTML>"])
def test_a_page_that_is_closed_too_early_is_whole(tags: str) -> None:
    """Browsers ignore the end tags of body and page in the middle of it."""
    text = f"<p>Eins</p><div>{tags}<p>Zwei</p></div>"
    html = f"<html><body><article>{text}<p>Drei</p></article></body></html>"
    page = selector(html, "html")
    assert [text_of(part) for part in page.css("article p")] == ["Eins", "Zwei", "Drei"]
    assert page.css("article div p").getall() == ["<p>Zwei</p>"]


def test_a_head_that_closes_the_page_is_a_head() -> None:
    """What follows is found where it stands."""
    html = '<html><head></html><link rel="canonical" href="/x"></head><body>a</body></html>'
    assert selector(html, "html").root.find("head/link").get("href") == "/x"


def test_a_control_character_behind_what_is_hidden_breaks_nothing() -> None:
    """A browser shows none either."""
    assert seen("<b>61</b><i hidden>58</i>,40\x1f") == "61,40"


@pytest.mark.parametrize(
    "hidden",
    [
        *("<span hidden>58,00</span>", "<span class='display-none'>58,00</span>"),
        *("<b class=hidden>58,00</b>", '<b class="x d-none y">58,00</b>', "<del>58,00</del>"),
        *("<span style='display: none'>58,00</span>", "<span style='DISPLAY:NONE;'>58,00</span>"),
        *("<i style='color:red;visibility:hidden'>58,00</i>", "<s>58,00</s>"),
        *("<i style='text-decoration: line-through'>58,00</i>", "<strike>58,00</strike>"),
        *("<template>58,00</template>", "<dialog>58,00</dialog>", "<noscript>58,00</noscript>"),
        *("<script>58,00</script>", "<style>58,00</style>", "<!-- 58,00 -->", "<sup>2)</sup>"),
        *("<span hidden>5<b class='d-none'>8</b></span>", "<sup>*</sup>", "<sup> a </sup>"),
        '<span class="visually-hidden display-none-md">58,00</span>',
        *('<i class="d-none d-print-inline">9</i>', '<i class="d-none d-md-none">9</i>'),
        *('<i class="invisible">9</i>', '<i class="hide">9</i>', "<rp>(</rp>"),
        *('<i class="screen-reader-text">9</i>', '<i class="visuallyhidden">9</i>'),
        *('<i style="opacity:0 !important">9</i>', '<i style="opacity: .0">9</i>'),
        *('<i style="font-size:0.0px">9</i>', '<i style="color:transparent">9</i>'),
        *('<i style="clip:rect(0,0,0,0)">9</i>', '<i style="clip-path:inset(100%)">9</i>'),
        *('<i style="left:-9999px">9</i>', '<i style="text-indent: -999px">9</i>'),
        *('<i style="width:0;overflow:hidden">9</i>', '<i style="display:/**/none">9</i>'),
        *("<svg><title>9</title></svg>", "<canvas>9</canvas>", "<video>9</video>"),
        *('<b class="display&#45;none">9</b>', '<b id="a"class="display-none">9</b>'),
        *(f'<b class="{"x" * 300} display-none">9</b>', "<B CLASS=display-none>9</B>"),
    ],
)
def test_what_is_hidden_is_not_read(hidden: str) -> None:
    """Whether it stands before the value, behind it or around nothing; what follows it stays."""
    assert seen(f"{hidden}61,40 EUR") == "61,40 EUR"
    assert seen(f"61,40{hidden} EUR") == "61,40 EUR"
    assert seen(f"<span>61,40 </span>{hidden}EUR") == "61,40 EUR"


@pytest.mark.parametrize(
    "shown",
    [
        '<span class="display-none display-inline-md">61,40</span>',
        '<span class="d-none d-md-block">61,40</span>',
        '<span class="display-none-md">61,40</span>',
        '<span class="not-display-none hidden-treasure">61,40</span>',
        '<span data-name="display-none" title="hidden">61,40</span>',
        '<span class="a" class="display-none">61,40</span>',
        '<span style="opacity: 0.9; font-size: 0.8em">61,40</span>',
        '<div class="display-none" data-sg-tab-region-content="0">61,40</div>',
        "<details><summary>61,40</summary></details>",
        '<span aria-hidden="true">61,40</span>',
        '<span aria-hidden="true">61,40</span><span class="sr-only">61,40 Euro</span>',
        '<span aria-hidden="true">61,40</span><b>61,40</b>',
        "<dialog open>61,40</dialog>",
    ],
)
def test_what_some_reader_sees_is_read_once(shown: str) -> None:
    """A class that some screens show, a box that can be opened, and one of two copies."""
    assert seen(shown) == "61,40"


def test_a_square_metre_is_no_footnote() -> None:
    """A footnote's mark behind a number is."""
    assert seen("1.200 m<sup>2</sup> und Muster<sup>2</sup>") == "1.200 m² und Muster"


def test_what_is_raised_behind_a_number_may_be_its_decimals() -> None:
    """One digit is a footnote or a power, two can be cents."""
    assert seen("81<sup>20</sup> EUR, 61<sup>2</sup>") == "81²⁰ EUR, 61²"
    assert amount("61² EUR", ",") == (Decimal(61), "EUR")
    assert amount("81²⁰ EUR", ",") is None


@pytest.mark.parametrize(
    "html", ["61,40<br>EUR", "<p>61,40</p><p>EUR</p>", "<div>61,40</div>EUR", "<i>61,40 </i>EUR"]
)
def test_breaks_and_blocks_separate_words(html: str) -> None:
    """Elements within a line do not."""
    assert seen(html) == "61,40 EUR"
    assert seen("<b>61</b>,<i>40</i>") == "61,40"
