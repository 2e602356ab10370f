"""Redesigns: changes of the markup that finnews reads."""

REDESIGNS: dict[str, tuple[tuple[str, str], ...]] = {
    "kicker": (("font-color-de-azure-blue", "kicker"),),
    "price": ((">Letzter<", ">Kurs zuletzt<"), ("snapshot__value", "price__value")),
    "percent": (("%</td>", "% p.a.</td>"),),
    "teaser": (("article-teaser", "news-card"),),
    "feed": (("<item>", "<entry>"), ("</item>", "</entry>")),
}
"""Redesigned part → old and new markup."""


def redesigned(page: bytes, names: tuple[str, ...]) -> bytes:
    """Return a page with the named redesigns."""
    for old, new in (change for name in names for change in REDESIGNS[name]):
        page = page.replace(old.encode(), new.encode())
    return page
