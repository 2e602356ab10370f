"""German text to value: numbers, money, dates, securities' numbers.

Each function takes one string and returns one value, or ``None`` where the text is not one.
None of them raises on text.
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
_NO_MINUS = frozenset({"", "+", "±"})
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
_LINE = re.compile(r"[^\S\n]+")
_PERIOD = re.compile(r"(?:Q[1-4]|H[12]|FY) \d{4}", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
_MOST_SHARES = 10**15

# Soft hyphen, zero-width space and joiner, byte order mark: they part words, and print nothing.
_INVISIBLE = str.maketrans(dict.fromkeys("\u00ad\u200b\u2060\ufeff"))

# Zones of the studies' time stamps, in hours from UTC.
_STUDY_ZONES = {
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
    """Return the text on one line, or ``None`` if it says "not given".

    >>> text("  Tesla \\n Aktie ")
    'Tesla Aktie'
    >>> text(" - ") is None
    True
    """
    sound = value.encode("utf-8", "ignore").decode()  # JSON can hold halves of characters
    words = " ".join(sound.translate(_INVISIBLE).split())
    return None if words in _NOT_GIVEN else words


def paragraph(value: str) -> str | None:
    """Return the text with its line breaks, each line stripped and its blanks single.

    >>> paragraph(" one  two \\n  three ")
    'one two\\nthree'
    """
    lines = (_LINE.sub(" ", one).strip() for one in value.translate(_INVISIBLE).split("\n"))
    return "\n".join(one for one in lines if one) or None


def decimal(value: str, mark: DecimalMark) -> Decimal | None:
    """Return the number, with the digits it was printed with; its decimal mark is known.

    >>> decimal("22.631", ","), decimal("+1.159,00", ","), decimal("±0,00", ",")
    (Decimal('22631'), Decimal('1159.00'), Decimal('0.00'))
    >>> decimal("74,908.89", "."), decimal("−85,1", ",")
    (Decimal('74908.89'), Decimal('-85.1'))
    >>> decimal("1.5", ","), decimal("-", ","), decimal("12,x4", ",")
    (None, None, None)
    """
    found = (_GERMAN if mark == "," else _ENGLISH).fullmatch(value.strip())
    if not found:
        return None
    thousands = "." if mark == "," else ","
    digits = found["digits"].replace(thousands, "").replace(",", ".")
    return Decimal(digits if found["sign"] in _NO_MINUS else f"-{digits}")


def decimal_mark(row: str) -> DecimalMark | None:
    """Return the decimal mark of a row of prices, as the row itself shows it.

    A percentage is printed with decimals, so its last mark is the decimal one; failing that, a
    number with both marks, or with other than three digits behind its only one, tells.

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
    telling = (_telling_mark(number) for number in _NUMBER.findall(row))
    return next((mark for mark in telling if mark), None)


def amount(value: str, mark: DecimalMark) -> tuple[Decimal | None, str | None]:
    """Return the number in front and the unit behind it, as printed; a part of one is none.

    >>> amount("159,00 EUR", ","), amount("+1,21%", ","), amount("-", ",")
    ((Decimal('159.00'), 'EUR'), (Decimal('1.21'), '%'), (None, None))
    """
    found = _AMOUNT.match(value)
    number = decimal(found["number"], mark) if found else None
    return (number, found["unit"]) if found and number is not None else (None, None)


def unit(value: str) -> str | None:
    """Return the unit at the end of a printed price, as printed.

    >>> unit("74,908.89 EUR"), unit("97,00 €"), unit("EUR"), unit("PKT PKT"), unit("97,00")
    ('EUR', '€', 'EUR', 'PKT', None)
    """
    found = _UNIT.search(value)
    return found[1] if found else None


def low(value: str) -> str:
    """Return the lower end of a range of prices; a single price is both of its ends.

    >>> low("152,80 - 159,00"), low("152,80")
    ('152,80', '152,80')
    """
    return _RANGE.split(value.strip())[0]


def high(value: str) -> str:
    """Return the upper end of a range of prices.

    >>> high("152,80 - 159,00"), high("-")
    ('159,00', '-')
    """
    return _RANGE.split(value.strip())[-1]


def count(value: str, mark: DecimalMark) -> int | None:
    """Return a number of shares; ``None`` if it is none, or more than there can be.

    >>> count("3.541.483", ","), count("-", ","), count("1,5", ","), count("-1", ",")
    (3541483, None, None, None)
    """
    number = decimal(value, mark)
    is_count = number is not None and 0 <= number < _MOST_SHARES and number == int(number)
    return int(number) if number is not None and is_count else None


def german_day(value: str) -> str | None:
    """Return the first day in the text; two digits of a year are of this century.

    >>> german_day("31.07.26"), german_day("01.10.26 06:10 Uhr"), german_day("31.02.2026")
    ('2026-07-31', '2026-10-01', None)
    """
    found = _day(value)
    return found.isoformat() if found else None


def period(value: str) -> str | None:
    """Return a company's reporting period; halves of a year are expected, not seen.

    >>> period("Q3 2026"), period("FY 2025"), period("demnächst")
    ('Q3 2026', 'FY 2025', None)
    """
    match = _PERIOD.fullmatch(value.strip())
    return match[0] if match else None


def german_time(value: str, zone: ZoneInfo) -> str | None:
    """Return the first day and clock time in the text, which are of a zone.

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
    """Return an ISO time in the time of a zone; one without a zone is of that already.

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


def mail_time(value: str, zone: ZoneInfo) -> str | None:
    """Return the time of a feed's ``pubDate`` in the time of a zone.

    >>> mail_time("Sun, 02 Aug 2026 23:34:39 +0200", ZoneInfo("Europe/Berlin"))
    '2026-08-02T23:34:39+02:00'
    """
    try:
        return iso_time(parsedate_to_datetime(value).isoformat(), zone)
    except (ValueError, IndexError, OverflowError):
        return None


def study_time(value: str, zone: ZoneInfo) -> str | None:
    """Return when a study was published, in the time of a zone, from its own line.

    >>> line = "Veröffentlichung der Original-Studie: 31.07.2026 / 14:28 / EDT"
    >>> study_time(line, ZoneInfo("Europe/Berlin"))
    '2026-07-31T20:28:00+02:00'
    """
    found = _STUDY_TIME.search(value)
    if not found or found[3] not in _STUDY_ZONES:
        return None
    day, clock = _day(found[1]), _clock(found[2])
    printed = timezone(timedelta(hours=_STUDY_ZONES[found[3]]))
    if day is None or clock is None:
        return None
    return iso_time(datetime.combine(day, clock, printed).isoformat(), zone)


def isin(value: str) -> str | None:
    """Return the ISIN if its check digit is right.

    >>> isin(" us88160r1014 "), isin("US88160R1015")
    ('US88160R1014', None)
    """
    try:
        return str(stdnum_isin.validate(value.strip().upper()))
    except ValidationError:
        return None


def wkn(value: str) -> str | None:
    """Return the German securities number if it has the form of one (it has no check digit).

    >>> wkn("a1cx3t"), wkn("716460"), wkn("TSLA")
    ('A1CX3T', '716460', None)
    """
    try:
        return str(stdnum_wkn.validate(value.strip().upper()))
    except ValidationError:
        return None


def wkn_of_isin(value: str) -> str | None:
    """Return the WKN that a German ISIN contains; of others it cannot be told.

    >>> wkn_of_isin("DE0007164600"), wkn_of_isin("US88160R1014")
    ('716460', None)
    """
    return wkn(value[5:11]) if value.startswith("DE000") else None


def isin_of_link(href: str) -> str | None:
    """Return the ISIN of an "Aktie kaufen" link, the only place where some pages print it.

    >>> isin_of_link("https://g.finanzen.net/zero?isin=FR0000125007")
    'FR0000125007'
    """
    return next(iter(filter(None, map(isin, parse_qs(_query(href)).get("isin", [])))), None)


def analysis_id(href: str) -> str | None:
    """Return the number of the analysis to which a link leads.

    >>> analysis_id("/analyse/muster_ag_buy-beispiel_bank_1096443"), analysis_id("/analysen?p=2")
    ('1096443', None)
    """
    found = _ANALYSIS_LINK.search(href)
    return found[1] if found else None


def digits(value: str) -> str | None:
    """Return a number of the site's, as text.

    >>> digits(" 1096443 "), digits("/analyse/muster")
    ('1096443', None)
    """
    found = _DIGITS.fullmatch(value.strip())
    return found[0] if found else None


def _query(href: str) -> str:
    try:
        return urlsplit(href).query
    except ValueError:
        return ""


def _day(value: str) -> date | None:
    found = _DAY.search(value)
    if not found:
        return None
    year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
    try:
        return date(year, int(found[2]), int(found[1]))
    except ValueError:
        return None


def _clock(value: str) -> time | None:
    found = _CLOCK.search(value)
    try:
        return time(int(found[1]), int(found[2]), int(found[3] or 0)) if found else None
    except ValueError:
        return None


def _mark(sign: str) -> DecimalMark:
    return "," if sign == "," else "."


def _telling_mark(number: str) -> DecimalMark | None:
    marks = [sign for sign in number if sign in ".,"]
    behind = len(number) - max(number.rfind("."), number.rfind(",")) - 1
    if len(set(marks)) == 2 or (len(marks) == 1 and behind not in (0, 3)):
        return _mark(marks[-1])
    return None
