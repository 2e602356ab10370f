"""``ALERT_WEBHOOK``: a line to a chat when a run did not end well, and never more trouble."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from finnews.reporting import alert as alerts
from finnews.reporting.model import Report
from tests.crawling import crawl, reserved_port, sample_site

PATH = "/services/T0/geheim"


class Webhook(ThreadingHTTPServer):
    """Takes messages on loopback, and answers each with one status."""

    def __init__(self, status: int) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.status = status
        self.taken: list[Any] = []


class Answer(BaseHTTPRequestHandler):
    """The answer to one message."""

    server: Webhook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, self.headers["Content-Type"], json.loads(body)))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def webhook(status: int = 200) -> Iterator[tuple[str, list[Any]]]:
    """Serve a webhook; give its address and what it takes."""
    with Webhook(status) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{PATH}", server.taken
        server.shutdown()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A sample site with broken pages: a run that reads it all ends with status 1."""
    with sample_site("--articles", "5", "--faults") as address:
        yield address


def test_a_run_that_ends_badly_is_told(site: str, tmp_path: Path) -> None:
    """One POST with the summary line, the status, and where the report is."""
    with webhook() as (address, taken):
        done = crawl("news", site, tmp_path, "-s", f"ALERT_WEBHOOK={address}")
    assert done.returncode == 1
    ((path, kind, message),) = taken
    assert (path, kind) == (PATH, "application/json")
    assert message["text"].startswith("finnews, errors: news finished: articles 7 written")
    assert (message["status"], message["spider"]) == (1, "news")
    assert message["report"] == str(next((tmp_path / "runs").glob("*.json")))
    assert json.loads(Path(message["report"]).read_text())["status"] == 1


def test_a_run_that_ends_well_is_not(site: str, tmp_path: Path) -> None:
    """Nothing is sent."""
    with webhook() as (address, taken):
        options = ("-a", "limit=1", "-s", f"ALERT_WEBHOOK={address}")
        done = crawl("ratings", site, tmp_path, *options)
    assert (done.returncode, taken) == (0, [])


def test_a_run_that_cannot_start_is_told(site: str, tmp_path: Path) -> None:
    """The archive's place is a file: no run, no report, but an alert."""
    (tmp_path / "output").write_text("")
    with webhook() as (address, taken):
        done = crawl("news", site, tmp_path / "output", "-s", f"ALERT_WEBHOOK={address}")
    assert done.returncode == 1
    ((_, _, message),) = taken
    assert message["text"].startswith("finnews, errors: news did not start: ")
    assert (message["status"], message["report"]) == (1, None)


@pytest.mark.parametrize("status", [302, 404, 500])
def test_an_alert_is_taken_or_not(status: int, caplog: Any) -> None:
    """Whatever is not a success is logged, without the address's secret."""
    with webhook(status) as (address, taken):
        alerts.alert(address, "text", 1)
    assert len(taken) == 1
    (record,) = caplog.records
    assert record.getMessage() == f"The alert to 127.0.0.1 was not sent: status {status}"


def test_an_alert_that_fails_does_not_change_the_status(site: str, tmp_path: Path) -> None:
    """The exit status is that of the run, and the log tells of the alert."""
    with webhook(500) as (address, _):
        options = ("-a", "stocks=ZZZZZ9", "-s", f"ALERT_WEBHOOK={address}")
        done = crawl("stocks", site, tmp_path, *options)
    assert done.returncode == 2
    assert "ERROR: The alert to 127.0.0.1 was not sent: status 500" in done.stderr
    assert "geheim" not in done.stderr


def test_an_alert_never_hangs(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    """A server that drips its answer is given up when patience ends."""
    monkeypatch.setattr(alerts, "PATIENCE", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ended = threading.Event()
        dripping = threading.Thread(target=_drip, args=(listener, ended), daemon=True)
        dripping.start()
        alerts.alert(f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}", "text", 1)
        ended.set()
        dripping.join()
    (record,) = caplog.records
    assert record.getMessage() == "The alert to 127.0.0.1 was not sent: no answer within 1 s"


def _drip(listener: socket.socket, ended: threading.Event) -> None:
    connection, _ = listener.accept()
    with connection, suppress(ConnectionError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        for _ in range(1200):  # a minute: an alert that waits for the end fails then
            if ended.wait(0.05):
                break
            connection.sendall(b".")


def test_silence_has_the_same_name_whichever_clock_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection's patience and that of the whole alert run out together."""
    monkeypatch.setattr(alerts, "PATIENCE", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}"
        assert alerts.failure(address, {}) == "no answer within 1 s"


def test_nobody_listens(caplog: Any) -> None:
    """The reason is named, not the address."""
    with reserved_port() as port:
        alerts.alert(f"http://127.0.0.1:{port}{PATH}", "text", 1)
    (record,) = caplog.records
    assert record.getMessage() == "The alert to 127.0.0.1 was not sent: ConnectionError"


def test_an_address_that_is_none_is_wrong_usage(site: str, tmp_path: Path) -> None:
    """Said before the run, not after it."""
    done = crawl("news", site, tmp_path, "-s", "ALERT_WEBHOOK=hooks.example.com/x")
    assert done.returncode == 2
    assert "ALERT_WEBHOOK" in done.stderr


def test_what_is_missing_is_in_the_text() -> None:
    """Chats show the text alone, so it names what is less than usual."""
    report = Report("news", "2026-11-24T06:00:00+00:00", "finished", 4, unusual=["kicker: 0 of 9"])
    message = alerts.message("news finished: …", 4, report, None)
    assert message["text"] == "finnews, less than usual: news finished: …\nkicker: 0 of 9"
    assert message["unusual"] == ["kicker: 0 of 9"]
