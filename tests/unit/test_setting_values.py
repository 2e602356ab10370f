"""Settings that cannot be used."""

from pathlib import Path

import pytest
from scrapy.settings import Settings

from finnews.outcome import WrongUsage
from finnews.setting_values import check_values


def settings(**values: object) -> Settings:
    """Return the project's settings with some changed on the command line."""
    changed = Settings()
    changed.setmodule("finnews.settings")
    changed.setdict(values, "cmdline")
    return changed


@pytest.mark.parametrize(
    "value",
    [
        {"DOWNLOAD_DELAY": "1,25"},
        {"LONGEST_WAIT": "soon"},
        {"READING_TIMEOUT": ""},
        {"COOKIES_ENABLED": "maybe"},
        {"LOG_LEVEL": "LOUD"},
        {"LOG_LEVEL": "5"},
        {"DOWNLOAD_DELAY": "-1"},
        {"DOWNLOAD_DELAY": "nan"},
        {"DOWNLOAD_TIMEOUT": "inf"},
        {"CONCURRENT_REQUESTS": "0"},
        {"RETRY_TIMES": "1.5"},
        {"HTTPCACHE_POLICY": "muster"},
        {"DUPEFILTER_CLASS": "finnews.no_such.Filter"},
    ],
    ids=str,
)
def test_a_value_of_another_kind_is_wrong_usage(value: dict[str, str]) -> None:
    """The line names the setting and what was given."""
    ((name, given),) = value.items()
    with pytest.raises(WrongUsage, match=f"{name}={given}: expected "):
        check_values(settings(**value))


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"DOWNLOAD_DELAY": "0.5"},
        {"COOKIES_ENABLED": "true"},
        {"LOG_LEVEL": "info"},
        {"RETRY_PRIORITY_ADJUST": "-1"},
        {"DOWNLOAD_TIMEOUT": "2.5"},
        {"DUPEFILTER_CLASS": "scrapy.dupefilters.RFPDupeFilter"},
    ],
    ids=str,
)
def test_a_value_as_the_command_line_gives_it_is_right(value: dict[str, str]) -> None:
    """Numbers and switches come as text."""
    check_values(settings(**value))


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Before Scrapy opens it."""
    with pytest.raises(OSError, match="missing"):
        check_values(settings(LOG_FILE=str(tmp_path / "missing" / "log")))
