"""Types of field values with a form that the Python type does not express."""

from typing import Annotated, Any, Final, Literal

DAY: Final = r"\d{4}-\d{2}-\d{2}"
TIME: Final = rf"{DAY}T\d{{2}}:\d{{2}}:\d{{2}}[+\-]\d{{2}}:\d{{2}}"


class Form:
    """JSON Schema keywords for the values of an annotated type."""

    def __init__(self, **keywords: Any) -> None:
        self.keywords = keywords


Url = Annotated[str, Form(pattern=r"^https?://[^/\s]+/\S*$")]
"""An absolute address."""

Digits = Annotated[str, Form(pattern=r"^\d+$")]
"""A number that the site assigns, as text."""

Day = Annotated[str, Form(pattern=rf"^{DAY}$")]
"""``2026-11-23``."""

Time = Annotated[str, Form(pattern=rf"^{TIME}$")]
"""ISO 8601 with a zone offset: ``2026-11-23T17:20:05+01:00``."""

UtcTime = Annotated[str, Form(pattern=rf"^{DAY}T\d{{2}}:\d{{2}}:\d{{2}}\+00:00$")]
"""ISO 8601 in UTC: ``2026-11-23T16:20:05+00:00``."""

DayOrTime = Annotated[str, Form(pattern=rf"^(?:{DAY}|{TIME})$")]
"""A `Time` where the page prints one, else a `Day`."""

Isin = Annotated[str, Form(pattern=r"^[A-Z]{2}[A-Z0-9]{9}\d$")]
"""ISIN (ISO 6166)."""

Wkn = Annotated[str, Form(pattern=r"^[A-Z0-9]{6}$")]
"""German securities number (WKN)."""

Mic = Annotated[str, Form(pattern=r"^[A-Z0-9]{4}$")]
"""Code of an exchange (ISO 10383)."""

Currency = Annotated[str, Form(pattern=r"^[A-Z]{3}$")]
"""Currency code (ISO 4217)."""

Count = Annotated[int, Form(minimum=0)]
"""A count, 0 or more."""

Version = Annotated[int, Form(minimum=1)]
"""A version number, from 1."""

Unit = Literal["points", "percent", "GBX", "ZAC", "ILA", "USX"]
"""Units of a price that are not currencies: points of an index, percent of a bond's face value, and
hundredths of the pound, the rand, the shekel and the dollar."""
