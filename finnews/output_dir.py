"""Where finnews writes: the setting ``OUTPUT_DIR`` as an absolute path."""

from pathlib import Path
from typing import Final

from scrapy.settings import BaseSettings

from finnews.outcome import WrongUsage

CHECKOUT: Final = Path(__file__).parents[1]


def output_dir(settings: BaseSettings) -> Path:
    """Return the directory; raise `WrongUsage` if the setting is empty, names an unknown user or
    leads to a file.

    A relative one is the project's, from wherever the command is run; of an installed finnews,
    which has no project directory, it is the working directory's. ``~`` is the home directory.

    >>> output_dir(BaseSettings({"OUTPUT_DIR": "/data/finnews"})).as_posix()
    '/data/finnews'
    """
    name = str(settings["OUTPUT_DIR"] or "").strip()
    if not name:
        raise WrongUsage("OUTPUT_DIR is empty; name a directory, -s OUTPUT_DIR=output")
    try:
        path = Path(name).expanduser()
    except RuntimeError as error:
        raise WrongUsage(f"OUTPUT_DIR={name}: {error}") from None
    directory = _project_dir() / path
    there = next(part for part in (directory, *directory.parents) if part.exists())
    if not there.is_dir():
        raise WrongUsage(f"OUTPUT_DIR={name}: {there} is a file, not a directory")
    return directory


def _project_dir() -> Path:
    return CHECKOUT if (CHECKOUT / "scrapy.cfg").is_file() else Path.cwd()
