"""``ALERT_WEBHOOK``: a line to a chat when a run did not end well, and never more trouble."""

import socket
import threading
from contextlib import suppress
from typing import Any

import pytest

from finnews.reporting import alert as alerts
from finnews.reporting.model import Report
from tests.support.crawling import reserved_port
from tests.support.webhook import PATH, webhook


@pytest.mark.parametrize("status", [302, 404, 500])
def test_an_alert_that_the_webhook_rejects_is_logged(status: int, caplog: Any) -> None:
    """Any status but success is logged with the host, without the secret path."""
    with webhook(status) as (address, taken):
        alerts.alert(address, "text", 1)
    assert len(taken) == 1
    (record,) = caplog.records
    assert (
        record.getMessage() == f"Alert to 127.0.0.1 not sent: status {status}; check ALERT_WEBHOOK"
    )


def test_an_answer_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    """A webhook that sends its answer byte by byte is left when the time for an alert is over."""
    monkeypatch.setattr(alerts, "TIMEOUT", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ended = threading.Event()
        dripping = threading.Thread(target=_drip, args=(listener, ended), daemon=True)
        dripping.start()
        alerts.alert(f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}", "text", 1)
        ended.set()
        dripping.join()
    (record,) = caplog.records
    reason = "no response within 1 s"
    assert record.getMessage() == f"Alert to 127.0.0.1 not sent: {reason}; check ALERT_WEBHOOK"


def _drip(listener: socket.socket, ended: threading.Event) -> None:
    connection, _ = listener.accept()
    with connection, suppress(ConnectionError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        for _ in range(1200):  # a minute: an alert that waits for the end fails then
            if ended.wait(0.05):
                break
            connection.sendall(b".")


def test_a_silent_webhook_is_a_timeout_by_either_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The timeout of the connection and that of the whole alert give the same reason."""
    monkeypatch.setattr(alerts, "TIMEOUT", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}"
        assert alerts.post(address, {}) == "no response within 1 s"


def test_a_refused_connection_is_logged_by_its_reason(caplog: Any) -> None:
    """The log names the kind of error and the host, not the address."""
    with reserved_port() as port:
        alerts.alert(f"http://127.0.0.1:{port}{PATH}", "text", 1)
    (record,) = caplog.records
    reason = "ConnectionError"
    assert record.getMessage() == f"Alert to 127.0.0.1 not sent: {reason}; check ALERT_WEBHOOK"


def test_an_alert_says_what_is_below_the_baseline() -> None:
    """Chats show only the text, so the text itself lists what is below the baseline."""
    report = Report("news", "2026-11-24T06:00:00+00:00", "finished", 4, unusual=["kicker: 0 of 9"])
    message = alerts.message("news finished: …", 4, report, None)
    assert message["text"] == "finnews, below baseline: news finished: …\nkicker: 0 of 9"
    assert message["unusual"] == ["kicker: 0 of 9"]
