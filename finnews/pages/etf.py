"""An ETF: ``/etf/muster-welt-etf-ie00bmustr14``, on one exchange ``…/xetra`` (seen 2026-09)."""

import re

from finnews.pages.securities.security_page import SecurityPage, path_below


class EtfPage(SecurityPage):
    """A snapshot with the price on an exchange and the net asset value, and boxes of prices.

    Codes of exchanges are in small letters. Other paths below ``/etf/`` are lists and tools.
    """

    path = re.compile(path_below("etf"))
    kind = "etf"
    address = "/etf/{page}"
