"""A workbook that means harm, or is only broken in an odd way, ends in a clear refusal, soon and in little memory."""

from __future__ import annotations

import io
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from exports.spreadsheets import grid, opening
from exports.spreadsheets.cells import escaped
from exports.spreadsheets.grid import read_grids, unescaped
from exports.spreadsheets.opening import NotAWorkbook, WorkbookHasMacros, WorkbookTooLarge
from tests.exports.spreadsheets.books import MAIN, replaced, with_texts

if TYPE_CHECKING:
    from parindex_desktop.domain.errors import UserError

SHEET = "xl/worksheets/sheet1.xml"
HEAD = f'<worksheet xmlns="{MAIN}">{{dimension}}<sheetData>'
FOOT = "</sheetData>{more}</worksheet>"


def workbook(
    rows: str = "", *, more: str = "", dimension: str = "", parts: dict[str, bytes] | None = None
) -> bytes:
    """A workbook whose sheet has `rows` as they are."""
    sound = io.BytesIO()
    Workbook().save(sound)
    sheet = f"{HEAD.format(dimension=dimension)}{rows}{FOOT.format(more=more)}".encode()
    return replaced(sound.getvalue(), {SHEET: sheet, **(parts or {})})


def text(place: str, value: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def in_little(data: bytes, megabytes: int = 60) -> list[grid.Grid]:
    tracemalloc.start()
    try:
        return read_grids(data, "a.xlsx")
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < megabytes * 1024 * 1024


def test_a_million_empty_rows_hide_nothing() -> None:
    empty = "".join(f'<row r="{number}"/>' for number in range(2, 400_000))
    last = f'<row r="1048576">{text("B1048576", "cuối")}</row>'
    data = workbook(f'<row r="1">{text("A1", "đầu")}</row>{empty}{last}')
    (sheet,) = read_grids(data, "a.xlsx")
    assert {place: each.value for place, each in sheet.cells.items()} == {
        (1, 1): "đầu",
        (1_048_576, 2): "cuối",
    }


def test_empty_rows_take_no_memory() -> None:
    empty = "".join(f'<row r="{number}"/>' for number in range(2, 50_000))
    (sheet,) = in_little(workbook(empty), megabytes=40)
    assert sheet.cells == {}


def test_a_claimed_size_is_not_believed() -> None:
    rows = "".join(f'<row r="{number}">{text(f"XFD{number}", "x")}</row>' for number in range(1, 2000))
    (sheet,) = in_little(workbook(rows, dimension='<dimension ref="A1:XFD1048576"/>'))
    assert sheet.cells == {}


def test_more_cells_than_any_list_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_CELLS", 1000)
    rows = "".join(f'<row r="{number}">{text(f"A{number}", "x")}</row>' for number in range(1, 1003))
    with pytest.raises(WorkbookTooLarge, match=r"a\.xlsx"):
        read_grids(workbook(rows), "a.xlsx")


def test_one_text_in_every_cell_is_refused() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_000))
    with pytest.raises(WorkbookTooLarge):
        in_little(with_texts(workbook(rows), ["x" * 1_000_000]))


def test_merged_cells_over_everything_are_refused() -> None:
    rows = "".join(f'<row r="{number}">{text(f"A{number}", "x")}</row>' for number in range(1, 5000))
    merged = "".join(f'<mergeCell ref="A1:CV{number}"/>' for number in range(4900, 5000))
    with pytest.raises(WorkbookTooLarge):
        in_little(workbook(rows, more=f"<mergeCells>{merged}</mergeCells>"))


def test_a_bomb_is_not_unpacked() -> None:
    data = workbook(parts={"xl/media/zeros.bin": bytes(opening.LARGEST + 1)})
    assert len(data) < 100_000
    with pytest.raises(WorkbookTooLarge):
        in_little(data, megabytes=5)


@pytest.mark.parametrize(
    ("parts", "refused"),
    [
        ({"xl/vbaProject.bin": b"x"}, WorkbookHasMacros),
        ({"xl/macrosheets/sheet1.xml": b"<x/>"}, WorkbookHasMacros),
        (
            {
                "[Content_Types].xml": b'<Types><Override ContentType="application/macroEnabled.main+xml"/></Types>'
            },
            WorkbookHasMacros,
        ),
        (
            {
                SHEET: '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode(
                    "utf-16"
                )
            },
            NotAWorkbook,
        ),
        ({SHEET: b"<worksheet><sheetData><row r='1'><c r='A1'"}, NotAWorkbook),
        ({SHEET: b""}, NotAWorkbook),
    ],
)
def test_anything_else_is_refused_by_name(parts: dict[str, bytes], refused: type[UserError]) -> None:
    with pytest.raises(refused, match=r"a\.xlsx"):
        read_grids(workbook(parts=parts), "a.xlsx")


def test_links_to_other_files_are_not_followed() -> None:
    formula = '<row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>5</v></c></row>'
    (sheet,) = read_grids(workbook(formula, parts={"xl/externalLinks/externalLink1.xml": b"<x/>"}), "a.xlsx")
    assert sheet.cells[1, 1].kind == "f"


@pytest.mark.parametrize(
    "value", ["_x0041_", "a_x000D_b", "_x005F_x0041_", "\ufffe\uffff", "thường", "_xyz_"]
)
def test_what_looks_like_an_escape_stays_what_it_is(value: str) -> None:
    assert unescaped(escaped(value)) == value


def test_a_long_run_of_begun_merges_is_passed_over_at_once() -> None:
    """Each one searched to the end of the sheet would take an hour."""
    data = workbook(f'<row r="1">{text("A1", "đầu")}</row>', more=f"<!--{'<mergeCell ' * 200_000}-->")
    (sheet,) = read_grids(data, "a.xlsx")
    assert sheet.merged == ()
    assert [each.value for each in sheet.cells.values()] == ["đầu"]
