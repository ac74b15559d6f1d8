"""What an officer types becomes canonical text, or a clear refusal."""

from __future__ import annotations

import unicodedata

import pytest

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.scoring.inputs import (
    InputKind,
    InputMalformed,
    InputSpec,
    Option,
    check_input,
    read_input,
)
from resources import Language, say

NOT_DONE = Option("not_done", "Chưa ban hành")
COUNT = InputSpec("count", "Số báo cáo", InputKind.COUNT)
AMOUNT = InputSpec("numerator", "Số vốn", InputKind.AMOUNT)
YES_NO = InputSpec("answer", "Đã ban hành", InputKind.YES_NO)
CHECK = InputSpec("staff", "Nhân sự", InputKind.CHECK)
DATE = InputSpec("date", "Ngày ban hành", InputKind.DATE, (NOT_DONE,))
CHOICE = InputSpec(
    "choice", "Mức độ", InputKind.CHOICE, (Option("improved", "Có cải tiến"), Option("kept", "Duy trì"))
)


@pytest.mark.parametrize(
    ("spec", "typed", "canonical"),
    [
        (COUNT, "1200", "1200"),
        (COUNT, " 1.200 ", "1200"),
        (COUNT, "1 200", "1200"),
        (COUNT, "007", "7"),
        (COUNT, "0", "0"),
        (AMOUNT, "13,76", "13.76"),
        (AMOUNT, "13.76", "13.76"),
        (AMOUNT, "1.234.567,50", "1234567.5"),
        (AMOUNT, "1.200", "1200"),
        (YES_NO, "có", "yes"),
        (YES_NO, "Đạt", "yes"),
        (YES_NO, "yes", "yes"),
        (YES_NO, "Không  đạt", "no"),
        (YES_NO, "khong", "no"),
        (YES_NO, "no", "no"),
        (YES_NO, unicodedata.normalize("NFD", "không đạt"), "no"),
        (CHECK, "đạt", "yes"),
        (CHECK, "chưa đạt", "no"),
        (DATE, "05/11/2026", "2026-11-05"),
        (DATE, "5/1/2026", "2026-01-05"),
        (DATE, "5-1-2026", "2026-01-05"),
        (DATE, "05.01.2026", "2026-01-05"),
        (DATE, "2026-11-05", "2026-11-05"),
        (DATE, "29/02/2024", "2024-02-29"),
        (DATE, "chưa ban hành", "not_done"),
        (DATE, "not_done", "not_done"),
        (CHOICE, "improved", "improved"),
        (CHOICE, "duy tri", "kept"),
    ],
)
def test_typed_text_becomes_canonical(spec: InputSpec, typed: str, canonical: str) -> None:
    assert read_input(spec, typed) == canonical
    check_input(spec, canonical)


@pytest.mark.parametrize(
    ("spec", "typed", "code"),
    [
        (COUNT, "mười hai", "number.not_a_count"),
        (COUNT, "1,5", "number.not_a_count"),
        (COUNT, "-3", "number.not_a_count"),
        (COUNT, "", "number.not_a_count"),
        (COUNT, "9" * 16, "number.too_large"),
        (AMOUNT, "khoảng 5", "number.not_an_amount"),
        (AMOUNT, "1e3", "number.not_an_amount"),
        (YES_NO, "có lẽ", "input.not_yes_or_no"),
        (YES_NO, "", "input.not_yes_or_no"),
        (DATE, "31/02/2026", "input.not_a_date"),
        (DATE, "05/11/26", "input.not_a_date"),
        (DATE, "hôm qua", "input.not_a_date"),
        (DATE, "05/11/0026", "input.not_a_date"),
        (DATE, "", "input.not_a_date"),
        (CHOICE, "tốt", "input.not_an_option"),
        (CHOICE, "", "input.not_an_option"),
    ],
)
def test_what_does_not_belong_is_refused(spec: InputSpec, typed: str, code: str) -> None:
    with pytest.raises(ParIndexError) as refused:
        read_input(spec, typed)
    assert refused.value.code == code


def test_a_refused_option_names_those_that_are_offered() -> None:
    with pytest.raises(ParIndexError) as refused:
        read_input(CHOICE, "tốt")
    assert say(refused.value.message, Language.EN) == (
        "“tốt” is not offered here. Choose one of: Có cải tiến; Duy trì."
    )


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        (COUNT, "1.200"),
        (COUNT, "007"),
        (COUNT, "-1"),
        (COUNT, "١٢"),
        (COUNT, "1" + "0" * 15),
        (COUNT, "5\n"),
        (AMOUNT, "13,76"),
        (AMOUNT, "13.760"),
        (AMOUNT, "13."),
        (AMOUNT, "1e9"),
        (AMOUNT, "NaN"),
        (AMOUNT, "0.1234567"),
        (YES_NO, "có"),
        (YES_NO, ""),
        (CHECK, "true"),
        (DATE, "05/11/2026"),
        (DATE, "2026-02-30"),
        (DATE, "20261105"),
        (DATE, "9999-12-31"),
        (CHOICE, "Duy trì"),
        (CHOICE, "2026-01-01"),
    ],
)
def test_a_stored_value_has_exactly_one_written_form(spec: InputSpec, text: str) -> None:
    with pytest.raises(InputMalformed):
        check_input(spec, text)
