"""Kits: believed once a person has typed the code that the province read out, and whole or not taken in."""

from __future__ import annotations

import base64
import dataclasses
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from db import revisions as kept
from db.models import SeriesRow
from exports.signing import keys
from parindex_desktop.domain.kits import UnknownUnit
from parindex_desktop.domain.revisions import Kind
from parindex_desktop.domain.units import Level
from parindex_desktop.services import kits, receiving, register
from parindex_desktop.services.homes import open_home
from parindex_desktop.services.joining import join
from parindex_desktop.services.kits import UnitAlreadyKnown, peek_kit
from parindex_desktop.services.register import NewUnit, NotTheProvince
from parindex_desktop.services.standing import Enrolment, standing
from tests.offices import (
    PASSPHRASE,
    UNITS,
    YEAR,
    changed,
    enrol,
    forged,
    holdings,
    key_code,
    quiet,
    revision_in,
    take_kit,
)

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


def code_of(taken: list[receiving.Taken]) -> str:
    (one,) = taken
    assert one.outcome == "refused"
    assert one.problem is not None
    return one.problem.code


def newer_kit(province: Office, target: Path, name: str = "Xã mới") -> Path:
    register.add_units(province, [NewUnit("03050", name, Level.COMMUNE)])
    kits.export_kit(province, PASSPHRASE, target, quiet)
    return target


def test_an_enrolled_office_learns_who_it_is_and_what_to_fill_in(scene: Scene) -> None:
    commune = scene.office("ban-ho")
    assert commune.record.name == UNITS["03001"]
    assert commune.record.period == YEAR
    assert standing(commune).enrolment is Enrolment.ENROLLED
    assert commune.record.anchor == scene.office("province").record.key
    assert [unit.code for unit in register.units(commune)] == list(UNITS)


def test_nobody_has_confirmed_the_key_yet(scene: Scene) -> None:
    office = scene.office("stranger")
    before = holdings(office.home)
    assert code_of(receiving.take_in(office, [scene.file("kit.cchc")])) == "kit.not_trusted"
    assert holdings(office.home) == before
    assert office.record.anchor is None


@pytest.mark.parametrize(
    ("heard", "code"),
    [
        ("0" * 32, "enrol.fingerprint_differs"),
        ("1234", "key.fingerprint_too_short"),
        ("", "key.fingerprint_too_short"),
    ],
)
def test_a_code_that_was_heard_wrongly_believes_nobody(scene: Scene, heard: str, code: str) -> None:
    office = scene.office("stranger")
    before = holdings(office.home)
    assert code_of(receiving.take_in(office, [scene.file("kit.cchc")], trust=heard)) == code
    assert holdings(office.home) == before


def test_an_office_whose_key_is_unknown_may_name_its_unit_and_fill(scene: Scene) -> None:
    office, province = scene.office("stranger"), scene.office("province")
    (taken,) = take_kit(office, scene.file("kit.cchc"), province)
    assert taken.outcome == "first"
    assert office.record.unit is None
    kits.claim_unit(office, "03003")
    assert office.record.name == UNITS["03003"]
    assert standing(office).enrolment is Enrolment.UNKNOWN


@pytest.mark.parametrize("code", ["99999", "", " "])
def test_an_office_cannot_be_a_unit_that_is_not_there_nor_the_province_itself(
    scene: Scene, code: str
) -> None:
    office = scene.office("stranger")
    take_kit(office, scene.file("kit.cchc"), scene.office("province"))
    before = holdings(office.home)
    with pytest.raises(UnknownUnit):
        kits.claim_unit(office, code)
    assert holdings(office.home) == before
    assert office.level is Level.COMMUNE


def test_the_register_decides_in_the_end_which_unit_an_office_is(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(UnitAlreadyKnown):
        kits.claim_unit(scene.office("ban-ho"), "03002")
    with pytest.raises(UnitAlreadyKnown):
        kits.claim_unit(scene.office("province"), "03002")
    office, province = scene.office("stranger"), scene.office("province")
    take_kit(office, scene.file("kit.cchc"), province)
    kits.claim_unit(office, "03003")
    enrol(province, office, "03002", tmp_path / "xa.csr")
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    take_kit(office, tmp_path / "kit.cchc", province)
    assert office.record.name == UNITS["03002"]


def test_the_same_kit_twice_and_an_older_one_are_outcomes(scene: Scene, tmp_path: Path) -> None:
    province, commune = scene.office("province"), scene.office("ban-ho")
    newer = newer_kit(province, tmp_path / "moi.cchc")
    assert receiving.take_in(commune, [scene.file("kit.cchc")])[0].outcome == "held"
    assert receiving.take_in(commune, [newer])[0].outcome == "later"
    before = holdings(commune.home)
    assert receiving.take_in(commune, [scene.file("kit.cchc")])[0].outcome in {"held", "older"}
    assert holdings(commune.home) == before
    stranger = scene.office("stranger")
    take_kit(stranger, newer, province)
    assert take_kit(stranger, scene.file("kit.cchc"), province)[0].outcome == "older"
    assert [unit.code for unit in register.units(stranger)] == [*UNITS, "03050"]


def test_before_the_first_kit_only_what_concerns_others_is_to_be_sent_out(scene: Scene) -> None:
    province = scene.new("new", Level.PROVINCE, "Sở Nội vụ tỉnh Lai Châu")
    assert kits.kit_status(province).changes == {}
    register.add_units(province, [NewUnit(code, f"Xã {code}", Level.COMMUNE) for code in ("03001", "03002")])
    assert kits.kit_status(province).changes == {"unit": 2}


def test_unchanged_it_is_the_same_file_again(scene: Scene, tmp_path: Path) -> None:
    province = scene.office("province")
    kits.export_kit(province, PASSPHRASE, tmp_path / "again.cchc", quiet)
    assert (tmp_path / "again.cchc").read_bytes() == scene.file("kit.cchc").read_bytes()


def test_only_the_province_sends_kits(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(NotTheProvince):
        kits.export_kit(scene.office("ban-ho"), PASSPHRASE, tmp_path / "kit.cchc", quiet)
    assert list(tmp_path.glob("*.cchc")) == []


def test_the_provinces_key_needs_its_passphrase(scene: Scene, tmp_path: Path) -> None:
    province = scene.office("province")
    register.add_units(province, [NewUnit("03050", "Xã mới", Level.COMMUNE)])
    before = holdings(province.home)
    with pytest.raises(keys.WrongPassphrase):
        kits.export_kit(province, "sai mat khau", tmp_path / "kit.cchc", quiet)
    assert holdings(province.home) == before


def test_another_provinces_kit_is_refused_by_who_believes_one_already(scene: Scene, tmp_path: Path) -> None:
    other = scene.new("khac", Level.PROVINCE, "Sở Nội vụ tỉnh Khác")
    kits.export_kit(other, PASSPHRASE, tmp_path / "khac.cchc", quiet)
    for name in ("ban-ho", "province"):
        office = scene.office(name)
        before = holdings(office.home)
        assert code_of(take_kit(office, tmp_path / "khac.cchc", other)) == "kit.of_another_province"
        assert holdings(office.home) == before


def test_a_kit_signed_by_a_commune_is_refused(scene: Scene, tmp_path: Path) -> None:
    """A commune's key is in the register, but it speaks for its own unit only."""
    revision = revision_in(scene.file("kit.cchc"))
    signer = scene.office("ta-van")
    kit = forged(signer, dataclasses.replace(revision, key=signer.record.key or ""), tmp_path / "gia.cchc")
    assert code_of(receiving.take_in(scene.office("ban-ho"), [kit])) == "kit.of_another_province"


def test_two_kits_side_by_side_are_refused(scene: Scene, tmp_path: Path) -> None:
    """The province went on from a restored backup: nobody can tell which of the two it means."""
    shutil.copytree(scene.made / "province", tmp_path / "backup")
    one = newer_kit(scene.office("province"), tmp_path / "one.cchc", "Xã một")
    with open_home(tmp_path / "backup", scene.clock) as restored:
        other = newer_kit(restored, tmp_path / "other.cchc", "Xã hai")
    commune = scene.office("ban-ho")
    receiving.take_in(commune, [one])
    before = holdings(commune.home)
    assert code_of(receiving.take_in(commune, [other])) == "kit.forked"
    assert holdings(commune.home) == before


def kit_by(scene: Scene, name: str, target: Path, **series: Any) -> Path:
    """A kit that names the author's own unit as its author, signed by that office."""
    signer, revision = scene.office(name), revision_in(scene.file("kit.cchc"))
    unit = signer.record.unit or ""
    own = {"author": unit, "subject": unit} | series
    forgery = dataclasses.replace(
        revision, series=dataclasses.replace(revision.series, **own), key=signer.record.key or ""
    )
    renamed = {
        key: dict(entry.value) | {"name": "Bị đổi tên"}
        for key, entry in revision.entries.items()
        if key.startswith("unit/") and entry.value["code"] == "03001"
    }
    return forged(signer, changed(forgery, renamed), target)


@pytest.mark.parametrize("name", ["ban-ho", "province", "ta-van"])
def test_a_kit_of_a_commune_in_its_own_name_is_refused(scene: Scene, tmp_path: Path, name: str) -> None:
    kit = kit_by(scene, "ta-van", tmp_path / "gia.cchc")
    office = scene.office(name)
    before = holdings(office.home)
    assert code_of(receiving.take_in(office, [kit])) == "kit.of_another_province"
    assert holdings(office.home) == before
    assert "Bị đổi tên" not in [unit.name for unit in register.units(office)]


def test_who_is_no_province_in_its_own_kit_is_not_believed_first(scene: Scene, tmp_path: Path) -> None:
    """Even if somebody typed its code: a kit is what a province says."""
    kit, office = kit_by(scene, "ta-van", tmp_path / "gia.cchc"), scene.office("stranger")
    assert code_of(take_kit(office, kit, scene.office("ta-van"))) == "kit.malformed"
    with pytest.raises(kits.KitMalformed):
        peek_kit(kit)


@pytest.mark.parametrize("holder", ["all", "province", "9d3f2f6e-0000-4000-8000-000000000000"])
def test_a_kit_that_gives_figures_to_nobody_is_refused(scene: Scene, tmp_path: Path, holder: str) -> None:
    revision = changed(revision_in(scene.file("kit.cchc")), {f"given/2026/x/{holder}": {"count": "1"}})
    forged(scene.office("province"), revision, tmp_path / "kit.cchc")
    assert code_of(receiving.take_in(scene.office("ban-ho"), [tmp_path / "kit.cchc"])) == "kit.malformed"


@pytest.mark.parametrize("series", [{"period": "2026"}, {"subject": "rank"}], ids=["a year", "a subject"])
def test_a_kit_is_one_series_for_life(scene: Scene, tmp_path: Path, series: dict[str, str]) -> None:
    kit = kit_by(scene, "province", tmp_path / "kit-la.cchc", **series)
    assert code_of(receiving.take_in(scene.office("ban-ho"), [kit])) == "kit.malformed"


def test_the_kit_is_the_one_of_the_province_that_is_believed(scene: Scene, tmp_path: Path) -> None:
    """Whatever else once got into the database, also before it."""
    office = scene.office("ban-ho")
    revision = revision_in(kit_by(scene, "ta-van", tmp_path / "gia.cchc"))
    believed = register.current_kit(office)
    with office.begin() as session:
        author = revision.series.author
        session.add(SeriesRow(id=0, kind="kit", author=author, period="", subject=author))
        session.flush()
        kept.hold(session, revision, revision.document(), scene.clock())
    assert register.current_kit(office) == believed


def the_set(revision: Any) -> str:
    return next(key for key in revision.entries if key.startswith("set/"))


def _changed_set(revision: Any) -> dict[str, Any]:
    key = the_set(revision)
    return {key: dict(revision.entries[key].value) | {"version": 7}}


def _faulty_set(revision: Any) -> dict[str, Any]:
    key = the_set(revision)
    return {key: dict(revision.entries[key].value) | {"maximum": "101.00"}}


def _no_signer(revision: Any) -> dict[str, Any]:
    return {f"key/{revision.key}": None}


def _signer_of_another_unit(revision: Any) -> dict[str, Any]:
    key = f"key/{revision.key}"
    return {key: dict(revision.entries[key].value) | {"unit": "00000000-0000-4000-8000-000000000000"}}


NEW_UNIT = "00000000-0000-4000-8000-000000000000"


def unit_entry(**others: Any) -> dict[str, Any]:
    unit = {"code": "x", "name": "Xã x", "level": "commune", "valid_from": None, "valid_to": None}
    return {f"unit/{NEW_UNIT}": unit | {"parent": None} | others}


def _units(revision: Any) -> list[str]:
    """Entry keys of the communes."""
    return sorted(
        key
        for key, entry in revision.entries.items()
        if key.startswith("unit/") and entry.value["level"] == "commune"
    )


def _without(revision: Any, code: str) -> dict[str, Any]:
    return {key: None for key in _units(revision) if revision.entries[key].value["code"] == code}


def _circle(revision: Any) -> dict[str, Any]:
    one, other, *_ = _units(revision)
    return {
        one: dict(revision.entries[one].value) | {"parent": other.removeprefix("unit/")},
        other: dict(revision.entries[other].value) | {"parent": one.removeprefix("unit/")},
    }


@pytest.mark.parametrize(
    "tampering",
    [
        _changed_set,
        _faulty_set,
        _no_signer,
        _signer_of_another_unit,
        lambda revision: {the_set(revision): "not an object"},
        lambda _: {"unit/00000000-0000-4000-8000-000000000000": {"code": "1"}},
        lambda _: {"unit/00000000-0000-4000-8000-000000000000": 7},
        lambda _: {"period/2026": {"sets": {"commune": 1, "village": ""}, "self_assessment_to": None}},
        lambda _: {"period/2026": {"sets": [], "self_assessment_to": "soon"}},
        lambda _: {
            "key/" + "0" * 64: {"unit": "x", "from": "2026", "to": None, "certificate": "?", "recipient": ""}
        },
        lambda _: {"revocation/" + "0" * 64: {"on": "today", "reason": "", "believed": []}},
        lambda _: {"revocation/" + "0" * 64: {"on": "2026-01-01", "reason": "", "believed": 5}},
        lambda _: {"revocation/" + "0" * 64: {"on": "2026-01-01", "reason": "", "believed": "abc"}},
        lambda _: {"revocation/" + "0" * 64: {"on": "2026-01-01", "reason": "", "believed": ["abc"]}},
        lambda _: {"revocation/" + "0" * 64: {"on": "2026-01-01", "reason": ["x"], "believed": []}},
        lambda _: {"period/abc": {"sets": {}, "self_assessment_to": None}},
        lambda _: {"period/2027": {"sets": {"commune": ["x"]}, "self_assessment_to": None}},
        lambda _: unit_entry(code="03001"),
        lambda _: unit_entry(code=""),
        lambda _: unit_entry(code="0" * 21),
        lambda _: unit_entry(name=""),
        lambda _: unit_entry(name="Xã\x01"),
        lambda _: unit_entry(name="Xã \u202eLạ"),
        lambda _: unit_entry(name=["Xã"]),
        lambda _: unit_entry(level="province", parent=None),
        lambda _: unit_entry(level="village"),
        lambda _: unit_entry(parent=None),
        lambda _: unit_entry(parent=NEW_UNIT),
        lambda _: unit_entry(parent="00000000-0000-4000-8000-000000000009"),
        lambda _: unit_entry(valid_from="0001-01-01"),
        lambda _: unit_entry(secret="1"),
        _circle,
        lambda revision: _without(revision, "03003"),
        lambda revision: {f"key/{revision.key}": {"unit": 5}},
        lambda _: {"root": "***"},
        lambda _: {"root": base64.b64encode(b"no certificate").decode()},
    ],
    ids=lambda tampering: tampering.__name__,
)
def test_a_kit_that_is_not_whole_is_refused_though_the_province_signed_it(
    scene: Scene, tmp_path: Path, tampering: Any
) -> None:
    """Nothing of it is believed, and the kit held before goes on being read."""
    province, commune = scene.office("province"), scene.office("ban-ho")
    revision = revision_in(newer_kit(province, tmp_path / "moi.cchc"))
    bad = forged(province, changed(revision, tampering(revision)), tmp_path / "bad.cchc")
    before = holdings(commune.home)
    assert code_of(receiving.take_in(commune, [bad])) == "kit.malformed"
    assert holdings(commune.home) == before
    assert register.current_kit(commune).criteria_set(YEAR, Level.COMMUNE)


def test_a_kit_is_shown_before_it_is_believed(scene: Scene) -> None:
    preview = peek_kit(scene.file("kit.cchc"))
    assert keys.spoken(preview.key) == key_code(scene.office("province"))
    assert preview.province == "Sở Nội vụ tỉnh Lào Cai"
    assert [unit.code for unit in preview.units] == list(UNITS)
    assert preview.years == (YEAR,)
    with pytest.raises(kits.NotAKit):
        peek_kit(scene.file("ban-ho-1.cchc"))


def test_an_office_can_be_set_up_from_the_kit_alone(scene: Scene, tmp_path: Path) -> None:
    preview = peek_kit(scene.file("kit.cchc"))
    unit = preview.units[2]
    options: dict[str, Any] = {"passphrase": PASSPHRASE, "clock": scene.clock}
    with pytest.raises(keys.FingerprintTooShort):
        join(tmp_path / "xa", scene.file("kit.cchc"), preview, unit, heard="12", **options)
    assert not (tmp_path / "xa").exists()
    office, taken = join(
        tmp_path / "xa", scene.file("kit.cchc"), preview, unit, heard=keys.spoken(preview.key), **options
    )
    scene.opened.append(office)
    assert taken.outcome.is_new
    assert taken.kind is Kind.KIT
    assert (office.record.unit, office.record.name) == (unit.id, unit.name)
