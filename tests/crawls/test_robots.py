"""robots.txt: what counts as rules, and what never means that everything is allowed."""

import gzip
import random
from pathlib import Path

import pytest

from tests.support.crawling import crawl, last_versions, lines
from tests.support.scripted import BLOCK_PAGES, Reply, Script, block_page, scripted_site

MEGABYTE = 1_000_000
ONE_ARTICLE = ("-a", "limit=1")


def answering(reply: Reply) -> Script:
    """Return the script of a site whose robots.txt is answered so."""
    return lambda path, _: reply if path == "/robots.txt" else None


def rules(*rows: str) -> Script:
    """Return the script of a site with these rules."""
    return answering(Reply(body="\n".join(rows).encode()))


@pytest.mark.parametrize(
    "name",
    [
        "denied_403-edge.html",
        "challenge_503-moment.html",
        "status-401_401-plain.txt",
    ],
)
def test_a_refused_robots_txt_is_a_refusal(name: str, tmp_path: Path) -> None:
    """The exit status is 3 with one line, and no page is requested."""
    with scripted_site(answering(block_page(BLOCK_PAGES / name))) as site:
        done = crawl("news", site.address, tmp_path)
    assert (done.returncode, site.paths) == (3, []), done.stderr
    assert done.stderr.count(", so no page is requested. ") == 1
    assert "Traceback" not in done.stderr


def test_a_robots_txt_that_is_a_web_page_is_a_refusal(tmp_path: Path) -> None:
    """Any web page may be a block page that is not known yet."""
    page = Reply(body=b"<!doctype html><title>Willkommen</title></html>")
    with scripted_site(answering(page)) as site:
        done = crawl("news", site.address, tmp_path)
    assert (done.returncode, site.paths) == (3, []), done.stderr
    assert 'page "Willkommen" instead of rules' in done.stderr


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500, b"User-agent: *\nAllow: /"),
        Reply(0),
        Reply(302, headers=(("Location", "http://partner.invalid/robots.txt"),)),
    ],
    ids=["500", "closed", "leading-off-the-site"],
)
def test_a_robots_txt_that_cannot_be_fetched_forbids_everything(
    reply: Reply, tmp_path: Path
) -> None:
    """The exit status is 1, the finish reason ``unavailable``, and no page is requested."""
    with scripted_site(answering(reply)) as site:
        done = crawl("news", site.address, tmp_path)
    assert (done.returncode, site.paths) == (1, []), done.stderr
    assert "Spider closed (unavailable)" in done.stderr
    assert done.stderr.count(", so no page is requested. ") == 1
    assert not (tmp_path / "rejected").exists()
    assert "Traceback" not in done.stderr


def test_a_busy_robots_txt_is_requested_again(tmp_path: Path) -> None:
    """It is requested again after the wait that it asks for."""
    busy = Reply(429, headers=(("Retry-After", "2"),))

    def script(path: str, before: int) -> Reply | None:
        return busy if path == "/robots.txt" and not before else None

    with scripted_site(script) as site:
        done = crawl("news", site.address, tmp_path, *ONE_ARTICLE)
    assert done.returncode == 0, done.stderr
    assert site.asked[1].path == "/robots.txt"
    assert site.asked[1].at - site.asked[0].at >= 2


@pytest.mark.parametrize("status", [404, 410])
def test_a_missing_robots_txt_forbids_nothing(status: int, tmp_path: Path) -> None:
    """This holds even if the site answers 404 with a web page."""
    gone = Reply(status, b"<html><title>Nicht gefunden</title></html>")
    with scripted_site(answering(gone)) as site:
        done = crawl("news", site.address, tmp_path, *ONE_ARTICLE)
    assert done.returncode == 0, done.stderr
    assert len(last_versions(tmp_path, "articles")) == 1


def test_a_redirect_of_robots_txt_on_the_site_is_followed(tmp_path: Path) -> None:
    """The rules are those at its end."""
    script = {
        "/robots.txt": Reply(301, headers=(("Location", "/rules.txt"),)),
        "/rules.txt": Reply(body=b"User-agent: *\nDisallow: /rss/"),
    }
    with scripted_site(lambda path, _: script.get(path)) as site:
        done = crawl("news", site.address, tmp_path, *ONE_ARTICLE)
    assert done.returncode == 0, done.stderr
    assert not [path for path in site.paths if path.startswith("/rss/")]


@pytest.mark.parametrize("spider", [("news",), ("stocks", "-a", "stocks=musterwerk")])
def test_a_robots_txt_that_forbids_everything_ends_the_run(
    spider: tuple[str, ...], tmp_path: Path
) -> None:
    """The exit status is 3 with one line, not "done" with nothing."""
    with scripted_site(rules("User-agent: *", "Disallow: /")) as site:
        done = crawl(spider[0], site.address, tmp_path, *spider[1:])
    assert (done.returncode, site.paths) == (3, []), done.stderr
    assert done.stderr.count("robots.txt disallows every page") == 1
    assert "Spider closed (forbidden)" in done.stderr


def test_rules_for_finnews_go_before_rules_for_all(tmp_path: Path) -> None:
    """Only the group that names finnews counts."""
    ours = ("User-agent: finnews", "Disallow: /rss/", "User-agent: *", "Disallow: /")
    with scripted_site(rules(*ours)) as site:
        done = crawl("news", site.address, tmp_path, *ONE_ARTICLE)
    assert done.returncode == 0, done.stderr
    assert site.paths
    assert not [path for path in site.paths if path.startswith("/rss/")]


def test_half_a_megabyte_of_robots_txt_is_read(tmp_path: Path) -> None:
    """Bytes that are no rules are ignored, and so is the rest of a larger file."""
    noise = random.Random(1).randbytes(100_000)
    head = b"User-agent: *\nDisallow: /rss/\n" + noise + b"\nDisallow: /nachrichten/\n"
    filler = b"Disallow: /muster/%d\n" * (10 * MEGABYTE // 21)
    body = head + filler + b"Disallow: /\n"
    with scripted_site(answering(Reply(body=body))) as site:
        done = crawl("news", site.address, tmp_path, *ONE_ARTICLE)
    assert len(body) > 9 * MEGABYTE
    assert done.returncode == 0, done.stderr
    assert "/index/dax/marktberichte" in site.paths
    assert not [path for path in site.paths if path.startswith(("/rss/", "/nachrichten/"))]
    assert lines(tmp_path, "articles")


def test_a_very_long_crawl_delay_is_a_refusal(tmp_path: Path) -> None:
    """A page a day is a refusal, with exit status 3."""
    with scripted_site(rules("User-agent: *", "Crawl-delay: 86400")) as site:
        done = crawl("news", site.address, tmp_path)
    assert (done.returncode, site.paths) == (3, []), done.stderr
    assert "a Crawl-delay of 86400 s" in done.stderr


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (b"Service unavailable", '"Service unavailable" instead of rules'),
        (b'{"status": 503}', "instead of rules"),
        (gzip.compress(b"User-agent: *\nAllow: /\n"), "instead of rules"),
        ("User-agent: *\nAllow: /\n".encode("utf-16-le"), "instead of rules"),
    ],
    ids=["sentence", "json", "gzip", "utf-16"],
)
def test_a_robots_txt_that_is_no_text_of_rules_is_a_refusal(
    body: bytes, seen: str, tmp_path: Path
) -> None:
    """It says nothing about what is allowed: the exit status is 3, and no page is requested."""
    with scripted_site(answering(Reply(body=body))) as site:
        done = crawl("news", site.address, tmp_path)
    assert (done.returncode, site.paths) == (3, []), done.stderr
    assert seen in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["finnews/1.0", "FinNews"])
def test_rules_for_finnews_may_name_a_version(name: str, tmp_path: Path) -> None:
    """They are for us, whatever the letters, also in UTF-16 with its byte order mark."""
    ours = f"User-agent: {name}\nDisallow: /rss/\nUser-agent: *\nDisallow: /\n"
    with scripted_site(answering(Reply(body=ours.encode("utf-16")))) as site:
        done = crawl("news", site.address, tmp_path, *ONE_ARTICLE)
    assert done.returncode == 0, done.stderr
    assert site.paths
    assert not [path for path in site.paths if path.startswith("/rss/")]


@pytest.mark.parametrize("delay", ["1e400", "nan", "-1", "²", "9" * 400])
def test_a_crawl_delay_that_is_no_number_is_none(delay: str, tmp_path: Path) -> None:
    """It is as if it were not there."""
    with scripted_site(rules("User-agent: *", f"Crawl-delay: {delay}")) as site:
        done = crawl("news", site.address, tmp_path, *ONE_ARTICLE)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
