"""The language of formulas: what it reads, what it refuses, what it comes to."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.formulas.grammar import DEEPEST, LONGEST, parsed
from parindex_desktop.domain.formulas.tree import (
    DividedByZero,
    FormulaFaulty,
    Kind,
    Names,
    OutOfBounds,
    Value,
)

NAMES: Names = {
    "a": Kind.NUMBER,
    "b": Kind.NUMBER,
    "none": Kind.NUMBER,
    "late": Kind.CONDITION,
    "grade": ("good", "fair"),
    "other": ("good", "fair"),
}
VALUES: dict[str, Value] = {
    "a": Decimal(45),
    "b": Decimal(50),
    "none": Decimal(0),
    "late": True,
    "grade": "fair",
    "other": "fair",
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("1 - 2 - 3", "-4"),
        ("12 / 4 / 3", "1"),
        ("-a + 50", "5"),
        ("--a", "45"),
        ("2 * -3", "-6"),
        ("1,5 + 1.5", "3"),
        ("a : b × 2", "1.8"),
        ("a ÷ b · 2", "1.8"),
        ("a − b", "-5"),
        ("0.000001 * 1", "0.000001"),
    ],
)
def test_arithmetic_as_in_a_textbook(text: str, value: str) -> None:
    tree = parsed(text)
    assert tree.kind(NAMES) is Kind.NUMBER
    assert tree.value(VALUES) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("a < b", True),
        ("a ≤ 45 và b ≥ 50", True),
        ("a >= 46 or late", True),
        ("a >= 46 hoặc không late", False),
        ("not a = 45", False),
        ("a <> 45", False),
        ("a != 44 and a ≠ 43", True),
        ("late and a > 1", True),
        ('grade = "fair"', True),
        ('"good" = grade', False),
        ('grade <> "good"', True),
        ("grade = other", True),
        ("a / b = 0.9", True),
        ("none = 0 or a / none > 1", True),
        ("not late and a > 1 or b = 50", True),
    ],
)
def test_conditions(text: str, holds: bool) -> None:
    tree = parsed(text)
    assert tree.kind(NAMES) is Kind.CONDITION
    assert tree.value(VALUES) is holds


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "formula.unfinished"),
        ("a +", "formula.unfinished"),
        ("(a", "formula.unfinished"),
        ("a b", "formula.malformed"),
        ("a)", "formula.malformed"),
        ("a ** 2", "formula.malformed"),
        ("a ^ 2", "formula.malformed"),
        ("max(a, b)", "formula.malformed"),
        ("__import__", "formula.malformed"),
        ("a.b", "formula.malformed"),
        ("a; b", "formula.malformed"),
        ("1e9", "formula.malformed"),
        ("Ấ + 1", "formula.malformed"),
        ("1234567890123456", "formula.malformed"),
        ("a < b < 3", "formula.malformed"),
        ("a" + "+ a" * 200, "formula.too_long"),
        ("-" * DEEPEST + "a", "formula.too_deep"),
        ("a" + "+a" * DEEPEST, "formula.too_deep"),
        ("x + 1", "formula.name_unknown"),
        ("late + 1", "formula.wrong_kind"),
        ("a and late", "formula.wrong_kind"),
        ("not a", "formula.wrong_kind"),
        ("-late", "formula.wrong_kind"),
        ("grade + 1", "formula.wrong_kind"),
        ("grade < other", "formula.wrong_kind"),
        ("a = grade", "formula.wrong_kind"),
        ("late = late", "formula.wrong_kind"),
        ('grade = "poor"', "formula.option_unknown"),
    ],
)
def test_what_is_no_formula_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(FormulaFaulty) as refused:
        parsed(text).kind(NAMES)
    assert refused.value.code == code


def test_a_formula_may_be_as_long_and_as_deep_as_its_limits() -> None:
    assert parsed("(" * 200 + "a" + ")" * 200).value(VALUES) == 45
    assert parsed("-" * (DEEPEST - 1) + "a").kind(NAMES) is Kind.NUMBER
    assert parsed("a".ljust(LONGEST)).kind(NAMES) is Kind.NUMBER


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("a / none", "formula.divided_by_zero", "none"),
        ("a / (b - 50)", "formula.divided_by_zero", "b - 50"),
        ("999999999999999 * 999999999999999 * 999", "formula.out_of_bounds", None),
    ],
)
def test_figures_that_a_formula_cannot_take(text: str, code: str, part: str | None) -> None:
    with pytest.raises(UserError) as refused:
        parsed(text).value(VALUES)
    assert refused.value.code == code
    assert part is None or refused.value.values["part"] == part


def test_a_formula_knows_what_it_names() -> None:
    assert parsed("a / b * 2 + a").names() == {"a", "b"}


@given(st.text(max_size=60))
def test_any_text_is_a_formula_or_is_refused(text: str) -> None:
    try:
        tree = parsed(text)
        tree.kind(NAMES)
    except FormulaFaulty:
        return
    with suppress(DividedByZero, OutOfBounds):
        tree.value(VALUES)


numbers = st.recursive(
    st.sampled_from(["a", "b", "none", "2", "0,5"]),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
    max_leaves=8,
)


@given(numbers)
def test_arithmetic_is_that_of_decimals(text: str) -> None:
    figures = {"a": "45", "b": "50", "none": "0"}
    plain = text.replace("0,5", 'D("0.5")').replace(" 2", ' D("2")').replace("(2", '(D("2")')
    if plain == "2":
        plain = 'D("2")'
    try:
        expected = eval(plain, {"D": Decimal, **{n: Decimal(v) for n, v in figures.items()}})
    except ArithmeticError:
        expected = None
    try:
        found = parsed(text).value(VALUES)
    except UserError:
        found = None
    if expected is None or found is None:
        assert expected is None
        assert found is None
    else:
        assert isinstance(found, Decimal)
        assert abs(found - expected) < Decimal("1e-20")
