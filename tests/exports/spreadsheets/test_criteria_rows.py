"""Rows added to a criteria workbook by hand: what may stay empty, what an empty cell wants, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from exports.spreadsheets.criteria_columns import CRITERIA, RULES, SHEETS
from tests.exports.spreadsheets.test_criteria_book import a_set, edited, put, read, sentences, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook

    from exports.spreadsheets.criteria_columns import Sheet


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return written(a_set(), tmp_path_factory.mktemp("book"))


def add(sheet: Sheet, **said: Any) -> Callable[[Workbook], None]:
    """A row with these cells (by the names of their fields) at the end of a sheet."""

    def change(book: Workbook) -> None:
        page = book[sheet.title]
        row = page.max_row + 1
        for number, column in enumerate(sheet.columns, 1):
            page.cell(row, number).value = said.get("_".join(column.key))

    return change


def new_leaf(kind: str, rule: dict[str, Any] | None = None) -> Callable[[Workbook], None]:
    """One more criterion below 2, worth a point, of which only the cells that have no usual value are filled in."""

    def change(book: Workbook) -> None:
        add(CRITERIA, code="2.4", depth=2, title="Mới", maximum=1, rule_kind=kind)(book)
        if rule is not None:
            add(RULES, code="2.4", **rule)(book)
        put("Tiêu chí", "Điểm tối đa", "2", 4)(book)
        put("Bộ tiêu chí", "Tổng điểm tối đa", "", 7.5)(book)

    return change


@pytest.mark.parametrize(
    ("kind", "rule", "part", "filled_in"),
    [
        ("Có / không", {"question": "Có?"}, "documents", {}),
        ("Tỷ lệ", {"numerator": "Số đạt", "denominator": "Tổng số"}, "documents", {"figures": "count"}),
        (
            "Thời hạn",
            {"date": "Ngày ký", "not_done": "Chưa ký", "due_day": "31/12"},
            "documents",
            {"due": {"day": "12-31", "year_offset": 0}},
        ),
        ("Hội đồng cho điểm", None, "judgement", {}),
        ("Chỉ số hài lòng (SIPAS)", None, "survey", {}),
    ],
)
def test_a_new_row_may_leave_out_what_is_usual(
    kind: str, rule: dict[str, Any] | None, part: str, filled_in: dict[str, Any], sound: bytes
) -> None:
    found = read(edited(sound, new_leaf(kind, rule)))
    assert sentences(found) == []
    new = found.tree["criteria"][1]["children"][3]
    assert (new["part"], new["applicability"], new["reason_below_maximum"]) == (part, "always", "required")
    assert filled_in.items() <= new["rule"].items()


def test_what_a_new_row_says_itself_stands(sound: bytes) -> None:
    def change(book: Workbook) -> None:
        new_leaf("Tỷ lệ", {"numerator": "Tiền", "denominator": "Tiền", "figures": "Số thập phân"})(book)
        put("Tiêu chí", "Áp dụng", "2.4", "Nếu có")(book)

    found = read(edited(sound, change))
    new = found.tree["criteria"][1]["children"][3]
    assert (new["applicability"], new["rule"]["figures"]) == ("if_any", "amount")


def test_what_is_no_usual_thing_is_asked_for(sound: bytes) -> None:
    """Which way is the better one is never guessed."""
    rule = {"value": "Năm nay", "previous": "Năm trước"}
    (sentence,) = sentences(read(edited(sound, new_leaf("So với năm trước", rule))))
    assert "(column “Tốt hơn khi”): Something is missing here. Write one of: Cao hơn; Thấp hơn." in sentence


@pytest.mark.parametrize(
    ("sheet", "title", "code", "words"),
    [
        ("Tiêu chí", "Phần", "1.2", "Tài liệu kiểm chứng; Điều tra xã hội học; Hội đồng cho điểm"),
        ("Tiêu chí", "Áp dụng", "1.2", "Luôn áp dụng; Nếu có; Không áp dụng"),
        ("Tiêu chí", "Lý do chưa đạt điểm tối đa", "1.2", "Bắt buộc; Không bắt buộc"),
        ("Cách chấm", "Loại số liệu", "1.1", "Số nguyên; Số thập phân"),
        ("Lịch nghỉ", "Loại", "", "Ngày nghỉ; Làm bù"),
    ],
)
def test_an_emptied_cell_says_which_words_it_takes(
    sheet: str, title: str, code: str, words: str, sound: bytes
) -> None:
    """Nothing is filled in for a row that the program has written: it may have been emptied by mistake."""
    (sentence,) = sentences(read(edited(sound, put(sheet, title, code, None))))
    assert f"(column “{title}”): Something is missing here. Write one of: {words}." in sentence


def test_faults_come_as_the_workbook_shows_their_cells(sound: bytes) -> None:
    def change(book: Workbook) -> None:
        put("Bậc điểm", "Điểm", "1.1", "nhiều")(book)
        put("Cách chấm", "Tử số", "1.1", None)(book)
        put("Cách chấm", "Loại số liệu", "1.1", "chữ")(book)
        put("Tiêu chí", "Phần", "1.2", None)(book)
        put("Tiêu chí", "Tiêu chí", "1.1", None)(book)
        put("Tiêu chí", "Điểm tối đa", "2.3", "x")(book)
        put("Bộ tiêu chí", "Năm", "", "x")(book)
        book["Tiêu chí"].merge_cells("J3:J4")

    found = read(edited(sound, change)).faults
    assert [fault.values.get("cell") or fault.values["cells"] for fault in found] == [
        "B2",
        "J3:J4",
        "D3",
        "G4",
        "E9",
        "D2",
        "E2",
        "E2",
    ]
    order = [sheet.title for sheet in SHEETS]
    told = [order.index(str(fault.values["sheet"])) for fault in found]
    assert told == sorted(told)


def test_a_sheet_that_was_moved_to_the_front_comes_first(sound: bytes) -> None:
    def change(book: Workbook) -> None:
        put("Cách chấm", "Tử số", "1.1", None)(book)
        put("Tiêu chí", "Tiêu chí", "1.1", None)(book)
        book.move_sheet("Cách chấm", -2)

    found = read(edited(sound, change)).faults
    assert [fault.values["sheet"] for fault in found] == ["Cách chấm", "Tiêu chí"]
