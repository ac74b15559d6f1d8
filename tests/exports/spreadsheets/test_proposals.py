"""A published table becomes a proposal: every row is accounted for, every guess is said, every gap too."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

import resources
from exports.spreadsheets.criteria_book import read_criteria_book
from exports.spreadsheets.proposal_book import write_proposal
from exports.spreadsheets.proposals import Meaning, Proposal, ProposedRow, propose
from exports.spreadsheets.published_table import TableNotFound, split_number
from parindex_desktop.domain.drafting import NEW_LEAF
from resources import Language, say

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = resources.tree("schemas/criteria-set.schema.json")
ROWS: tuple[tuple[Any, ...], ...] = (
    ("ỦY BAN NHÂN DÂN TỈNH",),
    ("BỘ TIÊU CHÍ XÁC ĐỊNH CHỈ SỐ CẢI CÁCH HÀNH CHÍNH CẤP XÃ",),
    (),
    (
        "STT",
        "Lĩnh vực/Tiêu chí/\nTiêu chí thành phần",
        "Điểm",
        None,
        "Cách tính điểm",
        "Tài liệu kiểm chứng",
        "Ghi chú",
    ),
    (None, None, "Tối đa", "Tự chấm"),
    ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
    ("I", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", "5,0"),
    ("1", "Kế hoạch CCHC năm", 3),
    (
        "1.1",
        "Ban hành kế hoạch",
        "1,00",
        None,
        "Trước ngày 31/12 năm trước: 1 điểm",
        "- Kế hoạch\n- Công văn gửi",
        "x",
    ),
    (
        "1.2",
        "Mức độ hoàn thành kế hoạch",
        2,
        None,
        "Tỷ lệ hoàn thành từ 80% trở lên tính theo công thức (b/a) x điểm tối đa",
    ),
    ("2", "Kiểm tra công tác CCHC", "2", None, None, "Biên bản"),
    (
        None,
        "- Từ 30% đơn vị trở lên: 1 điểm",
    ),
    (
        None,
        "- Xử lý vấn đề phát hiện: 1 điểm",
    ),
    ("II. CẢI CÁCH THỂ CHẾ (nếu có)", None, 2),
    ("1", "Báo cáo", 2, None, "Mỗi báo cáo 0,5 điểm", "Báo cáo"),
    ("Tổng cộng", None, "7,5"),
    ("Ghi chú: các tiêu chí khảo sát không tự chấm.",),
)
MERGED = ("A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:F5", "G4:G5", "F9:F10", "A14:B14", "A16:B16", "A17:G17")


def workbook(*rows: tuple[Any, ...], merged: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            book.active.cell(number, column).value = value
    for area in merged:
        book.active.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    return propose(workbook(*ROWS, merged=MERGED), "bo-tieu-chi.xlsx")


def nodes(children: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for node in children:
        found[node["code"]] = node
        found |= nodes(node.get("children", []))
    return found


def row_at(proposal: Proposal, number: int) -> ProposedRow:
    return next(row for row in proposal.rows if row.row == number)


def doubts(row: ProposedRow) -> str:
    return " | ".join(say(doubt, Language.EN) for doubt in row.doubts)


def test_roman_and_nested_numbers_become_a_tree(proposal: Proposal) -> None:
    assert {code: node["maximum"] for code, node in nodes(proposal.tree["criteria"]).items()} == {
        "I": "5.00", "I.1": "3.00", "I.1.1": "1.00", "I.1.2": "2.00", "I.2": "2.00", "II": "2.00", "II.1": "2.00",
    }  # fmt: skip
    assert row_at(proposal, 9).printed == "1.1"


def test_every_row_below_the_headings_is_accounted_for(proposal: Proposal) -> None:
    assert {row.row: row.meaning for row in proposal.rows} == {
        **dict.fromkeys((7, 8, 9, 10, 11, 14, 15), Meaning.CRITERION),
        **dict.fromkeys((12, 13), Meaning.DETAIL),
        16: Meaning.SUM,
        17: Meaning.NOTE,
    }


def test_columns_that_are_not_read_are_named(proposal: Proposal) -> None:
    assert proposal.ignored == ("Điểm Tự chấm", "Ghi chú")


def test_rules_are_guessed_from_the_words(proposal: Proposal) -> None:
    rules = {
        code: node["rule"]["kind"]
        for code, node in nodes(proposal.tree["criteria"]).items()
        if "rule" in node
    }
    assert rules == {"I.1.1": "deadline", "I.1.2": "ratio", "I.2": "threshold", "II.1": "count"}
    found = nodes(proposal.tree["criteria"])
    assert found["I.1.1"]["rule"]["due"] == {"day": "12-31", "year_offset": -1}
    assert found["I.1.2"]["rule"]["floor"] == "80"
    assert found["II.1"]["rule"] == {"kind": "count", "count": "Số báo cáo", "each": "0.50", "most": 4}


def test_each_guess_names_its_words_and_each_gap_is_a_doubt(proposal: Proposal) -> None:
    row = row_at(proposal, 10)
    assert "was understood as" in say(row.understood[0], Language.EN)
    assert "Name the two figures" in doubts(row)


def test_documents_stand_one_by_one_and_merged_ones_are_doubted(proposal: Proposal) -> None:
    found = nodes(proposal.tree["criteria"])
    assert found["I.1.1"]["documents"] == ["Kế hoạch", "Công văn gửi"]
    assert found["I.1.2"]["documents"] == ["Kế hoạch", "Công văn gửi"]
    assert "merged cell F9" in doubts(row_at(proposal, 10))


def test_a_sum_that_is_wrong_is_a_doubt(proposal: Proposal) -> None:
    assert "add up to 7.00 points, the maximum says 7.50" in doubts(row_at(proposal, 16))
    assert doubts(row_at(proposal, 7)) == ""


def test_if_any_is_taken_from_the_title() -> None:
    table = workbook(("STT", "Tiêu chí", "Điểm tối đa"), ("1", "Kiểm tra (nếu có)", 1))
    (node,) = propose(table, "a.xlsx").tree["criteria"]
    assert node["applicability"] == "if_any"


@pytest.mark.parametrize(
    ("number", "points", "doubt"),
    [
        (1.1, 1, "look alike"),
        (datetime(2026, 4, 1), 1, "became a date"),  # noqa: DTZ001
        (time(1, 2), 1, "became a time of day"),
        (timedelta(hours=30), 1, "Cell A2 was not read"),
        ("1", time(1, 2), "Cell C2 was not read"),
        ("1", 1e300, "larger than the program can hold"),
        ("1", "٥", "no number of points"),
        ("1", "=1+1", "formula"),
        ("1", "một điểm", "no number of points"),
        ("1", 1.255, "no number of points"),
        ("1", None, "has no points"),
    ],
)
def test_whatever_is_read_uncertainly_is_said(number: Any, points: Any, doubt: str) -> None:
    table = workbook(("STT", "Tiêu chí", "Điểm tối đa"), (number, "Kiểm tra", points))
    (row,) = propose(table, "a.xlsx").rows
    assert row.meaning is (Meaning.CRITERION if row.code else Meaning.UNKNOWN)
    assert doubt in doubts(row)


def test_a_code_that_stands_twice_is_replaced_and_said() -> None:
    head = ("STT", "Tiêu chí", "Điểm tối đa")
    found = propose(workbook(head, ("1", "A", 1), ("1", "B", 1), ("1", "C", 1)), "a.xlsx")
    assert [node["code"] for node in found.tree["criteria"]] == ["1", "x1", "x2"]
    assert "stands twice" in doubts(found.rows[1])


def test_old_fonts_are_shown_converted_only_when_chosen() -> None:
    table = workbook(("STT", "Tiêu chí", "Điểm tối đa"), ("1", "Ban hµnh kÕ ho¹ch", 1))
    asked = propose(table, "a.xlsx")
    assert asked.tree["criteria"][0]["title"] == "Ban hµnh kÕ ho¹ch"
    assert [each.after for each in asked.old_texts] == ["Ban hành kế hoạch"]
    assert "Ban hành kế hoạch" in say(asked.doubts[0], Language.EN)


def test_a_workbook_without_such_a_table_is_refused_by_name() -> None:
    with pytest.raises(TableNotFound, match=r"anh\.xlsx"):
        propose(workbook(("Họ tên", "Ngày sinh"), ("An", 1)), "anh.xlsx")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("I. Chỉ đạo", ("I", "Chỉ đạo")),
        ("1.2. Kế hoạch", ("1.2", "Kế hoạch")),
        ("a) Nội dung", ("a", "Nội dung")),
        ("Lĩnh vực 3: Thủ tục", ("3", "Thủ tục")),
        ("Kế hoạch 1.2", ("", "Kế hoạch 1.2")),
        ("II - CẢI CÁCH", ("II", "CẢI CÁCH")),
        ("1 - 2 báo cáo: 0,5 điểm", ("", "1 - 2 báo cáo: 0,5 điểm")),
        ("30 - 50%: 1 điểm", ("", "30 - 50%: 1 điểm")),
        ("a: tổng số hồ sơ", ("", "a: tổng số hồ sơ")),
        ("vi phạm. Không", ("", "vi phạm. Không")),
    ],
)
def test_a_number_in_front_of_a_title_is_split_off(text: str, parts: tuple[str, str]) -> None:
    assert split_number(text) == parts


HEAD = ("STT", "Tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng")


def only(*rows: tuple[Any, ...], merged: tuple[str, ...] = ()) -> dict[str, Any]:
    """The first criterion of a table with these rows."""
    node: dict[str, Any] = propose(workbook(HEAD, *rows, merged=merged), "a.xlsx").tree["criteria"][0]
    return node


def test_a_cell_that_holds_title_and_scoring_is_taken_apart() -> None:
    cell = (
        "Kiểm tra công tác\nCCHC\n- Từ 30% trở lên: 3 điểm\n- Từ 20% đến dưới 30%: 2 điểm\n- Dưới 20%: 0 điểm"
    )
    node = only(("1", cell, 3, "Kế hoạch; Biên bản"))
    assert node["title"] == "Kiểm tra công tác CCHC"
    assert node["documents"] == ["Kế hoạch", "Biên bản"]
    assert node["rule"] == {
        "kind": "steps",
        "by": "percentage",
        "figures": "count",
        "steps": [{"at_least": "30", "points": "3.00"}, {"at_least": "20", "points": "2.00"}],
    }


def test_points_that_are_added_or_taken_off_stand_outside_the_sum() -> None:
    rows = (
        ("I", "LĨNH VỰC", 5),
        ("1", "Kế hoạch", 5),
        ("II", "ĐIỂM THƯỞNG", 3),
        ("1", "Sáng kiến", 3),
        ("III", "ĐIỂM TRỪ", 2),
        ("1", "Kỷ luật", 2),
        (None, "Mỗi trường hợp trừ 0,5 điểm"),
        ("Tổng cộng", None, 5),
    )
    found = propose(workbook(HEAD, *rows), "a.xlsx")
    assert [top.get("block") for top in found.tree["criteria"]] == [None, "bonus", "penalty"]
    assert nodes(found.tree["criteria"])["III.1"]["rule"] == {
        "kind": "count",
        "count": "Số trường hợp",
        "each": "0.50",
        "most": 4,
    }
    assert found.tree["maximum"] == "5.00"
    assert doubts(found.rows[-1]) == ""


def test_documents_merged_over_the_rows_of_one_criterion_are_no_doubt() -> None:
    rows = (("1", "Kế hoạch", 1, "Kế hoạch"), (None, "- Đúng hạn: 1 điểm"), ("2", "Báo cáo", 1))
    found = propose(workbook(HEAD, *rows, merged=("D2:D4",)), "a.xlsx")
    assert ["merged" in doubts(row) for row in found.rows] == [False, False, True]


def test_columns_that_units_fill_say_nothing_of_the_scoring() -> None:
    head = ("STT", "Tiêu chí", "Điểm tối đa", "Phương pháp đánh giá", None)
    found = propose(
        workbook(
            head, (None, None, None, "Tự chấm", "Điều tra XHH"), ("1", "Kiểm tra", 1, "x"), merged=("D1:E1",)
        ),
        "a.xlsx",
    )
    assert "guidance" not in found.tree["criteria"][0]
    assert found.ignored == ("Phương pháp đánh giá Tự chấm", "Phương pháp đánh giá Điều tra XHH")


def test_a_heading_over_two_columns_without_parts_hides_no_row() -> None:
    head = ("STT", "Tiêu chí", "Điểm tối đa", "Ghi chú", None)
    found = propose(workbook(head, ("1", "Kiểm tra", 1, "x"), merged=("D1:E1",)), "a.xlsx")
    assert [row.text for row in found.rows] == ["1 Kiểm tra"]


GROUP = (("I", "CHỈ ĐẠO", 4), ("3", "Kiểm tra CCHC", 4, "Kế hoạch; Biên bản"),
         (None, "Từ 30% đơn vị trở lên: 2"), (None, "Từ 20% - dưới 30%: 1"))  # fmt: skip


def test_steps_below_a_group_whose_parts_leave_points_over_are_a_part_of_their_own() -> None:
    table = workbook(HEAD, *GROUP, ("3.1", "Báo cáo", 1), ("3.2", "Xử lý", 1))
    found = propose(table, "a.xlsx")
    own = nodes(found.tree["criteria"])["I.3.0"]
    assert (own["title"], own["maximum"]) == ("Kiểm tra CCHC", "2.00")
    assert own["rule"]["steps"] == [
        {"at_least": "30", "points": "2.00"},
        {"at_least": "20", "points": "1.00"},
    ]
    assert own["guidance"] == "Từ 30% đơn vị trở lên: 2\nTừ 20% - dưới 30%: 1"
    assert own["documents"] == ["Kế hoạch", "Biên bản"]
    assert "these became the part I.3.0" in doubts(row_at(found, 3))
    assert "add up" not in doubts(row_at(found, 3))


def test_words_below_a_group_that_its_parts_use_up_reach_the_set_as_guidance() -> None:
    table = workbook(HEAD, *GROUP, ("3.1", "Báo cáo", 2), (None, "Đúng hạn"), ("3.2", "Xử lý", 2))
    found = propose(table, "a.xlsx")
    guidance = nodes(found.tree["criteria"])["I.3.1"]["guidance"]
    assert guidance == "Từ 30% đơn vị trở lên: 2\nTừ 20% - dưới 30%: 1\nĐúng hạn"
    assert "stand in the guidance of I.3.1" in doubts(row_at(found, 3))
    assert "put them there: Kế hoạch; Biên bản" in doubts(row_at(found, 3))


def test_steps_below_a_group_answer_the_share_of_its_first_part() -> None:
    table = workbook(HEAD, *GROUP, ("3.1", "Tỷ lệ đơn vị được kiểm tra", 2), ("3.2", "Xử lý", 2))
    found = propose(table, "a.xlsx")
    leaf = nodes(found.tree["criteria"])["I.3.1"]
    assert leaf["rule"]["kind"] == "steps"
    assert [each["points"] for each in leaf["rule"]["steps"]] == ["2.00", "1.00"]
    assert leaf["guidance"] == "Từ 30% đơn vị trở lên: 2\nTừ 20% - dưới 30%: 1"
    assert "Is there a percentage" not in doubts(row_at(found, 6))
    assert "taken for the way of scoring of I.3.1" in doubts(row_at(found, 3))


def test_a_row_of_a_table_gets_what_a_new_row_gets(proposal: Proposal) -> None:
    leaves = [node for node in nodes(proposal.tree["criteria"]).values() if "children" not in node]
    assert {node["reason_below_maximum"] for node in leaves} == {NEW_LEAF["reason_below_maximum"]}


def test_more_than_a_set_can_hold_is_cut_and_said() -> None:
    rows = ((None, f"Dòng {n} " + "x" * 90, None, f"Tài liệu {n}") for n in range(60))
    found = propose(workbook(HEAD, ("1", "Kế hoạch", 1, "Tài liệu 0"), *rows), "a.xlsx")
    node = nodes(found.tree["criteria"])["1"]
    assert node["documents"] == [f"Tài liệu {n}" for n in range(50)]
    assert "names 60 documents; a criterion has at most 50" in doubts(found.rows[0])
    assert len(node["guidance"]) == 2000
    assert "more than 2,000 characters" in doubts(found.rows[0])


def test_very_many_documents_and_numbers_that_stand_twice_take_a_moment() -> None:
    rows: list[tuple[Any, ...]] = [("1", "A", 1, "x") for _ in range(12_000)]
    rows += [(None, None, None, "\n".join(f"{n}.{m}" for m in range(4000))) for n in range(15)]
    data = workbook(HEAD, *rows)
    begun = process_time()
    found = propose(data, "a.xlsx")
    assert process_time() - begun < 10  # the squares of these took a minute
    assert len(found.tree["criteria"]) == 12_000
    assert "names 60,001 documents" in doubts(found.rows[11_999])


# The proposal as the workbook to complete.


def test_the_workbook_to_complete_lacks_nothing_but_what_is_missing(
    proposal: Proposal, tmp_path: Path
) -> None:
    write_proposal(tmp_path / "a.xlsx", proposal)
    found = read_criteria_book((tmp_path / "a.xlsx").read_bytes(), "a.xlsx", SCHEMA)
    assert {fault.code for fault in found.faults} == {"book.empty"}
    assert {code: node["id"] for code, node in nodes(found.tree["criteria"]).items()} == {
        code: node["id"] for code, node in nodes(proposal.tree["criteria"]).items()
    }


def test_a_proposal_is_completed_in_the_workbook_and_taken_over(tmp_path: Path) -> None:
    rows = (("1", "Chỉ đạo", 3), ("1.1", "Sáng kiến", 2, "Quyết định"), (None, "Mỗi sáng kiến 0,5 điểm"),
            ("1.2", "Báo cáo", 1, "Báo cáo"), (None, "Đạt: 1; không đạt: 0"))  # fmt: skip
    write_proposal(tmp_path / "a.xlsx", propose(workbook(HEAD, *rows), "bang.xlsx"))
    book = load_workbook(tmp_path / "a.xlsx")
    head = {row[0].value: row[1] for row in book["Bộ tiêu chí"].iter_rows()}
    for title, value in {
        "Tên bộ tiêu chí": "Bộ tiêu chí cấp xã",
        "Năm": 2026,
        "Cấp": "Xã, phường, đặc khu",
        "Phiên bản": 1,
        "Căn cứ (mỗi dòng một văn bản)": "Quyết định số 1/QĐ-UBND",
        "Lưu ý in kèm": "Minh họa.",
    }.items():
        head[title].value = value
    rules = book["Cách chấm"]
    titles = {cell.value: cell.column for cell in rules[1]}
    assert rules.cell(2, titles["Số đếm"]).value == "Số sáng kiến"
    rules.cell(3, titles["Câu hỏi"]).value = "Có báo cáo không?"
    book.save(tmp_path / "a.xlsx")
    found = read_criteria_book((tmp_path / "a.xlsx").read_bytes(), "a.xlsx", SCHEMA)
    assert [say(fault, Language.EN) for fault in found.faults] == []
    assert found.criteria is not None
    assert [criterion.code for criterion in found.criteria.leaves()] == ["1.1", "1.2"]


def test_the_first_sheet_says_of_every_row_how_it_was_understood(proposal: Proposal, tmp_path: Path) -> None:
    write_proposal(tmp_path / "a.xlsx", proposal)
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert "Các cột không đọc: Điểm Tự chấm; Ghi chú." in lines[0]
    assert [line[1] for line in lines[1:]] == [row.row for row in proposal.rows]
    assert all(
        (line[6] is not None) == bool(row.doubts) for line, row in zip(lines[1:], proposal.rows, strict=True)
    )


cells = st.one_of(
    st.none(),
    st.sampled_from(
        ["I", "1", "1.1", "a)", "Tổng cộng", "Ghi chú", "- Đạt 100%: 1 điểm", "mỗi", "trừ 1 điểm", "=A1"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20),
    st.floats(allow_nan=False),
    st.integers(),
    st.datetimes(),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.tuples(cells, cells, cells, cells), max_size=12))
def test_whatever_the_table_holds_each_row_is_accounted_for(rows: list[tuple[Any, ...]]) -> None:
    found = propose(workbook(("STT", "Tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng"), *rows), "a.xlsx")
    for row in found.rows:
        assert row.meaning is not Meaning.UNKNOWN or row.doubts
        for message in (*row.understood, *row.doubts):
            say(message, Language.EN)
    codes = [row.code for row in found.rows if row.meaning is Meaning.CRITERION]
    own = [
        doubt.values["code"] for row in found.rows for doubt in row.doubts if doubt.code == "table.own_part"
    ]
    assert sorted([*codes, *own]) == sorted(nodes(found.tree["criteria"]))
