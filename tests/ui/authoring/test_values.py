"""What is typed becomes what the set has, and stands in its field again; what cannot be read stays as it is."""

from __future__ import annotations

from typing import Any

import pytest

from parindex_desktop.domain.criteria_fields import Form
from ui.authoring.values import field_text, grades_text, read_text


@pytest.mark.parametrize(
    ("form", "typed", "kept", "shown"),
    [
        (Form.POINTS, "1,5", "1.50", "1,50"),
        (Form.POINTS, " 12 ", "12.00", "12,00"),
        (Form.PERCENT, "97,50", "97.5", "97,5"),
        (Form.WHOLE, "30", 30, "30"),
        (Form.WHOLE, "2027", 2027, "2027"),
        (Form.POINTS, "nhiều", "nhiều", "nhiều"),
        (Form.WHOLE, "ba", "ba", "ba"),
        (Form.PERCENT, "", None, ""),
        (Form.MONTH_DAY, "5/1", "01-05", "05/01"),
        (Form.MONTH_DAY, "31.12", "12-31", "31/12"),
        (Form.MONTH_DAY, "cuối năm", "cuối năm", "cuối năm"),
        (Form.LINE, "  Kế  hoạch ", "Kế hoạch", "Kế hoạch"),
        (Form.TEXT, " Dòng một\n\nDòng hai ", "Dòng một\n\nDòng hai", "Dòng một\n\nDòng hai"),
        (Form.LINES, "Kế hoạch\n\n  Báo cáo ", ["Kế hoạch", "Báo cáo"], "Kế hoạch\nBáo cáo"),
        (Form.LINES, " \n", [], ""),
    ],
)
def test_a_value_is_read_and_shown(form: Form, typed: str, kept: Any, shown: str, dressed: object) -> None:
    assert read_text(form, typed) == kept
    assert field_text(form, kept) == shown
    assert read_text(form, shown) == kept


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("lon = Quy mô lớn; nho = Quy mô nhỏ", {"lon": "Quy mô lớn", "nho": "Quy mô nhỏ"}),
        ("Lớn; Nhỏ", {"lon": "Lớn", "nho": "Nhỏ"}),
        ("Đủ, đúng hạn", {"du_dung_han": "Đủ, đúng hạn"}),
    ],
)
def test_options_of_a_figure_have_names_for_the_formula(
    typed: str, names: dict[str, str], dressed: object
) -> None:
    read = read_text(Form.OPTIONS, typed)
    assert {each["id"]: each["title"] for each in read} == names
    assert read_text(Form.OPTIONS, field_text(Form.OPTIONS, read)) == read


def test_a_figure_with_several_values_is_said_in_a_line(dressed: object) -> None:
    assert grades_text({"by_level": {"district": "50", "commune": "40.5"}}) == (
        "Theo cấp: huyện 50; xã, phường 40,5"
    )
    assert grades_text({"roadmap": {"2022": "35", "2025": "40"}}) == "Theo lộ trình: 2022 35; 2025 40"
