"""The search of pages that are files finds in a browser what the search of a server finds."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from finnews.look.links import OnDisk
from finnews.look.live_tables import LiveTables
from finnews.look.model import Page
from finnews.look.reading import all_rows
from finnews.look.registry import answer
from finnews.look.rendering import html
from finnews.look.scripts import STATIC, static_file
from finnews.look.search_files import FILE_SIZE, write
from finnews.look.search_tables import SIZE
from tests.support.accessibility import faults
from tests.support.browser import Browser, Visit
from tests.support.searching import HOSTILE, MARKUP, searchable, told

MANY = FILE_SIZE + 2 * SIZE
ARTICLES = (
    told(1, "Münchner Größe", "DAX plus 3,5 Prozent. Constructor.", "2026-11-20", paper=True),
    told(2, f"DAX {MARKUP}", f"Daxwert </script> {MARKUP}", "2026-11-21"),
    told(3, "Nichts davon", "Kein Wort; Öl. Muenchen.", "2026-11-22"),
    *(told(number, f"Viele {number}", "Immer dasselbe.") for number in range(10, 10 + MANY)),
)  # fmt: skip
QUESTIONS = (
    *("dax", "DAX -daxwert", "dax*", "muenchner größe", "groesse", "grosse", "-immer", "d*", "3,5"),
    *(
        "kursziel",
        "immer -dasselbe",
        "oel",
        "ol",
        "constructor",
        "__proto__",
        "gibtesnicht",
        "Prozent!",
    ),
    *("-dax -immer", "münchen"),
)


class Written(NamedTuple):
    """An archive, and the page of its search on the disk."""

    tables: LiveTables
    page: Path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    """Write the search of an archive."""
    folder = tmp_path_factory.mktemp("script")
    with LiveTables(searchable(folder / "archive", ARTICLES)) as tables:
        tables.full_text.update()
        write(tables, folder)
        (folder / "static").mkdir()
        for name in STATIC:
            (folder / "static" / name).write_bytes(static_file(name))
        page = answer(tables, "search", {})
        assert isinstance(page, Page)
        (folder / "search.html").write_text(html(page, tables, OnDisk("search"), {}), "utf-8")
        yield Written(tables, folder / "search.html")


def address(written: Written, **arguments: str) -> str:
    """Return the address of a search."""
    return f"{written.page.as_uri()}?{urlencode(arguments, errors='replace')}"


def told_by(visit: Visit) -> str:
    """Return what is said of the results when there are some, or why there are none."""
    state = visit.page.locator("#found")
    visit.page.wait_for_function(
        "!/^(Searching.*)?$/.test(document.getElementById('found').textContent)"
    )
    return str(state.text_content())


def number(written: Written, **arguments: str) -> int:
    """Return how many articles and studies the search of a server finds."""
    page = answer(written.tables, "search", arguments)
    assert isinstance(page, Page)
    return sum(len(all_rows(written.tables, table)) for table in page.tables())


def assert_same(browser: Browser, written: Written, **arguments: str) -> None:
    """Check that a browser finds as many as a server."""
    with browser.visit(address(written, **arguments)) as visit:
        found = number(written, **arguments)
        assert re.match(rf"{found} results?, the newest first\.", told_by(visit)), arguments
        assert visit.page.locator("#results tbody tr").count() == min(found, SIZE)
        visit.assert_clean()


@pytest.mark.parametrize("question", QUESTIONS)
def test_words_are_found_as_a_server_finds_them(
    browser: Browser, written: Written, question: str
) -> None:
    """In each spelling, with prefixes, and without what is excluded."""
    assert_same(browser, written, q=question)


@pytest.mark.parametrize(
    "arguments",
    [
        {"since": "2026-11-21"},
        {"until": "2026-11-21"},
        {"since": "2026-11-21", "until": "2026-11-21"},
        {"since": "9999w"},
        {"until": "1999-01-01"},
        {"paper": "muster-1"},
        {"paper": "MUSTER_1"},
        {"paper": "DE0007164600", "q": "dax"},
        {"paper": "716460", "verdict": "buy"},
        {"house": "Haus & Söhne"},
        {"verdict": "sell", "since": "2026-11-22"},
    ],
)
def test_papers_houses_and_days_limit_it_as_on_a_server(
    browser: Browser, written: Written, arguments: dict[str, str]
) -> None:
    """Alone and with words."""
    assert_same(browser, written, **arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        {"since": "gestern"},
        {"until": "2026-02-30"},
        {"paper": "unbekannt"},
        {"q": "!?"},
    ],
)
def test_what_is_wrong_is_told_as_on_a_server(
    browser: Browser, written: Written, arguments: dict[str, str]
) -> None:
    """In the same words."""
    page = answer(written.tables, "search", arguments)
    assert isinstance(page, Page)
    with browser.visit(address(written, **arguments)) as visit:
        assert told_by(visit) in str(page.parts)
        visit.assert_clean()


def test_a_hostile_question_is_words_or_nothing(browser: Browser, written: Written) -> None:
    """No text ends the script."""
    with browser.visit(address(written)) as visit:
        for text in HOSTILE:
            visit.page.goto(address(written, q=text[:1_000]))
            assert re.search(
                r"results?, the newest first|no word in it|^0 ", told_by(visit)
            ) or not text.strip("\x00 ")
        visit.assert_clean()


def test_the_text_of_a_page_is_text(browser: Browser, written: Written) -> None:
    """A headline that is markup is shown as it is."""
    with browser.visit(address(written, q="daxwert")) as visit:
        told_by(visit)
        assert visit.page.locator("#results a").first.text_content() == f"DAX {MARKUP}"
        assert visit.page.locator("img").count() == 0
        visit.assert_clean()


def test_it_is_used_by_keyboard(browser: Browser, written: Written) -> None:
    """The number of results is announced, and more of them are a button away."""
    with browser.visit(address(written)) as visit:
        page = visit.page
        page.get_by_label("Words").focus()
        page.keyboard.type("viele")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=viele**")
        assert told_by(visit) == f"{MANY} results, the newest first."
        assert page.get_by_role("status").text_content() == told_by(visit)
        assert page.get_by_label("Words").input_value() == "viele"
        page.get_by_role("button", name="More").focus()
        page.keyboard.press("Enter")
        page.wait_for_function(
            f"document.querySelectorAll('#results tbody tr').length === {2 * SIZE}"
        )
        assert told_by(visit).startswith(f"{2 * SIZE} of {MANY} results")
        assert page.evaluate("document.activeElement.closest('tr').rowIndex") == SIZE + 1
        assert faults(page) == []
        visit.assert_clean()


def test_a_result_has_its_time_and_leads_to_the_site_and_to_pages_here(
    browser: Browser, written: Written
) -> None:
    """By the clock of the site, in the notation of the reader."""
    with browser.visit(address(written, q="prozent")) as visit:
        told_by(visit)
        assert visit.page.locator("#results time").all_text_contents() == ["20.11.2026, 09:00"]
        hrefs = visit.page.locator("#results a").evaluate_all(
            "all => all.map((a) => a.getAttribute('href'))"
        )
        assert hrefs == [ARTICLES[0].url, "stocks/muster-1.html"]
