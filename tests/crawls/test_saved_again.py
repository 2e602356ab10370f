"""Which saved files a run reads again, and what else works with an archive that has such files."""

import json
import os
from pathlib import Path

import pytest

from finnews.archive.named_locks import named_locks
from finnews.spiders.overlap import run_lock
from samplesite.content.world import World
from tests.crawls.test_saved import ids, run
from tests.support.crash_runs import Crawl, is_through
from tests.support.crawling import Row, as_options, crawl, last_versions, lines, scrapy
from tests.support.scripted import report
from tests.support.sites import SITE
from tests.support.warcs import FINANZEN, article_pages, responses, saved, share_pages, zipped

WORLD = World(articles=6, stocks=2)
PAGES = article_pages(WORLD) | share_pages(WORLD)
RECORDS = responses(PAGES)
KINDS = ("articles", "quotes", "ratings", "events")
NAMES = ("leer zeichen", "müster", "50%25", "a#b?c", "a,b", "[1]", os.fsdecode(b"\xff"))

QUOTE = ("page", "exchange", "price", "bid", "ask", "quoted_at", "isin", "wkn")
RATING = ("id", "page", "firm", "verdict", "price_target", "isin", "wkn")
EVENT = ("page", "event", "period", "date", "eps_actual", "isin", "wkn")


def pages(output: Path) -> int:
    """Return how many pages the last run read."""
    return sum(report(output)["pages"].values())


def test_a_file_is_read_again_if_it_or_what_is_kept_of_it_has_changed(tmp_path: Path) -> None:
    """What has not changed on its pages is not written again."""
    file, output = saved(tmp_path / "a.warc.gz", zipped(*RECORDS)), tmp_path / "out"
    first: dict[str, list[Row]] = {}
    for options, number in (
        ((), len(PAGES)),
        ((), 0),
        (("-s", "ARTICLE_BODY=lead"), len(PAGES)),
        (("-a", "since=2020-01-01"), len(PAGES)),
        (("-a", f"url={FINANZEN}"), len(PAGES)),
    ):
        done = run(output, file, *options)
        assert (done.returncode, pages(output)) == (0, number), done.stderr
        assert report(output)["unusual"] == []
        first = first or {kind: lines(output, kind) for kind in KINDS}
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1))
    assert run(output, file).returncode == 0
    assert pages(output) == len(PAGES)
    with file.open("ab") as more:
        more.write(zipped(RECORDS[0]))
    assert run(output, file).returncode == 0
    assert pages(output) == len(PAGES) + 1
    assert {kind: lines(output, kind) for kind in KINDS} == first


def test_the_archive_commands_know_the_checkpoints_of_files(tmp_path: Path) -> None:
    """Of files whatever their names; a copy of the archive reads none of them again."""
    for name, record in zip(NAMES, RECORDS, strict=False):
        saved(tmp_path / "in" / f"{name}.warc", record)
    saved(tmp_path / "in" / f"{NAMES[-1]}.warc.gz", zipped(RECORDS[0])[:-20])
    (tmp_path / "in" / "a.warc").symlink_to(tmp_path / "in" / "müster.warc")
    output, copy = tmp_path / "out", tmp_path / "copy"
    done = run(output, tmp_path / "in")
    assert (done.returncode, pages(output)) == (1, len(NAMES) + 1), done.stderr
    assert len(report(output)["errors"]) == 1
    settings = as_options({"OUTPUT_DIR": output})
    assert scrapy("archive", "rebuild", *settings).returncode == 0
    checked = scrapy("archive", "check", *settings)
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.endswith("problems: none\n")
    assert scrapy("archive", "compact", str(copy), *settings).returncode == 0
    query = "SELECT count(*) AS files FROM checkpoints WHERE file.is_read"
    told = scrapy("archive", "sql", "--json", query, *as_options({"OUTPUT_DIR": copy}))
    assert json.loads(told.stdout) == {"files": len(NAMES) + 2}, told.stderr
    assert run(copy, tmp_path / "in").returncode == 0
    assert pages(copy) == 0
    assert {row["url"][:8] for row in lines(copy, "checkpoints")} == {"file:///"}
    other = crawl("saved", "https://muster.example", copy, "-a", f"files={tmp_path}")
    assert other.returncode == 2
    assert "is an archive of www.finanzen.net" in other.stderr


def test_an_archive_that_has_only_read_files_is_of_no_site_yet(tmp_path: Path) -> None:
    """The crawls of any site can begin in it."""
    file = saved(tmp_path / "a.warc", *responses(dict.fromkeys(["https://a.example/b"], b"")))
    assert run(tmp_path / "out", file).returncode == 0
    assert len(lines(tmp_path / "out", "checkpoints")) == 1
    done = crawl("saved", "https://a.example", tmp_path / "out", "-a", f"files={file}")
    assert done.returncode == 0, done.stderr


def test_two_runs_at_once_write_each_item_once(tmp_path: Path) -> None:
    """They read different files into one archive; a third with the arguments of one does not."""
    files = [saved(tmp_path / f"{half}.warc", *RECORDS[half::2]) for half in (0, 1)]
    both, alone = tmp_path / "both", tmp_path / "alone"
    crawls = [Crawl("saved", FINANZEN, both, options=("-a", f"files={file}")) for file in files]
    with crawls[0].started() as first, crawls[1].started() as second:
        assert (is_through(first), is_through(second)) == (True, True)
    assert run(alone, tmp_path).returncode == 0
    for kind in ("articles", "quotes", "ratings", "events", "instruments"):
        keys = [sorted(row["key"] for row in last_versions(each, kind)) for each in (both, alone)]
        assert keys[0] == keys[1]
    locks = named_locks(both)
    assert locks.acquire(run_lock("saved", {"files": str(files[0])}), locks)
    done = run(both, files[0])
    locks.release_all(locks)
    assert (done.returncode, "saved is already running" in done.stderr) == (0, True)


def test_feeds_get_what_is_archived(tmp_path: Path) -> None:
    """And the table of runs has the run."""
    file, feed = saved(tmp_path / "a.warc", *RECORDS), tmp_path / "out.jsonl"
    assert run(tmp_path / "out", file, "-O", str(feed)).returncode == 0
    rows = [json.loads(line) for line in feed.read_text().splitlines()]
    assert [row["id"] for row in rows if "headline" in row] == ids(tmp_path / "out")
    assert len(rows) == sum(
        len(lines(tmp_path / "out", kind)) for kind in ("articles", "quotes", "ratings", "events")
    )
    listed = scrapy("runs", *as_options({"OUTPUT_DIR": tmp_path / "out"}))
    assert listed.returncode == 0
    assert " saved " in listed.stdout.splitlines()[1]


@pytest.mark.parametrize("is_zipped", [False, True], ids=["plain", "gzip"])
def test_scrapys_cache_gives_what_the_crawl_gave(
    site: str, tmp_path: Path, *, is_zipped: bool
) -> None:
    """Its folders are read in another order than the crawl requested the pages."""
    cache: dict[str, object] = {"HTTPCACHE_ENABLED": True, "HTTPCACHE_EXPIRATION_SECS": 300}
    cache |= {"HTTPCACHE_DIR": tmp_path / "cache", "HTTPCACHE_GZIP": is_zipped}
    stocks = ("-a", f"stocks={SITE.stocks[0].page}", *as_options(cache))
    assert crawl("stocks", site, tmp_path / "live", *stocks).returncode == 0
    done = crawl("saved", site, tmp_path / "out", "-a", f"files={tmp_path / 'cache'}")
    assert done.returncode == 0, done.stderr
    for kind, names in (("quotes", QUOTE), ("ratings", RATING), ("events", EVENT)):
        read, crawled = (
            {tuple(row[name] for name in names) for row in last_versions(tmp_path / output, kind)}
            for output in ("out", "live")
        )
        assert read == crawled
        assert len(read) > 2
    assert abs(len(list((tmp_path / "cache").rglob("meta"))) - pages(tmp_path / "out")) <= 1
