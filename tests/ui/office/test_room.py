"""Freeing room from the window: offered by the check, asked about, and not taken back by undoing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from db.errors import BackupDamaged
from parindex_desktop.services import attaching
from tests.ui.hands import answer, in_window, offered, press
from ui.language import tr
from ui.office.page import OfficePage
from ui.session import Session
from ui.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office


def test_room_is_offered_by_the_check_and_freed_after_a_question(
    qtbot: QtBot, commune: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(commune)
    file = tmp_path / "nham.pdf"
    file.write_bytes(b"%PDF-1.7 nham")
    criterion = session.form.sheet("1.2").criterion
    session.edit(lambda office, form: attaching.attach_file(office, form, criterion, file)[0])
    session.undo()
    page = in_window(qtbot, lambda: OfficePage(session, Settings({}), lambda _key: None)).current_page()
    assert isinstance(page, OfficePage)
    press(page, "Check everything")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert not offered(page, "Free the room…"), "the file may still come back by redoing"
    (stored,) = (commune.home / "evidence").glob("??/*")
    os.utime(stored, (0, 0))
    press(page, "Check everything")
    qtbot.waitUntil(lambda: not page.work.busy)

    asked = answer(monkeypatch, yes=False)
    press(page, "Free the room…")
    assert len(asked) == 1
    assert stored.exists()
    answer(monkeypatch)
    press(page, "Free the room…")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert not stored.exists()
    assert page.machine.result.text() == tr(
        "{files} files were removed, {size} are free again.", files=1, size=tr("{size} bytes", size=13)
    )
    assert not session.can_redo


def test_a_damaged_backup_is_told_beside_what_the_check_found(qtbot: QtBot, commune: Office) -> None:
    page = in_window(
        qtbot, lambda: OfficePage(Session(commune), Settings({}), lambda _key: None)
    ).current_page()
    assert isinstance(page, OfficePage)
    backup = commune.back_up("manual")
    backup.chmod(0o600)
    backup.write_bytes(b"")
    press(page, "Check everything")
    qtbot.waitUntil(lambda: not page.work.busy)
    assert page.machine.result.property("tone") == "good"
    assert page.machine.room.text() == tr(BackupDamaged(name=backup.name))
    assert not offered(page, "Free the room…")
