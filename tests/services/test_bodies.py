"""Bodies without a home: entered, changed and removed by the province, and sent out with the kit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.body_changes import NewBody
from parindex_desktop.domain.kits import KitMalformed
from parindex_desktop.domain.unit_entries import body_entry
from parindex_desktop.domain.units import Body, BodyKind, Level
from parindex_desktop.services import bodies, kits, receiving, register, removing_units
from parindex_desktop.services.receiving import Outcome
from tests.offices import PASSPHRASE, changed, forged, holdings, quiet, revision_in

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

PAPER = NewBody("Báo Lào Cai", BodyKind.ORGANISATION)
ROOM = NewBody("Phòng Nội vụ", BodyKind.ROOM, "03001")
GROUP = NewBody("Các xã", BodyKind.GROUP, "", (Level.COMMUNE,))


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


def test_bodies_are_added_in_order_and_go_out_with_the_kit(
    province: Office, scene: Scene, tmp_path: Path
) -> None:
    for new in (GROUP, PAPER, ROOM):
        bodies.add_body(province, new)
    names = ["Phòng Nội vụ", "Báo Lào Cai", "Các xã"]
    assert [body.name for body in bodies.bodies(province)] == names
    assert kits.kit_status(province).changes == {"body": 3}
    kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    commune = scene.office("ban-ho")
    (taken,) = receiving.take_in(commune, [tmp_path / "kit.cchc"])
    assert taken.outcome is Outcome.LATER
    assert [body.name for body in bodies.bodies(commune)] == names


def test_a_body_keeps_its_id_when_it_is_changed(province: Office) -> None:
    body = bodies.add_body(province, ROOM)
    after = bodies.change_body(province, body, replace(ROOM, name="Phòng Văn hóa", of_code=""))
    assert (after.id, after.name, after.of) == (body.id, "Phòng Văn hóa", province.record.unit)
    assert bodies.bodies(province) == [after]


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (replace(PAPER, name="BÁO LÀO CAI"), bodies.BodyNameTaken),
        (NewBody("", BodyKind.ORGANISATION), bodies.BodyFaulty),
        (NewBody("Phòng", BodyKind.ROOM, "99999"), bodies.BodyFaulty),
        (NewBody("Nhóm", BodyKind.GROUP), bodies.BodyFaulty),
    ],
)
def test_what_cannot_be_entered_leaves_everything_as_it_was(
    province: Office, new: NewBody, refusal: type[Exception]
) -> None:
    bodies.add_body(province, PAPER)
    before = holdings(province.home)
    with pytest.raises(refusal):
        bodies.add_body(province, new)
    assert holdings(province.home) == before


def test_rooms_of_two_offices_may_have_one_name(province: Office) -> None:
    first = bodies.add_body(province, ROOM)
    second = bodies.add_body(province, replace(ROOM, of_code="03002"))
    assert bodies.find_body(province, "phòng nội vụ", "03002") == second
    assert bodies.find_body(province, "Phong noi vu", "03001") == first
    for name, of in (("Phòng Nội vụ", None), ("Phòng Nội vụ", ""), ("Báo", None), ("", None)):
        with pytest.raises(bodies.UnknownBody):
            bodies.find_body(province, name, of)


def test_a_body_is_removed(province: Office) -> None:
    body = bodies.add_body(province, PAPER)
    bodies.remove_body(province, body)
    assert bodies.bodies(province) == []
    assert not kits.kit_status(province).changes


def test_a_unit_that_a_body_or_another_unit_names_stays(province: Office) -> None:
    for code in ("03010", "03011"):
        register.add_unit(province, register.NewUnit(code, f"Xã {code}", Level.COMMUNE))
    bodies.add_body(province, replace(ROOM, of_code="03010"))
    with pytest.raises(removing_units.UnitIsNamed):
        removing_units.remove_unit(province, "03010")
    bodies.remove_body(province, bodies.bodies(province)[0])
    removing_units.remove_unit(province, "03010")


def test_only_the_province_enters_bodies(scene: Scene) -> None:
    with pytest.raises(register.NotTheProvince):
        bodies.add_body(scene.office("ban-ho"), PAPER)


def test_a_kit_whose_body_names_no_unit_is_refused(scene: Scene, tmp_path: Path) -> None:
    province = scene.office("province")
    body = Body("b", "Phòng", BodyKind.ROOM, "nobody")
    revision = changed(revision_in(scene.file("kit.cchc")), {"body/b": body_entry(body)})
    forged(province, revision, tmp_path / "kit.cchc")
    (taken,) = receiving.take_in(scene.office("ban-ho"), [tmp_path / "kit.cchc"])
    assert taken.outcome is Outcome.REFUSED
    assert taken.problem is not None
    assert taken.problem.code == KitMalformed.code
