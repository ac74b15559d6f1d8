"""Nộp hồ sơ: one bundle, once it is locked and signed; what was made is never made otherwise."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from exports.bundles.errors import EvidenceDamaged, TargetNotWritable
from exports.signing import keys
from parindex_desktop.domain.revisions import State
from parindex_desktop.services import (
    attaching,
    enrolling,
    filling,
    handing_over,
    kits,
    locking,
    receiving,
    upkeep,
)
from parindex_desktop.services.handing_over import Handover, NotSigned, next_step
from parindex_desktop.services.locking import NotLocked
from parindex_desktop.services.sealing import KeyRevoked, NotEnrolled
from tests.offices import (
    PASSPHRASE,
    answer,
    close_and_sign,
    figures_of,
    fill,
    hand_over,
    holdings,
    leaf,
    quiet,
    revision_in,
    take_kit,
)

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

ON_THE_WAY = """
import os, sys
from pathlib import Path
from parindex_desktop.services import filling, handing_over, sealing
from parindex_desktop.services.homes import open_home
sealing.write_bundle = lambda *_, **__: os._exit(9)
with open_home(Path(sys.argv[1])) as office:
    handing_over.hand_over(office, filling.open_form(office), sys.argv[2], Path(sys.argv[3]))
"""


def test_the_next_step_is_told_at_every_stage(scene: Scene, tmp_path: Path) -> None:
    commune = scene.office("ban-ho")
    form = filling.open_form(commune)
    assert next_step(form) is Handover.FILL
    form = locking.lock(commune, fill(commune, form))
    assert next_step(form) is Handover.SIGN
    form = close_and_sign(commune, locking.unlock(commune, form, "x"))
    assert next_step(form) is Handover.HAND_OVER
    form, done = handing_over.hand_over(commune, form, PASSPHRASE, tmp_path)
    assert next_step(form) is Handover.DONE
    assert done.target.name == "Uy-Ban-Nhan-Dan-Xa-Ban-Ho-2026-lan-1.cchc" or done.target.suffix == ".cchc"
    form = locking.unlock(commune, form, "x")
    assert next_step(form) is Handover.FILL


def test_what_is_not_locked_or_not_signed_is_not_handed_over(scene: Scene, tmp_path: Path) -> None:
    commune = scene.office("ban-ho")
    form = fill(commune, filling.open_form(commune))
    with pytest.raises(NotLocked):
        handing_over.hand_over(commune, form, PASSPHRASE, tmp_path / "a.cchc")
    form = locking.lock(commune, form)
    with pytest.raises(NotSigned):
        handing_over.hand_over(commune, form, PASSPHRASE, tmp_path / "a.cchc")
    assert list(tmp_path.glob("*.cchc")) == []


def test_the_revision_says_what_it_continues_and_under_what_it_was_made(scene: Scene) -> None:
    commune, province = scene.office("ban-ho-handed-over"), scene.office("province")
    first, second = (revision_in(scene.file(f"ban-ho-{n}.cchc")) for n in (1, 2))
    assert (first.sequence, second.sequence, first.parents) == (1, 2, ())
    assert [ancestor.sequence for ancestor in second.ancestors] == [1]
    assert second.state is State.FINAL
    assert second.audience == (province.record.unit,)
    assert second.key == commune.record.key
    assert second.kit is not None
    assert {ancestor.digest for ancestor in second.ancestors} == set(second.parents)
    assert len(first.attachments) == 1


def test_unchanged_it_is_the_same_file_again(scene: Scene, tmp_path: Path) -> None:
    commune = scene.office("ban-ho-handed-over")
    form = filling.open_form(commune)
    before = upkeep.check(commune).revisions
    form, done = handing_over.hand_over(commune, form, "bất kỳ", tmp_path / "again.cchc")
    assert done.sequence == 2
    assert (tmp_path / "again.cchc").read_bytes() == scene.file("ban-ho-2.cchc").read_bytes()
    assert upkeep.check(commune).revisions == before
    (latest, *_) = handing_over.history(commune, form)
    assert latest.files == ("ban-ho-2.cchc", "again.cchc")


def test_only_what_is_yet_to_be_signed_needs_a_passphrase(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho-ready")
    form = filling.open_form(office)
    assert handing_over.last_handed_over(form) is None
    assert handing_over.must_sign(office, form)
    form, done = handing_over.hand_over(office, form, PASSPHRASE, tmp_path / "a.cchc")
    assert handing_over.last_handed_over(form) == done.digest
    assert not handing_over.must_sign(office, form)
    form, _ = handing_over.hand_over(office, form, "", tmp_path / "b.cchc")
    assert (tmp_path / "a.cchc").read_bytes() == (tmp_path / "b.cchc").read_bytes()
    assert handing_over.must_sign(office, form, State.DRAFT)  # the hand-over is no draft
    form, _ = handing_over.export_draft(office, form, PASSPHRASE, tmp_path / "nhap.cchc")
    assert not handing_over.must_sign(office, form, State.DRAFT)


def test_what_cannot_be_signed_is_told_before_a_passphrase_is_asked(scene: Scene) -> None:
    office = scene.office("ban-ho")
    form = filling.open_form(office)
    with pytest.raises(NotLocked):
        handing_over.must_sign(office, form)
    form = locking.lock(office, fill(office, form))
    with pytest.raises(NotSigned):
        handing_over.must_sign(office, form)
    province = scene.office("province")
    enrolling.revoke(province, "03001", "Mất máy")
    kits.export_kit(province, PASSPHRASE, scene.folder / "kit-2.cchc", quiet)
    receiving.take_in(office, [scene.folder / "kit-2.cchc"])
    with pytest.raises(KeyRevoked):
        handing_over.must_sign(office, filling.open_form(office), State.DRAFT)


def test_a_process_that_dies_before_it_writes_has_said_nothing_that_it_forgets(
    scene: Scene, tmp_path: Path
) -> None:
    """The revision is kept first; after the crash the same one is written."""
    home = scene.home("ban-ho-ready")
    died = subprocess.run(
        [sys.executable, "-c", ON_THE_WAY, str(home), PASSPHRASE, str(tmp_path / "a.cchc")],
        capture_output=True,
        check=False,
    )
    assert died.returncode == 9, died.stderr
    commune = scene.office("ban-ho-ready")
    assert upkeep.check(commune).sound
    form = filling.open_form(commune)
    digest = form.series.head()
    assert handing_over.times_handed_over(form) == 1
    form, done = handing_over.hand_over(commune, form, PASSPHRASE, tmp_path / "a.cchc")
    assert (done.digest, done.sequence) == (digest, 1)
    assert receiving.take_in(scene.office("province"), [tmp_path / "a.cchc"])[0].outcome == "first"


def test_a_key_that_nobody_enrolled_signs_nothing(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("stranger")
    take_kit(office, scene.file("kit.cchc"), scene.office("province"))
    from parindex_desktop.services.kits import claim_unit

    claim_unit(office, "03003")
    form = close_and_sign(office, fill(office, filling.open_form(office)))
    before = holdings(office.home)
    with pytest.raises(NotEnrolled):
        handing_over.hand_over(office, form, PASSPHRASE, tmp_path / "a.cchc")
    assert holdings(office.home) == before
    assert filling.open_form(office).assessment == form.assessment


@pytest.mark.parametrize("passphrase", ["sai mat khau", "MAT KHAU", "mat khau "])
def test_a_wrong_passphrase_changes_nothing(scene: Scene, tmp_path: Path, passphrase: str) -> None:
    commune = scene.office("ban-ho-ready")
    before = holdings(commune.home)
    with pytest.raises(keys.WrongPassphrase):
        handing_over.hand_over(commune, filling.open_form(commune), passphrase, tmp_path / "a.cchc")
    assert holdings(commune.home) == before
    assert not (tmp_path / "a.cchc").exists()


def test_a_place_that_cannot_be_written_keeps_the_hand_over_for_the_next_stick(
    scene: Scene, tmp_path: Path
) -> None:
    commune = scene.office("ban-ho-ready")
    form = filling.open_form(commune)
    with pytest.raises(TargetNotWritable):
        handing_over.hand_over(commune, form, PASSPHRASE, tmp_path / "no stick" / "a.cchc")
    form = filling.open_form(commune)
    form, done = handing_over.hand_over(commune, form, PASSPHRASE, tmp_path / "a.cchc")
    assert done.sequence == 1
    assert upkeep.check(commune).revisions == 2  # the kit and this one


def test_damaged_evidence_is_named_and_no_file_is_left(scene: Scene, tmp_path: Path) -> None:
    commune = scene.office("ban-ho-ready")
    form = filling.open_form(commune)
    sha256 = form.sheet("1.2").evidence[0].document.sha256 or ""
    commune.evidence.path(sha256).write_bytes(b"%PDF damaged")
    with pytest.raises(EvidenceDamaged):
        handing_over.hand_over(commune, form, PASSPHRASE, tmp_path / "a.cchc")
    assert list(tmp_path.glob("*.cchc")) == list(tmp_path.glob(".*.part")) == []


def test_an_older_file_of_that_name_stays_when_writing_fails(scene: Scene, tmp_path: Path) -> None:
    commune = scene.office("ban-ho-ready")
    form = filling.open_form(commune)
    commune.evidence.path(form.sheet("1.2").evidence[0].document.sha256 or "").unlink()
    (tmp_path / "a.cchc").write_bytes(b"older")
    with pytest.raises(EvidenceDamaged):
        handing_over.hand_over(commune, form, PASSPHRASE, tmp_path / "a.cchc")
    assert (tmp_path / "a.cchc").read_bytes() == b"older"


def test_a_draft_passes_between_two_machines_and_counts_as_no_hand_over(scene: Scene, tmp_path: Path) -> None:
    one, two = scene.office("ban-ho"), scene.office("ban-ho-2")
    form = filling.open_form(one)
    form = answer(one, form, "1.2", **figures_of(form, "1.2", "9"))
    form, _ = attaching.attach_file(one, form, leaf(form, "1.2"), scene.evidence("a.pdf"))
    form, draft = handing_over.export_draft(one, form, PASSPHRASE, tmp_path / "nhap.cchc")
    assert (draft.sequence, handing_over.times_handed_over(form)) == (0, 0)
    (taken,) = receiving.take_in(two, [draft.target])
    assert taken.outcome == "first"
    there = filling.open_form(two)
    assert there.sheet("1.2") == form.sheet("1.2")
    there = close_and_sign(two, fill(two, there))
    there, done = handing_over.hand_over(two, there, PASSPHRASE, tmp_path / "lan-1.cchc")
    assert done.sequence == 1
    past = handing_over.history(two, there)
    assert [(one.sequence, one.draft, one.here) for one in past] == [(1, False, True), (0, True, False)]
    assert receiving.take_in(one, [done.target])[0].outcome == "later"
    assert filling.open_form(one).assessment == there.assessment
    assert receiving.take_in(scene.office("province"), [done.target])[0].outcome == "first"


def test_a_draft_can_be_made_after_two_machines_locked_side_by_side(scene: Scene, tmp_path: Path) -> None:
    """Both locked and signed, and changed different figures: there is nothing that a person could settle."""
    one, two = scene.office("ban-ho-handed-over"), scene.office("ban-ho-2")
    receiving.take_in(two, [scene.file("ban-ho-1.cchc")])
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    answer(two, form, "1.3", count="1")
    receiving.take_in(one, [hand_over(two, tmp_path / "two.cchc")])
    form = filling.open_form(one)
    assert form.assessment.unsettled == ()
    form, draft = handing_over.export_draft(one, form, PASSPHRASE, tmp_path / "nhap.cchc")
    assert receiving.take_in(two, [draft.target])[0].outcome == "later"
    assert filling.open_form(two).assessment == form.assessment
    hand_over(one, tmp_path / "three.cchc")
    assert receiving.take_in(two, [tmp_path / "three.cchc"])[0].outcome == "later"


def test_two_bundles_of_one_name_do_not_replace_each_other(scene: Scene, tmp_path: Path) -> None:
    """Both machines of an office make a “lan-1”; the stick keeps both, and the same one again is no third."""
    names = []
    for machine in ("ban-ho", "ban-ho-2", "ban-ho"):
        office = scene.office(machine)
        form = filling.open_form(office)
        form = form if form.series.held else fill(office, form)
        _, done = handing_over.export_draft(office, form, PASSPHRASE, tmp_path)
        names.append(done.target.name)
    assert names[0] == names[2]
    assert len({*names}) == len(list(tmp_path.glob("*.cchc"))) == 2


def test_a_machine_that_takes_the_hand_over_in_has_handed_over_too(scene: Scene, tmp_path: Path) -> None:
    """Also where it had typed the very same: then it has nothing else to say, and writes the very same file."""
    two = scene.office("ban-ho-2")
    form = filling.open_form(two)
    answer(two, form, "1.2", **figures_of(form, "1.2", "9"))
    receiving.take_in(two, [scene.file("ban-ho-1.cchc")])
    form = filling.open_form(two)
    assert form.series.edits
    assert next_step(form) is Handover.DONE
    form, done = handing_over.hand_over(two, form, PASSPHRASE, tmp_path / "again.cchc")
    assert done.sequence == 1
    assert (tmp_path / "again.cchc").read_bytes() == scene.file("ban-ho-1.cchc").read_bytes()
    form = locking.unlock(two, form, "Sửa")
    assert next_step(form) is Handover.FILL


def test_what_a_copy_of_this_machine_has_written_out_is_handed_over(scene: Scene) -> None:
    """A backup from before the hand-over was brought back; then the bundle itself came in."""
    restored = scene.office("ban-ho-ready")
    receiving.take_in(restored, [scene.file("ban-ho-1.cchc")])
    assert next_step(filling.open_form(restored)) is Handover.DONE


def opened_again(office: Office) -> str | None:
    """The code of what the officer is told of figures that are open again."""
    said = handing_over.reopened(office, filling.open_form(office))
    return said.code if said else None


def test_the_officer_is_told_when_the_other_machine_has_unlocked(scene: Scene, tmp_path: Path) -> None:
    one, two = scene.office("ban-ho-handed-over"), scene.office("ban-ho-2")
    receiving.take_in(two, [scene.file("ban-ho-2.cchc")])
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    assert opened_again(two) is None  # who unlocks knows it
    _, draft = handing_over.export_draft(two, form, PASSPHRASE, tmp_path)
    assert opened_again(one) is None
    receiving.take_in(one, [draft.target])
    assert opened_again(one) == "form.reopened"
    assert opened_again(two) is None
    said = handing_over.reopened(one, filling.open_form(one))
    assert said is not None
    assert said.values["times"] == 2
    close_and_sign(one, filling.open_form(one))
    assert opened_again(one) is None


def test_the_officer_is_told_when_figures_locked_on_both_machines_come_together(
    scene: Scene, tmp_path: Path
) -> None:
    one, two = scene.office("ban-ho-handed-over"), scene.office("ban-ho-2")
    receiving.take_in(two, [scene.file("ban-ho-1.cchc")])
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    answer(two, form, "1.3", count="1")
    receiving.take_in(one, [hand_over(two, tmp_path / "two.cchc")])
    form = filling.open_form(one)
    assert (next_step(form), form.assessment.reopened) == (Handover.FILL, True)
    assert opened_again(one) == "form.reopened"


def test_a_draft_of_figures_that_were_opened_so_leaves_the_officer_told(scene: Scene, tmp_path: Path) -> None:
    """The draft drops both locks, which is nothing that anybody here has decided; until it is locked anew."""
    one, two = scene.office("ban-ho-handed-over"), scene.office("ban-ho-2")
    receiving.take_in(two, [scene.file("ban-ho-1.cchc")])
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    answer(two, form, "1.3", count="1")
    receiving.take_in(one, [hand_over(two, tmp_path / "two.cchc")])
    form, draft = handing_over.export_draft(one, filling.open_form(one), PASSPHRASE, tmp_path / "a.cchc")
    assert not form.assessment.reopened
    assert opened_again(one) == "form.reopened"
    receiving.take_in(two, [draft.target])
    assert opened_again(two) == "form.reopened"
    form = answer(one, form, "1.6", **figures_of(form, "1.6", "2"))
    handing_over.export_draft(one, form, PASSPHRASE, tmp_path / "b.cchc")
    assert opened_again(one) == "form.reopened"
    close_and_sign(one, filling.open_form(one))
    assert opened_again(one) is None


def test_a_lock_that_was_never_handed_over_is_told_without_a_number(scene: Scene, tmp_path: Path) -> None:
    one, two = scene.office("ban-ho"), scene.office("ban-ho-2")
    form = locking.lock(one, fill(one, filling.open_form(one)))
    form, draft = handing_over.export_draft(one, form, PASSPHRASE, tmp_path)
    filling.set_text(two, filling.open_form(two), leaf(form, "1.2"), "note", "Máy hai")
    receiving.take_in(two, [draft.target])
    said = handing_over.reopened(two, filling.open_form(two))
    assert said is not None
    assert "{times}" not in said.template
