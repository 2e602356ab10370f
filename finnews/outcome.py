"""How a run ends: its finish reason, and the exit status of the command."""

from enum import IntEnum, StrEnum
from typing import Final, Self


class ExitStatus(IntEnum):
    """The exit statuses of finnews's commands."""

    DONE = 0
    ERRORS = 1
    WRONG_USAGE = 2
    REFUSED = 3
    UNUSUAL = 4


MEANING: Final[dict[int, str]] = {
    ExitStatus.DONE: "done",
    ExitStatus.ERRORS: "errors",
    ExitStatus.WRONG_USAGE: "wrong usage",
    ExitStatus.REFUSED: "refused",
    ExitStatus.UNUSUAL: "below baseline",
}
"""Exit status → what it means, in words."""


class FinishReason(StrEnum):
    """Why a run ended; `status` is the exit status that follows from the reason alone."""

    status: ExitStatus

    def __new__(cls, word: str, status: ExitStatus = ExitStatus.ERRORS) -> Self:
        reason = str.__new__(cls, word)
        reason._value_ = word
        reason.status = status
        return reason

    FINISHED = "finished", ExitStatus.DONE
    """No request was left."""

    LIMIT = "limit", ExitStatus.DONE
    """As many items were found as ``limit=`` allows."""

    REFUSED = "refused", ExitStatus.REFUSED
    """The site refuses requests."""

    FORBIDDEN = "forbidden", ExitStatus.REFUSED
    """robots.txt disallows every page of the run."""

    UNAVAILABLE = "unavailable"
    """The site does not answer: errors or silence, again and again."""

    ARCHIVE = "archive"
    """Items could not be saved."""

    UNKNOWN_STOCK = "unknown-stock", ExitStatus.WRONG_USAGE
    """``stocks=`` names a stock that is found nowhere."""

    UNKNOWN_INDEX = "unknown-index", ExitStatus.WRONG_USAGE
    """``index=`` names an index that the site does not have."""

    INTERRUPTED = "interrupted"
    """The process was stopped by force, or the run failed at its start."""

    SHUTDOWN = "shutdown"
    """Scrapy's, as all below: a signal stopped the run."""

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
        """Whether the run did all that it was asked to do."""
        return self.status is ExitStatus.DONE


WHOLE_RUNS: Final = frozenset(reason.value for reason in FinishReason if reason.is_whole)
"""The finish reasons of runs that did all that they were asked to do."""


def status_of(reason: str) -> ExitStatus:
    """Return the exit status that follows from a finish reason, whoever gave it.

    >>> status_of("limit"), status_of("refused"), status_of("some-extension")
    (<ExitStatus.DONE: 0>, <ExitStatus.REFUSED: 3>, <ExitStatus.ERRORS: 1>)
    """
    return next((one.status for one in FinishReason if one == reason), ExitStatus.ERRORS)
