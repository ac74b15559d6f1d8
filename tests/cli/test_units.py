"""units, bodies: lists in and out, samples, units that end, organisations that are not assessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.offices import UNITS, holdings, light_keys

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene


@pytest.fixture
def home(parindex: Terminal, scene: Scene) -> Path:
    parindex.options += ["--home", str(scene.home("province"))]
    return scene.home("province")


def codes(parindex: Terminal, *how: str) -> list[str]:
    return [unit["code"] for unit in parindex.json("units", "list", *how)["units"]]


@pytest.mark.parametrize("shape", ["three-tiers", "two-tiers"])
def test_a_sample_can_be_taken_over_and_written_out_again(
    parindex: Terminal, tmp_path: Path, shape: str
) -> None:
    with light_keys():
        parindex.json("init", "--level", "province", "--name", "Tỉnh", home=tmp_path / "tinh")
    parindex.options += ["--home", str(tmp_path / "tinh")]
    first, second = tmp_path / "mau.xlsx", tmp_path / "ra.xlsx"
    assert parindex.json("units", "sample", "--shape", shape, "-o", first)["shape"] == shape
    parindex.json("units", "import", first)
    parindex.json("units", "export", "-o", second)
    before = holdings(tmp_path / "tinh")
    parindex.json("units", "import", second)
    assert holdings(tmp_path / "tinh") == before
    assert len(parindex.json("bodies", "list")["bodies"]) == 5
    living = codes(parindex, "--level", "district")
    assert living == (["084", "085", "088"] if shape == "three-tiers" else [])
    assert {"084", "03006"} <= set(codes(parindex, "--all"))
    assert codes(parindex, "--all", "--block", "Khối huyện, thị xã") == ["084", "085", "088"]


def test_what_is_known_of_a_unit_is_listed(parindex: Terminal, home: Path) -> None:
    parindex.json("units", "end", "03001", "--on", "30/06/2026", "--into", "03002")
    assert codes(parindex) == ["03002", "03003"]
    (ended,) = (u for u in parindex.json("units", "list", "--all")["units"] if u["code"] == "03001")
    assert (ended["valid_to"], ended["successors"], ended["parent_code"]) == ("2026-06-30", ["03002"], None)
    said = parindex("units", "list", "--all").out
    assert "Đến hết 30/06/2026; Đơn vị kế tục: 03002 Ủy ban nhân dân xã Tả Van" in said
    assert f"Hình thành từ: 03001 {UNITS['03001']}" in said


def test_several_units_are_joined_into_a_new_one(parindex: Terminal, home: Path) -> None:
    ran = parindex(
        "--lang",
        "en",
        "units",
        "end",
        "03001",
        "03002",
        "--on",
        "30/6/2026",
        "--into",
        "03099",
        "--new",
        "Xã Mới",
    )
    assert ran.out.splitlines() == [
        "2 unit(s) end on 30/06/2026.",
        f"“Xã Mới”: 2026 beside 2025: cannot be compared: it was formed from {UNITS['03001']}; {UNITS['03002']}.",
    ]
    assert codes(parindex) == ["03003", "03099"]


@pytest.mark.parametrize(
    ("arguments", "code", "status"),
    [
        (["03001", "--on", "31/02/2026"], "input.not_a_date", 2),
        (["03001"], "usage.arguments", 2),
        (["99999", "--on", "30/06/2026"], "unit.unknown", 3),
        (["03001", "--on", "30/06/2026", "--into", "99999"], "unit.faulty", 3),
        (["03001", "--on", "30/06/2026", "--into", "03001"], "unit.faulty", 3),
        (["03001", "--on", "30/06/2026", "--into", "03002", "--new", "Xã"], "unit.code_taken", 3),
        (["03001", "--on", "30/06/2026", "--new", "Xã"], "unit.one_code_for_new", 3),
    ],
)
def test_what_cannot_end_is_refused_and_nothing_is_changed(
    parindex: Terminal, home: Path, arguments: list[str], code: str, status: int
) -> None:
    before = holdings(home)
    ran = parindex("units", "end", *arguments)
    assert (ran.status, ran.code) == (status, code)
    assert holdings(home) == before


def test_a_kind_that_does_not_exist_is_told_without_the_words_of_programmers(
    parindex: Terminal, home: Path
) -> None:
    ran = parindex("units", "list", "--level", "thon")
    assert (ran.status, ran.code) == (2, "usage.arguments")
    assert "Level" not in ran.err


def test_a_faulty_list_is_refused_with_every_fault_at_its_place(
    parindex: Terminal, home: Path, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    for row in (("Mã", "Tên", "Cấp", "Đến ngày"), ("03009", "Xã", "xã", "hôm qua"), ("", "Xã", "xã")):
        book.active.append(row)
    book.save(tmp_path / "units.xlsx")
    ran = parindex("--lang", "en", "units", "import", tmp_path / "units.xlsx")
    assert ran.status == 3
    assert [line[:35] for line in ran.out.splitlines()[1:]] == [
        "- Sheet “Sheet”, cell D2 (column “Đ",
        "- Sheet “Sheet”, cell A3 (column “M",
    ]
    told = parindex("--json", "units", "import", tmp_path / "units.xlsx").data
    assert (told["status"], told["error"]["code"]) == (3, "units.faulty")
    assert [each["code"] for each in told["faults"]] == ["input.not_a_date", "units.code_missing"]
    assert codes(parindex) == list(UNITS)


def test_what_a_list_would_do_is_told_before_it_is_taken_over(
    parindex: Terminal, home: Path, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    for row in (
        ("Mã", "Tên", "Cấp", "Đến ngày"),
        ("03001", "Xã Bản Hồ", "xã", ""),
        ("03002", UNITS["03002"], "xã", "30/06/2026"),
        ("03003", UNITS["03003"], "xã", ""),
        ("03009", "Xã Mới", "xã", ""),
    ):
        book.active.append(row)
    book.save(tmp_path / "units.xlsx")
    before = holdings(home)
    told = parindex.json("--lang", "en", "units", "import", "--dry-run", tmp_path / "units.xlsx")
    assert [each["change"] for each in told["changes"]] == ["changed", "ends", "new"]
    assert told["changes"][1]["what"] == ["last day: – → 30/06/2026"]
    assert holdings(home) == before
    said = parindex("--lang", "en", "units", "import", tmp_path / "units.xlsx").out.splitlines()
    assert said[0] == f"03001 Xã Bản Hồ: name: {UNITS['03001']} → Xã Bản Hồ"
    assert said[2] == "03009 Xã Mới: New"
    assert said[3:] == [
        "Units: 1 new, 1 changed, 1 end, 1 unchanged.",
        "The list was taken over. Export a new kit, so that all offices learn of it.",
    ]
    again = parindex("--lang", "en", "units", "import", tmp_path / "units.xlsx").out.splitlines()
    assert again == [
        "Units: 0 new, 0 changed, 0 end, 4 unchanged.",
        "The register says all of this already, so nothing was changed.",
    ]
    assert "units" not in parindex.json("units", "import", tmp_path / "units.xlsx")


def many(folder: Path, count: int, block: str) -> Path:
    book = openpyxl.Workbook()
    book.active.append(("Mã", "Tên", "Cấp", "Khối"))
    for number in range(count):
        book.active.append((f"{4000 + number:05}", f"Xã {number}", "xã", block))
    book.save(folder / "nhieu.xlsx")
    return folder / "nhieu.xlsx"


def test_many_changes_are_summed_up_and_a_dry_run_says_so(
    parindex: Terminal, home: Path, tmp_path: Path
) -> None:
    source = many(tmp_path, 20, "Khối xã")
    before = holdings(home)
    said = parindex("--lang", "en", "units", "import", "--dry-run", source).out.splitlines()
    assert said[14:] == [
        "04014 Xã 14: New",
        "… and 5 more change(s); --all shows them.",
        "The list brings the first blocks: “Khối xã” (20 unit(s)).",
        "Units: 20 new, 0 changed, 0 end, 0 unchanged.",
        "Nothing was recorded: this only shows what the list would do.",
    ]
    assert holdings(home) == before
    everything = parindex("--lang", "en", "units", "import", "--dry-run", "--all", source).out.splitlines()
    assert everything[19] == "04019 Xã 19: New"
    told = parindex.json("units", "import", source)
    assert len(told["changes"]) == len(told["units"]) == 20
    assert told["counts"]["units"] == {"new": 20, "changed": 0, "ends": 0, "none": 0}
    slip = parindex.json("units", "import", "--dry-run", many(tmp_path, 1, "Khối xa"))
    assert [each["code"] for each in slip["warnings"]] == ["blocks.slip"]


def test_an_end_is_taken_back(parindex: Terminal, home: Path) -> None:
    parindex.json("units", "end", "03001", "--on", "30/06/2026", "--into", "03099", "--new", "Xã Mới")
    ran = parindex("--lang", "en", "units", "resume", "03001")
    assert ran.out.splitlines() == [
        "1 unit(s) go on as before.",
        "“Xã Mới”, which was formed of them, is removed.",
    ]
    assert codes(parindex, "--all") == list(UNITS)
    assert parindex("units", "resume", "03001").code == "unit.not_ended"
    assert parindex("units", "resume", "99999").code == "unit.unknown"


def test_over_a_merger_the_list_says_that_years_cannot_be_compared(parindex: Terminal, home: Path) -> None:
    parindex.json("units", "end", "03001", "--on", "30/06/2026", "--into", "03002")
    said = f"So 2026 với 2025: không so sánh được: đã nhận sáp nhập {UNITS['03001']}"
    assert said in parindex("units", "list").out
    assert said not in parindex("--period", "2027", "units", "list").out
    assert parindex("--period", "1999", "units", "list").code == "period.unknown"


def test_organisations_are_added_listed_and_removed(parindex: Terminal, home: Path) -> None:
    group = parindex.json(
        "bodies", "add", "Các xã", "--kind", "group", "--level", "commune", "--unit", "03001"
    )["body"]
    assert (group["levels"], group["units"]) == (["commune"], ["03001"])
    parindex.json("bodies", "add", "Phòng Nội vụ", "--kind", "room", "--of", "03001")
    assert [body["name"] for body in parindex.json("bodies", "list")["bodies"]] == ["Phòng Nội vụ", "Các xã"]
    assert (
        f"Phòng Nội vụ (Phòng, bộ phận của cơ quan; Thuộc: {UNITS['03001']})"
        in parindex("bodies", "list").out
    )
    assert parindex("bodies", "add", "các XÃ", "--kind", "organisation").code == "body.name_taken"
    assert parindex("bodies", "add", "Nhóm", "--kind", "group").code == "body.faulty"
    assert parindex("bodies", "remove", "Không có").code == "body.unknown"
    assert parindex.json("bodies", "remove", "cac xa")["body"]["id"] == group["id"]
    assert [body["of"] for body in parindex.json("bodies", "list")["bodies"]] == ["03001"]
