"""Who is in charge of which criterion, and who entered, looked through and signed what is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from parindex_desktop.domain.people import Assignee
from parindex_desktop.services import (
    duties,
    filling,
    form_sheets,
    handing_over,
    locking,
    people,
    received,
    receiving,
)
from parindex_desktop.services.filling import NotSelfScored
from parindex_desktop.services.people import NewPerson
from parindex_desktop.services.register import current_kit
from tests.offices import (
    PASSPHRASE,
    YEAR,
    answer,
    close_and_sign,
    figures_of,
    fill,
    hand_over,
    holdings,
)
from tests.services.staff import binh, lan, office

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


__all__ = ["binh", "lan", "office"]


def charged(office: Office) -> dict[str, str]:
    """Who is in charge, by printed code."""
    form = filling.open_form(office)
    found = duties.duties(office, YEAR)
    return {leaf.code: found[leaf.id].name for leaf in form.criteria.leaves() if leaf.id in found}


def test_a_heading_stands_for_all_below_it_that_is_filled_in(office: Office, lan: Person) -> None:
    criteria = filling.open_form(office).criteria
    duties.assign(office, YEAR, [criteria.by_code("1")], Assignee(lan))
    assert set(charged(office)) == {leaf.code for leaf in criteria.by_code("1").walk() if leaf.inputs}
    assert set(charged(office).values()) == {lan.name}


def test_the_last_word_counts_and_nobody_is_one_too(office: Office, lan: Person) -> None:
    criteria = filling.open_form(office).criteria
    for codes, to in (
        (["1.2", "1.3"], Assignee(lan)),
        (["1.3"], duties.to_room(" Phòng  Kinh tế ")),
        (["1.2"], None),
    ):
        duties.assign(office, YEAR, [criteria.by_code(code) for code in codes], to)
    assert charged(office) == {"1.3": "Phòng Kinh tế"}
    assert duties.duties(office, "2027") == {}


def test_what_is_not_filled_in_is_nobodys(office: Office, lan: Person) -> None:
    criteria = filling.open_form(office).criteria
    before = holdings(office.home)
    with pytest.raises(NotSelfScored):
        duties.assign(office, YEAR, [criteria.by_code("1.2"), criteria.by_code("1.10")], Assignee(lan))
    assert holdings(office.home) == before


def test_my_part_is_mine_and_my_rooms(office: Office, lan: Person, binh: Person) -> None:
    criteria = filling.open_form(office).criteria
    for code, to in (("1.2", Assignee(lan)), ("1.3", Assignee(room="VĂN PHÒNG")), ("1.5", Assignee(binh))):
        duties.assign(office, YEAR, [criteria.by_code(code)], to)
    found = duties.duties(office, YEAR)
    mine = {person.name: duties.those_of(person, found) for person in (lan, binh)}
    assert mine[lan.name] == {criteria.by_code("1.2").id, criteria.by_code("1.3").id}
    assert mine[binh.name] == {criteria.by_code("1.5").id}


def test_duties_are_no_part_of_the_form(office: Office, lan: Person) -> None:
    form = filling.open_form(office)
    locked = locking.lock(office, fill(office, form))
    duties.assign(office, YEAR, [form.criteria.by_code("1")], Assignee(lan))
    assert filling.open_form(office).assessment == locked.assessment


def test_a_lock_names_who_entered_what_stands_and_who_looked_it_through(
    office: Office, lan: Person, binh: Person
) -> None:
    fill(
        office, filling.open_form(office), but=("1.2", "1.3")
    )  # by the machine's user, before anybody chose a name
    people.work_as(office, binh)
    form = answer(
        office, filling.open_form(office), "1.2", **figures_of(filling.open_form(office), "1.2", "1")
    )
    people.work_as(office, lan)
    for code in ("1.2", "1.3"):
        form = answer(office, form, code, **figures_of(form, code, "7"))
    people.work_as(office, binh)
    lock = locking.lock(office, filling.open_form(office), "Chưa đủ").assessment.lock
    assert lock is not None
    assert (lock.by, lock.approved) == (binh.words, binh.words)
    assert lock.entered == (lan.words,)  # what Bình had entered, Lan has entered anew


def test_who_takes_a_spreadsheet_over_has_entered_what_it_changes(
    office: Office, lan: Person, binh: Person, tmp_path: Path
) -> None:
    people.work_as(office, binh)
    form = fill(office, filling.open_form(office))
    form_sheets.write_sheet(office, form, tmp_path / "phieu.xlsx")
    book = load_workbook(tmp_path / "phieu.xlsx")
    row = next(
        cell
        for cells in book.worksheets[0].iter_rows()
        for cell in cells
        if not cell.protection.locked and isinstance(cell.value, int | float)
    )
    row.value = 1
    book.save(tmp_path / "phieu.xlsx")
    people.work_as(office, lan)
    preview = form_sheets.look_at_sheet(form, tmp_path / "phieu.xlsx")
    form_sheets.take_sheet(office, form, preview, ())
    lock = locking.lock(office, filling.open_form(office), "Chưa đủ").assessment.lock
    assert lock is not None
    assert set(lock.entered) == {binh.words, lan.words}


def test_another_may_have_looked_it_through(office: Office, lan: Person) -> None:
    people.work_as(office, lan)
    lock = locking.lock(
        office, fill(office, filling.open_form(office)), "", " Lò Văn Minh,  Chủ tịch "
    ).assessment.lock
    assert lock is not None
    assert (lock.by, lock.approved) == (lan.words, "Lò Văn Minh, Chủ tịch")


def test_without_a_staff_list_nobody_is_named(office: Office) -> None:
    lock = locking.lock(office, fill(office, filling.open_form(office))).assessment.lock
    assert lock is not None
    assert (lock.by, lock.entered, lock.approved) == ("lan", (), "")


def test_the_province_reads_who_did_what(scene: Scene, office: Office, lan: Person, tmp_path: Path) -> None:
    people.work_as(office, lan)
    fill(office, filling.open_form(office))
    province = scene.office("province")
    receiving.take_in(province, [hand_over(office, tmp_path / "a.cchc")])
    unit = current_kit(province).unit_of_code("03001")
    assert unit is not None
    lock = received.received_form(province, unit, YEAR).lock
    assert lock is not None
    assert (lock.entered, lock.approved) == ((lan.words,), lan.words)


def test_who_worked_at_the_other_machine_is_named_too(
    scene: Scene, office: Office, lan: Person, tmp_path: Path
) -> None:
    people.work_as(office, lan)
    fill(office, filling.open_form(office))
    hand_over(office, tmp_path / "a.cchc")
    other = scene.office("ban-ho-2")
    receiving.take_in(other, [tmp_path / "a.cchc"])
    hoa = people.add(other, NewPerson("Lý Thị Hoa"))
    people.work_as(other, hoa)
    form = locking.unlock(other, filling.open_form(other), "Sửa")
    form = answer(other, form, "1.3", count="1")
    form, _ = handing_over.hand_over(other, close_and_sign(other, form), PASSPHRASE, tmp_path / "b.cchc")
    assert form.assessment.lock is not None
    assert form.assessment.lock.entered == (hoa.words, lan.words)
