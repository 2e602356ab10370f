"""A table as a grid: each row has a cell for each column."""

import pytest
from parsel import Selector

from finnews.items import Rating, Rejection
from finnews.pages.base import Page
from finnews.pages.parts.grid import MOST_COLUMNS, grid
from tests.support.cases import golden_cases, type_of


def texts(rows: str) -> list[list[str]]:
    """Return the texts of a table's rows."""
    return [row.texts for row in grid(Selector(text=f"<table>{rows}</table>").css("table")[0])]


def test_a_cell_stands_in_each_column_and_row_that_it_spans() -> None:
    """And is told from a cell of its own."""
    table = "<tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td>d<td rowspan='3'>e<td>f<tr><td>g<td>h"
    rows = list(grid(Selector(text=f"<table>{table}</table>").css("table")[0]))
    assert [row.texts for row in rows] == [list("abbc"), list("adef"), list("ghe")]
    assert rows[0].spanned == {1, 2}
    assert not rows[1].spanned


def test_rows_of_a_table_within_and_of_the_foot_are_none() -> None:
    """A table in a cell is the cell's text; averages stand in a foot."""
    within = "<table><tr><td>b<td>c</table>"
    assert texts(f"<thead><tr><th>a<tbody><tr><td>{within}<tfoot><tr><td>d") == [["a"], ["b c"]]


def test_no_span_makes_a_row_long() -> None:
    """A crafted page cannot ask for a million columns; nonsense spans one."""
    (row,) = texts("<tr><td colspan='1000000'>a<td colspan='-2' rowspan='x'>b<td colspan=''>c")
    assert len(row) == MOST_COLUMNS + 1


def test_a_row_of_more_than_a_hundred_columns_is_cut_behind_the_next() -> None:
    """However many its cells span, so that a short page is not a large table."""
    cells = '<td colspan="100" rowspan="100">1</td>' * 50
    table = Selector(text=f"<table><tr>{cells}</tr>{'<tr><td>2</td></tr>' * 50}</table>")
    assert {len(row.cells) for row in grid(table.css("table")[0])} == {MOST_COLUMNS + 1}


def test_a_row_is_cut_if_it_has_lost_cells() -> None:
    """One that spans all columns is not, however many these are."""
    rows = f"<tr>{'<td>1' * 102}</tr><tr>{'<td>1' * 101}</tr><tr><td>1<td colspan='100'>1</tr>"
    table = Selector(text=f"<table>{rows}</table>").css("table")[0]
    assert [row.is_cut for row in grid(table)] == [True, False, False]


def page(name: str, row: str) -> Page:
    """Return a golden page with another row at the end of its tables."""
    case = next(case for case in golden_cases() if case.name == name)
    return type_of(case.url)(case.url, case.text.replace("</tbody>", f"{row}</tbody>"))


@pytest.mark.parametrize("many", [90, 150])
def test_a_study_among_more_than_a_hundred_columns_is_told(many: int) -> None:
    """Its row is a rejection, as in a table with headers."""
    link = '<a href="/analyse/muster_hold-probe_bank_1098699">Muster Hold</a>'
    row = f"<tr>{'<td></td>' * (many - 1)}<td>{link}</td><td>20.11.26</td><td>Probe Bank</td></tr>"
    items = list(page("analysis_list/cells_by_their_forms", row).items())
    rejections = [item for item in items if isinstance(item, Rejection)]
    ids = [item.id for item in items if isinstance(item, Rating)]
    assert ("1098699" in ids, [each.reason for each in rejections]) == (
        (True, []) if many < 100 else (False, ["unreadable-row"])
    )


@pytest.mark.parametrize("many", [90, 150])
def test_members_of_an_index_among_more_than_a_hundred_columns_are_told(many: int) -> None:
    """The page is in doubt; its other rows are read."""
    row = f"<tr>{'<td></td>' * many}<td><a href='/aktien/weit-aktie'>Weit AG</a></td></tr>"
    members = page("index_members/full", row)
    assert not [item for item in members.items() if isinstance(item, Rejection)]
    doubts = [doubt for doubt in members.stats.doubts if doubt[0] == "page"]
    assert doubts == ([] if many < 100 else [("page", "unreadable")])
    assert list(members.links())
