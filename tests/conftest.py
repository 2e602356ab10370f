"""The option ``--regold``, which rewrites golden files; the captured pages, and the browser."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.browser import Browser, chromium
from tests.support.captures import CAPTURES

# The same examples in every run, and no clock: a machine may be slow.
settings.register_profile(
    "finnews",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("finnews")


@pytest.fixture(scope="session", autouse=True)
def _commits_when_told() -> Iterator[None]:
    """Keep archives in the process of a test from committing after a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("finnews.archive.store.COMMIT_AFTER", math.inf)
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--regold``; the difference that version control shows is the review."""
    parser.addoption(
        "--regold", action="store_true", help="rewrite the JSON of the golden pages as read now"
    )


@pytest.fixture
def regold(request: pytest.FixtureRequest) -> bool:
    """Return whether the golden files are to be rewritten."""
    return bool(request.config.getoption("--regold"))


@pytest.fixture(scope="session")
def captures() -> Path:
    """Return the folder of pages that the site really served; skip where there is none.

    It is ``../shared/captures`` beside the checkout, or what ``FINNEWS_CAPTURES`` names.
    """
    if not CAPTURES.is_dir():
        pytest.skip(f"no captured pages in {CAPTURES}")
    return CAPTURES


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a running Chromium; skip where it is not installed."""
    with chromium() as started:
        yield started
