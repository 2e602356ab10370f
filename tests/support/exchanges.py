"""Exchanges to write into WARC files, and a process that writes them."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from finnews.saved.records import Exchange
from finnews.saved.writing import WarcWriter

CAME = datetime(2026, 11, 23, 21, 24, 5, 999_999, UTC)


def exchange(body: bytes = b"<p>Muster AG</p>", **others: object) -> Exchange:
    """Return an exchange with a page of the site."""
    plain = Exchange(
        url="https://www.finanzen.net/aktien/muster?p=2#kurse",
        received=CAME,
        method="GET",
        request_headers=[(b"User-Agent", b"Muster/1.0")],
        request_body=b"",
        status=200,
        headers=[(b"Content-Type", b"text/html"), (b"Content-Length", str(len(body)).encode())],
        body=body,
        protocol="HTTP/1.1",
    )
    return plain._replace(**others)  # type: ignore[arg-type]


def writer(folder: Path, name: str = "20261123T212405Z-news") -> WarcWriter:
    """Return a writer of a run."""
    return WarcWriter(folder, name, {"software": "finnews/1.0"})


def main(folder: str, name: str, size: int) -> None:
    """Write exchanges of that size until killed; say so after the first."""
    own, body = writer(Path(folder), name), os.urandom(size)
    while True:
        own.add(exchange(body))
        print("written", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
