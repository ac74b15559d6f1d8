"""A staff list goes to the office's other machine as a spreadsheet: looked at first, taken over whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from parindex_desktop.domain.people import Assignee
from parindex_desktop.services import duties, filling, people, people_lists, upkeep
from parindex_desktop.services.files import FileNotRead, FileNotWritten
from parindex_desktop.services.people import NewPerson, PersonUnknown
from parindex_desktop.services.people_lists import Happens, PeopleListFaulty, PeopleMovedOn
from resources import Language, say
from tests.offices import YEAR, holdings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def office(scene: Scene) -> Office:
    office = scene.office("ban-ho")
    lan = people.add(office, NewPerson("Nguyễn Thị Lan", "công chức", "Văn phòng"))
    people.add(office, NewPerson("Trần Văn Bình", "Phó Chủ tịch"))
    people.set_pin(office, lan, "1234")
    criteria = filling.open_form(office).criteria
    duties.assign(office, YEAR, [criteria.by_code("1")], Assignee(lan))
    duties.assign(office, YEAR, [criteria.by_code("1.3")], duties.to_room("Phòng Kinh tế"))
    return office


@pytest.fixture
def book(office: Office, tmp_path: Path) -> Path:
    people_lists.write_list(office, tmp_path / "can-bo.xlsx")
    return tmp_path / "can-bo.xlsx"


def named(office: Office) -> tuple[list[tuple[str, str, str]], dict[str, str]]:
    """The list and the duties, without what is known on one machine only."""
    listed = [(each.name, each.title, each.room) for each in people.at_work(office)]
    return listed, {criterion: to.name for criterion, to in duties.duties(office, YEAR).items()}


def put(book: Path, sheet: str, cells: dict[str, str | None]) -> Path:
    """The list with other cells."""
    changed = load_workbook(book)
    for place, value in cells.items():
        changed[sheet][place] = value
    changed.save(book)
    return book


def faults(office: Office, book: Path) -> list[str]:
    return [say(fault, Language.EN) for fault in people_lists.look_at_list(office, book).faults]


def test_the_second_machine_gets_the_list_with_its_duties_and_no_pins(
    scene: Scene, office: Office, book: Path
) -> None:
    other = scene.office("ban-ho-2")
    preview = people_lists.look_at_list(other, book)
    assert {each.happens for each in preview.people} == {Happens.ADDED}
    assert named(other) == ([], {})  # looking changes nothing
    people_lists.take_list(other, preview)
    assert named(other) == named(office)
    assert not any(each.has_pin for each in people.people(other))
    assert people_lists.look_at_list(other, book).changes == 0


def test_taking_the_own_list_over_changes_nothing(office: Office, book: Path) -> None:
    before = len(upkeep.read_journal(office))
    people_lists.take_list(office, people_lists.look_at_list(office, book))
    assert len(upkeep.read_journal(office)) == before


def test_what_differs_is_changed_and_who_is_not_listed_stays(office: Office, book: Path) -> None:
    people.add(office, NewPerson("Giàng A Páo"))
    put(book, "Cán bộ", {"B2": "Chủ tịch"})
    put(book, "Phân công", {"C2": "trần văn bình", "C3": None, "D4": None})
    before = named(office)[1]
    people_lists.take_list(office, people_lists.look_at_list(office, book))
    listed, charged = named(office)
    assert listed[0] == ("Trần Văn Bình", "Chủ tịch", "")
    assert [name for name, _, _ in listed] == ["Trần Văn Bình", "Nguyễn Thị Lan", "Giàng A Páo"]
    codes = {code: filling.open_form(office).criteria.by_code(code).id for code in ("1.1", "1.2", "1.3")}
    rest = {criterion: name for criterion, name in before.items() if criterion not in codes.values()}
    assert charged == {**rest, codes["1.1"]: "Trần Văn Bình"}


def test_who_has_left_leaves_the_other_machine_too(scene: Scene, office: Office, book: Path) -> None:
    other = scene.office("ban-ho-2")
    people_lists.take_list(other, people_lists.look_at_list(other, book))
    people.end(office, people.find(office, "Nguyễn Thị Lan"))
    people_lists.write_list(office, book)
    people_lists.take_list(other, people_lists.look_at_list(other, book))
    assert named(other) == named(office)
    assert named(other)[0] == [("Trần Văn Bình", "Phó Chủ tịch", "")]


def test_who_has_left_and_come_again_stays(scene: Scene, office: Office, book: Path) -> None:
    other = scene.office("ban-ho-2")
    people_lists.take_list(other, people_lists.look_at_list(other, book))

    def leave_and_come(times: int) -> None:
        for _ in range(times):
            people.end(office, people.find(office, "Nguyễn Thị Lan"))
            people.add(office, NewPerson("Nguyễn Thị Lan", "công chức", "Văn phòng"))

    leave_and_come(2)
    people_lists.write_list(office, book)
    people_lists.take_list(other, people_lists.look_at_list(other, book))
    assert named(other)[0] == named(office)[0]
    leave_and_come(2)
    people.end(office, people.find(office, "Nguyễn Thị Lan"))
    people_lists.write_list(office, book)
    people_lists.take_list(other, people_lists.look_at_list(other, book))
    assert named(other)[0] == named(office)[0] == [("Trần Văn Bình", "Phó Chủ tịch", "")]


def test_taking_over_makes_a_backup_first(office: Office, book: Path) -> None:
    people_lists.take_list(office, people_lists.look_at_list(office, book))
    assert "list" not in {each.reason for each in upkeep.backups(office)}, "nothing changed"
    put(book, "Cán bộ", {"B2": "Chủ tịch"})
    people_lists.take_list(office, people_lists.look_at_list(office, book))
    assert [each.reason for each in upkeep.backups(office)].count("list") == 1


def change_title(office: Office) -> None:
    binh = people.find(office, "Trần Văn Bình")
    people.change(office, binh, NewPerson(binh.name, "Bí thư"))


def end_and_come(office: Office) -> None:
    people.end(office, people.find(office, "Trần Văn Bình"))
    people.add(office, NewPerson("Trần Văn Bình", "Phó Chủ tịch"))


def assign_elsewhere(office: Office) -> None:
    criteria = filling.open_form(office).criteria
    duties.assign(office, YEAR, [criteria.by_code("1.1")], duties.to_room("Phòng Tư pháp"))


@pytest.mark.parametrize("meanwhile", [change_title, end_and_come, assign_elsewhere])
def test_what_somebody_changed_since_the_look_is_never_undone(
    office: Office, book: Path, meanwhile: Callable[[Office], object]
) -> None:
    put(book, "Cán bộ", {"B2": "Chủ tịch"})
    put(book, "Phân công", {"C2": "Trần Văn Bình"})
    preview = people_lists.look_at_list(office, book)
    assert (preview.changes, [duty.before for duty in preview.duties]) == (2, [("Nguyễn Thị Lan", "")])
    meanwhile(office)
    before = named(office)
    with pytest.raises(PeopleMovedOn):
        people_lists.take_list(office, preview)
    assert named(office) == before


def test_what_does_not_touch_the_list_is_no_hindrance(office: Office, book: Path) -> None:
    put(book, "Cán bộ", {"B2": "Chủ tịch"})
    preview = people_lists.look_at_list(office, book)
    people.add(office, NewPerson("Giàng A Páo"))
    people.set_pin(office, people.find(office, "Trần Văn Bình"), "4321")
    people_lists.take_list(office, preview)
    assert people.find(office, "Trần Văn Bình").title == "Chủ tịch"


def test_somebody_who_left_since_the_look_is_named(office: Office, book: Path) -> None:
    fields = [filling.open_form(office).criteria.by_code("1")]
    duties.assign(office, YEAR, fields, Assignee(people.find(office, "Trần Văn Bình")))
    preview = people_lists.look_at_list(office, book)
    people.end(office, people.find(office, "Nguyễn Thị Lan"))
    with pytest.raises(PersonUnknown):
        people_lists.take_list(office, preview)


@pytest.mark.parametrize(
    ("sheet", "cells", "said"),
    [
        ("Cán bộ", {"A2": None}, "cell A2 (column “Họ và tên”): The name is missing."),
        ("Cán bộ", {"A3": "TRẦN VĂN BÌNH"}, "“TRẦN VĂN BÌNH” stands in cell A2 too."),
        ("Phân công", {"A2": "99.9"}, "has no criterion with the code “99.9”"),
        ("Phân công", {"A2": "1"}, "1 is not filled in: it is a heading"),
        ("Phân công", {"A2": "1.10"}, "1.10 is not filled in"),
        ("Phân công", {"A3": "1.1"}, "The code 1.1 stands in cell A2 too."),
        ("Phân công", {"C2": "Ai đó"}, "cell C2 (column “Cán bộ”): “Ai đó” is not on the staff list."),
        ("Phân công", {"D2": "Văn phòng"}, "A person or a room is in charge, not both"),
    ],
)
def test_a_list_with_a_fault_is_taken_over_not_at_all(
    office: Office, book: Path, sheet: str, cells: dict[str, str | None], said: str
) -> None:
    put(book, sheet, cells)
    found = faults(office, book)
    assert any(said in fault for fault in found), found
    before = holdings(office.home)
    with pytest.raises(PeopleListFaulty):
        people_lists.take_list(office, people_lists.look_at_list(office, book))
    assert holdings(office.home) == before


def test_who_leaves_by_the_list_is_in_charge_of_nothing_in_it(office: Office, book: Path) -> None:
    put(book, "Cán bộ", {"D3": "20/11/2026"})  # Lan, who is in charge of field 1
    assert "“Nguyễn Thị Lan” is not on the staff list." in faults(office, book)[0]


def test_an_office_without_a_form_has_a_list_without_duties(scene: Scene, office: Office, book: Path) -> None:
    province = scene.office("province")
    assert all("This office has no form" in fault for fault in faults(province, book))
    people_lists.write_list(province, book)
    assert load_workbook(book).sheetnames == ["Cán bộ"]
    assert faults(province, book) == []


def test_files_that_cannot_be_used_are_named(office: Office, tmp_path: Path) -> None:
    with pytest.raises(FileNotRead):
        people_lists.look_at_list(office, tmp_path / "không có.xlsx")
    with pytest.raises(FileNotWritten):
        people_lists.write_list(office, tmp_path / "không có" / "a.xlsx")
