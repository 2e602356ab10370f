"""``scrapy crawl ratings``: new ratings of the site, each in full."""

from finnews.items import Rating
from finnews.pages import is_authoritative
from finnews.pages.analysis import AnalysisPage
from finnews.spiders.list_spider import ListSpider


class RatingsSpider(ListSpider):
    """Fetches ratings from their own pages, also those archived from a table only."""

    name = "ratings"
    main_kind = Rating
    detail = AnalysisPage

    def start_paths(self) -> tuple[str, ...]:
        return self.site.ratings

    def archived_as_of(self, id_: str) -> str | None:
        """Return the day of the study: a list prints no time to compare with."""
        rating = self.archive.find(Rating, f"id:{id_}")
        return self.as_of(rating) if rating and is_authoritative(rating) else None

    def as_of(self, item: Rating) -> str:
        return str(item.date_published)[:10]
