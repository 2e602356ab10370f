"""Files of papers: one a line, or a CSV with a column ISIN, as brokers and programs export it."""

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from finnews.outcome import WrongUsage
from finnews.spiders.wanted import Wanted, numbered, wanted

_DELIMITERS: Final = ",;\t|"
_PREAMBLE: Final = 40  # lines that an export can have above its header
_LARGEST: Final = 16_000_000  # bytes
_REMARK = re.compile(r"(?:^|\s)#.*")
_COLUMNS: Final = tuple(  # "ISIN", "isin-Code"; a row without the first is that of the second
    re.compile(rf"{name}(?:[ -]?(?:code|nr\.?|nummer))?", re.IGNORECASE) for name in ("ISIN", "WKN")
)
_EMPTY: Final = frozenset({"", "-", "\N{EN DASH}", "n/a", "n.a.", "k.a."})
_BYTE_ORDER_MARKS: Final = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def papers_in(argument: str, path: Path) -> list[Wanted]:
    """Return the papers that a file lists; `argument` is the one that names it, for errors.

    A file is a CSV if one of its first lines has a cell ``ISIN``; then rows without an ISIN are
    those of their WKN, and rows without either are passed over, as those of a cash account are.
    Raises `WrongUsage` if the file cannot be read, or is a CSV without that column.
    """
    try:
        papers = list(_papers(_text(path).splitlines(), is_csv=path.suffix.lower() == ".csv"))
    except (OSError, ValueError, csv.Error) as error:
        raise WrongUsage(f"{argument}: {getattr(error, 'strerror', None) or error}") from None
    if not papers:
        raise WrongUsage(f"{argument}: the file names no paper")
    return papers


def _papers(lines: list[str], *, is_csv: bool) -> Iterator[Wanted]:
    header = next(filter(None, map(_header, range(_PREAMBLE), lines)), None)
    if header:
        return _in_rows(lines, *header)
    if is_csv or _has_columns(lines):
        raise ValueError("a CSV needs a column ISIN")
    return _in_lines(lines)


def _text(path: Path) -> str:
    """Return the text of a file, in UTF-8, in UTF-16 with a byte-order mark, or else in CP1252."""
    if path.stat().st_size > _LARGEST:
        raise ValueError("larger than a list of papers can be")
    content = path.read_bytes()
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    if b"\0" in content:
        raise ValueError("not a text file")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _header(number: int, line: str) -> tuple[int, str, list[int]] | None:
    """Return the place of a header, its delimiter and its columns; ``None`` for another line."""
    for delimiter in _DELIMITERS:
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
        places = [_place(cells, column) for column in _COLUMNS]
        if places[0] is not None:
            return number, delimiter, [place for place in places if place is not None]
    return None


def _place(cells: list[str], column: re.Pattern[str]) -> int | None:
    return next((at for at, cell in enumerate(cells) if column.fullmatch(cell)), None)


def _has_columns(lines: list[str]) -> bool:
    """Return whether most lines have the same delimiter, which no paper has in its name."""
    filled = [text for line in lines if (text := _REMARK.sub("", line).strip())]
    return any(
        2 * sum(delimiter in line for line in filled) > len(filled) for delimiter in _DELIMITERS
    )


def _in_rows(lines: list[str], number: int, delimiter: str, columns: list[int]) -> Iterator[Wanted]:
    reader = csv.reader((f"{line}\n" for line in lines[number + 1 :]), delimiter=delimiter)
    for row in reader:
        cells = (row[place].strip() for place in columns if place < len(row))
        text = next((cell for cell in cells if cell.lower() not in _EMPTY), None)
        if text:
            yield numbered(text, number + 1 + reader.line_num)


def _in_lines(lines: list[str]) -> Iterator[Wanted]:
    for number, line in enumerate(lines, 1):
        text = _REMARK.sub("", line).strip()
        if text:
            yield wanted(text, number)
