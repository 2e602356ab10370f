"""Whether folders are folders and files are files, where an archive is to be."""

import os
from pathlib import Path
from typing import Final

from finnews.archive.repair import INDEX
from finnews.items import ITEM_CLASSES

RUNS: Final = "runs"
PAGES: Final = "pages"

_FOLDERS: Final = (
    *(kind.collection for kind in ITEM_CLASSES if not kind.is_in_one_file),
    *(RUNS, PAGES),
)
_FILES: Final = (
    *(f"{kind.collection}.jsonl" for kind in ITEM_CLASSES if kind.is_in_one_file),
    INDEX,
)


def check_layout(directory: Path) -> None:
    """Raise `OSError` if a file stands in the place of a folder, or a folder in that of a file."""
    for name in _FOLDERS:
        check_folder(directory / name)
    for name in _FILES:
        if (directory / name).is_dir():
            raise OSError(f"{directory / name} is a folder, where a file belongs")


def check_folder(path: Path) -> None:
    """Raise `OSError` if something else stands in the place of a folder."""
    if os.path.lexists(path) and not path.is_dir():
        what = "link that leads nowhere" if path.is_symlink() else "file"
        raise OSError(f"{path} is a {what}, where a folder belongs")
