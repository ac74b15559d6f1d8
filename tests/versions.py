"""A year whose set gets a second version, and the year before it: what a unit moves its answers between.

Version 2 lacks 1.9; asks yes or no in 1.3, where reports were counted; gives 1.8 half a point more; has swapped the
codes of 2.1 and 2.2; and asks for something new in 1.11.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from parindex_desktop.domain import given_boards
from parindex_desktop.domain.units import Level
from parindex_desktop.services import filling, giving, kits, receiving, register
from tests.offices import PASSPHRASE, YEAR, fill, quiet

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office

LAST_YEAR = "2025"
ADDED = "00000000-0000-4000-8000-000000000111"


def shipped() -> dict[str, Any]:
    """The tree of the first version."""
    tree: dict[str, Any] = json.loads(register.shipped_sets()["commune-2026.json"])
    return tree


def second_version() -> dict[str, Any]:
    """The tree of the second version."""
    tree = shipped()
    first, second = tree["criteria"][:2]
    first["children"] = [child for child in first["children"] if child["code"] != "1.9"]
    by_code = {child["code"]: child for field in (first, second) for child in field["children"]}
    by_code["1.3"]["rule"] = {"kind": "yes_no", "question": "Đã gửi đủ 04 báo cáo"}
    by_code["1.8"]["maximum"] = "1.50"
    by_code["2.1"]["code"], by_code["2.2"]["code"] = "2.2", "2.1"
    new = {**by_code["1.8"], "id": ADDED, "code": "1.11", "title": "Công khai kết quả", "maximum": "0.50"}
    new["rule"] = {"kind": "yes_no", "question": "Đã công khai"}
    first["children"].append(new)
    tree["version"] = 2
    return tree


def kit_of(province: Office, target: Path, *trees: dict[str, Any]) -> Path:
    """A kit in which each of the sets stands for its year; the newest year is in hand afterwards."""
    for tree in sorted(trees, key=lambda each: int(each["year"])):
        criteria = register.import_set(province, json.dumps(tree, ensure_ascii=False).encode())
        register.open_period(province, str(tree["year"]), [criteria])
    register.choose_period(province, YEAR)
    return kits.export_kit(province, PASSPHRASE, target, quiet)[0]


def newer_kit_giving(province: Office, folder: Path, day: str) -> Path:
    """The same, which also gives every unit another `day` of the province's plan (1.1) than it has entered."""
    newer_kit(province, folder)
    board = given_boards.board_of(giving.boards(province, YEAR), Level.COMMUNE)
    giving.give(province, YEAR, {board.figure("1.1", "event").place(None): day})
    return kits.export_kit(province, PASSPHRASE, folder / "kit-given.cchc", quiet)[0]


def newer_kit(province: Office, folder: Path) -> Path:
    """A kit whose set of the year is the second version."""
    return kit_of(province, folder / "kit-2.cchc", second_version())


def hold_last_year(province: Office, office: Office, folder: Path) -> Form:
    """Let `office` hold a filled form of the year before, under the same criteria; gives that form."""
    kit = kit_of(province, folder / "kit-last-year.cchc", shipped() | {"year": int(LAST_YEAR)})
    (taken,) = receiving.take_in(office, [kit])
    assert taken.outcome.is_new, taken.problem
    return fill(office, filling.open_form(office, LAST_YEAR))
