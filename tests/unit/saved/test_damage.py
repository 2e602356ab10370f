"""Saved files that are cut off or damaged: what is whole is read, and what is not is told."""

import gzip
import random
import tracemalloc
import zlib
from pathlib import Path

import pytest

from finnews.saved.answers import End, Entry, Fault, Passed, Passing
from finnews.saved.stream import Place
from samplesite.content.world import World
from tests.support.warcs import (
    FINANZEN,
    OTHER,
    article_pages,
    entries,
    fields,
    members,
    message,
    record,
    response,
    responses,
    saved,
    told,
    zipped,
)

PAGES = article_pages(World(articles=4, stocks=2))
NAMES = [url.rpartition("/")[2] for url in PAGES]
(URL, BODY), *_ = PAGES.items()
RECORDS = responses(PAGES)
ONE, TWO, THREE, FOUR = NAMES
FIRST, SECOND, THIRD, FOURTH = MEMBERS = members(*RECORDS)
CUT = "cut off: the file ends within a record"
TOO_LONG = "a record is not as long as its head says"
NO_LENGTH = "a record's head has no length: Content-Length ''"
NO_END = "a record's head has no end"
NO_RECORD = "no record begins where one should"


def said(path: Path) -> list[str]:
    """Return what the entries of a file say; its end is the last of them."""
    found = entries(path)
    assert found[-1].content == End(is_of_file=True)
    return list(told(found))


@pytest.mark.parametrize("left", [1, 2, 5, 10, 12, 500, len(THIRD) - 9, len(THIRD) - 8])
def test_a_gzip_file_that_is_cut_off_is_read_up_to_its_last_whole_record(
    tmp_path: Path, left: int
) -> None:
    """Within a member's head, its data or its trailer; the place told is that member's."""
    path = saved(tmp_path / "a.warc.gz", FIRST, SECOND, THIRD[:left])
    *whole, (place, fault), end = entries(path)
    assert list(told(whole)) == [ONE, TWO]
    assert (place, fault) == (Place(len(FIRST + SECOND)), Fault(CUT))
    assert end == (place, End(is_of_file=True))


@pytest.mark.parametrize("left", [3, 30, 150, 400, len(RECORDS[1]) - 5])
@pytest.mark.parametrize("is_zipped", [False, True], ids=["plain", "one member"])
def test_a_record_that_is_cut_off_is_none(tmp_path: Path, left: int, is_zipped: bool) -> None:
    """Within its head or its body, of a file without members and of one with a single one."""
    parts = RECORDS[0] + RECORDS[1][:left]
    path = saved(tmp_path / "a.warc", zipped(parts) if is_zipped else parts)
    assert said(path) == [ONE, CUT if left > 5 else NO_RECORD]


def test_each_length_of_a_file_gives_its_whole_records(tmp_path: Path) -> None:
    """Wherever it is cut off, what is told is a beginning of what the whole file says."""
    small = [response(f"{FINANZEN}/nachricht/aktien/muster-{each}", b"<p>") for each in range(3)]
    for whole in (b"".join(small), zipped(*small), zipped(b"".join(small))):
        for length in range(5, len(whole)):
            found = said(saved(tmp_path / f"{length}.warc", whole[:length]))
            names = [name for name in found if name.startswith("muster")]
            assert names == [f"muster-{each}" for each in range(len(names))]
            faults = found[len(names) :]
            assert len(faults) <= 1
            assert faults or len(names) == 3 or length in lengths(small, whole), length


def lengths(parts: list[bytes], whole: bytes) -> set[int]:
    """Return the lengths at which a file ends with a record, but for blank lines behind it."""
    if whole[:2] == b"\x1f\x8b":
        return {sum(map(len, members(*parts)[:number])) for number in (1, 2, 3)}
    ends = [sum(map(len, parts[:number])) for number in (1, 2, 3)]
    return {end - blank for end in ends for blank in range(5)}


@pytest.mark.parametrize("seed", range(20))
def test_behind_a_damaged_member_reading_goes_on(tmp_path: Path, seed: int) -> None:
    """One byte of it is another: its record is lost and told; the ones around it are read."""
    chance = random.Random(seed)
    damaged = [*SECOND]
    damaged[chance.randrange(10, len(SECOND))] ^= 1 << chance.randrange(8)
    found = said(saved(tmp_path / "a.warc.gz", FIRST, bytes(damaged), THIRD, FOURTH))
    assert [name for name in found if name in NAMES] in ([ONE, THREE, FOUR], NAMES)
    assert sum(name not in NAMES for name in found) == 1
    assert found[1].startswith("damaged: ") or found[2].startswith("damaged: ")


def test_a_member_is_only_taken_for_a_record_if_one_begins_in_it(tmp_path: Path) -> None:
    """Bytes of a page that look like the head of a member are passed over."""
    decoy = gzip.compress(b"kein Eintrag") + b"\x1f\x8b\x08\x00"
    garbage = SECOND[:100] + decoy * 3 + SECOND[200:]
    found = said(saved(tmp_path / "a.warc.gz", FIRST, garbage, THIRD, b"\x1f\x8b\x08" * 9))
    assert (found[0], found[2]) == (ONE, THREE)
    assert found[1].startswith("damaged: ")
    assert len(found) == 4


def test_what_is_damaged_at_the_place_of_a_member_beyond_a_block_is_passed(tmp_path: Path) -> None:
    """The next member is found, however far away, and where a block of the file ends in it."""
    noise = random.Random(1).randbytes(256 * 1024 * 2 - len(FIRST) - 1)
    found = said(saved(tmp_path / "a.warc.gz", FIRST, b"\x1f\x8b\x08\xff", noise, SECOND, THIRD))
    assert [name for name in found if name in NAMES] == [ONE, TWO, THREE]
    assert len(found) == 4


@pytest.mark.parametrize(
    ("length", "reasons"),
    [
        ("", [NO_LENGTH]),
        ("-5", ["a record's head has no length: Content-Length '-5'"]),
        ("12 Bytes", ["a record's head has no length: Content-Length '12 Bytes'"]),
        ("²", ["a record's head has no length: Content-Length '²'"]),
        ("9" * 60, [f"a record's head has no length: Content-Length {'9' * 40!r}"]),
        (10, [TOO_LONG]),
        (len(RECORDS[0]), [TOO_LONG]),
        (17 * 2**20, [f"{URL} is larger than any page, {17 * 2**20} bytes", CUT]),
    ],
)
@pytest.mark.parametrize("is_zipped", [False, True], ids=["plain", "gzip"])
def test_a_record_whose_length_is_wrong_is_told(
    tmp_path: Path, length: object, reasons: list[str], is_zipped: bool
) -> None:
    """Reading goes on with the next line at which a record begins."""
    bad = record(message(BODY), fields(URL), length)
    parts = (bad, *RECORDS[1:])
    found = said(saved(tmp_path / "a.warc", zipped(*parts) if is_zipped else b"".join(parts)))
    if reasons[-1] == CUT:
        assert found == [CUT]
    else:
        assert [name for name in found if name in NAMES][-2:] == [THREE, FOUR]
        assert [name for name in found if name not in NAMES] == reasons
        assert ONE not in found


def test_a_record_without_a_length_is_told(tmp_path: Path) -> None:
    """Its field is missing."""
    bad = record(message(BODY), fields(URL)).replace(b"Content-Length", b"Laenge")
    found = said(saved(tmp_path / "a.warc", bad, *RECORDS[1:]))
    assert found == [NO_LENGTH, *NAMES[1:]]


@pytest.mark.parametrize(
    "junk", [b"x", b"HTTP/1.1 200 OK\r\n", b"\x00\xff\r\n\r\n", b"WARK/1.0\r\n"]
)
def test_a_bad_first_line_costs_no_other_record(tmp_path: Path, junk: bytes) -> None:
    """Whatever stands between two records is told once."""
    found = said(saved(tmp_path / "a.warc", *RECORDS[:2], junk, b"\r\n", *RECORDS[2:]))
    assert found == [ONE, TWO, NO_RECORD, THREE, FOUR]


def test_records_without_a_blank_line_between_them_are_both_read(tmp_path: Path) -> None:
    """The one before it does not end as its head says, and is told."""
    bare = record(message(BODY), fields(URL), end=b"")
    found = said(saved(tmp_path / "a.warc", bare, *RECORDS[1:]))
    assert found == [TOO_LONG, *NAMES[1:]]


@pytest.mark.parametrize("is_endless_line", [False, True], ids=["bomb", "line without end"])
def test_what_is_larger_than_any_page_is_not_held_in_memory(
    tmp_path: Path, is_endless_line: bool
) -> None:
    """A page of 100 MB unpacked, and a head with as many bytes in a line."""
    large = response(URL, zeros(100), "Content-Encoding: gzip")
    endless = zipped(b"WARC/1.0\r\n") + zeros(100) + zipped(b"\r\n")
    path = saved(
        tmp_path / "a.warc.gz", FIRST, endless if is_endless_line else zipped(large), FOURTH
    )
    tracemalloc.start()
    found = said(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64 * 2**20
    reason = NO_END if is_endless_line else f"{URL} is larger than any page, unpacked"
    assert found == [ONE, reason, FOUR]


LONG = {
    "line ends": b"\n" * 2**25,
    "line ends of two": b"\r\n" * 2**24,
    "no lines": b"Muster" * 2**22 + b"\r\n",
    "short lines": b"x\n" * 2**16,
    "blank ones between": b"x\n\r\n" * 2**16,
    "of another site": response(OTHER, b"Muster " * 2**22),
    "too long a head": b"WARC/1.0\r\n" + b"X: Muster\r\n" * 2**17,
}


@pytest.mark.parametrize("long", LONG)
@pytest.mark.parametrize("is_zipped", [False, True], ids=["plain", "gzip"])
def test_what_takes_long_to_be_passed_over_is_so_in_steps(
    tmp_path: Path, long: str, is_zipped: bool
) -> None:
    """A run can be stopped between two of them, and goes on: all that follows is given again."""
    parts = [RECORDS[0], LONG[long], RECORDS[1]]
    path = tmp_path / "a.warc"
    saved(path, zipped(b"".join(parts)) if is_zipped else b"".join(parts))
    whole = entries(path)
    steps = [at for at, entry in enumerate(whole) if isinstance(entry.content, Passing)]
    assert steps
    assert [entry.place for entry in whole] == sorted(entry.place for entry in whole)
    for step in {steps[0], steps[-1]}:
        again = entries(path, whole[step].place)
        assert _without_steps(again) == _without_steps(whole[step:])


def test_empty_members_are_passed_over_in_steps(tmp_path: Path) -> None:
    """A file can have nothing but such."""
    path = saved(tmp_path / "a.warc.gz", FIRST, zipped(b"") * 5000, THIRD)
    whole = entries(path)
    assert list(told(whole)) == [ONE, THREE]
    steps = [entry for entry in whole if isinstance(entry.content, Passing)]
    assert len(steps) == 2
    assert _without_steps(entries(path, steps[-1].place)) == _without_steps(whole)


def test_a_damaged_file_is_searched_in_steps(tmp_path: Path) -> None:
    """For the next member with which a record begins; the damage is told once that is known."""
    noise = random.Random(1).randbytes(2**21)
    path = saved(tmp_path / "a.warc.gz", FIRST, b"\x1f\x8b\x08\xff", noise, THIRD)
    whole = entries(path)
    steps = [entry for entry in whole if isinstance(entry.content, Passing)]
    assert len(steps) >= 8
    assert {entry.place for entry in steps} == {Place(len(FIRST))}
    assert _without_steps(whole) == _without_steps(entries(path, Place()))
    assert _without_steps(entries(path, steps[0].place)) == _without_steps(whole[1:])


def _without_steps(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if not isinstance(entry.content, Passing)]


def zeros(megabytes: int) -> bytes:
    """Return a member of gzip with so many megabytes."""
    packer = zlib.compressobj(1, wbits=zlib.MAX_WBITS | 16)
    return b"".join([*(packer.compress(bytes(2**20)) for _ in range(megabytes)), packer.flush()])


def test_many_records_of_other_sites_are_passed_over(tmp_path: Path) -> None:
    """None of them is kept."""
    one = response(OTHER, b"<p>")
    found = entries(saved(tmp_path / "a.warc.gz", zipped(one * 3000), FIRST))
    assert [content for _, content in found].count(Passed("other-site")) == 3000
    assert list(told(found))[-1] == ONE
