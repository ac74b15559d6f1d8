"""The bottom line keeps in step with what happened on the disk."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from parindex_desktop.services import kits, receiving, register, settling_kits
from tests.offices import open_next_year
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
        PageEntry(key, key, Icon.FORM, lambda: OfficePage(session, Settings({}), lambda _key: None))
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
        PageEntry(key, key, Icon.FORM, lambda: OfficePage(session, Settings({}), lambda _key: None))
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


def test_a_kit_that_opens_the_next_year_is_told_and_this_one_stays_in_hand(
    qtbot: QtBot, commune: Office, province: Office, tmp_path: Path
) -> None:
    session = Session(commune)
    window = in_frame(qtbot, session)
    assert window.top.besides() == ""
    open_next_year(province)
    kits.export_kit(province, PASSPHRASE, tmp_path / "new.cchc", lambda _done, _total: None)
    receiving.take_in(commune, [tmp_path / "new.cchc"])
    session.reload()
    assert session.form.year == "2026"
    assert "2027" in window.banner.text()
    assert window.top.besides() == tr("{years} is open, too", years="2027")
    window.banner.hide()
    window.top.choose_period("2027")
    assert session.form.year == "2027"
    assert window.top.besides() == tr("{years} is open, too", years="2026")  # until 15/12
    assert window.banner.isHidden()  # no news any more


def test_the_province_works_on_until_it_chooses_the_next_year(qtbot: QtBot, province: Office) -> None:
    session = Session(province)
    window = in_frame(qtbot, session)
    open_next_year(province)
    session.reload()
    assert province.record.period == "2026"
    assert window.top.besides() == tr("{years} is open, too", years="2027")
    window.top.choose_period("2027")
    assert province.record.period == "2027"


def in_frame(qtbot: QtBot, session: Session) -> MainWindow:
    """The frame around an office, kept in step with it."""
    entries = [
        PageEntry(key, key, Icon.FORM, lambda: OfficePage(session, Settings({}), lambda _key: None))
        for key in ("form", "intake", "differences")
    ]
    window = MainWindow(session.office.record.name, entries, {})
    qtbot.addWidget(window)
    Watch(session, window)
    return window
