"""Figures that the province gives, and points that come out otherwise, on the command line."""

from __future__ import annotations

import json
import re
import shlex
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from parindex_desktop.domain.units import Level
from parindex_desktop.services import filling, register
from tests.comparing import (
    CODE,
    LAST,
    YEAR,
    compared_set,
    comparing_province,
    export_kit,
    fill_compared,
    hand_over_compared,
    office_with_kit,
)
from tests.offices import changed, close_and_sign, forged, revision_in

if TYPE_CHECKING:
    from tests.cli.running import Terminal
    from tests.offices import Scene


@pytest.fixture
def home(scene: Scene, tmp_path: Path) -> Path:
    """The province, closed."""
    province = comparing_province(scene)
    export_kit(province, tmp_path / "kit-1.cchc")
    province.close()
    return province.home


def given(parindex: Terminal, home: Path) -> dict[str, Any]:
    figures = parindex.json("period", "given", YEAR, home=home)["figures"]
    return {each["figure"]: (each["all"], each["units"]) for each in figures}


def test_figures_are_given_to_one_unit_or_to_all(parindex: Terminal, home: Path) -> None:
    assert given(parindex, home) == {
        "1.1/event": (None, {}),
        "1.3/previous": (None, {}),
        "7.5/event": (None, {}),
    }
    parindex.json("period", "give", YEAR, "1.1", "--input", "event=5/1/2026", home=home)
    done = parindex.json(
        "period", "give", YEAR, CODE, "--input", "previous=1.200", "--unit", "03001", home=home
    )
    assert done["changes"] == [{"unit": "03001", "figure": "1.3/previous", "before": None, "after": "1200"}]
    assert given(parindex, home)["1.1/event"] == ("2026-01-05", {})
    assert given(parindex, home)["1.3/previous"] == (None, {"03001": "1200"})
    shown = parindex("--lang", "en", "period", "given", home=home)
    assert "05/01/2026 for all units" in shown.out
    assert "03001    Ủy ban nhân dân xã Bản Hồ: 1,200" in shown.out
    assert "7.5/event" in shown.out
    parindex.json("period", "give", YEAR, CODE, "--input", "previous=", "--unit", "03001", home=home)
    assert given(parindex, home)["1.3/previous"] == (None, {})


def test_a_dry_run_writes_nothing(parindex: Terminal, home: Path) -> None:
    ran = parindex(
        "--lang", "en", "period", "give", YEAR, "1.1", "--input", "event=5/1/2026", "--dry-run", home=home
    )
    assert ran.status == 0
    assert "Nothing was written" in ran.out
    assert given(parindex, home)["1.1/event"] == (None, {})


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        ((), 2, "usage.what_to_give"),
        ((CODE,), 2, "usage.what_to_give"),
        (("--input", "previous=5"), 2, "usage.what_to_give"),
        ((CODE, "--input", "previous=5", "--from-last-year"), 2, "usage.what_to_give"),
        ((CODE, "--input", "previous"), 2, "usage.input"),
        ((CODE, "--input", "count=5"), 2, "given.figure_unknown"),
        (("8.4", "--input", "previous=1.200", "--unit", "03001"), 2, "given.nothing_asked"),
        (("9.99", "--input", "count=5"), 2, "criteria.unknown_code"),
        ((CODE, "--input", "previous=5", "--unit", "99999"), 3, "unit.unknown"),
        ((CODE, "--input", "previous=5", "--level", "central"), 3, "period.not_assessed"),
        ((CODE, "--input", "previous=5,5"), 3, "number.not_a_count"),
        (("--file", "none.xlsx"), 3, "file.not_read"),
    ],
)
def test_what_cannot_be_given_is_said(
    parindex: Terminal, home: Path, arguments: tuple[str, ...], status: int, code: str
) -> None:
    ran = parindex("--json", "period", "give", YEAR, *arguments, home=home)
    assert (ran.status, ran.data["error"]["code"]) == (status, code)
    assert given(parindex, home)["1.3/previous"] == (None, {})


def test_a_year_that_is_not_open_is_said(parindex: Terminal, home: Path) -> None:
    for action in (["given", "2031"], ["give", "2031", "--from-last-year"]):
        assert parindex("period", *action, home=home).code == "period.not_open"


def test_a_spreadsheet_goes_out_and_comes_back(parindex: Terminal, home: Path, tmp_path: Path) -> None:
    parindex.json("period", "give", YEAR, "1.1", "--input", "event=5/1/2026", home=home)
    file = tmp_path / "a.xlsx"
    assert parindex.json("period", "given", YEAR, "-o", file, home=home)["file"] == str(file)
    assert parindex.json("period", "give", YEAR, "--file", file, home=home)["same"] == 1
    parindex.json("period", "give", YEAR, "1.1", "--input", "event=", home=home)
    assert len(parindex.json("period", "give", YEAR, "--file", file, home=home)["changes"]) == 1
    assert given(parindex, home)["1.1/event"] == ("2026-01-05", {})


def test_every_fault_of_a_spreadsheet_is_said(parindex: Terminal, home: Path, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("Mã", "1.3/previous"), ("03001", "mười"), ("99999", 5)):
        book.active.append(list(row))
    book.save(tmp_path / "a.xlsx")
    ran = parindex("--json", "period", "give", YEAR, "--file", tmp_path / "a.xlsx", home=home)
    assert ran.status == 3
    assert [each["code"] for each in ran.data["faults"]] == ["number.not_a_count", "unit.unknown"]
    told = parindex("period", "give", YEAR, "--file", tmp_path / "a.xlsx", home=home)
    assert "B2" in told.out
    assert "A3" in told.out


def test_last_years_values_are_proposed_then_given(
    parindex: Terminal, scene: Scene, home: Path, tmp_path: Path
) -> None:
    office = office_with_kit(scene, "ban-ho", tmp_path / "kit-1.cchc")
    file = hand_over_compared(office, tmp_path / "2025.cchc", LAST, value="105", previous="90")
    office.close()
    parindex.json("import", file, home=home)
    looked = parindex.json("period", "give", YEAR, "--from-last-year", "--dry-run", home=home)
    assert [each["after"] for each in looked["changes"]] == ["105"]
    assert {each["reason"]["code"] for each in looked["left_out"]} == {"last_year.nothing"}
    assert given(parindex, home)["1.3/previous"] == (None, {})
    parindex.json("period", "give", YEAR, "--from-last-year", home=home)
    assert given(parindex, home)["1.3/previous"] == (None, {"03001": "105"})
    assert "03002" in parindex("period", "give", YEAR, "--from-last-year", home=home).out


def test_why_there_is_nothing_of_last_year_is_said(parindex: Terminal, home: Path) -> None:
    told = parindex("--lang", "en", "period", "give", YEAR, "--from-last-year", "--dry-run", home=home)
    assert "No unit has handed over a self-assessment for 2025 here" in told.out


def test_that_a_set_asks_nothing_of_last_year_is_said(parindex: Terminal, scene: Scene) -> None:
    shipped = scene.home("province")
    told = parindex("--lang", "en", "period", "give", YEAR, "--from-last-year", home=shipped)
    assert (told.status, len(told.out.splitlines())) == (0, 2), "the year, and why"
    assert "No criteria set of 2026 has a criterion that compares with the year before" in told.out
    data = parindex.json("period", "give", YEAR, "--from-last-year", home=shipped)
    assert data["unchanged"]["code"] == "last_year.no_figure"


def test_another_set_says_how_many_figures_it_does_not_ask_for(
    parindex: Terminal, home: Path, tmp_path: Path
) -> None:
    parindex.json("period", "give", YEAR, CODE, "--input", "previous=5", home=home)
    tree = json.loads(compared_set(YEAR)) | {"version": 3}
    leaf = next(each for each in tree["criteria"][0]["children"] if each["code"] == CODE)
    leaf["id"] = str(uuid.uuid4())
    (tmp_path / "bo.json").write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    digest = parindex.json("criteria", "import", tmp_path / "bo.json", home=home)["set"]["digest"]
    said = parindex.json("period", "open", YEAR, "--criteria", digest, home=home)["said"]
    assert "period.figures_idle" in [each["code"] for each in said]
    again = parindex("--lang", "en", "period", "open", YEAR, "--criteria", digest, home=home)
    assert "stay in the register" not in again.out


def test_the_commands_of_the_guide_do_what_it_says(
    parindex: Terminal, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the sets that ship; the unit is the one of the guide's other examples."""
    guide = Path(__file__).parents[2].joinpath("docs", "huong-dan.md").read_text(encoding="utf-8")
    commands = re.findall(r"^    parindex (period (?:given|give) .*?)(?:  +\(.*)?$", guide, re.MULTILINE)
    assert len(commands) >= 5
    home = scene.home("province")
    office = scene.office("province")
    register.add_unit(office, register.NewUnit("03046", "Xã Bản Hồ mới", Level.COMMUNE))
    office.close()
    monkeypatch.chdir(tmp_path)
    parindex.json("period", "given", YEAR, "-o", "so-lieu.xlsx", home=home)
    for command in commands:
        ran = parindex(*shlex.split(command), home=home)
        assert ran.status == 0, (command, ran.out)
    figures = given(parindex, home)
    assert figures["8.3/denominator"] == (None, {"03046": "1200"})


def kit_that_gives(parindex: Terminal, home: Path, text: str, target: Path) -> Path:
    parindex.json("period", "give", YEAR, CODE, "--input", f"previous={text}", home=home)
    parindex.json("kit", "export", "-o", target, home=home)
    return target


def test_the_unit_is_told_what_is_given_and_cannot_enter_it(
    parindex: Terminal, scene: Scene, home: Path, tmp_path: Path
) -> None:
    kit = kit_that_gives(parindex, home, "100", tmp_path / "kit-2.cchc")
    unit = scene.home("ban-ho")
    parindex.json("kit", "import", kit, home=unit)
    ran = parindex("form", "answer", CODE, "--input", "previous=90", home=unit)
    assert (ran.status, ran.code) == (3, "form.input_given")
    parindex.json("form", "answer", CODE, "--input", "value=105", home=unit)
    shown = parindex.json("form", "show", home=unit)
    (criterion,) = (each for each in shown["criteria"] if each["code"] == CODE)
    assert criterion["given"] == {"previous": "100"}
    assert criterion["inputs"] == {"value": "105", "previous": "100"}
    assert (
        "given by the province: Số sáng kiến năm trước"
        in parindex("--lang", "en", "form", "show", home=unit).out
    )


def test_the_unit_is_told_that_the_province_gives_another_figure_than_was_locked(
    parindex: Terminal, scene: Scene, home: Path, tmp_path: Path
) -> None:
    kit = kit_that_gives(parindex, home, "100", tmp_path / "kit-2.cchc")
    office = office_with_kit(scene, "ban-ho", kit)
    close_and_sign(office, fill_compared(office, value="105"))
    office.close()
    newer = kit_that_gives(parindex, home, "1100", tmp_path / "kit-3.cchc")
    assert parindex.json("kit", "import", newer, home=office.home)["outdated"] == [CODE]
    for command in (["form", "show"], ["form", "check"]):
        assert parindex.json(*command, home=office.home)["outdated"] == [CODE]
        told = parindex("--lang", "en", *command, home=office.home).out
        assert "1,100 (locked: 100)" in told
        assert "Unlock" in told


def test_a_receiver_is_told_of_points_that_come_out_otherwise(
    parindex: Terminal, scene: Scene, tmp_path: Path
) -> None:
    unit = scene.office("ta-van")
    revision = revision_in(scene.file("ta-van-1.cchc"))
    criterion = filling.open_form(unit).sheet("1.2").criterion.id
    lock: Any = revision.entries["lock"].value
    lock = {**lock, "points": {**lock["points"], criterion: "99.99"}}
    bundle = forged(unit, changed(revision, {"lock": lock}), tmp_path / "lie.cchc")
    home = scene.home("province")
    for options in (["--dry-run"], []):
        (taken,) = parindex.json("import", *options, bundle, home=home)["bundles"]
        assert [(each["code"], each["locked"]) for each in taken["recalculated"]] == [("1.2", "99.99")]
    assert "1.2: locked 99.99" in parindex("--lang", "en", "import", "--dry-run", bundle, home=home).out
    assert "1.2: locked 99.99" in parindex("--lang", "en", "inbox", "units", home=home).out
    units = {each["code"]: each for each in parindex.json("inbox", "units", home=home)["units"]}
    assert [each["code"] for each in units["03002"]["recalculated"]] == ["1.2"]
    assert units["03001"]["recalculated"] == []
