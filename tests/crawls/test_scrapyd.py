"""finnews under a real Scrapyd: deployed by scrapyd-deploy, scheduled, with its exit statuses."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from finnews.reporting.runs import last
from tests.support import TIMEOUT
from tests.support.crawling import held, lines, until
from tests.support.installing import copied_checkout
from tests.support.scrapyd import Scrapyd, deploy, scrapyd


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scrapyd]:
    """A server to which the checkout was deployed."""
    directory = tmp_path_factory.mktemp("scrapyd")
    checkout = copied_checkout(directory / "checkout")
    before = _tree(checkout)
    with scrapyd(directory) as running:
        deploy(checkout, running)
        assert _tree(checkout) == before, "scrapyd-deploy leaves files in the checkout"
        yield running


def _tree(checkout: Path) -> list[Path]:
    return sorted(path for path in checkout.rglob("*") if "__pycache__" not in path.parts)


def test_the_egg_holds_the_package_alone(server: Scrapyd) -> None:
    """Neither tests nor what a crawl wrote."""
    (egg,) = server.directory.glob("eggs/finnews/*.egg")
    with ZipFile(egg) as files:
        assert {name.partition("/")[0] for name in files.namelist()} == {"finnews", "EGG-INFO"}
        assert b"settings = finnews.settings" in files.read("EGG-INFO/entry_points.txt")
    assert server.asked("listspiders")["spiders"] == ["news", "ratings", "saved", "stocks"]


def test_all_spiders_run_to_their_end(server: Scrapyd, site: str, tmp_path: Path) -> None:
    """Each finds its items, and its process ends with the exit status of the report."""
    settings = {"SITE_URL": site, "OUTPUT_DIR": tmp_path, "DOWNLOAD_DELAY": 0}
    arguments = {"news": {"limit": "5"}, "stocks": {"index": "dax"}, "ratings": {"limit": "5"}}
    jobs = {name: server.schedule(name, settings, **given) for name, given in arguments.items()}
    server.wait_for(*jobs.values())
    for spider, job in jobs.items():
        assert server.status(job) == 0, server.log(spider, job)
    runs = {report.spider: report for report in last(tmp_path, 9)}
    assert {name: report.arguments for name, report in runs.items()} == arguments
    assert {report.status for report in runs.values()} == {0}
    assert len(lines(tmp_path, "articles")) >= 5
    assert lines(tmp_path, "quotes")
    assert lines(tmp_path, "ratings")


def test_a_relative_output_dir_is_in_scrapyd_s_working_directory(
    server: Scrapyd, site: str
) -> None:
    """Not in the checkout from which it was deployed."""
    settings = {"SITE_URL": site, "OUTPUT_DIR": "relative", "DOWNLOAD_DELAY": 0}
    job = server.schedule("news", settings, limit="1")
    server.wait_for(job)
    assert server.status(job) == 0
    assert len(lines(server.directory / "relative", "articles")) == 1


def test_wrong_usage_is_one_line_in_the_log_of_the_run(server: Scrapyd, tmp_path: Path) -> None:
    """Though it is said before Scrapy logs anything."""
    job = server.schedule("news", {"OUTPUT_DIR": tmp_path / "none"}, files="x")
    server.wait_for(job)
    assert server.status(job) == 2
    log = server.log("news", job)
    assert log.startswith("finnews: unknown argument files; news takes ")
    assert log.count("\n") == 1
    assert not (tmp_path / "none").exists()


def test_a_cancelled_run_writes_its_report(server: Scrapyd, long_site: str, tmp_path: Path) -> None:
    """It ends by itself, with the exit status of SIGINT, which Scrapyd sends."""
    settings = {"SITE_URL": long_site, "OUTPUT_DIR": tmp_path, "DOWNLOAD_DELAY": 0}
    with held(long_site, after=10) as gate:
        job = server.schedule("news", settings | {"DOWNLOAD_TIMEOUT": TIMEOUT})
        until(lambda: gate.waiting)
        server.cancel(job)
        gate.open()
        server.wait_for(job)
    assert server.status(job) == 130
    (report,) = last(tmp_path, 2)
    assert report.status == 130
