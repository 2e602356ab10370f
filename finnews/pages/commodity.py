"""A commodity: ``/rohstoffe/goldpreis``; of the two oils, ``/rohstoffe/oelpreis?type=Brent``."""

import re

from finnews.pages.securities.paper_page import PaperPage
from finnews.pages.securities.paths import path_below


class CommodityPage(PaperPage):
    """A snapshot with the price, in the currency that is printed."""

    path = re.compile(path_below("rohstoffe"))
    kind = "commodity"
