"""plan, task, target, register, export --progress: plans from the draft to what a unit reports of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.domain.planning.test_plans import changed
from tests.services import plans

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.json"
    path.write_text(json.dumps(plans.tree(), ensure_ascii=False), "utf-8")
    return path


@pytest.fixture
def homes(scene: Scene, parindex: Terminal, tmp_path: Path, paper: Path) -> tuple[Path, Path]:
    """The province and Bản Hồ, which has the plan in its kit; closed."""
    province, commune = scene.home("province"), scene.home("ban-ho")
    name = "Ủy ban nhân dân các xã"
    parindex.json("bodies", "add", name, "--kind", "group", "--level", "commune", home=province)
    parindex.json("plan", "import", paper, home=province)
    issued = ("plan", "issue", "Kế hoạch", "--number", "15/KH-UBND", "--date", "05/01/2026")
    parindex.json(*issued, home=province)
    kit = tmp_path / "kit.cchc"
    parindex.json("kit", "export", "-o", kit, home=province)
    parindex.json("import", kit, home=commune)
    return province, commune


def test_a_plan_goes_from_a_file_to_the_units_and_their_progress_comes_back(
    homes: tuple[Path, Path], parindex: Terminal, scene: Scene, tmp_path: Path
) -> None:
    province, commune = homes
    assert [each["number"] for each in parindex.json("plan", "list", home=commune)["plans"]] == ["15/KH-UBND"]
    listed = parindex.json("task", "list", home=commune)["tasks"]
    assert [(each["no"], each["time"]) for each in listed] == [
        ("I.1", "year"),
        ("I.2", "h1"),
        ("I.2", "year"),
    ]
    done = parindex.json("task", "done", "I.1", "--on", "01/03/2026", "--text", "Xong", home=commune)["task"]
    assert (done["times"][0]["progress"], done["times"][0]["on"]) == ("done", "2026-03-01")
    source = scene.evidence("ke-hoach.pdf")
    attached = parindex.json(
        "task", "attach", "I.1", f"{source}#page=2", "--number", "01/KH", "--paper", "Tủ 3", home=commune
    )
    assert attached["shared"] == ["1.2"]
    assert len(attached["task"]["documents"]) == 2
    register = ("register", "add", "orders", "--input", "title=Báo cáo", "--input", "by=province")
    record = parindex.json(*register, "--input", "done=1/3/2026", home=commune)["record"]["id"]
    (first, _) = parindex.json("target", "list", home=commune)["targets"]
    assert (first["value"], first["verdict"], first["by_hand"]) == ("100", "exceeded", False)
    parindex.json("register", "change", "orders", record[:8], "--input", "due=1/2/2026", home=commune)
    reported = parindex.json("target", "report", "1.2", "--yes", "có", home=commune)["target"]
    assert reported["verdict"] == "met"
    bundle = parindex.json("export", "--progress", "-o", tmp_path / "tien-do", home=commune)["file"]
    taken = parindex.json("import", bundle, home=province)["bundles"][0]
    assert (taken["kind"], taken["outcome"]) == ("progress", "first")
    seen = parindex.json("task", "list", "--unit", "03001", "--mine", home=province)
    assert [each["progress"] for each in seen["tasks"]] == ["done", "open", "open"]
    assert [
        t["verdict"] for t in parindex.json("target", "list", "--unit", "03001", home=province)["targets"]
    ] == [
        "not_met",
        "met",
    ]
    assert "progress of 2026, report 1" in parindex("--lang", "en", "verify", bundle, home=province).out
    assert "First progress report" in parindex("--lang", "en", "inbox", "list", home=province).out


def test_days_of_others_are_entered_by_the_province(homes: tuple[Path, Path], parindex: Terminal) -> None:
    province, commune = homes
    date = ("task", "date", "I.2", "10/06/2026", "--time", "h1", "--source", "CV 3325/BNV-CCHC")
    (first, second) = parindex.json(*date, home=province)["task"]["times"]
    assert (first["due"], first["source"], second["awaited"]) == ("2026-06-10", "CV 3325/BNV-CCHC", True)
    assert parindex(*date, home=commune).code == "task.day_of_another"
    overdue = parindex.json("task", "list", "--overdue", home=province)["tasks"]
    assert [each["time"] for each in overdue] == ["h1"]
    due = parindex.json("task", "list", "--due", home=province)["tasks"]
    assert [each["standing"] for each in due if each["no"] == "I.2"] == ["overdue", "awaited"]


def test_a_plan_is_shown_amended_exported_and_withdrawn(
    homes: tuple[Path, Path], parindex: Terminal, tmp_path: Path
) -> None:
    province, _ = homes
    shown = parindex("plan", "show", "15/KH-UBND", home=province).out
    assert "I.2 Báo cáo" in shown
    parindex.json("plan", "amend", "15/KH-UBND", home=province)
    assert len(parindex.json("plan", "list", home=province)["drafts"]) == 1
    assert parindex("plan", "amend", "15/KH-UBND", home=province).code == "plan.draft_there"
    parindex.json("plan", "delete", "Kế hoạch", home=province)
    target = tmp_path / "ra.json"
    parindex.json("plan", "export", "15/KH-UBND", "-o", target, home=province)
    assert parindex("plan", "check", target, home=province).status == 0
    parindex.json("plan", "withdraw", "15/KH-UBND", "--reason", "Thay thế", home=province)
    assert parindex.json("plan", "list", home=province)["plans"] == []
    assert parindex("task", "list", home=province).out.endswith("\n")


def test_a_unit_has_plans_and_rooms_of_its_own(homes: tuple[Path, Path], parindex: Terminal) -> None:
    _, commune = homes
    rooms = parindex.json("plan", "rooms", "--add", "Văn phòng", home=commune)["rooms"]
    assert [room["name"] for room in rooms] == ["Văn phòng"]
    draft = parindex.json("plan", "derive", "15/KH-UBND", home=commune)
    assert draft["faults"] == []
    issued = parindex(
        "--lang", "en", "plan", "issue", draft["id"][:8], "--number", "3", "--date", "9/1/2026", home=commune
    )
    assert "next progress report" in issued.out
    assert parindex("task", "show", "I.1", home=commune).code == "task.unknown"
    assert parindex("task", "show", "I.1", "--plan", "15/KH-UBND", home=commune).status == 0
    assert parindex.json("plan", "rooms", "--remove", "Văn phòng", home=commune)["rooms"] == []


def test_faults_of_a_plan_are_all_named(parindex: Terminal, homes: tuple[Path, Path], tmp_path: Path) -> None:
    bad = tmp_path / "sai.json"
    bad.write_text(json.dumps(changed("head", "last", to=2025)), "utf-8")
    for command in ("check", "import"):
        ran = parindex("--json", "plan", command, bad, home=homes[0])
        assert ran.status == 3
        assert [fault["code"] for fault in ran.data["faults"]] == ["plan.years_reversed"]
    unknown = tmp_path / "la.json"
    unknown.write_text(json.dumps(changed("head", "title", to="Khác")), "utf-8")
    ran = parindex("--json", "plan", "check", unknown, home=homes[0])
    assert {fault["code"] for fault in ran.data["faults"]} == {"plan.party_unknown"}
    assert parindex("plan", "check", unknown, home=tmp_path / "nobody").status == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("plan", "show", "không có"), "plan.unknown"),
        (("task", "done", "IX.1"), "task.unknown"),
        (("task", "done", "I.1", "--on", "ngày mai"), "input.not_a_date"),
        (("task", "done", "I.2"), "task.occurrence_unknown"),
        (("task", "attach", "I.1"), "task.nothing_to_attach"),
        (("task", "list", "--unit", "03002"), "register.not_the_province"),
        (("target", "report", "1.1", "--value", "nhiều"), "number.not_an_amount"),
        (("target", "report", "1.1", "--yes", "có"), "target.other_measure"),
        (("target", "report", "9.9", "--value", "1"), "target.unknown_number"),
        (("register", "show", "không có"), "register.unknown_register"),
        (("register", "add", "orders"), "register.field_missing"),
        (("register", "add", "orders", "--input", "title"), "usage.input"),
        (("register", "change", "orders", "0000"), "register.unknown_record"),
        (("register", "kept", "orders", "x"), "input.not_a_date"),
        (("export", "--progress", "-o", "x.cchc"), "progress.nothing"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_bad_input_is_met_by_a_sentence(
    homes: tuple[Path, Path], parindex: Terminal, arguments: tuple[str, ...], code: str, language: str
) -> None:
    ran = parindex("--lang", language, *arguments, home=homes[1])
    assert ran.code == code
    assert ran.status in (2, 3)


def test_what_could_not_be_linked_is_offered(
    homes: tuple[Path, Path], parindex: Terminal, scene: Scene
) -> None:
    _, commune = homes
    parindex.json("lock", "--incomplete", "Thử", home=commune)
    attached = parindex.json("task", "attach", "I.1", scene.evidence("a.pdf"), home=commune)
    assert (attached["shared"], attached["locked"]) == ([], ["1.2"])
    assert len(parindex.json("task", "share", "--dry-run", home=commune)["links"]) == 1
    assert parindex("task", "share", home=commune).code == "form.locked"
    parindex.json("unlock", "--reason", "Bổ sung", home=commune)
    assert len(parindex.json("task", "share", home=commune)["links"]) == 1
    assert parindex.json("task", "share", home=commune)["links"] == []


def test_registers_are_listed_with_their_fields(homes: tuple[Path, Path], parindex: Terminal) -> None:
    _, commune = homes
    record = ("register", "add", "inspections", "--input", "kind=reform", "--input", "body=03002")
    added = parindex.json(*record, home=commune)["record"]
    assert "Tả Van" in parindex("register", "show", "inspections", home=commune).out
    parindex.json("register", "kept", "inspections", "30/06/2026", home=commune)
    found = parindex.json("register", "show", "inspections", home=commune)
    assert (found["kept"], [each["id"] for each in found["records"]]) == ("2026-06-30", [added["id"]])
    parindex.json("register", "remove", "inspections", added["id"][:8], home=commune)
    parindex.json("register", "kept", "inspections", "", home=commune)
    listed = parindex.json("register", "list", home=commune)["registers"]
    assert {(each["records"], each["kept"]) for each in listed} == {(0, None)}


def test_what_two_machines_reported_differently_is_settled(
    homes: tuple[Path, Path], parindex: Terminal, scene: Scene, tmp_path: Path
) -> None:
    other = scene.home("ban-ho-2")
    parindex.json("import", tmp_path / "kit.cchc", home=other)
    parindex.json("task", "done", "I.1", home=other)
    draft = parindex.json("export", "--progress", "--draft", "-o", tmp_path / "nhap", home=other)["file"]
    _, commune = homes
    parindex.json("task", "say", "I.1", "--progress", "under_way", home=commune)
    parindex.json("import", draft, home=commune)
    listed = parindex("--json", "differences", "list", home=commune)
    assert listed.status == 4
    ((entry, values),) = [(each["entry"], each["values"]) for each in listed.data["progress"]]
    assert len(values) == 2
    assert "I.1" in parindex("differences", "list", home=commune).out
    assert parindex("export", "--progress", "-o", tmp_path / "x", home=commune).code == "progress.unsettled"
    assert parindex.json("differences", "settle", entry, 1, home=commune)["left"] == 0
    assert parindex("differences", "settle", entry, 1, home=commune).code == "difference.unknown"
