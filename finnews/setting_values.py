"""Whether settings have values that Scrapy and finnews can use; told before anything starts."""

import logging
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings, Settings

from finnews.outcome import WrongUsage


def check_values(settings: BaseSettings) -> None:
    """Raise `WrongUsage` for a number, a switch or a log level that is none.

    A setting whose default is a number or a switch must be one. Raises `OSError` if the log cannot
    be written.
    """
    for name, default in _defaults().items():
        if isinstance(default, bool | int | float) and settings.get(name) is not None:
            _check(name, settings, is_switch=isinstance(default, bool))
    level = settings["LOG_LEVEL"]
    if not isinstance(logging.getLevelName(str(level).upper()), int) and not str(level).isdigit():
        raise WrongUsage(f"LOG_LEVEL={level}: expected DEBUG, INFO, WARNING, ERROR or CRITICAL")
    if settings["LOG_FILE"]:
        Path(settings["LOG_FILE"]).open("ab").close()


def _defaults() -> dict[str, Any]:
    """Return the default of each setting, of Scrapy and of finnews."""
    defaults = Settings()
    defaults.setmodule("finnews.settings")
    return dict(defaults)


def _check(name: str, settings: BaseSettings, *, is_switch: bool) -> None:
    try:
        settings.getbool(name) if is_switch else settings.getfloat(name)
    except (TypeError, ValueError):
        expected = "True or False" if is_switch else "a number"
        raise WrongUsage(f"{name}={settings[name]}: expected {expected}") from None
