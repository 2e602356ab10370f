"""A table as a grid: each row has a cell for each column."""

from parsel import Selector

from finnews.pages.parts.grid import MOST_COLUMNS, grid


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
