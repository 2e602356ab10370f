"""A crawl of one site and the archive of another."""

from pathlib import Path

from tests.support.crawling import archived, crawl


def test_a_crawl_does_not_write_into_the_archive_of_another_site(
    site: str, faulty_site: str, tmp_path: Path
) -> None:
    """It is wrong usage; the one line says of which site the archive is, and what to do."""
    assert crawl("news", site, tmp_path, "-a", "limit=2").returncode == 0
    before = archived(tmp_path)
    done = crawl("news", faulty_site, tmp_path)
    assert (done.returncode, archived(tmp_path)) == (2, before)
    (line,) = (line for line in done.stderr.splitlines() if line.startswith("finnews: "))
    host, other = (address.removeprefix("http://") for address in (site, faulty_site))
    assert f"archive of {host}; crawl {other} into another directory" in line
    assert crawl("news", site, tmp_path, "-a", "limit=2").returncode == 0
