"""The search where no server answers: scripts with an index of words, which the page loads."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from finnews.archive.lines import encoded
from finnews.look.full_text import SEPARATOR, TEXTS
from finnews.look.links import OnDisk
from finnews.look.live_tables import LiveTables
from finnews.look.postings import Postings
from finnews.look.sources import ADDRESS
from finnews.look.words import WORD, forms, normal

FOLDER: Final = "search"
FILE_SIZE: Final = 200
"""Documents in one file: about 60 kB."""

LONGEST_WORD: Final = 40

_BATCH: Final = 10 * FILE_SIZE
_LINKS: Final = OnDisk("search")
_ASCII: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")

_DOCUMENTS: Final = f"""
WITH named AS (
  SELECT article, list(struct_pack(name, address, paper) ORDER BY position) AS papers
  FROM (
    SELECT article, papers.name, {ADDRESS} AS address, paper, min(position) AS position
    FROM article_papers JOIN paper_keys USING (instrument) JOIN papers USING (paper)
    GROUP BY ALL)
  GROUP BY article)
SELECT 'articles' AS kind, articles.key, day, date_published, headline, url, papers, NULL AS firm,
  NULL AS verdict, instant
FROM articles LEFT JOIN named ON article = articles.key
UNION ALL
SELECT 'ratings', ratings.key, day, date_published, coalesce(papers.name, ratings.name), url,
  CASE WHEN paper IS NULL THEN NULL ELSE
    [struct_pack(name := papers.name, address := {ADDRESS}, paper := paper)] END,
  firm, verdict, instant
FROM ratings LEFT JOIN paper_keys USING (instrument) LEFT JOIN papers USING (paper)
ORDER BY instant DESC, url
"""

_TEXTS: Final = """
SELECT key, concat_ws(' ', {texts}) AS text FROM {kind}
WHERE key IN (SELECT unnest(string_split($keys, chr(30))))"""

_PAPERS: Final = """
SELECT paper, list_distinct(list(lower(instrument[strpos(instrument, ':') + 1 :]))
  || list(lower(page)) || list(lower(name)) || list(lower(isin)) || list(lower(wkn))) AS names
FROM papers JOIN paper_keys USING (paper) GROUP BY paper
"""


def write(tables: LiveTables, directory: Path) -> None:
    """Write the folder of the index; the newest document has the number 0."""
    folder = directory / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    words, filters = Postings(), Postings()
    days: list[tuple[str, int]] = []
    count = 0
    for number, rows in enumerate(_files(tables)):
        _write(
            folder / f"documents-{number}.js", "documents", number, [_shown(row) for row in rows]
        )
        for row in rows:
            words.add(count, _words(row["text"]))
            filters.add(count, _filters(row))
            if not days or days[-1][0] != str(row["day"]):
                days.append((str(row["day"]), count))
            count += 1
    names = {row["paper"]: row["names"] for row in tables.rows(_PAPERS)}
    _write(folder / "filters.js", "filters", names, dict(filters.lines()))
    shards = list(_write_words(folder, words))
    _write(
        folder / "contents.js",
        "contents",
        {"count": count, "size": FILE_SIZE, "days": days, "shards": shards},
    )


def shard(word: str) -> str:
    """Return the first letters of a word, as the name of a file can have them.

    >>> shard("dax"), shard("ölpreis"), shard("7")
    ('da', '_l', '7_')
    """
    return "".join(letter if letter in _ASCII else "_" for letter in f"{word[:2]:_<2}")


def _files(tables: LiveTables) -> Iterator[list[dict[str, Any]]]:
    """Yield documents as many as a file has, the newest first."""
    with closing(tables.cursor()) as cursor:
        cursor.execute(_DOCUMENTS)
        names = [column[0] for column in cursor.description]
        while rows := cursor.fetchmany(_BATCH):
            documents = [dict(zip(names, row, strict=True)) for row in rows]
            texts = {kind: _texts(tables, kind, documents) for kind in TEXTS}
            for row in documents:
                row["text"] = texts[row["kind"]].get(row["key"], "")
            for start in range(0, len(documents), FILE_SIZE):
                yield documents[start : start + FILE_SIZE]


def _texts(tables: LiveTables, kind: str, documents: list[dict[str, Any]]) -> dict[str, str]:
    keys = SEPARATOR.join(row["key"] for row in documents if row["kind"] == kind)
    query = _TEXTS.format(kind=kind, texts=TEXTS[kind])
    return {row["key"]: row["text"] for row in tables.rows(query, {"keys": keys})}


def _shown(row: dict[str, Any]) -> list[Any]:
    """Return what a page shows of a document: kind, time or day, words, addresses, papers."""
    time = row["date_published"] or row["day"]
    papers = [
        [paper["name"], _LINKS.page(paper["address"])]
        for paper in row["papers"] or ()
        if paper["address"]
    ]
    texts = (row[name] for name in ("headline", "url", "firm", "verdict"))
    return [row["kind"], time.isoformat(), *texts, papers]


def _words(text: str) -> set[str]:
    words = {word for word in WORD.findall(normal(text)) if len(word) <= LONGEST_WORD}
    others = {word for word in words if not word.isascii()}
    return (words - others).union(*map(forms, others))


def _filters(row: dict[str, Any]) -> Iterator[str]:
    yield row["kind"]
    yield from {f"paper {paper['paper']}" for paper in row["papers"] or ()}
    yield from (f"{name} {row[name]}" for name in ("firm", "verdict") if row[name])


def _write_words(folder: Path, words: Postings) -> Iterator[str]:
    """Write words that begin with the same letters into one file; yield these letters."""
    by_shard: dict[str, list[tuple[str, str]]] = {}
    for line in words.lines():
        by_shard.setdefault(shard(line[0]), []).append(line)
    for name, lines in sorted(by_shard.items()):
        text = "".join(f"\n{word} {documents}" for word, documents in lines)
        _write(folder / f"words-{name}.js", "words", name, f"{text}\n")
        yield name


def _write(path: Path, function: str, *arguments: Any) -> None:
    values = ",".join(encoded(argument).decode() for argument in arguments)
    path.write_text(f"finnewsSearch.{function}({values});\n", "utf-8")
