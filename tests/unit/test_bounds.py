"""Bounds of texts: what is longer matches nothing, is kept by no cache, and is told."""

import ast

import pytest

from finnews.bounds import kept
from finnews.loaders import EventLoader, QuoteLoader, RatingLoader
from finnews.pages.stats import PageStats
from finnews.site import FINANZEN_NET
from tests.support.patterns import trees

CACHES = {
    "finnews.bounds": "keeps short texts alone",
    "finnews.loaders.inputs": "by the names of fields",
    "finnews.pages.rules": "by the selectors of the code",
    "finnews.pages.texts.byline_forms": "by the names of sites",
    "finnews.pages.texts.leftovers": "by the names of sites",
    "finnews.sql.columns": "by the kinds of items",
    "finnews.look.charts": "by units, of which there are few",
    "finnews.look.rendering": "nothing",
    "finnews.look.scripts": "nothing",
    "finnews.saved.readers": "nothing",
}
"""Modules that cache with functools → by what"""


def test_only_short_texts_are_kept() -> None:
    """A text as long as a page is read anew each time, and is in no cache."""
    calls = []

    @kept(maxsize=8)
    def length(text: str) -> int:
        calls.append(text)
        return len(text)

    assert [length("Muster"), length("Muster"), length("x" * 999), length("x" * 999)][-1] == 999
    assert calls == ["Muster", "x" * 999, "x" * 999]


def test_no_text_of_a_page_gets_into_another_cache() -> None:
    """All caches by texts are `kept`."""
    caching = {
        name
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "functools"
        for alias in node.names
        if alias.name in ("cache", "lru_cache")
    }
    assert caching == set(CACHES)


@pytest.mark.parametrize("loader_class", [QuoteLoader, RatingLoader, EventLoader])
def test_a_value_longer_than_its_field_can_be_is_a_doubt(
    loader_class: type[QuoteLoader | RatingLoader | EventLoader],
) -> None:
    """It is not read, nor cut to another value."""
    for name, processor in loader_class._inputs.items():
        if not hasattr(processor, "longest"):
            continue
        stats = PageStats()
        loader = loader_class(site=FINANZEN_NET, stats=stats)
        loader.add_value(name, "1" * (processor.longest + 1))
        assert loader.get_collected_values(name) == [], name
        assert type(processor).__name__ == "Known" or stats.doubts, name
        assert all(len(example.printed) <= 120 for example in stats.examples.values())


@pytest.mark.parametrize("digits", ["1" * 5_000, "1" * 1_000_000, "1," * 500_000, "1e999999999"])
@pytest.mark.parametrize("name", sorted(QuoteLoader._inputs.keys() | RatingLoader._inputs.keys()))
def test_no_number_is_too_long_to_be_told(name: str, digits: str) -> None:
    """A number of a million digits raises nothing, and is no value."""
    of_quote = name in QuoteLoader._inputs
    loader = (QuoteLoader if of_quote else RatingLoader)(site=FINANZEN_NET, stats=PageStats())
    if hasattr(loader.get_input_processor(name), "longest"):
        loader.add_value(name, digits)
        value = getattr(loader.load_item(), name)
        assert value is None or (value == digits and name in ("rating", "name", "firm", "exchange"))
