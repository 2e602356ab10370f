"""``ALERT_WEBHOOK`` in whole runs: a message if a run did not end well."""

import json
from pathlib import Path

from tests.support.crawling import crawl
from tests.support.webhook import PATH, webhook


def test_a_run_with_errors_posts_an_alert(faulty_site: str, tmp_path: Path) -> None:
    """One POST carries the summary line, the exit status and the path of the report."""
    with webhook() as (address, taken):
        done = crawl("news", faulty_site, tmp_path, "-s", f"ALERT_WEBHOOK={address}")
    assert done.returncode == 1
    ((path, kind, message),) = taken
    assert (path, kind) == (PATH, "application/json")
    assert message["text"].startswith("finnews, errors: news finished: articles 14 written")
    assert (message["status"], message["spider"]) == (1, "news")
    assert message["report"] == str(next((tmp_path / "runs").glob("*.json")))
    assert json.loads(Path(message["report"]).read_text())["status"] == 1


def test_a_run_without_errors_posts_no_alert(faulty_site: str, tmp_path: Path) -> None:
    """Nothing is sent to the webhook."""
    with webhook() as (address, taken):
        options = ("-a", "limit=1", "-s", f"ALERT_WEBHOOK={address}")
        done = crawl("ratings", faulty_site, tmp_path, *options)
    assert (done.returncode, taken) == (0, [])


def test_a_run_that_cannot_start_posts_an_alert(faulty_site: str, tmp_path: Path) -> None:
    """If the output directory is a file, there is no run and no report, but there is an alert."""
    (tmp_path / "output").write_text("")
    with webhook() as (address, taken):
        done = crawl("news", faulty_site, tmp_path / "output", "-s", f"ALERT_WEBHOOK={address}")
    assert done.returncode == 2
    ((_, _, message),) = taken
    assert message["text"].startswith("finnews, wrong usage: news did not start: ")
    assert (message["status"], message["report"]) == (2, None)


def test_a_failed_alert_does_not_change_the_exit_status(faulty_site: str, tmp_path: Path) -> None:
    """The exit status is that of the run; the log has an error for the alert."""
    with webhook(500) as (address, _):
        options = ("-a", "stocks=ZZZZZ9", "-s", f"ALERT_WEBHOOK={address}")
        done = crawl("stocks", faulty_site, tmp_path, *options)
    assert done.returncode == 2
    assert "ERROR: Alert to 127.0.0.1 not sent: status 500" in done.stderr
    assert "geheim" not in done.stderr


def test_a_malformed_webhook_address_is_wrong_usage(faulty_site: str, tmp_path: Path) -> None:
    """The run does not start; the exit status is 2 and the message names the setting."""
    done = crawl("news", faulty_site, tmp_path, "-s", "ALERT_WEBHOOK=hooks.example.com/x")
    assert done.returncode == 2
    assert "ALERT_WEBHOOK" in done.stderr
