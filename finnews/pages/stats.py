"""What is counted while a page is read: its rules with their hits, and what is odd on it."""

from collections import Counter
from collections.abc import Container, Iterable
from typing import Literal, NamedTuple

from finnews.pages.rules import Rule, loader_rule

NoteKind = Literal["passed", "refused"]
"""Passed over; or refused as the value of a field, though it stands where the field does."""

Table = Literal["exchange", "rating"]
"""The part of the vocabulary in which a word is looked up."""


class Note(NamedTuple):
    """Something on a page that gives no item or no value: ``passed/box without price``."""

    kind: NoteKind
    what: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.what}"


class Word(NamedTuple):
    """A word that `finnews.vocabulary` does not know: ``vocabulary/exchange/Musterbörse``."""

    table: Table
    word: str

    def __str__(self) -> str:
        return f"vocabulary/{self.table}/{self.word}"


class PageStats:
    """Counts of one page, or of all pages of a type."""

    def __init__(self) -> None:
        self.asked: Counter[Rule] = Counter()
        self.hit: Counter[Rule] = Counter()
        self.notes: Counter[Note] = Counter()
        self.words: Counter[Word] = Counter()

    def count(self, rule: Rule, *, found: bool) -> None:
        """Count that a rule was asked, and whether it found something."""
        self.asked[rule] += 1
        if found:
            self.hit[rule] += 1

    def count_printed(self, rules: Iterable[Rule], headers: Container[str]) -> None:
        """Count columns or labels as asked, and as hits those that a table has."""
        for rule in rules:
            self.count(rule, found=rule.text in headers)

    def inc_value(self, key: str, count: int = 1) -> None:
        """Count a rule of a loader: its ``stats`` can be a `PageStats`."""
        self.count(loader_rule(key), found=bool(count))

    def note(self, kind: NoteKind, what: str) -> None:
        """Count something that gives no item or no value."""
        self.notes[Note(kind, what)] += 1

    def unknown(self, table: Table, word: str) -> None:
        """Count a word that the vocabulary does not know."""
        self.words[Word(table, word)] += 1

    def add(self, other: "PageStats") -> None:
        """Add other counts to these."""
        self.asked.update(other.asked)
        self.hit.update(other.hit)
        self.notes.update(other.notes)
        self.words.update(other.words)

    def add_page(self, page: "PageStats") -> None:
        """Add the counts of a page, in which each rule is asked once and hits once at most.

        Twenty rows of one table say no more of a selector than one.
        """
        self.asked.update(page.asked.keys())
        self.hit.update(page.hit.keys())
        self.notes.update(page.notes)
        self.words.update(page.words)

    def since(self, earlier: "PageStats") -> "PageStats":
        """Return what these counts have more than earlier ones."""
        new = PageStats()
        new.asked = self.asked - earlier.asked
        new.hit = self.hit - earlier.hit
        new.notes = self.notes - earlier.notes
        new.words = self.words - earlier.words
        return new

    def named(self, page: str) -> dict[str, int]:
        """Return the counts by their names among Scrapy's stats; `page` is the page type's name.

        >>> stats = PageStats()
        >>> stats.count(Rule("kicker", "xpath", "./span"), found=False)
        >>> sorted(stats.named("article"))
        ['finnews/article/asked/kicker/xpath/./span', 'finnews/article/parser/kicker/xpath/./span']
        """
        asked = {f"finnews/{page}/asked/{rule}": number for rule, number in self.asked.items()}
        hit = {f"finnews/{page}/parser/{rule}": self.hit[rule] for rule in self.asked}
        words = {f"finnews/{page}/{word}": number for word, number in self.words.items()}
        return asked | hit | words | self.named_notes(page)

    def named_notes(self, page: str) -> dict[str, int]:
        """Return the notes alone, by the same names."""
        return {f"finnews/{page}/{note}": number for note, number in self.notes.items()}
