"""Which papers articles name besides shares, by their sections."""

from samplesite.content.papers import Paper

_BY_SECTION = {
    "etf": ("muster-welt-etf", "probe-europa-dividende-etf", "muster-klima-welt-xe-c-fonds"),
    "rohstoffe": ("oelpreis?type=Brent", "goldpreis"),
    "devisen": ("dollarkurs",),
    "aktien": ("mst8f1", "a3mst7-beispielbau-anleihe", "muster-welt-etf"),
}
"""Section → how the page names begin of papers that its articles name in turn."""

_EVERY = 16
"""Of the articles about shares, one in so many names another paper."""


def papers_in(section: str, number: int, papers: list[Paper]) -> tuple[Paper, ...]:
    """Return the papers in the box of an article of a number."""
    if section == "aktien" and number % _EVERY != 6:
        return ()
    starts = _BY_SECTION[section]
    turn = number // _EVERY if section == "aktien" else number // 2
    start = starts[turn % len(starts)]
    return tuple(paper for paper in papers if paper.page.startswith(start))
