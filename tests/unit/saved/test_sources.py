"""What is read at the paths of a run."""

import os
from pathlib import Path

import pytest

from finnews.outcome import WrongUsage
from finnews.saved.answers import Unreadable
from finnews.saved.sources import Source, kind_of, paths, sources
from tests.support.warcs import saved, zipped

RECORD = b"WARC/1.0\r\n"
NAMES = ("leer zeichen", "müster", "50%", "a#b", "a?b", "a[1]", "a,b", "ａ")


def listed(*roots: Path) -> list[str]:
    """Return the names of the sources at some paths, with their kinds."""
    return [f"{each.kind} {each.path.name}" for root in roots for each in sources(root)]


def test_a_folder_is_read_by_the_names_of_its_files(tmp_path: Path) -> None:
    """In their order, with the folders in it; what has no such name is left out."""
    for name in ("b.warc", "a.WARC.gz", "z/c.html", "B/d.htm", "x.txt", "y.json", "z/e.rss"):
        saved(tmp_path / name, RECORD)
    assert listed(tmp_path) == [
        "warc a.WARC.gz",
        "warc b.warc",
        "page d.htm",
        "page c.html",
        "page e.rss",
    ]
    assert [each.below for each in sources(tmp_path)][2:4] == ["B/d.htm", "z/c.html"]


def test_an_answer_in_scrapys_cache_is_one_source(tmp_path: Path) -> None:
    """The folder is its path; the files that are read are its size."""
    folder = tmp_path / "saved" / "ab" / "ab12"
    for name in ("meta", "response_headers", "request_headers", "request_body", "response_body"):
        saved(folder / name, b"Muster")
    (source,) = sources(tmp_path)
    assert source[:3] == (folder, "cached", 18)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (RECORD, "warc"),
        (zipped(RECORD), "warc"),
        (b"\xef\xbb\xbf\r\n <!DOCTYPE html>", "page"),
        (b"<?xml version='1.0'?>", "page"),
        (b"", "is empty"),
        (b"Muster", "is neither a WARC file nor a page"),
        (zipped(b"Muster"), "is neither a WARC file nor a page"),
        (b"\x1f\x8b\x08\xff\xff\xff", "cannot be unzipped: .*"),
        (b"\x1f\x8b\x08", "is neither a WARC file nor a page"),
    ],
)
def test_a_file_that_is_named_is_known_by_how_it_begins(
    tmp_path: Path, content: bytes, kind: str
) -> None:
    """Whatever its name is."""
    path = saved(tmp_path / "datei", content)
    if kind in ("warc", "page"):
        assert kind_of(path) == kind
    else:
        with pytest.raises(Unreadable, match=kind):
            kind_of(path)


@pytest.mark.parametrize("name", NAMES)
def test_any_name_can_be_named(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even one with commas, or with what stands for other characters in a pattern."""
    path = saved(tmp_path / name, RECORD)
    monkeypatch.chdir(tmp_path)
    assert paths("files", name) == (path,)
    assert path.as_uri().isascii()


def test_paths_patterns_and_folders_are_named_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is named twice is read once; a pattern gives its files by their names."""
    for name in ("b.warc", "a.warc", "in/c.warc"):
        saved(tmp_path / name, RECORD)
    monkeypatch.chdir(tmp_path)
    named = paths("files", f"b.warc, *.warc,in,{tmp_path}/b.warc,./b.warc,**/c.warc")
    assert [path.relative_to(tmp_path).as_posix() for path in named] == [
        *("b.warc", "a.warc", "in", "in/c.warc")
    ]


def test_a_file_in_two_named_folders_is_one_file(tmp_path: Path) -> None:
    """Links are followed to files and to folders, of which each is read once."""
    saved(tmp_path / "in" / "a.warc", RECORD)
    (tmp_path / "in" / "b.warc").symlink_to(tmp_path / "in" / "a.warc")
    (tmp_path / "in" / "circle").symlink_to(tmp_path / "in")
    assert listed(tmp_path / "in") == ["warc a.warc", "warc b.warc"]


def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    """It may lead out of the folder that was named; a circle has an end."""
    saved(tmp_path / "other" / "a.warc", RECORD)
    saved(tmp_path / "in" / "b.warc", RECORD)
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "other")
    (tmp_path / "in" / "again").symlink_to(tmp_path / "other")
    (tmp_path / "other" / "back").symlink_to(tmp_path / "in")
    assert listed(tmp_path / "in") == ["warc b.warc", "warc a.warc"]


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    """A pipe or a device would be read for ever: in a folder it is left out, and named it is told.

    So is a link to one, and an answer of the cache that has one.
    """
    folder = tmp_path / "in"
    saved(folder / "a.warc", RECORD)
    for name in ("b.html", "c", "d.warc.gz"):
        os.mkfifo(folder / name)
    (folder / "e.html").symlink_to("/dev/zero")
    (folder / "f").symlink_to("/dev/zero")
    for name in ("response_headers", "response_body"):
        saved(folder / "cached" / name, b"Muster")
    os.mkfifo(folder / "cached" / "meta")
    assert listed(folder) == ["warc a.warc"]
    for name in ("b.html", "c", "e.html", "f"):
        with pytest.raises(Unreadable, match="is no regular file"):
            listed(folder / name)


@pytest.mark.parametrize("name", ["a.html.url", "a.url", "a.html.json", "a.json"])
def test_a_page_has_changed_if_a_file_beside_it_has(tmp_path: Path, name: str) -> None:
    """One that was added, or corrected to as many bytes."""
    path = saved(tmp_path / "in" / "a.html", b"<html>")
    found = {sources_of(path)}
    saved(path.with_name(name), b"Muster")
    found.add(sources_of(path))
    os.utime(path.with_name(name), ns=(7, path.stat().st_mtime_ns + 10**9))
    found.add(sources_of(path))
    assert len(found) == 3
    assert {source.path for source in found} == {path}


@pytest.mark.parametrize("name", ["meta", "response_headers", "response_body"])
def test_an_answer_in_the_cache_has_changed_if_one_of_its_files_has(
    tmp_path: Path, name: str
) -> None:
    """All three are read."""
    for each in ("meta", "response_headers", "response_body"):
        saved(tmp_path / "in" / each, b"Muster")
    before = sources_of(tmp_path)
    saved(tmp_path / "in" / name, b"Muster AG")
    assert sources_of(tmp_path) != before


def sources_of(path: Path) -> Source:
    """Return the only source at a path."""
    (source,) = sources(path)
    return source


def test_a_link_to_nothing_costs_no_other_file_of_a_folder(tmp_path: Path) -> None:
    """It is told when it is read."""
    saved(tmp_path / "b.warc", RECORD)
    (tmp_path / "a.warc").symlink_to(tmp_path / "fehlt")
    assert listed(tmp_path) == ["warc a.warc", "warc b.warc"]


def test_a_file_whose_name_has_no_ending_is_known_by_how_it_begins(tmp_path: Path) -> None:
    """So ``wget -r`` saves pages of the site."""
    for name, text in (("a", b"<html>"), ("b", b"Muster"), ("c", RECORD), ("d.jpg", b"<html>")):
        saved(tmp_path / "in" / name, text)
    assert listed(tmp_path / "in") == ["page a", "warc c"]


def test_a_folder_without_a_file_that_is_read_is_told(tmp_path: Path) -> None:
    """As an empty file is."""
    saved(tmp_path / "in" / "a.mht", RECORD)
    with pytest.raises(Unreadable, match="has no file that is read"):
        listed(tmp_path / "in")


def test_more_names_than_a_name_has_characters_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their line could be no name of a file."""
    saved(tmp_path / "a.warc", RECORD)
    monkeypatch.chdir(tmp_path)
    assert paths("files", ",".join(["a.warc"] * 1000)) == (tmp_path / "a.warc",)
    with pytest.raises(WrongUsage, match="there is no file or folder"):
        paths("files", "a" * 5000)


@pytest.mark.parametrize("value", ["fehlt.warc", "*.warc", "a.warc,fehlt", ",", " ", "fehlt[1]"])
def test_what_is_not_there_is_wrong_usage(
    tmp_path: Path, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line that names the part."""
    saved(tmp_path / "a.txt", RECORD)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WrongUsage, match=r"^files="):
        paths("files", value)


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_what_must_not_be_read_is_told(tmp_path: Path) -> None:
    """Of a file that is named, and of a folder."""
    path = saved(tmp_path / "in" / "a.warc", RECORD)
    path.chmod(0)
    with pytest.raises(OSError, match=r"a\.warc"):
        list(sources(path))
    path.parent.chmod(0)
    try:
        with pytest.raises(OSError, match="in"):
            list(sources(path.parent))
    finally:
        path.parent.chmod(0o700)


def test_a_source_says_when_it_was_changed(tmp_path: Path) -> None:
    """In nanoseconds, so that a change within a second is one."""
    path = saved(tmp_path / "a.warc", RECORD)
    os.utime(path, ns=(7, 1_700_000_000_123_456_789))
    assert list(sources(path)) == [Source(path, "warc", 10, 1_700_000_000_123_456_789)]
