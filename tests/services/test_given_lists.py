"""Figures as a spreadsheet: what is written is read again; looked at first, taken over whole or not at all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook

from parindex_desktop.services import given_lists, giving, register, upkeep
from parindex_desktop.services.giving import FiguresFaulty, FiguresMovedOn
from resources import Language, say
from tests.comparing import CODE, YEAR, comparing_province
from tests.offices import UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from parindex_desktop.domain.given_boards import Board
    from parindex_desktop.services.giving import Proposal
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return comparing_province(scene)


def board_of(province: Office) -> Board:
    (board,) = giving.boards(province, YEAR)
    return board


def unit_id(province: Office, code: str) -> str:
    return register.current_kit(province).unit_of_code(code).id


def given_all(province: Office) -> None:
    """One figure of each kind."""
    board = board_of(province)
    typed = {
        (unit_id(province, "03001"), "1.3/previous"): "1.200",
        (unit_id(province, "03002"), "1.3/previous"): "0",
        ("commune", "1.1/event"): "05/01/2026",
        (unit_id(province, "03001"), "1.1/event"): "15/01/2026",
    }
    kinds = {
        figure.spec.kind: figure for figure in board.figures if figure.spec.options or not figure.proposed
    }
    for figure in kinds.values():
        typed.setdefault((unit_id(province, "03003"), figure.code), text_for(figure.spec.kind.value, figure))
    giving.give(
        province,
        YEAR,
        {(unit, *board.figure(*code.rsplit("/", 1)).key): text for (unit, code), text in typed.items()},
    )


def text_for(kind: str, figure: Any) -> str:
    known = {"count": "12", "amount": "13,76", "yes_no": "có", "check": "không", "date": "01/02/2026"}
    return known.get(kind) or figure.spec.options[0].title


def test_what_is_written_is_read_as_the_same(province: Office, tmp_path: Path) -> None:
    given_all(province)
    before = register.current_kit(province).given
    given_lists.write_list(province, YEAR, tmp_path / "a.xlsx")
    proposal = given_lists.look_at_list(province, YEAR, tmp_path / "a.xlsx")
    assert (proposal.changes, proposal.faults) == ((), ())
    assert proposal.same == sum(len(inputs) for by in before[YEAR].values() for inputs in by.values())
    giving.give(
        province, YEAR, {(u, c, n): "" for u, by in before[YEAR].items() for c, i in by.items() for n in i}
    )
    assert register.current_kit(province).given == {}
    keys = {(c, n) for by in before[YEAR].values() for c, inputs in by.items() for n in inputs}
    taken = giving.take(province, given_lists.look_at_list(province, YEAR, tmp_path / "a.xlsx"))
    assert len(taken) == proposal.same
    assert register.current_kit(province).given == before
    given_lists.write_list(province, YEAR, tmp_path / "b.xlsx", keys)
    assert given_lists.look_at_list(province, YEAR, tmp_path / "b.xlsx").changes == ()


def test_days_and_numbers_stand_in_the_workbook_as_such(province: Office, tmp_path: Path) -> None:
    given_all(province)
    given_lists.write_list(province, YEAR, tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    codes = {cell.value: cell.column for cell in sheet[2]}
    rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=3)}
    assert list(rows) == ["*", *UNITS]
    assert sheet.cell(rows["*"], codes["1.1/event"]).value == dt.datetime(2026, 1, 5)  # noqa: DTZ001 (as Excel has it)
    assert sheet.cell(rows["03001"], codes["1.3/previous"]).value == 1200
    assert sheet.cell(rows["03001"], 1).number_format == "@"


def workbook(folder: Path, *rows: Sequence[Any], title: str = "Cấp xã") -> Path:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    book.save(folder / "so-lieu.xlsx")
    return folder / "so-lieu.xlsx"


def look(province: Office, folder: Path, *rows: Sequence[Any], **how: str) -> Proposal:
    return given_lists.look_at_list(province, YEAR, workbook(folder, *rows, **how))


def changes(proposal: Proposal) -> list[tuple[str | None, str, str | None]]:
    return [
        (each.unit.code if each.unit else None, each.figure.code, each.after) for each in proposal.changes
    ]


def test_a_list_may_have_only_some_units_and_columns(province: Office, tmp_path: Path) -> None:
    given_all(province)
    proposal = look(
        province,
        tmp_path,
        ("Số liệu năm trước",),
        ("Mã", "Đơn vị", "1.3/previous", "1.1/event", "Ghi chú"),
        ("03001", "", 1300, None, "sửa"),
        (3002, "", "0", "20/1/2026", ""),
    )
    assert proposal.faults == ()
    assert changes(proposal) == [
        ("03001", "1.3/previous", "1300"),
        ("03001", "1.1/event", None),
        ("03002", "1.1/event", "2026-01-20"),
    ]
    assert proposal.same == 1


def test_every_fault_is_named_at_its_place_and_nothing_is_taken_over(
    province: Office, tmp_path: Path
) -> None:
    proposal = look(
        province,
        tmp_path,
        ("Mã", "Đơn vị", "1.3/previous", "1.1/event", "8.88/previous", "1.3/event"),
        ("03001", "", "mười", "=1+1", 5, 6),
        ("99999", "", 1, None, None, None),
        ("", "", 1, None, None, None),
        ("03001", "", 2, None, None, None),
        ("03002", "", 1.5, "31/2/2026", 7, None),
    )
    said = [say(fault, Language.EN) for fault in proposal.faults]
    places = [text.partition("cell ")[2].partition(" ")[0] for text in said]
    assert sorted(places) == ["A3", "A4", "A5", "C2", "C6", "D2", "D6", "E1", "F1"]
    assert all("Cấp xã" in text for text in said)
    with pytest.raises(FiguresFaulty):
        giving.take(province, proposal)
    assert register.current_kit(province).given == {}


def test_the_row_for_all_units_needs_a_sheet_of_one_kind(province: Office, tmp_path: Path) -> None:
    departments = register.import_set(province, register.shipped_sets()["department-2026.json"])
    register.open_period(province, YEAR, [departments])
    rows = (("Mã", "1.1/event"), ("*", "5/1/2026"))
    assert [fault.code for fault in look(province, tmp_path, *rows, title="Sheet1").faults] == [
        "given.sheet_of_nobody"
    ]
    assert changes(look(province, tmp_path, *rows)) == [(None, "1.1/event", "2026-01-05")]


def test_one_figure_said_twice_otherwise_is_a_fault(province: Office, tmp_path: Path) -> None:
    book = Workbook()
    for title, count in (("Cấp xã", 5), ("Cấp xã (2)", 6)):
        sheet = book.create_sheet(title)
        sheet.append(["Mã", f"{CODE}/previous"])
        sheet.append(["03001", count])
    book.save(tmp_path / "a.xlsx")
    (fault,) = given_lists.look_at_list(province, YEAR, tmp_path / "a.xlsx").faults
    assert (fault.code, fault.values["cell"]) == ("given.twice", "B2")


def test_each_kind_of_unit_has_its_sheet(province: Office, tmp_path: Path) -> None:
    departments = register.import_set(province, register.shipped_sets()["department-2026.json"])
    register.open_period(province, YEAR, [departments])
    given_lists.write_list(province, YEAR, tmp_path / "a.xlsx")
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["Sở, ngành", "Cấp xã"]
    assert given_lists.look_at_list(province, YEAR, tmp_path / "a.xlsx").faults == ()


def test_a_list_is_taken_over_after_a_backup(province: Office, tmp_path: Path) -> None:
    titles = ("Mã", "Đơn vị", "1.3/previous")
    one = look(province, tmp_path, titles, ("03001", "", 1))
    assert len(giving.take(province, one)) == 1
    assert not upkeep.backups(province), "a single figure is put back by hand"
    assert (
        len(giving.take(province, look(province, tmp_path, titles, ("03001", "", 2), ("03002", "", 3)))) == 2
    )
    assert [each.reason for each in upkeep.backups(province)] == ["figures"]


def test_what_was_given_since_the_look_is_never_undone(province: Office, tmp_path: Path) -> None:
    board = board_of(province)
    figure, units = board.figure("1.3", "previous"), {unit.code: unit for unit in board.units}
    rows = (("Mã", "Đơn vị", "1.3/previous"), ("03001", "", 1), ("03002", "", 3))
    proposal = look(province, tmp_path, *rows)
    giving.give(province, YEAR, {figure.place(units["03001"]): "7"})
    with pytest.raises(FiguresMovedOn):
        giving.take(province, proposal)
    assert board_of(province).text(units["03001"], figure) == "7"
    assert board_of(province).text(units["03002"], figure) is None
    assert len(giving.take(province, look(province, tmp_path, *rows))) == 2


def test_a_column_is_looked_up_once_however_long_its_title(province: Office, tmp_path: Path) -> None:
    titles = [f"{'1.' * 8000}{number}/previous" for number in range(60)]
    proposal = look(province, tmp_path, ["Mã", *titles], *([f"{3001 + n:05}", *["5"] * 60] for n in range(3)))
    assert len(proposal.faults) == 60
    assert all(len(say(fault, Language.EN)) < 1000 for fault in proposal.faults)
