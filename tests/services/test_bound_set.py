"""A newer set in mid-year changes nothing that an office has filled in, locked or signed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from parindex_desktop.domain.assessments import SET
from parindex_desktop.domain.errors import MachineError
from parindex_desktop.services import filling, handing_over, kits, locking, receiving, register
from tests.offices import PASSPHRASE, Scene

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office


def newer_kit(scene: Scene, folder: Path) -> Path:
    """A kit whose set of the year lacks 1.9 and gives its point to 1.8."""
    province = scene.office("province")
    tree = json.loads(register.shipped_sets()["commune-2026.json"])
    field = tree["criteria"][0]
    field["children"] = [child for child in field["children"] if child["code"] != "1.9"]
    moved = next(child for child in field["children"] if child["code"] == "1.8")
    moved["maximum"] = "2.00"
    tree["version"] = 2
    criteria = register.import_set(province, json.dumps(tree, ensure_ascii=False).encode())
    register.open_period(province, "2026", [criteria])
    file, _ = kits.export_kit(province, PASSPHRASE, folder, lambda _done, _total: None)
    return file


def answered(office: Office) -> filling.Form:
    form = filling.open_form(office)
    criterion = form.sheet("1.9").criterion
    return filling.type_input(office, form, criterion, criterion.inputs[0].name, "có")


def test_a_form_stays_under_the_set_that_it_was_begun_with(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho")
    before = answered(office)
    receiving.take_in(office, [newer_kit(scene, tmp_path)])
    after = filling.open_form(office)
    assert after.criteria.digest == before.criteria.digest
    assert after.assessment.sheets == before.assessment.sheets
    assert after.kit.criteria_set("2026", office.level).version == 2


def test_a_form_that_was_not_begun_takes_the_newer_set(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho")
    receiving.take_in(office, [newer_kit(scene, tmp_path)])
    assert filling.open_form(office).criteria.version == 2


def test_the_lock_names_the_set_too(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho")
    locked = locking.lock(office, answered(office), "Thiếu")
    receiving.take_in(office, [newer_kit(scene, tmp_path)])
    form = filling.open_form(office)
    assert form.assessment.lock == locked.assessment.lock
    newer = form.kit.criteria_set("2026", office.level)
    other = filling.put_journalled(office, form, {SET: newer.digest}, "form.changed", {})
    assert other.criteria == newer
    assert other.assessment.lock is None


def test_the_province_takes_in_what_was_filled_under_the_older_set(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho")
    form = locking.lock(office, answered(office), "Thiếu")
    form = locking.record_signed(office, form, locking.SignedPaper("", None, "", without="Chưa ký"))
    _, done = handing_over.hand_over(office, form, PASSPHRASE, tmp_path)
    newer_kit(scene, tmp_path)
    (taken,) = receiving.take_in(scene.office("province"), [done.target])
    assert taken.outcome == "first"


def test_signed_but_not_written_is_not_handed_over(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho")
    form = locking.lock(office, answered(office), "Thiếu")
    form = locking.record_signed(office, form, locking.SignedPaper("", None, "", without="Chưa ký"))
    with pytest.raises(MachineError):
        handing_over.hand_over(office, form, PASSPHRASE, tmp_path / "pulled out" / "ho-so.cchc")
    form = filling.open_form(office)
    assert (len(form.unwritten), handing_over.next_step(form)) == (1, handing_over.Handover.HAND_OVER)
    form, _ = handing_over.hand_over(office, form, PASSPHRASE, tmp_path)
    assert handing_over.next_step(form) is handing_over.Handover.DONE
