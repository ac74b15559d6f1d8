"""A disk that is full while something is entered is told in the dialog, which stays open; no bug is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest

from db.errors import DatabaseFull
from parindex_desktop.services import register
from parindex_desktop.services.homes import Office
from tests.offices import YEAR
from tests.ui.hands import write
from ui.periods.year_dialog import YearDialog
from ui.units.body_dialog import BodyDialog
from ui.units.end_dialog import EndDialog
from ui.units.unit_dialog import UnitDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.offices import Scene

    Told = UnitDialog | BodyDialog | EndDialog | YearDialog


def a_unit(province: Office) -> UnitDialog:
    dialog = UnitDialog(None, province)
    dialog.code.setText("03099")
    dialog.name.setText("Xã mới")
    return dialog


def a_body(province: Office) -> BodyDialog:
    dialog = BodyDialog(None, province)
    dialog.name.setText("Báo Lào Cai")
    return dialog


def an_end(province: Office) -> EndDialog:
    dialog = EndDialog(None, province, register.current_kit(province).unit_of_code("03001"))
    write(dialog.day.field, "31/12/2026")
    dialog.nothing.button.setChecked(True)
    return dialog


def a_year(province: Office) -> YearDialog:
    return YearDialog(None, province, register.current_kit(province).periods[YEAR])


@pytest.mark.parametrize("begun", [a_unit, a_body, an_end, a_year])
def test_what_a_full_disk_does_not_take_stays_in_the_dialog(
    qtbot: QtBot, scene: Scene, monkeypatch: pytest.MonkeyPatch, begun: Callable[[Office], Told]
) -> None:
    province = scene.office("province")
    dialog = begun(province)
    qtbot.addWidget(dialog)
    dialog.show()

    def full(_: Office) -> NoReturn:
        raise DatabaseFull(path="office.db")

    monkeypatch.setattr(Office, "begin", full)
    dialog.accept()
    assert dialog.isVisible()
    assert "đầy" in dialog.fault()
