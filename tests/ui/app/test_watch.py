"""The bottom line keeps in step with what happened on the disk."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from parindex_desktop.services import kits, receiving, register
from tests.ui.offices import NOW, PASSPHRASE
from ui.frame.page import PageEntry
from ui.frame.window import MainWindow
from ui.language import tr
from ui.office.page import OfficePage
from ui.session import Session
from ui.settings import Settings
from ui.theme.icons import Icon
from ui.watch import Watch

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office


def test_the_backup_made_before_a_kit_was_taken_in_is_told_at_once(
    qtbot: QtBot, commune: Office, province: Office, kit: Path, tmp_path: Path
) -> None:
    session = Session(commune)
    entries = [
        PageEntry(key, key, Icon.FORM, lambda: OfficePage(session, Settings({})))
        for key in ("form", "differences")
    ]
    window = MainWindow(commune.record.name, entries, {})
    qtbot.addWidget(window)
    Watch(session, window)
    before = window.status.texts()
    commune.clock = lambda: NOW + dt.timedelta(hours=3)
    receiving.take_in(commune, [kit])  # held already: nothing is backed up
    session.reload()
    assert window.status.texts() == before
    unit = register.units(province)[1]
    register.add_units(province, [register.NewUnit(unit.code, f"{unit.name} (mới)", unit.level)])
    kits.export_kit(province, PASSPHRASE, tmp_path / "new.cchc", lambda _done, _total: None)
    receiving.take_in(commune, [tmp_path / "new.cchc"])
    session.reload()
    assert tr("Last backup: {time}", time=NOW + dt.timedelta(hours=3)) in window.status.texts()
