"""The share's price that each row of a table of targets tells: by its target and its distance.

All rows of a table are of one time, so all of one currency tell the same price (seen 2026-08).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from finnews.items import Rating
from finnews.pages.base import Page
from finnews.pages.parts.agreement import Span, span

_ALL = 100  # percent


def told_price(rating: Rating) -> Span | None:
    """Return the prices that a target and its distance can belong to; ``None`` without both.

    >>> from decimal import Decimal
    >>> prices = told_price(Rating(price_target=Decimal("210.00"), upside_percent=Decimal("31.91")))
    >>> prices and (round(prices.low, 2), round(prices.high, 2))
    (Decimal('159.19'), Decimal('159.21'))
    """
    target, percent = rating.price_target, rating.upside_percent
    if target is None or percent is None or span(percent).low <= -_ALL:
        return None
    ends = [_ALL * end / (_ALL + part) for end in span(target) for part in span(percent)]
    return Span(min(ends), max(ends))


def leave_unlike(page: Page, ratings: Iterable[Rating]) -> None:
    """Leave no target and distance that tell another price than most rows in their currency."""
    by_unit: dict[tuple[str | None, str | None], list[tuple[Rating, Span]]] = {}
    for rating in ratings:
        if price := told_price(rating):
            by_unit.setdefault((rating.currency, rating.unit), []).append((rating, price))
    for rating in (rating for prices in by_unit.values() for rating in _unlike(prices)):
        page.doubt("price_target", "contradiction", str(rating.price_target))
        page.doubt("upside_percent", "contradiction", str(rating.upside_percent))
        rating.price_target = rating.upside_percent = rating.currency = rating.unit = None


def _unlike(prices: list[tuple[Rating, Span]]) -> list[Rating]:
    """Return the ratings whose price is not that of most; none if most have not one price."""
    lows, highs = (sorted(ends) for ends in zip(*(price for _, price in prices), strict=True))
    alike = [bisect_right(lows, price.high) - bisect_left(highs, price.low) for _, price in prices]
    unlike = [
        rating for (rating, _), count in zip(prices, alike, strict=True) if 2 * count <= len(prices)
    ]
    return unlike if len(unlike) < len(prices) else []
