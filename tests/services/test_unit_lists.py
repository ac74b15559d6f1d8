"""A list of units is looked at first, and taken over whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from parindex_desktop.domain.units import Level
from parindex_desktop.services import register, unit_lists
from parindex_desktop.services.files import FileNotRead
from parindex_desktop.services.unit_lists import UnitListFaulty
from resources import Language, say
from tests.offices import UNITS

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


def workbook(folder: Path, *rows: tuple[Any, ...]) -> Path:
    book = Workbook()
    for row in (("Mã", "Tên", "Cấp", "Mã cấp trên"), *rows):
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
    assert [(each.new.code, each.known, each.before) for each in preview.units] == [
        ("03001", True, ""),
        ("03002", True, UNITS["03002"]),
        ("03009", False, ""),
    ]
    assert register.units(province) == before


def test_a_list_is_taken_over_with_parents_after_their_children(province: Office, tmp_path: Path) -> None:
    source = workbook(tmp_path, ("03009", "Xã Y Tý", "Xã", "082"), ("082", "Huyện Bát Xát", "Huyện"))
    unit_lists.import_units(province, source)
    kit = register.current_kit(province)
    district = kit.unit_of_code("082")
    assert (district.level, district.parent) == (Level.DISTRICT, province.record.unit)
    assert kit.unit_of_code("03009").parent == district.id


def test_a_known_unit_keeps_its_id_under_another_name(province: Office, tmp_path: Path) -> None:
    before = register.current_kit(province).unit_of_code("03002")
    unit_lists.import_units(province, workbook(tmp_path, ("03002", "Phường Tả Van", "Phường")))
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
        unit_lists.import_units(province, source)
    assert len(refused.value.faults) == 1
    assert register.units(province) == before


def test_the_written_list_is_the_one_that_is_read(province: Office, tmp_path: Path) -> None:
    target = tmp_path / "ra.xlsx"
    unit_lists.write_list(province, target)
    preview = unit_lists.look_at_list(province, target)
    assert [each.new.code for each in preview.units] == list(UNITS)
    assert not preview.faults
    assert all(each.known and not each.before for each in preview.units)


def test_a_file_that_is_gone_is_named(province: Office, tmp_path: Path) -> None:
    with pytest.raises(FileNotRead, match="mat"):
        unit_lists.look_at_list(province, tmp_path / "mat.xlsx")
