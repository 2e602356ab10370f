"""Builds the egg that ``scrapyd-deploy`` sends; all else is built by what pyproject.toml names.

It is built in a temporary directory: nothing is left in the checkout, and the egg holds the package
alone.
"""

import shutil
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from setuptools import find_packages, setup

from finnews import __version__

with TemporaryDirectory(prefix="finnews-egg-") as directory:
    package = Path(directory, "finnews")
    shutil.copytree("finnews", package, ignore=shutil.ignore_patterns("__pycache__"))
    with chdir(directory):
        setup(
            name="finnews",
            version=__version__,
            packages=find_packages(),
            package_data={"finnews": ["py.typed"]},
            entry_points={"scrapy": ["settings = finnews.settings"]},
            zip_safe=True,
        )
