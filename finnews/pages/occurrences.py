"""How often texts stand in another one, without a search of its own for each of very many."""

from collections import Counter, deque
from collections.abc import Collection
from typing import Final

_FEW: Final = 50
"""Texts that are searched for one by one, which is faster; more if they have `_LONG` characters on
average, whose tree takes much memory"""

_LONG: Final = 1000


class Occurrences:
    """Counts texts in another one, of those that overlap the first, as `str.count` does.

    Many are found in one pass, by a tree of their characters (Aho and Corasick, 1975).

    >>> Occurrences({"aa", "Muster"}).count("aaa Muster Muster AG")
    Counter({'Muster': 2, 'aa': 1})
    """

    def __init__(self, texts: Collection[str]) -> None:
        self._texts = sorted(texts)
        self._is_few = len(texts) <= max(_FEW, sum(map(len, texts)) // _LONG)
        self._next: list[dict[str, int]] = [{}]
        self._whole = [""]
        """Node → the text that ends there"""
        if not self._is_few:
            for text in self._texts:
                self._add(text)
        self._shorter = [0] * len(self._next)
        """Node → that of the longest other end of it that begins a text"""
        self._ending = [0] * len(self._next)
        """Node → that of the longest other end of it that is a text"""
        self._link()

    def count(self, text: str) -> Counter[str]:
        """Return how often each of the texts stands in a text."""
        if self._is_few:
            return Counter({each: text.count(each) for each in self._texts})
        counts: Counter[str] = Counter()
        ends: dict[str, int] = {}
        node = 0
        for end, character in enumerate(text, 1):
            node = self._after(node, character)
            found = node if self._whole[node] else self._ending[node]
            while found:
                whole = self._whole[found]
                if end - len(whole) >= ends.get(whole, 0):
                    ends[whole] = end
                    counts[whole] += 1
                found = self._ending[found]
        return counts

    def _add(self, text: str) -> None:
        node = 0
        for character in text:
            if character not in self._next[node]:
                self._next[node][character] = len(self._next)
                self._next.append({})
                self._whole.append("")
            node = self._next[node][character]
        self._whole[node] = text

    def _link(self) -> None:
        nodes = deque(self._next[0].values())
        while nodes:
            node = nodes.popleft()
            for character, longer in self._next[node].items():
                shorter = self._after(self._shorter[node], character)
                self._shorter[longer] = shorter
                self._ending[longer] = shorter if self._whole[shorter] else self._ending[shorter]
                nodes.append(longer)

    def _after(self, node: int, character: str) -> int:
        while node and character not in self._next[node]:
            node = self._shorter[node]
        return self._next[node].get(character, 0)
