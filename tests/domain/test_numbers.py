from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.numbers import (
    NotACount,
    NotAnAmount,
    NumberTooLarge,
    exact,
    percentage,
    quotient,
    read_amount,
    read_count,
    rounded,
)


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("0", 0),
        ("1200", 1200),
        ("1.200", 1200),
        ("1,200", 1200),
        ("1 200", 1200),
        ("1.234.567", 1234567),
        (" 45 ", 45),
    ],
)
def test_counts_as_officers_type_them(typed: str, figure: int) -> None:
    assert read_count(typed) == figure


@pytest.mark.parametrize(
    "typed", ["", "1,5", "12.5", "1.2345", "1.234,567", "-3", "ba", "١٢", "1e3", "0x10", "+5"]
)
def test_anything_else_is_not_a_count(typed: str) -> None:
    with pytest.raises(NotACount):
        read_count(typed)


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("13,76", "13.76"),
        ("13.76", "13.76"),
        ("1.234", "1234"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("0,12", "0.12"),
        ("12 345,67", "12345.67"),
    ],
)
def test_amounts_with_comma_or_point(typed: str, figure: str) -> None:
    assert exact(read_amount(typed)) == figure


@pytest.mark.parametrize(
    "typed", ["", ",5", "5,", "1,2,3", "1.234.5", "12a", "1,2345", "0.001", "0,123", "-1", "NaN", "Infinity"]
)
def test_anything_else_is_not_an_amount(typed: str) -> None:
    with pytest.raises(NotAnAmount):
        read_amount(typed)


@pytest.mark.parametrize("reader", [read_count, read_amount])
def test_a_figure_beyond_all_offices_is_refused(reader) -> None:
    with pytest.raises((NumberTooLarge, NotACount, NotAnAmount)):
        reader("9" * 16)


@pytest.mark.parametrize(
    ("raw", "shown"), [("1.425", "1.43"), ("2.9848", "2.98"), ("0.005", "0.01"), ("1", "1.00")]
)
def test_half_up_where_bankers_would_lose_a_hundredth(raw: str, shown: str) -> None:
    assert str(rounded(Decimal(raw))) == shown


def test_percentages() -> None:
    assert str(percentage(Decimal("61.46"), Decimal(70))) == "87.80"
    assert str(percentage(Decimal("92.48"), Decimal(100))) == "92.48"


figures = st.integers(0, 10**15 - 1).map(Decimal)


@given(figures)
def test_counts_survive_their_own_text(figure: Decimal) -> None:
    assert read_count(exact(figure)) == figure
    assert read_count(format(figure, ",").replace(",", ".")) == figure


@given(st.integers(0, 10**17 - 1).map(lambda hundredths: Decimal(hundredths).scaleb(-2)))
def test_amounts_survive_their_own_text_however_grouped(figure: Decimal) -> None:
    assert read_amount(exact(figure)) == figure
    assert read_amount(exact(figure).replace(".", ",")) == figure
    english = format(figure, ",")
    assert read_amount(english) == read_amount(english.translate(str.maketrans(",.", ".,"))) == figure


@given(figures, st.integers(1, 10**9).map(Decimal))
def test_a_quotient_is_never_rounded_on_to_a_tie_that_it_is_not(part: Decimal, whole: Decimal) -> None:
    exact_double = 200 * part
    result = rounded(quotient(part, whole)) * 2
    # |result - part/whole| <= half a hundredth, in whole numbers and so without a second rounding
    assert abs(result * 100 * whole - exact_double) <= whole
