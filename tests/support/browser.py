"""A real Chromium that reaches nothing but this machine, and what its pages did.

It is Debian's, driven by Playwright, which runs an event loop in the thread of the test: meanwhile
that thread can call no ``asyncio.run``, and a server belongs in a thread or process of its own.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser as Process
from playwright.sync_api import BrowserContext, ConsoleMessage, Download, Page, sync_playwright

from tests.support import TIMEOUT

LOOPBACK = ("127.0.0.1", "localhost", "::1")

FLAGS = (
    f"--host-resolver-rules=MAP * ~NOTFOUND, {', '.join(f'EXCLUDE {host}' for host in LOOPBACK)}",
    "--no-proxy-server",  # a proxy, which Chromium takes from the environment, resolves by itself
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
)
"""What keeps the browser from reaching anything else, besides what Playwright sets.

Seen with 156 in 2026-11: it asks for accounts.google.com, update.googleapis.com and
redirector.gvt1.com in spite of ``--disable-background-networking``.
"""

UNASKED = "/favicon.ico"
"""What Chromium asks for by itself, sooner or later, where a page names no icon."""

MILLISECONDS = TIMEOUT * 1000
"""How long Playwright waits for anything."""


class View(NamedTuple):
    """How a page is looked at; the size is in pixels of CSS."""

    locale: str = "de-DE"
    color_scheme: Literal["light", "dark"] = "light"
    width: int = 1280
    height: int = 800
    zone: str = "Europe/Berlin"
    has_scripts: bool = True


DESKTOP = View()
PHONE = View(width=360, height=740)


class Visit:
    """A page in the browser, and what it and those that it opened did."""

    def __init__(self, context: BrowserContext) -> None:
        self.console: list[str] = []
        """Errors and warnings: ``error: Failed to load resource …``."""

        self.page_errors: list[str] = []
        """What scripts raised and did not catch."""

        self.requests: list[str] = []
        """The address of each request and WebSocket, but for icons and what is in the page."""

        self.failed: list[str] = []
        """The addresses that no answer came from; one that was answered 404 is not among them."""

        self.downloads: list[Download] = []
        context.on("console", self._tell)
        context.on("weberror", lambda error: self.page_errors.append(str(error.error)))
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("requestfailed", lambda request: self.failed.append(request.url))
        context.on("page", self._follow)
        self.page = context.new_page()

    @property
    def foreign(self) -> list[str]:
        """The addresses that are neither on this machine nor in the page itself."""
        return [address for address in self.requests if not is_own(address)]

    @property
    def complaints(self) -> list[str]:
        """What a page that is right does not do, up to now."""
        self.page.evaluate("0")  # what it did before has been told when this is answered
        errors = [message for message in self.console if message.startswith("error")]
        raised = [f"page error: {error}" for error in self.page_errors]
        return [*errors, *raised, *(f"foreign request: {address}" for address in self.foreign)]

    def assert_clean(self) -> None:
        """Fail if there was an error in the console, an uncaught one, or a foreign request."""
        complaints = self.complaints
        assert not complaints, "\n".join(complaints)

    def _tell(self, message: ConsoleMessage) -> None:
        address = message.location["url"]
        if message.type in {"error", "warning"} and not address.endswith(UNASKED):
            self.console.append(f"{message.type}: {message.text} ({address})")

    def _follow(self, page: Page) -> None:
        page.on("download", self._keep)
        page.on("websocket", lambda socket: self.requests.append(socket.url))

    def _keep(self, download: Download) -> None:
        self.downloads.append(download)


class Browser:
    """A process of Chromium; each visit has cookies, storage and a cache of its own."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @contextmanager
    def visit(self, address: str, view: View = DESKTOP) -> Iterator[Visit]:
        """Give a page that has been loaded; ``file://`` is an address, too."""
        context = self._process.new_context(
            locale=view.locale,
            color_scheme=view.color_scheme,
            viewport={"width": view.width, "height": view.height},
            timezone_id=view.zone,
            java_script_enabled=view.has_scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(MILLISECONDS)
        try:
            visit = Visit(context)
            visit.page.goto(address)
            yield visit
        finally:
            context.close()


def is_own(address: str) -> bool:
    """Whether an address is on this machine or in a page itself."""
    parts = urlsplit(address)
    if parts.scheme in {"http", "https", "ws", "wss"}:
        return parts.hostname in LOOPBACK
    return parts.scheme in {"file", "data", "blob", "about"}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium for the tests of a module; skip them where it is not installed."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed (Debian's package of that name)")
    with sync_playwright() as playwright:
        process = playwright.chromium.launch(
            executable_path=program, args=FLAGS, timeout=MILLISECONDS
        )
        try:
            yield Browser(process)
        finally:
            process.close()
