"""A bond: ``/anleihen/a0mst1-muster-anleihe``."""

import re

from finnews.pages.securities.paper_page import PaperPage
from finnews.pages.securities.paths import path_below


class BondPage(PaperPage):
    """A snapshot with the price in percent of the face value, or in a currency, as printed."""

    path = re.compile(path_below("anleihen"))
    kind = "bond"
