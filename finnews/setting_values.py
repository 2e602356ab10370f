"""Whether settings have values that Scrapy and finnews can use; told before anything starts."""

import logging
import math
import re
from pathlib import Path
from typing import Any, Final

from scrapy.settings import BaseSettings, Settings
from scrapy.utils.misc import load_object

from finnews.outcome import WrongUsage

_CHECKED: Final = (bool, int, float, str)
_FRACTIONS: Final = ("_DELAY", "_TIMEOUT", "_WAIT", "_BACKOFF", "_INTERVAL", "_SECONDS", "_SECS")
"""Ends of names of settings that may be a fraction, even if the default is a whole number"""

_AT_LEAST_ONE: Final = ("CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN", "CONCURRENT_ITEMS")
_PATH: Final = re.compile(r"(scrapy|finnews|twisted)(\.\w+)+")


def check_values(settings: BaseSettings) -> None:
    """Raise `WrongUsage` for a number, a switch, a class or a log level that is none.

    A setting whose default is one of these must be one. Raises `OSError` if the log cannot be
    written.
    """
    for name, default in _defaults().items():
        setting = settings.attributes.get(name)  # `get` warns of deprecated ones
        if setting and setting.value not in (None, default) and isinstance(default, _CHECKED):
            _check(name, default, settings)
    level = str(settings["LOG_LEVEL"])
    if not isinstance(logging.getLevelName(level.upper()), int):
        raise WrongUsage(f"LOG_LEVEL={level}: expected DEBUG, INFO, WARNING, ERROR or CRITICAL")
    if settings["LOG_FILE"]:
        Path(settings["LOG_FILE"]).open("ab").close()


def _defaults() -> dict[str, Any]:
    """Return the default of each setting, of Scrapy and of finnews."""
    defaults = Settings()
    defaults.setmodule("finnews.settings")
    return dict(defaults)


def _check(name: str, default: bool | float | str, settings: BaseSettings) -> None:
    try:
        if isinstance(default, bool):
            expected = "True or False"
            settings.getbool(name)
        elif isinstance(default, int | float):
            is_whole = isinstance(default, int) and not name.endswith(_FRACTIONS)
            expected = "a whole number" if is_whole else "a number"
            _check_number(name, settings.getint(name) if is_whole else settings.getfloat(name))
        elif _PATH.fullmatch(default):
            expected = f"the path of a class, as {default}"
            load_object(settings[name])
    except WrongUsage:
        raise
    except (TypeError, ValueError, ImportError, NameError, OverflowError):
        raise WrongUsage(f"{name}={settings[name]}: expected {expected}") from None


def _check_number(name: str, number: float) -> None:
    """Raise `WrongUsage` for what no delay, number or size can be."""
    if not math.isfinite(number):
        raise ValueError
    least = 1 if name in _AT_LEAST_ONE else 0
    has_sign = "PRIORITY" in name or "INDENT" in name
    if number < least and not has_sign:
        raise WrongUsage(f"{name}={number:g}: expected {least} or more")
