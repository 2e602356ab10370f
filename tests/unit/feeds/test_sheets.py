"""The CSV of feeds."""

from decimal import Decimal
from io import BytesIO

from finnews.feeds.kinds import columns_of
from finnews.feeds.sheets import CsvExporter
from finnews.items import Article, NamedInstrument

ARTICLE = Article(
    id="1",
    headline='"A", b\nc\x1b[2J',
    instruments=[NamedInstrument(name="Öl")],
    is_complete=False,
)


def test_a_feed_in_another_encoding_loses_nothing() -> None:
    """What the encoding lacks is an escape."""
    file = BytesIO()
    exporter = CsvExporter(file, encoding="latin-1", fields_to_export=["headline", "id"])
    exporter.start_exporting()
    exporter.export_item(Article(headline="Öl €", id="2"))
    assert file.getvalue() == b"headline,id\r\n\xd6l \\u20ac,2\r\n"


def test_a_byte_order_mark_stands_at_the_beginning_of_a_file_alone() -> None:
    """Spreadsheets want it; what is continued has it."""
    file = BytesIO()
    for number in ("1", "2"):
        exporter = CsvExporter(file, encoding="utf-8-sig", fields_to_export=["id"])
        exporter.start_exporting()
        exporter.export_item(Article(id=number))
    assert file.getvalue() == b"\xef\xbb\xbfid\r\n1\r\n2\r\n"


def test_a_cell_has_no_control_character_but_line_breaks() -> None:
    """Lists are JSON, truth is true or false."""
    file = BytesIO()
    exporter = CsvExporter(file, fields_to_export=["headline", "instruments", "is_complete"])
    exporter.export_item(ARTICLE)
    row = file.getvalue().decode()
    assert row.startswith('"""A"", b\nc\\x1b[2J","[{""name"":""Öl"",')
    assert row.endswith(",false\r\n")


def test_items_of_other_spiders_have_the_columns_of_the_first() -> None:
    """A spider that has no kinds of items may yield whatever it likes."""
    file = BytesIO()
    exporter = CsvExporter(file)
    exporter.start_exporting()
    exporter.export_item({"name": "a", "price": Decimal("1.50")})
    exporter.export_item({"price": Decimal(2000)})
    assert file.getvalue() == b"name,price\r\na,1.50\r\n,2000\r\n"
    assert "headline" in columns_of(Article)
