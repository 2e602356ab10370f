"""A crawl into an archive of version 1.0, whose checkpoints have another name and another key."""

from pathlib import Path

from tests.support.crawling import crawl

SAID = "walks.jsonl is not read by this version"


def test_former_checkpoints_are_not_passed_over_in_silence(site: str, tmp_path: Path) -> None:
    """One line says so when lists are read, until the file is converted."""
    former = tmp_path / "walks.jsonl"
    former.write_text('{"url":"https://www.finanzen.net/analysen"}\n')
    assert crawl("news", site, tmp_path, "-a", "limit=1").stderr.count(SAID) == 1
    assert SAID not in crawl("stocks", site, tmp_path, "-a", "stocks=unbekannt").stderr
    former.rename(tmp_path / "checkpoints.jsonl")
    assert SAID not in crawl("news", site, tmp_path, "-a", "limit=1").stderr
