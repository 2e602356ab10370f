"""A directory that gets its name when all that belongs in it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from finnews.outcome import WrongUsage
from finnews.sql.stopping import Work


@contextmanager
def new_folder(target: Path, work: Work) -> Iterator[Path]:
    """Give a temporary directory beside the target, and rename it to that.

    Raises `WrongUsage` if the target is there and not empty.
    """
    target = target.resolve()
    _check(target)
    with (
        _errors_of(target),
        work.temporary_folder(f".{target.name}-", target.parent) as folder,
    ):
        files = folder / "files"
        files.mkdir()
        yield files
        files.rename(target)


def _check(target: Path) -> None:
    """Raise `WrongUsage` if a directory cannot get this name; make those above it."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WrongUsage(f"{target}: exists and is not an empty directory")
    above = next(path for path in target.parents if path.exists())
    if not above.is_dir():
        raise WrongUsage(f"{target}: {above} is a file, not a directory")
    target.parent.mkdir(parents=True, exist_ok=True)


@contextmanager
def _errors_of(target: Path) -> Iterator[None]:
    """Name the directory in the errors of the temporary ones next to it, which nobody knows."""
    try:
        yield
    except OSError as error:
        hidden = (".finnews-", f".{target.name}-")
        if any(part.startswith(hidden) for part in Path(error.filename or "").parts):
            raise OSError(error.errno, error.strerror, str(target)) from error
        raise
