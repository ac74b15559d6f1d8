"""The unit brings its answers under the newer version of the set, and last year's into this year's form."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from db import journal
from db.backup import backups
from db.office import forget_evidence
from parindex_desktop.domain.assessments import SET, Stage
from parindex_desktop.domain.merge import DifferencesUnsettled
from parindex_desktop.domain.moving_answers import Fate
from parindex_desktop.domain.needs import Need
from parindex_desktop.services import (
    attaching,
    copying,
    differences,
    filling,
    handing_over,
    locking,
    moving,
    received,
    receiving,
    releasing,
    upkeep,
)
from parindex_desktop.services.handing_over import Handover
from resources import Language, say
from tests.offices import (
    PASSPHRASE,
    YEAR,
    answer,
    close_and_sign,
    figures_of,
    fill,
    hand_over,
    paper_at,
    quiet,
    revision_in,
)
from tests.versions import LAST_YEAR, hold_last_year, newer_kit, newer_kit_giving

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def kit(scene: Scene, tmp_path: Path) -> Path:
    """The kit with the second version of the set."""
    return newer_kit(scene.office("province"), tmp_path)


def take(office: Office, kit: Path) -> Form:
    (taken,) = receiving.take_in(office, [kit])
    assert taken.outcome.is_new, taken.problem
    return filling.open_form(office)


@pytest.fixture
def begun(scene: Scene, kit: Path) -> tuple[Office, Form]:
    """A form filled under the first version, with the second in the kit."""
    office = scene.office("ban-ho")
    fill(office, filling.open_form(office))
    return office, take(office, kit)


# To the newer version.


def test_a_newer_version_is_noticed_only_by_a_form_under_an_older_one(scene: Scene, kit: Path) -> None:
    office = scene.office("ban-ho")
    assert moving.newer_set(filling.open_form(office)) is None
    assert moving.newer_set(take(office, kit)) is None, "a form that was not begun takes the newer set"
    other = scene.office("ban-ho-ready")
    newer = moving.newer_set(take(other, kit))
    assert newer is not None
    assert newer.version == 2


def test_the_preview_says_what_becomes_of_every_answer_and_changes_nothing(
    begun: tuple[Office, Form],
) -> None:
    office, form = begun
    ahead = moving.preview_move(form)
    assert {line.new.code if line.new else "1.9": line.fate for line in ahead.report[:4]} == {
        "1.9": Fate.VOID,
        "1.3": Fate.PARTLY,
        "1.8": Fate.TO_CHECK,
        "1.11": Fate.NEW,
    }
    assert ahead.counts() == {
        Fate.VOID: 1,
        Fate.PARTLY: 1,
        Fate.TO_CHECK: 1,
        Fate.NEW: 1,
        Fate.MOVED: len(ahead.report) - 4,
    }
    assert filling.open_form(office).series.state() == form.series.state()


def test_the_move_brings_the_form_under_the_newer_set(begun: tuple[Office, Form]) -> None:
    office, form = begun
    before = form.sheet("2.1").answer
    form = moving.move_form(office, form)
    assert form.criteria.version == 2
    assert form == filling.open_form(office)
    assert form.sheet("2.2").answer == before, "the code changed, the criterion did not"
    assert form.sheet("1.3").needs == (Need.UNSCORED,)
    assert form.sheet("1.3").explanation
    assert form.sheet("1.11").needs == (Need.UNSCORED,)
    assert moving.newer_set(form) is None
    with pytest.raises(moving.NoNewerVersion):
        moving.move_form(office, form)


def test_a_backup_and_a_line_of_the_journal_keep_what_was(begun: tuple[Office, Form]) -> None:
    office, form = begun
    (void,) = [line.id for line in moving.preview_move(form).report if line.new is None]
    moving.move_form(office, form)
    assert backups(office.home / "backups")[-1].name.endswith("-move.db")
    with office.read() as session:
        (line,) = journal.entries(session, "form.moved")
    said = json.loads(line.details)
    assert said["before"][f"answer/{void}/explanation"] == "Số liệu trích từ hệ thống một cửa của xã."
    assert (said["from"], said["to"]) == (form.criteria.digest, filling.open_form(office).criteria.digest)


def test_a_move_is_undone_until_something_else_is_changed(begun: tuple[Office, Form]) -> None:
    office, form = begun
    moved = moving.move_form(office, form)
    last = moving.last_move(office, moved)
    assert last is not None
    assert [
        (each.criterion.code, each.fate, [left.part.code for left in each.left_out])
        for each in last.to_see
        if each.criterion
    ] == [
        ("1.9", Fate.VOID, ["difference.explanation", "difference.figures"]),
        ("1.3", Fate.PARTLY, ["difference.figures"]),
        ("1.8", Fate.TO_CHECK, []),
        ("1.11", Fate.NEW, []),
    ]
    back = moving.undo_move(office, moved)
    assert back.series.values() == form.series.values()
    assert back.assessment == form.assessment
    assert moving.last_move(office, back) is None
    with pytest.raises(moving.NoMoveToUndo):
        moving.undo_move(office, back)
    again = moving.move_form(office, back)
    changed = answer(office, again, "1.2", **figures_of(again, "1.2", "5"))
    last = moving.last_move(office, changed)
    assert last is not None
    assert (last.can_undo, len(last.to_see)) == (False, 4), "what was left out can still be read"
    with pytest.raises(moving.NoMoveToUndo):
        moving.undo_move(office, changed)


def test_what_the_move_opens_to_the_provinces_figures_is_not_called_unchanged(
    scene: Scene, tmp_path: Path
) -> None:
    office = scene.office("ban-ho-ready")
    form = take(office, newer_kit_giving(scene.office("province"), tmp_path, "1/1/2025"))
    before, criterion = form.sheet("1.1"), form.sheet("1.1").criterion
    ahead = moving.preview_move(form)
    (line,) = [line for line in ahead.report if line.id == criterion.id]
    assert (line.fate, line.differs) == (Fate.FIGURES, ()), (
        "the criterion is what it was, its figures are not"
    )
    said = [say(reason, Language.EN) for reason in moving.reasons(line)]
    assert said == [
        f"“{criterion.inputs[0].title}” given by the province: 01/01/2025 (before: 15/01/2026)",
        "points: 1.00 → 0.00",
    ]
    form = moving.move_form(office, form, "Tỉnh sửa bộ tiêu chí")
    assert (before.outcome.points, form.sheet("1.1").outcome.points) == (Decimal("1.00"), Decimal("0.00"))
    last = moving.last_move(office, form)
    assert last is not None
    (seen,) = [each for each in last.to_see if each.id == criterion.id]
    assert (seen.fate, [say(change, Language.EN) for change in seen.changes]) == (Fate.FIGURES, said)


def test_an_open_form_had_the_provinces_figures_before_the_move(scene: Scene, tmp_path: Path) -> None:
    office = scene.office("ban-ho")
    fill(office, filling.open_form(office))
    ahead = moving.preview_move(
        take(office, newer_kit_giving(scene.office("province"), tmp_path, "1/1/2025"))
    )
    assert Fate.FIGURES not in ahead.counts()


def test_points_that_change_are_told_with_what_changed_in_the_rule(begun: tuple[Office, Form]) -> None:
    _, form = begun
    lines = {line.new.code: line for line in moving.preview_move(form).report if line.new}
    said = {code: [say(each, Language.EN) for each in moving.reasons(line)] for code, line in lines.items()}
    assert said["1.8"][0] == "Maximum points: 1.00 → 1.50"
    assert said["1.3"][-1] == "points: 2.00 → none"
    assert said["1.2"] == []


def freed(office: Office, scene: Scene, form: Form) -> tuple[Form, str]:
    """A form whose void criterion is proven by a file, moved; every backup gone and room freed since."""
    file = scene.evidence("le.pdf", b"%PDF-1.7 le\n%%EOF\n")
    form, document = attaching.attach_file(office, form, form.sheet("1.9").criterion, file)
    form = moving.move_form(office, form)
    for path in backups(office.home / "backups"):
        path.unlink()
    for path in (office.home / "evidence").glob("??/*"):
        os.utime(path, (0, 0))
    releasing.release(office)
    assert document.sha256 is not None
    return form, document.sha256


def test_freeing_room_leaves_what_an_undone_move_brings_back(
    begun: tuple[Office, Form], scene: Scene
) -> None:
    office, form = begun
    form, sha256 = freed(office, scene, form)
    assert office.evidence.has(sha256)
    form = moving.undo_move(office, form)
    assert form.sheet("1.9").evidence[0].document.sha256 == sha256
    assert upkeep.check(office).sound


def test_a_file_that_the_form_names_and_nothing_has_is_named(
    begun: tuple[Office, Form], scene: Scene
) -> None:
    office, form = begun
    form, sha256 = freed(office, scene, form)
    office.evidence.path(sha256).unlink()
    with office.begin() as session:
        forget_evidence(session, [sha256])  # as one that was freed
    assert upkeep.check(office).sound, "as it stands, the form does not name it"
    moving.undo_move(office, form)
    found = upkeep.check(office)
    assert (found.sound, found.damaged_evidence) == (False, ())
    assert [say(each.message) for each in found.missing] == [
        "Phiếu năm 2026, tiêu chí 1.9: không còn tệp “le.pdf” trên máy này. Hãy đính kèm lại tệp hoặc gỡ tài liệu đó."
    ]


def test_locked_figures_are_moved_only_with_a_reason_and_locked_anew(scene: Scene, kit: Path) -> None:
    office = scene.office("ban-ho-ready")
    form = take(office, kit)
    with pytest.raises(locking.ReasonMissing):
        moving.move_form(office, form, "  ")
    moved = moving.move_form(office, form, "Tỉnh sửa bộ tiêu chí")
    assert moved.assessment.stage is Stage.FILLING
    assert not moved.assessment.reopened
    undone = moving.undo_move(office, moved)
    assert undone.assessment == form.assessment, "the lock and the signed paper are back too"
    assert undone.series.edits == form.series.edits


def test_who_handed_over_confirms_by_handing_over_under_the_newer_version(
    scene: Scene, kit: Path, tmp_path: Path
) -> None:
    office, province = scene.office("ban-ho-handed-over"), scene.office("province")
    receiving.take_in(province, [scene.file("ban-ho-2.cchc")])
    (row,) = (row for row in received.overview(province, YEAR) if row.times)
    assert (row.older_set, row.criteria.version if row.criteria else 0) == (True, 1)
    form = take(office, kit)
    assert handing_over.next_step(form) is Handover.DONE
    form = moving.move_form(office, form, "Tỉnh sửa bộ tiêu chí")
    assert handing_over.next_step(form) is Handover.FILL
    assert handing_over.next_step(moving.undo_move(office, form)) is Handover.DONE
    moving.move_form(office, filling.open_form(office), "Tỉnh sửa bộ tiêu chí")
    bundle = hand_over(office, tmp_path / "again.cchc")
    assert revision_in(bundle).sequence == 3
    (taken,) = receiving.take_in(province, [bundle])
    assert taken.outcome == "later"
    (row,) = (row for row in received.overview(province, YEAR) if row.times)
    assert (row.older_set, row.criteria.version if row.criteria else 0) == (False, 2)


def drafts(scene: Scene, folder: Path, one: Office, other: Office) -> None:
    """Two machines of the office tell each other all that they have."""
    for office, name in ((one, "one"), (other, "other")):
        handing_over.export_draft(
            office, filling.open_form(office), PASSPHRASE, folder / f"{name}.cchc", quiet
        )
    receiving.take_in(one, [folder / "other.cchc"])
    receiving.take_in(other, [folder / "one.cchc"])


def test_two_machines_that_both_move_agree(scene: Scene, kit: Path, tmp_path: Path) -> None:
    one, other = scene.office("ban-ho"), scene.office("ban-ho-2")
    fill(one, filling.open_form(one))
    handing_over.export_draft(one, filling.open_form(one), PASSPHRASE, tmp_path / "first.cchc", quiet)
    receiving.take_in(other, [tmp_path / "first.cchc"])
    for office in (one, other):
        moving.move_form(office, take(office, kit))
    drafts(scene, tmp_path, one, other)
    forms = [filling.open_form(office) for office in (one, other)]
    assert forms[0].assessment == forms[1].assessment
    assert not forms[0].assessment.unsettled
    assert forms[0].criteria.version == 2
    assert differences.differences(one) == []


def test_a_machine_that_takes_the_moved_form_in_has_moved_too(
    scene: Scene, kit: Path, tmp_path: Path
) -> None:
    one, other = scene.office("ban-ho"), scene.office("ban-ho-2")
    fill(one, filling.open_form(one))
    handing_over.export_draft(one, filling.open_form(one), PASSPHRASE, tmp_path / "first.cchc", quiet)
    receiving.take_in(other, [tmp_path / "first.cchc"])
    held = take(other, kit)
    moving.move_form(one, take(one, kit))
    handing_over.export_draft(one, filling.open_form(one), PASSPHRASE, tmp_path / "moved.cchc", quiet)
    receiving.take_in(other, [tmp_path / "moved.cchc"])
    assert filling.reread(other, held).criteria.version == 2
    assert filling.open_form(other).assessment == filling.open_form(one).assessment


def test_what_differs_between_the_machines_is_settled_before_the_move(
    scene: Scene, kit: Path, tmp_path: Path
) -> None:
    one, other = scene.office("ban-ho"), scene.office("ban-ho-2")
    for office, number in ((one, "3"), (other, "4")):
        form = filling.open_form(office)
        answer(office, form, "1.2", **figures_of(form, "1.2", number))
    drafts(scene, tmp_path, one, other)
    form = take(one, kit)
    with pytest.raises(DifferencesUnsettled):
        moving.move_form(one, form)


# From last year.


@pytest.fixture
def empty(scene: Scene, tmp_path: Path) -> tuple[Office, Form]:
    """An empty form, and last year's filled one held beside it."""
    office = scene.office("ban-ho")
    form = hold_last_year(scene.office("province"), office, tmp_path)
    attaching.add_document(office, form, form.sheet("1.2").criterion, paper_at(), "4")
    return office, filling.open_form(office)


def test_last_years_answers_are_copied_each_part_to_be_confirmed(empty: tuple[Office, Form]) -> None:
    office, form = empty
    assert form.year == YEAR
    assert copying.holds_last_year(office, form)
    ahead = copying.preview_copy(office, form)
    assert (ahead.copies, ahead.old.year, set(ahead.counts())) == (
        True,
        int(LAST_YEAR),
        {Fate.PARTLY, Fate.MOVED},
    )
    form = copying.copy_forward(office, form)
    sheet = form.sheet("1.2")
    assert sheet.answer == filling.open_form(office, LAST_YEAR).sheet("1.2").answer
    assert sheet.unconfirmed == ("figures", "explanation", paper_at().id)
    assert sheet.needs == (Need.UNCONFIRMED,)
    assert sheet.evidence[0].page == "4"
    assert form.sheet("1.1").unconfirmed == ("explanation",), "dates are of their year"
    assert form.series.values()[SET] == form.criteria.digest
    with pytest.raises(copying.NothingToCopy):
        copying.copy_forward(office, form)


def test_only_what_is_unanswered_is_copied(empty: tuple[Office, Form]) -> None:
    office, form = empty
    form = answer(office, form, "1.2", **figures_of(form, "1.2", "5"))
    mine = form.sheet("1.2")
    form = copying.copy_forward(office, form, [form.sheet("1.2").criterion, form.sheet("1.5").criterion])
    assert form.sheet("1.2").answer == mine.answer
    assert form.sheet("1.2").unconfirmed == ()
    assert form.sheet("1.5").unconfirmed == ("figures", "explanation")
    assert form.sheet("1.6").unconfirmed == ()


def test_entering_a_part_anew_confirms_that_part_alone(empty: tuple[Office, Form]) -> None:
    office, form = empty
    form = copying.copy_forward(office, form)
    form = answer(office, form, "1.2", **figures_of(form, "1.2", "5"))
    assert form.sheet("1.2").unconfirmed == ("explanation", paper_at().id)
    criterion = form.sheet("1.2").criterion
    form = filling.set_text(office, form, criterion, "explanation", "Số liệu năm nay")
    form = attaching.unlink(office, form, criterion, paper_at().id)
    assert form.sheet("1.2").unconfirmed == ()
    assert f"confirm/{criterion.id}/{paper_at().id}" not in {
        key for key, value in form.series.values().items() if value is not None
    }


def test_parts_are_confirmed_one_by_one_or_for_the_whole_criterion(empty: tuple[Office, Form]) -> None:
    office, form = empty
    form = copying.copy_forward(office, form)
    criterion = form.sheet("1.2").criterion
    form = copying.confirm(office, form, criterion, ["figures"])
    assert form.sheet("1.2").unconfirmed == ("explanation", paper_at().id)
    for parts in (["figures"], ["nothing"]):
        with pytest.raises(copying.NothingToConfirm):
            copying.confirm(office, form, criterion, parts)
    form = copying.confirm(office, form, criterion)
    assert form.sheet("1.2").needs == ()
    assert form.sheet("1.5").unconfirmed, "nobody confirms what nobody looked at"
    with pytest.raises(copying.NothingToConfirm):
        copying.confirm(office, form, criterion)


def test_figures_are_locked_with_something_unconfirmed_only_for_a_reason(empty: tuple[Office, Form]) -> None:
    office, form = empty
    form = copying.copy_forward(office, form)
    with pytest.raises(locking.StillLacking):
        locking.lock(office, form)
    form = close_and_sign(office, form)
    assert form.assessment.lock is not None
    with pytest.raises(filling.FormLocked):
        copying.confirm(office, form, form.sheet("1.2").criterion)


def test_the_province_reads_what_was_not_confirmed(
    scene: Scene, empty: tuple[Office, Form], tmp_path: Path
) -> None:
    office, form = empty
    form = copying.copy_forward(office, form)
    province = scene.office("province")
    (taken,) = receiving.take_in(province, [hand_over(office, tmp_path / "copied.cchc")])
    assert taken.problem is None
    (row,) = (row for row in received.overview(province, YEAR) if row.tally)
    assert received.received_form(province, row.unit, YEAR).sheets[
        form.sheet("1.5").criterion.id
    ].unconfirmed == ("figures", "explanation")


def test_two_machines_confirm_different_parts_without_a_difference(
    scene: Scene, empty: tuple[Office, Form], tmp_path: Path
) -> None:
    one, form = empty
    form = copying.copy_forward(one, form)
    other = scene.office("ban-ho-2")
    receiving.take_in(other, [tmp_path / "kit-last-year.cchc"])
    handing_over.export_draft(one, form, PASSPHRASE, tmp_path / "copied.cchc", quiet)
    receiving.take_in(other, [tmp_path / "copied.cchc"])
    for office, part in ((one, "figures"), (other, "explanation")):
        form = filling.open_form(office)
        copying.confirm(office, form, form.sheet("1.2").criterion, [part])
    drafts(scene, tmp_path, one, other)
    for office in (one, other):
        sheet = filling.open_form(office).sheet("1.2")
        assert (sheet.unconfirmed, sheet.unsettled) == ((paper_at().id,), ())


def test_marks_that_differ_are_settled_like_every_entry(
    scene: Scene, empty: tuple[Office, Form], tmp_path: Path
) -> None:
    one, form = empty
    other = scene.office("ban-ho-2")
    receiving.take_in(other, [tmp_path / "kit-last-year.cchc"])
    mark = f"confirm/{form.sheet('1.2').criterion.id}/figures"
    for office, digest in ((one, "a" * 64), (other, "b" * 64)):
        filling.put(office, filling.open_form(office), {mark: digest})
    drafts(scene, tmp_path, one, other)
    (found,) = differences.differences(one)
    assert (found.key, found.part.code) == (mark, "difference.confirm")
    assert all(version.lines for version in found.versions)
    form = filling.open_form(one)
    assert form.sheet("1.2").needs[0] is Need.UNSETTLED
    form = differences.settle(one, form, mark, 1)
    assert form.sheet("1.2").needs == (Need.UNSCORED,), "a mark beside nothing says nothing"


def test_without_last_years_form_there_is_nothing_to_copy(scene: Scene) -> None:
    office = scene.office("ban-ho")
    form = filling.open_form(office)
    assert not copying.holds_last_year(office, form)
    with pytest.raises(copying.NothingToCopy):
        copying.preview_copy(office, form)
