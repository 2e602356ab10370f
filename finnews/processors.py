"""Processors: German text to numbers, dates, times, ISINs and WKNs.

Each function takes a string and returns a value, or ``None`` if the string holds none. None of
them raises an exception, whatever the string.
"""

import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from stdnum import isin as stdnum_isin
from stdnum.de import wkn as stdnum_wkn
from stdnum.exceptions import ValidationError

from finnews.site import DecimalMark

_NOT_GIVEN = frozenset({"", "-", "–", "—", "n/a", "N/A"})
_SIGN = r"(?P<sign>[-+±\u2212\u2013]?)"
_GERMAN = re.compile(_SIGN + r"(?P<digits>(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?)", re.ASCII)
_ENGLISH = re.compile(_SIGN + r"(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)", re.ASCII)
_PLUS_SIGNS = frozenset({"", "+", "±"})
_AMOUNT = re.compile(
    r"\s*(?P<number>[^\sA-Za-z%€$£]+)"
    r"(?:\s*(?P<unit>%|[A-Z]{2}[A-Za-z]\b|€|\$|£)|(?=\s+[^\s\d]|\s*$))"
)
_PERCENT = re.compile(r"([.,])\d+\s*%", re.ASCII)
_NUMBER = re.compile(r"\d[\d.,]*", re.ASCII)
_DAY = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})\b", re.ASCII)
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})(?::(\d{2}))?\b", re.ASCII)
_STUDY_TIME = re.compile(r"(\d{2}\.\d{2}\.\d{4}) / (\d{1,2}:\d{2}) / ([A-Z]+)", re.ASCII)
_ANALYSIS_LINK = re.compile(r"/analyse/[^/?#]*?(\d+)(?=[?#]|$)", re.ASCII)
_UNIT = re.compile(r"([A-Z]{2}[A-Za-z]|€|\$|£)\s*$", re.ASCII)
_RANGE = re.compile(r"(?<=\d)\s+[-–]\s+(?=\d)", re.ASCII)
_BLANKS = re.compile(r"[^\S\n]+")
_PERIOD = re.compile(r"(?:Q[1-4]|H[12]|FY) \d{4}", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
_MAX_VOLUME = 10**15

# Soft hyphen, zero-width space, word joiner, byte order mark
_INVISIBLE = str.maketrans(dict.fromkeys("\u00ad\u200b\u2060\ufeff"))

# Time zones in the time stamps of studies, as offsets from UTC in hours
_UTC_OFFSETS = {
    "UTC": 0,
    "GMT": 0,
    "BST": 1,
    "MEZ": 1,
    "CET": 1,
    "MESZ": 2,
    "CEST": 2,
    "EDT": -4,
    "EST": -5,
}


def text(value: str) -> str | None:
    """Return the text on one line; ``None`` if it is empty or a placeholder such as ``-``.

    >>> text("  Tesla \\n Aktie ")
    'Tesla Aktie'
    >>> text(" - ") is None
    True
    """
    valid = value.encode("utf-8", "ignore").decode()  # JSON can hold lone surrogates
    line = " ".join(valid.translate(_INVISIBLE).split())
    return None if line in _NOT_GIVEN else line


def paragraph(value: str) -> str | None:
    """Return the text with its line breaks, without empty lines and repeated blanks.

    >>> paragraph(" one  two \\n  three ")
    'one two\\nthree'
    """
    lines = value.translate(_INVISIBLE).split("\n")
    stripped = (_BLANKS.sub(" ", line).strip() for line in lines)
    return "\n".join(filter(None, stripped)) or None


def decimal(value: str, mark: DecimalMark) -> Decimal | None:
    """Return the number with all its printed digits; the caller knows the decimal mark.

    >>> decimal("22.631", ","), decimal("+1.159,00", ","), decimal("±0,00", ",")
    (Decimal('22631'), Decimal('1159.00'), Decimal('0.00'))
    >>> decimal("74,908.89", "."), decimal("−85,1", ",")
    (Decimal('74908.89'), Decimal('-85.1'))
    >>> decimal("1.5", ","), decimal("-", ","), decimal("12,x4", ",")
    (None, None, None)
    """
    match = (_GERMAN if mark == "," else _ENGLISH).fullmatch(value.strip())
    if not match:
        return None
    thousands_separator = "." if mark == "," else ","
    digits = match["digits"].replace(thousands_separator, "").replace(",", ".")
    return Decimal(digits if match["sign"] in _PLUS_SIGNS else f"-{digits}")


def decimal_mark(row: str) -> DecimalMark | None:
    """Return the decimal mark of a row of prices; ``None`` if the row is ambiguous.

    A percentage always has decimals, so its last mark is the decimal mark. In a row without a
    percentage, a number decides that has both marks, or one mark not followed by three digits.

    >>> decimal_mark("74,908.89 EUR 1,136.19 EUR 1.54 %")
    '.'
    >>> decimal_mark("19.884,8 PKT -85,1 PKT -0,43%")
    ','
    >>> decimal_mark("1.234 EUR") is None
    True
    """
    percent = _PERCENT.search(row)
    if percent:
        return _mark(percent[1])
    marks = map(_unambiguous_mark, _NUMBER.findall(row))
    return next(filter(None, marks), None)


def amount(value: str, mark: DecimalMark) -> tuple[Decimal | None, str | None]:
    """Return the number at the start and its unit as printed; a unit without number is ``None``.

    >>> amount("159,00 EUR", ","), amount("+1,21%", ","), amount("-", ",")
    ((Decimal('159.00'), 'EUR'), (Decimal('1.21'), '%'), (None, None))
    """
    match = _AMOUNT.match(value)
    number = decimal(match["number"], mark) if match else None
    return (number, match["unit"]) if match and number is not None else (None, None)


def printed_unit(value: str) -> str | None:
    """Return the unit at the end of a price, as printed.

    >>> printed_unit("74,908.89 EUR"), printed_unit("97,00 €"), printed_unit("EUR")
    ('EUR', '€', 'EUR')
    >>> printed_unit("PKT PKT"), printed_unit("97,00")
    ('PKT', None)
    """
    match = _UNIT.search(value)
    return match[1] if match else None


def range_low(value: str) -> str:
    """Return the low of a price range; a single price is both its low and its high.

    >>> range_low("152,80 - 159,00"), range_low("152,80")
    ('152,80', '152,80')
    """
    return _RANGE.split(value.strip())[0]


def range_high(value: str) -> str:
    """Return the high of a price range.

    >>> range_high("152,80 - 159,00"), range_high("-")
    ('159,00', '-')
    """
    return _RANGE.split(value.strip())[-1]


def volume(value: str, mark: DecimalMark) -> int | None:
    """Return a trading volume in shares; ``None`` if it is negative, fractional or impossible.

    >>> volume("3.541.483", ","), volume("-", ","), volume("1,5", ","), volume("-1", ",")
    (3541483, None, None, None)
    """
    number = decimal(value, mark)
    if number is None or not 0 <= number < _MAX_VOLUME or number != int(number):
        return None
    return int(number)


def german_day(value: str) -> str | None:
    """Return the first date in the text; a year of two digits is in this century.

    >>> german_day("31.07.26"), german_day("01.10.26 06:10 Uhr"), german_day("31.02.2026")
    ('2026-07-31', '2026-10-01', None)
    """
    day = _day(value)
    return day.isoformat() if day else None


def period(value: str) -> str | None:
    """Return a company's reporting period; half years are expected, but were not seen (2026-08).

    >>> period("Q3 2026"), period("FY 2025"), period("demnächst")
    ('Q3 2026', 'FY 2025', None)
    """
    match = _PERIOD.fullmatch(value.strip())
    return match[0] if match else None


def german_time(value: str, zone: ZoneInfo) -> str | None:
    """Return the first date with the first time of day in the text, both in a time zone.

    >>> german_time("aktualisiert 27.02.13 21:49 Uhr", ZoneInfo("Europe/Berlin"))
    '2013-02-27T21:49:00+01:00'
    >>> german_time("21:57:30 31.07.2026", ZoneInfo("Europe/Berlin"))
    '2026-07-31T21:57:30+02:00'
    >>> german_time("31.07.2026", ZoneInfo("Europe/Berlin")) is None
    True
    """
    day, clock = _day(value), _clock(value)
    return datetime.combine(day, clock, zone).isoformat() if day and clock else None


def iso_time(value: str, zone: ZoneInfo) -> str | None:
    """Return an ISO 8601 time converted to a time zone; a time without zone is in that zone.

    >>> iso_time("2026-10-01T06:10:19", ZoneInfo("Europe/Berlin"))
    '2026-10-01T06:10:19+02:00'
    >>> iso_time("2026-10-01T04:10:19.000Z", ZoneInfo("Europe/Berlin"))
    '2026-10-01T06:10:19+02:00'
    """
    try:
        printed = datetime.fromisoformat(value.strip())
        is_local = printed.tzinfo is None
        local = printed.replace(tzinfo=zone) if is_local else printed.astimezone(zone)
    except (ValueError, OverflowError):
        return None
    return local.isoformat(timespec="seconds") if ":" in value else None


def rfc822_time(value: str, zone: ZoneInfo) -> str | None:
    """Return the time in an RSS ``pubDate``, converted to a time zone.

    >>> rfc822_time("Sun, 02 Aug 2026 23:34:39 +0200", ZoneInfo("Europe/Berlin"))
    '2026-08-02T23:34:39+02:00'
    """
    try:
        return iso_time(parsedate_to_datetime(value).isoformat(), zone)
    except (ValueError, IndexError, OverflowError):
        return None


def study_time(value: str, zone: ZoneInfo) -> str | None:
    """Return the time in a study's publication line, converted to a time zone.

    >>> line = "Veröffentlichung der Original-Studie: 31.07.2026 / 14:28 / EDT"
    >>> study_time(line, ZoneInfo("Europe/Berlin"))
    '2026-07-31T20:28:00+02:00'
    """
    match = _STUDY_TIME.search(value)
    if not match or match[3] not in _UTC_OFFSETS:
        return None
    day, clock = _day(match[1]), _clock(match[2])
    if day is None or clock is None:
        return None
    study_zone = timezone(timedelta(hours=_UTC_OFFSETS[match[3]]))
    return iso_time(datetime.combine(day, clock, study_zone).isoformat(), zone)


def isin(value: str) -> str | None:
    """Return the ISIN if its check digit is valid.

    >>> isin(" us88160r1014 "), isin("US88160R1015")
    ('US88160R1014', None)
    """
    try:
        return str(stdnum_isin.validate(value.strip().upper()))
    except ValidationError:
        return None


def wkn(value: str) -> str | None:
    """Return the WKN, a German securities number, if its form is valid; it has no check digit.

    >>> wkn("a1cx3t"), wkn("716460"), wkn("TSLA")
    ('A1CX3T', '716460', None)
    """
    try:
        return str(stdnum_wkn.validate(value.strip().upper()))
    except ValidationError:
        return None


def wkn_of_isin(value: str) -> str | None:
    """Return the WKN that a German ISIN contains; other ISINs contain none.

    >>> wkn_of_isin("DE0007164600"), wkn_of_isin("US88160R1014")
    ('716460', None)
    """
    return wkn(value[5:11]) if value.startswith("DE000") else None


def isin_of_link(href: str) -> str | None:
    """Return the ISIN in the link "Aktie kaufen", the only ISIN on some pages.

    >>> isin_of_link("https://g.finanzen.net/zero?isin=FR0000125007")
    'FR0000125007'
    """
    values = parse_qs(_query(href)).get("isin", [])
    return next(filter(None, map(isin, values)), None)


def analysis_id(href: str) -> str | None:
    """Return the id of the analysis that a link leads to.

    >>> analysis_id("/analyse/muster_ag_buy-beispiel_bank_1096443"), analysis_id("/analysen?p=2")
    ('1096443', None)
    """
    match = _ANALYSIS_LINK.search(href)
    return match[1] if match else None


def digits(value: str) -> str | None:
    """Return the text if it is digits alone, as an id of the site is.

    >>> digits(" 1096443 "), digits("/analyse/muster")
    ('1096443', None)
    """
    match = _DIGITS.fullmatch(value.strip())
    return match[0] if match else None


def _query(href: str) -> str:
    try:
        return urlsplit(href).query
    except ValueError:
        return ""


def _day(value: str) -> date | None:
    match = _DAY.search(value)
    if not match:
        return None
    year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
    try:
        return date(year, int(match[2]), int(match[1]))
    except ValueError:
        return None


def _clock(value: str) -> time | None:
    match = _CLOCK.search(value)
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0)) if match else None
    except ValueError:
        return None


def _mark(character: str) -> DecimalMark:
    return "," if character == "," else "."


def _unambiguous_mark(number: str) -> DecimalMark | None:
    marks = [character for character in number if character in ".,"]
    digits_after = len(number) - max(number.rfind("."), number.rfind(",")) - 1
    if len(set(marks)) == 2 or (len(marks) == 1 and digits_after not in (0, 3)):
        return _mark(marks[-1])
    return None
