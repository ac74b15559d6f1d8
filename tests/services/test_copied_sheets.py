"""Last year's figures in the spreadsheet: whoever fills it sees that they are, and only a change confirms them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from exports.spreadsheets.form_cells import COLUMNS, NOT_CONFIRMED
from parindex_desktop.services import copying, filling, form_sheets
from resources import Language, say
from tests.offices import leaf
from tests.services.test_form_sheets import DENOMINATOR, NUMERATOR, SHEET, type_into, words, written
from tests.versions import hold_last_year

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def office(scene: Scene) -> Office:
    return scene.office("ban-ho")


@pytest.fixture
def form(scene: Scene, office: Office, tmp_path: Path) -> Form:
    """1.2 and 1.5 are copied from last year."""
    hold_last_year(scene.office("province"), office, tmp_path)
    form = filling.open_form(office)
    return copying.copy_forward(office, form, [leaf(form, "1.2"), leaf(form, "1.5")])


def sheet_of(book: Path) -> Worksheet:
    return load_workbook(book)[SHEET]


def beside(sheet: Worksheet, form: Form, code: str) -> list[str | None]:
    """The state of a criterion's row and of the rows of its figures."""
    rows = {sheet.cell(row, COLUMNS["row"]).value: row for row in range(1, sheet.max_row + 1)}
    own = [row for name, row in rows.items() if name and str(name).startswith(leaf(form, code).id)]
    return [sheet.cell(row, COLUMNS["status"]).value for row in sorted(own)]


def fills(sheet: Worksheet, form: Form, code: str) -> set[str]:
    rows = {sheet.cell(row, COLUMNS["row"]).value: row for row in range(1, sheet.max_row + 1)}
    return {
        sheet.cell(row, COLUMNS["value"]).fill.fgColor.rgb[2:]
        for name, row in rows.items()
        if name and str(name).startswith(f"{leaf(form, code).id}/input")
    }


def test_what_was_copied_is_marked_in_words_and_colour_with_a_legend(
    office: Office, form: Form, tmp_path: Path
) -> None:
    assert form.sheet("1.2").unconfirmed == ("figures", "explanation")
    sheet = sheet_of(written(office, form, tmp_path))
    assert beside(sheet, form, "1.2") == [f"{NOT_CONFIRMED}: Giải trình", NOT_CONFIRMED, NOT_CONFIRMED]
    assert beside(sheet, form, "3.7") == [None, None, None]
    assert fills(sheet, form, "1.2") == {"FFD8A8"}
    assert fills(sheet, form, "3.7") == {"FFF9DB"}
    head = [str(sheet.cell(row, 1).value) for row in range(1, 7)]
    assert any(NOT_CONFIRMED in line and "chép từ năm trước" in line for line in head)
    assert not sheet.column_dimensions["F"].hidden


def test_what_is_confirmed_bears_no_mark(office: Office, form: Form, tmp_path: Path) -> None:
    for code in ("1.2", "1.5"):
        form = copying.confirm(office, form, leaf(form, code))
    sheet = sheet_of(written(office, form, tmp_path))
    assert beside(sheet, form, "1.2") == [None, None, None]
    assert fills(sheet, form, "1.2") == {"FFF9DB"}
    assert sheet.column_dimensions["F"].hidden
    assert not any(NOT_CONFIRMED in str(sheet.cell(row, 1).value) for row in range(1, 8))


def test_a_sheet_that_comes_back_as_it_was_confirms_nothing_and_says_so(
    office: Office, form: Form, tmp_path: Path
) -> None:
    preview = form_sheets.look_at_sheet(form, written(office, form, tmp_path))
    assert not preview.changes
    assert not words(preview)
    assert preview.remark is not None
    sentence = say(preview.remark, Language.EN)
    assert sentence.startswith("Parts copied from last year that the spreadsheet leaves as they are: 4.")
    form = form_sheets.take_sheet(office, form, preview, {})
    assert form.sheet("1.2").unconfirmed == ("figures", "explanation")


def test_what_the_sheet_changes_is_confirmed_with_it_and_nothing_else(
    office: Office, form: Form, tmp_path: Path
) -> None:
    whole = form.sheet("1.2").answer.inputs["denominator"]
    book = type_into(written(office, form, tmp_path), form, {("1.2", NUMERATOR): 1})
    preview = form_sheets.look_at_sheet(form, book)
    assert preview.unconfirmed == 3
    form = form_sheets.take_sheet(office, form, preview, {})
    assert form.sheet("1.2").answer.inputs == {"numerator": "1", "denominator": whole}
    assert form.sheet("1.2").unconfirmed == ("explanation",), "the figures of a criterion go together"
    assert form.sheet("1.5").unconfirmed == ("figures", "explanation")
    assert filling.open_form(office).assessment == form.assessment


def test_the_other_figure_of_a_changed_one_is_confirmed_too(
    office: Office, form: Form, tmp_path: Path
) -> None:
    book = type_into(
        written(office, form, tmp_path), form, {("1.2", DENOMINATOR): 999, ("1.2", "explanation"): "Năm nay"}
    )
    form = form_sheets.take_sheet(office, form, form_sheets.look_at_sheet(form, book), {})
    assert form.sheet("1.2").unconfirmed == ()
    form = copying.confirm(office, form, leaf(form, "1.5"))
    assert form_sheets.look_at_sheet(form, book).remark is None
