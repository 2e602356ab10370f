"""Standard output and error as commands need them: any encoding, closed pipes, or none at all."""

import os
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from typing import Any, TextIO


class Outlet(FileIO):
    """A stream whose reader may go away: from then on, what is written is dropped.

    If it is strict, the first such write raises `BrokenPipeError`.
    """

    is_strict = False

    def write(self, data: Any, /) -> int:
        """Write, or drop."""
        try:
            return super().write(data)
        except BrokenPipeError:
            drop(self.fileno())
            if self.is_strict:
                raise
            return memoryview(data).nbytes


def drop(descriptor: int) -> None:
    """Drop what is written to a stream from now on."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def prepare_streams() -> None:
    """Let terminals of any encoding print what a page says, and no closed stream end a command.

    What an encoding lacks becomes an escape.
    """
    if sys.stdout is sys.__stdout__:
        sys.stdout = _prepared(sys.stdout, 1)
    if sys.stderr is sys.__stderr__:
        sys.stderr = _prepared(sys.stderr, 2)


def tell_closed_pipe() -> None:
    """Let a command know by `BrokenPipeError` that nobody reads its standard output any more."""
    buffer = getattr(sys.stdout, "buffer", None)
    for stream in (buffer, getattr(buffer, "raw", None)):
        if isinstance(stream, Outlet):
            stream.is_strict = True


def _prepared(stream: TextIO | None, descriptor: int) -> TextIO:
    """Return a stream in the place of another; of one that is closed, one that leads nowhere."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if not isinstance(stream, TextIOWrapper):
        return stream
    stream.flush()
    outlet = Outlet(descriptor, "w", closefd=False)
    is_buffered = hasattr(stream.buffer, "raw")
    return TextIOWrapper(
        BufferedWriter(outlet) if is_buffered else outlet,
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
