"""The staff list: who works at the machine, and whom the journal names."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.people import Assignee
from parindex_desktop.domain.text import TextTooLong
from parindex_desktop.services import duties, filling, people, upkeep
from parindex_desktop.services.people import (
    NameTaken,
    NewPerson,
    PersonNameMissing,
    PersonUnknown,
    PinTooShort,
    PinWrong,
)
from tests.offices import PASSPHRASE, YEAR, answer, holdings
from tests.services.staff import binh, lan, office

if TYPE_CHECKING:
    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


__all__ = ["binh", "lan", "office"]


def last(office: Office) -> tuple[str, str]:
    entry = upkeep.read_journal(office)[-1]
    return entry.actor, entry.action


def test_as_long_as_nobody_is_listed_the_journal_names_the_user_of_the_machine(office: Office) -> None:
    answer(office, filling.open_form(office), "1.3", count="1")
    assert (people.people(office), last(office)) == ([], ("lan", "form.changed"))
    assert "person" not in json.loads(upkeep.read_journal(office)[-1].details)


def test_the_list_goes_by_given_names_as_vietnamese_lists_do(office: Office) -> None:
    for name in ("Trần Văn Út", "Lý A Đức", "Nguyễn Văn Dũng", "Phạm Thị Ánh", "An"):
        people.add(office, NewPerson(f"  {name} "))
    names = [each.name for each in people.people(office)]
    assert names == ["An", "Phạm Thị Ánh", "Nguyễn Văn Dũng", "Lý A Đức", "Trần Văn Út"]


def test_who_works_is_named_from_then_on(scene: Scene, office: Office, lan: Person) -> None:
    people.work_as(office, lan)
    assert last(office) == ("Nguyễn Thị Lan, công chức Văn phòng – Thống kê", "people.works")
    answer(office, filling.open_form(office), "1.3", count="1")
    entry = upkeep.read_journal(office)[-1]
    assert entry.actor == lan.words
    assert json.loads(entry.details)["person"] == lan.id
    assert scene.office("ban-ho").actor == "lan"  # the next start asks anew


def test_a_command_names_who_works_without_a_line_of_its_own(office: Office, lan: Person) -> None:
    rows = len(upkeep.read_journal(office))
    people.identify(office, lan)
    assert (office.actor, len(upkeep.read_journal(office))) == (lan.words, rows)


def test_an_entry_is_changed_and_so_is_the_name_in_the_journal(office: Office, lan: Person) -> None:
    people.work_as(office, lan)
    changed = people.change(office, lan, NewPerson("Nguyễn Thị Lan", "Chánh Văn phòng", "Văn phòng"))
    assert people.at_work(office) == [changed]
    assert office.actor == "Nguyễn Thị Lan, Chánh Văn phòng"


def test_nothing_is_written_where_nothing_changes(office: Office, lan: Person) -> None:
    before = len(upkeep.read_journal(office))
    people.change(office, lan, NewPerson(lan.name, lan.title, lan.room))
    assert len(upkeep.read_journal(office)) == before


@pytest.mark.parametrize(
    ("new", "refused"),
    [
        (NewPerson(" \n"), PersonNameMissing),
        (NewPerson("nguyễn thị LAN"), NameTaken),
        (NewPerson("x" * 101), TextTooLong),
        (NewPerson("An", "x" * 151), TextTooLong),
        (NewPerson("An", "", "x" * 101), TextTooLong),
    ],
)
def test_what_cannot_be_entered_changes_nothing(
    office: Office, lan: Person, binh: Person, new: NewPerson, refused: type[Exception]
) -> None:
    before = holdings(office.home)
    with pytest.raises(refused):
        people.add(office, new)
    with pytest.raises(refused):
        people.change(office, binh, new)
    assert holdings(office.home) == before


def test_people_are_found_by_their_names_without_accents_where_that_is_clear(
    office: Office, lan: Person
) -> None:
    people.add(office, NewPerson("Nguyễn Văn Hoà"))
    people.add(office, NewPerson("Nguyễn Văn Hóa"))
    assert people.find(office, "nguyen thi lan") == lan
    assert people.find(office, "Nguyễn Văn Hóa").name == "Nguyễn Văn Hóa"
    for unclear in ("nguyen van hoa", "Lan", ""):
        with pytest.raises(PersonUnknown):
            people.find(office, unclear)


def test_who_has_left_is_offered_no_more_and_in_charge_of_nothing(
    office: Office, lan: Person, binh: Person
) -> None:
    form = filling.open_form(office)
    duties.assign(office, YEAR, [form.criteria.by_code("1")], Assignee(lan))
    people.set_pin(office, lan, "1234")
    people.work_as(office, lan, "1234")
    people.end(office, lan)
    assert people.at_work(office) == [binh]
    assert (office.person, office.actor) == (None, "lan")
    assert duties.duties(office, YEAR) == {}
    (gone,) = [each for each in people.people(office) if each.until]
    assert (gone.id, gone.has_pin) == (lan.id, False)
    for act in (lambda: people.end(office, lan), lambda: people.work_as(office, lan)):
        with pytest.raises(PersonUnknown):
            act()
    people.add(office, NewPerson(lan.name))  # somebody of that name may come (back)


def test_a_pin_keeps_from_taking_another_name_by_mistake(office: Office, lan: Person) -> None:
    people.set_pin(office, lan, "mẫ 1")
    assert people.find(office, lan.name).has_pin
    with pytest.raises(PinWrong):
        people.work_as(office, lan)
    with pytest.raises(PinWrong):
        people.work_as(office, lan, "ma 1")
    assert office.person is None
    people.work_as(office, lan, "ma\u0302\u0303 1")  # Unikey may type the same letter in two parts
    assert office.actor == lan.words


def test_a_pin_is_changed_by_who_knows_it_or_has_the_passphrase(office: Office, lan: Person) -> None:
    with pytest.raises(PinTooShort):
        people.set_pin(office, lan, "123")
    people.set_pin(office, lan, "1234")
    for proof in ("", "9999"):
        with pytest.raises(PinWrong):
            people.set_pin(office, lan, "4321", proof)
    people.set_pin(office, lan, "4321", "1234")
    people.set_pin(office, lan, "", PASSPHRASE)
    assert not people.find(office, lan.name).has_pin
    people.work_as(office, lan)


def test_a_pin_is_not_kept_as_it_is_typed(office: Office, lan: Person, binh: Person) -> None:
    for person in (lan, binh):
        people.set_pin(office, person, "13579")
    with closing(sqlite3.connect(office.home / "office.db")) as database:
        kept = [row[0] for row in database.execute("SELECT pin FROM person")]
    assert not any(b"13579" in pin for pin in kept)
    assert len({pin[-32:] for pin in kept}) == 2  # one PIN, but each has its own salt
    assert not any("13579" in entry.details for entry in upkeep.read_journal(office))


def test_rooms_are_those_in_which_somebody_works(office: Office, lan: Person, binh: Person) -> None:
    people.add(office, NewPerson("An", "", "văn phòng"))
    gone = people.add(office, NewPerson("Ba", "", "Phòng Kinh tế"))
    people.end(office, gone)
    assert [each.casefold() for each in people.rooms(office)] == ["văn phòng"]
