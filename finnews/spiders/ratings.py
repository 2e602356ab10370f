"""``scrapy crawl ratings``: new ratings of the site, each in full."""

from finnews.items import Item, Rating
from finnews.pages import is_authoritative
from finnews.pages.analysis import AnalysisPage
from finnews.pages.base import Page
from finnews.spiders.list_spider import ListSpider


class RatingsSpider(ListSpider):
    """Ratings from their own pages; one that is known from a table only is fetched as well."""

    name = "ratings"
    main_kind = Rating
    detail = AnalysisPage

    def filtered(self, page: Page, items: list[Item]) -> list[Item]:
        """Return a study's items; of a list's, no rating: it cannot be told of which share."""
        is_study = isinstance(page, AnalysisPage)
        return super().filtered(
            page, [one for one in items if is_study or not isinstance(one, Rating)]
        )

    def start_paths(self) -> tuple[str, ...]:
        return self.site.ratings

    def archived_as_of(self, id_: str) -> str | None:
        """Return the day of the study, which all that a list prints can be compared with."""
        known = self.archive.find(Rating, f"id:{id_}")
        if known is None or not is_authoritative(known):
            return None
        return str(known.date_published)[:10]
