"""A dozen histories of a site that does as it likes, crawled over sockets by real processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.histories.changes import unchanged_world
from tests.histories.crawled import History
from tests.support.crawling import crawl
from tests.support.own_site import OwnSite, own_site

HISTORIES = 12


@pytest.fixture(scope="module")
def own() -> Iterator[OwnSite]:
    """A site that each history changes for itself."""
    with own_site(unchanged_world()) as own:
        yield own


@pytest.fixture(scope="module")
def filled(own: OwnSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the site as it is when a history begins."""
    output = tmp_path_factory.mktemp("filled")
    done = crawl("news", own.address, output)
    assert done.returncode == 0, done.stderr
    return output


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_whatever_happened_an_undisturbed_run_has_everything(
    seed: int, own: OwnSite, filled: Path, tmp_path: Path
) -> None:
    """The archive then has each article of the site once, in its last version."""
    history = History.begun(seed, own, filled, tmp_path / "output")
    assert history.play() == [], history.told()
