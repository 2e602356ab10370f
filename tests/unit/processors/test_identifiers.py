"""Identifiers of securities."""

from hypothesis import given
from hypothesis import strategies as st
from stdnum.isin import from_natid

from finnews.processors import isin, isin_of_link, wkn, wkn_of_isin


@given(st.from_regex(r"[A-HJ-NP-Z0-9]{6}", fullmatch=True))
def test_an_isin_in_a_link_is_read_and_gives_its_wkn(number: str) -> None:
    """Case does not matter, and a wrong check digit gives none."""
    valid = from_natid("DE", f"000{number}")
    assert isin_of_link(f"https://g.finanzen.net/zero-knopf?a=1&isin={valid.lower()}") == valid
    assert wkn_of_isin(valid) == number
    assert wkn(number.lower()) == number
    other = valid[:-1] + str((int(valid[-1]) + 1) % 10)
    assert isin(other) is None
