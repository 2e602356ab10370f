"""Places in a file: reading that goes on at one gives what is behind it, and nothing else."""

import random
from pathlib import Path

import pytest

from finnews.saved.stream import Cut, Place, Stream, opened
from samplesite.content.world import World
from tests.support.warcs import OTHER, article_pages, entries, response, responses, saved, zipped

RECORDS = [
    each
    for record in responses(article_pages(World(articles=6, stocks=2)))
    for each in (record, response(OTHER, b"<p>Muster"))
]
ALL = b"".join(RECORDS)
FORMS = {
    "plain": ALL,
    "a member each": zipped(*RECORDS),
    "one member": zipped(ALL),
    "some in a member": zipped(*(b"".join(RECORDS[at : at + 3]) for at in range(0, 12, 3))),
    "cut by members": zipped(*(ALL[at : at + 900] for at in range(0, len(ALL), 900))),
    "damaged": zipped(*RECORDS[:5]) + b"\x1f\x8b\x08damaged" + zipped(*RECORDS[5:]),
    "padded": zipped(*RECORDS[:5]) + b"\0" * 1000 + zipped(*RECORDS[5:]) + b"\0" * 1000,
    "cut off": zipped(*RECORDS)[:-20],
    "junk": b"".join(RECORDS[:5]) + b"junk\r\n" + b"".join(RECORDS[5:]),
}


@pytest.mark.parametrize("form", FORMS)
def test_reading_goes_on_at_the_place_of_each_entry(tmp_path: Path, form: str) -> None:
    """What is read from there is what the whole file has from that entry on."""
    path = saved(tmp_path / "a.warc", FORMS[form])
    whole = entries(path)
    assert len(whole) >= len(RECORDS)
    places = [place for place, _ in whole]
    assert places == sorted(places)
    for number, place in enumerate(places):
        first = places.index(place)
        assert entries(path, place) == whole[first:], (number, place)


@pytest.mark.parametrize("is_zipped", [False, True], ids=["plain", "gzip"])
def test_bytes_are_read_as_a_file_reads_them(tmp_path: Path, is_zipped: bool) -> None:
    """By lines, by number, past bytes, in any order; the place leads to the same again."""
    chance = random.Random(7)
    body = b"".join(chance.randbytes(chance.randrange(3000)) + b"\n" for _ in range(700))
    parts = (body[at : at + 70_000] for at in range(0, len(body), 70_000))
    path = saved(tmp_path / "a", zipped(*parts) if is_zipped else body)
    with path.open("rb") as file, path.open("rb") as other:
        stream, at = opened(file, Place()), 0
        for _ in range(400):
            place, length = stream.place, chance.randrange(8000)
            way = chance.choice(("line", "read", "skip"))
            expected = body[at : at + length] if way != "line" else _line(body[at:])
            got = _next(stream, way, length)
            assert got == (len(expected) if way == "skip" else expected)
            assert opened(other, place).read(len(expected)) == expected
            at += len(expected)
        assert opened(other, Place()).skip(10**9) == len(body)


def test_a_long_line_is_read_in_parts(tmp_path: Path) -> None:
    """None is longer than 128 kB; their sum is the line."""
    with saved(tmp_path / "a", b"x" * 1_000_000 + b"\nMuster").open("rb") as file:
        stream = opened(file, Place())
        parts = [stream.readline() for _ in range(100)]
    assert max(map(len, parts)) <= 128 * 1024
    assert b"".join(parts) == b"x" * 1_000_000 + b"\nMuster"


def test_a_place_behind_the_end_has_nothing(tmp_path: Path) -> None:
    """A file that was cut since its place was noted is changed, and read anew anyway."""
    for whole in (ALL, zipped(ALL)):
        with saved(tmp_path / "a", whole).open("rb") as file:
            try:
                assert opened(file, Place(len(whole) + 5)).read(10) == b""
            except Cut:
                assert whole.startswith(b"\x1f\x8b")


def _line(body: bytes) -> bytes:
    return body[: body.index(b"\n") + 1] if b"\n" in body else body


def _next(stream: Stream, way: str, length: int) -> bytes | int:
    if way == "line":
        return stream.readline()
    return stream.read(length) if way == "read" else stream.skip(length)
