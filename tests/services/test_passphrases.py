"""Another passphrase for the keys of a machine: for all of them or for none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exports.signing import keys
from exports.signing.keys import WrongPassphrase
from parindex_desktop.services import filling, handing_over, kits, people, upkeep
from parindex_desktop.services.founding import PassphraseTooShort
from parindex_desktop.services.passphrases import (
    PassphraseIsNew,
    PassphraseNotInPlace,
    PassphraseSame,
    change_passphrase,
    changing,
)
from parindex_desktop.services.people import NewPerson
from tests.faults.breaking import broken_at, no_room
from tests.offices import PASSPHRASE, files_of, light_keys, quiet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

NEW = "mật khẩu của người mới"


@pytest.fixture(autouse=True)
def _light() -> Iterator[None]:
    with light_keys():
        yield


def opens(office: Office, passphrase: str) -> list[bool]:
    """Whether it opens the signing key, and the root key where there is one."""
    found = []
    for path in (office.signing_key, office.root_key):
        if path.is_file():
            try:
                keys.load_key(path, passphrase)
            except WrongPassphrase:
                found.append(False)
            else:
                found.append(True)
    return found


def test_the_keys_stay_and_their_passphrase_is_another(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("province")
    change_passphrase(office, PASSPHRASE, NEW)
    assert (opens(office, NEW), opens(office, PASSPHRASE)) == ([True, True], [False, False])
    assert upkeep.read_journal(office)[-1].action == "keys.passphrase"
    kits.export_kit(office, NEW, tmp_path / "kit.cchc", quiet)
    assert sorted(files_of(office.home / "keys")) == ["root.p12", "signing.p12"]


def test_a_unit_hands_over_with_the_new_one(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho-ready")
    change_passphrase(office, PASSPHRASE, NEW)
    with pytest.raises(WrongPassphrase):
        handing_over.hand_over(office, filling.open_form(office), PASSPHRASE, tmp_path / "a.cchc")
    handing_over.hand_over(office, filling.open_form(office), NEW, tmp_path / "a.cchc")


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        (PASSPHRASE, "abc", PassphraseTooShort),
        (PASSPHRASE, PASSPHRASE, PassphraseSame),
        ("sai", NEW, WrongPassphrase),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    scene: Scene, old: str, new: str, refused: type[Exception]
) -> None:
    office = scene.office("province")
    before = files_of(office.home / "keys")
    with pytest.raises(refused):
        change_passphrase(office, old, new)
    assert files_of(office.home / "keys") == before


def test_what_fails_afterwards_takes_it_back(scene: Scene) -> None:
    office = scene.office("province")
    before = files_of(office.home / "keys")

    def fail() -> None:
        with changing(office, PASSPHRASE, NEW):
            assert opens(office, NEW) == [True, True]
            people.add(office, NewPerson(" "))

    with pytest.raises(people.PersonNameMissing):
        fail()
    assert files_of(office.home / "keys") == before


def test_where_the_way_back_fails_too_the_new_one_is_said_to_hold(scene: Scene) -> None:
    office = scene.office("ban-ho")
    folder = office.signing_key.parent

    def lose_the_folder() -> None:
        folder.rename(folder.with_name("kept"))
        folder.write_text("no folder", encoding="utf-8")
        raise RuntimeError

    with pytest.raises(PassphraseIsNew), changing(office, PASSPHRASE, NEW):
        lose_the_folder()
    folder.unlink()
    folder.with_name("kept").rename(folder)
    assert opens(office, NEW) == [True]


def test_what_was_decided_is_finished_at_the_next_start(scene: Scene) -> None:
    office = scene.office("province")
    with broken_at(1_000, no_room, statements=False) as steps, changing(office, PASSPHRASE, NEW):
        pass
    second_key = len(steps) - steps[::-1].index("replace")
    change_passphrase(office, NEW, PASSPHRASE)
    with broken_at(second_key, no_room, statements=False), pytest.raises(PassphraseNotInPlace):
        change_passphrase(office, PASSPHRASE, NEW)
    assert opens(office, NEW) == [True, False]
    again = scene.office("province")
    assert (opens(again, NEW), opens(again, PASSPHRASE)) == ([True, True], [False, False])
    assert sorted(files_of(again.home / "keys")) == ["root.p12", "signing.p12"]
