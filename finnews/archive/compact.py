"""Copies an archive without its history: the last version of each record, as version 1."""

import tempfile
from pathlib import Path

from finnews.archive import Archive
from finnews.items import ITEM_CLASSES


def compact(source: Archive, directory: Path) -> int:
    """Write the last versions to a new directory, and return how many there are.

    The copy gets its name when it is complete. Raises `OSError` if the name is taken, except by an
    empty directory.
    """
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent, prefix=f".{directory.name}-") as parent:
        number = 0
        with Archive(Path(parent) / "archive") as target:
            for item_class in ITEM_CLASSES:
                for item in source.all_of(item_class):
                    number += target.add(item) is not None
        target.directory.rename(directory)
    return number
