"""The table of benchmarks: its lines, its verdicts, and what is documented of it."""

import doctest
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks import peers, rows, saved
from benchmarks.__main__ import NAMES, benchmark, main, measured
from benchmarks.archives import Size, write_archive
from benchmarks.rows import WIDTHS, Benchmark, Row, Target
from finnews.archive import Archive
from finnews.archive.check import Check
from finnews.items import Article, Quote, Rating

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
    """Reading, crawling, saved pages, memory, crawls without news, the archive, its pages in a
    browser, other tools."""
    subjects = {what.partition(" ")[0].strip(",") for what in LINES}
    assert subjects == {"reading", "crawl", "saved", "nothing", "archive", "look", "articles"}
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


def test_the_archive_of_a_year_is_a_valid_one(tmp_path: Path) -> None:
    """It has as many records as were asked for, and is the same each time."""
    names = ("one", "other")
    for name in names:
        write_archive(tmp_path / name, Size(quotes=400, articles=100, ratings=50))
        with Archive(tmp_path / name) as archive:
            counts = [sum(1 for _ in archive.all_of(kind)) for kind in (Quote, Article, Rating)]
        assert counts == [400, 100, 50]
        assert list(Check(tmp_path / name).problems()) == []
    files = (sorted((tmp_path / name).rglob("*.jsonl")) for name in names)
    one, other = ([path.read_bytes() for path in paths] for paths in files)
    assert one == other
