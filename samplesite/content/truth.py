"""What perfect crawls of the sample site would find, from its data and not from its pages."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from finnews.items import ITEM_CLASSES
from samplesite.content.analyses import Analysis
from samplesite.content.articles import Article, Named, in_tables
from samplesite.content.german import moment
from samplesite.content.instruments import TICKER, Instrument, Stock, Venue
from samplesite.content.world import World

Row = dict[str, Any]
Truth = dict[str, list[Row]]

NEWS_LISTS = 5
_EVERYWHERE = "*"


class Found:
    """Collects what is read on each page; several readings of one thing are one row."""

    def __init__(self, world: World, base: str, broken: Iterable[Article] = ()) -> None:
        self.world = world
        self.articles = [*world.articles, *broken]
        self.base = base
        self.rows: dict[str, dict[tuple[Any, ...], Row]] = {
            item_class.collection: {} for item_class in ITEM_CLASSES
        }

    def add(
        self,
        collection: str,
        key: tuple[Any, ...],
        path: str,
        values: Row,
        *,
        is_best: bool = False,
    ) -> None:
        """Add a reading; what an earlier one said stays, unless this is the best there is.

        Of two names the longer one stays.
        """
        row = self.rows[collection].setdefault(key, {"urls": set()})
        row["urls"].add(path if path == _EVERYWHERE else self.base + path)
        names = [row.get("name") or "", values.get("name") or ""]
        for name, value in values.items():
            if row.get(name) is None or (is_best and value is not None):
                row[name] = value
        row["name"] = max(names, key=len) or None
        if collection in ("quotes", "ratings"):
            self._register(path, values)

    def _register(self, path: str, values: Row) -> None:
        names = ("page", "name", "isin", "wkn", "symbol")
        kind = values.get("kind", "stock")
        known = {name: values.get(name) for name in names} | {"kind": kind}
        isin = values.get("isin") or ""
        if isin.startswith("DE000"):
            known["wkn"] = isin[5:11]
        self.add("instruments", (kind, values["page"]), path, known)

    def truth(self) -> Truth:
        """Return the rows, each with all fields of its kind and the numbers of its instrument."""
        for row in (*self.rows["quotes"].values(), *self.rows["ratings"].values()):
            known = self.rows["instruments"][row.get("kind", "stock"), row["page"]]
            for name in ("isin", "wkn"):
                row[name] = row.get(name) or known[name]
        return {
            item_class.collection: [
                _whole(row, [one.name for one in fields(item_class)])
                for row in self.rows[item_class.collection].values()
            ]
            for item_class in ITEM_CLASSES
            if item_class.collection not in ("rejected", "checkpoints")
        }


def _whole(row: Row, names: list[str]) -> Row:
    kept = [name for name in names if name not in ("url", "fetched_at", "version")]
    urls = [_EVERYWHERE] if _EVERYWHERE in row["urls"] else sorted(row["urls"])
    return {name: row.get(name) for name in kept} | {"urls": urls}


def news(found: Found) -> None:
    """Add what ``scrapy crawl news`` finds: every article with its box and tables."""
    ticker(found)
    for article in found.articles:
        found.add("articles", (article.id,), article.path, _article(found, article))
        for values in [*map(_stock_row, article.stocks), *map(_other_row, article.others)]:
            found.add("quotes", _key(values), article.path, values)
        for stock in article.rated:
            tables(found, article.path, found.world.analyses_by_page[stock.page])


def ticker(found: Found) -> None:
    """Add the quotes of every page's header."""
    for one in TICKER:
        values = {
            "name": one.name,
            "kind": one.kind,
            "page": one.page,
            "price": one.price,
            "change_percent": one.percent,
            "source": "ticker",
        }
        found.add("quotes", _key(values), _EVERYWHERE, values)


def tables(found: Found, path: str, analyses: list[Analysis]) -> None:
    """Add the ratings of the tables "Analysen zu …" of a share."""
    for one in in_tables(analyses):
        values = rated(one) | {"id": one.id if is_linked(one) else None, "rating": one.rating}
        found.add("ratings", (one.id,), path, values)


def rated(one: Analysis) -> Row:
    """Return what every table tells of a study."""
    return {
        "name": one.stock.short,
        "page": one.stock.page,
        "firm": one.firm,
        "verdict": one.verdict,
        "date_published": one.day.isoformat(),
    }


def is_linked(one: Analysis) -> bool:
    """Return whether the tables "Analysen zu …" link the study."""
    return int(one.id) % 2 == 0


def _key(quote: Row) -> tuple[Any, ...]:
    """Return what makes a quote the same: when its time is printed that, else its price."""
    moment_or_price = quote.get("quoted_at") or quote["price"]
    return (quote["kind"], quote["page"], quote.get("exchange"), moment_or_price)


def _stock_row(stock: Stock) -> Row:
    return {
        "name": stock.name,
        "kind": "stock",
        "page": stock.page,
        "isin": stock.isin,
        "price": stock.price,
        "currency": "EUR",
        "change": stock.change,
        "change_percent": stock.percent,
        "source": "article",
    }


def _other_row(one: Instrument) -> Row:
    return {
        "name": one.name,
        "kind": one.kind,
        "page": one.page,
        "price": one.price,
        "currency": None if one.unit == "PKT" else one.unit,
        "unit": "points" if one.unit == "PKT" else None,
        "change": one.change,
        "change_percent": one.percent,
        "source": "article",
    }


def _article(found: Found, one: Article) -> Row:
    is_new = one.layout == 2026
    published = one.published if is_new else one.published.replace(second=0)
    return {
        "id": one.id,
        "headline": one.headline,
        "kicker": one.kicker,
        "description": one.lead,
        "article_body": "\n\n".join(_paragraphs(one)),
        "subheadings": _headings(one) or None,
        "section": one.section,
        "category": one.category if is_new else None,
        "date_published": published.isoformat(),
        "date_published_raw": ("aktualisiert " if one.is_updated else "") + moment(one.published),
        "date_modified": _modified(one, published),
        "authors": _authors(one) or None,
        "agency": one.byline.agency,
        "dateline": one.byline.dateline,
        "signature": one.byline.signature,
        "image_url": f"{found.base}/bilder/{one.id}.jpg" if one.has_image else None,
        "image_credit": one.credit,
        "instruments": _instruments(found.base, one) or None,
        "summary": list(one.summary) or None,
        "is_sponsored": one.is_promotion,
        "in_language": "de",
    }


def _authors(one: Article) -> list[str]:
    named = [one.person] if one.person else []
    return list(dict.fromkeys([*named, *one.byline.authors]))


def _modified(one: Article, published: datetime) -> str | None:
    if one.layout == 2026:
        return one.modified.isoformat()
    return published.isoformat() if one.is_updated else None


def _paragraphs(one: Article) -> Iterator[str]:
    for piece in one.pieces:
        if piece.tag == "ul":
            yield from map(str, piece.parts)
        elif piece.tag == "br":
            yield "\n".join(map(str, piece.parts[:-1]))
            yield str(piece.parts[-1])
        elif piece.tag != "ad":
            yield piece.text
    for slide in one.slides:
        if slide.title:
            yield slide.title
            yield slide.text


def _headings(one: Article) -> list[str]:
    headings = [piece.text for piece in one.pieces if piece.tag == "h2"]
    return headings + [slide.title for slide in one.slides if slide.title]


def _instruments(base: str, one: Article) -> list[Row]:
    empty = [one.empty_row] if one.empty_row else []
    indices = [other for other in one.others if other.kind == "index"]
    currencies = [other for other in one.others if other.kind == "currency"]
    boxed: list[Stock | Instrument] = [*one.stocks, *indices, *empty, *currencies]
    texts = [*(piece.parts for piece in one.pieces), *(slide.parts for slide in one.slides)]
    parts = [part for text in texts for part in text]
    linked = [(part.text, part.instrument) for part in parts if isinstance(part, Named)]
    rows = {each.path: _named(base, each.name, each, is_boxed=True) for each in boxed}
    for name, each in linked:
        rows.setdefault(each.path, _named(base, name, each, is_boxed=False))
    return list(rows.values())


def _named(base: str, name: str, one: Stock | Instrument, *, is_boxed: bool) -> Row:
    return {
        "name": name,
        "kind": "stock" if isinstance(one, Stock) else one.kind,
        "page": one.page,
        "url": base + one.path,
        "isin": one.isin if is_boxed and isinstance(one, Stock) else None,
        "wkn": None,
    }


def stocks(found: Found) -> None:
    """Add what ``scrapy crawl stocks -a index=dax`` finds: three pages of each share."""
    ticker(found)
    for stock in found.world.stocks:
        for values in _page_rows(stock):
            found.add("quotes", _key(values), stock.path, values)
        for venue in stock.venues:
            if venue.price is not None:
                values = _venue_row(stock, venue)
                found.add("quotes", _key(values), f"/boersenplaetze/{stock.page}", values)
        analyses = found.world.analyses_by_page[stock.page]
        tables(found, stock.path, analyses)
        for one in analyses:
            found.add("ratings", (one.id,), f"/kursziele/{stock.page}", _target_row(one))


def ratings(found: Found) -> None:
    """Add what ``scrapy crawl ratings`` finds: every study in full, which is the best reading."""
    ticker(found)
    for one in found.world.analyses:
        found.add("ratings", (one.id,), one.path, _study_row(one), is_best=True)
        values = _stock_row(one.stock) | {"price": one.stock.studied_price, "source": "analysis"}
        found.add("quotes", _key(values), one.path, values)


def _page_rows(stock: Stock) -> Iterator[Row]:
    """Yield the quotes of a share's page: its boxes, or the snapshot if there is none."""
    badges = {"name": stock.short, "isin": stock.isin, "wkn": stock.wkn, "symbol": stock.symbol}
    for venue in stock.boxed_venues:
        own = {"open": venue.low, "bid": venue.bid, "ask": venue.ask, "source": "stock"}
        yield _venue_row(stock, venue) | badges | own | {"segment": None}
    if not stock.boxed_venues:
        values = _stock_row(stock) | badges
        yield values | {"quoted_at": stock.home.at.isoformat(), "source": "stock"}


def _venue_row(stock: Stock, venue: Venue) -> Row:
    is_pence = venue.exchange.unit == "GBX"
    return {
        "name": stock.name,
        "kind": "stock",
        "page": stock.page,
        "price": venue.price,
        "currency": None if is_pence else venue.exchange.unit,
        "unit": "GBX" if is_pence else None,
        "change": venue.change,
        "change_percent": venue.percent,
        "previous_close": venue.previous,
        "day_low": venue.low,
        "day_high": venue.high,
        "volume": venue.volume,
        "exchange": venue.exchange.name,
        "mic": venue.exchange.mic,
        "segment": venue.exchange.segment,
        "quoted_at": venue.at.isoformat(),
        "source": "venues",
    }


def _target_row(one: Analysis) -> Row:
    return rated(one) | {
        "id": one.id,
        "price_target": one.target,
        "currency": "EUR" if one.target is not None else None,
        "upside_percent": one.upside_now,
    }


def _study_row(one: Analysis) -> Row:
    return _target_row(one) | {
        "name": one.stock.name,
        "isin": one.stock.isin,
        "analyst": one.analyst,
        "rating": one.rating,
        "previous_rating": one.previous_rating,
        "action": one.action,
        "previous_price_target": one.told_target,
        "price": one.price,
        "upside_percent": one.upside,
        "consensus_target": one.consensus,
        "date_published": one.published,
        "text": one.body,
    }


CRAWLS: dict[str, Callable[[Found], None]] = {"news": news, "stocks": stocks, "ratings": ratings}
"""Spider → what it finds."""


def truth(
    world: World,
    base: str,
    spiders: Iterable[str] = tuple(CRAWLS),
    broken: Iterable[Article] = (),
) -> Truth:
    """Return the items that crawls find, by collection: their fields, and ``urls``.

    `broken` are the articles that can be read although their pages or transfers are faulty.
    ``urls`` are the addresses where an item can be read, ``*`` for the ticker that every page
    has. `url`, `fetched_at` and `version` depend on the crawl and are left out.
    """
    found = Found(world, base, broken)
    for spider in spiders:
        CRAWLS[spider](found)
    return found.truth()


def write_rows(collections: Truth, directory: Path) -> None:
    """Write rows as JSON Lines, a file for each collection."""
    directory.mkdir(parents=True, exist_ok=True)
    encode = msgspec.json.Encoder(decimal_format="number").encode
    for collection, rows in collections.items():
        lines = b"".join(encode(row) + b"\n" for row in rows)
        (directory / f"{collection}.jsonl").write_bytes(lines)
