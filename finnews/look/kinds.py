"""What has been read of the files of one kind of item, and what has changed in them since."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from finnews.items import Item
from finnews.look.files import ReadFile, Stamp, stamps
from finnews.look.staging import Added, LineWithoutKey, Staging
from finnews.sql.unfit import Problem

_MOST: Final = 64 * 1024 * 1024  # bytes that are read in memory


@dataclass(frozen=True)
class ReadKind:
    """The files of a kind as they were read, and what was wrong with their lines."""

    files: dict[str, ReadFile] = field(default_factory=dict)
    problems: frozenset[Problem] = frozenset()
    table: str | None = None
    """The table of what was new when they were read last."""

    is_whole: bool = False
    """Whether that table takes the place of the one before."""

    def has(self, current: dict[str, Stamp]) -> bool:
        """Return whether the files are as they were read."""
        return {name: file.stamp for name, file in self.files.items()} == current


def read_again(
    kind: ReadKind | None, item_class: type[Item], directory: Path, staging: Staging
) -> ReadKind | None:
    """Make a table of what has changed in a kind's files; return ``None`` if nothing has.

    Without a kind, or if its files were not only appended to, that is everything.
    """
    current = stamps(directory, item_class)
    if kind and kind.has(current):
        return None
    table = f"latest.new_{item_class.collection}"
    added = _added(kind.files, current, directory) if kind else None
    if kind and added is not None:
        try:
            return _with_added(kind, item_class, table, (current, added), staging)
        except LineWithoutKey:
            pass
    files = {name: ReadFile.of(directory / name, stamp) for name, stamp in current.items()}
    problems = staging.whole(item_class, table, files)
    return ReadKind(files, frozenset(problems), table, is_whole=True)


def _with_added(
    kind: ReadKind,
    item_class: type[Item],
    table: str,
    change: tuple[dict[str, Stamp], Added],
    staging: Staging,
) -> ReadKind:
    current, added = change
    lines = {name: (start, part) for name, (start, part) in added.items() if part}
    problems = staging.added(item_class, table, lines) if lines else []
    files = kind.files | {
        name: kind.files.get(name, ReadFile.unread(current[name])).followed_by(part, current[name])
        for name, (_, part) in added.items()
    }
    return ReadKind(files, kind.problems | set(problems), table if lines else None)


def _added(files: dict[str, ReadFile], current: dict[str, Stamp], directory: Path) -> Added | None:
    """Return the whole lines that were appended; ``None`` if there is another change, or much."""
    changed = {
        name: files.get(name) or ReadFile.unread(stamp)
        for name, stamp in current.items()
        if name not in files or files[name].stamp != stamp
    }
    size = sum(current[name].size - file.end for name, file in changed.items())
    if files.keys() - current.keys() or size > _MOST:
        return None
    added: Added = {}
    for name, file in changed.items():
        lines = file.added(directory / name, current[name])
        if lines is None:
            return None
        added[name] = (file.end, lines)
    return added
