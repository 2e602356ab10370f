"""Crawls that keep what they get, with ``-s SAVE_PAGES=warc``."""

from datetime import datetime
from pathlib import Path

import pytest

from samplesite.content.truth import truth
from tests.support import TIMEOUT
from tests.support.crash_runs import Crawl, is_whole
from tests.support.crawling import as_options, crawl, differences, lines, scrapy
from tests.support.raw_site import raw_site
from tests.support.saving import PAGE, SAVING, answer, fetch, sized
from tests.support.scripted import WORLD, Reply, scripted_site
from tests.support.sites import LONG_SITE, SITE
from tests.support.warc import records, responses, warc_files


def test_every_request_of_a_run_has_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the bytes that were served: robots.txt, redirects, refusals, errors and retries."""
    moved, gone, busy, refused = (article.path for article in WORLD.articles[:4])
    scripted = {
        moved: Reply(301, b"moved", (("Location", f"{moved}?moved"),)),
        gone: Reply(404, b"gone"),
        busy: Reply(503, b"busy"),
        refused: Reply(403, b"<title>Access Denied</title>"),
    }

    def script(path: str, before: int) -> Reply | None:
        return scripted.get(path) if not before or path in (gone, refused) else None

    with scripted_site(script) as site:
        served: list[tuple[str, int, bytes]] = []
        reply = site.reply

        def noting(target: str) -> Reply:
            replied = reply(target)
            served.append((target, replied.status, replied.body))
            return replied

        monkeypatch.setattr(site, "reply", noting)
        done = crawl("news", site.address, tmp_path, *SAVING)
    assert done.returncode == 1, done.stderr
    saved = [(record.target, record.status, record.body) for record in responses(tmp_path)]
    assert sorted(saved) == sorted(served)
    assert {200, 301, 403, 404, 503} == {status for _, status, _ in saved}
    assert saved[0][0] == "/robots.txt"
    (run,) = (tmp_path / "runs").iterdir()
    (file,) = warc_files(tmp_path)
    assert run.name.rpartition("-")[0] == file.name.removesuffix(".warc.gz")
    assert f"isPartOf: {run.stem}\r\n".encode() in records(file)[0].body


def test_items_are_of_the_second_of_their_pages_records(site: str, tmp_path: Path) -> None:
    """So that what is read of the file later has the same time: one clock is asked, once."""
    late = as_options({"SPIDER_MODULES": "tests.support.late_spider"})
    assert crawl("news", site, tmp_path, *late, *SAVING).returncode == 0
    assert differences(tmp_path, truth(SITE, site, ["news"])) == []
    dates = {
        record.fields["WARC-Target-URI"]: datetime.fromisoformat(record.fields["WARC-Date"])
        for record in responses(tmp_path)
    }
    articles = lines(tmp_path, "articles")
    assert articles
    for row in articles:
        assert datetime.fromisoformat(row["fetched_at"]) == dates[row["url"]]


def test_what_comes_from_the_cache_was_not_received(tmp_path: Path) -> None:
    """It has no second record; that it was asked whether it is still the same has one."""
    tagged = sized("200 OK", PAGE, 'ETag: "1"', "Cache-Control: max-age=600")
    stale = sized("200 OK", PAGE, 'ETag: "1"', "Cache-Control: max-age=0")
    unchanged = answer("304 Not Modified", b"", 'ETag: "1"')
    caching = {
        "HTTPCACHE_ENABLED": True,
        "HTTPCACHE_DIR": tmp_path / "cache",
        "HTTPCACHE_POLICY": "scrapy.extensions.httpcache.RFC2616Policy",
    }
    with raw_site({"/fresh": [tagged], "/stale": [stale, unchanged]}) as site:
        for output in (tmp_path / "first", tmp_path / "second"):
            done = fetch(site, output, ["/fresh", "/stale"], *as_options(caching))
            assert done.stderr.count("Fetched 200 ") == 2, done.stderr
    first = {(record.target, record.status) for record in responses(tmp_path / "first")}
    assert first == {("/robots.txt", 200), ("/fresh", 200), ("/stale", 200)}
    second = {(record.target, record.status) for record in responses(tmp_path / "second")}
    assert second - {("/robots.txt", 200)} == {("/stale", 304)}
    assert len(site.asked) == len(responses(tmp_path / "first") + responses(tmp_path / "second"))


def test_a_large_run_has_several_files(tmp_path: Path) -> None:
    """Each with a first record of its own; all together have each page once."""
    paths = [f"/{number}" for number in range(30)]
    with raw_site({path: [sized("200 OK", path.encode() * 200)] for path in paths}) as site:
        done = fetch(site, tmp_path, paths, "-s", "MOST_BYTES=4000")
    assert done.returncode == 0, done.stderr
    files = warc_files(tmp_path)
    assert len(files) > 3
    name = min(file.name for file in files).partition(".")[0].removesuffix("-2")
    numbered = {f"{name}-{number}.warc.gz" for number in range(2, len(files) + 1)}
    assert {file.name for file in files} == {f"{name}.warc.gz", *numbered}
    saved = [record.target for record in responses(tmp_path)]
    assert sorted(saved) == sorted(["/robots.txt", *paths])


def test_crawls_at_once_have_files_of_their_own(long_site: str, tmp_path: Path) -> None:
    """One that starts while another writes does not touch what that one writes."""
    first = Crawl("news", long_site, tmp_path, options=SAVING)
    second = Crawl("ratings", long_site, tmp_path, options=SAVING)
    with first.started() as one, second.started() as other:
        logs = [process.communicate(timeout=TIMEOUT)[1] for process in (one, other)]
    assert (one.returncode, other.returncode) == (0, 0), logs
    assert "cut off" not in "".join(logs)
    assert len(warc_files(tmp_path)) == 2
    is_whole(tmp_path, LONG_SITE, long_site, "news", "ratings")
    of_each = [
        {record.target for record in records(file) if record.kind == "response"}
        for file in warc_files(tmp_path)
    ]
    assert all("/robots.txt" in targets for targets in of_each)
    assert sum(map(len, of_each)) > len(LONG_SITE.articles)


def test_a_file_in_the_place_of_the_folder_is_named(site: str, tmp_path: Path) -> None:
    """In one line, before any request; a link to a folder elsewhere is a folder."""
    output, elsewhere = tmp_path / "output", tmp_path / "elsewhere"
    output.mkdir()
    (output / "pages").touch()
    done = crawl("news", site, output, *SAVING)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"{output / 'pages'} is a file, where a folder belongs" in done.stderr
    (output / "pages").unlink()
    elsewhere.mkdir()
    (output / "pages").symlink_to(elsewhere)
    assert crawl("news", site, output, "-a", "limit=1", *SAVING).returncode == 0
    assert len(list(elsewhere.iterdir())) == 1


def test_pages_are_saved_only_if_that_is_set(site: str, tmp_path: Path) -> None:
    """There is no folder for them; an empty value is none, too."""
    for number, options in enumerate(((), ("-s", "SAVE_PAGES="))):
        output = tmp_path / str(number)
        assert crawl("news", site, output, "-a", "limit=1", *options).returncode == 0
        assert not (output / "pages").exists()


@pytest.mark.parametrize("value", ["zip", "WARC", "True"])
def test_another_value_is_wrong_usage(value: str, tmp_path: Path) -> None:
    """The error is one line, before anything is requested or written."""
    output = tmp_path / "output"
    done = scrapy("crawl", "news", *as_options({"SAVE_PAGES": value, "OUTPUT_DIR": output}))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"finnews: SAVE_PAGES={value}: expected warc\n"
    assert not output.exists()


@pytest.mark.parametrize(
    "command",
    [
        "fetch {site}/rss/news --spider news",
        "shell {site}/rss/news --spider news -c response.status",
        "parse {site}/rss/news --spider news",
        "probe {site}/rss/news",
    ],
)
def test_a_look_at_a_page_saves_nothing(command: str, site: str, tmp_path: Path) -> None:
    """It leaves no folder, and says nothing of one."""
    settings = {"SITE_URL": site, "OUTPUT_DIR": tmp_path / "output", "DOWNLOAD_DELAY": 0}
    done = scrapy(*command.format(site=site).split(), *as_options(settings), *SAVING)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
