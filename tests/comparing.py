"""A province that compares with the year before: 2025 and 2026 are open with sets whose criterion 1.3 does so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from parindex_desktop.services import filling, handing_over, kits, receiving, register
from tests.offices import PASSPHRASE, close_and_sign, fill, quiet, shipped_set

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene

YEAR, LAST = "2026", "2025"
CODE = "1.3"
COMPARED = {
    "kind": "compare_previous",
    "figures": "count",
    "value": "Số sáng kiến trong năm",
    "previous": "Số sáng kiến năm trước",
    "better": "higher",
}
FIRST_KIT = "kit-so-sanh.cchc"


def compared_set(year: str, version: int = 2, **rule: Any) -> bytes:
    """The shipped set of communes, for `year`, with the rule that compares."""
    tree = json.loads(shipped_set()) | {
        "year": int(year),
        "version": version,
        "name": f"Bộ tiêu chí cấp xã {year}",
    }
    leaf = next(each for each in tree["criteria"][0]["children"] if each["code"] == CODE)
    leaf["rule"] = {**COMPARED, **rule}
    return json.dumps(tree, ensure_ascii=False).encode()


def comparing_province(scene: Scene) -> Office:
    """The province with both years open, 2026 last."""
    province = scene.office("province")
    for year in (LAST, YEAR):
        register.open_period(province, year, [register.import_set(province, compared_set(year))])
    return province


def export_kit(province: Office, target: Path) -> Path:
    """Write the kit as it stands now."""
    kits.export_kit(province, PASSPHRASE, target, quiet)
    return target


def office_with_kit(scene: Scene, name: str, kit: Path) -> Office:
    """An office that has taken the kit in."""
    office = scene.office(name)
    (taken,) = receiving.take_in(office, [kit])
    assert taken.outcome.is_new, taken.problem
    return office


def fill_compared(office: Office, year: str = YEAR, **typed: str) -> Form:
    """Fill the form of a year, 1.3 with what is `typed`."""
    form = fill(office, filling.open_form(office, year), but=(CODE,))
    criterion = form.sheet(CODE).criterion
    if typed:
        form = filling.answer(office, form, criterion, filling.typed_answer(form, criterion, typed))
    return filling.set_text(office, form, criterion, "explanation", "Theo báo cáo tổng kết")


def hand_over_compared(office: Office, target: Path, year: str = YEAR, **typed: str) -> Path:
    """Fill, lock, sign and hand over a year."""
    form = fill_compared(office, year, **typed)
    form = close_and_sign(office, form)
    handing_over.hand_over(office, form, PASSPHRASE, target)
    return target
