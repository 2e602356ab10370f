"""The tables "Analysen zu …" of an article or a stock: all ratings, then one table per verdict."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from parsel import Selector

from finnews.items import Rating, Rejection, instrument_key, may_be_same
from finnews.loaders import RatingLoader
from finnews.pages.base import Page
from finnews.pages.parts.shares import has_common_word, is_any_share
from finnews.pages.parts.tables import Row, table_rows
from finnews.pages.ratings.arrows import agreed_verdict, arrow_verdict
from finnews.pages.ratings.rating_sections import sections
from finnews.pages.ratings.row_headings import is_of_share, subject
from finnews.pages.ratings.study_links import firm_in, own_study, study_link
from finnews.pages.ratings.titles import Title, has_rating, read_title, starts_with_name
from finnews.pages.rules import columns
from finnews.vocabulary import is_rating, verdict

_COLUMNS = columns(date_published="Datum", rating="Rating", firm=("Analyst", "Analysehaus"))
_REQUIRED = ("date_published", "rating", "firm")


def table_ratings(page: Page, pages_by_name: Mapping[str, str]) -> Iterator[Rating | Rejection]:
    """Yield each rating in the tables once; the tables overlap.

    `pages_by_name` has the page names of stocks, for a section without the link "mehr Analysen".
    """
    seen: defaultdict[str, list[Rating]] = defaultdict(list)
    for section in sections(page):
        stock = section.page_name(page, pages_by_name)
        names = [section.name, *_names_of(stock, pages_by_name)]
        for item in _ratings(page, section.tables, names, stock):
            if isinstance(item, Rejection):
                yield item
            elif not any(may_be_same(item, other) for key in item.keys for other in seen[key]):
                for key in item.keys:
                    seen[key].append(item)
                yield item


def _names_of(stock: str | None, pages_by_name: Mapping[str, str]) -> list[str]:
    key = instrument_key("stock", stock)
    return [
        name for name, page in pages_by_name.items() if key and instrument_key("stock", page) == key
    ]


def _ratings(
    page: Page, tables: list[tuple[str, Selector]], names: list[str], stock: str | None
) -> Iterator[Rating | Rejection]:
    """Yield the ratings of the share that has the names, and leave others to their own pages."""
    seen: set[tuple[str, ...]] = set()
    for heading, table in tables:
        for row in table_rows(page, table, _COLUMNS, _REQUIRED):
            if isinstance(row, Rejection):
                yield row
            elif not _is_repeated(row, seen):
                title = read_title(page, row.texts["rating"], names)
                of_stock = names if stock else []
                if _is_below(page, row, heading, of_stock) and _is_named(page, row, title, names):
                    yield _rating(page, row, title, names[0], stock)


def _is_repeated(row: Row, seen: set[tuple[str, ...]]) -> bool:
    """Return whether a table before has the row, with the same links; it is seen from now on."""
    hrefs = (link.get("href", "") for name in row.texts for link in row.cell(name).iter("a"))
    content = (*row.printed.values(), *hrefs)
    is_repeated = content in seen
    seen.add(content)
    return is_repeated


def _is_below(page: Page, row: Row, heading: str, names: list[str]) -> bool:
    """Return whether the heading above a row lets it be the share's; if not, it is a doubt.

    A rating without a name is that of the share in the heading, which must be one of the names.
    """
    printed = row.texts["rating"]
    heading = row.heading or heading
    other = subject(heading)
    if is_rating(printed.strip("* ")):
        is_own = bool(names) and is_of_share(heading, names)
    else:
        is_own = other is None or starts_with_name(printed, [other])
    if not is_own:
        page.doubt("rating", "contradiction", f"{heading}: {printed}")
    return is_own


def _is_named(page: Page, row: Row, title: Title | None, names: list[str]) -> bool:
    """Return whether a row is about the share; one of another share is a doubt.

    So is one whose name has more words: they can be a subsidiary's, or the rating's.
    """
    printed = row.texts["rating"]
    if title is None and starts_with_name(printed, names):
        return True
    if title and is_any_share(title.name, names):
        return True
    is_related = title and any(has_common_word(title.name, name) for name in names)
    page.doubt("rating", "ambiguous" if is_related else "contradiction", printed)
    return False


def _rating(page: Page, row: Row, title: Title | None, name: str, stock: str | None) -> Rating:
    line = row.line
    loader = page.loader(RatingLoader, None, name=name, page=stock)
    link = study_link(page, line)
    firm = firm_in(page, Selector(root=row.cell("firm")))
    known = filter(None, (name, title and title.name, stock))
    by_title = verdict(title.rating) if title else None
    loader.add_value("id", own_study(page, link, firm, known, by_title))
    loader.add_value("firm", firm)
    loader.add_value("rating", title.rating if title else None)
    loader.add_value("date_published", row.texts["date_published"].rstrip("* "))
    rating = loader.load_item()
    arrow = arrow_verdict(page, line)
    if title or not has_rating(row.texts["rating"]):
        rating.verdict = agreed_verdict(page, rating.rating, arrow)
    return rating
