"""What the checks of accessibility find on a page, and that they find nothing on a right one."""

from pathlib import Path

import pytest

from tests.support.accessibility import TabStop, faults, tab_stops
from tests.support.browser import DESKTOP, Browser

STYLE = """
:root { color-scheme: light dark }
.wide { width: 340px }
.grey { color: #767676; background: white }
.shade { background: rgb(0 0 0 / 5%) }
"""

RIGHT = f"""<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Muster AG</title><style>{STYLE}</style>
<meta name="viewport" content="width=device-width"></head>
<body><a href="#kurse">Zu den Kursen</a>
<main><h1>Muster AG</h1><h2>Kurse</h2><h3>Xetra</h3><h2 id="kurse">Ratings</h2>
<div class="wide grey">Grau auf Weiß</div><div class="shade">Auf einem Schatten</div>
<svg role="img" aria-label="Kurs der Muster AG" width="100" height="60">
  <rect width="100" height="60" fill="#222"></rect>
  <circle cx="20" cy="20" r="5" fill="none"></circle>
  <text x="10" y="30" fill="#eee">61,40</text></svg>
<svg aria-hidden="true" width="9" height="9"><path d="M0 0h9v9z"></path></svg>
<img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAADs=">
<form><label>Suche <input name="q"></label>
<select aria-label="Zeitraum"><option>1 Monat</option></select><button>Los</button></form>
<details><summary>Mehr</summary><a href="#mehr" class="grey">Kurse von gestern</a></details>
<p hidden style="color: #ccc; background: white">Verborgen</p><a name="marke"></a>
</main></body></html>"""

STOPS = [
    TabStop("a", "Zu den Kursen"),
    TabStop("input", "Suche"),
    TabStop("select", "Zeitraum"),
    TabStop("button", "Los"),
    TabStop("summary", "Mehr"),
]

ALTERATIONS = {
    "html has no lang": ('<html lang="de">', "<html>"),
    "there is no title": ("<title>Muster AG</title>", ""),
    "there is no meta viewport": ('name="viewport"', 'name="author"'),
    "0 times main": ("<main>", "<div>"),
    "2 times h1": ("<h2>Kurse</h2>", "<h1>Kurse</h1>"),
    "a level is skipped before h3 Xetra": ("<h2>Kurse</h2>", ""),
    'no name: <a href="#kurse">': (">Zu den Kursen<", "><"),
    "no name: <button>": (">Los<", "><"),
    'no name: <input name="q">': ("<label>Suche", "<label>"),
    "no name: <select>": (' aria-label="Zeitraum"', ""),
    "no name: <summary>": (">Mehr<", "> <"),
    "no name: <svg aria": (' aria-hidden="true" width="9"', ' aria-busy="false" width="9"'),
    'no name: <svg role="img"': (' aria-label="Kurs der Muster AG"', ""),
    "no name: <img src": ('<img alt=""', "<img"),
    "375 pixels in 360: div": ("width: 340px", "width: 367px"),
    "light: contrast 4.48 of div Grau": ("#767676", "#777"),
    "dark: contrast 4.48 of div Grau": ("#767676", "#777"),
    "light: contrast 1.26 of text 61,40": ('fill="#eee"', 'fill="#333"'),
    "dark: contrast 2.72 of div Auf einem Schatten": ("5%", "0%); color: rgb(90 90 90 / 100%"),
}
"""What is found → what is written instead of what on the page that is right."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of the page that is right."""
    file = tmp_path / "index.html"
    file.write_text(RIGHT, "utf-8")
    return file


def test_nothing_is_wrong_with_a_page_that_is_right(file: Path, browser: Browser) -> None:
    """Hidden pictures, links that lead nowhere and hidden texts are no faults."""
    with browser.visit(file.as_uri()) as visit:
        assert faults(visit.page) == []
        visit.assert_clean()


def test_checks_leave_a_page_as_it_was(file: Path, browser: Browser) -> None:
    """Neither its size nor its colours, nor what is on it, are other than before."""
    seen = (
        "[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches, document.body.outerHTML]"
    )
    with browser.visit(file.as_uri(), DESKTOP._replace(color_scheme="dark")) as visit:
        before = visit.page.evaluate(seen)
        faults(visit.page)
        assert visit.page.evaluate(seen) == before


@pytest.mark.parametrize("fault", ALTERATIONS)
def test_what_is_wrong_is_found(fault: str, file: Path, browser: Browser) -> None:
    """Of each thing that was altered, the fault is told."""
    old, new = ALTERATIONS[fault]
    assert old in RIGHT
    file.write_text(RIGHT.replace(old, new), "utf-8")
    with browser.visit(file.as_uri()) as visit:
        assert [told for told in faults(visit.page) if told.startswith(fault)]


def test_tab_stops_are_told_in_their_order(file: Path, browser: Browser) -> None:
    """From the top until Tab comes round, whatever had the focus before."""
    with browser.visit(file.as_uri()) as visit:
        assert tab_stops(visit.page) == STOPS
        visit.page.focus("select")
        assert tab_stops(visit.page) == STOPS
        visit.page.click("summary")
        opened = [*STOPS, TabStop("a", "Kurse von gestern")]
        assert tab_stops(visit.page) == opened


def test_tab_stops_have_a_limit(file: Path, browser: Browser) -> None:
    """More than that are a failure of the test."""
    with (
        browser.visit(file.as_uri()) as visit,
        pytest.raises(AssertionError, match="after 4 stops"),
    ):
        tab_stops(visit.page, limit=4)
