"""How the tables of runs are made of their reports: SQL."""

from typing import Final

_COUNTS: Final = "MAP(VARCHAR, BIGINT)"
_COUNTS_OF: Final = f"MAP(VARCHAR, {_COUNTS})"
_DOUBTED: Final = 'STRUCT("values" BIGINT, pages BIGINT, url VARCHAR, printed VARCHAR)'
_TEXTS: Final = ("name", "spider", "arguments", "finish_reason", "meaning")
_NUMBERS: Final = (
    *("status", "written", "updated", "unchanged", "rejected", "refused", "pending"),
    *("pages", "requests", "memory_mb"),
)

STAGED: Final[dict[str, str]] = {
    **dict.fromkeys(_TEXTS, "VARCHAR"),
    **dict.fromkeys(("started", "ended"), "TIMESTAMPTZ"),
    "local": "TIMESTAMP",
    **dict.fromkeys(_NUMBERS, "BIGINT"),
    **dict.fromkeys(("seconds", "requests_per_new", "cpu_ms_per_page"), "DOUBLE"),
    **dict.fromkeys(("unusual", "errors"), "VARCHAR[]"),
    **dict.fromkeys(("of_items", "of_requests", "vocabulary"), _COUNTS_OF),
    **dict.fromkeys(("of_rejected", "of_pending"), _COUNTS),
    "filled": f"MAP(VARCHAR, STRUCT(items BIGINT, fields {_COUNTS}))",
    "doubts": f"MAP(VARCHAR, STRUCT(fields MAP(VARCHAR, MAP(VARCHAR, {_DOUBTED}))))",
    "slowest": "STRUCT(url VARCHAR, seconds DOUBLE)[]",
    "counts": "MAP(VARCHAR, DOUBLE)",
}
"""Columns of the lines of reports, as they are read → their types; each becomes one of a table."""


def _unnested(column: str) -> str:
    """Return the SQL of the entries of a map: each ``entry`` has a ``key`` and a ``value``."""
    return f"SELECT name AS run, unnest(map_entries({column})) AS entry FROM staged"


def _counts(column: str, key: str) -> str:
    return f"SELECT run, entry.key AS {key}, entry.value AS number FROM ({_unnested(column)})"


def _counts_of(column: str, outer: str, inner: str) -> str:
    """Return the SQL of a map of maps, a row for each number in it."""
    return (
        f"SELECT run, {outer}, entry.key AS {inner}, entry.value AS number FROM ("
        f"SELECT run, entry.key AS {outer}, unnest(map_entries(entry.value)) AS entry "
        f"FROM ({_unnested(column)}))"
    )


_FIELDS: Final = f"""
SELECT run, source, entry.key AS field, entry.value AS filled, items FROM (
  SELECT run, entry.key AS source, entry.value.items AS items,
    unnest(map_entries(entry.value.fields)) AS entry FROM ({_unnested("filled")}))
"""

_DOUBTS: Final = f"""
SELECT run, page_type, field, entry.key AS reason, unnest(entry.value) FROM (
  SELECT run, page_type, entry.key AS field, unnest(map_entries(entry.value)) AS entry FROM (
    SELECT run, entry.key AS page_type, unnest(map_entries(entry.value.fields)) AS entry
    FROM ({_unnested("doubts")})))
"""

_OF_RUNS: Final = (
    *("name", "spider", "arguments", "started", "ended", "local", "seconds", "finish_reason"),
    *("status", "meaning", "written", "updated", "unchanged", "rejected", "refused", "pending"),
    *("pages", "requests", "requests_per_new", "memory_mb", "cpu_ms_per_page", "unusual", "errors"),
)

TABLES: Final[dict[str, str]] = {
    "runs": f"SELECT {', '.join(_OF_RUNS)} FROM staged",
    "run_items": _counts_of("of_items", "kind", "fate"),
    "run_rejections": _counts("of_rejected", "reason"),
    "run_pending": _counts("of_pending", "reason"),
    "run_requests": _counts_of("of_requests", "page_type", "answer"),
    "run_fields": _FIELDS,
    "run_doubts": _DOUBTS,
    "run_words": _counts_of("vocabulary", "vocabulary", "word"),
    "run_slowest": "SELECT name AS run, unnest(slowest, recursive := true) FROM staged",
    "run_counts": _counts("counts", "name"),
}
"""Table → its rows, of reports that are ``staged``. A run's name is ``name`` in ``runs``, else
``run``: that of its file."""
