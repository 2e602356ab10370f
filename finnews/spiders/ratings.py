"""``scrapy crawl ratings``: new ratings of the site, each in full."""

from collections.abc import Iterator

from finnews.items import Rating
from finnews.pages.analysis import AnalysisPage
from finnews.spiders.lists import ListSpider


class RatingsSpider(ListSpider):
    """Ratings from their own pages; one that is known from a table only is fetched as well."""

    name = "ratings"
    main_kind = Rating
    detail = AnalysisPage

    def starts(self) -> Iterator[str]:
        yield "/rss/analysen"
        yield "/analysen"

    def is_archived(self, number: str) -> bool:
        known = self.archive.find(Rating, f"id:{number}")
        return known is not None and known.is_authoritative()
