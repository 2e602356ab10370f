"""What a run tells of names that it did not find."""

from pathlib import Path

from finnews.archive import Archive
from finnews.instrument_paths import InstrumentPath
from finnews.items import Instrument
from finnews.pages.suggestions import Suggestion
from finnews.spiders.unknown_names import Unknown, told
from finnews.spiders.wanted import Wanted, wanted

GONE = "the site has no such page"


def line(tmp_path: Path, *unknown: Unknown) -> str:
    """Return the line that tells of them, by a register of two papers."""
    with Archive(tmp_path) as archive:
        archive.add(Instrument("u", page="musterwerk", kind="stock", name="Musterwerk AG"))
        archive.add(Instrument("u", page="mdax", kind="index", isin="DE0008467416"))
        archive.commit()
        return told(unknown, archive)


def test_a_name_is_told_with_those_that_resemble_it(tmp_path: Path) -> None:
    """As ``stocks=`` takes them."""
    said = line(tmp_path, Unknown(wanted("musterwek"), GONE))
    assert said.startswith("musterwek is unknown (the site has no such page; nearest: musterwerk);")
    assert line(tmp_path, Unknown(wanted("mdx"), GONE)).count("nearest: index/mdax") == 1


def test_a_number_is_told_with_one_that_resembles_it(tmp_path: Path) -> None:
    """Of another paper, whose name says more than its number."""
    said = line(tmp_path, Unknown(Wanted("DE0008467417"), "the check digit is wrong"))
    assert "nearest: index/mdax)" in said


def test_of_what_the_site_suggests_it_tells_what_resembles(tmp_path: Path) -> None:
    """Each name once; the site suggests others, too."""
    suggested = tuple(
        Suggestion(name, InstrumentPath("stock", page), isin, None)
        for name, page, isin in (
            ("Musterwerk AG", "musterwerk", None),
            ("Musterwek Holding", "musterwek_holding", None),
            ("Probe SE", "probe", "DE0008467416"),
        )
    )
    said = line(tmp_path, Unknown(wanted("musterwekk"), GONE, suggested))
    assert "nearest: musterwerk)" in said
    said = line(tmp_path, Unknown(wanted("DE0008467408"), GONE, suggested))
    assert "nearest" not in said


def test_all_are_told_in_one_line(tmp_path: Path) -> None:
    """Those of a file with their lines; an index as it is written."""
    unknown = [
        Unknown(wanted("qqqq", 7), GONE),
        Unknown(Wanted("musterdax"), "it does not exist", argument="index"),
    ]
    said = line(tmp_path, *unknown)
    assert (
        "qqqq (line 7) is unknown (the site has no such page); index=musterdax is unknown" in said
    )
    assert "\n" not in said
    assert "-a stocks=" in said


def test_a_name_is_told_on_one_line_and_very_many_are_cut_short(tmp_path: Path) -> None:
    """A cell of a file can be of any length."""
    long = [Unknown(wanted(f"ein Wert\n{number}" + " x" * 9999, 1), GONE) for number in range(300)]
    said = line(tmp_path, *long)
    assert "\n" not in said
    assert "; and 100 more; " in said
    assert len(said) < 200 * 200
