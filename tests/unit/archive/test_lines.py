"""A line of the archive: what it keeps of an item, and that it reads back to it."""

import json
from dataclasses import replace

from finnews.archive.lines import line, read_line
from finnews.items import Quote
from tests.support.archive_items import quote


def test_a_line_keeps_printed_digits_umlauts_and_the_order_of_the_fields() -> None:
    """Reading the line gives the same item again."""
    item = replace(quote(1, price="159.00"), name="Müller & Söhne", version=1)
    raw = line(item)
    assert b'"name":"M\xc3\xbcller & S\xc3\xb6hne"' in raw
    assert b'"price":159.00,' in raw
    assert raw.endswith(b"}\n")
    assert list(json.loads(raw))[:3] == ["url", "fetched_at", "version"]
    assert read_line(raw, Quote) == item
