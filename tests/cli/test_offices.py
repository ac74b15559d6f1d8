"""The whole job on the command line, as an administrator's script does it: every command for itself, told in JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from parindex_desktop.services import differences, filling, locking, receiving
from parindex_desktop.services.homes import now
from resources.language import day_of
from tests.offices import PDF, UNITS, answer, figures_of, hand_over, light_keys
from tests.papers import pages

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene

NAME = "Ủy ban nhân dân xã Bản Hồ"


def test_a_province_and_a_commune_from_nothing_to_the_summary(parindex: Terminal, tmp_path: Path) -> None:
    province, commune = tmp_path / "tinh", tmp_path / "xa"
    with light_keys():
        made = parindex.json("init", "--level", "province", "--name", "Sở Nội vụ tỉnh Lào Cai", home=province)
        parindex.json("init", "--level", "commune", "--name", NAME, home=commune)
    code = made["key_code"]
    assert parindex("init", "--level", "commune", "--name", "Khác", home=commune).code == "home.taken"

    listed = parindex.json("criteria", "list", home=province)
    assert {"central-2026.json", "commune-2024.json", "commune-2026.json"} < set(listed["shipped"])
    digest = parindex.json("criteria", "import", "commune-2026.json", home=province)["set"]["digest"]
    book = openpyxl.Workbook()
    for row in (("Mã", "Tên", "Cấp"), ("03001", NAME, "xã"), ("03002", "Ủy ban nhân dân xã Tả Van", "xã")):
        book.active.append(row)
    book.save(tmp_path / "units.xlsx")
    parindex.json("units", "import", tmp_path / "units.xlsx", home=province)
    assert [unit["code"] for unit in parindex.json("units", "list", home=province)["units"]] == [
        "03001",
        "03002",
    ]
    parindex.json("period", "open", "2026", "--criteria", digest[:12], "--until", "15/12/2026", home=province)
    assert parindex.json("period", "list", home=province)["periods"][0]["sets"] == {"commune": digest}

    asked = parindex.json("enrol", "request", "-o", tmp_path / "xa.csr", home=commune)
    approve = ("enrol", "approve", tmp_path / "xa.csr", "--unit", "03001", "--fingerprint")
    assert parindex(*approve, "0" * 32, home=province).code == "enrol.fingerprint_differs"
    parindex.json(*approve, asked["key_code"], home=province)
    enrolled = parindex.json("enrol", "list", home=province)["enrolled"]
    assert {each["unit"]: len(each["keys"]) for each in enrolled} == {"": 1, "03001": 1, "03002": 0}

    exported = parindex.json("kit", "export", "-o", tmp_path / "kit.cchc", home=province)
    assert exported["key_code"] == code
    kit = tmp_path / "kit.cchc"
    refused = parindex("kit", "import", kit, home=commune)
    assert (refused.status, "kit.not_trusted" in refused.out + refused.err) == (3, True)
    assert parindex.json("kit", "import", kit, "--trust", code, home=commune)["name"] == NAME
    assert parindex.json("kit", "import", kit, home=commune)["outcome"] == "held"

    file = tmp_path / "Báo cáo CCHC.pdf"
    file.write_bytes(PDF)
    told = parindex.json(
        "form", "answer", "1.2", "--input", "numerator=19", "--input", "denominator=20", "--evidence", f"{file}#page=3",
        "--number", "12/BC-UBND", "--date", "5/11/2026", "--issuer", "UBND xã", "--subject", "Báo cáo CCHC năm 2026",
        "--explain", "Đã hoàn thành", "--reason", "Còn một việc", "--note", "Ghi chú",
        home=commune,
    )["answer"]  # fmt: skip
    assert (told["points"], told["documents"], told["needs"]) == ("1.90", 1, [])
    parindex.json("form", "answer", "4.4", "--na", "Xã không có nhiệm vụ này", home=commune)
    parindex.json("form", "answer", "2.3", "--nothing-arose", "--explain", "Không có văn bản", home=commune)
    parindex.json(
        "form",
        "answer",
        "1.9",
        "--input",
        "answer=có",
        "--paper",
        "Tủ số 1",
        "--subject",
        "Kế hoạch",
        home=commune,
    )
    shown = parindex.json("form", "show", home=commune)
    states = {each["code"]: each["state"] for each in shown["criteria"]}
    assert (states["4.4"], states["1.2"], states["1.3"]) == ("not_applicable", "scored", "unscored")
    lacking = {each["code"] for each in parindex.json("form", "check", home=commune)["lacking"]}
    assert not {"1.2", "1.9", "2.3", "4.4"} & lacking

    refused = parindex("lock", home=commune)
    assert refused.code == "lock.still_lacking"
    assert "--incomplete" in refused.out + refused.err
    locked = parindex.json("lock", "--incomplete", "Bản thử", home=commune)
    paper = tmp_path / "bc.pdf"
    parindex.json("report", "self-assessment", "-o", paper, home=commune)
    assert all(locked["code"] in page for page in pages(paper))
    assert parindex("export", "-o", tmp_path, home=commune).code == "hand_over.not_signed"
    assert parindex("signed", "--number", "1/BC", home=commune).code == "signed.data_missing"
    parindex.json(
        "signed",
        "--number",
        "05/BC-UBND",
        "--date",
        f"{day_of(now()):%d/%m/%Y}",
        "--by",
        "Nguyễn Văn An",
        "--file",
        paper,
        home=commune,
    )
    done = parindex.json("export", "-o", tmp_path, home=commune)
    assert done["sequence"] == 1
    bundle = done["file"]

    assert parindex("verify", bundle).status == 0
    known = parindex.json("verify", bundle, home=province)["bundles"][0]
    assert (known["enrolled"], known["sequence"], known["files"]) == (NAME, 1, 2)
    assert parindex.json("import", "--dry-run", bundle, home=province)["bundles"][0]["outcome"] == "first"
    assert parindex.json("import", tmp_path, home=province)["bundles"][-1]["outcome"] in {"first", "held"}
    assert parindex.json("import", bundle, home=province)["bundles"][0]["outcome"] == "held"
    rows = parindex.json("inbox", "units", home=province)["units"]
    assert [(row["code"], row["times"]) for row in rows] == [("03001", 1), ("03002", 0)]
    assert rows[0]["points"] == shown["points"]
    assert {each["outcome"] for each in parindex.json("inbox", "list", home=province)["arrivals"]} == {
        "first",
        "held",
    }

    for ending in ("pdf", "xlsx"):
        parindex.json("report", "self-summary", "-o", tmp_path / f"th.{ending}", home=province)
    assert "self-summary" in parindex.json("report", "list")["reports"]
    parindex.json("unlock", "--reason", "Bổ sung", home=commune)
    parindex.json("journal", "export", "-o", tmp_path / "journal.jsonl", home=commune)
    lines = [json.loads(line) for line in (tmp_path / "journal.jsonl").read_text("utf-8").splitlines()]
    assert [line["previous"] for line in lines[1:]] == [line["digest"] for line in lines[:-1]]
    for home in (province, commune):
        assert parindex.json("check", home=home)["sound"] is True
        assert parindex.json("journal", "check", home=home)["journal_fault"] is None
    assert len(parindex.json("enrol", "revoke", "03001", "--reason", "Mất máy", home=province)["keys"]) == 1


def test_differences_wait_and_are_settled_by_the_unit(
    parindex: Terminal, scene: Scene, tmp_path: Path
) -> None:
    one, two = scene.office("ban-ho-handed-over"), scene.office("ban-ho-2")
    receiving.take_in(two, [scene.file("ban-ho-1.cchc")])
    form = locking.unlock(two, filling.open_form(two), "Sửa")
    answer(two, form, "1.2", **figures_of(form, "1.2", "30"))
    other = hand_over(two, tmp_path / "two.cchc")
    home, province = one.home, scene.home("province")
    scene.close()
    scene.opened.clear()
    both = [scene.file("ban-ho-2.cchc"), other]
    ran = parindex("--json", "import", *both, home=province)
    assert (ran.status, ran.data["status"]) == (4, 4)
    assert [each["differences"] for each in ran.data["bundles"]] == [0, 1]
    waiting = parindex("--json", "differences", "list", home=province)
    assert waiting.status == 4
    (found,) = waiting.data["differences"]
    assert (found["code"], len(found["values"])) == ("1.2", 2)
    assert (
        parindex("differences", "settle", found["entry"], 1, home=province).code == "difference.only_the_unit"
    )
    assert parindex("import", other, home=home).status == 4
    assert parindex("form", "check", home=home).status == 4
    assert parindex("lock", home=home).code == "merge.unsettled"
    assert parindex("differences", "settle", found["entry"], 3, home=home).code == "difference.unknown"
    shown = parindex("differences", "list", home=home)
    assert "1.2" in shown.out
    assert parindex.json("differences", "settle", found["entry"], 2, home=home)["left"] == 0
    assert parindex("differences", "list", home=home).status == 0


def test_a_refused_bundle_among_good_ones_is_told_by_the_status(
    parindex: Terminal, scene: Scene, tmp_path: Path
) -> None:
    (tmp_path / "bad.cchc").write_bytes(b"PK\x03\x04")
    province = scene.home("province")
    ran = parindex("--json", "import", scene.file("ban-ho-1.cchc"), tmp_path / "bad.cchc", home=province)
    assert ran.status == 3
    assert ran.data["error"]["code"] == "bundle.truncated"
    assert [(each["outcome"], each["error"]) for each in ran.data["bundles"]] == [
        ("first", None),
        ("refused", ran.data["error"]),
    ]
    for again in (1, 2):
        assert parindex("import", scene.file("ban-ho-1.cchc"), home=province).status == 0, again
    assert parindex("import", scene.file("ban-ho-2.cchc"), home=province).status == 0
    empty = tmp_path / "empty"
    empty.mkdir()
    assert parindex("import", empty, home=province).status == 0


def test_a_newer_one_before_an_older_one_is_no_fault(parindex: Terminal, scene: Scene) -> None:
    province = scene.home("province")
    for name, outcome in (("ban-ho-2.cchc", "later"), ("ban-ho-1.cchc", "older")):
        (told,) = parindex.json("import", scene.file(name), home=province)["bundles"]
        assert told["outcome"] == outcome


def test_a_draft_goes_from_one_machine_to_the_other(parindex: Terminal, scene: Scene, tmp_path: Path) -> None:
    done = parindex.json("export", "--draft", "-o", tmp_path / "nhap.cchc", home=scene.home("ban-ho"))
    assert done["sequence"] == 0
    assert (
        parindex.json("import", tmp_path / "nhap.cchc", home=scene.home("ban-ho-2"))["bundles"][0]["outcome"]
        == "first"
    )
    ran = parindex("import", tmp_path / "nhap.cchc", home=scene.home("province"))
    assert (ran.status, "bundle.draft" in ran.out) == (3, True)


def test_a_damaged_home_is_told_by_the_status(parindex: Terminal, scene: Scene) -> None:
    home = scene.home("ban-ho-ready")
    (path,) = (home / "evidence").glob("??/*")
    path.chmod(0o600)
    path.write_bytes(b"x")
    ran = parindex("--json", "check", home=home)
    assert (ran.status, ran.data["sound"], len(ran.data["damaged_evidence"])) == (3, False, 1)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_faulty_set_is_told_with_every_fault(
    parindex: Terminal, scene: Scene, tmp_path: Path, lang: str
) -> None:
    (tmp_path / "set.json").write_text('{"format": 1, "maximum": "x"}', "utf-8")
    for action in ("check", "import"):
        ran = parindex(
            "--lang", lang, "--json", "criteria", action, tmp_path / "set.json", home=scene.home("province")
        )
        assert ran.status == 3
        assert ran.data["error"]["code"] == "criteria.faulty"
        assert len(ran.data["faults"]) > 3


def test_an_answer_that_is_wrong_in_one_place_changes_nothing(
    parindex: Terminal, scene: Scene, tmp_path: Path
) -> None:
    home = scene.home("ban-ho")
    good = ("form", "answer", "1.2", "--input", "numerator=9", "--input", "denominator=10")
    for wrong, code in (
        (("--date", "31/02/2026", "--paper", "Tủ"), "input.not_a_date"),
        (("--evidence", tmp_path / "none.pdf"), "evidence.unreadable"),
        (("--explain", "x" * 20_001), "text.too_long"),
        (("--input", "numerator"), "usage.input"),
        (("--input", "x=1"), "form.input_unknown"),
    ):
        assert parindex(*good, *wrong, home=home).code == code
        assert parindex.json("form", "show", home=home)["points"] == "0.00"


def test_data_of_a_document_without_its_subject_are_kept_too(
    parindex: Terminal, scene: Scene, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    home = scene.home("ban-ho")
    parindex.json(
        "form",
        "answer",
        "1.3",
        "--input",
        "count=4",
        "--evidence",
        tmp_path / "a.pdf",
        "--number",
        "9/BC",
        home=home,
    )
    (linked,) = filling.open_form(scene.office("ban-ho")).sheet("1.3").evidence
    assert (linked.document.number, linked.document.subject) == ("9/BC", "a")


def test_an_office_names_its_unit(parindex: Terminal, scene: Scene) -> None:
    home = scene.home("stranger")
    code = parindex.json("kit", "export", "-o", scene.folder / "kit.cchc", home=scene.home("province"))[
        "key_code"
    ]
    parindex.json("kit", "import", scene.folder / "kit.cchc", "--trust", code, home=home)
    assert parindex.json("units", "claim", "03003", home=home)["name"] == UNITS["03003"]


def test_the_year_can_be_named(parindex: Terminal, scene: Scene) -> None:
    home = scene.home("ban-ho")
    assert parindex.json("--period", "2026", "form", "show", home=home)["year"] == "2026"
    assert parindex("--period", "2031", "form", "show", home=home).code == "period.unknown"


def test_nothing_of_this_is_settled_elsewhere(scene: Scene) -> None:
    """The scene itself holds no differences: what the tests above found, they made."""
    assert differences.differences(scene.office("ban-ho-handed-over")) == []
