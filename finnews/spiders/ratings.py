"""``scrapy crawl ratings``: new ratings of the site, each in full."""

from finnews.items import Item, Rating
from finnews.pages import is_authoritative
from finnews.pages.analysis import AnalysisPage
from finnews.pages.base import Page
from finnews.spiders.list_spider import ListSpider


class RatingsSpider(ListSpider):
    """Fetches ratings from their own pages, also those archived from a table only."""

    name = "ratings"
    main_kind = Rating
    detail = AnalysisPage

    def filtered(self, page: Page, items: list[Item]) -> list[Item]:
        """Return a study's items; a list does not say of which stock its ratings are."""
        if not isinstance(page, AnalysisPage):
            items = [item for item in items if not isinstance(item, Rating)]
        return super().filtered(page, items)

    def start_paths(self) -> tuple[str, ...]:
        return self.site.ratings

    def archived_as_of(self, id_: str) -> str | None:
        """Return the day of the study: a list prints no time to compare with."""
        rating = self.archive.find(Rating, f"id:{id_}")
        return self.as_of(rating) if rating and is_authoritative(rating) else None

    def as_of(self, item: Rating) -> str:
        return str(item.date_published)[:10]
