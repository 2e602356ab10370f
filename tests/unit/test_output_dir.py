"""Where finnews writes."""

from pathlib import Path

import pytest
from scrapy.settings import BaseSettings

from finnews import output_dir as module
from finnews.outcome import WrongUsage
from finnews.output_dir import output_dir
from tests.support import ROOT


def of(name: object) -> Path:
    """Return the directory for a value of the setting."""
    return output_dir(BaseSettings({"OUTPUT_DIR": name}))


def test_a_relative_directory_is_the_project_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From wherever a command is run."""
    monkeypatch.chdir(tmp_path)
    assert of("output") == ROOT / "output"
    assert of(Path("output/demo")) == ROOT / "output" / "demo"


def test_without_a_checkout_it_is_the_working_directory_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for an installed package."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "CHECKOUT", tmp_path / "site-packages")
    assert of("output") == tmp_path / "output"


def test_a_tilde_is_the_home_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where no shell has expanded it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert of("~/finnews") == tmp_path / "finnews"


@pytest.mark.parametrize("name", ["", " ", None, "~nobody-of-this-name/finnews"])
def test_no_directory_is_wrong_usage(name: str | None) -> None:
    """It would be the current directory, or one named ~nobody."""
    with pytest.raises(WrongUsage, match="OUTPUT_DIR"):
        of(name)
