"""Pages as HTML and as JSON."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from finnews import __version__
from finnews.archive.lines import encoded
from finnews.look.charts import specification
from finnews.look.datasets import LINKED
from finnews.look.links import Links, is_of_web
from finnews.look.live_tables import LiveTables
from finnews.look.model import Chart, Facts, Note, Page, Row, Table
from finnews.look.reading import Arguments, Shown, all_rows, shown, visible
from finnews.look.registry import is_of_page
from finnews.sql.answers import plain

MENU: Final = (
    ("Today", "index"),
    ("Papers", "papers"),
    ("Verdicts", "verdicts"),
    ("Crawls", "crawls"),
    ("Search", "search"),
)
"""The words and addresses on top of every page."""

MOST_ROWS: Final = 1000
"""Rows of a table on a disk."""

_NO_MARKUP: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def html(page: Page, tables: LiveTables, links: Links, arguments: Arguments) -> str:
    """Return a page as a document."""
    template = _environment().get_template("page.html")
    parts = [_rendered(part, tables, links, arguments) for part in page.parts]
    return template.render(
        page=page,
        parts=parts,
        links=links,
        menu=MENU,
        arguments=arguments,
        as_of=tables.as_of,
        zone=tables.zone,
        site=tables.site,
        problems=tables.problems,
        version=__version__,
    )


def json(page: Page, tables: LiveTables, arguments: Arguments) -> bytes:
    """Return what a page says as an object: its facts, and of each table the rows that it shows."""
    content: dict[str, Any] = {"address": page.address, "title": page.title, "as_of": tables.as_of}
    content["facts"] = {
        fact.label: plain(fact.value)
        for part in page.parts
        if isinstance(part, Facts)
        for fact in part.facts
    }
    content["notes"] = [part.text for part in page.parts if isinstance(part, Note)]
    content["tables"] = {
        table.name: _json_table(shown(tables, table, arguments)) for table in page.tables()
    }
    return encoded(content) + b"\n"


def _json_table(rows: Shown) -> dict[str, Any]:
    return {"total": rows.total, "rows": [plain(visible(row)) for row in rows.rows]}


def _rendered(
    part: Any, tables: LiveTables, links: Links, arguments: Arguments
) -> Mapping[str, Any]:
    """Return a part with what its template needs of it."""
    kind = type(part).__name__.lower()
    if isinstance(part, Table):
        return {"kind": kind, "part": part, "shown": shown(tables, _sized(part, links), arguments)}
    if not isinstance(part, Chart):
        return {"kind": kind, "part": part}
    rows = {table.name: _with_places(all_rows(tables, table)) for table in part.tables}
    return {
        "kind": kind,
        "part": part,
        "has_marks": any(rows.values()),
        "specification": _script_json(specification(part, rows, links)),
        "shown": [
            _under(_sized(table, links), rows[table.name], tables, arguments)
            for table in part.tables
        ],
    }


def _sized(table: Table, links: Links) -> Table:
    """Return a table; where nobody answers, with more rows than one page has elsewhere."""
    return replace(table, size=MOST_ROWS) if links.is_static else table


def _with_places(rows: list[Row]) -> list[Row]:
    """Return rows of marks; one whose link is neither a page nor of the web leads nowhere."""
    if not rows or LINKED not in rows[0]:
        return rows
    return [row | {LINKED: link if _leads(link := row[LINKED]) else None} for row in rows]


def _leads(link: str | None) -> bool:
    return link is not None and (is_of_web(link) or is_of_page(link))


def _under(table: Table, rows: list[Row], tables: LiveTables, arguments: Arguments) -> Shown:
    """Return a chart's table, whose rows are known unless an address asks for others."""
    if table.name in arguments or f"{table.name}.page" in arguments:
        return shown(tables, table, arguments)
    return Shown(table, rows[: table.size], len(rows), table.order)


def _script_json(value: Any) -> Markup:
    """Return JSON for an element of the document: nothing in it is markup."""
    return Markup(encoded(value).decode().translate(_NO_MARKUP))  # noqa: S704


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("finnews.look"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "plain": plain,
        "digits": _digits,
        "moment": _moment,
        "iso": _iso,
        "query": _query,
    }
    environment.tests |= {"of_web": is_of_web, "of_page": is_of_page}
    return environment


def _digits(value: Decimal | float) -> str:
    """Return a number without an exponent, nor zeros at its end.

    >>> _digits(Decimal("0.000000130000")), _digits(1e-07), _digits(12)
    ('0.00000013', '0.0000001', '12')
    """
    return f"{plain(value if isinstance(value, Decimal) else Decimal(str(value))):f}"


def _moment(value: datetime | date | str, zone: ZoneInfo) -> str:
    """Return a day or a time as it is shown where no script runs."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        return value.isoformat()
    local = value.astimezone(zone) if value.tzinfo else value
    return f"{local:%Y-%m-%d %H:%M}"


def _query(arguments: Mapping[str, Any]) -> str:
    return urlencode(arguments, errors="replace")


def _iso(value: datetime | date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()
