"""Several open years on the command line: each answer says of which year it is, and nothing jumps to the newest."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from parindex_desktop.domain.units import Level
from parindex_desktop.services import kits, register, reporting
from parindex_desktop.services.files import FolderMissing
from parindex_desktop.services.reporting import Kind
from tests.offices import PASSPHRASE, key_code, light_keys, open_next_year, quiet, shipped_set
from tests.papers import flat, pages

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene

ALSO = "Year of assessment 2026. Also open: 2027 "


@pytest.fixture
def province(scene: Scene) -> Path:
    """A province in November that has opened 2027, while 2026 is self-assessed until 15/12."""
    office = scene.office("province")
    open_next_year(office)
    office.close()
    return office.home


@pytest.fixture
def commune(scene: Scene, province: Path, tmp_path: Path) -> Path:
    """A commune that has the kit with both years."""
    office = scene.office("province")
    kits.export_kit(office, PASSPHRASE, tmp_path / "kit.cchc", quiet)
    office.close()
    return scene.home("ban-ho-handed-over")


def test_the_province_stays_with_the_running_year_until_it_chooses(
    parindex: Terminal, scene: Scene, province: Path, tmp_path: Path
) -> None:
    parindex.json("import", scene.file("ban-ho-2.cchc"), home=province)
    listed = parindex("--lang", "en", "inbox", "units", home=province).out
    assert listed.startswith(ALSO)
    assert "Handed over" in listed
    paper = parindex("--lang", "en", "report", "self-summary", "-o", tmp_path / "th.pdf", home=province).out
    assert paper.startswith(ALSO)
    assert "Đã nộp: 1/3" in flat("".join(pages(tmp_path / "th.pdf")))
    assert (
        "2026, self-assessment until 15/12/2026"
        in parindex("--lang", "en", "period", "list", home=province).out
    )

    chosen = parindex("--lang", "en", "period", "choose", "2027", home=province)
    assert chosen.out.startswith("Year of assessment 2027. Also open: 2026 ")
    assert parindex.json("inbox", "units", home=province)["year"] == "2027"
    assert parindex.json("period", "list", home=province)["current"] == "2027"
    assert parindex.json("--period", "2026", "inbox", "units", home=province)["year"] == "2026"
    assert parindex("period", "choose", "2031", home=province).code == "period.unknown"
    assert parindex("--period", "2031", "inbox", "units", home=province).code == "period.not_open"


def test_given_figures_name_their_year(parindex: Terminal, province: Path) -> None:
    parindex.options += ["--lang", "en"]
    assert parindex("period", "given", home=province).out.startswith(ALSO)
    assert parindex("period", "given", "2027", home=province).out.startswith("Year of assessment 2027. Also")
    give = ("period", "give", "2027", "3.7", "--input", "denominator=40", "--dry-run")
    assert parindex(*give, home=province).out.startswith("Year of assessment 2027. Also open: 2026 ")


def test_a_kit_that_opens_the_next_year_leaves_this_one_in_hand(
    parindex: Terminal, commune: Path, tmp_path: Path
) -> None:
    said = parindex("--lang", "en", "kit", "import", tmp_path / "kit.cchc", home=commune).out
    assert "2027 is open, too. This machine goes on with 2026" in said
    again = parindex.json("kit", "import", tmp_path / "kit.cchc", home=commune)
    assert (again["period"], again["news"]) == ("2026", None)
    parindex.options += ["--lang", "en"]
    for command in (("form", "show"), ("form", "check"), ("people", "duties")):
        assert parindex(*command, home=commune).out.startswith(ALSO), command
    assert parindex("--period", "2027", "form", "check", home=commune).out.startswith(
        "Year of assessment 2027."
    )
    assert parindex.json("form", "show", home=commune)["year"] == "2026"
    paper = parindex("report", "self-assessment", "-o", tmp_path / "bc.pdf", home=commune).out
    assert paper.startswith(ALSO)


def test_a_bundle_says_of_which_year_it_is(parindex: Terminal, scene: Scene, province: Path) -> None:
    bundle = scene.file("ban-ho-1.cchc")
    assert "Bản Hồ, year 2026, hand-over 1" in parindex("--lang", "en", "import", bundle, home=province).out
    assert "year 2026, hand-over 1" in parindex("--lang", "en", "verify", bundle, home=province).out


def test_an_office_that_begins_late_begins_with_the_year_that_runs(
    scene: Scene, parindex: Terminal, commune: Path, tmp_path: Path
) -> None:
    stranger = scene.home("stranger")
    office = scene.office("province")
    code = key_code(office)
    office.close()
    parindex.json("kit", "import", tmp_path / "kit.cchc", "--trust", code, home=stranger)
    assert parindex.json("kit", "import", tmp_path / "kit.cchc", home=stranger)["period"] == "2026"


def new_version(folder: Path) -> Path:
    """Version 2 of the shipped set."""
    tree = json.loads(shipped_set()) | {"version": 2}
    (folder / "v2.json").write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    return folder / "v2.json"


def test_opening_an_open_year_says_what_changed(parindex: Terminal, scene: Scene, tmp_path: Path) -> None:
    home = scene.home("province")
    parindex.options += ["--lang", "en", "--home", str(home)]
    same = parindex("period", "open", "2026", "--criteria", "commune-2026.json").out
    assert same.startswith("The year 2026 is open already, and just like this. Nothing was changed.")
    digest = parindex.json("criteria", "import", new_version(tmp_path))["set"]["digest"]
    changed = parindex("period", "open", "2026", "--criteria", digest, "--until", "20/12/2026").out
    assert "was open already. What is different now:" in changed
    assert "(version 2) takes the place of" in changed
    assert "Last day of self-scoring: 15/12/2026 → 20/12/2026" in changed
    assert "Export a new kit" in changed


def test_a_year_is_opened_with_the_names_that_are_listed(parindex: Terminal, tmp_path: Path) -> None:
    parindex.options += ["--lang", "en", "--home", str(tmp_path / "tinh")]
    with light_keys():
        parindex.json("init", "--level", "province", "--name", "Tỉnh")
    wrong = parindex("period", "open", "2026", "--criteria", "commune-2026.json", "commune-2024.json")
    assert wrong.code == "period.set_of_another_year"
    assert parindex.json("criteria", "list")["sets"] == []
    said = parindex("period", "open", "2026", "--criteria", "commune-2026.json", "department-2026.json").out
    assert "The year 2026 is open now." in said
    assert "No last day of self-scoring is set for 2026" in said
    listed = parindex("criteria", "list").out
    assert "2026  Department of the province: " in listed
    assert "department" not in listed.replace("department-2026.json", "")


def test_kinds_of_units_without_a_set_are_named(parindex: Terminal, scene: Scene, tmp_path: Path) -> None:
    office = scene.office("province")
    register.add_units(office, [register.NewUnit("T01", "Công an tỉnh", Level.CENTRAL)])
    office.close()
    parindex.options += ["--home", str(office.home)]
    told = "T01 Công an tỉnh: năm 2026 chưa có bộ tiêu chí cho loại đơn vị này"
    assert told in parindex("period", "open", "2026", "--criteria", "commune-2026.json").out
    assert told in parindex("period", "list").out
    assert told in parindex("kit", "export", "-o", tmp_path).out
    assert told in parindex("inbox", "units").out
    parindex.json("report", "self-summary", "-o", tmp_path / "th.pdf")
    assert told in flat("".join(pages(tmp_path / "th.pdf")))
    parindex.json("report", "self-summary", "-o", tmp_path / "th.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "th.xlsx").active
    assert any(told in str(cell.value) for cell in sheet["A"])
    parindex.json("period", "open", "2026", "--criteria", "central-2026.json")
    assert "T01" not in parindex("kit", "export", "-o", tmp_path).out


OUTPUTS = [
    ("export",),
    ("kit", "export"),
    ("form", "export"),
    ("report", "self-assessment"),
    ("journal", "export"),
    ("enrol", "request"),
    ("people", "export"),
    ("units", "export"),
    ("period", "given"),
]


@pytest.mark.parametrize("command", OUTPUTS, ids=" ".join)
@pytest.mark.parametrize("place", ["none/", "none/a.xlsx"])
def test_a_folder_that_is_not_there_is_named_before_anything_is_done(
    parindex: Terminal, scene: Scene, tmp_path: Path, command: tuple[str, ...], place: str
) -> None:
    ran = parindex(*command, "-o", f"{tmp_path}/{place}", home=scene.home("ban-ho-ready"))
    assert (ran.status, ran.code) == (2, "usage.folder_missing")
    assert str(tmp_path / "none") in ran.err
    assert not (tmp_path / "none").exists()


def test_a_bundle_is_never_written_without_an_ending(
    parindex: Terminal, scene: Scene, tmp_path: Path
) -> None:
    home = scene.home("ban-ho-ready")
    told = parindex.json("export", "-o", tmp_path / "x2", home=home)
    assert told["file"] == str(tmp_path / "x2.cchc")
    assert not (tmp_path / "x2").exists()
    (tmp_path / "stick").mkdir()
    told = parindex.json("export", "-o", f"{tmp_path}/stick/", home=home)
    assert told["file"].startswith(str(tmp_path / "stick"))
    assert told["file"].endswith(".cchc")


def test_a_missing_folder_is_named_below_the_command_line_too(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(FolderMissing) as refused:
        reporting.write_report(scene.office("ban-ho"), Kind.SELF_ASSESSMENT, tmp_path / "none" / "bc.pdf")
    assert refused.value.message.values["folder"] == str(tmp_path / "none")


def test_the_deadline_of_the_next_year_is_no_deadline_of_this_one(scene: Scene) -> None:
    office = scene.office("province")
    open_next_year(office)
    assert office.record.period == "2026"
    assert register.current_kit(office).periods["2026"].self_assessment_to == dt.date(2026, 12, 15)
