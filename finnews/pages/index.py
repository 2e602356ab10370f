"""An index: ``/index/dax``; its lists, ``/index/dax/marktberichte``, are other pages."""

import re

from finnews.pages.securities.paper_page import PaperPage
from finnews.pages.securities.paths import path_below


class IndexPage(PaperPage):
    """A snapshot with the index in points."""

    path = re.compile(path_below("index"))
    kind = "index"
