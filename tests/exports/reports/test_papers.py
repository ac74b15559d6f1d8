"""The writers of papers by themselves: layout, escaping, wording."""

from __future__ import annotations

import datetime as dt
import subprocess
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4

import resources
from exports.reports.layout import (
    BODY,
    BOTTOM,
    LANDSCAPE,
    LAST,
    LEFT,
    PORTRAIT,
    RIGHT,
    TOP,
    Letterhead,
    Paper,
    Signature,
    annex,
    letterhead,
    para,
    signature_block,
)
from exports.reports.self_summary import Summary, SummaryRow, how_summed, write_self_summary
from exports.reports.specimen import write_specimen
from exports.reports.tables import grid
from exports.reports.wording import evidence_line, points, short_office
from parindex_desktop.domain.criteria import CriteriaSet
from parindex_desktop.domain.documents import Document, Form
from parindex_desktop.domain.text import clean
from tests.papers import flat, pages, words_outside

if TYPE_CHECKING:
    from pathlib import Path

MM = A4[0] / 210
HEAD = Letterhead("UBND tỉnh Lào Cai", "Sở Nội vụ", "/BTH-SNV", "Lào Cai", "2026")
SIGNATURE = Signature("TM. Ủy ban nhân dân", "Chủ tịch", "Nguyễn Văn An", ("UBND tỉnh",))


def row(number: int, **changes: object) -> SummaryRow:
    values: dict[str, object] = {
        "code": f"{number:05}",
        "name": f"Ủy ban nhân dân xã số {number}",
        "times": 1,
        "fields": tuple(Decimal("1.50") for _ in range(8)),
        "total": Decimal("12.00"),
        "maximum": Decimal("82.50"),
        "percentage": Decimal("14.55"),
        "remark": "",
    }
    return SummaryRow(**{**values, **changes})  # type: ignore[arg-type]  # the fields of a row


def summary(*rows: SummaryRow) -> Summary:
    fields = tuple((str(n), f"Lĩnh vực thứ {n}", Decimal("12.50")) for n in range(1, 9))
    counts = f"Đã nộp: {len(rows)}/{len(rows)} đơn vị."
    return Summary("2026", "Bộ tiêu chí", "Minh họa.", Decimal("100.00"), fields, rows, counts=counts)


def test_margins_and_sheet_are_those_of_the_decree() -> None:
    assert pytest.approx((20 * MM, 20 * MM, 30 * MM, 15 * MM)) == (TOP, BOTTOM, LEFT, RIGHT)
    assert pytest.approx((210 * MM, 297 * MM)) == A4


def test_every_section_numbers_its_own_pages_at_the_top_from_the_second_on(tmp_path: Path) -> None:
    body = [para("Một dòng.", BODY) for _ in range(60)]
    story = [*body, *annex(LANDSCAPE), *body, *annex(PORTRAIT), para("Hết.", BODY)]
    Paper(tmp_path / "a.pdf", "Thử", "Sở", "CHÂN TRANG").build(story)
    text = pages(tmp_path / "a.pdf")
    numbers = [next((line for line in page.split() if line.isdigit()), "") for page in text]
    assert numbers[0] == ""
    assert numbers[-1] == ""
    second = numbers.index("", 1)
    assert numbers[1:second] == [str(n) for n in range(2, second + 1)]
    assert numbers[second + 1 : -1] == [str(n) for n in range(2, len(numbers) - second)]
    assert all("CHÂN TRANG" in page for page in text)


def test_fonts_are_embedded_and_the_letters_are_letters(tmp_path: Path) -> None:
    write_specimen(tmp_path / "a.pdf", HEAD, "Kế hoạch", ["ẰẮẲẴẶ ằắẳẵặ Đđ ƯỨỪỬỮỰ ưứừửữự Ỹỹ Ỷỷ"])
    fonts = subprocess.run(["pdffonts", tmp_path / "a.pdf"], capture_output=True, check=True).stdout.decode()
    rows = [line.split() for line in fonts.splitlines()[2:]]
    assert rows
    assert all("Tinos" in each[0] and each[-5] == "yes" for each in rows)
    assert "ẰẮẲẴẶ ằắẳẵặ Đđ ƯỨỪỬỮỰ ưứừửữự Ỹỹ Ỷỷ" in flat(pages(tmp_path / "a.pdf")[0])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_no_text_breaks_a_paper_or_becomes_markup(tmp_path: Path, typed: str) -> None:
    text = clean(typed)
    story = [
        *letterhead(Letterhead(text, text, text, text, "2026")),
        para(text, BODY),
        grid([[para(text, BODY)]], [80]),
    ]
    story.append(signature_block(Signature(text, text, text, (text,))))
    Paper(tmp_path / "a.pdf", text, text, text).build(story)
    if text.isascii() and text.isprintable() and len(text.split()) == 1:
        assert text in flat("".join(pages(tmp_path / "a.pdf")))


@pytest.mark.parametrize("units", [0, 1, 99])
def test_a_summary_of_any_length(tmp_path: Path, units: int) -> None:
    rows = [row(number) for number in range(1, units + 1)]
    write_self_summary(tmp_path / "a.pdf", [summary(*rows)], HEAD, SIGNATURE)
    text = [flat(page) for page in pages(tmp_path / "a.pdf")]
    assert f"Đã nộp: {units}/{units} đơn vị" in text[0]
    assert sum(page.count("xã số") for page in text) == units
    listed = [page for page in text if "xã số" in page]
    assert all("Tổng điểm tự đánh giá" in page for page in listed)  # the head of the table on every page
    assert words_outside(tmp_path / "a.pdf") == []


@pytest.mark.parametrize("above", range(1, 15))
def test_a_heading_stays_with_its_table_and_a_short_table_in_one_piece(tmp_path: Path, above: int) -> None:
    first = [row(number) for number in range(1, above + 1)]
    second = [row(number, name=f"Sở thứ {number}") for number in range(1, 6)]
    later = replace(summary(*second), set_name="Bộ của sở")
    write_self_summary(tmp_path / "a.pdf", [summary(*first), later, later], HEAD, SIGNATURE)
    text = [flat(page) for page in pages(tmp_path / "a.pdf")]
    for page in text:
        assert page.count("Bộ của sở. Đã nộp") <= page.count("Sở thứ 1 ")
        assert page.count("Sở thứ 1 ") == page.count("Sở thứ 3 ")
    assert sum(page.count("Sở thứ 5 ") for page in text) == 2
    assert words_outside(tmp_path / "a.pdf") == []


def test_a_field_in_which_nothing_is_scored_has_a_dash(tmp_path: Path) -> None:
    some = row(1, fields=(Decimal("0.00"), *[None] * 7), total=Decimal("0.00"))
    write_self_summary(tmp_path / "a.pdf", [summary(some)], HEAD, SIGNATURE)
    text = flat("".join(pages(tmp_path / "a.pdf")))
    assert text.count("–") == 7
    assert text.count(" 0,00") == 2


def test_how_a_total_comes_about_is_told_with_bonus_and_penalty() -> None:
    plain, extras = (
        CriteriaSet.from_tree(resources.tree(f"criteria/{name}-2026.json"))
        for name in ("commune", "department")
    )
    assert how_summed(plain) == "Tổng điểm tự đánh giá là tổng điểm các lĩnh vực."
    said = how_summed(extras)
    assert "điểm các lĩnh vực + điểm cộng (cột 9, tối đa 3,00) − điểm trừ (cột 10, tối đa 2,00)" in said
    assert "Điểm tối đa 100,00 và điểm được tự chấm không gồm điểm cộng, điểm trừ" in said


def test_what_was_not_received_is_a_dash_and_long_names_are_whole(tmp_path: Path) -> None:
    name = "Ủy ban nhân dân đặc khu Quần đảo Trường Sa và các đảo phụ cận thuộc tỉnh Khánh Hòa " * 3
    none = row(1, name=name, times=0, fields=(), total=None, maximum=None, percentage=None, remark="Chưa nộp")
    write_self_summary(tmp_path / "a.pdf", [summary(none), summary()], HEAD, SIGNATURE)
    text = flat("".join(pages(tmp_path / "a.pdf")))
    assert flat(short_office(name)) in text
    assert text.count("–") >= 12
    assert words_outside(tmp_path / "a.pdf") == []


def test_no_name_of_an_office_is_too_long_for_its_letterhead(tmp_path: Path) -> None:
    long = "Ban Quản lý Khu kinh tế cửa khẩu và các khu công nghiệp tỉnh " * 5
    head = Letterhead(long, long, "/BC", "thành phố Lào Cai", "2026")
    write_specimen(tmp_path / "a.pdf", head, long, [long])
    assert words_outside(tmp_path / "a.pdf") == []
    assert flat(long.upper()) in flat(pages(tmp_path / "a.pdf")[0])


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (Form.FILE, "Tệp kèm theo: a {x}.pdf"),
        (Form.PAPER, "Bản giấy, lưu tại tủ {0}"),
        (Form.LINK, "Đường dẫn: tủ {0}"),
        (Form.EXTRACT, "Số liệu trích xuất từ tủ {0}"),
        (Form.CLASSIFIED, "Văn bản mật, không kèm tệp, lưu tại tủ {0}"),
    ],
)
def test_in_what_form_evidence_is_at_hand(form: Form, said: str) -> None:
    document = Document("d", form, "1", dt.date(2026, 1, 2), "x", "y", place="tủ {0}", name="a {x}.pdf")
    assert evidence_line(document) == said


def test_points_have_a_decimal_comma() -> None:
    assert [points(Decimal(text)) for text in ("0.00", "13.76", "1234.50")] == ["0,00", "13,76", "1.234,50"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ủy ban nhân dân xã Bản Hồ", "UBND xã Bản Hồ"),
        ("UBND xã Bản Hồ", "UBND xã Bản Hồ"),
        ("Sở Nội vụ", "Sở Nội vụ"),
        ("Ủy ban nhân dân", "Ủy ban nhân dân"),
    ],
)
def test_tables_have_offices_by_their_short_names(name: str, short: str) -> None:
    assert short_office(name) == short


def test_place_and_day_stand_in_one_line_however_long_the_place_is(tmp_path: Path) -> None:
    head = Letterhead("", "Ủy ban nhân dân phường", "/BC", "Xuân Hương - Đà Lạt", "2026")
    write_specimen(tmp_path / "a.pdf", head, "Kế hoạch", [])
    lines = [flat(line) for line in pages(tmp_path / "a.pdf")[0].splitlines()]
    assert any(line.endswith("Xuân Hương - Đà Lạt, ngày tháng năm 2026") for line in lines)


@pytest.mark.parametrize("lines", range(20, 50))
def test_the_last_paragraph_stands_with_the_signature(tmp_path: Path, lines: int) -> None:
    story = [
        *(para("Một dòng.", BODY) for _ in range(lines)),
        para("báo cáo./.", LAST),
        signature_block(SIGNATURE),
    ]
    Paper(tmp_path / "a.pdf", "Thử", "Sở", "CUỐI").build(story)
    (page,) = [flat(page) for page in pages(tmp_path / "a.pdf") if "Nơi nhận:" in page]
    assert "báo cáo./." in page
