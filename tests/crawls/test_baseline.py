"""A run that reads far less than usual says so and what; a quiet one does not."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.crawling import crawl, reserved_port, sample_site


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A port of its own: runs are compared only with runs on the same site."""
    with reserved_port() as number:
        yield number


SITE = ("--articles", "30", "--stocks", "21")
ARGUMENTS = {"news": (), "stocks": ("-a", "index=dax")}


@pytest.fixture(scope="module")
def history(port: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of three runs of the news spider and one of the stocks spider, nothing known."""
    runs = tmp_path_factory.mktemp("history")
    with sample_site(*SITE, "--port", str(port)) as site:
        for spider in ("news", "news", "news", "stocks"):
            output = tmp_path_factory.mktemp("output")
            shutil.copytree(runs, output / "runs")
            done = crawl(spider, site, output, *ARGUMENTS[spider])
            assert done.returncode == 0, done.stderr
            shutil.copytree(output / "runs", runs, dirs_exist_ok=True)
    return runs


@pytest.fixture
def output(history: Path, tmp_path: Path) -> Path:
    """A directory that has the reports of these runs, and no items."""
    shutil.copytree(history, tmp_path / "runs")
    return tmp_path


@pytest.mark.parametrize(
    ("spider", "redesign", "said"),
    [
        ("news", "kicker", "kicker in articles of article pages: 0 of 30, usually 87%"),
        ("news", "teaser", "news_list pages with links: 0 of 6, usually 100%"),
        ("news", "feed", "feed pages with links: 0 of 1, usually 100%"),
        ("stocks", "price", "venues pages with quotes: 0 of 21, usually 100%"),
    ],
)
def test_a_redesign_is_told_of(
    spider: str, redesign: str, said: str, port: int, output: Path
) -> None:
    """Exit status 4, and a line that names what is missing and both numbers."""
    with sample_site(*SITE, "--port", str(port), "--redesign", redesign) as site:
        done = crawl(spider, site, output, *ARGUMENTS[spider])
    assert done.returncode == 4, done.stderr
    assert f"Far less than usual: {said}\n" in done.stderr


def test_an_unchanged_site_is_usual(port: int, output: Path) -> None:
    """A run that reads all is, and so is the next, to which nothing is new."""
    with sample_site(*SITE, "--port", str(port)) as site:
        done = [crawl("news", site, output) for _ in range(2)]
    assert [one.returncode for one in done] == [0, 0]


def test_a_field_of_another_site_is_no_loss(output: Path) -> None:
    """Runs on another site are not compared."""
    with sample_site(*SITE, "--redesign", "kicker") as site:
        done = crawl("news", site, output)
    assert done.returncode == 0, done.stderr
