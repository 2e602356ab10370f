"""The articles that crawls should write."""

from collections.abc import Iterator
from datetime import datetime

from samplesite.content.articles import Article, Named
from samplesite.content.box_rows import name_in_box, numbers_in_box
from samplesite.content.collector import Collector, Row
from samplesite.content.german import moment
from samplesite.content.instruments import Instrument
from samplesite.content.papers import Security


def article_row(collector: Collector, article: Article) -> Row:
    is_new = article.layout == 2026
    published = article.published if is_new else article.published.replace(second=0)
    return {
        "id": article.id,
        "headline": article.headline,
        "kicker": article.kicker,
        "description": article.lead,
        "article_body": "\n\n".join(_paragraphs(article)),
        "subheadings": _headings(article) or None,
        "section": article.section,
        "category": article.category if is_new else None,
        "date_published": published.isoformat(),
        "date_published_raw": ("aktualisiert " if article.is_updated else "")
        + moment(article.published),
        "date_modified": _modified(article, published),
        "authors": _authors(article) or None,
        "agency": article.byline.agency,
        "dateline": article.byline.dateline,
        "signature": article.byline.signature,
        "image_url": f"{collector.base}/bilder/{article.id}.jpg" if article.has_image else None,
        "image_credit": article.credit,
        "instruments": _instruments(collector.base, article) or None,
        "summary": list(article.summary) or None,
        "is_sponsored": article.is_promotion if is_new else article.is_promotion or None,
        "in_language": "de",
        "is_complete": True,
    }


def _authors(article: Article) -> list[str]:
    named = [article.person] if article.person else []
    return list(dict.fromkeys([*named, *article.byline.authors]))


def _modified(article: Article, published: datetime) -> str | None:
    if article.layout == 2026:
        return article.modified.isoformat()
    return published.isoformat() if article.is_updated else None


def _paragraphs(article: Article) -> Iterator[str]:
    for piece in article.pieces:
        if piece.tag == "ul":
            yield from map(str, piece.parts)
        elif piece.tag == "br":
            yield "\n".join(map(str, piece.parts[:-1]))
            yield str(piece.parts[-1])
        elif piece.tag != "ad":
            yield piece.text
    for slide in article.slides:
        if slide.title:
            yield slide.title
            yield slide.text


def _headings(article: Article) -> list[str]:
    headings = [piece.text for piece in article.pieces if piece.tag == "h2"]
    return headings + [slide.title for slide in article.slides if slide.title]


def _instruments(base: str, article: Article) -> list[Row]:
    empty = [article.empty_row] if article.empty_row else []
    indices = [other for other in article.others if other.kind == "index"]
    currencies = [other for other in article.others if other.kind != "index"]
    boxed: list[Security | Instrument] = [*article.stocks, *indices, *empty, *currencies]
    boxed += article.papers
    texts = [*(piece.parts for piece in article.pieces), *(slide.parts for slide in article.slides)]
    parts = [part for text in texts for part in text]
    linked = [(part.text, part.instrument) for part in parts if isinstance(part, Named)]
    rows = {
        instrument.path: _named(base, name_in_box(instrument), instrument, is_boxed=True)
        for instrument in boxed
    }
    for name, instrument in linked:
        row = _named(base, name, instrument, is_boxed=False)
        rows.setdefault(instrument.path, row)
    return list(rows.values())


def _named(base: str, name: str, instrument: Security | Instrument, *, is_boxed: bool) -> Row:
    isin, wkn = numbers_in_box(instrument) if is_boxed else (None, None)
    return {
        "name": name,
        "kind": instrument.kind,
        "page": instrument.page,
        "url": base + instrument.path,
        "isin": isin,
        "wkn": wkn,
        "is_listed": None,
    }
