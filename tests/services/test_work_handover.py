"""Bàn giao công việc: duties, key and list change together, and the minutes say what is still open."""

from __future__ import annotations

import json
import shutil
from itertools import count
from typing import TYPE_CHECKING

import pytest

from exports.signing import keys
from exports.signing.keys import WrongPassphrase
from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.people import Assignee
from parindex_desktop.domain.text import TextTooLong
from parindex_desktop.services import (
    copying,
    duties,
    filling,
    kits,
    locking,
    people,
    receiving,
    register,
    upkeep,
)
from parindex_desktop.services.files import FileNotWritten
from parindex_desktop.services.founding import PassphraseTooShort
from parindex_desktop.services.passphrases import NewPassphrase, PassphraseNotInPlace
from parindex_desktop.services.people import NewPerson, PersonUnknown
from parindex_desktop.services.reporting import FormatUnknown
from parindex_desktop.services.work_handover import (
    HandedToOneself,
    MinutesElsewhere,
    MinutesLost,
    hand_over_work,
)
from parindex_desktop.services.work_minutes import draw_up, work_of
from resources import Language, say
from tests.faults.breaking import CALLS, broken_at, no_room
from tests.offices import (
    PASSPHRASE,
    YEAR,
    answer,
    figures_of,
    files_of,
    hand_over,
    holdings,
    light_keys,
    quiet,
    shipped_set,
)
from tests.papers import flat, pages, words_outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from parindex_desktop.domain.people import Person
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

    LanAt = Callable[[str], tuple[Office, Person]]

NEW = "mật khẩu mới"
NEXT = "2027"
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


@pytest.fixture
def lan_at(scene: Scene) -> LanAt:
    def added(name: str) -> tuple[Office, Person]:
        office = scene.office(name)
        return office, people.add(office, NewPerson("Nguyễn Thị Lan"))

    return added


def open_next_year(scene: Scene, office: Office, folder: Path) -> None:
    """The province opens the next year, and the office has its kit."""
    province = scene.office("province")
    tree = {**json.loads(shipped_set()), "year": int(NEXT)}
    criteria = register.import_set(province, json.dumps(tree).encode())
    register.open_period(province, NEXT, [criteria], None)
    kits.export_kit(province, PASSPHRASE, folder / "kit.cchc", quiet)
    (taken,) = receiving.take_in(office, [folder / "kit.cchc"])
    assert taken.outcome.is_new


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
    (work,) = minutes.years
    assert [each.code for each in work.passed_on if each.needs] == ["1.3"]
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
    assert len(work.made) == 2
    for made in work.made:
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
    (work,) = draw_up(office, lan, binh, changed=False).years
    assert (work.passed_on, [each.code for each in work.others]) == ((), ["1.2", "1.3", "2.1"])


def test_unsettled_differences_are_named(
    scene: Scene, office: Office, lan: Person, binh: Person, tmp_path: Path
) -> None:
    two = scene.office("ban-ho-2")
    receiving.take_in(two, [scene.file("ban-ho-1.cchc")])
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    answer(two, form, "1.2", **figures_of(form, "1.2", "30"))
    receiving.take_in(office, [hand_over(two, tmp_path / "two.cchc")])
    (work,) = draw_up(office, lan, binh, changed=False).years
    (found,) = work.unsettled
    assert found.where.startswith("1.2 ")
    hand_over_work(office, lan, binh, tmp_path / "bb.pdf", None)
    assert f"{flat(found.where)} – Số liệu" in text_of(tmp_path / "bb.pdf")


def test_a_province_and_an_office_without_a_kit_pass_on_what_they_have(scene: Scene, tmp_path: Path) -> None:
    for name, count_of_kits in (("province", 1), ("stranger", 0)):
        office = scene.office(name)
        giver, taker = (people.add(office, NewPerson(each)) for each in ("An", "Ba"))
        minutes = hand_over_work(office, giver, taker, tmp_path / f"{name}.pdf", CHANGE)
        assert (len(minutes.kits or ()), minutes.years) == (count_of_kits, ())
        assert ("Kit của tỉnh đã xuất" in text_of(tmp_path / f"{name}.pdf")) is (name == "province")
        keys.load_key(office.signing_key, NEW)
    keys.load_key(scene.office("province").root_key, NEW)


def test_each_year_with_duties_or_open_work_is_named(
    scene: Scene, office: Office, lan: Person, binh: Person, tmp_path: Path
) -> None:
    open_next_year(scene, office, tmp_path)
    assert [work.year for work in work_of(office, lan)] == [YEAR]  # nothing of the next year is anybody's yet
    later = filling.open_form(office, NEXT)
    duties.assign(office, NEXT, [later.criteria.by_code("1.2")], Assignee(lan))
    this, following = work_of(office, lan)
    assert (this.standing.code, following.standing.code) == ("handover.changed", "handover.not_begun")
    assert ([item.code for item in following.passed_on], following.others) == (["1.2"], ())
    copying.copy_forward(office, later)
    copied = work_of(office, lan)[1]
    assert copied.standing.code == "handover.filling"
    assert len(copied.unconfirmed) > 40
    minutes = hand_over_work(office, lan, binh, tmp_path / "bb.pdf", None)
    assert minutes.years == (this, copied)
    assert {to.name for to in duties.duties(office, NEXT).values()} == {binh.name}
    text = text_of(tmp_path / "bb.pdf")
    for said in (
        "Phiếu tự chấm điểm năm 2026",
        "Phiếu tự chấm điểm năm 2027",
        flat(say(this.words, Language.VI)),
        flat(say(copied.words, Language.VI)),
        "Chưa xác nhận lại",
    ):
        assert said in text
    assert words_outside(tmp_path / "bb.pdf") == []


def test_a_year_that_is_done_is_not_named_unless_it_is_in_hand(
    scene: Scene, lan_at: LanAt, tmp_path: Path
) -> None:
    office, lan = lan_at("ban-ho-handed-over")
    assert [work.out for work in work_of(office, lan)] == [True]
    open_next_year(scene, office, tmp_path)
    register.choose_period(office, NEXT)
    assert [(work.year, work.begun) for work in work_of(office, lan)] == [(NEXT, False)]


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


def old_minutes(target: Path) -> bytes:
    target.write_bytes(b"%PDF-1.7 of another hand-over")
    return target.read_bytes()


@pytest.mark.parametrize("for_good", [(), ("fsync", "write", "mkdir"), CALLS])
def test_at_each_step_minutes_list_and_key_tell_the_same(
    scene: Scene, lan_at: LanAt, tmp_path: Path, for_good: tuple[str, ...]
) -> None:
    """A fault of the moment, a disk that stays full, a disk that takes nothing any more."""
    clean = scene.home("ban-ho")
    told = set()
    for step in count(1):
        shutil.copytree(clean, scene.folder / f"{step}")
        office, lan = lan_at(f"{step}")
        binh = people.add(office, NewPerson("Trần Văn Bình"))
        target = tmp_path / f"{step}.pdf"
        before = old_minutes(target)
        outcome: type[BaseException] | None = None
        with broken_at(step, no_room, statements=True, for_good=for_good) as steps:
            try:
                hand_over_work(office, lan, binh, target, CHANGE)
            except (ParIndexError, OSError) as fault:
                outcome = type(fault)
        passed = outcome in {None, MinutesElsewhere, MinutesLost, PassphraseNotInPlace}
        again = scene.office(f"{step}")
        assert [each.name for each in people.at_work(again)] == [binh.name] + [lan.name] * (not passed)
        keys.load_key(again.signing_key, NEW if passed else PASSPHRASE)
        assert target.read_bytes() == before or outcome in {None, PassphraseNotInPlace, MinutesElsewhere}
        if outcome is None:
            assert target.read_bytes() != before
        if outcome is MinutesElsewhere:
            assert (again.home / target.name).read_bytes().startswith(b"%PDF")
        if not for_good:
            assert not list(tmp_path.glob("*.part"))
        told.add(outcome)
        if len(steps) < step:
            break
    assert {None, FileNotWritten} <= told


def test_minutes_that_cannot_take_their_name_lie_with_the_data(
    office: Office, lan: Person, binh: Person, tmp_path: Path
) -> None:
    target = tmp_path / "bb.pdf"
    target.mkdir()  # as a file that another program holds open on Windows
    with pytest.raises(MinutesElsewhere) as told:
        hand_over_work(office, lan, binh, target, CHANGE)
    assert str(told.value.values["place"]) == str(office.home / "bb.pdf")
    assert (office.home / "bb.pdf").read_bytes().startswith(b"%PDF")
    assert lan.name not in [each.name for each in people.at_work(office)]
    keys.load_key(office.signing_key, NEW)


def test_criteria_of_a_room_that_nobody_works_in_any_more_are_named(
    office: Office, lan: Person, binh: Person, tmp_path: Path
) -> None:
    assign(office, "1.4", duties.to_room("Văn phòng"))
    (work,) = work_of(office, lan)
    codes = [item.code for item in work.unattended]
    assert codes
    assert all(code.startswith("1.4") for code in codes)
    assert work.warning is not None
    warning = say(work.warning)
    assert "“Văn phòng”" in warning
    hand_over_work(office, lan, binh, tmp_path / "bb.pdf", None)
    assert flat(warning) in text_of(tmp_path / "bb.pdf")


def test_a_room_that_somebody_else_works_in_keeps_its_criteria(office: Office, lan: Person) -> None:
    assign(office, "1.4", duties.to_room("Văn phòng"))
    people.add(office, NewPerson("Lò Thị Mai", "", "văn phòng"))
    (work,) = work_of(office, lan)
    assert (work.unattended, work.warning) == ((), None)
