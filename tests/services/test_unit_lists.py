"""A list of units is looked at first, and taken over whole or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook

from parindex_desktop.domain.body_changes import NewBody
from parindex_desktop.domain.unit_changes import NewUnit
from parindex_desktop.domain.units import BodyKind, Level
from parindex_desktop.services import bodies, register, unit_lists
from parindex_desktop.services.files import FileNotRead
from parindex_desktop.services.unit_lists import UnitListFaulty
from resources import Language, say
from tests.offices import UNITS, holdings, take_units

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


TITLES = ("Mã", "Tên", "Cấp", "Mã cấp trên")


def workbook(folder: Path, *rows: tuple[Any, ...], titles: tuple[str, ...] = TITLES) -> Path:
    book = Workbook()
    for row in (titles, *rows):
        book.active.append(list(row))
    book.save(folder / "danh-muc.xlsx")
    return folder / "danh-muc.xlsx"


def faults(province: Office, source: Path) -> list[str]:
    return [say(fault, Language.EN) for fault in unit_lists.look_at_list(province, source).faults]


def test_looking_tells_what_is_new_and_what_is_renamed_and_changes_nothing(
    province: Office, tmp_path: Path
) -> None:
    before = register.units(province)
    source = workbook(
        tmp_path,
        ("03001", UNITS["03001"], "Xã"),
        ("03002", "Phường Tả Van", "Phường"),
        ("03009", "Xã Y Tý", "Xã"),
    )
    preview = unit_lists.look_at_list(province, source)
    assert [(each.new.code, each.old is not None, set(each.changed)) for each in preview.units] == [
        ("03001", True, set()),
        ("03002", True, {"name"}),
        ("03009", False, set()),
    ]
    assert [each.matters for each in preview.units] == [False, True, True]
    assert register.units(province) == before


def test_a_list_is_taken_over_with_parents_after_their_children(province: Office, tmp_path: Path) -> None:
    source = workbook(tmp_path, ("03009", "Xã Y Tý", "Xã", "082"), ("082", "Huyện Bát Xát", "Huyện"))
    take_units(province, source)
    kit = register.current_kit(province)
    district = kit.unit_of_code("082")
    assert (district.level, district.parent) == (Level.DISTRICT, province.record.unit)
    assert kit.unit_of_code("03009").parent == district.id


def test_a_known_unit_keeps_its_id_under_another_name(province: Office, tmp_path: Path) -> None:
    before = register.current_kit(province).unit_of_code("03002")
    take_units(province, workbook(tmp_path, ("03002", "Phường Tả Van", "Phường")))
    after = register.current_kit(province).unit_of_code("03002")
    assert (after.id, after.name) == (before.id, "Phường Tả Van")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("03001", "Sở Tư pháp", "Sở")], "cell C2 (column “Cấp”): The code 03001 belongs to"),
        ([("03009", "Xã Y Tý", "Xã", "999")], "cell D2 (column “Mã cấp trên”): No unit has the code 999"),
        ([("03009", "Xã Y Tý", "Xã", "03009")], "below itself"),
        ([("081", "Huyện A", "Huyện", "082"), ("082", "Huyện B", "Huyện", "081")], "below itself"),
    ],
)
def test_what_the_register_has_against_it_is_a_fault_too(
    province: Office, tmp_path: Path, rows: list[tuple[Any, ...]], said: str
) -> None:
    assert said in faults(province, workbook(tmp_path, *rows))[0]


def test_a_faulty_list_is_refused_as_a_whole(province: Office, tmp_path: Path) -> None:
    before = register.units(province)
    source = workbook(tmp_path, ("03009", "Xã Y Tý", "Xã"), ("", "Xã Không Mã", "Xã"))
    with pytest.raises(UnitListFaulty) as refused:
        take_units(province, source)
    assert len(refused.value.faults) == 1
    assert register.units(province) == before


def test_the_written_list_is_the_one_that_is_read(province: Office, tmp_path: Path) -> None:
    target = tmp_path / "ra.xlsx"
    unit_lists.write_list(province, target)
    preview = unit_lists.look_at_list(province, target)
    assert [each.new.code for each in preview.units] == list(UNITS)
    assert not preview.faults
    assert not any(each.matters for each in preview.units)


DAYS = (*TITLES[:3], "Khối", "Đến ngày", "Đơn vị kế tục")


def test_a_list_ends_units_with_their_successors(province: Office, tmp_path: Path) -> None:
    source = workbook(
        tmp_path,
        ("03001", "Xã Bản Hồ", "Xã", "Khối xã", dt.date(2026, 6, 30), "03002; 03009"),
        ("03009", "Xã Y Tý", "Xã", "Khối xã", None, ""),
        titles=DAYS,
    )
    take_units(province, source)
    kit = register.current_kit(province)
    ended, first, second = (kit.unit_of_code(code) for code in ("03001", "03002", "03009"))
    assert (ended.valid_to, ended.block) == (dt.date(2026, 6, 30), "Khối xã")
    assert set(ended.successors) == {first.id, second.id}


def test_a_column_that_is_not_there_leaves_what_is_known(province: Office, tmp_path: Path) -> None:
    register.add_units(province, [NewUnit("082", "Huyện Bát Xát", Level.DISTRICT)])
    known = NewUnit("03001", UNITS["03001"], Level.COMMUNE, "082", "Khối xã", valid_from=dt.date(2025, 7, 1))
    register.add_units(province, [known])
    preview = unit_lists.look_at_list(
        province, workbook(tmp_path, ("03001", "Xã Bản Hồ", "Xã"), titles=TITLES[:3])
    )
    assert preview.units[0].new == replace(known, name="Xã Bản Hồ")
    emptied = unit_lists.look_at_list(
        province, workbook(tmp_path, ("03001", UNITS["03001"], "Xã", "", None, ""), titles=DAYS)
    )
    assert emptied.units[0].changed == {"block"}


def test_bodies_are_taken_over_and_written_again(province: Office, tmp_path: Path) -> None:
    register.add_units(province, [NewUnit("S01", "Sở Tư pháp", Level.DEPARTMENT)])
    for new in (
        NewBody("Phòng CCHC", BodyKind.ROOM),
        NewBody("Phòng CCHC", BodyKind.ROOM, "S01"),
        NewBody("Báo Lào Cai", BodyKind.ORGANISATION),
        NewBody("Các xã", BodyKind.GROUP, "", (Level.COMMUNE,), ("S01",)),
    ):
        bodies.add_body(province, new)
    before = bodies.bodies(province)
    target = tmp_path / "ra.xlsx"
    unit_lists.write_list(province, target)
    preview = unit_lists.look_at_list(province, target)
    assert not preview.faults
    assert [each.matters for each in preview.bodies] == [False] * 4
    bodies.remove_body(province, before[0])
    unit_lists.take_list(province, unit_lists.look_at_list(province, target))
    again = bodies.bodies(province)
    assert len(again) == 4
    assert {body.id for body in before[1:]} <= {body.id for body in again}


def test_faults_of_units_and_bodies_are_told_together(province: Office, tmp_path: Path) -> None:
    source = workbook(tmp_path, ("03009", "Xã Y Tý", "Xã", "999"))
    book = load_workbook(source)
    sheet = book.create_sheet("Tổ chức khác")
    for row in (("Tên tổ chức", "Loại", "Gồm các đơn vị"), ("Nhóm A", "Nhóm", "998"), ("Nhóm B", "Nhóm", "")):
        sheet.append(row)
    book.save(source)
    before = holdings(province.home)
    said = faults(province, source)
    assert [each.partition(" (")[0] for each in said] == [
        "Sheet “Sheet”, cell D2",
        "Sheet “Tổ chức khác”, cell C2",
        "Sheet “Tổ chức khác”, cell C3",
    ]
    with pytest.raises(UnitListFaulty):
        take_units(province, source)
    assert holdings(province.home) == before


def test_a_file_that_is_gone_is_named(province: Office, tmp_path: Path) -> None:
    with pytest.raises(FileNotRead, match="mat"):
        unit_lists.look_at_list(province, tmp_path / "mat.xlsx")
