"""Where the figures are locked and the province gives others, the page of handing over says so and opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.services import filling, giving, kits, locking, receiving
from tests.ui.hands import in_window, press
from tests.ui.offices import PASSPHRASE, YEAR, fill
from ui.handover import reason
from ui.handover.page import HandOverPage
from ui.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office


def give(province: Office, commune: Office, kit: Path, text: str) -> None:
    (board,) = giving.boards(province, YEAR)
    giving.give(province, YEAR, {board.figure("3.7", "denominator").place(None): text})
    kits.export_kit(province, PASSPHRASE, kit, lambda _done, _total: None)
    (taken,) = receiving.take_in(commune, [kit])
    assert taken.outcome.is_new


def test_another_figure_is_told_until_it_is_taken_over(
    qtbot: QtBot, province: Office, commune: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(province, commune, tmp_path / "1.cchc", "1200")
    locking.lock(commune, fill(commune, filling.open_form(commune)))
    session = Session(commune)
    page = in_window(
        qtbot, lambda: HandOverPage(session, lambda _key: None, lambda *_jump: None)
    ).current_page()
    assert isinstance(page, HandOverPage)
    assert not page.told.isVisible()
    give(province, commune, tmp_path / "2.cchc", "1300")
    session.reload()
    assert "1.300" in page.told.text()
    monkeypatch.setattr(reason, "ask_reason", lambda *_asked: "Tỉnh sửa số liệu")
    press(page.told, "Unlock…")
    assert session.form.assessment.lock is None
    assert not page.told.isVisible()
    assert session.form.sheet("3.7").answer.inputs["denominator"] == "1300"
    session.move(lambda office, form: locking.lock(office, form, ""))
    assert not page.told.isVisible()
