"""The journal is read on the page of the office: newest first, searched without accents, copied."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from parindex_desktop.domain.messages import Message
from parindex_desktop.services import filling, locking, reading_journal
from parindex_desktop.services.reading_journal import Line, Reading
from tests.ui.hands import in_window, press, write
from tests.ui.offices import fill
from ui.language import tr
from ui.office import journal_dialog
from ui.office.journal_dialog import JournalDialog
from ui.office.page import OfficePage
from ui.session import Session
from ui.settings import Settings

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office

BEGIN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
PEOPLE = ("Nguyễn Thị Lan, công chức Văn phòng", "Trần Văn Bình, Phó Chủ tịch", "Giàng A Páo")


def reading(count: int) -> Reading:
    lines = tuple(
        Line(
            number,
            BEGIN + timedelta(hours=number),
            PEOPLE[number % 3],
            "form.changed",
            Message(
                "journal.line", "entered in the form of {year}: {what}", {"year": "2026", "what": str(number)}
            ),
        )
        for number in range(1, count + 1)
    )
    return Reading(lines, count)


@pytest.fixture
def dialog(qtbot: QtBot, dressed: object) -> JournalDialog:
    made = JournalDialog(None, reading(12))
    qtbot.addWidget(made)
    made.show()
    return made


def numbers(dialog: JournalDialog) -> list[int]:
    return [line.number for line in dialog.table.rows.rows()]


def test_the_newest_line_stands_first(dialog: JournalDialog, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(dialog.table.rows)
    assert numbers(dialog) == list(range(12, 0, -1))
    assert dialog.search.hasFocus()
    assert dialog.count.text() == tr("{count} of {all} lines.", count=12, all=12)


@pytest.mark.parametrize(
    ("typed", "left"),
    [("binh", [10, 7, 4, 1]), ("PÁO", [11, 8, 5, 2]), ("lan 12", [12]), ("05/01/2026 bình", [10, 7, 4, 1])],
)
def test_it_is_searched_without_accents_in_every_column(
    dialog: JournalDialog, typed: str, left: list[int]
) -> None:
    write(dialog.search, typed)
    assert numbers(dialog) == left


def test_enter_in_the_search_goes_to_the_list_and_leaves_the_dialog_open(dialog: JournalDialog) -> None:
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.table.hasFocus()


def test_it_shows_what_one_person_did(dialog: JournalDialog) -> None:
    assert [dialog.person.itemText(row) for row in range(dialog.person.count())] == [
        tr("Everybody"),
        "Giàng A Páo",
        *PEOPLE[:2],
    ]
    QTest.keyClick(dialog.person, Qt.Key.Key_Down)
    assert numbers(dialog) == [11, 8, 5, 2]
    QTest.keyClicks(dialog.search, "khong co ai")
    assert dialog.count.text() == tr("No line has these words.")
    assert not dialog._copy.isEnabled()


def test_what_is_listed_and_what_is_selected_can_be_copied(dialog: JournalDialog) -> None:
    write(dialog.search, "bình")
    press(dialog, "Copy the list")
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 4
    assert copied[0].split("\t")[1] == PEOPLE[1]
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    QTest.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == copied[1]


def test_three_thousand_lines_are_fluent(qtbot: QtBot, dressed: object) -> None:
    many = reading(3000)
    begun = perf_counter()
    dialog = JournalDialog(None, many)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.search, "lan 29")
    assert perf_counter() - begun < 2  # a tenth of that on a desk
    assert 0 < dialog.table.rows.rowCount() < 1000


def test_the_page_opens_the_journal_of_the_office(
    qtbot: QtBot, commune: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    locking.lock(commune, fill(commune, filling.open_form(commune)))
    page = in_window(qtbot, lambda: OfficePage(Session(commune), Settings({}), print)).current_page()
    assert isinstance(page, OfficePage)
    shown: list[Reading] = []
    monkeypatch.setattr(journal_dialog, "show", lambda _parent, found: shown.append(found))
    press(page, "Journal…")
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [reading_journal.read(commune)]
    assert shown[0].lines[-1].action == "form.locked"
