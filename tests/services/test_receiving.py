"""Taking in: one outcome for each bundle, never a stop, and nothing half taken in."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from parindex_desktop.domain.revisions import Attachment, Kind, Mode, Series
from parindex_desktop.domain.units import Level
from parindex_desktop.services import attaching, filling, locking, received, receiving, register, upkeep
from parindex_desktop.services.homes import open_home
from parindex_desktop.services.register import NewUnit
from tests.offices import (
    UNITS,
    answer,
    changed,
    close_and_sign,
    figures_of,
    files_of,
    fill,
    forged,
    hand_over,
    holdings,
    leaf,
    revision_in,
    shipped_set,
)

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.receiving import Taken
    from tests.offices import Scene


@pytest.fixture
def province(scene: Scene) -> Office:
    return scene.office("province")


def outcomes(taken: list[Taken]) -> list[str]:
    """Outcome of each, or why it was refused."""
    return [each.problem.code if each.problem else each.outcome.value for each in taken]


def take(office: Office, *paths: Path, **options: Any) -> list[str]:
    return outcomes(receiving.take_in(office, paths, **options))


def refused(office: Office, bundle: Path, code: str) -> None:
    """`bundle` is refused with that code, and nothing of it is here afterwards."""
    before = holdings(office.home)
    assert take(office, bundle) == [code]
    assert holdings(office.home) == before
    assert upkeep.check(office).sound


def test_first_later_held_and_older(scene: Scene, province: Office) -> None:
    one, two = scene.file("ban-ho-1.cchc"), scene.file("ban-ho-2.cchc")
    assert [take(province, each) for each in (one, one, two, one)] == [
        ["first"],
        ["held"],
        ["later"],
        ["held"],
    ]


def test_a_bundle_that_overtook_another_leaves_a_gap_which_the_older_one_closes(
    scene: Scene, province: Office
) -> None:
    (newer,) = receiving.take_in(province, [scene.file("ban-ho-2.cchc")])
    assert (newer.outcome, newer.missing, newer.sequence) == ("later", (1,), 2)
    (before,) = (row for row in received.overview(province, "2026") if row.times)
    (older,) = receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    assert (older.outcome, older.problem, older.changed) == ("older", None, 0)
    (after,) = (row for row in received.overview(province, "2026") if row.times)
    assert (before.missing, after.missing) == ((1,), ())
    assert (after.times, after.arrived, after.tally) == (before.times, before.arrived, before.tally)
    assert take(province, scene.file("ban-ho-1.cchc")) == ["held"]


def test_what_came_is_what_was_sent(scene: Scene, province: Office) -> None:
    (taken,) = receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    assert (taken.unit_name, taken.kind, taken.period, taken.files) == (
        UNITS["03001"],
        Kind.ASSESSMENT,
        "2026",
        1,
    )
    assert taken.complete
    assert taken.brought is not None
    assert taken.brought.assessment == filling.open_form(scene.office("ban-ho-ready")).assessment
    for digest, content in files_of(scene.home("ban-ho-ready") / "evidence").items():
        assert (province.home / "evidence" / digest).read_bytes() == content


def test_two_machines_that_worked_side_by_side_stand_side_by_side(
    scene: Scene, province: Office, tmp_path: Path
) -> None:
    two = scene.office("ban-ho-2")
    take(two, scene.file("ban-ho-1.cchc"))
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    answer(two, form, "1.2", **figures_of(form, "1.2", "30"))
    other = hand_over(two, tmp_path / "two.cchc")
    take(province, scene.file("ban-ho-1.cchc"), scene.file("ban-ho-2.cchc"))
    (taken,) = receiving.take_in(province, [other])
    assert (taken.outcome, taken.same_key, taken.differences) == ("forked", False, 1)
    assert taken.brought is not None
    assert taken.brought.fork is not None
    assert len(taken.brought.fork.branches) == 2
    assert take(province, other) == ["held"]


def test_a_restored_backup_is_told_by_its_key(scene: Scene, province: Office, tmp_path: Path) -> None:
    """The machine went on from a copy of its home that was made before it handed over the second time."""
    shutil.copytree(scene.made / "ban-ho-ready", tmp_path / "restored")
    with open_home(tmp_path / "restored", scene.clock) as office:
        form = locking.unlock(office, filling.open_form(office), "Sửa")
        answer(office, form, "1.3", count="1")
        again = hand_over(office, tmp_path / "again.cchc")
    take(province, scene.file("ban-ho-2.cchc"))
    (taken,) = receiving.take_in(province, [again])
    assert (taken.outcome, taken.same_key) == ("forked", True)


def test_a_draft_is_refused_by_name_at_the_province(scene: Scene, province: Office) -> None:
    refused(province, scene.file("ban-ho-draft.cchc"), "bundle.draft")


def test_an_office_takes_in_its_own_bundles_and_nobody_elses(scene: Scene) -> None:
    assert take(scene.office("ban-ho-2"), scene.file("ban-ho-1.cchc")) == ["first"]
    refused(scene.office("ta-van"), scene.file("ban-ho-1.cchc"), "bundle.not_for_this_office")


def test_an_office_without_a_kit_believes_nobody(scene: Scene) -> None:
    refused(scene.office("stranger"), scene.file("ban-ho-1.cchc"), "bundle.signer_unknown")


def test_the_key_of_an_office_of_another_province_is_unknown(scene: Scene, tmp_path: Path) -> None:
    other = scene.new("khac", Level.PROVINCE, "Sở Nội vụ tỉnh Khác")
    refused(other, scene.file("ban-ho-1.cchc"), "bundle.signer_unknown")


def by_ta_van(scene: Scene, target: Path, **changes: Any) -> Path:
    """What Xã Tả Van could sign with its own key."""
    signer = scene.office("ta-van")
    revision = dataclasses.replace(revision_in(scene.file("ta-van-1.cchc")), **changes)
    return forged(signer, revision, target)


def test_a_key_speaks_for_its_own_unit_only(scene: Scene, province: Office, tmp_path: Path) -> None:
    victim = revision_in(scene.file("ban-ho-1.cchc")).series
    refused(province, by_ta_van(scene, tmp_path / "a.cchc", series=victim), "bundle.signer_of_another_unit")


def test_a_key_speaks_for_assessments_only(scene: Scene, province: Office, tmp_path: Path) -> None:
    own = revision_in(scene.file("ta-van-1.cchc")).series
    for kind in (Kind.RESULT, Kind.APPRAISAL, Kind.RETURN):
        bundle = by_ta_van(scene, tmp_path / f"{kind}.cchc", series=dataclasses.replace(own, kind=kind))
        refused(province, bundle, "bundle.not_for_this_office")


def other_subject(revision: Any) -> Any:
    own = revision.series
    return dataclasses.replace(
        revision, series=Series(own.kind, own.author, own.period, "00000000-0000-4000-8000-000000000000")
    )


def other_year(revision: Any) -> Any:
    own = revision.series
    return dataclasses.replace(revision, series=Series(own.kind, own.author, "2025", own.subject))


A_LEAF = "903fd3ee-a9d2-41a9-91c0-513ab352f6eb"
SHA256 = "a" * 64

TAMPERINGS: dict[str, tuple[Any, str]] = {
    "a set that nobody knows": (lambda r: dataclasses.replace(r, criteria_set="9" * 64), "criteria.unknown_set"),
    "no set": (lambda r: dataclasses.replace(r, criteria_set=None), "assessment.malformed"),
    "about another unit": (other_subject, "assessment.malformed"),
    "a set of another year": (other_year, "assessment.malformed"),
    "training": (lambda r: dataclasses.replace(r, mode=Mode.TRAINING), "bundle.training"),
    "an entry nobody knows": (lambda r: changed(r, {"rank": 1}), "assessment.malformed"),
    "a criterion nobody knows": (lambda r: changed(r, {"answer/x/figures": None}), "assessment.malformed"),
    "figures that are a text": (lambda r: changed(r, {f"answer/{A_LEAF}/figures": "9"}), "assessment.malformed"),
    "an explanation that is a number": (
        lambda r: changed(r, {f"answer/{A_LEAF}/explanation": 5}),
        "assessment.malformed",
    ),
    "a lock that is a list": (lambda r: changed(r, {"lock": []}), "assessment.malformed"),
    "a lock without a time": (
        lambda r: changed(r, {"lock": {"digest": "", "at": "now", "by": "", "journal": "", "incomplete": ""}}),
        "assessment.malformed",
    ),
    "a document that is nothing": (lambda r: changed(r, {"document/x": {}}), "assessment.malformed"),
    "classified with a file": (
        lambda r: changed(
            r,
            {"document/x": {"form": "classified", "number": "", "date": None, "issuer": "", "subject": "", "place": "",
                            "name": "", "sha256": SHA256, "size": 1}},
        ),
        "assessment.malformed",
    ),
    "a link that is a number": (
        lambda r: changed(r, {f"link/{A_LEAF}/x": 3, "document/x": None}),
        "assessment.malformed",
    ),
    "evidence that no attachment has": (
        lambda r: changed(
            r,
            {"document/x": {"form": "file", "number": "", "date": None, "issuer": "", "subject": "", "place": "",
                            "name": "", "sha256": SHA256, "size": 1}},
        ),
        "assessment.malformed",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tamper", "code"), TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_what_no_program_of_ours_writes_is_refused_though_it_is_signed(
    scene: Scene, province: Office, tmp_path: Path, tamper: Any, code: str
) -> None:
    signer = scene.office("ta-van")
    bundle = forged(signer, tamper(revision_in(scene.file("ta-van-1.cchc"))), tmp_path / "a.cchc")
    refused(province, bundle, code)
    assert take(province, scene.file("ta-van-1.cchc")) == ["first"]


def test_an_attachment_that_no_entry_names_is_refused(scene: Scene, province: Office, tmp_path: Path) -> None:
    signer = scene.office("ta-van")
    stored = signer.evidence.add(scene.evidence("rac.bin", b"rac"))
    revision = revision_in(scene.file("ta-van-1.cchc"))
    revision = dataclasses.replace(revision, attachments=(Attachment(stored.sha256, stored.size),))
    refused(province, forged(signer, revision, tmp_path / "a.cchc"), "assessment.malformed")


def test_a_unit_of_another_level_cannot_choose_its_set(
    scene: Scene, province: Office, tmp_path: Path
) -> None:
    """The set of the departments is in the register, but a commune is not assessed by it."""
    departments = register.import_set(
        province, json.dumps(json.loads(shipped_set()) | {"level": "department"}, ensure_ascii=False).encode()
    )
    bundle = by_ta_van(scene, tmp_path / "a.cchc", criteria_set=departments.digest)
    refused(province, bundle, "assessment.malformed")


def test_looking_at_a_batch_changes_nothing_and_tells_what_would_become_of_it(
    scene: Scene, province: Office
) -> None:
    before, lines = holdings(province.home), len(upkeep.read_journal(province))
    shutil.copy(scene.file("ban-ho-2.cchc"), scene.folder / "again.cchc")
    batch = [scene.file(name) for name in ("ban-ho-2.cchc", "ban-ho-1.cchc", "ban-ho-draft.cchc")]
    batch.insert(2, scene.folder / "again.cchc")
    told = take(province, *batch, dry_run=True)
    assert told == ["later", "older", "twin", "bundle.draft"]
    assert holdings(province.home) == before
    assert (len(upkeep.read_journal(province)), upkeep.read_inbox(province)) == (lines, [])
    assert take(province, *batch) == told


def test_a_bad_one_among_good_ones_stops_nobody(scene: Scene, province: Office, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    (stick / "xa" / "sau").mkdir(parents=True)
    shutil.copy(scene.file("ban-ho-1.cchc"), stick / "a.cchc")
    (stick / "b.cchc").write_bytes(scene.file("ban-ho-2.cchc").read_bytes()[:-30])
    (stick / "c.cchc").write_bytes(b"")
    (stick / "doc me.txt").write_bytes(b"khong phai goi ho so")
    shutil.copy(scene.file("ta-van-1.cchc"), stick / "xa" / "sau" / "D.CCHC")
    assert take(province, stick) == ["first", "bundle.truncated", "bundle.not_a_bundle", "first"]
    arrived = [(each.source, each.outcome, each.code) for each in reversed(upkeep.read_inbox(province))]
    assert arrived == [
        ("a.cchc", "first", None),
        ("b.cchc", "refused", "bundle.truncated"),
        ("c.cchc", "refused", "bundle.not_a_bundle"),
        ("D.CCHC", "first", None),
    ]


def test_a_file_is_taken_once_however_often_it_is_named(
    scene: Scene, province: Office, tmp_path: Path
) -> None:
    shutil.copy(scene.file("ban-ho-1.cchc"), tmp_path / "a.cchc")
    assert take(province, tmp_path / "a.cchc", tmp_path / "a.cchc") == ["first"]
    assert take(province) == []


def test_a_stick_that_is_not_there_fails_and_is_no_refusal(
    scene: Scene, province: Office, tmp_path: Path
) -> None:
    before = holdings(province.home)
    taken = receiving.take_in(province, [tmp_path / "gone.cchc", tmp_path / ("x" * 300)])
    assert [each.outcome.value for each in taken] == ["failed", "failed"]
    assert outcomes(taken) == ["files.source_unreadable"] * 2
    assert (holdings(province.home), upkeep.read_inbox(province)) == (before, [])


def test_evidence_of_several_bundles_is_stored_once(scene: Scene, province: Office, tmp_path: Path) -> None:
    take(province, scene.file("ban-ho-1.cchc"), scene.file("ban-ho-2.cchc"))
    files = files_of(province.home / "evidence")
    assert len(files) == 1
    ta_van = scene.office("ta-van")
    form = fill(ta_van, filling.open_form(ta_van))
    (same,) = files.values()
    form, _ = attaching.attach_file(ta_van, form, leaf(form, "1.2"), scene.evidence("cung mot tep.pdf", same))
    close_and_sign(ta_van, form)
    assert take(province, hand_over(ta_van, tmp_path / "ta-van.cchc")) == ["first"]
    assert files_of(province.home / "evidence") == files


def test_a_unit_that_left_the_register_is_not_forgotten(scene: Scene, province: Office) -> None:
    """Its key still speaks for it: units stay in the register for life."""
    register.add_units(province, [NewUnit("03001", "Xã Bản Hồ (cũ)", Level.COMMUNE)])
    (taken,) = receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    assert taken.unit_name == "Xã Bản Hồ (cũ)"


def test_a_wrong_clock_refuses_nobody(scene: Scene, province: Office) -> None:
    scene.clock.now = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
    assert take(province, scene.file("ban-ho-1.cchc")) == ["first"]
