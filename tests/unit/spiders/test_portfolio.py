"""Files of papers."""

from pathlib import Path

import pytest

from finnews.outcome import WrongUsage
from finnews.spiders.arguments import papers

ISINS = ("DE000A0MST15", "IE00BMUSTR14")
EXPORT = """Depotübersicht vom 28.11.2026

"Bezeichnung"{0}"ISIN"{0}"WKN"{0}"Stück"
"Muster AG{0} Vorzüge"{0}"DE000A0MST15"{0}"A0MST1"{0}"1.000,5"
"Muster Welt ETF"{0}"IE00BMUSTR14"{0}""{0}"12"
"Euro-Konto"{0}""{0}""{0}"99"
"Zweite Muster
AG"{0}""{0}"A0MST2"{0}"1"
"""


def texts(path: Path) -> list[str]:
    """Return the elements that a file has."""
    return [each.text for each in papers("stocks", f"@{path}")]


def test_a_text_has_one_paper_a_line(tmp_path: Path) -> None:
    """``#`` begins a remark, and a paper counts once."""
    path = tmp_path / "portfolio.txt"
    path.write_text("# Depot\nmuster  # seit 2024\n\n index/dax\nDE000A0MST15\nmuster\n", "utf-8")
    read = papers("stocks", f"@{path}")
    assert [(each.text, each.line) for each in read] == [
        ("muster", 2),
        ("index/dax", 4),
        ("DE000A0MST15", 5),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_by_its_column(delimiter: str, encoding: str, tmp_path: Path) -> None:
    """Whatever its delimiter and encoding; below a preamble, and by the WKN without an ISIN."""
    path = tmp_path / "export.csv"
    path.write_bytes(EXPORT.format(delimiter).replace("\n", "\r\n").encode(encoding))
    assert texts(path) == [*ISINS, "A0MST2"]


def test_the_column_is_found_below_a_byte_order_mark(tmp_path: Path) -> None:
    """Where it is the first cell, in a file that is not called a CSV."""
    path = tmp_path / "export"
    path.write_text("isin,Name\nDE000A0MST15,Muster\n", "utf-8-sig")
    assert texts(path) == ["DE000A0MST15"]


def test_a_column_of_numbers_has_no_names(tmp_path: Path) -> None:
    """A WKN counts in small letters, a dash as an empty cell, and anything else as a wrong one."""
    path = tmp_path / "export.csv"
    cells = ["k8m1e6", "-", "n/a", "Gesamt", "US88160R101", "muster", "DE000A0MST15"]
    path.write_text("ISIN\n" + "\n".join(cells), "utf-8")
    read = papers("stocks", f"@{path}")
    assert [(each.text, each.number, bool(each.fault)) for each in read] == [
        ("k8m1e6", "K8M1E6", False),
        ("Gesamt", None, True),
        ("US88160R101", None, True),
        ("muster", None, True),
        ("DE000A0MST15", "DE000A0MST15", False),
    ]


@pytest.mark.parametrize("remark", ["\t# Muster AG", " # Muster AG, Vorzüge; 2024 | x"])
def test_a_remark_makes_no_columns(remark: str, tmp_path: Path) -> None:
    """Whatever it has in it."""
    path = tmp_path / "portfolio.txt"
    path.write_text(f"muster{remark}\nprobe{remark}\n", "utf-8")
    assert texts(path) == ["muster", "probe"]


def test_what_is_named_twice_counts_as_in_the_argument(tmp_path: Path) -> None:
    """That it is unknown is wrong usage then."""
    path = tmp_path / "portfolio.txt"
    path.write_text("muster\nprobe\n", "utf-8")
    read = papers("stocks", f"@{path},muster")
    assert [(each.text, each.line) for each in read] == [("muster", None), ("probe", 2)]


def test_a_wrong_line_is_no_wrong_usage(tmp_path: Path) -> None:
    """The others are crawled."""
    path = tmp_path / "portfolio.txt"
    path.write_text("muster\nDE000A0MST16\nwas ist das?\n", "utf-8")
    read = papers("stocks", f"@{path}")
    assert [bool(each.fault) for each in read] == [False, True, True]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Name;Preis\nMuster;1\nProbe;2\n", "a CSV needs a column ISIN"),
        (b"", "the file names no paper"),
        (b"# nichts\n", "the file names no paper"),
        (b"ISIN,Name\n,Euro\n", "the file names no paper"),
        (b"\x89PNG\0\0", "not a text file"),
        (b'ISIN,Name\nDE000A0MST15,"' + b"x" * 200_000 + b"\n", "field larger than"),
    ],
)
def test_what_is_no_list_of_papers_is_wrong_usage(
    content: bytes, message: str, tmp_path: Path
) -> None:
    """One line names the file and says why."""
    path = tmp_path / "portfolio.txt"
    path.write_bytes(content)
    with pytest.raises(WrongUsage, match=message) as raised:
        papers("stocks", f"muster,@{path}")
    assert f"stocks=@{path}: " in str(raised.value)


@pytest.mark.parametrize("name", ["missing.txt", ".", "a\0b"])
def test_what_cannot_be_read_is_wrong_usage(name: str, tmp_path: Path) -> None:
    """As a file that is not there, and a folder."""
    with pytest.raises(WrongUsage, match="stocks=@"):
        papers("stocks", f"@{tmp_path / name}")


def test_a_csv_by_its_name_needs_the_column(tmp_path: Path) -> None:
    """A list of names in it would be taken for something else than it is."""
    path = tmp_path / "portfolio.csv"
    path.write_text("muster\nprobe\n", "utf-8")
    with pytest.raises(WrongUsage, match="a CSV needs a column ISIN"):
        papers("stocks", f"@{path}")
