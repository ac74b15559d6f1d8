"""form move, form copy-forward, form confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parindex_desktop.services import filling, receiving
from tests.offices import fill
from tests.versions import hold_last_year, newer_kit, newer_kit_giving

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene


@pytest.fixture
def home(scene: Scene, tmp_path: Path) -> Path:
    """A filled form under the first version of the set, with the second in the kit."""
    kit = newer_kit(scene.office("province"), tmp_path)
    office = scene.office("ban-ho")
    fill(office, filling.open_form(office))
    receiving.take_in(office, [kit])
    scene.close()
    scene.opened.clear()
    return office.home


@pytest.fixture
def beside_last_year(scene: Scene, tmp_path: Path) -> Path:
    """An empty form, and last year's filled one."""
    office = scene.office("ban-ho")
    hold_last_year(scene.office("province"), office, tmp_path)
    scene.close()
    scene.opened.clear()
    return office.home


def test_a_newer_version_is_named_wherever_the_form_is_shown(parindex: Terminal, home: Path) -> None:
    for action in ("show", "check"):
        assert "kit có phiên bản 2" in parindex("form", action, home=home).out
        told = parindex.json("form", action, home=home)
        assert (told["set"]["version"], told["newer_set"]["version"]) == (1, 2)


def test_a_move_is_looked_at_made_read_again_and_undone(parindex: Terminal, home: Path) -> None:
    said = parindex("form", "move", "--dry-run", home=home).out
    assert "Sẽ chuyển nguyên vẹn: 46" in said
    assert len(said.splitlines()) == 9, "what nothing happens to is a number"
    assert len(parindex("form", "move", "--dry-run", "--all", home=home).out.splitlines()) == 53
    assert "1.9 " in said
    assert "Điểm tối đa: 1,00 → 1,50" in said
    assert "Mã: “2.1” → “2.2”" in said
    assert "(Bộ tiêu chí mới không có tiêu chí này" in said
    assert ".;" not in said
    assert "2.1 → 2.2" in said
    ahead = parindex.json("form", "move", "--dry-run", home=home)
    assert ahead["set"]["version"] == 1
    assert {fate: ahead["counts"][fate] for fate in ("void", "partly", "to_check", "new")} == {
        "void": 1,
        "partly": 1,
        "to_check": 1,
        "new": 1,
    }
    first = ahead["criteria"][0]
    assert (first["old_code"], first["new_code"], first["voided"][0]["code"]) == ("1.9", None, "move.gone")
    assert parindex.json("form", "move", "--last", home=home)["last_move"] is None
    moved = parindex("form", "move", home=home).out
    assert "Đã chuyển nguyên vẹn: 46" in moved
    assert len(moved.splitlines()) == 3, "what was looked at is not told again"
    assert parindex.json("form", "show", home=home)["set"]["version"] == 2
    assert parindex("form", "move", home=home).code == "move.no_newer_version"
    last = parindex.json("form", "move", "--last", home=home)["last_move"]
    assert (last["can_undo"], last["to_see"][0]["code"], last["to_see"][0]["fate"]) == (True, "1.9", "void")
    told = parindex("form", "move", "--last", home=home).out
    assert "Số liệu trích từ hệ thống" in told
    assert "Điểm tối đa: 1,00 → 1,50" in told
    assert parindex.json("form", "move", "--undo", home=home)["set"]["version"] == 1
    assert parindex("form", "move", "--undo", home=home).code == "move.not_to_undo"


def test_locked_figures_need_a_reason(parindex: Terminal, home: Path) -> None:
    assert parindex("lock", "--incomplete", "Thiếu", home=home).status == 0
    assert "--reason" in parindex("form", "move", "--dry-run", home=home).out
    refused = parindex("form", "move", home=home)
    assert (refused.status, refused.code, refused.out) == (2, "usage.reason_needed", "")
    assert "--reason" in refused.err
    assert parindex("form", "move", "--reason", "Tỉnh sửa bộ tiêu chí", home=home).status == 0


def test_figures_that_the_province_gives_otherwise_are_told_with_the_points(
    parindex: Terminal, scene: Scene, tmp_path: Path
) -> None:
    kit = newer_kit_giving(scene.office("province"), tmp_path, "1/1/2025")
    office = scene.office("ban-ho-ready")
    receiving.take_in(office, [kit])
    home = office.home
    scene.close()
    scene.opened.clear()
    said = parindex("form", "move", "--dry-run", home=home).out
    (line,) = [line for line in said.splitlines() if line.startswith("1.1 ")]
    assert "Sẽ chuyển, số liệu thay đổi" in line
    assert "do tỉnh cung cấp: 01/01/2025 (trước: 15/01/2026); điểm: 1,00 → 0,00" in line
    ahead = parindex.json("form", "move", "--dry-run", home=home)
    (found,) = [each for each in ahead["criteria"] if each["new_code"] == "1.1"]
    assert (found["given"], found["points"]) == ({"event": ["2026-01-15", "2025-01-01"]}, ["1.00", "0.00"])
    parindex("form", "move", "--reason", "Tỉnh sửa", home=home)
    assert line.partition("(")[2].partition(";")[0] in parindex("form", "move", "--last", home=home).out


def test_last_years_answers_are_copied_and_confirmed(parindex: Terminal, beside_last_year: Path) -> None:
    home = beside_last_year
    assert "Chưa thay đổi gì." in parindex("form", "copy-forward", "--dry-run", home=home).out
    said = parindex("form", "copy-forward", "--dry-run", "--all", home=home).out
    assert "Sẽ chép: " in said
    assert ".;" not in said
    told = parindex.json("form", "copy-forward", "1.2", "1.5", home=home)
    assert "(0 / 49 tiêu chí đã chấm, 2 chưa xác nhận)" in parindex("form", "show", home=home).out
    assert [each["new_code"] for each in told["criteria"]] == ["1.2", "1.5"]
    assert "1.2 " in parindex("form", "check", home=home).out
    marks = {
        each["code"]: each["unconfirmed"] for each in parindex.json("form", "show", home=home)["criteria"]
    }
    assert (marks["1.2"], marks["1.6"]) == (["figures", "explanation"], [])
    told = parindex.json("form", "confirm", "1.2", "--part", "figures", home=home)
    assert (told["unconfirmed"], told["left"]) == (["explanation"], 2)
    assert parindex("form", "confirm", "1.2", "--part", "figures", home=home).code == "confirm.nothing"
    parindex.json("form", "confirm", "1.2", home=home)
    assert parindex("form", "confirm", "1.2", home=home).code == "confirm.nothing"
    parindex.json("form", "answer", "1.5", "--input", "numerator=3", home=home)
    (lacking,) = (
        each for each in parindex.json("form", "check", home=home)["lacking"] if each["code"] == "1.5"
    )
    assert lacking["needs"] == ["unconfirmed"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("move",), "move.no_newer_version"),
        (("move", "--undo"), "move.not_to_undo"),
        (("copy-forward",), "copy.nothing"),
        (("copy-forward", "9.99"), "criteria.unknown_code"),
        (("copy-forward", "1"), "form.not_a_leaf"),
        (("confirm", "1.2"), "confirm.nothing"),
        (("move", "--undo", "--dry-run"), "usage.arguments"),
    ],
)
def test_what_cannot_be_done_is_said(
    parindex: Terminal, scene: Scene, arguments: tuple[str, ...], code: str
) -> None:
    assert parindex("form", *arguments, home=scene.home("ban-ho")).code == code


def test_the_province_sees_under_which_version_was_handed_over(
    parindex: Terminal, scene: Scene, tmp_path: Path
) -> None:
    province = scene.office("province")
    receiving.take_in(province, [scene.file("ban-ho-1.cchc")])
    newer_kit(province, tmp_path)
    scene.close()
    scene.opened.clear()
    (row,) = (row for row in parindex.json("inbox", "units", home=province.home)["units"] if row["times"])
    assert (row["set_version"], row["older_set"]) == (1, True)
    assert "theo phiên bản cũ của bộ tiêu chí" in parindex("inbox", "units", home=province.home).out
