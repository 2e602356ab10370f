"""A fund: ``/fonds/muster-klima-welt-xe-c-lu0099999998`` (seen 2026-09)."""

import re

from finnews.pages.securities.paths import path_with_isin
from finnews.pages.securities.security_page import SecurityPage


class FundPage(SecurityPage):
    """A snapshot with the net asset value, and a box of it. Other pages are ``/fonds/…/<name>``."""

    path = re.compile(path_with_isin("fonds"))
    kind = "fund"
