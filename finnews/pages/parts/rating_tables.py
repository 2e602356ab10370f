"""The tables "Analysen zu …" of an article or a stock: all ratings, then one table per verdict."""

from collections.abc import Iterator, Mapping

from parsel import Selector

from finnews.items import Rating, Rejection, instrument_key, may_be_same
from finnews.loaders import RatingLoader
from finnews.pages.base import Page
from finnews.pages.parts.arrows import agreed_verdict, arrow_verdict
from finnews.pages.parts.rating_sections import sections
from finnews.pages.parts.shares import has_common_word, is_any_share
from finnews.pages.parts.study_links import firm_in, study_link
from finnews.pages.parts.tables import Row, table_rows
from finnews.pages.parts.titles import Title, has_rating, read_title
from finnews.pages.rules import columns

_COLUMNS = columns(date_published="Datum", rating="Rating", firm=("Analyst", "Analysehaus"))
_REQUIRED = ("date_published", "rating", "firm")


def table_ratings(page: Page, pages_by_name: Mapping[str, str]) -> Iterator[Rating | Rejection]:
    """Yield each rating in the tables once; the tables overlap.

    `pages_by_name` has the page names of stocks, for a section without the link "mehr Analysen".
    """
    seen: list[Rating] = []
    for section in sections(page):
        stock = section.page_name(page, pages_by_name)
        names = [section.name, *_names_of(stock, pages_by_name)]
        for table in section.tables:
            for row in table_rows(page, table, _COLUMNS, _REQUIRED):
                item = row if isinstance(row, Rejection) else _rating(page, row, names, stock)
                if isinstance(item, Rating) and any(_is_same(item, other) for other in seen):
                    continue
                seen.extend([item] if isinstance(item, Rating) else [])
                yield item


def _names_of(stock: str | None, pages_by_name: Mapping[str, str]) -> list[str]:
    key = instrument_key("stock", stock)
    return [
        name for name, page in pages_by_name.items() if key and instrument_key("stock", page) == key
    ]


def _is_same(rating: Rating, other: Rating) -> bool:
    return may_be_same(rating, other) and not set(rating.keys).isdisjoint(other.keys)


def _rating(page: Page, row: Row, names: list[str], stock: str | None) -> Rating:
    line = Selector(root=row.cells["rating"].root.getparent())
    printed = row.texts["rating"]
    title = read_title(page, printed, names)
    owner, rating = _of_share(page, printed, title, names)
    is_own = owner == names[0]
    loader = page.loader(RatingLoader, line, name=owner, page=stock if is_own else None)
    link = study_link(page, line)
    loader.add_value("id", link.attrib["href"] if link else None)
    loader.add_value("firm", firm_in(page, row.cells["firm"]))
    loader.add_value("rating", rating)
    loader.add_value("date_published", row.texts["date_published"])
    item = loader.load_item()
    arrow = arrow_verdict(page, line)
    if rating or not has_rating(printed):
        item.verdict = agreed_verdict(page, rating, arrow)
    return item


def _of_share(
    page: Page, printed: str, title: Title | None, names: list[str]
) -> tuple[str | None, str | None]:
    """Return the name of the share that a row is about, and the rating.

    A row of another share is a doubt. So is one whose name has more words than the section's: they
    can be the name's of a subsidiary, or the rating's.
    """
    if title is None:
        return names[0], None
    if is_any_share(title.name, names):
        return names[0], title.rating
    if any(has_common_word(title.name, name) for name in names):
        page.doubt("rating", "ambiguous", printed)
        return None, None
    page.doubt("page", "contradiction", printed)
    return title.name, title.rating
