"""Everything that is broken on one site."""

from functools import cached_property

from samplesite.content.articles import Article
from samplesite.content.world import World
from samplesite.faults.network_faults import network_faults
from samplesite.faults.odd_shares import odd_shares
from samplesite.faults.override import Override
from samplesite.faults.page_faults import page_faults

MEMBERS = "/index/dax/werte"


class Faults:
    """The broken articles and odd shares of a site; none by default.

    `in_pages`: articles with broken pages, and shares whose pages are gone, moved or odd; the
    index members are then served at only one of their two addresses. `in_network`: articles whose
    transfer fails.
    """

    def __init__(self, world: World, *, in_pages: bool = False, in_network: bool = False) -> None:
        self.articles = page_faults(world.articles[0]) if in_pages else []
        self.shares = odd_shares(world.seed, world.stocks[0]) if in_pages else []
        self.articles += network_faults(world.articles[0]) if in_network else []

    @property
    def readable(self) -> list[Article]:
        """The broken articles that a crawl can read nevertheless."""
        return [fault.article for fault in self.articles if fault.is_readable]

    @cached_property
    def overrides(self) -> dict[str, Override]:
        """Path → what is sent instead of its page."""
        of_articles = {
            fault.article.path: fault.override for fault in self.articles if fault.override
        }
        of_shares = {
            path: override for share in self.shares for path, override in share.overrides.items()
        }
        of_members = {MEMBERS: Override(404)} if self.shares else {}
        return of_articles | of_shares | of_members

    def rows(self, base: str) -> list[dict[str, str]]:
        """Return the URL and the name of each fault."""
        return [{"url": base + fault.article.path, "fault": fault.name} for fault in self.articles]
