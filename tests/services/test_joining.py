"""Setting an office up from the province's kit: nothing is made before the code that was heard is the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parindex_desktop.services import joining, kits
from parindex_desktop.services.enrolling import FingerprintDiffers
from parindex_desktop.services.homes import HomeTaken
from parindex_desktop.services.receiving import Outcome
from parindex_desktop.services.standing import Enrolment, standing
from tests.offices import PASSPHRASE, light_keys

if TYPE_CHECKING:
    from tests.offices import Scene


def test_with_the_code_of_another_key_nothing_is_made(scene: Scene) -> None:
    kit = scene.file("kit.cchc")
    preview = kits.peek_kit(kit)
    home = scene.folder / "new"
    with pytest.raises(FingerprintDiffers):
        joining.join(home, kit, preview, preview.units[2], heard="0" * 32, passphrase=PASSPHRASE)
    assert not home.exists()


def test_a_kit_that_is_gone_meanwhile_leaves_the_office_without_one(scene: Scene) -> None:
    kit = scene.evidence("kit.cchc", scene.file("kit.cchc").read_bytes())
    preview = kits.peek_kit(kit)
    kit.unlink()
    with light_keys():
        office, taken = joining.join(
            scene.folder / "new", kit, preview, preview.units[2], heard=preview.key, passphrase=PASSPHRASE
        )
    scene.opened.append(office)
    assert taken.outcome is Outcome.FAILED
    assert taken.problem is not None
    assert standing(office).enrolment is Enrolment.NO_KIT


def test_a_home_that_has_an_office_is_not_taken(scene: Scene) -> None:
    preview = kits.peek_kit(scene.file("kit.cchc"))
    home = scene.home("ta-van")
    with pytest.raises(HomeTaken):
        joining.join(
            home, scene.file("kit.cchc"), preview, preview.units[2], heard=preview.key, passphrase=PASSPHRASE
        )
