"""An archive is of one site, which its lines say; a crawl of another does not write into it."""

from dataclasses import replace
from pathlib import Path

import pytest

from finnews.archive import Archive, OtherSite
from finnews.archive.check import Check
from finnews.archive.origin import origin
from tests.support.archive_items import article, quote

SITE = "www.finanzen.net"


def test_an_empty_archive_is_of_no_site_until_it_is_written(tmp_path: Path) -> None:
    """Whoever writes first decides."""
    with Archive(tmp_path, SITE) as archive:
        assert origin(tmp_path) is None
        archive.add(article(1))
    assert origin(tmp_path) == SITE


def test_an_archive_of_another_site_is_not_opened_for_writing(tmp_path: Path) -> None:
    """Their articles have the same ids; the message says what to do."""
    with Archive(tmp_path, SITE) as archive:
        archive.add(quote(1))
    with pytest.raises(OtherSite, match=r"archive of www\.finanzen\.net; crawl localhost:8021"):
        Archive(tmp_path, "localhost:8021")
    with Archive(tmp_path, SITE) as archive:
        assert archive.add(quote(2))
    with Archive(tmp_path) as archive:
        assert archive.knows(type(quote(2)), quote(2).keys[0])


def test_of_two_sites_that_begin_at_once_the_first_to_write_stays(tmp_path: Path) -> None:
    """The other finds it at its first commit, under the lock."""
    second = Archive(tmp_path, "localhost:8021")
    with Archive(tmp_path, SITE) as first:
        first.add(article(1))
    second.add(replace(article(1), url="http://localhost:8021/nachricht/aktien/muster-1"))
    with pytest.raises(OtherSite):
        second.close()
    assert origin(tmp_path) == SITE
    assert list(Check(tmp_path).problems()) == []


def test_the_site_is_read_from_the_first_line_that_is_whole(tmp_path: Path) -> None:
    """A line by another hand says nothing."""
    with Archive(tmp_path, SITE) as archive:
        archive.add(article(1))
    (path,) = (tmp_path / "articles").glob("*.jsonl")
    path.write_bytes(b"no line of ours\n" + path.read_bytes())
    assert origin(tmp_path) == SITE


def test_lines_of_two_sites_are_a_problem(tmp_path: Path) -> None:
    """As a version of finnews before this rule could leave them."""
    with Archive(tmp_path) as archive:
        archive.add(article(1))
        archive.add(replace(article(2), url="http://localhost:8021/nachricht/aktien/muster-2"))
    (problem,) = Check(tmp_path).problems()
    assert problem.endswith(f":2: from localhost:8021, in an archive of {SITE}")


def test_a_line_with_a_malformed_address_says_nothing(tmp_path: Path) -> None:
    """It is a problem of that line, and the archive can be used all the same."""
    with Archive(tmp_path) as archive:
        archive.add(replace(article(1), url="https://[muster/nachricht"))
        archive.add(replace(article(2), url=None))
        archive.add(article(3))
    assert origin(tmp_path) == SITE
    with Archive(tmp_path, SITE) as archive:
        assert archive.rebuild() == 3
    assert len([problem for problem in Check(tmp_path).problems() if "url" in problem]) == 2
