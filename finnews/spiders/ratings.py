"""``scrapy crawl ratings``: new ratings of the site, each in full."""

from typing import Any

from finnews.instrument_paths import SHARES, InstrumentPath
from finnews.items import Rating
from finnews.outcome import WrongUsage
from finnews.pages import is_authoritative
from finnews.pages.analysis import AnalysisPage
from finnews.spiders.list_spider import ListSpider


class RatingsSpider(ListSpider):
    """Fetches ratings from their own pages, also those archived from a table only.

    ``stocks``, ``index``: those of shares, back to ``since``.
    """

    name = "ratings"
    main_kind = Rating
    detail = AnalysisPage

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        if self.sections and SHARES not in self.sections:
            raise WrongUsage(f"sections={','.join(self.sections)}: studies are of {SHARES} alone")

    def start_paths(self) -> tuple[str, ...]:
        return self.site.ratings

    def paper_paths(self, paper: InstrumentPath) -> list[str]:
        """Return the list of a share's studies; other papers have none."""
        if paper.kind == "stock":
            return [self.site.ratings_of.format(page=paper.page)]
        self.count("without-studies")
        self.logger.info("No studies of %s: they are of shares alone", paper.page)
        return []

    def archived_as_of(self, id_: str) -> str | None:
        """Return the day of the study: a list prints no time to compare with."""
        rating = self.archive.find(Rating, f"id:{id_}")
        return self.as_of(rating) if rating and is_authoritative(rating) else None

    def as_of(self, item: Rating) -> str:
        return str(item.date_published)[:10]
