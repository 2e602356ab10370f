"""A site that sends bytes as they are given, and keeps those that it gets."""

import re
import socketserver
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tests.support.servers import served, tls

RULES: Final = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"


class RawSite:
    """What is sent for each target, in turn, the last again and again; else rules that allow all.

    The connection is closed after each answer.
    """

    def __init__(self, address: str, sent: dict[str, list[bytes]]) -> None:
        self.address = address
        self.sent = sent
        self.asked: list[tuple[str, bytes]] = []
        """Target and bytes of each request."""

    def answer(self, request: bytes) -> bytes:
        """Return what is sent."""
        target = request.split()[1].decode()
        before = sum(target == earlier for earlier, _ in self.asked)
        self.asked.append((target, request))
        answers = self.sent.get(target, [RULES])
        return answers[min(before, len(answers) - 1)]


@contextmanager
def raw_site(sent: dict[str, list[bytes]], certified: Path | None = None) -> Iterator[RawSite]:
    """Serve on a free port of loopback, over TLS if there is a certificate."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            head = b""
            while not head.endswith(b"\r\n\r\n") and (line := self.rfile.readline()):
                head += line
            length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
            if head:
                head += self.rfile.read(int(length[1])) if length else b""
                with suppress(ConnectionError):  # the other side may not want it all
                    self.wfile.write(site.answer(head))

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def get_request(self) -> tuple[ssl.SSLSocket, str]:
            connection, address = super().get_request()
            if not certified:
                return connection, address  # type: ignore[return-value]
            return context.wrap_socket(connection, server_side=True), address

    context = tls(certified, "http/1.1") if certified else ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server = Server(("127.0.0.1", 0), Handler)
    scheme = "https" if certified else "http"
    site = RawSite(f"{scheme}://127.0.0.1:{server.server_address[1]}", sent)
    with served(server):
        yield site
