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
from parindex_desktop.services.unit_lists import Happens, ListMovedOn, UnitListFaulty
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
    assert [each.happens for each in preview.units] == [Happens.NOTHING, Happens.CHANGED, Happens.NEW]
    assert [say(each, Language.EN) for each in preview.counts()] == [
        "Units: 1 new, 1 changed, 0 end, 1 unchanged."
    ]
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


def listing_blocks(*rows: tuple[str, str], folder: Path) -> Path:
    named = [(code, UNITS.get(code, "Xã Mới"), "Xã", block, None, "") for code, block in rows]
    return workbook(folder, *named, titles=DAYS)


def warnings(province: Office, source: Path) -> list[str]:
    return [say(each, Language.EN) for each in unit_lists.look_at_list(province, source).warnings]


def test_a_block_that_did_not_exist_is_noticed(province: Office, tmp_path: Path) -> None:
    first = listing_blocks(("03001", "Khối xã"), ("03002", "Khối xã"), folder=tmp_path)
    assert warnings(province, first) == ["The list brings the first blocks: “Khối xã” (2 unit(s))."]
    take_units(province, first)
    assert warnings(province, first) == []
    assert warnings(province, listing_blocks(("03003", "Khối  xã"), folder=tmp_path)) == []
    assert warnings(province, listing_blocks(("03003", "Khối phường"), folder=tmp_path)) == [
        "New blocks: “Khối phường” (1 unit(s))."
    ]


@pytest.mark.parametrize("slip", ["Khối xa", "khối xã", "Khối Xã.", "Khốixã"])
def test_a_block_that_is_almost_another_is_noticed(province: Office, tmp_path: Path, slip: str) -> None:
    known = NewUnit("03001", UNITS["03001"], Level.COMMUNE, block="Khối xã")
    register.add_units(province, [known])
    (said,) = warnings(province, listing_blocks(("03002", slip), ("03003", slip), folder=tmp_path))
    assert f"“{slip}” (2 unit(s)), almost like “Khối xã”" in said


def test_of_two_new_spellings_the_rarer_is_the_slip(province: Office, tmp_path: Path) -> None:
    source = listing_blocks(("03001", "Khối xa"), ("03002", "Khối xã"), ("03003", "Khối xã"), folder=tmp_path)
    plain, slip = warnings(province, source)
    assert plain == "The list brings the first blocks: “Khối xã” (2 unit(s))."
    assert "“Khối xa” (1 unit(s)), almost like “Khối xã”" in slip


def test_many_new_blocks_are_summed_up(province: Office, tmp_path: Path) -> None:
    rows = [(f"0400{number}", f"Khối {letter}") for number, letter in enumerate("abcdefghik")]
    (said,) = warnings(province, listing_blocks(*rows, folder=tmp_path))
    assert said.endswith("“Khối h” (1 unit(s)); and 2 more.")


def saved(province: Office) -> list[str]:
    return sorted(path.name.partition("-")[2] for path in (province.home / "backups").glob("*-list.db"))


def test_a_backup_is_made_before_a_list_is_taken_over(province: Office, tmp_path: Path) -> None:
    source = workbook(tmp_path, ("03009", "Xã Y Tý", "Xã"))
    take_units(province, source)
    assert saved(province) == ["list.db"]
    take_units(province, source)
    assert saved(province) == ["list.db"], "nothing changes, so there is nothing to go back from"


def test_what_was_changed_since_the_list_was_looked_at_is_not_undone(
    province: Office, tmp_path: Path
) -> None:
    source = workbook(tmp_path, ("03001", "Xã Bản Hồ", "Xã"), ("03009", "Xã Y Tý", "Xã"))
    for change in (
        NewUnit("03001", "Phường Bản Hồ", Level.COMMUNE),
        NewUnit("03009", "Phường Y Tý", Level.COMMUNE),
    ):
        preview = unit_lists.look_at_list(province, source)
        register.add_units(province, [change])
        before = holdings(province.home)
        with pytest.raises(ListMovedOn):
            unit_lists.take_list(province, preview)
        assert holdings(province.home) == before
    other = unit_lists.look_at_list(province, source)
    register.add_units(province, [NewUnit("03002", "Phường Tả Van", Level.COMMUNE)])
    unit_lists.take_list(province, other)


def test_a_body_that_was_changed_since_is_not_undone(province: Office, tmp_path: Path) -> None:
    bodies.add_body(province, NewBody("Các xã", BodyKind.GROUP, "", (Level.COMMUNE,)))
    target = tmp_path / "ra.xlsx"
    unit_lists.write_list(province, target)
    preview = unit_lists.look_at_list(province, target)
    (group,) = bodies.bodies(province)
    bodies.change_body(province, group, NewBody("Các xã", BodyKind.GROUP, "", (Level.DISTRICT,)))
    with pytest.raises(ListMovedOn):
        unit_lists.take_list(province, preview)


def test_a_room_of_a_unit_that_the_list_brings_is_new_whatever_the_province_has(
    province: Office, tmp_path: Path
) -> None:
    bodies.add_body(province, NewBody("Phòng CCHC", BodyKind.ROOM))
    source = workbook(tmp_path, ("S09", "Sở Mới", "Sở"))
    book = load_workbook(source)
    sheet = book.create_sheet("Tổ chức khác")
    for row in (("Tên tổ chức", "Loại", "Thuộc đơn vị"), ("Phòng CCHC", "Phòng", "S09")):
        sheet.append(row)
    book.save(source)
    take_units(province, source)
    assert len(bodies.bodies(province)) == 2


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
