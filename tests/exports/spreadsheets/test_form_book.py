"""A form goes into a workbook and comes back; what was typed there is read as it was meant, or named with its cell."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from exports.spreadsheets.cells import put
from exports.spreadsheets.form_book import (
    FormBookNewer,
    FormOfOtherSet,
    FormOfOtherUnit,
    FormOfOtherYear,
    NotAFormBook,
    read_form_book,
)
from exports.spreadsheets.form_cells import AT_EXPORT, CLAIMS, TOO_LONG, shown_input, shown_text
from parindex_desktop.domain.answer_parts import APPLICABILITY, GROUND, INPUT
from parindex_desktop.domain.assessments import TEXTS
from parindex_desktop.domain.criteria import CriteriaSet
from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.domain.numbers import rounded
from parindex_desktop.domain.scoring.answers import Applicability
from parindex_desktop.domain.scoring.inputs import InputKind
from parindex_desktop.domain.scoring.totals import signed
from parindex_desktop.services import register
from resources import Language, say
from tests.exports.spreadsheets.books import as_saved_by_calc, replaced
from tests.exports.spreadsheets.forms import (
    CRITERIA,
    UNIT,
    YEAR,
    Parts,
    assessed,
    book_of,
    forms,
    parts_of_leaf,
    place_of,
    read,
    saved,
)
from tests.exports.spreadsheets.formulas import Computer
from tests.exports.spreadsheets.test_form_formulas import expected

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from exports.spreadsheets.form_book import FormRead
    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.errors import UserError

SHEET = "Tự chấm điểm"
RATIO, CHOICE, DEADLINE = (CRITERIA.by_code(code) for code in ("1.2", "2.2", "2.3"))
NUMERATOR = f"{INPUT}numerator"
FILLED: Parts = {
    RATIO.id: {NUMERATOR: "45", f"{INPUT}denominator": "60", "explanation": "Đã báo cáo"},
    CHOICE.id: {f"{INPUT}choice": "bad"},
    DEADLINE.id: {f"{INPUT}date": "2026-01-15", f"{INPUT}event": "2026-01-10"},
}


def said(found: FormRead) -> Parts:
    """What a workbook says, empty cells left out."""
    return {
        criterion: {part: text for part, text in parts.items() if text}
        for criterion, parts in found.said.items()
    }


def typed(value: Any, part: str = NUMERATOR, criterion: Any = RATIO) -> FormRead:
    """What is read where `value` was typed into a cell."""
    book = book_of(assessed(FILLED))
    book[SHEET][place_of(book, criterion, part)].value = value
    return read(book)


def fault(found: FormRead) -> str:
    (only,) = found.faults
    return say(only, Language.EN)


# Points and totals.


def same_totals(assessment: Assessment) -> None:
    """Fail unless every line of the sheet comes to what the engine has computed."""
    book = book_of(assessment)
    sheet = book[SHEET]

    def look(place: str) -> Any:
        name, _, own = place.rpartition("!")
        cell = book[name.strip("'")][own] if name else sheet[own]
        is_text = cell.data_type == "s" and isinstance(cell.value, str) and cell.value.startswith("=")
        return f'="{cell.value}"' if is_text else cell.value

    computer = Computer(look)

    def shown(place: str) -> Any:
        value = computer.value(look(place))
        return rounded(Decimal(value)) if isinstance(value, float) else value

    rows = {sheet.cell(row, 1).value: row for row in range(7, sheet.max_row + 1)}
    totals = assessment.totals
    for criterion in assessment.criteria.walk():
        found = shown(f"E{rows[criterion.code]}")
        if criterion.children:
            assert found == signed(criterion, totals.by_id[criterion.id].points)
        elif criterion.inputs:
            assert found == expected(totals.outcomes[criterion.id], criterion)
    overall = totals.overall
    assert (shown("E5"), shown("C5")) == (overall.points, overall.maximum)
    assert shown("D5") == ("" if overall.percentage is None else overall.percentage)
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert max(map(len, formulas)) <= 8192  # what a cell holds


@settings(max_examples=25)
@given(forms())
def test_the_whole_sheet_comes_to_the_totals_of_the_engine(parts: Parts) -> None:
    same_totals(assessed(parts))


@pytest.mark.parametrize("name", sorted(register.shipped_sets()))
def test_every_set_that_ships_can_be_filled_in_as_a_sheet(name: str) -> None:
    tree = resources.tree(f"criteria/{name}")
    criteria = CriteriaSet.from_tree(tree)
    plain = {InputKind.COUNT: "7", InputKind.AMOUNT: "7.25", InputKind.DATE: "2026-03-31"}
    said: Parts = {}
    for leaf in criteria.leaves():
        for spec in leaf.inputs:
            text = "9" if spec.name == "denominator" else plain.get(spec.kind, "yes")
            options = [option.id for option in spec.options]
            text = options[-1] if spec.kind is InputKind.CHOICE else text
            said.setdefault(leaf.id, {})[f"{INPUT}{spec.name}"] = text
    filled = assessed(said, criteria=criteria)
    same_totals(filled)
    found = read_form_book(saved(book_of(filled)), name, criteria, UNIT, YEAR)
    assert not found.faults
    assert {key: parts for key, parts in found.before.items() if parts} == said
    assert {key: {k: v for k, v in parts.items() if v} for key, parts in found.said.items() if parts} == said


# There and back.


@settings(max_examples=25)
@given(forms())
def test_what_nobody_touches_comes_back_as_it_was(parts: Parts) -> None:
    found = read(book_of(assessed(parts)))
    assert not found.faults
    assert not found.missing
    assert not found.old_texts
    assert said(found) == found.before == parts


@settings(max_examples=25)
@given(forms(), st.data())
def test_what_is_typed_comes_back_as_it_was_typed(parts: Parts, data: st.DataObject) -> None:
    book = book_of(assessed(parts))
    leaf = data.draw(st.sampled_from([leaf for leaf in CRITERIA.leaves() if leaf.inputs]))
    new = data.draw(parts_of_leaf(leaf))
    specs = {f"{INPUT}{spec.name}": spec for spec in leaf.inputs}
    for part in (*specs, *TEXTS, APPLICABILITY, GROUND):
        text = new.get(part, "")
        shown = shown_input(specs[part], text) if text and part in specs else text and shown_text(part, text)
        put(
            book[SHEET][place_of(book, leaf, part)],
            shown,
            "dd/mm/yyyy" if isinstance(shown, date) else "General",
        )
    found = read(book, OldFonts.KEEP)
    assert not found.faults
    assert said(found) == {**parts, leaf.id: new}


def test_another_program_may_save_it() -> None:
    data = as_saved_by_calc(saved(book_of(assessed(FILLED))))
    assert said(read(data)) == {**{leaf.id: {} for leaf in CRITERIA.leaves()}, **FILLED}


def test_rows_may_stand_in_any_order_and_others_between_them() -> None:
    book = book_of(assessed(FILLED))
    sheet = book[SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7)]
    sheet.delete_rows(7, sheet.max_row)
    for row in reversed(rows):
        sheet.append(row)
        sheet.append([None, "Dòng của tôi", None, 12])
    sheet.insert_cols(4)
    sheet["D6"] = "Người nhập"
    sheet.insert_rows(1, 3)
    found = read(book)
    assert not found.faults
    assert said(found)[RATIO.id] == FILLED[RATIO.id]


def test_a_text_is_never_a_formula() -> None:
    book = book_of(assessed({RATIO.id: {"explanation": '=HYPERLINK("http://x")'}}))
    cell = book[SHEET][place_of(book, RATIO, "explanation")]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


# What a person meets.


def test_only_answers_can_be_typed() -> None:
    book = book_of(assessed(FILLED))
    sheet = book[SHEET]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    cells = [(RATIO, part) for part in (NUMERATOR, APPLICABILITY, GROUND, *TEXTS)]
    assert {place_of(book, *each) for each in cells} <= unlocked
    never, always = CRITERIA.by_code("2.9"), CRITERIA.by_code("2.1.1")
    rows = {sheet.cell(row, 1).value: row for row in range(7, sheet.max_row + 1)}
    closed = {f"{column}{rows[never.code]}" for column in "DEFGHIJ"}
    closed |= {f"{column}{rows[always.code]}" for column in "ABCDEFG"}
    assert not closed & unlocked
    assert sheet.freeze_panes == "C7"
    assert sheet.column_dimensions["K"].hidden
    assert sheet.column_dimensions["F"].hidden  # nothing was copied from last year
    assert book[AT_EXPORT].sheet_state == book["Danh mục"].sheet_state == "hidden"


def test_the_head_says_whose_form_it_is() -> None:
    sheet = book_of(assessed(FILLED))[SHEET]
    assert sheet["A1"].value == "PHIẾU TỰ CHẤM ĐIỂM CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM 2026"
    assert sheet["A2"].value == "Ủy ban nhân dân xã Bản Hồ"
    assert sheet["A3"].value == f"Bộ tiêu chí để thử (phiên bản 3, mã {CRITERIA.digest[:12]}). Minh họa"
    assert sheet["A4"].value.startswith("Xuất từ chương trình lúc 09:41 20/11/2026. Đang tự chấm.")


def test_cells_take_only_what_they_ask_for() -> None:
    book = book_of(assessed(FILLED))
    rules = {
        cell: rule
        for rule in book[SHEET].data_validations.dataValidation
        for area in rule.sqref.ranges
        for row in area.rows
        for cell in [f"D{row[0][0]}"]
    }
    figure, choice, day, claim = (
        rules[place_of(book, *each)]
        for each in (
            (RATIO, NUMERATOR),
            (CHOICE, f"{INPUT}choice"),
            (DEADLINE, f"{INPUT}date"),
            (RATIO, APPLICABILITY),
        )
    )
    assert (figure.type, figure.error) == ("whole", "Nhập một số nguyên không âm.")
    assert (choice.type, choice.error) == ("list", "Chọn một trong các giá trị có sẵn.")
    assert (day.type, day.showErrorMessage) == ("list", False)  # a day, or that there is none
    ((title, cells),) = book.defined_names[claim.formula1].destinations
    offered = [cell.value for (cell,) in book[title][cells]]
    assert offered == list(CLAIMS.values())
    assert rules[place_of(book, DEADLINE, f"{INPUT}event")].type == "date"


def test_what_the_province_gives_is_locked() -> None:
    book = book_of(assessed(FILLED, {RATIO.id: {"denominator": "80"}}))
    cell = book[SHEET][place_of(book, RATIO, f"{INPUT}denominator")]
    assert (cell.value, cell.protection.locked) == (80, True)
    assert book[SHEET][f"B{cell.row}"].value == "Tổng số (tỉnh cung cấp)"


def test_a_text_that_no_cell_holds_stays_in_the_program() -> None:
    long = "_x0041_" * 2800  # grows when it is stored
    book = book_of(assessed({RATIO.id: {"explanation": long, "note": "Ngắn"}}))
    cell = book[SHEET][place_of(book, RATIO, "explanation")]
    assert (cell.value, cell.protection.locked) == (TOO_LONG, True)
    assert "explanation" not in read(book).said[RATIO.id]


# What may stand in a cell.


@pytest.mark.parametrize(
    ("value", "part", "criterion", "read_as"),
    [
        (50, NUMERATOR, RATIO, "50"),
        (50.0, NUMERATOR, RATIO, "50"),
        ("1.200", NUMERATOR, RATIO, "1200"),
        (None, NUMERATOR, RATIO, ""),
        ("  ", NUMERATOR, RATIO, ""),
        ("12,5", f"{INPUT}numerator", CRITERIA.by_code("1.3"), "12.5"),
        (12.5, f"{INPUT}numerator", CRITERIA.by_code("1.3"), "12.5"),
        (0.1 + 0.2, f"{INPUT}numerator", CRITERIA.by_code("1.3"), "0.3"),
        ("đạt", f"{INPUT}answer", CRITERIA.by_code("1.1"), "yes"),
        (unicodedata.normalize("NFD", "Không đạt"), f"{INPUT}answer", CRITERIA.by_code("1.1"), "no"),
        ("chưa tốt", f"{INPUT}choice", CHOICE, "bad"),
        ("good", f"{INPUT}choice", CHOICE, "good"),
        (date(2026, 2, 3), f"{INPUT}date", DEADLINE, "2026-02-03"),
        (datetime.fromisoformat("2026-02-03T10:30:00"), f"{INPUT}date", DEADLINE, "2026-02-03"),
        ("3/2/2026", f"{INPUT}date", DEADLINE, "2026-02-03"),
        ("Chưa báo cáo", f"{INPUT}date", DEADLINE, "not_done"),
        ("không phát sinh", APPLICABILITY, RATIO, "nothing_arose"),
        ("Áp dụng", APPLICABILITY, RATIO, ""),
        (unicodedata.normalize("NFD", "Đã đủ"), "explanation", RATIO, "Đã đủ"),
        (2026, "note", RATIO, "2026"),
    ],
)
def test_it_is_read_as_it_was_meant(value: Any, part: str, criterion: Any, read_as: str) -> None:
    found = typed(value, part, criterion)
    assert not found.faults
    assert found.said[criterion.id][part] == read_as


@pytest.mark.parametrize(
    ("value", "part", "criterion", "sentence"),
    [
        ("=1+1", NUMERATOR, RATIO, "This is a formula"),
        ("=A1", "explanation", RATIO, "This is a formula"),
        (1.5, NUMERATOR, RATIO, "“1.5” is not a whole number"),
        (1.234, NUMERATOR, RATIO, "“1.234” is not a whole number"),
        (-1, NUMERATOR, RATIO, "“-1” is not a whole number"),
        (10**15, NUMERATOR, RATIO, "larger than the program can hold"),
        (1.239, f"{INPUT}numerator", CRITERIA.by_code("1.3"), "“1.239” is not a number"),
        (True, NUMERATOR, RATIO, "neither a text nor a whole number"),
        ("khoảng 50", NUMERATOR, RATIO, "“khoảng 50” is not a whole number"),
        (date(2026, 1, 2), NUMERATOR, RATIO, "A date stands here (02/01/2026), a number belongs here"),
        ("Vừa", f"{INPUT}choice", CHOICE, "“Vừa” is not offered here"),
        ("?", f"{INPUT}answer", CRITERIA.by_code("1.1"), "neither yes nor no"),
        ("46000", f"{INPUT}date", DEADLINE, "“46000” is not a date"),
        ("31/02/2026", f"{INPUT}date", DEADLINE, "is not a date"),
        ("không phát sinh", APPLICABILITY, CHOICE, "Criterion 2.2 does not allow “không phát sinh”"),
        ("x" * 1001, GROUND, RATIO, "1,001 characters"),
        ("x" * 20_001, "note", RATIO, "20,001 characters"),
    ],
)
def test_what_cannot_be_meant_is_named_with_its_cell(
    value: Any, part: str, criterion: Any, sentence: str
) -> None:
    found = typed(value, part, criterion)
    place = place_of(book_of(assessed(FILLED)), criterion, part)
    assert f"Sheet “{SHEET}”, cell {place} (column “" in fault(found)
    assert sentence in fault(found)
    assert part not in found.said[criterion.id]


def test_a_number_of_any_length_is_a_fault() -> None:
    """The library itself writes none that a float cannot hold."""
    book = book_of(assessed(FILLED))
    book[SHEET][place_of(book, RATIO, NUMERATOR)].value = 123_454_321
    data = saved(book)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {
            name: content.replace(b"<v>123454321</v>", b"<v>1%s</v>" % (b"0" * 400))
            for name in archive.namelist()
            if b"123454321" in (content := archive.read(name))
        }
    assert "larger than the program can hold" in fault(read(replaced(data, parts)))


def test_a_percentage_is_no_figure() -> None:
    book = book_of(assessed(FILLED))
    cell = book[SHEET][place_of(book, RATIO, NUMERATOR)]
    cell.value, cell.number_format = 0.5, "0%"
    assert "A percentage stands here" in fault(read(book))


def test_all_faults_are_named_at_once() -> None:
    book = book_of(assessed(FILLED))
    for part in (NUMERATOR, f"{INPUT}denominator"):
        book[SHEET][place_of(book, RATIO, part)].value = "nhiều"
    assert len(read(book).faults) == 2


# Old fonts.


def test_a_text_of_an_old_font_is_asked_about_converted_or_kept() -> None:
    book = book_of(assessed(FILLED))
    book[SHEET][place_of(book, RATIO, "note")].value = "B¶o Th¾ng"
    asked = read(book)
    assert "was typed with an old font (TCVN3 (ABC)) and would read “Bảo Thắng”" in fault(asked)
    assert [each.after for each in asked.old_texts] == ["Bảo Thắng"]
    for choice, text in ((OldFonts.CONVERT, "Bảo Thắng"), (OldFonts.KEEP, "B¶o Th¾ng")):
        found = read(book, choice)
        assert not found.faults
        assert found.said[RATIO.id]["note"] == text


def test_an_old_text_that_was_there_before_is_nobodys_fault() -> None:
    assert not read(book_of(assessed({RATIO.id: {"note": "B¶o Th¾ng"}}))).faults


# Files that are not of this form.


def at_export(book: Workbook, name: str, value: str | None) -> Workbook:
    """`book` with another fact on its hidden sheet."""
    for row in book[AT_EXPORT].iter_rows(max_row=7):
        if row[0].value == name:
            row[1].value = value
    return book


@pytest.mark.parametrize(
    ("name", "value", "refused", "sentence"),
    [
        ("unit", "xa-ta-van", FormOfOtherUnit, "the self-assessment of “Ủy ban nhân dân xã Bản Hồ”"),
        ("year", "2025", FormOfOtherYear, "the self-assessment of 2025, the year chosen here is 2026"),
        ("set", "0" * 64, FormOfOtherSet, "under version 3 of the criteria set"),
        ("version", "2", FormBookNewer, "newer version of this program"),
        ("version", "một", NotAFormBook, "Khi xuất"),
        ("version", None, NotAFormBook, "Khi xuất"),
        ("at", "hôm qua", NotAFormBook, "Khi xuất"),
        ("at", "2026-11-20T09:00:00", NotAFormBook, "Khi xuất"),
        ("unit_name", None, NotAFormBook, "Khi xuất"),
    ],
)
def test_the_file_of_another_form_is_refused_by_name(
    name: str, value: str | None, refused: type[UserError], sentence: str
) -> None:
    with pytest.raises(refused) as caught:
        read(at_export(book_of(assessed(FILLED)), name, value))
    said = say(caught.value.message, Language.EN)
    assert "phieu.xlsx" in said
    assert sentence in said


def without_hidden_sheet(book: Workbook) -> None:
    del book[AT_EXPORT]


def without_a_column(book: Workbook) -> None:
    book[SHEET].delete_cols(8)


def with_the_sheet_twice(book: Workbook) -> None:
    book.copy_worksheet(book[SHEET])


def with_a_claim_of_its_own(book: Workbook) -> None:
    book[AT_EXPORT].append([f"{RATIO.id}/{APPLICABILITY}", "gì đó"])


@pytest.mark.parametrize(
    "damage", [without_hidden_sheet, without_a_column, with_the_sheet_twice, with_a_claim_of_its_own]
)
def test_what_lost_a_part_of_itself_is_no_form_any_more(damage: Any) -> None:
    book = book_of(assessed(FILLED))
    damage(book)
    with pytest.raises(NotAFormBook):
        read(book)


def test_a_row_that_stands_twice_is_a_fault() -> None:
    book = book_of(assessed(FILLED))
    sheet = book[SHEET]
    row = sheet[place_of(book, RATIO, NUMERATOR)].row
    sheet.append([cell.value for cell in sheet[row]])
    assert f"This row stands in row {row} too" in fault(read(book))


def test_merged_cells_are_a_fault() -> None:
    book = book_of(assessed(FILLED))
    book[SHEET].merge_cells("D8:D9")
    assert "cells D8:D9 are merged" in say(read(book).faults[0], Language.EN)


def test_a_row_that_is_gone_is_told() -> None:
    book = book_of(assessed(FILLED))
    book[SHEET].delete_rows(book[SHEET][place_of(book, RATIO, NUMERATOR)].row)
    found = read(book)
    assert found.missing == (RATIO,)
    assert NUMERATOR not in found.said[RATIO.id]


def test_words_of_the_form_are_those_of_the_screen() -> None:
    assert say("Nothing arose", Language.VI) == CLAIMS[Applicability.NOTHING_AROSE]
    assert say("Not applicable", Language.VI) == CLAIMS[Applicability.NOT_APPLICABLE]
    assert say("Met", Language.VI) == "Đạt"
