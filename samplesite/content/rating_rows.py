"""The ratings that crawls should write."""

from samplesite.content.analyses import Analysis, in_tables
from samplesite.content.collector import Collector, Row


def rating_tables(collector: Collector, path: str, analyses: list[Analysis]) -> None:
    """Add the ratings of the tables "Analysen zu …" of a share."""
    for analysis in in_tables(analyses):
        values = table_row(analysis) | {
            "id": analysis.id if is_linked(analysis) else None,
            "rating": analysis.rating,
        }
        collector.add("ratings", (analysis.id,), path, values)


def table_row(analysis: Analysis) -> Row:
    """Return what every table prints of an analysis."""
    return {
        "name": analysis.stock.short,
        "page": analysis.stock.page,
        "firm": analysis.firm,
        "verdict": analysis.verdict,
        "date_published": analysis.day.isoformat(),
    }


def is_linked(analysis: Analysis) -> bool:
    """Return whether the tables "Analysen zu …" link the analysis."""
    return int(analysis.id) % 2 == 0


def target_row(analysis: Analysis) -> Row:
    return table_row(analysis) | {
        "id": analysis.id,
        "price_target": analysis.target,
        "currency": "EUR" if analysis.target is not None else None,
        "upside_percent": analysis.upside_now,
    }


def analysis_row(analysis: Analysis) -> Row:
    return target_row(analysis) | {
        "name": analysis.stock.name,
        "isin": analysis.stock.isin,
        "analyst": analysis.analyst,
        "rating": analysis.rating,
        "previous_rating": analysis.previous_rating,
        "action": analysis.action,
        "previous_price_target": analysis.stated_previous_target,
        "price": analysis.price,
        "upside_percent": analysis.upside,
        "consensus_target": analysis.consensus,
        "date_published": analysis.published,
        "text": analysis.body,
    }
