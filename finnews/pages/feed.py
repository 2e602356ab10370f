"""An RSS feed, newest first: ``/rss/news``, ``/rss/analysen``, ``/rss/muster-rss-feed``."""

import re
from collections.abc import Iterator

from finnews.items import Item
from finnews.pages.base import BrokenPage, Counts, Link, Page
from finnews.processors import mail_time


class FeedPage(Page):
    """A feed of about ten to fifteen links; promotions are among them.

    Raises `BrokenPage` ``not-a-feed`` where the text is no RSS.
    """

    path = re.compile(r"/rss/[^/]+")
    markup = "xml"
    closing = "</rss>"

    def __init__(self, url: str, text: str, counts: Counts | None = None) -> None:
        if text.strip() and "<rss" not in text[:2000]:
            raise BrokenPage("not-a-feed")
        super().__init__(url, text, counts)

    def items(self) -> Iterator[Item]:
        """Yield a rejection ``entry-without-link`` for each entry that leads nowhere."""
        for entry in self.xpath("/rss/channel/item"):
            if not self.xpath("link/text()", entry).get("").strip():
                title = self.xpath("title/text()", entry).get()
                yield self.rejection("entry-without-link", headline=title)

    def links(self) -> Iterator[Link]:
        for entry in self.xpath("/rss/channel/item"):
            url = self.absolute(self.xpath("link/text()", entry).get(""))
            published = self.xpath("pubDate/text()", entry).get("")
            if url != self.url:
                yield Link(url, mail_time(published))
