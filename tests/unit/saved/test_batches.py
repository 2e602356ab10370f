"""A file that is read in parts gives what it gives when it is read as a whole."""

import asyncio
import gzip
import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from finnews.pages.budget import Budget
from finnews.pages.hung import HungPages
from finnews.saved import batches
from finnews.saved.batches import Batch, Orders, joined, read_task, tasks
from finnews.saved.reading import Part, Reader
from finnews.saved.sources import Source, kind_of
from finnews.site import FINANZEN_NET
from tests.support.saved_pages import batches_of
from tests.support.warcs import response

SEED = 20261128
STEPS = (700, 3000, 20_000)


def records(number: int, chance: random.Random) -> list[bytes]:
    """Return records of many lengths; some have what looks like the beginning of another."""
    made = []
    for at in range(number):
        site = chance.choice(("https://www.finanzen.net", "https://partner.example"))
        body = bytes(chance.choices(b"<p>abcdef\n", k=chance.randrange(2000)))
        trap = chance.choice((b"", b"\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n"))
        inner = chance.choice(
            (b"", gzip.compress(b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n", 0))
        )
        page = b"<html>" + body + trap + inner + body + b"</html>"
        made.append(response(f"{site}/nachricht/aktien/muster-{at + 1}", page))
    return made


def members(texts: list[bytes], chance: random.Random) -> bytes:
    """Return a member for each record, hardly compressed, so that what is in it shows."""
    return b"".join(gzip.compress(text, chance.choice((0, 6))) for text in texts)


def several(texts: list[bytes], chance: random.Random) -> bytes:
    """Return members of several records."""
    size = chance.randrange(2, 5)
    groups = [b"".join(texts[at : at + size]) for at in range(0, len(texts), size)]
    return members(groups, chance)


def through_records(texts: list[bytes], chance: random.Random) -> bytes:
    """Return members that are cut anywhere."""
    whole = b"".join(texts)
    cuts = sorted(chance.sample(range(len(whole)), 12))
    return members(
        [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)], chance
    )


def damaged(texts: list[bytes], chance: random.Random) -> bytes:
    """Return a member for each record, some with a byte that is another."""
    file = bytearray(members(texts, chance))
    for at in chance.sample(range(len(file)), 3):
        file[at] ^= 0x55
    return bytes(file)


def cut(texts: list[bytes], chance: random.Random) -> bytes:
    """Return a file that ends within a member."""
    file = members(texts, chance)
    return file[: -chance.randrange(1, 300)]


LAYOUTS: dict[str, Callable[[list[bytes], random.Random], bytes]] = {
    "members": members,
    "several": several,
    "through": through_records,
    "one": lambda texts, _: gzip.compress(b"".join(texts), 6),
    "plain": lambda texts, _: b"".join(texts),
    "damaged": damaged,
    "cut": cut,
}


def whole(source: Source) -> list[Any]:
    """Return what is read in a file from its beginning to its end."""
    reader = Reader(FINANZEN_NET, Budget(0, 0, HungPages()))
    return [told(reading) for reading in reader.readings(Part(source))]


def in_parts(source: Source, step: int) -> list[Any]:
    """Return what is read in the parts of a file, and how it is joined."""
    return asyncio.run(_in_parts(source, step))


async def _in_parts(source: Source, step: int) -> list[Any]:
    async def ahead() -> AsyncIterator[tuple[Part, Batch]]:
        for parts in tasks([Part(source)], step):
            for part, batch in zip(parts, batches_of(await read_task(parts, ORDERS)), strict=True):
                yield part, batch

    async def again(part: Part) -> Batch:
        (batch,) = batches_of(await read_task([part], ORDERS))
        return batch

    found = [batch async for _, batch in joined(ahead(), again)]
    readings = [reading for batch in found for reading in batch.readings]
    return [told(each) for each in readings if each.end is None or each.end.is_of_file]


ORDERS = Orders(FINANZEN_NET, None, 0, 0)


def told(reading: Any) -> tuple[Any, ...]:
    """Return what can be compared of a reading."""
    failure = reading.failure and reading.failure.reason
    items = [(type(item).__name__, item.url, item.fetched_at) for item in reading.items]
    return reading.place, reading.url, reading.passed, reading.fault, failure, items


@pytest.mark.parametrize("layout", LAYOUTS)
def test_parts_join(layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the file is made, wherever it is cut, and though few pages come back at once."""
    chance = random.Random(SEED)
    for number in range(6):
        path = tmp_path / ("file.warc" if layout == "plain" else "file.warc.gz")
        path.write_bytes(LAYOUTS[layout](records(30, chance), chance))
        source = Source(path, kind_of(path), path.stat().st_size, number)
        expected = whole(source)
        for step in STEPS:
            monkeypatch.setattr(batches, "_PAGES", chance.choice((3, 2000)))
            assert in_parts(source, step) == expected, (SEED, layout, number, step)


def test_small_files_are_a_task_together_and_stay_in_their_order(tmp_path: Path) -> None:
    """A large file between them is a task of its own, in its place."""
    sizes = {"a": 10, "b": 10, "c": 5000, "d": 1100, "e": 10}
    sources = [Source(tmp_path / name, "page", size, 0) for name, size in sizes.items()]
    found = [[part.source.path.name for part in task] for task in tasks(map(Part, sources), 1000)]
    assert found == [["a", "b"], ["c"], ["d"], ["e"]]
