"""What pages of certificates and bonds have in common: the paper ends, and then has no price."""

from collections.abc import Iterator
from typing import Any

from finnews.items import Quote, Rejection
from finnews.pages.securities.expiry import Sentence, expiry
from finnews.pages.securities.maturity import LastDay, last_day, last_days
from finnews.pages.securities.paper_page import PaperPage
from finnews.pages.securities.snapshot import Snapshot

_DAY = len("2026-11-27")


class MaturingPage(PaperPage):
    """A page whose paper may have ended, by its words or the last day in its terms."""

    def quotes(self, security: dict[str, Any], snapshot: Snapshot) -> Iterator[Quote | Rejection]:
        """Yield the quotes; if the page says that it is ``expired``, a rejection instead.

        If it perhaps says so, the price is a doubt, and ``unreadable-price``. A price after the
        last day is a doubt, too; without a time of its own it is of today.
        """
        sentences = expiry(snapshot)
        printed = _first(sentences, "expired")
        if printed:
            yield self.rejection("expired", ["price"], **security, printed=printed)
        elif doubtful := _first(sentences, "doubtful"):
            self.doubt("price", "ambiguous", doubtful)
            yield self.rejection("unreadable-price", ["price"], **security, printed=doubtful)
        else:
            last = self._last_day(sentences, security)
            for quote in super().quotes(security, snapshot):
                yield self._judged(quote, last, security)

    def _last_day(self, sentences: list[Sentence], security: dict[str, Any]) -> LastDay | None:
        """Return the earliest of the last days that the page names."""
        in_words = (day for each in sentences for day in last_day(self, each.printed))
        return min((*in_words, *last_days(self, security)), default=None)

    def _judged(
        self, quote: Quote | Rejection, last: LastDay | None, security: dict[str, Any]
    ) -> Quote | Rejection:
        """Return a quote; a rejection in place of one that has no time, and is after the end."""
        if not isinstance(quote, Quote) or last is None:
            return quote
        day = (quote.quoted_at or self.now.isoformat())[:_DAY]
        if day <= last.day:
            return quote
        printed = day if quote.quoted_at else "no time"
        self.doubt("price", "contradiction", f"{last.printed}, {printed}")
        if quote.quoted_at:
            return quote
        return self.rejection("unreadable-price", ["price"], **security, printed=last.printed)


def _first(sentences: list[Sentence], what: str) -> str | None:
    return next((each.printed for each in sentences if each.said == what), None)
