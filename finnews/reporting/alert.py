"""Alerts a chat or a monitor to a run that did not end with 0: a POST of one JSON object."""

import logging
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import requests

from finnews.outcome import MEANING
from finnews.printable import printable
from finnews.reporting.model import Report

logger = logging.getLogger(__name__)

TIMEOUT = 10.0  # seconds for the whole alert; then it is given up


def alert(
    webhook: str, text: str, status: int, report: Report | None = None, path: Path | None = None
) -> None:
    """Send an alert, and return within `TIMEOUT`; a failure is only logged.

    The address may hold a secret, so the log names its host alone.
    """
    body = message(text, status, report, path)
    failures: list[str] = []
    thread = Thread(target=lambda: failures.append(post(webhook, body)), daemon=True)
    thread.start()
    thread.join(TIMEOUT)
    failure = failures[0] if failures else _timed_out()
    host = urlsplit(webhook).hostname
    if failure:
        logger.error("Alert to %s not sent: %s; check ALERT_WEBHOOK", host, failure)
    else:
        logger.info("Alert sent to %s", host)


def message(text: str, status: int, report: Report | None, path: Path | None) -> dict[str, Any]:
    """Return the alert's JSON object: ``text`` is for a chat, the other keys are for programs."""
    unusual = report.unusual if report else []
    return {
        "text": printable("\n".join([f"finnews, {MEANING[status]}: {text}", *unusual])),
        "status": status,
        "spider": report.spider if report else None,
        "finish_reason": report.finish_reason if report else None,
        "unusual": unusual,
        "report": str(path.absolute()) if path else None,
    }


def post(webhook: str, body: dict[str, Any]) -> str:
    """Send an alert, and return why the webhook did not accept it; an empty text if it did."""
    try:
        with requests.post(
            webhook, json=body, timeout=TIMEOUT, allow_redirects=False, stream=True
        ) as response:
            is_accepted = response.ok and not response.is_redirect
            return "" if is_accepted else f"status {response.status_code}"
    except requests.Timeout:
        return _timed_out()
    except requests.RequestException as error:
        return type(error).__name__


def _timed_out() -> str:
    return f"no response within {TIMEOUT:.0f} s"
