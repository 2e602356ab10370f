"""What a run did: the keys of its report."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from finnews.outcome import WHOLE_RUNS

FATES: Final = ("written", "updated", "unchanged")
"""What the archive does with an item that is not rejected."""

Counts = dict[str, int]


@dataclass(slots=True)
class Filled:
    """How often the fields of a kind of item were filled on a page type."""

    items: int = 0
    """How many such items were read, whether or not they were archived before."""

    fields: Counts = field(default_factory=dict)
    """Field → in how many items it had a value; 0 if in none."""


@dataclass(slots=True)
class Doubted:
    """Printed values of a field that were not read, or contradict others, for one reason."""

    values: int
    """How many values."""

    pages: int
    """On how many pages."""

    url: str
    """Address of the page where it was met first."""

    printed: str
    """What that page prints."""


@dataclass(slots=True)
class Doubts:
    """The doubts on the pages of a type."""

    pages: int = 0
    """How many pages of the type were looked at."""

    fields: dict[str, dict[str, Doubted]] = field(default_factory=dict)
    """Field → reason (``unreadable``, ``unit``, ``contradiction``, …) → how often."""


@dataclass(slots=True)
class Slow:
    """A slow page."""

    url: str
    seconds: float
    """From sending the request to the response, without the delay before."""


@dataclass(slots=True)
class Report:
    """What a run did. Its file has these keys in this order; a later version may add keys."""

    spider: str
    started: str
    """UTC, as ``ended``."""

    finish_reason: str
    """``finished``, ``limit``, ``sigint`` and ``sigterm`` (a signal), ``refused``, ``archive``, …;
    ``interrupted`` if the run was stopped by force or failed at its start."""

    status: int
    """The exit status of ``scrapy crawl``."""

    ended: str = ""
    seconds: float = 0.0
    arguments: dict[str, str] = field(default_factory=dict)
    """The spider arguments (``-a``)."""

    site: str = ""
    article_body: str = ""
    unusual: list[str] = field(default_factory=list)
    """What fell far below the baseline of earlier runs, a line each: the field or kind of item,
    the share in this run, the baseline."""

    errors: list[str] = field(default_factory=list)
    """The first ten messages that were logged as errors."""

    items: dict[str, Counts] = field(default_factory=dict)
    """Kind → ``written``, ``updated``, ``unchanged`` → how many."""

    rejected: Counts = field(default_factory=dict)
    """Reason, with the missing fields → how many."""

    pending: Counts = field(default_factory=dict)
    """Reason → how many pages that lists show are not archived yet; later runs request them.
    ``not-requested`` if this run ended before."""

    refused: int = 0
    """How many responses were refusals."""

    requests: dict[str, Counts] = field(default_factory=dict)
    """Page type → status of the response, or ``unanswered`` → how many; retries count."""

    starts: dict[str, bool] = field(default_factory=dict)
    """Path of each start page → whether it still exists; failed requests are left out."""

    pages: Counts = field(default_factory=dict)
    """Page type → how many pages were read."""

    holding: dict[str, Counts] = field(default_factory=dict)
    """Page type → ``articles``, ``quotes``, ``ratings``, ``ticker`` → on how many pages
    there was at least one."""

    leading: dict[str, list[int]] = field(default_factory=dict)
    """Page type → how many pages link to pages of another type, of how many followed pages."""

    filled: dict[str, Filled] = field(default_factory=dict)
    """``<page type>/<kind>`` (or ``ticker``) → how often its fields were filled on the pages."""

    selectors: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    """Page type → ``<field>/<language>/<rule>`` (the field of a page's own rules is ``page``; the
    language of a table's headers ``column`` or ``label``) → on how many pages it hit, on how
    many it was tried."""

    vocabulary: dict[str, Counts] = field(default_factory=dict)
    """``exchange``, ``rating`` → word that `finnews.vocabulary` lacks → how often."""

    doubts: dict[str, Doubts] = field(default_factory=dict)
    """Page type → the doubts on its pages; a type without any is there, too."""

    slowest: list[Slow] = field(default_factory=list)
    """The five slowest pages."""

    requests_per_new: float | None = None
    """Requests for each new item of the spider's main kind; ``None`` if there was none, and
    for saved pages, which are not requested."""

    memory_mb: int = 0
    """The process's peak memory."""

    cpu_ms_per_page: float | None = None
    counts: dict[str, int | float] = field(default_factory=dict)
    """All other counts: ``finnews/gone``, ``finnews/moved``, …"""

    @property
    def is_whole(self) -> bool:
        """Whether the run did all that it was to do."""
        return self.finish_reason in WHOLE_RUNS

    @property
    def start(self) -> datetime:
        """When it started."""
        return datetime.fromisoformat(self.started)
