"""Redesigns: the sample site as it would be if the real one moved what finnews reads."""

REDESIGNS: dict[str, tuple[tuple[str, str], ...]] = {
    "kicker": (("font-color-de-azure-blue", "kicker"),),
    "price": ((">Letzter<", ">Kurs zuletzt<"), ("snapshot__value", "price__value")),
    "teaser": (("article-teaser", "news-card"),),
    "feed": (("<item>", "<entry>"), ("</item>", "</entry>")),
}
"""What is redesigned → what it was in the text of a page, and what it is now."""


def redesigned(page: bytes, names: tuple[str, ...]) -> bytes:
    """Return a page with some of its parts redesigned."""
    for old, new in (change for name in names for change in REDESIGNS[name]):
        page = page.replace(old.encode(), new.encode())
    return page
