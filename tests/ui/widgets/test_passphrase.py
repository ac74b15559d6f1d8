"""Asking for a passphrase: what was said to be wrong holds until something else is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from ui.language import tr
from ui.widgets.passphrase import PassphraseDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def asked(qtbot: QtBot, *, new: bool) -> PassphraseDialog:
    dialog = PassphraseDialog(
        None, "Mật khẩu", "", lambda typed: "" if typed == "mat khau" else "Sai.", new=new
    )
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_wrong_passphrase_is_not_red_while_the_next_is_typed(qtbot: QtBot) -> None:
    dialog = asked(qtbot, new=False)
    QTest.keyClicks(dialog.first, "khac")
    dialog.accept()
    assert dialog.fault.text() == "Sai."
    QTest.keyClicks(dialog.first, "m")
    assert not dialog.fault.isVisible()
    assert dialog.first.text() == "m"  # the wrong one was marked, so that typing replaces it
    QTest.keyClicks(dialog.first, "at khau")
    dialog.accept()
    assert dialog.result() == 1


def test_two_that_differ_are_mended_in_the_second_field(qtbot: QtBot) -> None:
    dialog = asked(qtbot, new=True)
    assert dialog.second is not None
    QTest.keyClicks(dialog.first, "mat khau")
    QTest.keyClicks(dialog.second, "mat kha")
    dialog.accept()
    assert dialog.fault.text() == tr("The two passphrases differ. Type the same one in both fields.")
    QTest.keyClicks(dialog.second, "u")
    assert not dialog.fault.isVisible()
    dialog.accept()
    assert dialog.result() == 1
