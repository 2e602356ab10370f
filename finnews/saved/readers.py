"""What of finnews reads pages, as a short hash: it changes if a page could be read otherwise."""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

PARTS: Final = (
    *("bounds.py", "instrument_paths.py", "instrument_words.py", "items", "loaders", "pages"),
    *("processors", "saved", "site.py", "vocabulary.py"),
)
"""The modules and packages of finnews that decide what is read on a page"""


@cache
def readers() -> str:
    """Return the hash of the source text of what reads pages."""
    digest = blake2b(digest_size=8)
    for part in PARTS:
        for name, text in _modules(files("finnews") / part, part):
            digest.update(f"{name}\n{len(text)}\n".encode() + text)
    return digest.hexdigest()


def of_run(*settings: object) -> str:
    """Return the hash of what reads pages, and of what a run keeps of what it reads.

    >>> of_run("full", None) == of_run("full", None), of_run("full") == of_run("lead")
    (True, False)
    """
    return blake2b(repr((readers(), settings)).encode(), digest_size=8).hexdigest()


def _modules(part: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the modules of a package, or a module, with their source text."""
    if part.is_file():
        yield name, part.read_bytes()
        return
    for child in sorted(part.iterdir(), key=lambda child: child.name):
        if child.name.endswith(".py") or (child.is_dir() and child.name != "__pycache__"):
            yield from _modules(child, f"{name}/{child.name}")
