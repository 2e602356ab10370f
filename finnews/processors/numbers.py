"""Numbers: amounts with their units, ranges and counts, each matched as a whole.

What is left over means that a text is not understood: ``70,00 - 74,00`` is no amount.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from finnews.bounds import CELL, Bounded, kept
from finnews.processors.texts import line
from finnews.site import DecimalMark

_GERMAN = re.compile(r"(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
_ENGLISH = re.compile(r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_SIGN = r"(?:(?P<sign>[-+±\u2212\u2013]) ?)?"
_UNIT = r"(?:%|[^\W\d_]{0,8}[€$£¥]|[^\W\d_]{1,12}\.?)"
_DIGITS = r"[0-9][0-9.,]*"
_BEFORE = rf"(?:(?P<front>{_UNIT}) ?)?{_SIGN}"
_BEHIND = rf"[⁰¹²³⁴-⁹]?(?: ?(?P<unit>{_UNIT}))? ?\*{{0,3}}"
_AMOUNT = Bounded(re.compile(rf"{_BEFORE}(?P<digits>{_DIGITS}){_BEHIND}"), CELL)
_IN_GERMAN = (  # for certain: 0,5 | 61,40 | 1.234,50 | 1.234.567, but not 1,234 or 1.234
    r"(?:(?:0[0-9]*|[1-9][0-9]*(?!,[0-9]{3}(?![0-9]))|[1-9][0-9]{0,2}(?:\.[0-9]{3})+),[0-9]+"
    r"|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})"
)
_IN_ENGLISH = (
    r"(?:(?:0[0-9]*|[1-9][0-9]*(?!\.[0-9]{3}(?![0-9]))|[1-9][0-9]{0,2}(?:,[0-9]{3})+)\.[0-9]+"
    r"|[1-9][0-9]{0,2}(?:,[0-9]{3}){2,})"
)
_CERTAIN: dict[DecimalMark, Bounded] = {
    ",": Bounded(re.compile(_BEFORE + _IN_GERMAN + _BEHIND), CELL),
    ".": Bounded(re.compile(_BEFORE + _IN_ENGLISH + _BEHIND), CELL),
}
_BETWEEN = r" ?(?:-|\u2013|\u2212|\bbis\b) ?"
_RANGE = Bounded(
    re.compile(
        rf"(?P<first>{_DIGITS}(?: ?{_UNIT})?)(?:{_BETWEEN}(?P<last>{_DIGITS}(?: ?{_UNIT})?))?"
    ),
    CELL,
)
_NEGATIVE = frozenset("-\u2212\u2013")
_PIECES = frozenset({None, "Stk.", "Stk", "Stück", "St."})
_MAX_VOLUME = 10**15


class Amount(NamedTuple):
    """A number with the unit that is printed with it: ``Amount(Decimal("159.00"), "EUR")``."""

    number: Decimal
    unit: str | None


def decimal(value: str, mark: DecimalMark | None) -> Decimal | None:
    """Return the number with all its printed digits.

    `mark` is the decimal mark of the table or row that it stands in; without one, only a number is
    read that has no thousands' separator in either notation.

    >>> decimal("22.631", ","), decimal("+1.159,00", ","), decimal("±0,00", ",")
    (Decimal('22631'), Decimal('1159.00'), Decimal('0.00'))
    >>> decimal("74,908.89", "."), decimal("−85,1", ","), decimal("- 85,1", ",")
    (Decimal('74908.89'), Decimal('-85.1'), Decimal('-85.1'))
    >>> decimal("1.5", ","), decimal("-", ","), decimal("12,x4", ","), decimal("61,40 EUR", ",")
    (None, None, None, None)
    """
    read = amount(value, mark)
    return read.number if read and read.unit is None else None


@kept(maxsize=64)  # a price is read as number, as currency and as unit
def amount(value: str, mark: DecimalMark | None) -> Amount | None:
    """Return the number and its unit, which may stand in front; the mark of a footnote may follow.

    >>> amount("159,00 EUR", ","), amount("€ 97,00*", ","), amount("- 3,40 A$", ",")[1]
    (Amount(number=Decimal('159.00'), unit='EUR'), Amount(number=Decimal('97.00'), unit='€'), 'A$')
    >>> amount("70,00 - 74,00 EUR", ","), amount("1,5 Mio. EUR", ","), amount("0,71%-", ",")
    (None, None, None)
    >>> amount("±0,00 %", ","), amount("±0,71 %", ",")
    (Amount(number=Decimal('0.00'), unit='%'), None)
    """
    match = _AMOUNT.fullmatch(line(value))
    if not match or (match["front"] and match["unit"]):
        return None
    number = _number(match["digits"], mark)
    if number is None or (match["sign"] == "±" and number):
        return None
    is_negative = match["sign"] in _NEGATIVE
    return Amount(number.copy_negate() if is_negative else number, match["front"] or match["unit"])


@kept(maxsize=64)  # of its two ends
def price_range(value: str, mark: DecimalMark | None) -> tuple[Amount, Amount] | None:
    """Return the ends of a price range, the lower first; a single price is both of them.

    >>> low, high = price_range("152,80 - 159,00 EUR", ",")
    >>> low, high.number
    (Amount(number=Decimal('152.80'), unit='EUR'), Decimal('159.00'))
    >>> price_range("61,75 bis 60,10", ",")[0].number, price_range("1 / 2 / 3", ",")
    (Decimal('60.10'), None)
    """
    match = _RANGE.fullmatch(line(value))
    ends = [amount(end, mark) for end in match.group("first", "last") if end] if match else []
    numbers = sorted(end.number for end in ends if end)
    units = {end.unit for end in ends if end and end.unit}
    if not numbers or len(numbers) < len(ends) or len(units) > 1:
        return None
    unit = next(iter(units), None)
    return Amount(numbers[0], unit), Amount(numbers[-1], unit)


def notation(cells: Iterable[str], usual: DecimalMark | None = None) -> DecimalMark | None:
    """Return the decimal mark of a table or row of amounts; ``None`` if they have both.

    A number tells it that has both marks, one mark twice, or one that is not followed by three
    digits. If none does, it is the `usual` one.

    >>> notation(["74,908.89 EUR", "1,136.19 EUR", "1.54 %"]), notation(["1.234 EUR", "-0,43%"])
    ('.', ',')
    >>> notation(["1.234 EUR"], ","), notation(["61.40", "60,80"], ",")
    (',', None)
    """
    texts = [line(cell) for cell in cells if "," in cell or "." in cell]
    marks = [mark for mark, form in _CERTAIN.items() if any(map(form.fullmatch, texts))]
    return usual if not marks else marks[0] if len(marks) == 1 else None


def volume(value: str, mark: DecimalMark | None) -> int | None:
    """Return a number of pieces; ``None`` if it is negative, fractional or impossible.

    >>> volume("3.541.483", ","), volume("200 Stk.", ","), volume("1,5", ","), volume("-1", ",")
    (3541483, 200, None, None)
    """
    read = amount(value, mark)
    if read is None or read.unit not in _PIECES or not 0 <= read.number < _MAX_VOLUME:
        return None
    return int(read.number) if read.number == int(read.number) else None


def _number(digits: str, mark: DecimalMark | None) -> Decimal | None:
    known = mark or _certain_mark(digits)
    if known is None and not digits.isdecimal():
        return None
    if not _is_in(known, digits):
        return None
    thousands = "," if known == "." else "."
    return Decimal(digits.replace(thousands, "").replace(",", "."))


def _is_in(mark: DecimalMark | None, digits: str) -> bool:
    """Return whether digits with marks are a number in the notation of a decimal mark."""
    return bool((_ENGLISH if mark == "." else _GERMAN).fullmatch(digits))


def _certain_mark(digits: str) -> DecimalMark | None:
    marks = [character for character in digits if character in ".,"]
    if not marks:
        return None
    last = marks[-1]
    digits_after = len(digits) - digits.rfind(last) - 1
    if digits.startswith("0") and len(marks) == 1:
        return "," if last == "," else "."  # 0.249 has no thousands
    if len(set(marks)) == 1 and (len(marks) > 1 or digits_after == 3):
        other: DecimalMark = "." if last == "," else ","
        return other if len(marks) > 1 else None  # 1.234.567 has its decimals behind a comma
    return "," if last == "," else "."
