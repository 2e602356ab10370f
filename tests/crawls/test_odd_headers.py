"""Headers whose numbers and dates no program can hold."""

from pathlib import Path

import pytest

from tests.support.crawling import crawl, lines
from tests.support.scripted import WORLD, Reply, Script, ScriptedSite, scripted_site

HUGE = "9" * 20
NEVER = "Tue, 24 Nov 99999999999 08:00:30 GMT"
ARTICLE = WORLD.articles[2].path

each_transport = pytest.mark.parametrize("transport", ["http2", "http1"])


def once(status: int, *headers: tuple[str, str]) -> Script:
    """Return the script of a site whose first answer for an article has this status."""
    return lambda path, before: (
        Reply(status, headers=headers) if path == ARTICLE and not before else None
    )


@each_transport
@pytest.mark.parametrize(
    "wait", [HUGE, "9" * 5000, NEVER, f"Tue, 24 Nov {HUGE}{HUGE} 08:00:30 GMT"]
)
def test_a_wait_without_end_is_a_refusal(wait: str, transport: str, tmp_path: Path) -> None:
    """The exit status is 3, and nothing is logged but the one line."""
    with scripted_site(once(503, ("Retry-After", wait))) as site:
        done = crawl("news", site.address, tmp_path, "-s", f"TRANSPORT={transport}")
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert [row["reason"] for row in lines(tmp_path, "rejected")] == ["refused"]


@each_transport
@pytest.mark.parametrize(
    "headers",
    [
        [("Retry-After", "-5")],
        [("Retry-After", "\xb2")],
        [("Retry-After", "1e400")],
        [("Retry-After", "1"), ("Date", NEVER)],
        [("Retry-After", "1"), ("Date", f"Tue, 24 Nov 2026 08:00:30 +{HUGE}")],
    ],
)
def test_a_wait_that_is_no_number_is_not_kept(
    headers: list[tuple[str, str]], transport: str, tmp_path: Path
) -> None:
    """The page is requested again like any other that failed."""
    with scripted_site(once(503, *headers)) as site:
        done = crawl("news", site.address, tmp_path, "-s", f"TRANSPORT={transport}")
    assert done.returncode == 0, done.stderr
    assert len(lines(tmp_path, "articles")) == len(WORLD.articles)


@each_transport
def test_no_header_of_a_page_reaches_the_log_as_an_exception(
    transport: str, tmp_path: Path
) -> None:
    """What can be read is read in this run and the next; a wrong length is told."""
    dates = (("Date", NEVER), ("Last-Modified", NEVER), ("Expires", HUGE), ("Age", HUGE))
    lengths = [HUGE, "9" * 5000, "-5", "\xb2"]
    paths = dict(zip((article.path for article in WORLD.articles), lengths, strict=False))

    def script(path: str, _: int) -> Reply | None:
        answer = site.site.answer(path)
        if answer.status != 200:
            return None
        length = (("Content-Length", paths[path]),) if path in paths else ()
        kind = ("Content-Type", answer.content_type)
        return Reply(200, answer.body, (kind, *dates, *length))

    site: ScriptedSite
    with scripted_site(script) as site:
        options = ("-s", f"TRANSPORT={transport}", "-s", "LONGEST_BACKOFF=0.1")
        for _ in range(2):
            done = crawl("news", site.address, tmp_path, *options)
            assert done.returncode == 1, done.stderr
            assert "Traceback" not in done.stderr
    rejected = {row["url"].removeprefix(site.address) for row in lines(tmp_path, "rejected")}
    assert rejected == paths.keys()
    assert len(lines(tmp_path, "articles")) == len(WORLD.articles) - len(paths)
