"""What the pages of papers that were not seen have in common: no notation is taken for granted.

Indices, currencies, coins, commodities, bonds and certificates; other programs report (2022 to
2026) that their pages are made as those of shares.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from lxml.etree import _Element

from finnews.pages.parts.changes import amounts_in
from finnews.pages.securities.price_rows import ORNAMENTS, fields_of
from finnews.pages.securities.security_page import SecurityPage
from finnews.pages.securities.snapshot import PRICE, Snapshot
from finnews.pages.securities.snapshot_prices import CHANGES
from finnews.pages.visible import text_of
from finnews.processors import notation


class PaperPage(SecurityPage):
    """A snapshot and boxes of prices, in German notation or, as boxes of coins are, in English.

    The snapshot tells which, unless a number in some box of prices is certainly of the other; then,
    and where no number tells it, only those are read that have one meaning in both.
    """

    def snapshot(self) -> Snapshot:
        """Return the snapshot, by which the notation is known."""
        snapshot = super().snapshot()
        names = (PRICE, *CHANGES.values())
        own = list(_amounts(chain.from_iterable(map(snapshot.parts, names))))
        mark = notation(own)
        in_boxes = _amounts(_cells_of_boxes(self.root.root))
        self.mark = mark if notation([*own, *in_boxes]) == mark else None
        if self.mark is None and any("," in text or "." in text for text in own):
            self.doubt("price", "ambiguous", ", ".join(own))
        return snapshot


def _cells_of_boxes(page: _Element) -> Iterator[_Element]:
    """Yield the cells behind the labels of a price and what belongs to it."""
    for row in page.iter("tr"):
        cells = row.findall("td")
        if len(cells) == 2 and fields_of(text_of(cells[0]).rstrip(ORNAMENTS)):
            yield cells[1]


def _amounts(parts: Iterable[_Element]) -> Iterator[str]:
    return (amount for part in parts for amount in amounts_in(text_of(part)))
