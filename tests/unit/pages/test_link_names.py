"""Which words of a link to a security are its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finnews.pages.parts.link_names import is_name, name_of_link


@pytest.mark.parametrize(
    ("text", "page", "name"),
    [
        ("Muster AG", "muster", "Muster AG"),
        ("Muster", "muster_vz", "Muster"),
        ("Saint-Muster S.A. (Compagnie de Muster)", "saint-muster", None),
        ("Saint-Muster S.A.", "saint-muster", "Saint-Muster S.A."),
        ("Probe C (ex Beispiel)", "probe_c", "Probe C (ex Beispiel)"),
        ("S&P 500", "s&p_500", "S&P 500"),
        ("Münchener Muster", "muenchener_muster", "Münchener Muster"),
        ("Muster-Aktie", "muster", "Muster"),
        ("Muster Aktien", "muster", "Muster"),
        ("Öl", "oelpreis", "Öl"),
        ("Ölpreis", "oelpreis", "Ölpreis"),
        ("Euro", "dollarkurs", "Euro"),
        ("Bitcoin", "bitcoin-euro-kurs", "Bitcoin"),
        ("MUS/USD (Mustercoin-US-Dollar)", "mustercoin-dollar-kurs", None),
        ("Muster-Anleihe", "a0mst1-muster-anleihe", "Muster-Anleihe"),
        ("Muster Welt UCITS ETF", "muster-welt-etf-ie00muster00", "Muster Welt UCITS ETF"),
    ],
)
def test_a_name_has_the_words_of_the_page(text: str, page: str, name: str | None) -> None:
    """With the forms of companies and funds; "Aktie" behind it is no part of it."""
    assert name_of_link(text, page) == (name or text)


@pytest.mark.parametrize(
    "text",
    [
        "hier",
        "Hier",
        "mehr",
        "Zum Kurs",
        "zur Aktie",
        "Jetzt kaufen",
        "Aktie",
        "Aktien",
        "der Muster-Aktie",
        "Muster jetzt kaufen",
        "Muster-Chef",
        "Muster steigt",
        "Analysen zu Muster",
        "das Papier",
        "Der Muster",
        "Muster und Probe",
        "mu",
        "",
        "Zum Muster-Kurs",
        "Mustermann",
        "Kurs",
        "Realtime",
        "»",
        "&nbsp;",
        "AG",
        "SE & Co. KGaA",
    ],
)
def test_other_words_are_no_name(text: str) -> None:
    """Even if the page's name is among them."""
    assert name_of_link(text, "muster") is None


@pytest.mark.parametrize(
    "text", ["hier", "Zum Kurs", "mehr", "Charts", "Jetzt kaufen", "", "–", "»"]
)
def test_words_of_links_are_no_name_where_a_name_belongs_either(text: str) -> None:
    """In a box whose link says "Zum Kurs"."""
    assert not is_name(text)
    assert is_name(f"{text} Muster")


@given(st.text(), st.text())
def test_no_text_breaks_the_reading_of_names(text: str, page: str) -> None:
    """A name is a part of the text."""
    name = name_of_link(text, page)
    assert name is None or name in text
    is_name(text)
