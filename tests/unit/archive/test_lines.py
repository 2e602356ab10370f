"""A line of the archive: what it keeps of an item, and that it reads back to it."""

import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finnews.archive.lines import line, read_line
from finnews.items import Quote
from tests.support.archive_items import as_archived, quote


def test_a_line_keeps_printed_digits_umlauts_and_the_order_of_the_fields() -> None:
    """Reading the line gives the same item again."""
    item = as_archived(replace(quote(1, price="159.00"), name="Müller & Söhne"))
    raw = line(item)
    assert b'"name":"M\xc3\xbcller & S\xc3\xb6hne"' in raw
    assert b'"price":159.00,' in raw
    assert raw.endswith(b"}\n")
    assert list(json.loads(raw))[:4] == ["key", "url", "fetched_at", "version"]
    assert read_line(raw, Quote) == item


@given(st.integers(min_value=-(10**12), max_value=10**12), st.integers(min_value=0, max_value=20))
def test_a_number_has_the_digits_of_the_page_and_no_exponent(digits: int, places: int) -> None:
    """However many zeros stand behind its decimal mark."""
    price = Decimal(digits).scaleb(-places)
    raw = line(replace(quote(1), price=price, version=1))
    assert f'"price":{price:f},'.encode() in raw
    read = read_line(raw, Quote).price
    assert read is not None
    assert read.as_tuple() == price.as_tuple()
