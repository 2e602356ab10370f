"""Tells a chat or a monitor that a run did not end well: a POST of one JSON object."""

import logging
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import requests

from finnews.outcome import MEANING
from finnews.reporting.model import Report

logger = logging.getLogger(__name__)

PATIENCE = 10.0  # seconds: what is not sent by then is given up


def alert(
    where: str, text: str, status: int, report: Report | None = None, path: Path | None = None
) -> None:
    """Send what happened, and return within `PATIENCE`; a failure is logged, and no more.

    The address may hold a secret, so the log names its host alone.
    """
    said = message(text, status, report, path)
    outcome: list[str] = []
    sending = Thread(target=lambda: outcome.append(failure(where, said)), daemon=True)
    sending.start()
    sending.join(PATIENCE)
    failed = outcome[0] if outcome else _unanswered()
    host = urlsplit(where).hostname
    if failed:
        logger.error("The alert to %s was not sent: %s", host, failed)
    else:
        logger.info("The alert to %s was sent", host)


def message(text: str, status: int, report: Report | None, path: Path | None) -> dict[str, Any]:
    """Return what is sent: ``text`` is the line that chats show, the rest is for programs."""
    unusual = report.unusual if report else []
    return {
        "text": "\n".join([f"finnews, {MEANING[status]}: {text}", *unusual]),
        "status": status,
        "spider": report.spider if report else None,
        "finish_reason": report.finish_reason if report else None,
        "unusual": unusual,
        "report": str(path.absolute()) if path else None,
    }


def failure(where: str, said: dict[str, Any]) -> str:
    """Send a message, and return why it was not taken; an empty text if it was."""
    try:
        with requests.post(
            where, json=said, timeout=PATIENCE, allow_redirects=False, stream=True
        ) as answer:
            return "" if answer.ok and not answer.is_redirect else f"status {answer.status_code}"
    except requests.Timeout:
        return _unanswered()
    except requests.RequestException as error:
        return type(error).__name__


def _unanswered() -> str:
    return f"no answer within {PATIENCE:.0f} s"
