"""Progress goes from a unit to the province in one bundle, at any time, and is read there."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from parindex_desktop.domain.planning.tasks import Progress
from parindex_desktop.domain.revisions import Kind, State
from parindex_desktop.services import (
    enrolling,
    kits,
    planning,
    progressing,
    proving,
    receiving,
    register,
    reporting_progress,
    settling_progress,
    upkeep,
)
from parindex_desktop.services.differences import DifferenceUnknown
from parindex_desktop.services.outcomes import Outcome
from tests.domain.planning.test_plans import a_plan, uid
from tests.offices import PASSPHRASE, changed, forged, holdings, revision_in
from tests.services import plans
from tests.services.test_planning import document, plan_for

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene


@pytest.fixture
def commune(scene: Scene, tmp_path: Path) -> Office:
    plans.issue(scene, tmp_path)
    plans.send(scene, tmp_path / "kit-ke-hoach.cchc", "ban-ho")
    return scene.office("ban-ho")


def report(office: Office, target: Path, state: State = State.FINAL) -> Path:
    progress = progressing.open_progress(office)
    secret = PASSPHRASE if reporting_progress.must_sign(office, progress, state) else ""
    _, done = reporting_progress.hand_over(office, progress, secret, target, state)
    return done.target


def say(office: Office, how: Progress) -> None:
    progress = progressing.open_progress(office)
    progressing.say_task(office, progress, progress.task("I.1"), how=how)


def test_the_province_reads_what_a_unit_reports(scene: Scene, tmp_path: Path, commune: Office) -> None:
    say(commune, Progress.UNDER_WAY)
    progress = progressing.open_progress(commune)
    proving.attach_file(commune, progress, progress.task("I.1"), scene.evidence("ke-hoach.pdf"))
    bundle = report(commune, tmp_path)
    assert bundle.name == "tien-do-Uy-Ban-Nhan-Dan-Xa-Ban-Ho-2026-lan-1.cchc"
    revision = revision_in(bundle)
    assert (revision.series.kind, revision.state, revision.criteria_set) == (Kind.PROGRESS, State.FINAL, None)
    assert report(commune, tmp_path / "lai.cchc").read_bytes() == bundle.read_bytes()

    province = scene.office("province")
    (taken,) = receiving.take_in(province, [bundle])
    assert (taken.outcome, taken.kind, taken.changed, taken.complete) == (
        Outcome.FIRST,
        Kind.PROGRESS,
        1,
        True,
    )
    assert taken.words == "First progress report of the year"
    unit = register.current_kit(province).unit_of_code("03001")
    (work, _) = progressing.received_progress(province, unit).tasks
    assert work.times[0].said.progress is Progress.UNDER_WAY
    assert [proof.document.name for proof in work.proofs] == ["ke-hoach.pdf"]

    say(commune, Progress.DONE)
    (later,) = receiving.take_in(province, [report(commune, tmp_path / "lan-2.cchc")])
    assert (later.outcome, later.sequence) == (Outcome.LATER, 2)
    assert [each.kind for each in upkeep.read_inbox(province)][:2] == [Kind.PROGRESS, Kind.PROGRESS]
    (again,) = receiving.take_in(province, [bundle])
    assert again.outcome is Outcome.HELD
    assert upkeep.check(province).sound


def test_two_machines_of_a_unit_report_as_one(scene: Scene, tmp_path: Path, commune: Office) -> None:
    plans.send(scene, tmp_path / "kit-ke-hoach.cchc", "ban-ho-2")
    other = scene.office("ban-ho-2")
    say(commune, Progress.UNDER_WAY)
    say(other, Progress.DONE)
    draft = report(other, tmp_path / "nhap.cchc", State.DRAFT)
    province = scene.office("province")
    assert receiving.take_in(province, [draft])[0].problem is not None, "a draft is for the other machine"
    (taken,) = receiving.take_in(commune, [draft])
    assert taken.outcome.is_new
    progress = progressing.open_progress(commune)
    with pytest.raises(reporting_progress.ProgressUnsettled) as refused:
        reporting_progress.must_sign(commune, progress)
    assert refused.value.values["first"] == "I.1"
    assert progress.task("I.1").times[0].said.progress is Progress.OPEN, "it counts as not said"
    (twice,) = settling_progress.reported_twice(progress)
    shown = [settling_progress.shown_value(value) for value in twice.values]
    assert [each.template for each in shown if not isinstance(each, str)] == ["Done", "Under way"]
    with pytest.raises(DifferenceUnknown):
        settling_progress.settle(commune, progress, twice.key, 3)
    progress = settling_progress.settle(commune, progress, twice.key, 1)
    assert progress.task("I.1").times[0].said.progress is Progress.DONE
    (taken,) = receiving.take_in(province, [report(commune, tmp_path / "b.cchc")])
    assert taken.outcome.is_new


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"head": {"title": "Kế hoạch"}}, "Kế hoạch"),
        ({"form": "paper", "number": "01", "date": None, "issuer": ""}, "paper; 01"),
        ("2026-06-30", "2026-06-30"),
    ],
)
def test_values_that_differ_are_shown_as_a_line(value: Any, shown: str) -> None:
    assert settling_progress.shown_value(value) == shown


def test_plans_and_rooms_of_a_unit_are_seen_above(scene: Scene, tmp_path: Path, commune: Office) -> None:
    tree = plan_for("Ủy ban nhân dân xã Bản Hồ")
    draft = planning.from_document(commune, document(tree))
    planning.issue(commune, draft, "03/KH-UBND", dt.date(2026, 1, 9))
    province = scene.office("province")
    receiving.take_in(province, [report(commune, tmp_path)])
    unit = register.current_kit(province).unit_of_code("03001")
    assert {plan.number for plan in progressing.received_progress(province, unit).plans} == {
        "15/KH-UBND",
        "03/KH-UBND",
    }


def test_nobody_reports_nothing_and_the_province_reports_to_nobody(scene: Scene, commune: Office) -> None:
    with pytest.raises(reporting_progress.NothingReported):
        reporting_progress.must_sign(commune, progressing.open_progress(commune))
    province = scene.office("province")
    with pytest.raises(reporting_progress.ProgressOfProvince):
        reporting_progress.must_sign(province, progressing.open_progress(province))


@pytest.mark.parametrize(
    ("entries", "fields", "code"),
    [
        ({"task/t/year": {"progress": "finished", "on": None}}, {}, "progress.malformed"),
        ({"lock": {}}, {}, "progress.malformed"),
        ({f"plan/{uid(2)}": a_plan()}, {}, "progress.malformed"),
        ({f"plan/{uid(1)}": {"head": {}}}, {}, "progress.malformed"),
        (
            {f"body/{uid(7)}": {"name": "Nhóm", "kind": "group", "of": None, "levels": [], "units": []}},
            {},
            "progress.malformed",
        ),
        ({"document/x": {"form": "file"}}, {}, "progress.malformed"),
        ({}, {"attachments": ()}, "progress.malformed"),
        ({}, {"criteria_set": "0" * 64}, "progress.malformed"),
        ({f"task/t{number}/year": None for number in range(20_001)}, {}, "revision.malformed"),
    ],
)
def test_what_no_program_of_ours_reports_is_refused_whole(
    scene: Scene,
    tmp_path: Path,
    commune: Office,
    entries: dict[str, Any],
    fields: dict[str, Any],
    code: str,
) -> None:
    progress = progressing.open_progress(commune)
    proving.attach_file(commune, progress, progress.task("I.1"), scene.evidence("ke-hoach.pdf"))
    good = revision_in(report(commune, tmp_path / "good.cchc"))
    bad = forged(commune, changed(good, entries, **fields), tmp_path / "bad.cchc")
    province = scene.office("province")
    before = holdings(province.home)
    (taken,) = receiving.take_in(province, [bad])
    assert taken.problem is not None
    assert taken.problem.code == code
    assert holdings(province.home) == before


@pytest.mark.parametrize("field", ["subject", "period"])
def test_progress_is_of_the_unit_and_of_a_year(
    scene: Scene, tmp_path: Path, commune: Office, field: str
) -> None:
    say(commune, Progress.DONE)
    good = revision_in(report(commune, tmp_path / "good.cchc"))
    series = dataclasses.replace(good.series, **{field: {"subject": uid(1), "period": "1999"}[field]})
    bad = forged(commune, dataclasses.replace(good, series=series), tmp_path / "bad.cchc")
    (taken,) = receiving.take_in(scene.office("province"), [bad])
    assert taken.problem is not None


def test_a_unit_takes_in_no_progress_of_another(scene: Scene, tmp_path: Path, commune: Office) -> None:
    say(commune, Progress.DONE)
    (taken,) = receiving.take_in(scene.office("ta-van"), [report(commune, tmp_path)])
    assert taken.problem is not None
    assert taken.problem.code == "bundle.not_for_this_office"


def test_what_a_revoked_key_reported_before_is_believed(
    scene: Scene, tmp_path: Path, commune: Office
) -> None:
    say(commune, Progress.DONE)
    bundle = report(commune, tmp_path / "a.cchc")
    say(commune, Progress.UNDER_WAY)
    later = report(commune, tmp_path / "b.cchc")
    province = scene.office("province")
    receiving.take_in(province, [bundle])
    enrolling.revoke(province, "03001", "Mất máy")
    assert [each.outcome for each in receiving.take_in(province, [bundle, later])] == [
        Outcome.HELD,
        Outcome.REFUSED,
    ]


def test_an_office_that_reported_is_not_made_another_one(scene: Scene, commune: Office) -> None:
    say(commune, Progress.DONE)
    with commune.read() as session:
        assert kits._has_a_form(session, commune.record.unit)
