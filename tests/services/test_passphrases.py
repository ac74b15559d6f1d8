"""Another passphrase for the keys of a machine: for all of them or for none."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from exports.signing import keys
from exports.signing.keys import KeyFileUnreachable, WrongPassphrase
from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import filling, handing_over, kits, people, upkeep
from parindex_desktop.services.founding import PassphraseTooShort
from parindex_desktop.services.passphrases import (
    NewPassphrase,
    PassphraseNotInPlace,
    PassphraseSame,
    change_passphrase,
    changing,
)
from parindex_desktop.services.people import NewPerson
from tests.faults.breaking import CALLS, broken_at, no_room
from tests.offices import PASSPHRASE, files_of, light_keys, quiet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

NEW = "mật khẩu của người mới"
CHANGE = NewPassphrase(PASSPHRASE, NEW)


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
    change_passphrase(office, CHANGE)
    assert (opens(office, NEW), opens(office, PASSPHRASE)) == ([True, True], [False, False])
    assert upkeep.read_journal(office)[-1].action == "keys.passphrase"
    kits.export_kit(office, NEW, tmp_path / "kit.cchc", quiet)
    assert sorted(files_of(office.home / "keys")) == ["root.p12", "signing.p12"]


def test_a_unit_hands_over_with_the_new_one(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho-ready")
    change_passphrase(office, CHANGE)
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
        change_passphrase(office, NewPassphrase(old, new))
    assert files_of(office.home / "keys") == before


def test_what_fails_before_it_is_decided_changes_nothing(scene: Scene) -> None:
    office = scene.office("province")
    before = files_of(office.home / "keys")

    def fail() -> None:
        with changing(office, CHANGE) as decide, office.begin() as session:
            decide(session)
            people.add_in(session, office, NewPerson(" "))

    with pytest.raises(people.PersonNameMissing):
        fail()
    assert files_of(office.home / "keys") == before
    assert files_of(scene.office("province").home / "keys") == before


def test_what_fails_after_it_is_decided_keeps_the_new_one(scene: Scene) -> None:
    office = scene.office("province")

    def fail() -> None:
        with changing(office, CHANGE) as decide:
            with office.begin() as session:
                decide(session)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert opens(office, NEW) == [True, True]


def test_a_change_that_was_given_up_is_not_taken_for_a_later_one(scene: Scene) -> None:
    office = scene.office("province")
    change_passphrase(office, CHANGE)
    with pytest.raises(RuntimeError), changing(office, NewPassphrase(NEW, "một mật khẩu khác")):
        raise RuntimeError
    assert opens(scene.office("province"), NEW) == [True, True]


@pytest.mark.parametrize("name", ["province", "ban-ho"])
@pytest.mark.parametrize("for_good", [(), ("fsync", "write", "mkdir"), CALLS])
def test_nobody_is_told_the_wrong_passphrase_whatever_fails(
    scene: Scene, name: str, for_good: tuple[str, ...]
) -> None:
    """At each step: a fault of the moment, a disk that stays full, a disk that takes nothing any more."""
    told = set()
    before = files_of(scene.home(name) / "keys")
    for step in count(1):
        office = scene.office(name)
        outcome: type[BaseException] | None = None
        with broken_at(step, no_room, statements=True, for_good=for_good) as steps:
            try:
                change_passphrase(office, CHANGE)
            except (ParIndexError, OSError) as fault:
                outcome = type(fault)
        if outcome is None:
            assert all(opens(office, NEW))
        elif outcome is not PassphraseNotInPlace:
            assert all(opens(office, PASSPHRASE))
        again = scene.office(name)
        assert all(opens(again, NEW if outcome in {None, PassphraseNotInPlace} else PASSPHRASE))
        assert sorted(files_of(again.home / "keys")) == sorted(before)
        told.add(outcome)
        if len(steps) < step:
            break
        for path, data in before.items():
            (again.home / "keys" / path).write_bytes(data)
    assert {None, PassphraseNotInPlace, KeyFileUnreachable} <= told
