"""Bàn giao công việc: duties, key and list change together, and the minutes say what is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exports.signing import keys
from exports.signing.keys import WrongPassphrase
from parindex_desktop.domain.people import Assignee
from parindex_desktop.domain.text import TextTooLong
from parindex_desktop.services import duties, filling, locking, people, receiving, upkeep, work_handover
from parindex_desktop.services.files import FileNotWritten
from parindex_desktop.services.founding import PassphraseTooShort
from parindex_desktop.services.people import NewPerson, PersonUnknown
from parindex_desktop.services.reporting import FormatUnknown
from parindex_desktop.services.work_handover import HandedToOneself, NewPassphrase, hand_over_work
from tests.offices import (
    PASSPHRASE,
    YEAR,
    answer,
    figures_of,
    files_of,
    hand_over,
    holdings,
    light_keys,
)
from tests.papers import flat, pages, words_outside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

NEW = "mật khẩu mới"
CHANGE = NewPassphrase(PASSPHRASE, NEW)


@pytest.fixture(autouse=True)
def _light() -> Iterator[None]:
    with light_keys():
        yield


@pytest.fixture
def office(scene: Scene) -> Office:
    office = scene.office("ban-ho-handed-over")
    form = locking.unlock(office, filling.open_form(office), "Bổ sung")
    filling.put(office, form, {f"answer/{form.sheet('1.3').criterion.id}/figures": None})
    for name, title in (
        ("Nguyễn Thị Lan", "công chức"),
        ("Trần Văn Bình", "Phó Chủ tịch"),
        ("Giàng A Páo", ""),
    ):
        people.add(office, NewPerson(name, title, "Văn phòng" if title == "công chức" else ""))
    return office


@pytest.fixture
def lan(office: Office) -> Person:
    return people.find(office, "Nguyễn Thị Lan")


@pytest.fixture
def binh(office: Office) -> Person:
    return people.find(office, "Trần Văn Bình")


def assign(office: Office, code: str, to: Assignee) -> None:
    duties.assign(office, YEAR, [filling.open_form(office).criteria.by_code(code)], to)


def text_of(paper: Path) -> str:
    return flat("".join(pages(paper)))


def test_duties_key_and_list_pass_on_and_the_minutes_say_so(
    office: Office, lan: Person, binh: Person, tmp_path: Path
) -> None:
    assign(office, "1", Assignee(lan))
    people.work_as(office, lan)
    minutes = hand_over_work(office, lan, binh, tmp_path / "bb.pdf", CHANGE, "Chìa khóa tủ & con dấu <tên>")
    assert {to.name for to in duties.duties(office, YEAR).values()} == {binh.name}
    assert [each.name for each in people.at_work(office)] == ["Trần Văn Bình", "Giàng A Páo"]
    assert office.person is None
    keys.load_key(office.signing_key, NEW)
    assert [each.code for each in minutes.passed_on if each.needs] == ["1.3"]
    assert [entry.action for entry in upkeep.read_journal(office)[-3:]] == [
        "people.ended",
        "keys.passphrase",
        "work.handed_over",
    ]
    text = text_of(tmp_path / "bb.pdf")
    for said in (
        "BIÊN BẢN",
        "/BB-UBND",
        "ngày 20 tháng 11 năm 2026, tại Ủy ban nhân dân xã Bản Hồ",
        "Bên giao: Ông (bà) Nguyễn Thị Lan, công chức (Văn phòng).",
        "Bên nhận: Ông (bà) Trần Văn Bình, Phó Chủ tịch.",
        "Chưa chấm",
        "đã đổi khi bàn giao",
        "Chìa khóa tủ & con dấu <tên>",
        "BÊN NHẬN BÊN GIAO",
        "CHỦ TỊCH",
    ):
        assert said in text
    assert len(minutes.made) == 2
    for made in minutes.made:
        assert made.code.replace(" ", "") in text.replace(" ", "")
    assert words_outside(tmp_path / "bb.pdf") == []


def test_the_minutes_tell_a_passphrase_that_was_kept(
    office: Office, lan: Person, binh: Person, tmp_path: Path
) -> None:
    before = files_of(office.home / "keys")
    hand_over_work(office, lan, binh, tmp_path / "bb.PDF", None)
    assert files_of(office.home / "keys") == before
    assert "chưa đổi khi bàn giao" in text_of(tmp_path / "bb.PDF")


def test_what_is_open_is_what_nobody_else_is_in_charge_of(office: Office, lan: Person, binh: Person) -> None:
    others = ("1.2", "1.5", "2.1")
    form = filling.open_form(office)
    filling.put(office, form, {f"answer/{form.sheet(code).criterion.id}/figures": None for code in others})
    assign(office, "1.5", Assignee(binh))
    assign(office, "2.1", Assignee(room="văn phòng"))
    minutes = work_handover.draw_up(office, lan, binh, changed=False)
    assert (minutes.passed_on, [each.code for each in minutes.others]) == ((), ["1.2", "1.3", "2.1"])


def test_unsettled_differences_are_named(
    scene: Scene, office: Office, lan: Person, binh: Person, tmp_path: Path
) -> None:
    two = scene.office("ban-ho-2")
    receiving.take_in(two, [scene.file("ban-ho-1.cchc")])
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    answer(two, form, "1.2", **figures_of(form, "1.2", "30"))
    receiving.take_in(office, [hand_over(two, tmp_path / "two.cchc")])
    (found,) = work_handover.draw_up(office, lan, binh, changed=False).unsettled
    assert found.where.startswith("1.2 ")
    hand_over_work(office, lan, binh, tmp_path / "bb.pdf", None)
    assert f"{flat(found.where)} – Số liệu" in text_of(tmp_path / "bb.pdf")


def test_a_province_and_an_office_without_a_kit_pass_on_what_they_have(scene: Scene, tmp_path: Path) -> None:
    for name, kits in (("province", 1), ("stranger", 0)):
        office = scene.office(name)
        giver, taker = (people.add(office, NewPerson(each)) for each in ("An", "Ba"))
        minutes = hand_over_work(office, giver, taker, tmp_path / f"{name}.pdf", CHANGE)
        assert (len(minutes.made), minutes.year, minutes.passed_on) == (kits, "", ())
        assert ("Kit của tỉnh đã xuất" in text_of(tmp_path / f"{name}.pdf")) is (name == "province")
        keys.load_key(office.signing_key, NEW)
    keys.load_key(scene.office("province").root_key, NEW)


@pytest.mark.parametrize(
    ("change", "name", "note", "refused"),
    [
        (NewPassphrase("sai", NEW), "bb.pdf", "", WrongPassphrase),
        (NewPassphrase(PASSPHRASE, "abc"), "bb.pdf", "", PassphraseTooShort),
        (CHANGE, "bb.docx", "", FormatUnknown),
        (CHANGE, "bb.pdf", "x" * 4001, TextTooLong),
        (CHANGE, "không có/bb.pdf", "", FileNotWritten),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    office: Office,
    lan: Person,
    binh: Person,
    tmp_path: Path,
    change: NewPassphrase,
    name: str,
    note: str,
    refused: type[Exception],
) -> None:
    assign(office, "1", Assignee(lan))
    before, secrets = holdings(office.home), files_of(office.home / "keys")
    with pytest.raises(refused):
        hand_over_work(office, lan, binh, tmp_path / name, change, note)
    assert (holdings(office.home), files_of(office.home / "keys")) == (before, secrets)
    assert list(tmp_path.glob("*.pdf")) == []


def test_work_passes_between_two_who_are_here(
    office: Office, lan: Person, binh: Person, tmp_path: Path
) -> None:
    with pytest.raises(HandedToOneself):
        hand_over_work(office, lan, lan, tmp_path / "bb.pdf", None)
    people.end(office, binh)
    for giver, taker in ((lan, binh), (binh, lan)):
        with pytest.raises(PersonUnknown):
            hand_over_work(office, giver, taker, tmp_path / "bb.pdf", None)
