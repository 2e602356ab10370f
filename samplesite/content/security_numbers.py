"""The numbers of securities."""

from stdnum import isin as stdnum_isin


def isin_of(stem: str) -> str:
    """Return an ISIN by its first eleven characters, with its check digit."""
    return stem + str(stdnum_isin.calc_check_digit(stem))
