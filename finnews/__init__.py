"""finnews: news, quotes and analyst ratings of finanzen.net as JSON Lines, each thing once."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from finnews.pages.base import BrokenPage
    from finnews.reading import read

__version__ = "1.0.0"

__all__ = ["BrokenPage", "read"]


def __getattr__(name: str) -> Any:
    """Import `read` when it is used: commands that read no page start without the page types."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("finnews.reading"), name)
