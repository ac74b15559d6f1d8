"""The bottom line keeps in step with what happened on the disk."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from parindex_desktop.services import kits, receiving, register, settling_kits
from tests.rival_kits import forked, until
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
    from tests.offices import Scene


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


def test_the_count_beside_the_page_has_what_two_kits_differ_in(qtbot: QtBot, scene: Scene) -> None:
    fork = forked(scene, until(20), until(25))
    session = Session(fork.province)
    entries = [
        PageEntry(key, key, Icon.FORM, lambda: OfficePage(session, Settings({})))
        for key in ("intake", "differences")
    ]
    window = MainWindow(fork.province.record.name, entries, {})
    qtbot.addWidget(window)
    Watch(session, window)
    fork.take_other()
    session.reload()
    qtbot.waitUntil(lambda: window.navigation.button("differences").badge() == 1)
    settling_kits.settle_as(fork.province, 1)
    session.reload()
    qtbot.waitUntil(lambda: window.navigation.button("differences").badge() == 0)
