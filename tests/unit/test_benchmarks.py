"""The table of benchmarks: its lines, its verdicts, and what is documented of it."""

import doctest
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks import peers, rows, saved
from benchmarks.__main__ import NAMES, benchmark, main, measured
from benchmarks.rows import WIDTHS, Benchmark, Row, Target

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
DOCUMENTED = re.findall(r"^\| (.+? / .+?) \| (.+?) \| ", DOCUMENT, re.MULTILINE)
LINES = {what: target for name in NAMES for what, target in benchmark(name).lines.items()}

MOST, LEAST = Target(1.2), Target(0.8, is_least=True)


@pytest.mark.parametrize(
    ("target", "figure", "is_met", "verdict"),
    [
        (MOST, 1.0, True, "met"),
        (MOST, 1.2, True, "met"),
        (MOST, 1.5, False, "misses by 25%"),
        (LEAST, 0.9, True, "met"),
        (LEAST, 0.8, True, "met"),
        (LEAST, 0.6, False, "misses by 25%"),
        (None, 1.0, None, "-"),
        (MOST, None, None, "no captures"),
    ],
)
def test_a_verdict_says_by_how_much_a_target_is_missed(
    target: Target | None, figure: float | None, is_met: bool | None, verdict: str
) -> None:
    """In percent of the target; a figure that is the target meets it."""
    row = Row("reading", target, figure, note="" if figure else "no captures")
    assert row.is_met is is_met
    assert row.verdict == verdict
    assert str(row).endswith(f"  {verdict}")


def test_the_table_has_every_subject() -> None:
    """Reading, crawling, saved pages, memory, crawls without news, the archive, other tools."""
    subjects = {what.partition(" ")[0].strip(",") for what in LINES}
    assert subjects == {"reading", "crawl", "saved", "nothing", "archive", "articles"}
    assert len(LINES) == sum(len(benchmark(name).lines) for name in NAMES)
    assert max(map(len, LINES)) < WIDTHS[0]


def test_the_figures_of_each_release_have_the_lines_and_targets_of_the_table() -> None:
    """``benchmarks/README.md`` has a row for each line, in its order."""
    lines = [(what, str(target or "-")) for what, target in LINES.items()]
    assert lines == DOCUMENTED


def test_a_benchmark_that_fails_says_so_in_the_rest_of_its_lines() -> None:
    """The others are measured."""

    def failing() -> Iterator[Row]:
        yield Row("first", MOST, 1.0)
        raise RuntimeError("no nginx")

    first, second = measured(Benchmark({"first": MOST, "second": LEAST}, failing))
    assert first.is_met
    assert second == Row("second", LEAST, note="failed: RuntimeError: no nginx")


def test_an_unknown_name_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """The names are listed."""
    with pytest.raises(SystemExit, match="2"):
        main(["reeding"])
    assert "reeding: expected reading, crawling" in capsys.readouterr().err


@pytest.mark.parametrize("module", [peers, rows, saved])
def test_the_examples_in_docstrings_are_so(module: ModuleType) -> None:
    """Those of the benchmark's modules."""
    assert doctest.testmod(module).failed == 0
