"""The sample sites that many crawls share: one of each kind for each worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.crash_runs import Crawl
from tests.support.crawling import archived, sample_site
from tests.support.installing import built_wheel, copied_checkout, installed
from tests.support.publishing import OPTIONS as PUBLISHING
from tests.support.sites import FAULTY_SITE, LONG_SITE, SITE, options


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """A small site where everything is in order."""
    with sample_site(*options(SITE)) as address:
        yield address


@pytest.fixture(scope="session")
def faulty_site() -> Iterator[str]:
    """A small site with broken pages: a run that reads it all ends with exit status 1."""
    with sample_site(*options(FAULTY_SITE)) as address:
        yield address


@pytest.fixture(scope="session")
def long_site() -> Iterator[str]:
    """A site whose crawl can be interrupted."""
    with sample_site(*options(LONG_SITE)) as address:
        yield address


@pytest.fixture(scope="session")
def publishing_site() -> Iterator[str]:
    """A site that goes by its clock, which each test sets for itself."""
    with sample_site(*PUBLISHING) as address:
        yield address


@pytest.fixture(scope="session")
def long_total(long_site: str, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many bytes an undisturbed crawl of it for news archives."""
    output = tmp_path_factory.mktemp("undisturbed")
    Crawl("news", long_site, output).through()
    return archived(output)


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment in which the wheel is installed."""
    directory = tmp_path_factory.mktemp("installed")
    checkout = copied_checkout(directory / "checkout")
    return installed(built_wheel(checkout, directory / "wheels"), directory / "venv")
