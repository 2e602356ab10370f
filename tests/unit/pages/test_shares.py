"""Names of shares: which are of one share, and which may be."""

import pytest

from finnews.pages.parts.shares import has_common_word, is_same_share


@pytest.mark.parametrize(
    ("name", "other"),
    [
        *(("Muster-Werke", "Muster-Werke S.A. (Compagnie de Muster)"), ("Muster", "MUSTER SE")),
        *(("Muster", "muster"), ("Muster Vz", "muster_vz"), ("Börse Muster", "boerse-muster")),
        *(("Muster & Co.", "Muster"), ("Probe", "Muster (ex Probe)"), ("M.U.S.", "MUS AG")),
        *(("Muster (MU) Vz", "Muster Vz"), ("Beispiel A/S", "Beispiel")),
    ],
)
def test_names_of_one_share_are_equal_but_for_legal_forms(name: str, other: str) -> None:
    """Case, hyphens and umlauts do not matter, in either order."""
    assert is_same_share(name, other)
    assert is_same_share(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        *(("Muster", "Muster Energy"), ("Muster", "Musterwerk"), ("Muster A", "Muster C")),
        *(("Muster A (ex Probe)", "Muster C (ex Probe)"), ("Muster", "Muster Vz"), ("", "")),
        *(("AG", ""), ("Muster", "Probe")),
    ],
)
def test_a_class_or_another_word_is_another_share(name: str, other: str) -> None:
    """Subsidiaries have the name of their parent, and more."""
    assert not is_same_share(name, other)
    assert not is_same_share(other, name)


def test_a_legal_form_is_no_common_word() -> None:
    """Two companies limited by shares have nothing in common."""
    assert not has_common_word("Muster Holding AG", "Probe Holding AG")
    assert has_common_word("Muster Rück", "Münchner (ex Muster)")
