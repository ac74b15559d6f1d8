"""Bonus and penalty on the command line: what the total is made of, and what counts as scored."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import resources
from tests.versions import kit_of, shipped

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene


def with_extras() -> dict[str, Any]:
    """The set of communes with the bonus and the penalty of departments."""
    tree = shipped() | {"version": 2}
    departments = json.loads(resources.file("criteria/department-2026.json").read_bytes())
    tree["criteria"] += copy.deepcopy([each for each in departments["criteria"] if "block" in each])
    return tree


def test_the_total_says_what_bonus_and_penalty_add_and_that_they_are_not_counted(
    scene: Scene, parindex: Terminal, tmp_path: Path
) -> None:
    kit = kit_of(scene.office("province"), tmp_path / "kit.cchc", with_extras())
    home = scene.home("ban-ho")
    parindex.json("kit", "import", kit, home=home)
    shown = parindex.json("form", "show", home=home)
    bonus = next(each["code"] for each in shown["criteria"] if each["code"].startswith("9."))
    parindex.json("form", "answer", bonus, "--input", "count=1", home=home)
    said = parindex("form", "show", home=home).out
    total = parindex.json("form", "show", home=home)
    assert (total["points"], total["scored"], total["bonus"]) == ("1.00", 0, "1.00")
    assert f"0 / {total['to_score']} tiêu chí của phần chính đã chấm" in said
    assert "Gồm 0,00 điểm của phần chính, cộng 1,00 điểm cộng, trừ 0,00 điểm trừ" in said
