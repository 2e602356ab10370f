"""The sample site in a process of its own, over sockets."""

import http.client
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from parsel import Selector

from samplesite.content.truth import truth, write_rows
from samplesite.content.world import World
from samplesite.web.site import Site
from tests.support import ROOT, TIMEOUT
from tests.support.crawling import held, started, until
from tests.support.sites import SITE

BASE = "http://127.0.0.1:8021"


def fetched(address: str) -> tuple[int, str, bytes]:
    """Return status, type and body of an address, over a socket."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_sample_site_prints_its_address_and_ends_on_a_signal(number: signal.Signals) -> None:
    """It prints one line, and either signal ends it with exit status 0."""
    command = (sys.executable, "-m", "samplesite", "--port", 0, "--articles", 3)
    with started(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        assert server.stdout
        line = server.stdout.readline()
        status, _, _ = fetched(line.removeprefix("samplesite: ").strip() + "/rss/news")
        server.send_signal(number)
        rest, errors = server.communicate(timeout=TIMEOUT)
    assert re.fullmatch(r"samplesite: http://127\.0\.0\.1:\d+\n", line)
    assert (status, rest, errors, server.returncode) == (200, "", "", 0)


@pytest.mark.parametrize("options", [["--articles", "many"], ["--port"], ["--stokcs", "3"]])
def test_the_sample_site_rejects_wrong_options(options: list[str]) -> None:
    """The exit status is 2, and the error names the option."""
    command = [sys.executable, "-m", "samplesite", *options]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT, check=False
    )
    assert done.returncode == 2
    assert options[0] in done.stderr


def test_the_sample_site_serves_what_the_world_says(site: str) -> None:
    """Over HTTP come the bytes and types that the site in this process answers."""
    same = Site(SITE, site)
    for path in ("/", "/rss/news", "/index/dax/marktberichte", same.world.articles[0].path):
        answer = same.answer(path)
        assert fetched(site + path) == (200, answer.content_type, answer.body)


def test_a_held_site_answers_the_other_requests_later(site: str) -> None:
    """No request is lost, and none is answered before the site is released."""
    with ThreadPoolExecutor(5) as pool:
        with held(site, 3) as gate:
            requests = [pool.submit(fetched, f"{site}/rss/news") for _ in range(5)]
            until(lambda: gate.waiting == 2)
            assert len(list(islice(as_completed(requests), 3))) == 3
            assert sum(request.done() for request in requests) == 3
        assert [request.result()[0] for request in requests] == [200] * 5


def test_the_canonical_address_of_a_page_is_where_it_is_served(site: str) -> None:
    """The address has the host and port of the server."""
    for article in SITE.articles[:5]:
        _, _, body = fetched(site + article.path)
        page = Selector(body.decode())
        assert page.css("link[rel=canonical]::attr(href)").get() == site + article.path


def test_articles_can_be_hidden_in_one_list_each(tmp_path: Path) -> None:
    """``--hidden-articles`` makes no more articles, and others of some."""
    sizes = ["--articles", "20", "--stocks", "5", "--hidden-articles", "3", "--spiders", "news"]
    command = [sys.executable, "-m", "samplesite", *sizes]
    subprocess.run([*command, "--truth", tmp_path / "a"], cwd=ROOT, timeout=TIMEOUT, check=True)
    write_rows(truth(World(20, 5, hidden_articles=3), BASE, ["news"]), tmp_path / "b")
    written, true = ((tmp_path / name / "articles.jsonl").read_bytes() for name in "ab")
    assert written == true
    assert len(true.splitlines()) == 20


def test_oil_is_served_by_the_type_in_its_address(site: str) -> None:
    """Over HTTP too, and another query is none."""
    paths = [f"{site}/rohstoffe/oelpreis{query}" for query in ("?type=Brent", "?type=WTI", "")]
    bodies = [fetched(path)[2] for path in paths]
    assert len(set(bodies)) == 3
    assert fetched(f"{site}/rohstoffe/oelpreis?sort=1")[2] == bodies[-1]
    assert fetched(f"{site}/rohstoffe/goldpreis?type=Chart")[0] == 200


def test_the_truth_can_be_written_without_serving(tmp_path: Path) -> None:
    """``--truth`` writes a file for each collection and ends."""
    command = [sys.executable, "-m", "samplesite", "--articles", "20", "--stocks", "5"]
    subprocess.run([*command, "--truth", tmp_path / "a"], cwd=ROOT, timeout=TIMEOUT, check=True)
    write_rows(truth(World(20, 5), BASE, ["news"]), tmp_path / "b")
    names = {path.name for path in (tmp_path / "a").iterdir()}
    collections = (*truth(World(20, 5), BASE), "faults")
    assert names == {f"{collection}.jsonl" for collection in collections}
    articles = (tmp_path / "a" / "articles.jsonl").read_bytes()
    assert articles == (tmp_path / "b" / "articles.jsonl").read_bytes()
    assert len(articles.splitlines()) == 20
