"""A file in the place of a folder, or the other way round: said by name, and nothing is lost."""

import shutil
from pathlib import Path

import pytest

from tests.support.crawling import as_options, crawl, lines, scrapy

ASKING = ("runs", "archive check", "archive show dax", "archive rebuild", "archive compact {new}")


@pytest.fixture(scope="module")
def archive(site: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A crawl of the sample site for news."""
    output = tmp_path_factory.mktemp("archive")
    assert crawl("news", site, output).returncode == 0
    return output


@pytest.mark.parametrize(
    "name", ["articles", "rejected", "runs", "index.sqlite3", "instruments.jsonl"]
)
def test_what_stands_in_the_wrong_place_is_named(
    name: str, archive: Path, tmp_path: Path, site: str
) -> None:
    """By every command that needs it, in one line, with status 1, and before any request."""
    output = tmp_path / "output"
    shutil.copytree(archive, output)
    place = output / name
    is_folder = place.is_dir() or "." not in name
    moved = tmp_path / "moved"
    if place.exists():
        place.rename(moved)
    place.touch() if is_folder else place.mkdir()
    word = "file, where a folder" if is_folder else "folder, where a file"
    commands = ["crawl news", *(ASKING if name == "runs" else ASKING[1:])]
    for command in commands:
        words = command.format(new=tmp_path / "new").split()
        done = scrapy(*words, *as_options({"SITE_URL": site, "OUTPUT_DIR": output}))
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), (command, done)
        assert f"{place} is a {word} belongs\n" in done.stderr, (command, done)
    place.unlink() if is_folder else place.rmdir()
    if moved.exists():
        moved.rename(place)
    assert crawl("news", site, output).returncode == 0
    assert len(lines(output, "articles")) == len(lines(archive, "articles"))


@pytest.mark.parametrize("place", ["{file}", "{file}/below", "/dev/null"])
def test_an_output_directory_that_is_a_file_is_wrong_usage(place: str, tmp_path: Path) -> None:
    """For every command that asks for it."""
    file = tmp_path / "file"
    file.touch()
    output = place.format(file=file)
    for command in ("crawl news", *ASKING):
        words = command.format(new=tmp_path / "new").split()
        done = scrapy(*words, *as_options({"OUTPUT_DIR": output}))
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), (command, done)
        assert f"OUTPUT_DIR={output}: " in done.stderr
        assert " is a file, not a directory" in done.stderr


def test_a_place_where_nothing_can_be_written_is_named() -> None:
    """A crawl ends with one line, and asks the site for nothing."""
    settings = as_options({"OUTPUT_DIR": "/proc/finnews", "SITE_URL": "http://127.0.0.1:1"})
    done = scrapy("crawl", "news", *settings)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "/proc/finnews" in done.stderr
    assert scrapy("archive", "check", *settings).returncode == 2
