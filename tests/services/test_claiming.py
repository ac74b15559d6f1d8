"""Which unit an office is: it says so first, the register decides in the end, and nothing goes out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.services import filling, kits, receiving, upkeep
from tests.offices import (
    PASSPHRASE,
    UNITS,
    answer,
    close_and_sign,
    enrol,
    fill,
    hand_over,
    holdings,
    quiet,
    take_kit,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.offices import Scene


def test_a_form_that_was_filled_in_under_another_name_never_goes_out_of_sight(
    scene: Scene, tmp_path: Path
) -> None:
    """The office works as 03003; the province enrols its key as 03002 by a slip, and puts it right later."""
    province, office = scene.office("province"), scene.office("stranger")
    take_kit(office, scene.file("kit.cchc"), province)
    kits.claim_unit(office, "03003")
    form = answer(office, filling.open_form(office), "1.3", count="4")
    enrol(province, office, "03002", tmp_path / "xa.csr")
    wrong, _ = kits.export_kit(province, PASSPHRASE, tmp_path / "wrong.cchc", quiet)
    before, copies = holdings(office.home), upkeep.backups(office)
    (told,) = receiving.take_in(office, [wrong], dry_run=True)
    assert told.problem is not None
    assert told.problem.code == "kit.other_unit_enrolled"
    assert (office.record.name, holdings(office.home)) == (UNITS["03003"], before)
    (taken,) = receiving.take_in(office, [wrong])
    assert upkeep.backups(office) == copies
    assert taken.problem is not None
    assert taken.problem.code == "kit.other_unit_enrolled"
    assert taken.problem.values == {"enrolled": UNITS["03002"], "claimed": UNITS["03003"]}
    assert holdings(office.home) == before
    assert filling.open_form(office).assessment == form.assessment

    enrol(province, office, "03003", tmp_path / "xa.csr")
    right, _ = kits.export_kit(province, PASSPHRASE, tmp_path / "right.cchc", quiet)
    assert receiving.take_in(office, [right])[0].outcome == "later"
    assert filling.open_form(office).sheet("1.3").answer.inputs == {"count": "4"}
    close_and_sign(office, fill(office, filling.open_form(office)))
    assert receiving.take_in(province, [hand_over(office, tmp_path / "lan-1.cchc")])[0].outcome == "first"


def test_an_office_that_chose_the_wrong_unit_takes_the_right_one_and_then_the_kit(
    scene: Scene, tmp_path: Path
) -> None:
    province, office = scene.office("province"), scene.office("stranger")
    take_kit(office, scene.file("kit.cchc"), province)
    kits.claim_unit(office, "03003")
    answer(office, filling.open_form(office), "1.3", count="4")
    enrol(province, office, "03002", tmp_path / "xa.csr")
    kit, _ = kits.export_kit(province, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    assert receiving.take_in(office, [kit])[0].outcome == "refused"
    kits.claim_unit(office, "03002")
    assert receiving.take_in(office, [kit])[0].outcome == "later"
    assert office.record.name == UNITS["03002"]
