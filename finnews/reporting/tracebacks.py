"""Tracebacks that Python prints itself, past every log: fit for a terminal."""

import sys
import threading
from collections.abc import Callable
from contextlib import redirect_stderr
from io import StringIO
from typing import Any

from finnews.printable import printable

_PRINTING = threading.RLock()
"""Held while stderr is another one"""


class Escaping:
    """A function that prints to stderr, with escapes for what a terminal must not get."""

    def __init__(self, function: Callable[..., object]) -> None:
        self.function = function

    def __call__(self, *arguments: Any) -> None:
        text = StringIO()
        with _PRINTING, redirect_stderr(text):
            self.function(*arguments)
        if sys.stderr is not None:
            sys.stderr.write(printable(text.getvalue()))


def escaping(function: Callable[..., object]) -> Escaping:
    """Return a function that prints the same with escapes; itself if it does."""
    return function if isinstance(function, Escaping) else Escaping(function)


def escape_tracebacks() -> None:
    """Let Python print escapes where an exception ends the process, a thread, or nothing at all."""
    sys.excepthook = escaping(sys.excepthook)
    sys.unraisablehook = escaping(sys.unraisablehook)
    threading.excepthook = escaping(threading.excepthook)
