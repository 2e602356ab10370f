"""The option ``--regold``, which rewrites what the golden pages say."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--regold``; the difference that version control shows is the review."""
    parser.addoption(
        "--regold", action="store_true", help="rewrite the JSON of the golden pages as read now"
    )


@pytest.fixture
def regold(request: pytest.FixtureRequest) -> bool:
    """Return whether the golden files are to be rewritten."""
    return bool(request.config.getoption("--regold"))
