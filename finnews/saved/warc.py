"""WARC files: the site's answers in them, whoever wrote them, and what cannot be read.

Where a record is damaged, reading goes on with the next one that is whole.
"""

from collections.abc import Generator, Iterator
from datetime import datetime
from io import BytesIO
from typing import Final

from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from finnews.pages import page_type
from finnews.saved.answers import End, Entry, Fault, Passed, Passing, SavedAnswer, saved_at
from finnews.saved.payload import LARGEST, TooLarge, payload
from finnews.saved.stream import STEP, Cut, Damaged, Place, Stream
from finnews.site import Site

MAGIC: Final = b"WARC/"
"""How a record begins"""

_BLANK: Final = (b"\r\n", b"\n")
_SEARCHED: Final = 256 * 1024  # bytes of a damaged file that are searched at once for a record
_SHORT: Final = 256  # bytes whose reading takes as long as that of any shorter line
_HEAD: Final = StatusAndHeadersParser(["WARC/"])
_HTTP_HEAD: Final = StatusAndHeadersParser([], verify=False)
_LONGEST_HEAD: Final = 64 * 1024  # bytes
_WITH_HTTP_HEAD: Final = "response"
_WITHOUT: Final = "resource"
_KINDS: Final = (
    *(_WITH_HTTP_HEAD, _WITHOUT, "warcinfo", "request", "metadata", "revisit"),
    *("conversion", "continuation"),
)
"""The types of records that the standard has"""


class BadRecord(Exception):
    """A record is not as records are; the text is why."""


class EndlessHead(ValueError):
    """The head of an HTTP message has no end within the bytes that one can have."""


class WarcEntries:
    """The entries of a file that begin before the offset `stop`; an `End` is the last.

    Only answers of the site are unpacked. A record is given when its end has been seen, and a fault
    when it is known where reading goes on; until then what is yielded is `Passing`.
    """

    def __init__(self, stream: Stream, site: Site, stop: int | None = None) -> None:
        self._stream = stream
        self._site = site
        self._stop = stop
        self._place, self._line = stream.reached, b""
        self._next: tuple[Place, bytes] | None = None
        self._late: Cut | Damaged | None = None

    def __iter__(self) -> Iterator[Entry]:
        while True:
            try:
                yield from self._begin()
                if not self._line or (self._stop is not None and self._place.offset >= self._stop):
                    yield Entry(self._place, End(is_of_file=not self._line))
                    return
                content = yield from self._record()
                yield Entry(self._place, content)
            except BadRecord as bad:
                yield from self._find_line()
                yield Entry(self._place, Fault(str(bad)))
            except Damaged as damaged:
                place = self._damaged_place()
                behind = yield from self._find_member(place)
                yield Entry(place, Fault(f"damaged: {damaged}"))
                if behind is None:
                    yield Entry(Place(self._stream.size), End(is_of_file=True))
                    return
                self._stream.restart(behind)
                self._place, self._next = Place(behind), None
            except Cut:
                place = self._damaged_place()
                yield Entry(place, Fault("cut off: the file ends within a record"))
                yield Entry(place, End(is_of_file=True))
                return

    def _begin(self) -> Iterator[Entry]:
        """Read the first line of a record; an empty one is the end of the file."""
        if self._late:
            late, self._late = self._late, None
            raise late
        self._place, self._line = self._next or (yield from self._first_line())
        self._next = None

    def _first_line(self) -> Generator[Entry, None, tuple[Place, bytes]]:
        """Return the next line that is not blank, and where it begins."""
        while not self._stream.skip_line_ends():
            yield Entry(self._place, Passing())
        return self._stream.place, self._stream.readline()

    def _find_line(self) -> Iterator[Entry]:
        """Read up to the next line that begins a record; that is where reading goes on."""
        try:
            place, line = self._next or (yield from self._first_line())
            passed = 0
            while line and not line.startswith(MAGIC):
                passed += max(len(line), _SHORT)
                if passed > STEP:
                    yield Entry(self._place, Passing())
                    passed = 0
                place, line = yield from self._first_line()
            self._next = place, line
        except (Cut, Damaged) as late:
            self._late = late

    def _find_member(self, place: Place) -> Generator[Entry, None, int | None]:
        """Return the offset of the next member with which a record begins."""
        start = self._stream.offset + 1
        while start < self._stream.size:
            stop = start + _SEARCHED
            behind = self._stream.next_from(start, MAGIC, stop)
            if behind is not None:
                return behind
            yield Entry(place, Passing())
            start = stop
        return None

    def _damaged_place(self) -> Place:
        """Return where what is damaged or cut off begins: the record, or a member behind it."""
        return max(self._place, Place(self._stream.offset))

    def _record(self) -> Generator[Entry, None, SavedAnswer | Passed | Fault]:
        if not self._line.startswith(MAGIC):
            raise BadRecord("no record begins where one should")
        head = self._head()
        length = _length(head)
        passed = _passed(head, self._site)
        if passed or length > LARGEST:
            yield from self._skip(length)
            return passed or Fault(f"{_address(head)} is larger than any page, {length} bytes")
        block = self._stream.read(length)
        if len(block) < length:
            raise Cut
        yield from self._end()
        return _answer(head, block)

    def _head(self) -> StatusAndHeaders:
        """Return the head of a record, whose first line has been read."""
        lines: list[bytes] = []
        size = 0
        while (line := self._stream.readline()) not in _BLANK:
            size += len(line)
            if not line:
                raise Cut
            if line.startswith(MAGIC) or size > _LONGEST_HEAD:
                self._next = (self._place, line)
                raise BadRecord("a record's head has no end")
            lines.append(line)
        return _HEAD.parse(BytesIO(b"".join(lines)), self._line)

    def _skip(self, length: int) -> Iterator[Entry]:
        passing = Entry(self._place, Passing())
        if (yield from self._stream.skip_in_steps(length, passing)) < length:
            raise Cut
        yield from self._end()

    def _end(self) -> Iterator[Entry]:
        """Raise if a record does not end where its head says, or the check of its member fails."""
        try:
            line = self._stream.readline()
            if line and line not in _BLANK:
                self._next = (self._place, line)
                raise BadRecord("a record is not as long as its head says")
            self._next = yield from self._first_line()
        except (Cut, Damaged) as late:
            if self._stream.offset == self._place.offset:
                raise
            self._late = late


def _length(head: StatusAndHeaders) -> int:
    length = head.get_header("Content-Length") or ""
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise BadRecord(f"a record's head has no length: Content-Length {length[:40]!r}")
    return int(length)


def _address(head: StatusAndHeaders) -> str:
    """Return the address of a record; wget has put it in angle brackets."""
    return (head.get_header("WARC-Target-URI") or "").strip("<> ")


def _passed(head: StatusAndHeaders, site: Site) -> Passed | None:
    """Return why a record is passed over, known by its head; ``None`` for an answer of the site."""
    kind = head.get_header("WARC-Type")
    if kind not in _KINDS:
        return Passed("other-type" if kind else "without-type")
    if kind not in (_WITH_HTTP_HEAD, _WITHOUT, "revisit"):
        return Passed(kind)
    address = _address(head)
    if not address.startswith(("http://", "https://")) or not site.has(address):
        return Passed("other-site")
    if page_type(address, site) is None:
        return Passed("no-page")
    return Passed(kind) if kind == "revisit" else None


def _answer(head: StatusAndHeaders, block: bytes) -> SavedAnswer | Fault:
    address, date = _address(head), _time(head.get_header("WARC-Date") or "")
    if date is None:
        return Fault(f"{address} has no date, or one that cannot be right")
    try:
        if head.get_header("WARC-Type") == _WITHOUT:
            content_type = head.get_header("Content-Type") or ""
            status, headers, body = 200, {"content-type": content_type}, block
        else:
            status, headers, body = http_message(block)
        return SavedAnswer(address, status, headers, payload(headers, body), date)
    except TooLarge:
        return Fault(f"{address} is larger than any page, unpacked")
    except EndlessHead as endless:
        return Fault(f"{address}: {endless}")


def _time(text: str) -> datetime | None:
    """Return a record's date in UTC; ``None`` if it is none.

    >>> _time("2026-11-23T16:20:05Z"), _time("20261123162005")
    (datetime.datetime(2026, 11, 23, 16, 20, 5, tzinfo=datetime.timezone.utc), None)
    """
    try:
        return saved_at(datetime.fromisoformat(text))
    except ValueError:
        return None


def http_message(block: bytes) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of an HTTP message; the status is 0 if it has none.

    Some tools write HTTP/2's ``:status`` in place of a status line, or below it. Raises
    `EndlessHead`.

    >>> http_message(b":status: 200\\r\\ncontent-type: text/html\\r\\n\\r\\n<html>")
    (200, {'content-type': 'text/html'}, b'<html>')
    """
    stream = BytesIO(block[:_LONGEST_HEAD])
    try:
        head = _HTTP_HEAD.parse(stream)
    except EOFError:
        return 0, {}, b""
    if stream.tell() == _LONGEST_HEAD < len(block):
        raise EndlessHead("the head of its HTTP message has no end")
    headers: dict[str, str] = {}
    for name, value in head.headers:
        headers.setdefault(name.lower(), value)
    return _status(head), headers, block[stream.tell() :]


def _status(head: StatusAndHeaders) -> int:
    status = head.get_statuscode()[:3]
    return int(status) if len(status) == 3 and status.isascii() and status.isdigit() else 0
