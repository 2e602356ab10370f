"""The table of a report: it fits its terminal, and says what is to be seen."""

import pytest

from finnews.reporting.model import Doubted, Doubts, Filled, Report
from finnews.reporting.tables import log_width, table
from tests.support.reports import run

ADDRESS = "https://www.finanzen.net/nachricht/aktien/" + "muster-" * 30 + "15989630"


def wide_run() -> Report:
    """Return a report with long lines."""
    fields = {"price": 4, "name": 4, "isin": 0, "wkn": 0, "bid": 0, "change": 2}
    report = run(errors=[ADDRESS], filled={"article/quotes": Filled(4, fields)})
    report.doubts = {"article": Doubts(1, {"bid": {"unit": Doubted(1, 1, ADDRESS, "61 Mio.")}})}
    report.selectors = {"article": {"isin/css/a": [0, 4]}}
    return report


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_a_table_fits_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """Nothing of it is lost; what is too long is folded."""
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = table(wide_run()).splitlines()
    assert {len(line) for line in lines} <= set(range(columns + 1))
    cells = "".join(line.split("│")[2].strip() for line in lines if line.startswith("│"))
    assert ADDRESS in cells.replace(" ", "")


@pytest.mark.parametrize("columns", ["", "0", "wide"])
def test_a_log_that_is_no_terminal_has_a_width(
    monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    """So its lines are the same everywhere."""
    monkeypatch.setenv("COLUMNS", columns)
    assert log_width() == 120


def test_fields_that_a_source_cannot_have_are_left_out() -> None:
    """Those for which it has no rule, unless one of their values was in doubt."""
    (row,) = (line for line in table(wide_run()).splitlines() if "filled article/quotes" in line)
    assert "4 items: 100% price, name; 50% change; 0% isin, bid" in row


def test_an_authority_on_a_kind_can_give_every_field() -> None:
    """A field of an article that is never given may be one that is not found any more."""
    report = run(filled={"article/articles": Filled(4, {"id": 4, "kicker": 0})})
    assert "4 items: 100% id; 0% kicker" in table(report)


def test_a_required_field_is_never_left_out() -> None:
    """Not even in the ticker, which has no page type of its own."""
    report = run(filled={"ticker": Filled(4, {"price": 0, "volume": 0, "name": 4})})
    assert "4 items: 100% name; 0% price" in table(report)
    assert "volume" not in table(report)
