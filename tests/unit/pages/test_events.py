"""A calendar tells what cannot be: earnings that are reported of a day to come."""

from datetime import datetime, timedelta

from finnews.items import Event
from finnews.pages import page_type
from finnews.site import FINANZEN_NET
from tests.support.cases import golden_cases


def test_earnings_are_not_reported_of_a_coming_event() -> None:
    """The day of the page's first event is set to one that is to come, whenever the test runs."""
    case = next(case for case in golden_cases() if case.name == "events/full")
    day = datetime.now(FINANZEN_NET.zone) + timedelta(days=30)
    text = case.text.replace("Schätzung EPS", "Tatsächliches EPS", 1)
    page_class = page_type(case.url)
    assert page_class is not None
    page = page_class(case.url, text.replace("21.10.2026", f"{day:%d.%m.%Y}", 1))
    first = next(item for item in page.items() if isinstance(item, Event))
    assert (first.date, first.eps_actual) == (f"{day:%Y-%m-%d}", None)
    assert "doubt/eps_actual/implausible" in map(str, page.stats.doubts)
