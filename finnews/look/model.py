"""What a page says, whatever it is written as: facts, tables, charts, a form to fill in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from urllib.parse import quote

Row = dict[str, Any]

Form = Literal[
    "text",
    "number",
    "price",
    "change",  # a number whose sign matters: with a plus, in the colour of gains or losses
    "percent",  # a change in percent
    "day",
    "time",
    "papers",  # a list of `name` and `address`
    "verdict",
    "snippet",  # a piece of a text; the column named so behind an underscore has its parts: what
    # they say, and whether that is a hit
]
"""How a value is shown."""

PAGE_SIZE: Final = 100
"""Rows of a table on one page; its files have all of them."""


@dataclass(frozen=True)
class Column:
    """A column of a table, as it is shown."""

    name: str
    """The column of the query."""

    label: str
    form: Form = "text"
    link: str | None = None
    """The column of the query with the address where a value leads: of a page here, or of the
    site."""

    day: str | None = None
    """The column with the day of a time, also where that is not known: a day is never midnight."""

    order: str | None = None
    """The column by which rows are ordered in place of this one."""

    @property
    def is_sortable(self) -> bool:
        """Whether rows can be ordered by it."""
        return self.form not in ("papers", "snippet")


@dataclass(frozen=True)
class Table:
    """A query and how its rows are shown; its name is that of its files: ``news`` → news.csv."""

    name: str
    title: str
    query: str
    columns: tuple[Column, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    order: str = ""
    """The column by which rows are ordered at first, with a minus if the largest comes first."""

    empty: str = "Nothing is archived."
    """What is said in place of no rows."""

    note: str = ""
    """What a reader has to know of it."""

    size: int = PAGE_SIZE
    """Rows on one page."""

    counted: str = ""
    """A query with as many rows that costs less; if empty, those of `query` are counted."""

    finish: Callable[[list[Row]], list[Row]] | None = None
    """Returns the rows of one page with what is too dear for all."""


@dataclass(frozen=True)
class Chart:
    """A picture of some tables, which are also shown as such."""

    name: str
    title: str
    description: str
    """What is to be seen, for those who do not see it."""

    tables: tuple[Table, ...]
    """Its data: the rows of each table are the dataset of its name."""

    draw: Callable[[], Mapping[str, Any]]
    """Returns its specification in Vega-Lite, which names its data."""

    height: int = 280
    """Its height in pixels, by which the page keeps its place."""


@dataclass(frozen=True)
class Fact:
    """A value with a name."""

    label: str
    value: Any
    form: Form = "text"
    link: str | None = None


@dataclass(frozen=True)
class Facts:
    """Some values with names."""

    name: str
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Note:
    """A sentence, and where it leads."""

    text: str
    links: tuple[tuple[str, str], ...] = ()
    """Words and addresses."""


@dataclass(frozen=True)
class Input:
    """A field of a form."""

    name: str
    label: str
    value: str = ""
    kind: Literal["search", "date", "text", "select"] = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Search:
    """A form whose fields are the page's own arguments."""

    name: str
    inputs: tuple[Input, ...]


Part = Facts | Table | Chart | Note | Search


@dataclass(frozen=True)
class Page:
    """A page at its own address."""

    address: str
    """Its path without the first slash, each name in it quoted: ``stocks/tesla``."""

    title: str
    parts: tuple[Part, ...]
    links: tuple[tuple[str, str], ...] = ()
    """Words and addresses of the pages beside it, such as those of the days before and after."""

    def tables(self) -> Iterator[Table]:
        """Yield its tables, those of charts as well."""
        for part in self.parts:
            if isinstance(part, Table):
                yield part
            elif isinstance(part, Chart):
                yield from part.tables


@dataclass(frozen=True)
class Moved:
    """Another address has the page that was asked for."""

    address: str


@dataclass(frozen=True)
class Missing:
    """There is no such page; the text says what there is."""

    text: str
    links: tuple[tuple[str, str], ...] = ()


Answer = Page | Moved | Missing


def address(*names: str) -> str:
    """Return the address of a page from the names in it.

    >>> address("commodities", "oelpreis?type=Brent")
    'commodities/oelpreis%3Ftype%3DBrent'
    """
    return "/".join(quote(name, safe="") for name in names)


def columns(pairs: Iterable[tuple[str, str] | Column]) -> tuple[Column, ...]:
    """Return columns of text by their names and labels; others as they are."""
    return tuple(one if isinstance(one, Column) else Column(*one) for one in pairs)


def time_column(name: str, label: str, order: str = "_at") -> Column:
    """Return the column of times of which some are only known by their day, ``<name>_day``."""
    return Column(name, label, "time", day=f"{name}_day", order=order)
