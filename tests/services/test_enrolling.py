"""Enrolment: a person who hears the code decides whose key it is; a key taken back is not believed from then on."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING

import pytest

from exports.signing import keys
from parindex_desktop.domain.kits import UnknownUnit
from parindex_desktop.services import enrolling, filling, handing_over, kits, receiving, register
from parindex_desktop.services.sealing import KeyRevoked
from tests.offices import (
    MACHINES,
    PASSPHRASE,
    close_and_sign,
    enrol,
    fill,
    holdings,
    key_code,
    quiet,
    take_kit,
)

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

MUONG_BO = "03003"


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


@pytest.fixture
def request_file(scene: Scene, tmp_path: Path) -> Path:
    """The signing request of an office whose key nobody knows yet."""
    enrolling.write_request(scene.office("stranger"), tmp_path / "xa.csr", PASSPHRASE)
    return tmp_path / "xa.csr"


def keys_of(province: Office, code: str) -> set[str]:
    (unit,) = (each for each in enrolling.enrolled(province) if each.unit.code == code)
    return {key.fingerprint for key, _ in unit.keys}


def test_a_key_speaks_for_the_unit_that_the_province_names(
    scene: Scene, province: Office, request_file: Path
) -> None:
    code = key_code(scene.office("stranger"))
    key = enrolling.approve(province, request_file.read_bytes(), MUONG_BO, code, PASSPHRASE)
    assert key.fingerprint == scene.office("stranger").record.key
    assert keys_of(province, MUONG_BO) == {key.fingerprint}
    kit = register.current_kit(province)
    assert kit.units[key.unit].code == MUONG_BO


@pytest.mark.parametrize("written", ["{}", "{}  ", "\t{}", "{}\n"])
def test_the_code_may_be_typed_with_any_blanks(
    scene: Scene, province: Office, request_file: Path, written: str
) -> None:
    code = key_code(scene.office("stranger")).lower().replace(" ", ":")
    enrolling.approve(province, request_file.read_bytes(), MUONG_BO, written.format(code), PASSPHRASE)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("0" * 32, enrolling.FingerprintDiffers),
        ("f" * 64, enrolling.FingerprintDiffers),
        ("ABCD EF01", keys.FingerprintTooShort),
        ("", keys.FingerprintTooShort),
        ("không phải mã khóa nhưng cũng đủ dài để đọc", enrolling.FingerprintDiffers),
    ],
)
def test_a_code_that_does_not_fit_changes_nothing(
    province: Office, request_file: Path, typed: str, refusal: type[Exception]
) -> None:
    before = holdings(province.home)
    with pytest.raises(refusal):
        enrolling.approve(province, request_file.read_bytes(), MUONG_BO, typed, PASSPHRASE)
    assert holdings(province.home) == before


def test_one_digit_more_than_is_read_out_must_fit_too(
    scene: Scene, province: Office, request_file: Path
) -> None:
    whole = scene.office("stranger").record.key or ""
    wrong = whole[:32] + ("0" if whole[32] != "0" else "1")
    with pytest.raises(enrolling.FingerprintDiffers):
        enrolling.approve(province, request_file.read_bytes(), MUONG_BO, wrong, PASSPHRASE)


def test_a_key_that_has_spoken_for_a_unit_belongs_to_it(scene: Scene, province: Office) -> None:
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    request = scene.file("ban-ho.csr").read_bytes()
    code = key_code(scene.office("ban-ho"))
    before = holdings(province.home)
    with pytest.raises(enrolling.KeyOfAnotherUnit, match="Bản Hồ"):
        enrolling.approve(province, request, MUONG_BO, code, PASSPHRASE)
    assert holdings(province.home) == before


def test_a_slip_is_put_right_while_the_key_has_not_spoken(scene: Scene, province: Office) -> None:
    request, code = scene.file("ban-ho-2.csr").read_bytes(), key_code(scene.office("ban-ho-2"))
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])  # by the unit's other machine
    key = enrolling.approve(province, request, MUONG_BO, code, PASSPHRASE)
    assert keys_of(province, MUONG_BO) == {key.fingerprint}
    assert key.fingerprint not in keys_of(province, "03001")


def test_who_has_a_key_is_known_before_it_is_enrolled_again(scene: Scene, province: Office) -> None:
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    held = {name: enrolling.holder_of(province, scene.office(name).record.key or "") for name in MACHINES}
    assert {name: (each.unit.code, each.for_good) for name, each in held.items() if each} == {
        "ban-ho": ("03001", True),
        "ban-ho-2": ("03001", False),
        "ta-van": ("03002", False),
    }
    assert enrolling.holder_of(province, scene.office("stranger").record.key or "") is None
    enrolling.revoke(province, "03002", "Mất máy")
    assert enrolling.holder_of(province, scene.office("ta-van").record.key or "") is None


def test_the_key_of_the_province_speaks_for_nobody_else(province: Office, tmp_path: Path) -> None:
    code = enrolling.write_request(province, tmp_path / "tinh.csr", PASSPHRASE)
    before = holdings(province.home)
    with pytest.raises(enrolling.KeyOfAnotherUnit):
        enrolling.approve(province, (tmp_path / "tinh.csr").read_bytes(), MUONG_BO, code, PASSPHRASE)
    assert holdings(province.home) == before


def test_days_are_those_of_vietnam(scene: Scene, province: Office, request_file: Path) -> None:
    """Half past six in the morning there is still yesterday in London."""
    code = key_code(scene.office("stranger"))
    scene.clock.now = dt.datetime(2026, 11, 20, 23, 30, tzinfo=dt.UTC)
    key = enrolling.approve(province, request_file.read_bytes(), MUONG_BO, code, PASSPHRASE)
    assert key.valid_from == dt.date(2026, 11, 21)
    enrolling.revoke(province, MUONG_BO, "Mất máy")
    revocation = register.current_kit(province).revocations[key.fingerprint]
    assert revocation.on == dt.date(2026, 11, 21)
    file, _ = kits.export_kit(province, PASSPHRASE, request_file.parent / "kit.cchc", quiet)
    with zipfile.ZipFile(file) as bag:
        (name,) = (each for each in bag.namelist() if each.endswith("bag-info.txt"))
        assert "Bagging-Date: 2026-11-21\n" in bag.read(name).decode()


@pytest.mark.parametrize("code", ["99999", "", " "])
def test_a_unit_that_is_not_in_the_list_gets_no_key(
    scene: Scene, province: Office, request_file: Path, code: str
) -> None:
    """The province itself has no code, so an empty one must not mean it."""
    before = holdings(province.home)
    with pytest.raises(UnknownUnit):
        enrolling.approve(
            province, request_file.read_bytes(), code, key_code(scene.office("stranger")), PASSPHRASE
        )
    with pytest.raises(UnknownUnit):
        enrolling.revoke(province, code, "Không rõ")
    assert holdings(province.home) == before


def test_the_root_key_needs_its_passphrase(scene: Scene, province: Office, request_file: Path) -> None:
    before = holdings(province.home)
    with pytest.raises(keys.WrongPassphrase):
        enrolling.approve(
            province, request_file.read_bytes(), MUONG_BO, key_code(scene.office("stranger")), "sai mat khau"
        )
    assert holdings(province.home) == before


def test_only_the_province_enrols_and_revokes(scene: Scene, request_file: Path) -> None:
    commune = scene.office("ban-ho")
    code = key_code(scene.office("stranger"))
    with pytest.raises(register.NotTheProvince):
        enrolling.approve(commune, request_file.read_bytes(), MUONG_BO, code, PASSPHRASE)
    with pytest.raises(register.NotTheProvince):
        enrolling.revoke(commune, "03002", "Mất máy")


def test_a_request_needs_the_passphrase_of_its_key(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(keys.WrongPassphrase):
        enrolling.write_request(scene.office("ban-ho"), tmp_path / "xa.csr", "sai mat khau")
    assert not (tmp_path / "xa.csr").exists()


def test_a_key_is_not_taken_back_without_a_word(province: Office) -> None:
    with pytest.raises(enrolling.RevocationReasonMissing):
        enrolling.revoke(province, "03001", " ")


def test_revoking_takes_every_key_of_the_unit_and_no_other(scene: Scene, province: Office) -> None:
    revoked = enrolling.revoke(province, "03001", "Máy tính bị mất")
    assert {key.fingerprint for key in revoked} == keys_of(province, "03001")
    assert len(revoked) == 2
    kit = register.current_kit(province)
    assert set(kit.revocations) == {key.fingerprint for key in revoked}
    assert enrolling.revoke(province, "03001", "Lần nữa") == []


def test_what_a_unit_handed_over_before_is_still_believed_later_is_not(
    scene: Scene, province: Office
) -> None:
    first, second = scene.file("ban-ho-1.cchc"), scene.file("ban-ho-2.cchc")
    assert receiving.take_in(province, [first])[0].outcome == "first"
    enrolling.revoke(province, "03001", "Máy tính bị mất")
    again, later = receiving.take_in(province, [first, second])
    assert again.outcome == "held"
    assert later.outcome == "refused"
    assert later.problem is not None
    assert later.problem.code == "bundle.signer_revoked"
    assert later.problem.values == {"reason": "Máy tính bị mất"}


def test_what_a_believed_hand_over_descends_from_is_believed_when_it_comes_late(
    scene: Scene, province: Office
) -> None:
    """Lần 2 came first; the key is taken back; lần 1, which lần 2 continues, was on another stick."""
    receiving.take_in(province, [scene.file("ban-ho-2.cchc")])
    enrolling.revoke(province, "03001", "Máy tính bị mất")
    (taken,) = receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    assert taken.outcome == "older", taken.problem


def test_a_revoked_key_is_not_enrolled_again(scene: Scene, province: Office) -> None:
    """What a revocation says holds for good, so an approval that cannot take effect is refused."""
    enrolling.revoke(province, "03001", "Máy tính bị mất")
    before = holdings(province.home)
    with pytest.raises(enrolling.KeyWasRevoked):
        enrolling.approve(
            province,
            scene.file("ban-ho.csr").read_bytes(),
            "03001",
            key_code(scene.office("ban-ho")),
            PASSPHRASE,
        )
    assert holdings(province.home) == before


def test_the_office_learns_of_the_revocation_from_the_next_kit(
    scene: Scene, province: Office, tmp_path: Path
) -> None:
    commune = scene.office("ban-ho-ready")
    enrolling.revoke(province, "03001", "Máy tính bị mất")
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    assert take_kit(commune, tmp_path / "kit.cchc", province)[0].outcome == "later"
    before = holdings(commune.home)
    with pytest.raises(KeyRevoked, match="Máy tính bị mất"):
        handing_over.hand_over(commune, filling.open_form(commune), PASSPHRASE, tmp_path / "x.cchc")
    assert holdings(commune.home) == before
    assert not (tmp_path / "x.cchc").exists()


def test_a_new_machine_with_a_new_key_takes_over_from_a_revoked_one(
    scene: Scene, province: Office, tmp_path: Path
) -> None:
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    enrolling.revoke(province, "03001", "Máy tính bị mất")
    machine = scene.office("stranger")
    enrol(province, machine, "03001", tmp_path / "moi.csr")
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    take_kit(machine, tmp_path / "kit.cchc", province)
    form = close_and_sign(machine, fill(machine, filling.open_form(machine)))
    handing_over.hand_over(machine, form, PASSPHRASE, tmp_path / "moi.cchc")
    (taken,) = receiving.take_in(province, [tmp_path / "moi.cchc"])
    assert taken.outcome == "forked"  # the new machine never saw what the lost one had handed over
    assert not taken.same_key
