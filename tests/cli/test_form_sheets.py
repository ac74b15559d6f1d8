"""The form goes out as a spreadsheet on the command line, and what was typed there comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from exports.spreadsheets.form_cells import COLUMNS
from tests.cli.test_bad_input import judged, nothing_changes
from tests.offices import holdings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene


@pytest.fixture
def home(scene: Scene, parindex: Terminal) -> Path:
    home = scene.home("ban-ho")
    parindex.json(
        "form",
        "answer",
        "1.2",
        "--input",
        "numerator=18",
        "--input",
        "denominator=20",
        "--note",
        "Cũ",
        home=home,
    )
    return home


@pytest.fixture
def book(home: Path, parindex: Terminal, tmp_path: Path) -> Path:
    told = parindex.json("form", "export", "-o", tmp_path / "phieu.xlsx", home=home)
    assert told["file"] == str(tmp_path / "phieu.xlsx")
    assert told["year"] == "2026"
    return tmp_path / "phieu.xlsx"


def typed(book: Path, code: str, column: str, value: Any, below: int = 0) -> None:
    """Type into the row of a criterion, or so many rows below it."""
    opened = load_workbook(book)
    sheet = opened.active
    (row,) = [cells[0].row for cells in sheet.iter_rows() if cells[0].value == code]
    sheet.cell(row + below, COLUMNS[column]).value = value
    opened.save(book)


def test_what_was_typed_is_shown_and_taken_over(parindex: Terminal, home: Path, book: Path) -> None:
    typed(book, "1.2", "value", 19, below=1)
    typed(book, "1.2", "note", None)
    typed(book, "1.2", "explanation", "Một hồ sơ chờ ký")
    before = holdings(home)
    looked = parindex.json("form", "import", book, "--dry-run", home=home)
    assert holdings(home) == before
    taken = parindex.json("form", "import", book, home=home)
    assert (looked["taken"], taken["taken"], taken["unconfirmed"]) == (0, 3, 0)
    assert looked["changes"] == taken["changes"]
    assert [(each["part"], each["change"], each["conflict"]) for each in taken["changes"]] == [
        ("figures", "changed", False),
        ("explanation", "new", False),
        ("note", "cleared", False),
    ]
    assert [each.rpartition(": ")[2] for each in taken["changes"][0]["before"]] == ["18"]
    assert taken["changes"][1]["after"] == ["Một hồ sơ chờ ký"]
    (shown,) = [
        each for each in parindex.json("form", "show", home=home)["criteria"] if each["code"] == "1.2"
    ]
    assert shown["inputs"] == {"numerator": "19", "denominator": "20"}
    assert parindex.json("form", "import", book, home=home)["changes"] == []


def test_it_is_told_in_words(parindex: Terminal, home: Path, book: Path) -> None:
    typed(book, "1.2", "note", "Mới")
    said = parindex("--lang", "en", "form", "import", book, "--dry-run", home=home).out.splitlines()
    assert said[1:] == ["1.2 Note: Cũ → Mới", "Nothing was taken over; entries that would change: 1."]
    said = parindex("--lang", "vi", "form", "import", book, home=home).out.splitlines()
    assert said[1:] == ["1.2 Ghi chú của đơn vị: Cũ → Mới", "Số mục đã nhập từ bảng tính: 1."]


@pytest.mark.parametrize(("side", "stands"), [("sheet", "19"), ("form", "17")])
def test_of_what_both_changed_one_side_is_chosen(
    parindex: Terminal, home: Path, book: Path, side: str, stands: str
) -> None:
    typed(book, "1.2", "value", 19, below=1)
    parindex.json("form", "answer", "1.2", "--input", "numerator=17", home=home)
    before = holdings(home)
    for options in ((), ("--dry-run",)):
        waiting = parindex("--lang", "en", "form", "import", book, *options, home=home)
        assert waiting.status == 4
        assert "(both changed)" in waiting.out
        assert "[form_sheet.conflicts]" in waiting.out
    assert holdings(home) == before
    told = parindex.json("form", "import", book, "--conflicts", side, home=home)
    assert told["taken"] == (side == "sheet")
    (shown,) = [
        each for each in parindex.json("form", "show", home=home)["criteria"] if each["code"] == "1.2"
    ]
    assert shown["inputs"]["numerator"] == stands


def test_every_fault_is_named_and_nothing_changes(parindex: Terminal, home: Path, book: Path) -> None:
    typed(book, "1.2", "value", "=1+1", below=1)
    typed(book, "1.2", "value", "nhiều", below=2)
    typed(book, "1.2", "note", "B¶o Th¾ng")
    with nothing_changes(home):
        ran = parindex("--json", "form", "import", book, home=home)
    assert (ran.status, ran.data["error"]["code"]) == (3, "form_sheet.faulty")
    assert [each["code"] for each in ran.data["faults"]] == [
        "book.old_font",
        "units.formula",
        "number.not_a_count",
    ]
    assert ran.data["taken"] == 0
    lines = parindex("form", "import", book, home=home).out.splitlines()[1:]
    assert len(lines) == 4
    assert all(line.startswith("- Trang tính “Tự chấm điểm”, ô ") for line in lines[1:])


def test_old_fonts_are_converted_or_kept(parindex: Terminal, home: Path, book: Path) -> None:
    typed(book, "1.2", "note", "B¶o Th¾ng")
    for choice, text in (("convert", "Bảo Thắng"), ("keep", "B¶o Th¾ng")):
        told = parindex.json("form", "import", book, "--old-fonts", choice, "--dry-run", home=home)
        assert told["changes"][0]["after"] == [text]


def test_files_that_are_none_are_refused_by_name(
    parindex: Terminal, scene: Scene, home: Path, book: Path
) -> None:
    other = scene.home("ta-van")
    list_of_units = scene.folder / "don-vi.xlsx"
    parindex.json("criteria", "export", "commune-2026.json", list_of_units)
    (scene.folder / "a.xlsx").write_bytes(b"%PDF-1.7")
    for home_of, file, code in (
        (other, book, "form_sheet.other_unit"),
        (home, list_of_units, "form_sheet.not_a_form"),
        (home, scene.folder / "a.xlsx", "spreadsheet.not_xlsx"),
        (home, scene.folder / "mat.xlsx", "file.not_read"),
    ):
        with nothing_changes(home):
            judged(parindex("form", "import", file, home=home_of), code)


def test_locked_figures_are_written_out_but_not_taken_over(parindex: Terminal, scene: Scene) -> None:
    home = scene.home("ban-ho-ready")
    said = parindex("--lang", "en", "form", "export", "-o", scene.folder / "phieu.xlsx", home=home).out
    assert said == f"Year of assessment 2026.\nThe form was written to {scene.folder / 'phieu.xlsx'}.\n"
    judged(parindex("form", "import", scene.folder / "phieu.xlsx", home=home), "form.locked")
