"""The XML of feeds."""

from io import BytesIO
from xml.etree.ElementTree import fromstring

from finnews.feeds.markup import XmlExporter
from finnews.items import Article


def test_no_text_breaks_the_xml() -> None:
    """Neither control characters, nor marks of its own, nor what the encoding lacks."""
    file = BytesIO()
    exporter = XmlExporter(file, encoding="latin-1", indent=0)
    exporter.start_exporting()
    exporter.export_item(Article(id="1", headline="<A> & \x00\x0b\ufffe € ]]>", authors=[]))
    exporter.finish_exporting()
    item = fromstring(file.getvalue()).find("item")  # noqa: S314
    assert item is not None
    assert item.findtext("headline") == "<A> & \\x00\\x0b\\ufffe € ]]>"
    assert {element.tag for element in item} == {"id", "headline", "authors"}
