"""How long a site's ``Retry-After`` asks to wait."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from finnews.middlewares.retry import seconds_until


@given(st.text(max_size=60) | st.datetimes().map(str))
def test_any_retry_after_gives_seconds_or_none(text: str) -> None:
    """Whatever a server sends, the seconds are never negative."""
    wait = seconds_until(text, datetime(2026, 11, 24, tzinfo=UTC))
    assert wait is None or wait >= 0
