"""A fund: ``/fonds/muster-klima-welt-xe-c-lu0099999998`` (seen 2026-09)."""

import re

from finnews.pages.securities.security_page import SecurityPage


class FundPage(SecurityPage):
    """A snapshot with the net asset value, and a box of it. Other pages are ``/fonds/…/<name>``."""

    path = re.compile(
        r"/fonds/(?P<page>(?:[^/]+-)?(?P<isin>[A-Za-z]{2}[A-Za-z0-9]{9}\d))(?:/(?P<exchange>[^/]+))?"
    )
    kind = "fund"
    address = "/fonds/{page}"
