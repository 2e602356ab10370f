"""The bytes of a file, decompressed if it is gzip, with the place of each in the file."""

import io
import re
import zlib
from collections.abc import Generator
from typing import BinaryIO, Final, NamedTuple, TypeVar

GZIP: Final = b"\x1f\x8b\x08"
"""How a member of a gzip file begins"""

STEP: Final = 8 * 1024 * 1024
"""Bytes that are passed over at once, in well under a second"""

_NO_LINE_END: Final = re.compile(rb"[^\r\n]")
_BLOCK: Final = 256 * 1024  # bytes that are read at once
_OUTPUT: Final = 1024 * 1024  # bytes that are decompressed at once, however well they compress
_MEMBER: Final = 4096  # bytes that are passed over in the time that an empty member takes
_LONGEST_LINE: Final = 64 * 1024
_PEEK: Final = 4096  # bytes of a member by which it is recognised


Thing = TypeVar("Thing")


class Place(NamedTuple):
    """A place in a file: `within` bytes behind `offset`.

    In a gzip file that is the offset of a member, and the number of decompressed bytes in it.
    """

    offset: int = 0
    within: int = 0


class Damaged(Exception):
    """The gzip member that is being read is damaged; the text is what zlib says."""


class Cut(Exception):
    """The file ends within a gzip member."""


class Stream:
    """The bytes of a file from a place on. `offset` is that of the member that is being read."""

    def __init__(self, file: BinaryIO, place: Place) -> None:
        self.file = file
        self.size = file.seek(0, io.SEEK_END)
        self.restart(place.offset)
        self.skip(place.within)

    def restart(self, offset: int) -> None:
        """Go on at an offset, in a gzip file that of a member."""
        self.file.seek(offset)
        self.offset = offset
        self._buffer = b""
        self._at = self._before = 0

    @property
    def place(self) -> Place:
        """The place of the next byte."""
        self._fill()
        return self.reached

    @property
    def reached(self) -> Place:
        """The place behind the last byte that was read, which can be in the member before."""
        return self._place_at(self._before + self._at)

    def read(self, length: int) -> bytes:
        """Return the next bytes, fewer only at the end of the file."""
        parts = []
        while length > 0 and self._fill():
            part = self._buffer[self._at : self._at + length]
            self._at += len(part)
            length -= len(part)
            parts.append(part)
        return b"".join(parts)

    def readline(self) -> bytes:
        """Return the next line with its end; a part of it if it is longer than any."""
        line = b""
        while len(line) < _LONGEST_LINE and self._fill():
            end = self._buffer.find(b"\n", self._at, self._at + _LONGEST_LINE) + 1
            stop = end or min(len(self._buffer), self._at + _LONGEST_LINE)
            line += self._buffer[self._at : stop]
            self._at = stop
            if end:
                break
        return line

    def skip(self, length: int) -> int:
        """Pass over bytes, and return how many there were."""
        skipped = 0
        while skipped < length and self._fill():
            step = min(length - skipped, len(self._buffer) - self._at)
            self._at += step
            skipped += step
        return skipped

    def skip_in_steps(self, length: int, between: Thing) -> Generator[Thing, None, int]:
        """Pass over bytes, yield something between two steps, and return how many there were."""
        skipped = 0
        while skipped < length:
            step = min(length - skipped, STEP)
            passed = self.skip(step)
            skipped += passed
            if passed < step:
                break
            if skipped < length:
                yield between
        return skipped

    def skip_line_ends(self) -> bool:
        """Pass over line ends, a step at most; return whether there is no more of them."""
        passed = 0
        while passed < STEP:
            if self._at == len(self._buffer):
                passed += _MEMBER
                if not self._next_block():
                    return True
            other = _NO_LINE_END.search(self._buffer, self._at)
            end = other.start() if other else len(self._buffer)
            passed += end - self._at
            self._at = end
            if other:
                return True
        return False

    def next_from(self, start: int, beginning: bytes, stop: int | None = None) -> int | None:
        """Return the first offset from a start on, and before `stop`, at which some bytes begin.

        In a gzip file, a member that begins with them.
        """
        raise NotImplementedError

    def _place_at(self, distance: int) -> Place:
        return Place(self.offset + distance)

    def _fill(self) -> bool:
        """Have at least one byte in the buffer, unless the file ends."""
        while self._at == len(self._buffer):
            if not self._next_block():
                return False
        return True

    def _next_block(self) -> bool:
        """Have the next bytes in the buffer, of an empty member none; ``False`` at the end."""
        self._before += len(self._buffer)
        self._buffer, self._at = b"", 0
        if not self._has_more():
            return False
        self._buffer = self._more()
        return True

    def _has_more(self) -> bool:
        return self.file.tell() < self.size

    def _more(self) -> bytes:
        return self.file.read(_BLOCK)


class PlainStream(Stream):
    """The bytes of a file as they are."""

    def skip(self, length: int) -> int:
        if length <= len(self._buffer) - self._at:
            return super().skip(length)
        here = self.place.offset
        self.restart(min(here + length, self.size))
        return self.offset - here

    def next_from(self, start: int, beginning: bytes, stop: int | None = None) -> int | None:
        line = b"\n" + beginning
        at = max(start - 1, 0)
        stop = self.size if stop is None else stop
        while at < stop:
            self.file.seek(at)
            found = self.file.read(_BLOCK).find(line)
            if found >= 0:
                return at + found + 1 if at + found + 1 < stop else None
            at += _BLOCK - len(line)
        return None


class GzipStream(Stream):
    """The decompressed bytes of a file. A record can span members, and a member hold several.

    Reading raises `Damaged` and `Cut`; only bytes whose member's check is right are behind one.
    """

    def restart(self, offset: int) -> None:
        super().restart(offset)
        self._raw = b""
        self._inflate = _decompressor()

    def next_from(self, start: int, beginning: bytes, stop: int | None = None) -> int | None:
        at = start
        stop = self.size if stop is None else min(stop, self.size)
        while at < stop:
            self.file.seek(at)
            block = self.file.read(min(_BLOCK, stop - at + len(GZIP) - 1))
            found = block.find(GZIP)
            while found >= 0:
                if self._begins_with(at + found, beginning):
                    return at + found
                found = block.find(GZIP, found + 1)
            at += max(len(block) - len(GZIP) + 1, 1)
        return None

    def _begins_with(self, offset: int, beginning: bytes) -> bool:
        self.file.seek(offset)
        try:
            return _decompressor().decompress(self.file.read(_PEEK)).startswith(beginning)
        except zlib.error:
            return False

    def _place_at(self, distance: int) -> Place:
        return Place(self.offset, distance)

    def _has_more(self) -> bool:
        """Return whether there is more, in this member or in one behind it and behind zeros."""
        if not self._inflate.eof:
            return True
        raw = self._inflate.unused_data or self.file.read(_BLOCK)
        while raw and not raw.strip(b"\0"):
            raw = self.file.read(_BLOCK)
        if not raw:
            return False
        self._raw = raw.lstrip(b"\0")
        self.offset = self.file.tell() - len(self._raw)
        self._before = 0
        self._inflate = _decompressor()
        return True

    def _more(self) -> bytes:
        raw = self._inflate.unconsumed_tail or self._raw or self.file.read(_BLOCK)
        self._raw = b""
        if not raw:
            raise Cut
        try:
            return self._inflate.decompress(raw, _OUTPUT)
        except zlib.error as error:
            raise Damaged(str(error)) from None


def opened(file: BinaryIO, place: Place) -> Stream:
    """Return the stream of a file, by how it begins."""
    file.seek(0)
    is_gzip = file.read(len(GZIP)) == GZIP
    return GzipStream(file, place) if is_gzip else PlainStream(file, place)


def _decompressor() -> "zlib._Decompress":
    return zlib.decompressobj(zlib.MAX_WBITS | 16)
