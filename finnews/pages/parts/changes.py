"""The change of a price beside it, in its unit and in percent: ``3,40 EUR 4,37%``.

Both are told apart by the percent sign; only of a bond, whose price is in percent, by their order.
"""

import re
from collections.abc import Sequence
from typing import Final

from parsel import Selector

from finnews.items import Quote
from finnews.loaders import QuoteLoader
from finnews.pages.base import Page
from finnews.pages.parts.agreement import contradicted
from finnews.pages.parts.signs import is_of_other_sign
from finnews.processors import amount, has_digit
from finnews.site import DecimalMark

_SIGN: Final = r"[-+±\u2212\u2013]"
_BEHIND: Final = rf"(?:{_SIGN}(?!\s*\d))?"  # ``0,71%-``
_UNIT: Final = r"(?:%|(?:[^\W\d_]{1,12}[$€£¥.]?|[$€£¥]))"
_AMOUNT: Final = re.compile(
    rf"(?:{_SIGN}\s*)?\d[\d.,]*{_BEHIND}(?:\s*{_UNIT}{_BEHIND})?\*{{0,3}}", re.ASCII
)
_AMBIGUOUS: Final = re.compile(r"\d.*[1-9]|[1-9]")  # without a sign, and not zero


def amounts(printed: str) -> list[str] | None:
    """Return the amounts in a line, whatever number of them; ``None`` if it has something else.

    >>> amounts("- 3,40 EUR − 4,37 %"), amounts("-85 -1,0%"), amounts("3,40 A$ 0,71%-")
    (['- 3,40 EUR', '− 4,37 %'], ['-85', '-1,0%'], ['3,40 A$', '0,71%-'])
    >>> amounts("3,40 EUR (4,37 %)"), amounts("")
    (None, [])
    """
    parts = amounts_in(printed)
    is_whole = "".join("".join(parts).split()) == "".join(printed.split())
    return parts if is_whole else None


def amounts_in(printed: str) -> list[str]:
    """Return the amounts in a line, whatever else is in it.

    >>> amounts_in("Vortag 77,80 EUR (4,37 %)")
    ['77,80 EUR', '4,37 %']
    """
    parts: list[str] = _AMOUNT.findall(printed)
    return parts


def has_two_prices(price: str, change: str, mark: DecimalMark | None, cells: int = 1) -> bool:
    """Return whether an amount behind a price can be one too, such as the previous close.

    It has the unit of the price and no sign, and is no change: it is more than half of the price,
    or stands in one of several `cells` without a percentage, and agrees with no percentage.

    >>> has_two_prices("77,80", "81,20 4,37%", ","), has_two_prices("1,50", "1,00 200%", ",")
    (True, False)
    """
    first = amount(price, mark)
    printed = amounts_in(change)
    others = [read for part in printed if (read := amount(part, mark)) and part[0].isdigit()]
    if first is None or not others:
        return False
    percent = next((each.number for each in others if each.unit == "%"), None)
    rivals = [each.number for each in others if each.unit in (None, first.unit)]
    large = [number for number in rivals if 2 * number > first.number]
    if len(printed) == 2 and len(large) == 1 and percent is not None:
        quote = Quote(price=first.number, change=large[0], change_percent=percent)
        return bool(contradicted(quote))
    return bool(large) or (cells > 1 and bool(rivals) and percent is None)


def add_changes(page: Page, loader: QuoteLoader, printed: str, cells: Sequence[Selector]) -> None:
    """Add the changes of a price; both are left out, with a doubt, if not all is understood.

    A colour or an icon in the `cells` that shows another sign is such a doubt; so is one amount
    without sign and percentage, which can be anything.
    """
    if not has_digit(printed):
        return
    changes = _changes(printed, loader)
    if changes is None:
        page.doubt("change", "unreadable", printed)
    elif is_of_other_sign(cells[0], printed, *cells[1:]):
        page.doubt("change", "contradiction", printed)
    elif "change_percent" not in changes and _AMBIGUOUS.match(printed):
        page.doubt("change", "ambiguous", printed)
    else:
        for field, part in changes.items():
            loader.add_value(field, part)


def _changes(printed: str, loader: QuoteLoader) -> dict[str, str] | None:
    """Return field → amount; ``None`` if the amounts are not one of each."""
    parts = amounts(printed)
    mark: DecimalMark | None = loader.context["mark"]
    if not parts or len(parts) > 2 or not all(amount(part, mark) for part in parts):
        return None
    if "percent" in loader.get_collected_values("unit"):
        return dict(zip(("change", "change_percent"), parts, strict=True)) if parts[1:] else None
    by_field = {("change_percent" if part.endswith("%") else "change"): part for part in parts}
    return by_field if len(by_field) == len(parts) else None
