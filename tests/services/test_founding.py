"""Setting an office up: whole or not at all, and done again where it was cut short."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exports.signing import keys
from parindex_desktop.domain.text import TextTooLong
from parindex_desktop.domain.units import Level
from parindex_desktop.services import register, upkeep
from parindex_desktop.services.founding import NameMissing, NewOffice, PassphraseTooShort, found
from parindex_desktop.services.homes import HomeNotSetUp, HomeNotWritable, HomeTaken, open_home
from tests.offices import PASSPHRASE, Clock

if TYPE_CHECKING:
    from pathlib import Path

    from tests.offices import Scene

COMMUNE = NewOffice(Level.COMMUNE, "Ủy ban nhân dân xã Bản Hồ", PASSPHRASE)


def test_a_commune_has_a_key_and_waits_for_a_kit(tmp_path: Path) -> None:
    with found(tmp_path / "xa", COMMUNE, Clock(), "lan") as office:
        record = office.record
        key = keys.load_key(office.signing_key, PASSPHRASE)
        assert record.key == keys.fingerprint(key.public_key())
        assert (record.level, record.name, record.unit, record.anchor) == (
            "commune",
            COMMUNE.name,
            None,
            None,
        )
        assert not office.root_key.exists()
        with pytest.raises(register.NoKitYet):
            register.current_kit(office)
    with open_home(tmp_path / "xa") as office:
        assert office.record == record
        assert upkeep.check(office).sound


def test_a_province_stands_in_its_own_register_and_trusts_itself(tmp_path: Path) -> None:
    new = NewOffice(Level.PROVINCE, "Sở Nội vụ tỉnh Lào Cai", PASSPHRASE)
    with found(tmp_path / "tinh", new, Clock()) as office:
        kit = register.current_kit(office)
        province = kit.province()
        assert province is not None
        assert (province.id, province.name) == (office.record.unit, new.name)
        assert office.record.anchor == office.record.key
        assert kit.keys[office.record.key or ""].unit == province.id
        assert kit.root is not None
        assert register.units(office) == []


@pytest.mark.parametrize(
    ("name", "passphrase", "refusal"),
    [
        ("", PASSPHRASE, NameMissing),
        (" \u200b\n", PASSPHRASE, NameMissing),
        ("x" * 501, PASSPHRASE, TextTooLong),
        ("Xã Bản Hồ", "abc", PassphraseTooShort),
        ("Xã Bản Hồ", "", PassphraseTooShort),
    ],
)
def test_what_cannot_be_an_office_leaves_no_folder(
    tmp_path: Path, name: str, passphrase: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        found(tmp_path / "xa", NewOffice(Level.COMMUNE, name, passphrase), Clock())
    assert not (tmp_path / "xa").exists()


def test_a_name_typed_in_pieces_is_kept_in_one_form(tmp_path: Path) -> None:
    with found(tmp_path / "xa", NewOffice(Level.COMMUNE, " Xã  Bản Hồ\n", PASSPHRASE), Clock()) as office:
        assert office.record.name == "Xã Bản Hồ"


def test_a_home_belongs_to_one_office(scene: Scene) -> None:
    home = scene.home("ban-ho")
    with pytest.raises(HomeTaken) as refused:
        found(home, COMMUNE, Clock())
    assert "Bản Hồ" in str(refused.value)
    assert scene.office("ban-ho").record.unit is not None


def test_a_founding_that_was_cut_short_is_simply_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine dies after the key was written: there is no office yet, and the home is not in anybody's way."""

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("parindex_desktop.services.founding.kept.put_edit", dies)
        with pytest.raises(KeyboardInterrupt):
            found(tmp_path / "tinh", NewOffice(Level.PROVINCE, "Sở Nội vụ", PASSPHRASE), Clock())
    with pytest.raises(HomeNotSetUp):
        open_home(tmp_path / "tinh")
    with found(tmp_path / "tinh", NewOffice(Level.PROVINCE, "Sở Nội vụ", "mat khau khac"), Clock()) as office:
        assert (
            keys.fingerprint(keys.load_key(office.signing_key, "mat khau khac").public_key())
            == office.record.key
        )
        assert upkeep.check(office).sound


@pytest.mark.parametrize("kind", ["below a file", "too long a name"])
def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, kind: str) -> None:
    (tmp_path / "tep").write_bytes(b"")
    home = tmp_path / "tep" / "xa" if kind == "below a file" else tmp_path / ("x" * 300)
    with pytest.raises(HomeNotWritable):
        found(home, COMMUNE, Clock())


def test_where_nothing_was_set_up_nothing_is_opened_or_made(tmp_path: Path) -> None:
    with pytest.raises(HomeNotSetUp):
        open_home(tmp_path / "xa")
    assert not (tmp_path / "xa").exists()
