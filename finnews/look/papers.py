"""Which security each key is of, as SQL: keys with one ISIN, or else one WKN, are one paper."""

from typing import Any, Final

from finnews.sql.columns import key_of

TABLES: Final = {
    "article_papers": "article, instrument, position, is_listed",
    "papers": "paper, kind, page, name, isin, wkn, symbol",
    "paper_keys": "instrument, paper",
}
"""Table → its columns."""

_OF_ARTICLES: Final = f"""
SELECT article, instrument, min(position) AS position, arg_min(is_listed, position) AS is_listed,
       arg_min(named, position) AS named, any_value(fetched_at) AS fetched_at
FROM (SELECT article, position, named, fetched_at, coalesce(named.is_listed, false) AS is_listed,
             {key_of("named.kind", "named.page")} AS instrument
      FROM (SELECT key AS article, fetched_at, unnest(instruments) AS named,
                   generate_subscripts(instruments, 1) AS position
            FROM {{articles}}))
WHERE instrument IS NOT NULL
GROUP BY article, instrument"""
"""The securities that articles name, each once, with what the article says of them."""

_REGISTERED: Final = """
SELECT instrument, kind, page, name, isin, wkn, symbol, fetched_at, true AS is_registered
FROM latest.instruments WHERE instrument IS NOT NULL AND {chosen}
QUALIFY row_number() OVER (PARTITION BY instrument ORDER BY fetched_at DESC, key) = 1"""
"""What the register has of keys."""

_MENTIONED: Final = """
SELECT instrument, item.kind, item.page, item.name, item.isin, item.wkn, item.symbol,
       CAST(NULL AS TIMESTAMPTZ) AS fetched_at, false AS is_registered
FROM (
    SELECT instrument, arg_max(items, (items.fetched_at, items.key)) AS item
    FROM (
        SELECT instrument, kind, page, name, isin, wkn, symbol, fetched_at, key
        FROM latest.quotes WHERE {chosen}
        UNION ALL
        SELECT instrument, 'stock', page, name, isin, wkn, NULL, fetched_at, key
        FROM latest.ratings WHERE {chosen}
        UNION ALL
        SELECT instrument, 'stock', page, name, isin, wkn, NULL, fetched_at, key
        FROM latest.events WHERE {chosen}
        UNION ALL
        SELECT instrument, named.kind, named.page, named.name, named.isin, named.wkn, NULL,
               fetched_at, article
        FROM latest.article_papers WHERE {chosen}
    ) AS items
    WHERE instrument IS NOT NULL
    GROUP BY instrument
)"""
"""What the last items that are about keys, or name them, say of these."""

_CHOSEN: Final = "instrument IN (SELECT unnest($instruments))"
_KNOWN: Final = f"SELECT * FROM latest.named WHERE {_CHOSEN}"
_FORGET: Final = f"DELETE FROM latest.named WHERE {_CHOSEN}"
_UNREGISTERED: Final = """\
instrument NOT IN (SELECT instrument FROM latest.instruments WHERE instrument IS NOT NULL)"""

_NUMBERED: Final = """
WITH isins AS (
    SELECT wkn, arg_max(isin, (is_registered, fetched_at, instrument)) AS isin
    FROM latest.named WHERE isin IS NOT NULL AND wkn IS NOT NULL GROUP BY wkn
)
SELECT named.*, coalesce(named.isin, isins.isin, named.wkn, instrument) AS number,
       row_number() OVER (
           PARTITION BY coalesce(named.isin, isins.isin, named.wkn, instrument)
           ORDER BY is_registered DESC, fetched_at DESC NULLS LAST, instrument
       ) AS place
FROM latest.named LEFT JOIN isins USING (wkn)"""
"""The keys with the number that those of one paper share, and their place among them."""

_PAPERS: Final = f"""
SELECT arg_min(instrument, place) AS paper, arg_min(kind, place) AS kind,
       arg_min(page, place) AS page, arg_min(name, place) AS name, arg_min(isin, place) AS isin,
       arg_min(wkn, place) AS wkn, arg_min(symbol, place) AS symbol
FROM ({_NUMBERED}) GROUP BY number"""

_PAPER_KEYS: Final = f"""
SELECT instrument, first_value(instrument) OVER (PARTITION BY number ORDER BY place) AS paper
FROM ({_NUMBERED})"""


def name_all(connection: Any) -> None:
    """Make the tables of papers anew, from those of the items."""
    articles = _OF_ARTICLES.format(articles="latest.articles")
    connection.execute(f"CREATE OR REPLACE TABLE latest.article_papers AS {articles}")
    parts = (_REGISTERED.format(chosen="true"), _MENTIONED.format(chosen=_UNREGISTERED))
    named = f"SELECT * FROM ({parts[0]}) UNION ALL {parts[1]}"
    connection.execute(f"CREATE OR REPLACE TABLE latest.named AS {named}")
    _gather(connection)


def name_again(connection: Any, instruments: set[str]) -> None:
    """Bring the tables of papers up to date with what the items say of some keys."""
    before = _rows(connection, _KNOWN, instruments)
    named = _rows(connection, _REGISTERED.format(chosen=_CHOSEN), instruments)
    unregistered = instruments - {row[0] for row in named}
    mentioned = _MENTIONED.format(chosen=_CHOSEN)
    if unregistered:
        named += _rows(connection, mentioned, unregistered)
    if set(before) == set(named):
        return
    _rows(connection, _FORGET, instruments)
    registered = _REGISTERED.format(chosen=_CHOSEN)
    _rows(connection, f"INSERT INTO latest.named {registered}", instruments)
    _rows(connection, f"INSERT INTO latest.named {mentioned}", unregistered)
    _gather(connection)


def _rows(connection: Any, query: str, instruments: set[str]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = connection.execute(
        query, {"instruments": sorted(instruments)}
    ).fetchall()
    return rows


def replace_articles(connection: Any, replaced: list[str], source: str) -> set[str]:
    """Bring the securities of articles up to date, and return those that are concerned.

    The source is the table of the articles that are new, or in place of replaced ones.
    """
    where = "WHERE article IN (SELECT unnest($articles))"
    parameters = {"articles": replaced}
    concerned: set[str] = set()
    if replaced:
        query = f"DELETE FROM latest.article_papers {where} RETURNING instrument"
        concerned |= {key for (key,) in connection.execute(query, parameters).fetchall()}
    insert = f"INSERT INTO latest.article_papers {_OF_ARTICLES.format(articles=source)}"
    rows = connection.execute(f"{insert} RETURNING instrument").fetchall()
    return concerned | {key for (key,) in rows}


def _gather(connection: Any) -> None:
    connection.execute(f"CREATE OR REPLACE TABLE latest.papers AS {_PAPERS}")
    connection.execute(f"CREATE OR REPLACE TABLE latest.paper_keys AS {_PAPER_KEYS}")
