"""What an office says of the plans of a year, and how it stands."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from db import journal
from parindex_desktop.domain.numbers import NotAnAmount
from parindex_desktop.domain.planning.targets import Verdict
from parindex_desktop.domain.planning.tasks import Progress, Standing
from parindex_desktop.domain.planning.work import Role
from parindex_desktop.domain.scoring.inputs import NotADate, NotAnOption
from parindex_desktop.services import (
    keeping_registers,
    plan_parties,
    planning,
    progressing,
    reading_journal,
    register,
)
from parindex_desktop.services.keeping_registers import register_of
from resources import Language, say
from tests.domain.planning.test_plans import uid
from tests.offices import UNITS
from tests.services import plans
from tests.services.test_planning import document, plan_for

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

D = dt.date


@pytest.fixture
def commune(scene: Scene, tmp_path: Path) -> Office:
    plans.issue(scene, tmp_path)
    plans.send(scene, tmp_path / "kit-ke-hoach.cchc", "ban-ho")
    return scene.office("ban-ho")


def numbers(progress: progressing.YearProgress) -> list[tuple[str, Role]]:
    return [(work.task.no, work.role) for work in progress.tasks]


def last_words(office: Office) -> str:
    return say(reading_journal.read(office).lines[-1].words, Language.EN)


def test_each_office_sees_its_own_tasks(scene: Scene, tmp_path: Path, commune: Office) -> None:
    assert numbers(progressing.open_progress(commune)) == [("I.1", Role.LEADS), ("I.2", Role.LEADS)]
    plans.send(scene, tmp_path / "kit-ke-hoach.cchc", "ta-van")
    assert numbers(progressing.open_progress(scene.office("ta-van"))) == [("I.2", Role.LEADS)]
    province = progressing.open_progress(scene.office("province"))
    assert numbers(province) == [("I.1", Role.FOLLOWS), ("I.2", Role.FOLLOWS)]
    assert province.targets == (), "both targets are for communes"
    assert numbers(progressing.open_progress(commune, "2027")) == []


def test_progress_is_said_time_by_time(commune: Office) -> None:
    progress = progressing.open_progress(commune)
    task = progress.task("I.1")
    progress = progressing.say_task(commune, progress, task, how=Progress.UNDER_WAY, text="  Đang trình ký ")
    (time,) = progress.task("I.1").times
    assert (time.said.progress, time.said.on, time.told) == (Progress.UNDER_WAY, None, "Đang trình ký")
    assert last_words(commune) == "said how far task I.1 of 2026 is"
    progress = progressing.say_task(commune, progress, progress.task("I.1"), how=Progress.DONE)
    (time,) = progress.task("I.1").times
    assert (time.said.on, time.standing, time.told) == (D(2026, 11, 20), Standing.DONE, "Đang trình ký")
    with pytest.raises(progressing.NotYetDone):
        progressing.say_task(commune, progress, task, how=Progress.DONE, on=D(2026, 12, 1))
    with pytest.raises(progressing.OccurrenceUnknown):
        progressing.say_task(commune, progress, progress.task("I.2"), how=Progress.DONE)
    progress = progressing.say_task(commune, progress, progress.task("I.1"), how=Progress.OPEN, text="")
    assert progress.said.said == {}
    with pytest.raises(progressing.TaskUnknown):
        progress.task("IX.9")


def test_the_province_enters_the_days_of_others_and_the_units_learn_them(
    scene: Scene, tmp_path: Path, commune: Office
) -> None:
    province = scene.office("province")
    progress = progressing.open_progress(province)
    task = progress.task("I.2")
    assert [time.standing for time in task.times] == [Standing.AWAITED, Standing.AWAITED]
    progress = progressing.enter_day(province, progress, task, "h1", D(2026, 6, 10), "CV 3325/BNV-CCHC")
    assert [time.standing for time in progress.task("I.2").times] == [Standing.OVERDUE, Standing.AWAITED]
    with pytest.raises(progressing.NoDayToEnter):
        progressing.enter_day(province, progress, progress.task("I.1"), None, D(2026, 6, 10))
    plans.send(scene, tmp_path / "kit-2.cchc", "ban-ho")
    commune = scene.office("ban-ho")
    (first, _) = progressing.open_progress(commune).task("I.2").times
    assert first.entered is not None
    assert (first.entered.source, first.occurrence.due.last) == ("CV 3325/BNV-CCHC", D(2026, 6, 10))
    own = progressing.open_progress(commune)
    with pytest.raises(progressing.DayOfAnother):
        progressing.enter_day(commune, own, own.task("I.2"), "h1", D(2026, 7, 1))
    progressing.enter_day(province, progress, task, "h1", None)
    assert register.current_kit(province).dues == {}


def test_a_unit_enters_the_days_of_its_own_plan(commune: Office) -> None:
    plan_parties.add_room(commune, "2026", "Văn phòng")
    tree = plan_for("Văn phòng")
    ids = {uid(number): uid(number + 100) for number in range(1, 10)}
    text = json.dumps(tree)
    for old, new in ids.items():
        text = text.replace(old, new)
    tree = json.loads(text)
    tree["tasks"][0]["deadline"] = {"kind": "external", "text": "Theo văn bản của huyện"}
    planning.issue(commune, planning.from_document(commune, document(tree)), "03/KH-UBND", D(2026, 1, 9))
    progress = progressing.open_progress(commune)
    assert len(progress.own_plans) == 1
    work = progress.task("I.1", uid(101))
    with pytest.raises(progressing.TaskUnknown):
        progress.task("I.1")
    assert work.role is Role.LEADS
    progress = progressing.enter_day(commune, progress, work, None, D(2026, 12, 1), "CV 1")
    assert [time.standing for time in progress.task("I.1", uid(101)).times] == [Standing.DUE_SOON]
    assert register.current_kit(commune).dues == {}


def test_a_target_is_reported_as_it_was_typed(commune: Office) -> None:
    progress = progressing.open_progress(commune)
    report = progressing.report_target
    progress = report(commune, progress, progress.target("1.1"), value="96,5", text="Số liệu Văn phòng")
    work = progress.target("1.1")
    assert (work.reported.value, work.judged.verdict) == (Decimal("96.5"), Verdict.EXCEEDED)
    assert last_words(commune) == "reported target 1.1 of 2026"
    with pytest.raises(NotAnAmount):
        report(commune, progress, work, value="nhiều")
    with pytest.raises(progressing.OtherMeasure):
        report(commune, progress, work, yes="có")
    progress = report(commune, progress, work, not_arisen="Không có nhiệm vụ được giao")
    assert progress.target("1.1").judged.verdict is Verdict.NOT_ARISEN
    progress = report(commune, progress, work, value="90")
    assert progress.target("1.1").judged.verdict is Verdict.NOT_MET
    progress = report(commune, progress, work, value="", text="")
    assert progress.said.targets == {}
    progress = report(commune, progress, progress.target("1.2"), yes="có", text="Không phát sinh")
    assert progress.target("1.2").judged.verdict is Verdict.MET
    with pytest.raises(progressing.OtherMeasure):
        report(commune, progress, progress.target("1.2"), value="1")
    with pytest.raises(progressing.TargetUnknown):
        progress.target("9.9")


def test_registers_are_kept_and_feed_the_targets(commune: Office) -> None:
    orders = register_of("orders")
    progress = progressing.open_progress(commune)
    typed = {"title": "Báo cáo quý", "by": "UBND tỉnh", "due": "1/5/2026", "done": "30/04/2026"}
    with pytest.raises(NotAnOption):
        keeping_registers.write_record(commune, progress, orders, typed)
    typed["by"] = "province"
    progress, record = keeping_registers.write_record(commune, progress, orders, typed)
    assert keeping_registers.records(progress, orders)[record]["done"] == "2026-04-30"
    assert progress.target("1.1").reported.value == 100
    assert last_words(commune) == "changed the register “Assigned orders” of 2026"
    progress, _ = keeping_registers.write_record(commune, progress, orders, {"done": "2/5/2026"}, record)
    assert progress.target("1.1").judged.verdict is Verdict.NOT_MET
    assert keeping_registers.find_record(progress, orders, record[:8]) == record
    progress = keeping_registers.keep(commune, progress, orders, D(2026, 6, 30))
    assert progress.said.kept == {"orders": D(2026, 6, 30)}
    progress = keeping_registers.remove_record(commune, progress, orders, record)
    assert progress.said.records == {}


@pytest.mark.parametrize(
    ("name", "typed", "fault"),
    [
        ("orders", {"by": "province"}, keeping_registers.FieldMissing),
        ("orders", {"colour": "đỏ"}, keeping_registers.FieldUnknown),
        ("orders", {"title": "x", "by": "province", "due": "mai"}, NotADate),
        ("inspections", {"kind": "reform", "body": "Không ai"}, keeping_registers.BodyNotFound),
    ],
)
def test_what_cannot_be_a_record_is_named(
    commune: Office, name: str, typed: dict[str, str], fault: type[Exception]
) -> None:
    progress = progressing.open_progress(commune)
    with pytest.raises(fault):
        keeping_registers.write_record(commune, progress, register_of(name), typed)
    assert progressing.open_progress(commune).said.records == {}
    with pytest.raises(keeping_registers.RegisterUnknown):
        register_of("không có")
    with pytest.raises(keeping_registers.RecordUnknown):
        keeping_registers.write_record(commune, progress, register_of(name), typed, "gone")


@pytest.mark.parametrize("typed", ["03002", UNITS["03002"].upper()])
def test_a_body_is_found_by_code_or_name(commune: Office, typed: str) -> None:
    progress = progressing.open_progress(commune)
    record = {"kind": "Cải cách hành chính", "body": typed, "found": "1.200"}
    progress, _ = keeping_registers.write_record(
        commune, progress, register_of("inspections"), {**record, "kind": "reform"}
    )
    (kept,) = progress.said.records["inspections"].values()
    assert kept["body"] == progress.kit.unit_of_code("03002").id
    assert kept["found"] == "1200"


def test_a_year_that_is_none_is_named(commune: Office) -> None:
    with pytest.raises(register.YearWrong):
        progressing.open_progress(commune, "năm")


def test_every_change_is_a_line_of_the_journal_with_words(commune: Office) -> None:
    progress: Any = progressing.open_progress(commune)
    progressing.say_task(commune, progress, progress.task("I.1"), how=Progress.UNDER_WAY)
    with commune.read() as session:
        actions = {each.action for each in journal.entries(session)}
    assert actions <= reading_journal.WORDS.keys()
