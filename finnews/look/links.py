"""How pages lead to each other: over HTTP from the root, on a disk from where a page lies."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Protocol
from urllib.parse import quote, urlsplit

HOME: Final = "index"
"""The address of the first page on a disk; over HTTP it is the root."""

_WEB: Final = ("http", "https")
_LONGEST: Final = 100  # characters of a name; a disk takes 255, with the ending
_ENDINGS: Final = (".html", ".json")


class Links(Protocol):
    """Where pages and files are."""

    is_static: bool
    """Whether nobody answers: what a page needs must be in it."""

    def page(self, address: str) -> str:
        """Return the link to a page."""
        ...

    def path(self, address: str) -> str:
        """Return the path of a page, without the ending of a file."""
        ...

    def file(self, path: str) -> str:
        """Return the link to a file: a script, the rows of a table."""
        ...


class OnServer:
    """The links of pages that are served."""

    is_static = False

    def page(self, address: str) -> str:
        return "/" if address == HOME else f"/{address}"

    def path(self, address: str) -> str:
        return address

    def file(self, path: str) -> str:
        return f"/{path}"


@dataclass(frozen=True)
class OnDisk:
    """The links on the page of an address that is a file.

    >>> OnDisk("stocks/tesla").page("commodities/oelpreis%3Ftype%3DBrent")
    '../commodities/oelpreis%253Ftype%253DBrent.html'
    """

    address: str
    is_static = True

    def page(self, address: str) -> str:
        return self.file(f"{self.path(address)}.html")

    def path(self, address: str) -> str:
        return path_on_disk(address)

    def file(self, path: str) -> str:
        return "../" * self.address.count("/") + quote(path)


def path_on_disk(address: str) -> str:
    """Return an address as a path that a disk can have.

    Names that are too long for it, or that another page's file could have, get a hash.

    >>> path_on_disk("stocks/tesla")
    'stocks/tesla'
    >>> path_on_disk("stocks/tesla.html"), len(path_on_disk(f"stocks/{'x' * 300}"))
    ('stocks/tesla.html~8a132733', 116)
    """
    return "/".join(map(_name_on_disk, address.split("/")))


def _name_on_disk(name: str) -> str:
    if len(name) <= _LONGEST and not name.endswith(_ENDINGS):
        return name
    return f"{name[:_LONGEST]}~{sha256(name.encode()).hexdigest()[:8]}"


def is_of_web(link: str) -> bool:
    """Return whether a link leads to a page of the web, and is no script.

    >>> is_of_web("https://www.finanzen.net/analysen"), is_of_web("javascript:alert(1)")
    (True, False)
    """
    try:
        return urlsplit(link).scheme in _WEB
    except ValueError:
        return False
