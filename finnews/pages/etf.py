"""An ETF: ``/etf/muster-welt-etf-ie00bmustr14``, on one exchange ``…/xetra`` (seen 2026-09)."""

import re

from finnews.pages.securities.paths import path_with_isin
from finnews.pages.securities.security_page import SecurityPage


class EtfPage(SecurityPage):
    """A snapshot with the price on an exchange and the net asset value, and boxes of prices.

    Codes of exchanges are in small letters. Other paths below ``/etf/`` are lists and tools.
    """

    path = re.compile(path_with_isin("etf"))
    kind = "etf"
