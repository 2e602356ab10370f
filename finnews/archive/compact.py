"""Copies an archive without its history: of each record the last version, as version 1."""

import tempfile
from pathlib import Path

from finnews.archive import Archive
from finnews.items import ITEM_CLASSES


def compact(source: Archive, directory: Path) -> int:
    """Write the last versions into a new directory, and return how many there are.

    The directory has its name when it is whole. Raises `OSError` if there is something under
    that name, except an empty directory.
    """
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent, prefix=f".{directory.name}-") as part:
        number = 0
        with Archive(Path(part) / "archive") as target:
            for item_class in ITEM_CLASSES:
                for item in source.all_of(item_class):
                    number += target.add(item) is not None
        target.directory.rename(directory)
    return number
