"""The journal in words: every action that the program writes has some, and says what it was about."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

import parindex_desktop.services
from parindex_desktop.services import filling, locking, people, reading_journal, upkeep
from parindex_desktop.services.passphrases import NewPassphrase, change_passphrase
from parindex_desktop.services.people import NewPerson
from parindex_desktop.services.reading_journal import WORDS
from resources import Language, say
from tests.offices import PASSPHRASE, answer, light_keys

if TYPE_CHECKING:
    from tests.offices import Scene

WRITERS = r"\.write\(\s*session,|put_journalled\(|write_units\(|put_in\(|_put\(|change\("
ACTION = re.compile(rf'(?:{WRITERS})[\s\S]{{0,200}}?"([a-z_]+\.[a-z_]+)"')


def actions() -> set[str]:
    """Whatever the services write into a journal."""
    folder = Path(parindex_desktop.services.__file__).parent
    return {name for path in folder.glob("*.py") for name in ACTION.findall(path.read_text("utf-8"))}


def test_every_action_has_words_and_no_others() -> None:
    assert {"form.changed", "units.ended", "work.handed_over", "bundle.taken_in"} <= actions()
    assert actions() == set(WORDS)


@pytest.mark.parametrize("name", ["province", "ban-ho-handed-over", "ban-ho-2", "stranger"])
@pytest.mark.parametrize("language", Language)
def test_the_whole_journal_of_an_office_can_be_said(scene: Scene, name: str, language: Language) -> None:
    office = scene.office(name)
    reading = reading_journal.read(office)
    assert [line.number for line in reading.lines] == [row.number for row in upkeep.read_journal(office)]
    for line in reading.lines:
        said = say(line.words, language)
        assert said
        assert said != line.action
        assert "{" not in said


def said(scene: Scene, name: str) -> list[str]:
    return [say(line.words, Language.EN) for line in reading_journal.read(scene.office(name)).lines]


def test_it_names_criteria_units_and_files(scene: Scene) -> None:
    handed_over = said(scene, "ban-ho-handed-over")
    assert "entered in the form of 2026: 1.2 Figures" in handed_over
    assert any(
        re.fullmatch(r"entered in the form of 2026: 1\.1, .* and \d+ more", line) for line in handed_over
    )
    assert "entered the signed report of 2026, number 05/BC-UBND" in handed_over
    assert any(line.startswith("wrote the bundle ban-ho-1.cchc") for line in handed_over)
    assert "entered the key of “Ủy ban nhân dân xã Bản Hồ” into the register" in said(scene, "province")


def test_what_somebody_did_from_a_day_on(scene: Scene) -> None:
    office = scene.office("ban-ho")
    lan = people.add(office, NewPerson("Nguyễn Thị Lan", "công chức"))
    people.work_as(office, lan)
    form = answer(office, filling.open_form(office), "1.3", count="1")
    locking.unlock(office, locking.lock(office, form, "Chưa đủ"), "Sửa lại 1.3")
    with light_keys():
        change_passphrase(office, NewPassphrase(PASSPHRASE, "mật khẩu mới"))
    own = reading_journal.read(office, "lan nguyen thi")
    assert [line.action for line in own.lines] == [
        "people.works", "form.changed", "form.locked", "form.unlocked", "keys.passphrase",
    ]  # fmt: skip
    assert say(own.lines[3].words, Language.EN) == "unlocked the figures of 2026: Sửa lại 1.3"
    newest = reading_journal.read(office, "nguyen", office.clock().date(), limit=2)
    assert (newest.found, newest.lines) == (5, own.lines[-2:])
    assert reading_journal.read(office, "không có ai").found == 0


def test_an_action_of_a_newer_program_is_named_as_it_is(scene: Scene) -> None:
    office = scene.office("stranger")
    with office.begin() as session:
        office.write(session, "thing.done", {"year": "2026"})
    assert say(reading_journal.read(office).lines[-1].words, Language.EN) == "thing.done"


def test_the_places_of_the_words_are_plain() -> None:
    for words in WORDS.values():
        assert all(not spec and not conversion for _, _, spec, conversion in Formatter().parse(words))


def test_a_kit_is_said_as_a_kit_and_not_as_handed_over(scene: Scene) -> None:
    lines = said(scene, "ban-ho")
    assert any(line.startswith("took kit number 1 in (First kit of the province)") for line in lines), lines
    assert not any("Handed over" in line for line in lines)
