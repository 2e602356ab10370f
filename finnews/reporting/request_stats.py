"""The requests of a run: by page type and status, the slowest ones, and the start pages."""

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
_EXISTS = frozenset({200, 304})
_GONE = frozenset({404, 410})


class RequestStats:
    """Counts every request that is sent, including retries and robots.txt."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.slowest: list[Slow] = []
        self._starts: dict[str, bool | None] = {}
        self._sent: Counter[str] = Counter()
        self._statuses: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def connect(self, signal_manager: SignalManager) -> None:
        """Connect to the signals of a crawler."""
        signal_manager.connect(self.scheduled, signals.request_scheduled)
        signal_manager.connect(self.sent, signals.request_reached_downloader)
        signal_manager.connect(self.left, signals.request_left_downloader)
        signal_manager.connect(self.downloaded, signals.response_downloaded)
        signal_manager.connect(self.received, signals.response_received)

    def scheduled(self, request: Request, spider: Spider) -> None:
        if self._is_start(request, spider):
            self._starts.setdefault(urlsplit(request.url).path, False)

    def sent(self, request: Request, spider: Spider) -> None:
        self._sent[self._page_name(request)] += 1
        if self._is_start(request, spider):
            self._starts[urlsplit(request.url).path] = None

    def left(self, request: Request) -> None:
        """Do not count a request that waited for its turn when the run ended."""
        if request.meta.get("not_sent"):
            self._sent[self._page_name(request)] -= 1

    def downloaded(self, request: Request, response: Response) -> None:
        self._statuses[self._page_name(request)][str(response.status)] += 1
        page = Slow(request.url, round(request.meta.get("download_latency", 0.0), 3))
        self.slowest = nlargest(_SLOWEST, [*self.slowest, page], key=lambda page: page.seconds)

    def received(self, request: Request, response: Response, spider: Spider) -> None:
        if self._is_start(request, spider):
            self._starts[urlsplit(request.url).path] = _exists(response.status)

    @property
    def requests(self) -> dict[str, Counts]:
        """Page type → status, or ``unanswered`` → how many requests."""
        sent = sorted((+self._sent).items())
        return {name: self._responses(name, number) for name, number in sent}

    @property
    def starts(self) -> dict[str, bool]:
        """Path of a start page → whether it still exists.

        A request that failed says nothing about that, and is an error of its own.
        """
        return {path: exists for path, exists in self._starts.items() if exists is not None}

    def _responses(self, name: str, sent: int) -> Counts:
        statuses = dict(sorted(self._statuses[name].items()))
        unanswered = sent - sum(statuses.values())
        return statuses | ({"unanswered": unanswered} if unanswered > 0 else {})

    def _page_name(self, request: Request) -> str:
        return page_name(request.url, self.site)

    def _is_start(self, request: Request, spider: Spider) -> bool:
        """Return whether runs start with this page; an article or study is fetched once."""
        detail = getattr(spider, "detail", None)
        is_detail = detail is not None and detail.recognises(request.url)
        is_robots = self._page_name(request) == "robots.txt"
        return not (request.meta.get("depth") or is_detail or is_robots)


def _exists(status: int) -> bool | None:
    """Return whether a page still exists; ``None`` if the status does not say."""
    if status in _EXISTS:
        return True
    return False if status in _GONE or 300 <= status < 400 else None
