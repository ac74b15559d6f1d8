"""Where an office stands with its province, in each of the ways that can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exports.signing.keys import spoken
from parindex_desktop.services import enrolling, kits
from parindex_desktop.services.standing import Enrolment, standing
from tests.offices import NOW, PASSPHRASE, YEAR, quiet, take_kit

if TYPE_CHECKING:
    from tests.offices import Scene


@pytest.mark.parametrize(
    ("name", "enrolment"),
    [
        ("province", Enrolment.PROVINCE),
        ("stranger", Enrolment.NO_KIT),
        ("ban-ho", Enrolment.ENROLLED),
        ("ban-ho-2", Enrolment.ENROLLED),
    ],
)
def test_the_key_is_as_the_kit_says(scene: Scene, name: str, enrolment: Enrolment) -> None:
    office = scene.office(name)
    now = standing(office)
    assert now.enrolment is enrolment
    assert now.code == spoken(office.record.key or "")


def test_an_enrolled_office_knows_its_unit_its_kit_and_whom_it_believes(scene: Scene) -> None:
    now = standing(scene.office("ban-ho"))
    assert now.unit is not None
    assert now.unit.code == "03001"
    assert now.kit is not None
    assert now.kit.sequence == 1
    assert now.since is not None
    assert now.since <= NOW.date()
    assert now.trusted == standing(scene.office("province")).code
    assert now.years == (YEAR,)
    assert now.province


def test_without_a_kit_nobody_is_believed(scene: Scene) -> None:
    now = standing(scene.office("stranger"))
    assert (now.kit, now.unit, now.trusted, now.years) == (None, None, "", ())


def test_a_kit_without_the_key_leaves_it_unknown(scene: Scene) -> None:
    office = scene.office("stranger")
    take_kit(office, scene.file("kit.cchc"), scene.office("province"))
    assert standing(office).enrolment is Enrolment.UNKNOWN


def test_a_revoked_key_says_why(scene: Scene) -> None:
    province, office = scene.office("province"), scene.office("ta-van")
    enrolling.revoke(province, "03002", "Mất máy")
    kit = scene.folder / "kit-2.cchc"
    kits.export_kit(province, PASSPHRASE, kit, quiet)
    take_kit(office, kit, province)
    now = standing(office)
    assert (now.enrolment, now.reason) == (Enrolment.REVOKED, "Mất máy")
    assert now.kit is not None
    assert now.kit.sequence == 2
