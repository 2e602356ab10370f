"""Texts in a database of their own, a plain search through them, and an archive to search in."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from finnews.archive import Archive
from finnews.items import Article, NamedInstrument
from finnews.look.words import Term
from finnews.pipelines import instrument_of
from tests.support.archive_items import article, quote, rating

HOSTILE = (
    "AND", "NEAR(", "dax OR", '"', '""', '"dax', "-", "*", "-*", "(((", "dax*)", "title:dax",
    "^dax", "'; DROP TABLE articles", "%_", "🚀", "dax🚀", "\x00", "ä" * 10_000, "dax " * 2_500,
    "!?…", "-dax", "\ud800", "ﬁ ² ١", "{title lead} : dax", "<script>alert(1)</script>",
    "a" + "\u0301" * 500,
)  # fmt: skip
"""Questions that are no syntax of any language."""

FETCHED = "2026-11-27T12:00:00+00:00"

MARKUP = '<img src=x onerror="alert(1)">&amp;'


class Text(NamedTuple):
    """What is said of a thing."""

    title: str
    lead: str
    body: str
    version: int = 1
    fetched_at: str = FETCHED


class TextTables:
    """Articles with texts, and no studies."""

    def __init__(self) -> None:
        self.generation = 0
        self.connection = duckdb.connect()
        columns = "key VARCHAR, version BIGINT, instant TIMESTAMP, fetched_at TIMESTAMPTZ"
        articles = "headline VARCHAR, description VARCHAR, article_body VARCHAR"
        ratings = "firm VARCHAR, name VARCHAR, rating VARCHAR, text VARCHAR"
        self.connection.execute(f"CREATE TABLE articles ({columns}, {articles})")
        self.connection.execute(f"CREATE TABLE ratings ({columns}, {ratings})")

    def have(self, texts: Mapping[str, Text]) -> None:
        """Have these articles and no others."""
        with closing(self.cursor()) as cursor:
            cursor.begin()
            cursor.execute("DELETE FROM articles")
            for key, (title, lead, body, version, fetched_at) in texts.items():
                row = [key, version, fetched_at, title, lead, body]
                cursor.execute("INSERT INTO articles VALUES (?, ?, now(), ?, ?, ?, ?)", row)
            cursor.commit()
        self.generation += 1

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a new connection."""
        return self.connection.cursor()

    def rows(
        self, sql: str, parameters: Mapping[str, object] | None = None
    ) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        with closing(self.cursor()) as cursor:
            cursor.execute(sql, dict(parameters or {}))
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def scan(texts: Mapping[str, Text], wanted: Iterable[Term]) -> set[str]:
    """Return the keys of the texts that have what is wanted, word by word."""
    wanted = list(wanted)
    return {
        key
        for key, text in texts.items()
        if all(
            term.is_excluded
            != any(_has(field, term) for field in (text.title, text.lead, text.body))
            for term in wanted
        )
    }


def _has(text: str, term: Term) -> bool:
    """Return whether the words stand in a row, all of them in the same spelling."""
    words = [_plain(word) for word in _words(text)]
    respelled = [_spellings(word) for word in _words(text)]
    if len(term.words) == 1:
        return any(
            own == other or (term.is_prefix and own.startswith(other))
            for spellings in respelled
            for own in spellings
            for other in _spellings(term.words[0])
        )
    spelled = [[_plain(word) for word in words_of] for words_of in term.spellings()]
    length = len(term.words)
    return any(
        words[start : start + length] == wanted
        or (
            term.is_prefix
            and words[start : start + length - 1] == wanted[:-1]
            and "".join(words[start + length - 1 : start + length]).startswith(wanted[-1])
            and len(words) >= start + length
        )
        for start in range(len(words))
        for wanted in spelled
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _spellings(word: str) -> set[str]:
    with_e = word
    for umlaut in "äöü":
        with_e = with_e.replace(umlaut, f"{_plain(umlaut)}e")
    sharp = {word, word.replace("ß", "ss"), with_e.replace("ß", "ss")}
    return {_plain(one) for one in sharp}


def searchable(directory: Path, articles: Iterable[Article]) -> Path:
    """Archive articles; a price and two studies of a paper; return the directory."""
    paper = replace(instrument_of(quote(1)), isin="DE0007164600", wkn="716460")
    buy = rating("7", page="muster-1", name="Muster 1 AG", text="Kursziel 97 Euro.",
                 price_target=Decimal("97.00"), currency="EUR")  # fmt: skip
    sell = rating("8", page="fremd", name="Fremd AG", firm="Haus & Söhne", rating="Sell",
                  verdict="sell", date_published="2026-11-22", text=MARKUP)  # fmt: skip
    with Archive(directory) as archive:
        for item in (*articles, quote(1), buy, sell, paper):
            archive.add(item)
    return directory


def told(
    number: int, headline: str, body: str, day: str = "2026-11-23", *, paper: bool = False
) -> Article:
    """Return an article of a day, which names the paper or none."""
    named = [NamedInstrument(name="Muster 1 AG", kind="stock", page="muster-1")] if paper else None
    return replace(
        article(number, headline), article_body=body, date_published=f"{day}T09:00:00+01:00",
        instruments=named,
    )  # fmt: skip
