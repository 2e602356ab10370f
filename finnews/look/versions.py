"""New versions of records take the place of those before, in a table of last versions."""

from typing import Any, Final

from finnews.items import Article, Item
from finnews.look.papers import replace_articles
from finnews.sql.columns import instrument_of

_EARLIER: Final = """\
SELECT kind.rowid, key, (kind.version, kind.file) > (new.version, new.file), {instrument}
FROM {table} AS kind JOIN {new} AS new USING (key) WHERE kind.rowid IN ({rows})"""


def bring_in(connection: Any, item_class: type[Item], new: str) -> set[str]:
    """Move the rows of a table to that of the last versions; return the securities concerned."""
    table = f"latest.{item_class.collection}"
    is_of_instrument = instrument_of(item_class) is not None
    earlier = _earlier(connection, table, new, "kind.instrument" if is_of_instrument else "NULL")
    later = [key for _, key, is_later, _ in earlier if is_later]
    replaced = [row for row in earlier if not row[2]]
    if later:
        condition = "key IN (SELECT unnest($keys))"
        connection.execute(f"DELETE FROM {new} WHERE {condition}", {"keys": later})
    if replaced:
        rows = _listed(replaced)
        connection.execute(f"DELETE FROM {table} WHERE rowid IN ({rows})")
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM {new}")
    concerned = {str(row[3]) for row in replaced if row[3]}
    if is_of_instrument:
        concerned |= _instruments(connection, new)
    elif item_class is Article:
        concerned |= replace_articles(connection, [row[1] for row in replaced], new)
    connection.execute(f"DROP TABLE {new}")
    return concerned


def _earlier(connection: Any, table: str, new: str, instrument: str) -> list[tuple[Any, ...]]:
    """Return row, key, whether it is a later version, and security of records that are known.

    Their rows are looked for first: mostly there are none, and no text has to be read.
    """
    hashes = f"SELECT key_hash FROM {new}"
    query = f"SELECT rowid FROM {table} WHERE key_hash IN ({hashes})"
    rows: list[tuple[Any, ...]] = connection.execute(query).fetchall()
    if rows:
        query = _EARLIER.format(table=table, new=new, instrument=instrument, rows=_listed(rows))
        rows = connection.execute(query).fetchall()
    return rows


def _listed(rows: list[tuple[Any, ...]]) -> str:
    return ", ".join(str(row[0]) for row in rows)


def _instruments(connection: Any, table: str) -> set[str]:
    query = f"SELECT DISTINCT instrument FROM {table} WHERE instrument IS NOT NULL"
    return {key for (key,) in connection.execute(query).fetchall()}
