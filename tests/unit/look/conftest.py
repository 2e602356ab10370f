"""Tables are closed after each test."""

from collections.abc import Iterator

import pytest

from tests.support.open_tables import close_tables


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Close what a test opened."""
    yield
    close_tables()
