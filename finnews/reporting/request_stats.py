"""What a run asks the site for: requests by page type and status, the slowest, where it began."""

from collections import Counter, defaultdict
from heapq import nlargest
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.http import Response
from scrapy.signalmanager import SignalManager

from finnews.reporting.item_stats import page_name
from finnews.reporting.model import Counts, Slow
from finnews.site import Site

_SLOWEST = 5
_ANSWERS = frozenset({200, 304})
_GONE = frozenset({404, 410})


class RequestStats:
    """Counts every request that is sent, retries and robots.txt included."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.slowest: list[Slow] = []
        self._starts: dict[str, bool | None] = {}
        self._sent: Counter[str] = Counter()
        self._statuses: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def connect(self, to: SignalManager) -> None:
        """Follow the signals of a crawler."""
        to.connect(self.scheduled, signals.request_scheduled)
        to.connect(self.sent, signals.request_reached_downloader)
        to.connect(self.downloaded, signals.response_downloaded)
        to.connect(self.received, signals.response_received)

    def scheduled(self, request: Request, spider: Spider) -> None:
        if self._is_start(request, spider):
            self._starts.setdefault(urlsplit(request.url).path, False)

    def sent(self, request: Request, spider: Spider) -> None:
        self._sent[self._page_name(request)] += 1
        if self._is_start(request, spider):
            self._starts[urlsplit(request.url).path] = None

    def downloaded(self, request: Request, response: Response) -> None:
        self._statuses[self._page_name(request)][str(response.status)] += 1
        slow = Slow(request.url, round(request.meta.get("download_latency", 0.0), 3))
        self.slowest = nlargest(_SLOWEST, [*self.slowest, slow], key=lambda one: one.seconds)

    def received(self, request: Request, response: Response, spider: Spider) -> None:
        if self._is_start(request, spider):
            self._starts[urlsplit(request.url).path] = _is_there(response.status)

    @property
    def requests(self) -> dict[str, Counts]:
        """Page type → status, or ``unanswered`` → how many requests."""
        return {name: self._answers(name, sent) for name, sent in sorted(self._sent.items())}

    @property
    def starts(self) -> dict[str, bool]:
        """Path of a page where the run began → whether it is still there.

        One that failed is left out: that is an error of the run, told of as such.
        """
        return {path: is_there for path, is_there in self._starts.items() if is_there is not None}

    def _answers(self, name: str, sent: int) -> Counts:
        answers = dict(sorted(self._statuses[name].items()))
        unanswered = sent - sum(answers.values())
        return answers | ({"unanswered": unanswered} if unanswered > 0 else {})

    def _page_name(self, request: Request) -> str:
        return page_name(request.url, self.site)

    def _is_start(self, request: Request, spider: Spider) -> bool:
        """Return whether a page is one where every run begins, not one that is fetched once."""
        detail = getattr(spider, "detail", None)
        is_detail = detail is not None and detail.recognises(request.url)
        is_robots = self._page_name(request) == "robots.txt"
        return not (request.meta.get("depth") or is_detail or is_robots)


def _is_there(status: int) -> bool | None:
    """Return whether a page is still where it was; ``None`` if the answer does not tell."""
    if status in _ANSWERS:
        return True
    return False if status in _GONE or 300 <= status < 400 else None
