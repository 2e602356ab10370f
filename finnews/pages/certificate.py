"""A certificate: ``/zertifikate/auf-a0mst1/mu5t3r``, also without its underlying, ``/auf-/mu5t3r``.

The paths were seen (2026-09), the page was not.
"""

import re
from collections.abc import Iterator
from typing import Any

from finnews.items import Quote, Rejection
from finnews.pages.securities.maturing_page import MaturingPage
from finnews.pages.securities.snapshot import Snapshot
from finnews.pages.visible import text_of
from finnews.processors import has_digit

_VALUES = "snapshot__certificate-values"  # empty on the pages of ETFs and funds


class CertificatePage(MaturingPage):
    """A snapshot with the price, and boxes of prices and of what the certificate promises."""

    path = re.compile(r"/zertifikate/auf-[^/]*/[^/]+/?")
    kind = "certificate"

    def quotes(self, security: dict[str, Any], snapshot: Snapshot) -> Iterator[Quote | Rejection]:
        """Yield the quotes; a value of what the certificate promises is told."""
        for part in snapshot.parts(_VALUES):
            if has_digit(text_of(part)):
                self.doubt("price", "unreadable", text_of(part))
        yield from super().quotes(security, snapshot)
