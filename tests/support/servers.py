"""Small servers on loopback for the tests of the transport: TLS, HTTP/2, a proxy."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from socketserver import BaseServer
from threading import Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

PAGE = b"<html><title>Muster</title>" + b"<p>Muster AG</p>" * 300 + b"</html>"
"""Smaller than the smallest window of HTTP/2 (65 535 bytes), so that it can be sent at once."""

CONTENT_TYPE = ("content-type", "text/html")

HUNG_UP = (ConnectionError, EOFError, ssl.SSLError)
"""What a server meets when the other side hangs up."""

Headers = list[tuple[str, str]]
Handle = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Authority:
    """Vouches for hosts; ``file`` is what a client has to trust."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.file = directory / "authority.pem"
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(f"Muster authority in {directory.name}")
        basic = x509.BasicConstraints(ca=True, path_length=None)
        certificate = self._builder(self._name, self._key, 1).add_extension(basic, critical=True)
        self.file.write_bytes(
            certificate.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM)
        )

    def certified(self, host: str = "localhost", days: int = 1) -> Path:
        """Return a file with a key and its certificate for a host; of -1 day, it has expired."""
        key = ec.generate_private_key(ec.SECP256R1())
        names: list[x509.GeneralName] = [x509.DNSName(host)]
        if host == "localhost":
            names.append(x509.IPAddress(IPv4Address("127.0.0.1")))
        builder = self._builder(_name(host), key, days)
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        certificate = builder.sign(self._key, hashes.SHA256())
        file = self.directory / f"{host}-{days}.pem"
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(private + certificate.public_bytes(Encoding.PEM))
        return file

    def _builder(
        self, name: x509.Name, key: ec.EllipticCurvePrivateKey, days: int
    ) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        return x509.CertificateBuilder(
            issuer_name=self._name,
            subject_name=name,
            public_key=key.public_key(),
            serial_number=x509.random_serial_number(),
            not_valid_before=now - timedelta(days=7),
            not_valid_after=now + timedelta(days=days),
        )


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def tls(certified: Path, *protocols: str) -> ssl.SSLContext:
    """Return the server's side of TLS, offering protocols by their names in ALPN."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certified)
    if protocols:
        context.set_alpn_protocols(list(protocols))
    return context


@contextmanager
def served(server: BaseServer) -> Iterator[None]:
    """Let a server answer in a thread of its own."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@asynccontextmanager
async def listening(starting: Awaitable[asyncio.Server]) -> AsyncIterator[int]:
    """Give the port of a server; end it when all its connections have ended."""
    server = await starting
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        mine = asyncio.current_task()
        await asyncio.gather(*(task for task in asyncio.all_tasks() if task is not mine))


def serving(handle: Handle, context: ssl.SSLContext | None = None) -> Awaitable[asyncio.Server]:
    """Return a server on a free port, whose connections are closed when `handle` returns."""

    async def handled(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(*HUNG_UP):
            await handle(reader, writer)
        writer.close()
        with suppress(*HUNG_UP):
            await writer.wait_closed()

    return asyncio.start_server(handled, "127.0.0.1", 0, ssl=context)


def http2(
    certified: Path, asked: list[Headers], last: int = 100, *, is_polite: bool = True
) -> Awaitable[asyncio.Server]:
    """Return a server that answers `PAGE` over HTTP/2, and closes a connection after `last`.

    A polite one says so before it closes. What else was asked for meanwhile is not answered.
    `asked` gets each answered request's headers.
    """

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = H2Connection(H2Configuration(client_side=False))
        connection.initiate_connection()
        left = last
        while left and (data := await reader.read(65536)):
            events = connection.receive_data(data)
            for event in [event for event in events if isinstance(event, RequestReceived)][:left]:
                asked.append([_text(header) for header in event.headers])
                connection.send_headers(event.stream_id, [(":status", "200"), CONTENT_TYPE])
                connection.send_data(event.stream_id, PAGE, end_stream=True)
                left -= 1
                if is_polite and not left:
                    connection.close_connection(last_stream_id=event.stream_id)
            writer.write(connection.data_to_send())

    return serving(handle, tls(certified, "h2"))


def http1(
    answer: bytes, asked: list[bytes] | None = None, certified: Path | None = None
) -> Awaitable[asyncio.Server]:
    """Return a server that sends the same bytes to each request and closes the connection."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        await reader.readexactly(int(length[1]) if length else 0)
        if asked is not None:
            asked.append(head)
        writer.write(answer)
        await writer.drain()

    return serving(handle, tls(certified, "http/1.1") if certified else None)


def proxy(asked: list[bytes]) -> Awaitable[asyncio.Server]:
    """Return a proxy that opens a tunnel to wherever it is asked to."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        asked.append(head)
        host, port = head.split()[1].decode().split(":")
        there, to_there = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n")
        await asyncio.gather(_piped(reader, to_there), _piped(there, writer))

    return serving(handle)


async def _piped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()


def _text(header: tuple[Any, Any]) -> tuple[str, str]:
    name, value = (part.decode() if isinstance(part, bytes) else str(part) for part in header)
    return name, value
