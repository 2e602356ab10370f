"""Pages whose reading had to be ended with the whole process: later runs leave them out."""

import fcntl
import logging
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkstemp
from typing import Final

logger = logging.getLogger(__name__)

_NAME: Final = "reading-*.txt"
_LINE: Final = 2048  # bytes of the first line; an address that is longer is cut
_KEPT: Final = timedelta(days=7)
_LEFT_OUT: Final = (
    "%s is left out for up to seven days: reading it did not end, and ended the process; %s says "
    "where. To have it read again, delete that file"
)


class HungPages:
    """The addresses of such pages, and the note of the one that is being read.

    The note is a file in `directory` with the page's address. If the page cannot be read in time,
    a signal's handler appends where its reading was; if the process dies before, nothing is
    appended, and the file is of no consequence.
    """

    def __init__(self, directory: Path | None = None) -> None:
        self.lines = _hung_lines(directory) if directory else set()
        self._directory = directory
        self._path: Path | None = None
        self._descriptor: int | None = None

    @property
    def descriptor(self) -> int | None:
        """The note's file; ``None`` if there is none."""
        return self._descriptor

    def has(self, url: str) -> bool:
        """Return whether reading a page had to be ended in the last seven days."""
        return _first_line(url) in self.lines

    def note(self, url: str) -> None:
        """Note a page that is going to be read; on a full disk the note stays as it is."""
        with suppress(OSError):
            if self._directory:
                self._create(self._directory)
            if self._descriptor is not None:
                os.pwrite(self._descriptor, _first_line(url), 0)

    def clear(self) -> None:
        """Delete what was appended for a page whose reading could be ended."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.ftruncate(self._descriptor, _LINE)
            os.lseek(self._descriptor, _LINE, os.SEEK_SET)

    def close(self) -> None:
        """Delete the note."""
        if self._descriptor is not None and self._path:
            self._path.unlink(missing_ok=True)
            os.close(self._descriptor)
            self._descriptor = None

    def _create(self, directory: Path) -> None:
        """Create the note, locked for as long as the process lives."""
        self._directory = None  # not again if it fails
        descriptor, name = mkstemp(dir=directory, prefix="reading-", suffix=".txt")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.pwrite(descriptor, _first_line(""), 0)
            os.lseek(descriptor, _LINE, os.SEEK_SET)
        except OSError:
            os.close(descriptor)
            Path(name).unlink(missing_ok=True)
            raise
        self._descriptor, self._path = descriptor, Path(name)


def _first_line(url: str) -> bytes:
    """Return the first line of a note, which has always the same length."""
    return url.encode("utf-8", "replace")[: _LINE - 1].ljust(_LINE - 1) + b"\n"


def _hung_lines(directory: Path) -> set[bytes]:
    """Return the first lines of the notes of hung pages; delete notes of no consequence."""
    lines: set[bytes] = set()
    for path in directory.glob(_NAME):
        with suppress(OSError), path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails for a living process's
            line, place = file.read(_LINE), file.read(1)
            noted = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
            if place and datetime.now(UTC) - noted < _KEPT:
                lines.add(line)
                logger.warning(_LEFT_OUT, line.decode("utf-8", "replace").strip(), path)
            else:
                path.unlink()
    return lines
