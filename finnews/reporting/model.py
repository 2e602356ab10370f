"""What a run did: the keys of its report."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from finnews.outcome import WHOLE_RUNS

FATES: Final = ("written", "updated", "unchanged")
"""What becomes of an item that is not rejected."""

Counts = dict[str, int]


@dataclass(slots=True)
class Filled:
    """How often the fields of a kind of item were filled on a page type."""

    items: int = 0
    """How many such items were read, new or known."""

    fields: Counts = field(default_factory=dict)
    """Field → in how many of them it was given; a field that was never given is 0."""


@dataclass(slots=True)
class Slow:
    """A page that took long."""

    url: str
    seconds: float
    """From the request to its answer, without the pause before it."""


@dataclass(slots=True)
class Report:
    """What a run did; the keys of its file in this order. A later version may add keys."""

    spider: str
    started: str
    """UTC, as ``ended``."""

    finish_reason: str
    """``finished``, ``limit``, ``shutdown`` (a signal), ``refused``, ``archive``, …;
    ``interrupted`` if the run was stopped by force or failed at its start."""

    status: int
    """The exit status of ``scrapy crawl``."""

    ended: str = ""
    seconds: float = 0.0
    arguments: dict[str, str] = field(default_factory=dict)
    """What stood behind ``-a``."""

    site: str = ""
    article_body: str = ""
    unusual: list[str] = field(default_factory=list)
    """What fell far below the baseline of earlier runs, a line each: the field or kind of item,
    the share in this run, the baseline."""

    errors: list[str] = field(default_factory=list)
    """The first ten lines that were logged as errors."""

    items: dict[str, Counts] = field(default_factory=dict)
    """Kind → ``written``, ``updated``, ``unchanged`` → how many."""

    rejected: Counts = field(default_factory=dict)
    """Reason, with the fields that were missing → how many."""

    refused: int = 0
    """How many answers were refusals."""

    requests: dict[str, Counts] = field(default_factory=dict)
    """Page type → status of the answer, or ``unanswered`` → how many; retries are counted."""

    starts: dict[str, bool] = field(default_factory=dict)
    """Path of each page where the run began → whether it is still there; failures are left out."""

    pages: Counts = field(default_factory=dict)
    """Page type → how many were read."""

    holding: dict[str, Counts] = field(default_factory=dict)
    """Page type → ``articles``, ``quotes``, ``ratings``, ``ticker`` → how many of the pages read
    held at least one."""

    leading: dict[str, list[int]] = field(default_factory=dict)
    """Page type → how many pages link pages of another type, of how many that was wanted."""

    filled: dict[str, Filled] = field(default_factory=dict)
    """``<page type>/<kind>`` (or ``ticker``) → which fields were filled, as the pages said it."""

    selectors: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    """Page type → ``<field>/<language>/<rule>`` (the field of a page's own rules is ``page``; the
    language of a table's headers ``column`` or ``label``) → on how many pages it found something,
    on how many it was asked."""

    vocabulary: dict[str, Counts] = field(default_factory=dict)
    """``exchange``, ``rating`` → word that `finnews.vocabulary` does not know → how often."""

    slowest: list[Slow] = field(default_factory=list)
    """The five slowest pages."""

    requests_per_new: float | None = None
    """Requests for each new item of the spider's main kind; ``None`` if there was none."""

    memory_mb: int = 0
    """The most memory that the process held."""

    cpu_ms_per_page: float | None = None
    counts: dict[str, int | float] = field(default_factory=dict)
    """What else was counted: ``finnews/gone``, ``finnews/moved``, …"""

    @property
    def is_whole(self) -> bool:
        """Whether the run did all that it was asked to do."""
        return self.finish_reason in WHOLE_RUNS

    @property
    def start(self) -> datetime:
        """When it started."""
        return datetime.fromisoformat(self.started)
