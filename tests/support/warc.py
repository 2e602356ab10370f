"""What WARC files hold, read by warcio and, more strictly, member by member."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from warcio.archiveiterator import ArchiveIterator


class Record(NamedTuple):
    """A record; of an exchange, its HTTP head and body."""

    kind: str
    fields: dict[str, str]
    first_line: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def target(self) -> str:
        """The path and query of the address."""
        return re.sub(r"https?://[^/]*", "", self.fields["WARC-Target-URI"])

    @property
    def status(self) -> int:
        """The status of a response."""
        return int(self.first_line.split()[1])

    def header(self, name: str) -> str | None:
        """Return the value of an HTTP header."""
        return next((text for key, text in self.headers if key.lower() == name.lower()), None)


def warc_files(output: Path) -> list[Path]:
    """Return the files under ``pages/``, by name."""
    return sorted((output / "pages").iterdir()) if (output / "pages").exists() else []


def members(path: Path) -> list[bytes]:
    """Return the unpacked members of a file; each must be one whole record, and all the file is."""
    whole, rest = beginning(path.read_bytes())
    assert not rest, f"{path}: {rest} bytes of a record"
    return whole


def beginning(content: bytes) -> tuple[list[bytes], int]:
    """Return the whole records that a file begins with, and how many bytes follow."""
    whole: list[bytes] = []
    while content:
        decompressor = zlib.decompressobj(wbits=31)
        record = decompressor.decompress(content)
        if not decompressor.eof:
            break
        assert _is_whole(record), record[:500]
        whole.append(record)
        content = decompressor.unused_data
    return whole, len(content)


def _is_whole(record: bytes) -> bool:
    head, _, block = record.partition(b"\r\n\r\n")
    length = re.search(rb"\r\nContent-Length: (\d+)(\r\n|$)", head)
    is_ended = length is not None and len(block) == int(length[1]) + 4
    return head.startswith(b"WARC/1.1\r\n") and is_ended and block.endswith(b"\r\n\r\n")


def records(path: Path) -> list[Record]:
    """Return the records of a file whose members are whole, with digests that are right."""
    read = list(_records(path))
    assert len(read) == len(members(path))
    return read


def _records(path: Path) -> Iterator[Record]:
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            http = record.http_headers
            yield Record(
                record.rec_type,
                dict(record.rec_headers.headers),
                f"{http.protocol} {http.statusline}" if http else "",
                http.headers if http else [],
                record.raw_stream.read(),
            )


def responses(output: Path) -> list[Record]:
    """Return the responses of all files; each is followed by its request, and nothing else is."""
    found = []
    for path in warc_files(output):
        first, *others = records(path)
        assert first.kind == "warcinfo"
        for response, request in zip(others[::2], others[1::2], strict=True):
            assert (response.kind, request.kind) == ("response", "request")
            assert request.fields["WARC-Concurrent-To"] == response.fields["WARC-Record-ID"]
            for name in ("WARC-Target-URI", "WARC-Date"):
                assert request.fields[name] == response.fields[name]
            found.append(response)
    return found
