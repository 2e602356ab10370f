"""A bond: ``/anleihen/a0mst1-muster-anleihe``."""

import re

from finnews.pages.securities.maturing_page import MaturingPage
from finnews.pages.securities.paths import path_below


class BondPage(MaturingPage):
    """A snapshot with the price in percent of the face value, or in a currency, as printed."""

    path = re.compile(path_below("anleihen"))
    kind = "bond"
