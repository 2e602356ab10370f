"""Which files a run reads: paths, patterns and folders → sources, each of a kind."""

import os
import stat
import zlib
from collections.abc import Iterator
from glob import glob, has_magic
from pathlib import Path
from typing import Final, Literal, NamedTuple

from finnews.outcome import WrongUsage
from finnews.saved.answers import Unreadable
from finnews.saved.stream import GZIP

Kind = Literal["warc", "page", "cached"]

_WARC_NAMES: Final = (".warc", ".warc.gz")
_PAGE_NAMES: Final = (".html", ".htm", ".xhtml", ".xml", ".rss")
_CACHED: Final = frozenset({"meta", "response_headers", "response_body"})
"""What is in a folder of Scrapy's HTTP cache that has an answer"""

_BESIDE: Final = (".url", ".json")

_HEAD: Final = 4096  # bytes
_FEW: Final = 64  # bytes by which a file is known, though what is behind them is damaged
_BLANK: Final = b"\xef\xbb\xbf \r\n\t"


class Source(NamedTuple):
    """A file, or an answer's folder in Scrapy's HTTP cache."""

    path: Path
    """Absolute."""

    kind: Kind
    size: int
    """Bytes, with those of the files beside a page, and of all that is read of an answer."""

    modified: int
    """When one of them was changed last, in nanoseconds since 1970."""

    below: str = ""
    """Its path in the folder that was named; empty if it was named itself."""


def paths(name: str, value: str) -> tuple[Path, ...]:
    """Return the files and folders that an argument names, separated by commas, as absolute paths.

    Raises `WrongUsage` for one that does not exist, and for a pattern that matches nothing.
    """
    if os.path.exists(value):  # noqa: PTH110, of names that are too long Path.exists raises
        return (Path(value).absolute(),)
    named: dict[Path, None] = {}
    for part in filter(None, map(str.strip, value.split(","))):
        is_pattern = has_magic(part) and not os.path.exists(part)  # noqa: PTH110
        found = sorted(glob(part, recursive=True)) if is_pattern else [part]  # noqa: PTH207
        if not found or not os.path.exists(found[0]):  # noqa: PTH110
            what = "nothing matches" if is_pattern else "there is no file or folder"
            raise WrongUsage(f"{name}={part}: {what}")
        named |= dict.fromkeys(Path(path).absolute() for path in found)
    if not named:
        raise WrongUsage(f"{name}= needs files or folders: WARC, HTML, or Scrapy's HTTP cache")
    return tuple(named)


def sources(path: Path) -> Iterator[Source]:
    """Yield what is to be read at a path, of a folder in the order of the names.

    Raises `Unreadable` for a file or folder that has nothing to read; in a folder such files are
    left out. Links are followed, and no folder is read twice. Raises `OSError`, for a folder in it
    when the others have been read.
    """
    if not path.is_dir():
        yield _source(path, kind_of(path))
        return
    errors: list[OSError] = []
    is_empty = True
    for folder, names in _folders(path, errors):
        for source in _in_folder(folder, names, path):
            is_empty = False
            yield source
    if errors:
        raise errors[0]
    if is_empty:
        raise Unreadable("has no file that is read")


def _folders(root: Path, errors: list[OSError]) -> Iterator[tuple[Path, list[str]]]:
    """Yield a folder and those in it, each once, with the names of their files in order."""
    visited: set[tuple[int, int]] = set()
    for folder, folders, names in os.walk(root, onerror=errors.append, followlinks=True):
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in visited:
            folders.clear()
            continue
        visited.add((status.st_dev, status.st_ino))
        folders.sort()
        yield Path(folder), sorted(names)


def _in_folder(folder: Path, names: list[str], root: Path) -> Iterator[Source]:
    if _CACHED.issubset(names):
        if not any(_is_special(folder / name) for name in _CACHED):
            yield _source(folder, "cached")
        return
    for name in names:
        path = folder / name
        kind = _kind_by_name(name) or _kind_without_name(path)
        if kind and not _is_special(path):
            yield _source(path, kind, root)


def _is_special(path: Path) -> bool:
    """Return whether a path is a pipe, a device or a socket, whose reading might never end."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # a link to nothing: reading it says so
        return False


def kind_of(path: Path) -> Kind:
    """Return the kind of a file by how it begins. Raises `Unreadable`, `OSError`."""
    if _is_special(path):
        raise Unreadable("is no regular file")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise Unreadable("is empty")
    if head.startswith(GZIP) and _kind_by_name(path.name) == "warc":
        return "warc"
    if head.startswith(GZIP):
        head = _unzipped(head)
    if head.startswith(b"WARC/"):
        return "warc"
    if head.lstrip(_BLANK).startswith(b"<"):
        return "page"
    raise Unreadable("is neither a WARC file nor a page")


def _unzipped(head: bytes) -> bytes:
    """Return the beginning of a gzip file; a member can be empty."""
    text = b""
    while head and not text:
        inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            text, head = inflate.decompress(head, _FEW), inflate.unused_data
        except zlib.error as error:
            raise Unreadable(f"cannot be unzipped: {error}") from None
    return text


def _kind_by_name(name: str) -> Kind | None:
    lower = name.lower()
    if lower.endswith(_WARC_NAMES):
        return "warc"
    return "page" if lower.endswith(_PAGE_NAMES) else None


def _kind_without_name(path: Path) -> Kind | None:
    """Return the kind of a file whose name says none, as ``wget -r`` saves pages."""
    if path.suffix:
        return None
    try:
        return kind_of(path)
    except (OSError, Unreadable):
        return None


def _source(path: Path, kind: Kind, root: Path | None = None) -> Source:
    below = path.relative_to(root).as_posix() if root else ""
    try:
        found = [each.stat() for each in _files(path, kind)]
    except OSError:  # a link to nothing: reading it says so
        return Source(path, kind, 0, 0, below)
    modified = max(status.st_mtime_ns for status in found)
    return Source(path, kind, sum(status.st_size for status in found), modified, below)


def _files(path: Path, kind: Kind) -> Iterator[Path]:
    """Yield the files that are read for a source."""
    if kind == "cached":
        yield from (path / name for name in _CACHED)
        return
    yield path
    if kind == "page":
        yield from beside(path)


def beside(path: Path) -> Iterator[Path]:
    """Yield the files beside a page that say its address or its time, if there are any."""
    for name in dict.fromkeys((path.name, path.stem)):
        for ending in _BESIDE:
            if os.path.isfile(file := path.with_name(name + ending)):  # noqa: PTH113, as above
                yield file
