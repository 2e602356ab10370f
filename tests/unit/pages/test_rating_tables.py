"""A rating that a table of an article prints and the study's own page are one record."""

from pathlib import Path

from finnews.archive import Archive
from finnews.items import Rating
from finnews.pages.analysis import AnalysisPage
from finnews.pages.article import ArticlePage
from tests.support.archive_items import SITE

TABLE = """<html><body><article class="news-container"><h1 class="headline">Muster</h1></article>
<h2>Analysen zu Muster</h2><table><tr><th>Datum</th><th>Rating</th><th>Analyst</th></tr>
<tr><td>20.11.2026</td><td>{title}</td><td>Beispiel Bank</td></tr></table>
<a href="/analysen/muster-analysen">mehr Analysen</a></body></html>"""
STUDY = """<html><body><article><span>Beispiel Bank</span><h1>Muster {word}</h1><div>
<div class="grid__item-12">20.11.26</div></div><p>Die Beispiel Bank bleibt dabei.</p></article>
<h2>Zusammenfassung: Muster {word}</h2><table><tr><td>Unternehmen:<br>Muster AG</td>
<td>Analyst:<br>Beispiel Bank</td><td>Rating jetzt:<br>{word}</td>
<td><a href="/kursziele/muster">Ø Kursziel</a>:<br>97,00 €</td></tr></table></body></html>"""


def ratings(title: str, word: str) -> tuple[Rating, Rating]:
    """Return the rating that an article prints with a title, and that of a study with a word."""
    pages = (
        ArticlePage(f"{SITE}/nachricht/aktien/muster-16001200", TABLE.format(title=title)),
        AnalysisPage(f"{SITE}/analyse/muster_buy-beispiel_bank_1098442", STUDY.format(word=word)),
    )
    first, second = (
        next(item for item in page.items() if isinstance(item, Rating)) for page in pages
    )
    return first, second


def stored(path: Path, *readings: Rating) -> list[Rating]:
    """Return what an archive has after the readings."""
    with Archive(path) as archive:
        for number, rating in enumerate(readings):
            rating.fetched_at = f"2026-11-23T16:20:0{number}+00:00"
            archive.add(rating)
        archive.commit()
        return list(archive.all_of(Rating))


def test_the_row_of_a_table_and_the_study_are_one_record(tmp_path: Path) -> None:
    """The row prints the company's whole name, the heading and the study its short one."""
    in_table, in_full = ratings("Muster AG Outperform", "Outperform")
    (rating,) = stored(tmp_path, in_table, in_full)
    assert (rating.id, rating.rating, rating.verdict) == ("1098442", "Outperform", "buy")
    assert (rating.name, rating.page, rating.firm) == ("Muster AG", "muster", "Beispiel Bank")


def test_another_word_of_another_verdict_is_another_record(tmp_path: Path) -> None:
    """A firm can print two studies of a share on one day."""
    in_table, in_full = ratings("Muster AG Hold", "Outperform")
    assert len(stored(tmp_path, in_table, in_full)) == 2
