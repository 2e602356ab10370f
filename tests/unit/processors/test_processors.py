"""All processors: no text breaks them."""

from collections.abc import Callable
from inspect import isfunction, signature
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from finnews import processors

READERS: list[Callable[..., Any]] = [
    reader for name in processors.__all__ if isfunction(reader := getattr(processors, name))
]
BERLIN = ZoneInfo("Europe/Berlin")
MARKET_TEXT = st.text(alphabet="0123456789.,:/-+±−–% €$£()TZEURPKTtzabz\n\t\u00a0\u00ad")


@given(st.text() | MARKET_TEXT)
def test_any_text_gives_a_value_or_none(value: str) -> None:
    """No processor raises, whatever is on the page."""
    for reader in READERS:
        names = signature(reader).parameters.keys()
        for mark in (",", ".", None):
            local = {"zone": BERLIN, "mark": mark}
            reader(value, **{name: local[name] for name in names & local.keys()})
