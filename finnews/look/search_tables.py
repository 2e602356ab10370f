"""The tables of a search: articles and studies that it finds, each with a snippet."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from finnews.look.full_text import EDITION, SEPARATOR
from finnews.look.live_tables import LiveTables
from finnews.look.model import Column, Row, Table, columns, time_column
from finnews.look.search_filters import Filters
from finnews.look.snippets import snippet
from finnews.look.sources import ADDRESS, UNIT

SIZE: Final = 50  # rows on a page, each with a snippet

_HITS: Final = """
hits AS (
  SELECT unnest(hits) AS hit, generate_subscripts(hits, 1) AS rank
  FROM (SELECT string_split($hits, chr(30)) AS hits)),"""

_OF_PAPERS: Final = f"""
instrument IN (SELECT instrument FROM paper_keys JOIN papers USING (paper)
  WHERE {ADDRESS} IN $papers)"""

_FOUND: Final = """
WITH {hits}
found AS (
  SELECT articles.key, {rank} AS rank, date_published, date_published_day, headline, agency, url,
    instant
  FROM articles {join} WHERE {where})"""

_ARTICLES: Final = f"""
{_FOUND},
named AS (
  SELECT key, list(struct_pack(name, address) ORDER BY position) AS papers
  FROM (
    SELECT article AS key, papers.name, {ADDRESS} AS address, min(position) AS position
    FROM article_papers JOIN paper_keys USING (instrument) JOIN papers USING (paper)
    WHERE article IN (SELECT key FROM found) GROUP BY ALL)
  GROUP BY key)
SELECT {{ranked}} date_published, date_published_day, headline, papers, agency, url,
  instant AS _at, key AS _key
FROM found LEFT JOIN named USING (key)
"""

_VERDICTS: Final = f"""
WITH {{hits}}
found AS (SELECT ratings.*, {{rank}} AS rank FROM ratings {{join}} WHERE {{where}})
SELECT {{ranked}} date_published, date_published_day, firm,
  coalesce(papers.name, found.name) AS name, rating, verdict, price_target, {UNIT} AS unit, url,
  found.instant AS _at, found.key AS _key, {ADDRESS} AS _paper
FROM found LEFT JOIN paper_keys USING (instrument) LEFT JOIN papers USING (paper)
"""

_TEXTS: Final = {
    "articles": "SELECT key, description AS lead, article_body AS body FROM articles",
    "ratings": "SELECT key, text AS lead, NULL AS body FROM ratings",
}


def article_table(tables: LiveTables, asked: Filters) -> Table:
    """Return the articles that a search finds."""
    paper = f"articles.key IN (SELECT article FROM article_papers WHERE {_OF_PAPERS})"
    parts, parameters = _parts(tables, "articles", asked, {"papers": paper})
    shown = columns((
        *_rank_column(asked),
        time_column("date_published", "Published"),
        Column("headline", "Headline", link="url"),
        Column("snippet", "Text", "snippet"),
        Column("papers", "Papers", "papers"),
        ("agency", "Agency"),
    ))  # fmt: skip
    return Table("articles", "Articles", _ARTICLES.format(**parts), shown, parameters,
                 _order(asked), empty="No article is found.", size=SIZE,
                 counted=f"{_FOUND} FROM found".format(**parts),
                 finish=partial(_with_snippets, tables, "articles", asked))  # fmt: skip


def verdict_table(tables: LiveTables, asked: Filters) -> Table:
    """Return the studies that a search finds."""
    conditions = {"papers": _OF_PAPERS, "house": "firm = $house", "verdict": "verdict = $verdict"}
    parts, parameters = _parts(tables, "ratings", asked, conditions)
    shown = columns((
        *_rank_column(asked),
        time_column("date_published", "Published"),
        Column("firm", "House"),
        Column("name", "Paper", link="_paper"),
        Column("verdict", "Verdict", "verdict", link="url"),
        ("rating", "In its words"),
        Column("price_target", "Target", "price"),
        ("unit", "Unit"),
        Column("snippet", "Text", "snippet"),
    ))  # fmt: skip
    return Table("verdicts", "Verdicts", _VERDICTS.format(**parts), shown, parameters,
                 _order(asked), empty="No verdict is found.", size=SIZE,
                 finish=partial(_with_snippets, tables, "ratings", asked))  # fmt: skip


def _order(asked: Filters) -> str:
    return "rank" if asked.words else "-date_published"


def _rank_column(asked: Filters) -> tuple[Column, ...]:
    return (Column("rank", "Rank", "number"),) if asked.words else ()


def _parts(
    tables: LiveTables, kind: str, asked: Filters, conditions: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the parts of a query with the conditions that are asked for, and its parameters."""
    conditions = {"since": "day >= $since::DATE", "until": "day <= $until::DATE", **conditions}
    parameters = {name: value for name, value in asked.parameters().items() if name in conditions}
    where = " AND ".join(conditions[name] for name in parameters) or "true"
    parts = {"hits": "", "join": "", "rank": "NULL", "ranked": "", "where": where}
    if asked.words:
        join = f"JOIN hits ON hit = {kind}.key || ' ' || {EDITION}"
        parts |= {"hits": _HITS, "join": join, "rank": "rank", "ranked": "rank,"}
        parameters["hits"] = tables.full_text.hits(kind, asked.words)
    return parts, parameters


def _with_snippets(tables: LiveTables, kind: str, asked: Filters, rows: list[Row]) -> list[Row]:
    """Return rows with a piece of their texts, as it is written and as it is shown."""
    query = f"{_TEXTS[kind]} WHERE key IN (SELECT unnest(string_split($keys, chr(30))))"
    found = tables.rows(query, {"keys": SEPARATOR.join(row["_key"] for row in rows)})
    texts = {row["key"]: (row["lead"], row["body"]) for row in found}
    pieces = [snippet(texts.get(row["_key"], ()), asked.words) for row in rows]
    return [
        row | {"snippet": "".join(text for text, _ in parts), "_snippet": parts}
        for row, parts in zip(rows, pieces, strict=True)
    ]
