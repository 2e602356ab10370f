"""Finish reasons of runs, and exit statuses of commands."""

from enum import IntEnum, StrEnum
from typing import Final, Self


class WrongUsage(ValueError):
    """Wrong arguments or settings; the text is one line for the user."""


class ExitStatus(IntEnum):
    """The exit statuses of finnews's commands."""

    DONE = 0
    ERRORS = 1
    WRONG_USAGE = 2
    REFUSED = 3
    UNUSUAL = 4
    SIGINT = 130
    SIGTERM = 143


MEANING: Final[dict[int, str]] = {
    ExitStatus.DONE: "done",
    ExitStatus.ERRORS: "errors",
    ExitStatus.WRONG_USAGE: "wrong usage",
    ExitStatus.REFUSED: "refused",
    ExitStatus.UNUSUAL: "below baseline",
    ExitStatus.SIGINT: "stopped",
    ExitStatus.SIGTERM: "stopped",
}
"""Exit status → its meaning in words, as tables and alerts print it."""


class FinishReason(StrEnum):
    """Why a run ended; `status` is the exit status of a run without other errors."""

    status: ExitStatus

    def __new__(cls, word: str, status: ExitStatus = ExitStatus.ERRORS) -> Self:
        reason = str.__new__(cls, word)
        reason._value_ = word
        reason.status = status
        return reason

    FINISHED = "finished", ExitStatus.DONE
    """All requests were done."""

    LIMIT = "limit", ExitStatus.DONE
    """The run found as many items as ``limit=`` allows."""

    ALREADY_RUNNING = "already running", ExitStatus.DONE
    """Another process runs the same spider with the same arguments on the same archive."""

    SIGINT = "sigint", ExitStatus.SIGINT
    """SIGINT stopped the run, as Ctrl-C sends it."""

    SIGTERM = "sigterm", ExitStatus.SIGTERM
    """SIGTERM stopped the run, as ``kill``, systemd and Scrapyd send it."""

    REFUSED = "refused", ExitStatus.REFUSED
    """The site refused requests."""

    FORBIDDEN = "forbidden", ExitStatus.REFUSED
    """robots.txt disallows every page of the run."""

    UNAVAILABLE = "unavailable"
    """The site did not answer, or answered with errors, again and again."""

    ARCHIVE = "archive"
    """Items could not be saved, or pages where `SAVE_PAGES` is set."""

    NO_WORKERS = "no-workers"
    """No worker of the Dask cluster could read."""

    FEED = "feed"
    """One of Scrapy's feeds could not be written."""

    CLOSED_PIPE = "closed-pipe", ExitStatus.DONE
    """Nobody read any more what the run wrote to its standard output."""

    UNKNOWN_STOCK = "unknown-stock", ExitStatus.WRONG_USAGE
    """``stocks=`` names a paper that was not found; all else was read."""

    UNKNOWN_INDEX = "unknown-index", ExitStatus.WRONG_USAGE
    """``index=`` names an index that the site does not have; all else was read."""

    UNKNOWN_SECTION = "unknown-section", ExitStatus.WRONG_USAGE
    """``sections=`` names a section that has no list of news; all else was read."""

    INTERRUPTED = "interrupted"
    """The process was killed, or the run failed at its start."""

    SHUTDOWN = "shutdown"
    """Another signal or the program stopped it. This and the following reasons are Scrapy's own."""

    CANCELLED = "cancelled"
    START_ERROR = "start_error"
    MEMORY = "memusage_exceeded"
    TIMEOUT = "closespider_timeout"
    TIMEOUT_NO_ITEM = "closespider_timeout_no_item"
    ITEM_COUNT = "closespider_itemcount"
    PAGE_COUNT = "closespider_pagecount"
    PAGE_COUNT_NO_ITEM = "closespider_pagecount_no_item"
    ERROR_COUNT = "closespider_errorcount"

    @property
    def is_whole(self) -> bool:
        """Whether the run did everything that was requested."""
        in_part = (FinishReason.ALREADY_RUNNING, FinishReason.CLOSED_PIPE)
        return self.status is ExitStatus.DONE and self not in in_part


WHOLE_RUNS: Final = frozenset(reason.value for reason in FinishReason if reason.is_whole)
"""The finish reasons of runs that did everything that was requested."""


WENT_THROUGH: Final = frozenset(
    reason.value
    for reason in (
        FinishReason.FINISHED,
        FinishReason.UNKNOWN_STOCK,
        FinishReason.UNKNOWN_INDEX,
        FinishReason.UNKNOWN_SECTION,
    )
)
"""The finish reasons of runs that did all that could be done: lists were read as far as needed."""


def status_of(reason: str) -> ExitStatus:
    """Return the exit status for a finish reason; `ERRORS` for an unknown one.

    >>> status_of("limit"), status_of("refused"), status_of("some-extension")
    (<ExitStatus.DONE: 0>, <ExitStatus.REFUSED: 3>, <ExitStatus.ERRORS: 1>)
    """
    statuses = (known.status for known in FinishReason if known == reason)
    return next(statuses, ExitStatus.ERRORS)
