"""Counts of one page or many: rules with their hits, skipped entries, unknown words, doubts."""

from collections import Counter
from collections.abc import Container, Iterable
from typing import Literal, NamedTuple

from finnews.loaders.inputs import Reason
from finnews.pages.rules import Rule, loader_rule
from finnews.processors import line

NoteKind = Literal["passed"]
"""``passed``: an entry was skipped"""

Table = Literal["exchange", "rating", "kind"]
"""The table of `finnews.vocabulary` that a word is not in; ``kind``, a pair in an address whose
first name is in neither list of `finnews.instrument_words`, of currencies or of coins"""

_PRINTED = 120  # characters


class Note(NamedTuple):
    """Why a part of a page gives no item or no value: ``passed/box without price``."""

    kind: NoteKind
    what: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.what}"


class Word(NamedTuple):
    """A word that is not in `finnews.vocabulary`: ``vocabulary/exchange/Musterbörse``."""

    table: Table
    word: str

    def __str__(self) -> str:
        return f"vocabulary/{self.table}/{self.word}"


class Doubt(NamedTuple):
    """A field with a printed value that was not read, and why: ``doubt/price/unreadable``."""

    field: str
    reason: Reason

    def __str__(self) -> str:
        return f"doubt/{self.field}/{self.reason}"


class Example(NamedTuple):
    """Where a doubt was met first."""

    url: str
    """Address of the page."""

    printed: str
    """What the page prints, on one line of at most 120 characters."""


class PageStats:
    """Counts of one page, or of all pages of a type; `url` is the page's address."""

    def __init__(self, url: str = "") -> None:
        self.url = url
        self.asked: Counter[Rule] = Counter()
        self.hit: Counter[Rule] = Counter()
        self.notes: Counter[Note] = Counter()
        self.words: Counter[Word] = Counter()
        self.doubts: Counter[Doubt] = Counter()
        self.examples: dict[Doubt, Example] = {}
        self.pages = 0
        """How many pages were added."""
        self.doubtful: Counter[Doubt] = Counter()
        """Doubt → on how many of them it was met."""

    def count(self, rule: Rule, *, found: bool) -> None:
        """Count that a rule was applied, and whether it found anything."""
        self.asked[rule] += 1
        if found:
            self.hit[rule] += 1

    def count_headers(self, rules: Iterable[Rule], headers: Container[str]) -> None:
        """Count the rules for columns or labels as applied; those that a table has are hits."""
        for rule in rules:
            self.count(rule, found=rule.text in headers)

    def inc_value(self, key: str, count: int = 1) -> None:
        """Count a rule under its key in itemloaders, whose ``stats`` can thus be a `PageStats`."""
        self.count(loader_rule(key), found=bool(count))

    def note(self, kind: NoteKind, what: str) -> None:
        """Count a part of the page that gives no item or no value."""
        self.notes[Note(kind, what)] += 1

    def unknown(self, table: Table, word: str) -> None:
        """Count a word that is not in the vocabulary."""
        self.words[Word(table, _shortened(word))] += 1

    def doubt(self, field: str, reason: Reason, printed: str) -> None:
        """Count a printed value that was not read, or was contradicted, and why."""
        doubt = Doubt(field, reason)
        self.doubts[doubt] += 1
        self.examples.setdefault(doubt, Example(self.url, _shortened(printed)))

    def add(self, other: "PageStats") -> None:
        """Add other counts to these."""
        self.asked.update(other.asked)
        self.hit.update(other.hit)
        self.notes.update(other.notes)
        self.words.update(other.words)
        self.pages += other.pages
        self.doubtful.update(other.doubtful)
        self._add_doubts(other)

    def add_part(self, part: "PageStats") -> None:
        """Add the counts of a part of the page, although it may have been read on another one."""
        examples = {
            doubt: self.examples.get(doubt) or Example(self.url, example.printed)
            for doubt, example in part.examples.items()
        }
        examples = self.examples | examples
        self.add(part)
        self.examples = examples

    def add_page(self, page: "PageStats") -> None:
        """Add the counts of a page; each of its rules counts once, and as one hit if it had any.

        So a selector of twenty rows weighs as much as one of the whole page.
        """
        self.pages += 1
        self.doubtful.update(page.doubts.keys())
        self.asked.update(page.asked.keys())
        self.hit.update(page.hit.keys())
        self.notes.update(page.notes)
        self.words.update(page.words)
        self._add_doubts(page)

    def since(self, earlier: "PageStats") -> "PageStats":
        """Return these counts minus earlier ones."""
        new = PageStats()
        new.asked = self.asked - earlier.asked
        new.hit = self.hit - earlier.hit
        new.notes = self.notes - earlier.notes
        new.words = self.words - earlier.words
        new.doubts = self.doubts - earlier.doubts
        new.examples = {doubt: self.examples[doubt] for doubt in new.doubts}
        return new

    def stat_values(self, page: str) -> dict[str, int]:
        """Return the counts by their keys in Scrapy's stats; `page` is the page type's name.

        >>> stats = PageStats()
        >>> stats.count(Rule("kicker", "xpath", "./span"), found=False)
        >>> sorted(stats.stat_values("article"))
        ['finnews/article/asked/kicker/xpath/./span', 'finnews/article/parser/kicker/xpath/./span']
        """
        asked = {f"finnews/{page}/asked/{rule}": number for rule, number in self.asked.items()}
        hit = {f"finnews/{page}/parser/{rule}": self.hit[rule] for rule in self.asked}
        words = {f"finnews/{page}/{word}": number for word, number in self.words.items()}
        doubts = {f"finnews/{page}/{doubt}": number for doubt, number in self.doubts.items()}
        return asked | hit | words | doubts | self.note_values(page)

    def note_values(self, page: str) -> dict[str, int]:
        """Return only the notes, by the same keys."""
        return {f"finnews/{page}/{note}": number for note, number in self.notes.items()}

    def _add_doubts(self, other: "PageStats") -> None:
        self.doubts.update(other.doubts)
        self.examples = other.examples | self.examples


def _shortened(printed: str) -> str:
    """Return the beginning of a text, on one line."""
    return line(printed[: 10 * _PRINTED])[:_PRINTED]
