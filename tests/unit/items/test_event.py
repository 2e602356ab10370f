"""When two readings are one event."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from finnews.archive import Archive
from finnews.items import Event
from tests.support.archive_items import FETCHED, SITE

QUARTER = Event(
    url=f"{SITE}/termine/muster",
    fetched_at=FETCHED,
    page="muster",
    event="Quartalszahlen",
    period="Q4 2025",
    date="2026-02-03",
    eps_actual=Decimal("1.00"),
)
YEAR = replace(QUARTER, period="FY 2025", eps_actual=Decimal("4.00"))


def test_a_reading_without_a_period_is_no_reading_of_another_event(tmp_path: Path) -> None:
    """Two events of a day and a kind keep their earnings; a third record has what was read."""
    with Archive(tmp_path) as archive:
        for event in (QUARTER, YEAR, replace(YEAR, period=None)):
            archive.add(event)
        archive.commit()
        kept = {event.period: event.eps_actual for event in archive.about(Event, "stock:muster")}
    assert kept == {"Q4 2025": 1, "FY 2025": 4, None: 4}
