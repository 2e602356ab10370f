"""What a site sends: pages, and whatever else it can send instead of them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from finnews.site import FINANZEN_NET

FEED: Final = FINANZEN_NET.address("/rss/news")
SECTION: Final = FINANZEN_NET.address("/nachrichten/ressort/aktien")
TOPIC: Final = FINANZEN_NET.address("/nachrichten/ressort/konjunktur")
"""A list that the site's menu names, and no crawl knows of itself."""

DEEP: Final = FINANZEN_NET.address("/index/dax/marktberichte")
PARTNER: Final = "https://partner.example/wartung"


@dataclass
class Story:
    """An article or a study, as its page has it now."""

    id: str
    published: datetime
    is_promotion: bool = False
    changes: list[datetime] = field(default_factory=list)
    """When its page says that it was changed, for each version after the first."""

    is_withdrawn: bool = False
    path: str = "/nachricht/aktien"

    @property
    def version(self) -> int:
        """The number of the version that its page has now."""
        return 1 + len(self.changes)

    @property
    def url(self) -> str:
        """The address; that of a promotion tells that it is one."""
        slug = "ratgeber-muster" if self.is_promotion else "muster"
        return FINANZEN_NET.address(f"{self.path}/{slug}-{self.id}")

    @property
    def dated(self) -> datetime:
        """The latest date on its page."""
        return self.dated_in(self.version)

    def dated_in(self, version: int) -> datetime:
        """Return the latest date that its page had in a version."""
        return max([self.published, *self.changes[: version - 1]])


@dataclass
class Slot:
    """The place of an article in a list, and the date that the list prints there."""

    id: str
    date: datetime | None


class Answer(NamedTuple):
    """What the site sends: a status, where it redirects to, a story, or a page of a list."""

    status: int = 200
    location: str = ""
    story: Story | None = None
    version: int = 0
    """The version in which the story is sent."""

    entries: tuple[Slot, ...] = ()
    pages: tuple[int, ...] = ()
    """Numbers of the pages that the pager links."""

    menu: tuple[str, ...] = ()
    """Addresses of the lists that the menu of a list's page names."""

    failure: str = ""
    """``timeout``, ``disallowed``, ``refused``, ``broken``, ``incomplete``; ``dropped``: what the
    page gives is not archived."""

    etag: str = ""
    last_modified: str = ""


ARTICLE_FAULTS: Final = {
    "maintenance": Answer(302, PARTNER),
    "temporary": Answer(307, PARTNER),
    "moved": Answer(301, PARTNER),
    "home": Answer(302, DEEP),
    "other-article": Answer(302, "{other}"),
    "merged-article": Answer(301, "{other}"),
    "unasked": Answer(304),
    "away": Answer(404),
    "gone": Answer(410),
    "error": Answer(503),
    "stale": Answer(),
    **{
        kind: Answer(failure=kind)
        for kind in ("timeout", "disallowed", "broken", "incomplete", "refused", "dropped")
    },
}
LIST_FAULTS: Final = {
    **{kind: ARTICLE_FAULTS[kind] for kind in ("maintenance", "unasked", "away", "error")},
    **{kind: Answer(failure=kind) for kind in ("timeout", "disallowed", "broken", "refused")},
    "first-page": Answer(failure="first-page"),
    "to-first-page": Answer(302, "{first}"),
    "page-before": Answer(failure="page-before"),
    "no-entries": Answer(failure="no-entries"),
    "no-pager": Answer(failure="no-pager"),
    "stale": Answer(),
}
"""``stale`` is a page as it was: an article in its version before, a list when that began."""


def split(url: str) -> tuple[str, int]:
    """Return the address of a list, without a slash at its end, and the number of its page."""
    address, _, number = url.partition("?p=")
    return address.removesuffix("/"), int(number or 1)
