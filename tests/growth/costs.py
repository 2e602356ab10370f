"""What reading a page costs: time of the processor, and memory, in a process of its own."""

import os
import resource
import signal
import time
from typing import NamedTuple

from finnews.pages.base import BrokenPage
from tests.support.cases import type_of


class Cost(NamedTuple):
    """What the reading of a page cost, and why it failed."""

    seconds: float
    kilobytes: int = 0
    """How much more memory was held at most than before, if the process was one of its own."""
    error: str = ""
    """The exception that came out of it, or the signal that ended it."""
    broken: str = ""
    """Why it is no readable page."""


def read(url: str, text: str) -> Cost:
    """Read a page with all its items and links; any exception but `BrokenPage` is an error."""
    started = time.process_time()
    error = broken = ""
    try:
        page = type_of(url)(url, text)
        for _ in page.items():
            pass
        for _ in page.links():
            pass
    except BrokenPage as reason:
        broken = str(reason)
    except Exception as raised:  # noqa: BLE001
        error = repr(raised)[:200]
    return Cost(time.process_time() - started, error=error, broken=broken)


def read_apart(url: str, text: str, most: int) -> Cost:
    """Read a page in a process of its own, which ends after so many seconds."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        cost = read(url, text)
        more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        os.write(writer, f"{cost.seconds}\t{more}\t{cost.error}\t{cost.broken}".encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        printed = pipe.read()
    _, status, usage = os.wait4(child, 0)
    if os.WIFSIGNALED(status) or not printed:
        name = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else "silent"
        return Cost(usage.ru_utime + usage.ru_stime, error=name)
    seconds, kilobytes, error, broken = printed.split("\t")
    return Cost(float(seconds), int(kilobytes), error, broken)
