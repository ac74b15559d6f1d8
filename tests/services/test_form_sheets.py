"""A form goes out as a spreadsheet, is looked at when it comes back, and taken over whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from exports.spreadsheets.form_book import FormOfOtherUnit
from exports.spreadsheets.form_cells import COLUMNS, column_of, row_name
from parindex_desktop.domain.assessments import FIGURES, read_assessment
from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.inputs import InputKind
from parindex_desktop.services import (
    differences,
    filling,
    form_sheets,
    handing_over,
    locking,
    receiving,
    upkeep,
)
from parindex_desktop.services.files import FileNotRead, FileNotWritten
from parindex_desktop.services.form_sheets import ConflictsOpen, FormMovedOn, FormSheetFaulty, Happens
from resources import Language, say
from tests.offices import PASSPHRASE, Scene, answer, content_of, fill, leaf

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.form_sheets import Change, Preview
    from parindex_desktop.services.homes import Office

SHEET = "Tự chấm điểm"
NUMERATOR, DENOMINATOR = "input/numerator", "input/denominator"


@pytest.fixture
def office(scene: Scene) -> Office:
    return scene.office("ban-ho")


@pytest.fixture
def form(office: Office) -> Form:
    """1.2 and 3.7 are filled in."""
    form = answer(office, filling.open_form(office), "1.2", numerator="18", denominator="20")
    form = answer(office, form, "3.7", numerator="456", denominator="1200")
    return filling.set_text(office, form, leaf(form, "3.7"), "reason", "Thiếu máy quét")


def written(office: Office, form: Form, folder: Path) -> Path:
    form_sheets.write_sheet(office, form, folder / "phieu.xlsx")
    return folder / "phieu.xlsx"


def type_into(book: Path, form: Form, cells: dict[tuple[str, str], Any]) -> Path:
    """Type values into cells, by code and part."""
    opened = load_workbook(book)
    sheet = opened[SHEET]
    rows = {sheet.cell(row, COLUMNS["row"]).value: row for row in range(1, sheet.max_row + 1)}
    for (code, part), value in cells.items():
        row = rows[row_name(leaf(form, code).id, part)]
        sheet.cell(row, COLUMNS[column_of(part)]).value = value
    opened.save(book)
    return book


def told(change: Change) -> tuple[Any, ...]:
    """What a preview says of an entry, in English."""

    def said(all_said: Any) -> list[str]:
        return [say("{title}: {value}", Language.EN, title=each.title, value=each.value) for each in all_said]

    entry = (change.criterion.code, change.entry, change.happens.value)
    return *entry, said(change.before), said(change.after)


def words(preview: Preview) -> list[str]:
    return [say(each, Language.EN) for each in (*preview.faults, *preview.left_out)]


def test_a_sheet_that_nobody_touched_changes_nothing(office: Office, form: Form, tmp_path: Path) -> None:
    book = written(office, form, tmp_path)
    preview = form_sheets.look_at_sheet(form, book)
    assert not preview.changes
    assert not words(preview)
    before = content_of(office.home)
    assert form_sheets.take_sheet(office, form, preview, {}).assessment == form.assessment
    assert content_of(office.home) == before
    assert "sheet" not in {each.reason for each in upkeep.backups(office)}


def test_what_was_typed_is_told_and_then_taken_over(office: Office, form: Form, tmp_path: Path) -> None:
    book = type_into(
        written(office, form, tmp_path),
        form,
        {
            ("1.2", NUMERATOR): 19,
            ("3.7", NUMERATOR): None,
            ("3.7", DENOMINATOR): None,
            ("3.7", "reason"): None,
            ("3.7", "explanation"): "Chưa có số liệu",
        },
    )
    preview = form_sheets.look_at_sheet(form, book)
    titles = [spec.title for spec in leaf(form, "3.7").inputs]
    assert [told(each) for each in preview.changes] == [
        (
            "1.2",
            "figures",
            "changed",
            [f"{leaf(form, '1.2').inputs[0].title}: 18"],
            [f"{leaf(form, '1.2').inputs[0].title}: 19"],
        ),
        ("3.7", "figures", "cleared", [f"{titles[0]}: 456", f"{titles[1]}: 1,200"], []),
        ("3.7", "explanation", "new", [], ["None: Chưa có số liệu"]),
        ("3.7", "reason", "cleared", ["None: Thiếu máy quét"], []),
    ]
    assert [preview.count(each) for each in Happens] == [1, 1, 2]
    assert not preview.conflicts
    assert filling.open_form(office).assessment == form.assessment  # looking changes nothing
    form = form_sheets.take_sheet(office, form, preview, {})
    assert form.sheet("1.2").answer.inputs == {"numerator": "19", "denominator": "20"}
    assert form.sheet("3.7").answer == Answer()
    assert (form.sheet("3.7").explanation, form.sheet("3.7").reason) == ("Chưa có số liệu", "")
    assert filling.open_form(office).assessment == form.assessment
    assert not form_sheets.look_at_sheet(form, book).changes  # taken over once is taken over


def test_taking_over_makes_a_backup_and_one_line_in_the_journal(
    office: Office, form: Form, tmp_path: Path
) -> None:
    book = type_into(written(office, form, tmp_path), form, {("1.2", NUMERATOR): 19, ("1.2", "note"): "Mới"})
    before = len(upkeep.read_journal(office))
    form_sheets.take_sheet(office, form, form_sheets.look_at_sheet(form, book), {})
    (line,) = upkeep.read_journal(office)[before:]
    assert line.action == "form.sheet_taken"
    assert '"file":"phieu.xlsx"' in line.details
    assert [each.reason for each in upkeep.backups(office)].count("sheet") == 1


def test_claims_are_taken_over_with_their_ground(office: Office, form: Form, tmp_path: Path) -> None:
    code = next(each.code for each in form.criteria.leaves() if each.applies == "if_any" and each.inputs)
    book = type_into(
        written(office, form, tmp_path),
        form,
        {(code, "applicability"): "Không áp dụng", (code, "ground"): "Không được phân cấp"},
    )
    preview = form_sheets.look_at_sheet(form, book)
    assert told(preview.changes[0])[4] == ["None: Not applicable", "None: Ground: Không được phân cấp"]
    form = form_sheets.take_sheet(office, form, preview, {})
    assert form.sheet(code).answer == Answer(Applicability.NOT_APPLICABLE, "Không được phân cấp")


# What was changed in the program meanwhile.


def test_what_only_the_form_changed_stays(office: Office, form: Form, tmp_path: Path) -> None:
    book = type_into(written(office, form, tmp_path), form, {("3.7", "note"): "Ghi chú"})
    form = answer(office, form, "1.2", numerator="17")
    preview = form_sheets.look_at_sheet(form, book)
    assert [each.entry for each in preview.changes] == ["note"]
    form = form_sheets.take_sheet(office, form, preview, {})
    assert form.sheet("1.2").answer.inputs["numerator"] == "17"


def test_what_both_changed_alike_is_no_question(office: Office, form: Form, tmp_path: Path) -> None:
    book = type_into(written(office, form, tmp_path), form, {("1.2", NUMERATOR): 17})
    assert not form_sheets.look_at_sheet(answer(office, form, "1.2", numerator="17"), book).changes


@pytest.mark.parametrize(("of_file", "stands"), [(True, ("18", "25")), (False, ("17", "20"))])
def test_what_both_changed_is_chosen_and_never_mixed(
    office: Office, form: Form, tmp_path: Path, of_file: bool, stands: tuple[str, str]
) -> None:
    book = type_into(
        written(office, form, tmp_path), form, {("1.2", DENOMINATOR): 25, ("1.2", "note"): "Mới"}
    )
    form = answer(office, form, "1.2", numerator="17")
    preview = form_sheets.look_at_sheet(form, book)
    (conflict,) = preview.conflicts
    assert (conflict.entry, preview.count(Happens.CHANGED)) == (FIGURES, 0)
    first, second = (spec.title for spec in conflict.criterion.inputs)
    assert told(conflict)[3:] == ([f"{first}: 17", f"{second}: 20"], [f"{first}: 18", f"{second}: 25"])
    assert [each.value for each in conflict.exported] == [18, 20]
    with pytest.raises(ConflictsOpen, match="1"):
        form_sheets.take_sheet(office, form, preview, {})
    form = form_sheets.take_sheet(office, form, preview, {conflict.key: of_file})
    inputs = form.sheet("1.2").answer.inputs
    assert (inputs["numerator"], inputs["denominator"]) == stands
    assert form.sheet("1.2").note == "Mới"


def test_a_form_that_moved_on_since_it_was_looked_at_is_not_overwritten(
    office: Office, form: Form, tmp_path: Path
) -> None:
    book = type_into(written(office, form, tmp_path), form, {("1.2", NUMERATOR): 19})
    preview = form_sheets.look_at_sheet(form, book)
    answer(office, form, "1.2", numerator="16")
    with pytest.raises(FormMovedOn):
        form_sheets.take_sheet(office, form, preview, {})
    assert filling.open_form(office).sheet("1.2").answer.inputs["numerator"] == "16"


def test_what_is_entered_while_the_backup_is_made_is_not_overwritten(
    office: Office, form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = type_into(written(office, form, tmp_path), form, {("1.2", NUMERATOR): 19})
    preview = form_sheets.look_at_sheet(form, book)
    back_up = type(office).back_up

    def slowly(office: Office, reason: str) -> object:
        answer(office, form, "1.2", numerator="16")
        return back_up(office, reason)

    monkeypatch.setattr(type(office), "back_up", slowly)
    with pytest.raises(FormMovedOn):
        form_sheets.take_sheet(office, form, preview, {})
    assert filling.open_form(office).sheet("1.2").answer.inputs["numerator"] == "16"


def test_criteria_that_become_faulty_or_lose_points_are_told(
    office: Office, form: Form, tmp_path: Path
) -> None:
    cells: dict[tuple[str, str], Any] = {
        ("1.2", NUMERATOR): 30,
        ("3.7", NUMERATOR): 100,
        ("1.3", "input/count"): 2,
    }
    preview = form_sheets.look_at_sheet(form, type_into(written(office, form, tmp_path), form, cells))
    worse = [say(each, Language.EN) for each in form_sheets.worsened(form, preview, {}).values()]
    assert [each.partition(" ")[0] for each in worse] == ["1.2", "3.7"]
    assert "not valid" in worse[0]
    after = form_sheets.take_sheet(office, form, preview, {})
    assert after.sheet("1.2").outcome.points is None
    was, now = form.sheet("3.7").outcome.points, after.sheet("3.7").outcome.points
    assert worse[1].endswith(f"{was} → {now}")


def test_a_conflict_counts_only_where_the_file_wins(office: Office, form: Form, tmp_path: Path) -> None:
    book = type_into(written(office, form, tmp_path), form, {("1.2", NUMERATOR): 30})
    form = answer(office, form, "1.2", numerator="16")
    preview = form_sheets.look_at_sheet(form, book)
    (conflict,) = preview.conflicts
    assert not form_sheets.worsened(form, preview, {})
    assert not form_sheets.worsened(form, preview, {conflict.key: False})
    assert form_sheets.worsened(form, preview, {conflict.key: True})


def test_what_two_machines_differ_in_is_settled_first(scene: Scene, tmp_path: Path) -> None:
    first, second = scene.office("ban-ho"), scene.office("ban-ho-2")
    form = answer(second, filling.open_form(second), "1.2", numerator="10", denominator="20")
    handing_over.export_draft(second, form, PASSPHRASE, tmp_path / "nhap.cchc")
    form = answer(first, filling.open_form(first), "1.2", numerator="11", denominator="20")
    handing_over.export_draft(first, form, PASSPHRASE, tmp_path / "cua-may.cchc")
    receiving.take_in(first, [tmp_path / "nhap.cchc"])
    form = filling.open_form(first)
    assert differences.differences(first)
    book = written(first, form, tmp_path)
    assert all(cell.protection.locked for cell in _row(book, leaf(form, "1.2").id))
    preview = form_sheets.look_at_sheet(form, type_into(book, form, {("1.2", NUMERATOR): 12}))
    assert not preview.changes
    assert words(preview)[0].startswith("1.2: two machines of this office gave different values")


def _row(book: Path, name: str) -> Any:
    sheet = load_workbook(book)[SHEET]
    return next(row for row in sheet.iter_rows() if row[-1].value == name)


# What is refused.


def test_a_faulty_sheet_is_refused_as_a_whole(office: Office, form: Form, tmp_path: Path) -> None:
    book = type_into(
        written(office, form, tmp_path), form, {("1.2", NUMERATOR): "nhiều", ("3.7", NUMERATOR): 500}
    )
    preview = form_sheets.look_at_sheet(form, book)
    assert len(preview.faults) == 1
    with pytest.raises(FormSheetFaulty) as refused:
        form_sheets.take_sheet(office, form, preview, {})
    assert "“nhiều” is not a whole number" in say(refused.value.message, Language.EN)
    assert filling.open_form(office).assessment == form.assessment


def test_locked_figures_are_shown_and_not_changed(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho-ready")
    form = filling.open_form(office)
    book = written(office, form, tmp_path)
    sheet = load_workbook(book)[SHEET]
    assert all(cell.protection.locked for row in sheet.iter_rows() for cell in row)
    assert form.assessment.lock is not None
    assert f"mã đối chiếu {form.assessment.lock.code}: chỉ để xem" in sheet["A4"].value
    with pytest.raises(filling.FormLocked):
        form_sheets.look_at_sheet(form, book)


def test_a_form_that_was_locked_since_is_not_changed(office: Office, form: Form, tmp_path: Path) -> None:
    book = type_into(written(office, form, tmp_path), form, {("1.2", NUMERATOR): 19})
    preview = form_sheets.look_at_sheet(form, book)
    locking.lock(office, form, "Chưa đủ")
    with pytest.raises(filling.FormLocked):
        form_sheets.take_sheet(office, form, preview, {})


def test_the_file_of_another_office_is_refused(
    scene: Scene, office: Office, form: Form, tmp_path: Path
) -> None:
    other = scene.office("ta-van")
    book = written(other, filling.open_form(other), tmp_path)
    with pytest.raises(FormOfOtherUnit, match="Tả Van"):
        form_sheets.look_at_sheet(form, book)


def test_a_row_that_is_gone_leaves_what_it_is_about_and_says_so(
    office: Office, form: Form, tmp_path: Path
) -> None:
    book = written(office, form, tmp_path)
    opened = load_workbook(book)
    sheet = opened[SHEET]
    name = row_name(leaf(form, "1.2").id, NUMERATOR)
    (row,) = [row[-1].row for row in sheet.iter_rows() if row[-1].value == name]
    sheet.delete_rows(row)
    opened.save(book)
    preview = form_sheets.look_at_sheet(form, book)
    assert not preview.changes
    assert words(preview) == [
        "1.2: a row of this criterion is missing in the spreadsheet; what it would say stays as it is."
    ]


def test_old_fonts_are_converted_where_that_is_chosen(office: Office, form: Form, tmp_path: Path) -> None:
    book = type_into(written(office, form, tmp_path), form, {("1.2", "note"): "B¶o Th¾ng"})
    assert len(form_sheets.look_at_sheet(form, book).old_texts) == 1
    (change,) = form_sheets.look_at_sheet(form, book, OldFonts.CONVERT).changes
    assert change.value == "Bảo Thắng"


def test_files_that_cannot_be_read_or_written_are_named(office: Office, form: Form, tmp_path: Path) -> None:
    with pytest.raises(FileNotRead, match="mat"):
        form_sheets.look_at_sheet(form, tmp_path / "mat.xlsx")
    with pytest.raises(FileNotWritten):
        form_sheets.write_sheet(office, form, tmp_path / "khong-co" / "phieu.xlsx")


# The law.


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_typed_stands_in_the_form_afterwards(
    office: Office, tmp_path: Path, data: st.DataObject
) -> None:
    form = fill(office, filling.open_form(office), but=("1.2",))
    asked = [(each, spec) for each in form.criteria.leaves() for spec in each.inputs]
    counts = [(each, spec) for each, spec in asked if spec.kind is InputKind.COUNT]
    chosen = data.draw(st.lists(st.sampled_from(range(len(counts))), min_size=1, max_size=5, unique=True))
    typed = {counts[each]: data.draw(st.none() | st.integers(0, 10**6)) for each in chosen}
    book = type_into(
        written(office, form, tmp_path),
        form,
        {(each.code, f"input/{spec.name}"): value for (each, spec), value in typed.items()},
    )
    before = {each.id: dict(form.assessment.sheets[each.id].answer.inputs) for each, _ in counts}
    form = form_sheets.take_sheet(office, form, form_sheets.look_at_sheet(form, book), {})
    for (each, spec), value in typed.items():
        before[each.id].pop(spec.name, None)
        if value is not None:
            before[each.id][spec.name] = str(value)
    assert {key: form.assessment.sheets[key].answer.inputs for key in before} == before


def test_a_filled_form_goes_out_and_comes_back_unchanged(office: Office, tmp_path: Path) -> None:
    form = fill(office, filling.open_form(office))
    book = written(office, form, tmp_path)
    preview = form_sheets.look_at_sheet(form, book)
    assert not preview.changes
    assert not words(preview)


def test_figures_of_the_province_are_not_taken_from_the_sheet(
    office: Office, form: Form, tmp_path: Path
) -> None:
    given = {leaf(form, "1.2").id: {"denominator": "40"}}
    with_given = _given(form, given)
    book = written(office, with_given, tmp_path)
    assert not form_sheets.look_at_sheet(with_given, book).changes
    type_into(book, form, {("1.2", DENOMINATOR): 41, ("1.2", NUMERATOR): 19})
    preview = form_sheets.look_at_sheet(with_given, book)
    (change,) = preview.changes
    assert change.value == {"applicability": "applicable", "ground": "", "inputs": {"numerator": "19"}}
    assert "is given by the province; what the spreadsheet has instead is passed over." in words(preview)[0]
    assert "cell D" in words(preview)[0]
    # A figure that the province gave after the export is nobody's fault.
    book = written(office, form, tmp_path)
    preview = form_sheets.look_at_sheet(with_given, book)
    assert not preview.changes
    assert not words(preview)


def _given(form: Form, given: dict[str, dict[str, str]]) -> Form:
    """The form under a kit that gives figures."""
    return replace(form, assessment=read_assessment(form.criteria, form.series.state(), given))


def test_every_figure_has_a_title_in_the_sheet(office: Office, form: Form, tmp_path: Path) -> None:
    sheet = load_workbook(written(office, form, tmp_path))[SHEET]
    for each in form.criteria.leaves():
        for spec in each.inputs:
            row = next(
                row for row in sheet.iter_rows() if row[-1].value == row_name(each.id, f"input/{spec.name}")
            )
            assert row[COLUMNS["title"] - 1].value == spec.title
