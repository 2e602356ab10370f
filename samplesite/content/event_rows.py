"""The events that crawls should write."""

from samplesite.content.collector import Collector, Row
from samplesite.content.events import Event


def calendar(collector: Collector, path: str, events: list[Event]) -> None:
    """Add the events of a share."""
    for event in events:
        key = (event.stock.page, event.day, event.kind, event.period)
        collector.add("events", key, path, event_row(event))


def event_row(event: Event) -> Row:
    return {
        "name": event.stock.short,
        "page": event.stock.page,
        "event": event.kind,
        "period": event.period,
        "date": event.day.isoformat(),
        "is_estimated": event.is_day_estimated,
        "eps_estimate": None if event.is_past else event.eps,
        "eps_actual": event.eps if event.is_past else None,
        "currency": None if event.eps is None else "EUR",
    }
