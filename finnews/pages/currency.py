"""A currency or a coin: ``/devisen/dollarkurs``, ``/devisen/bitcoin-euro-kurs``."""

import re

from finnews.pages.securities.paper_page import PaperPage
from finnews.pages.securities.paths import path_below


class CurrencyPage(PaperPage):
    """A snapshot with the price of the pair's first currency or coin, in its second currency."""

    path = re.compile(path_below("devisen"))
    kind = "currency"
