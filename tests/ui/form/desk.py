"""How a test works at the form: by its keyboard, and by what stands on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui.form.page import FormPage
from ui.form.points_box import PointsBox
from ui.form.sheet import SheetView
from ui.frame.page import Page, PageEntry
from ui.frame.window import MainWindow
from ui.theme.icons import Icon
from ui.widgets.fields import NumberEdit, TextArea
from ui.widgets.labels import FieldError

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from pytestqt.qtbot import QtBot

    from parindex_desktop.domain.assessments import Sheet
    from ui.session import Session

W = TypeVar("W", bound=QWidget)

CONTROL = Qt.KeyboardModifier.ControlModifier


class Elsewhere(Page):
    """Another page."""

    def build(self) -> None:
        """Nothing."""


class Desk:
    """The window with the form page, and what it asked for."""

    def __init__(self, qtbot: QtBot, session: Session, memory: MutableMapping[str, str]) -> None:
        self.qtbot = qtbot
        self.session = session
        self.asked: list[str] = []
        pages = [
            PageEntry("form", "Form", Icon.FORM, lambda: FormPage(session, self.asked.append, memory)),
            PageEntry("other", "Other", Icon.PAPERS, Elsewhere),
        ]
        self.window = MainWindow("UBND xã Bản Hồ", pages, {})
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.window.open_page("form")
        page = self.window.page("form")
        assert isinstance(page, FormPage)
        self.page = page
        self.settle()

    # What is there.

    def id(self, code: str) -> str:
        """Id of the criterion with that printed code."""
        return self.session.form.criteria.by_code(code).id

    def stored(self, code: str) -> Sheet:
        """What is stored for a criterion."""
        return self.session.form.sheet(code)

    def current(self) -> str:
        """Printed code of the criterion in hand."""
        current = self.page.form.list.current()
        criterion = self.session.form.criteria.find(current or "")
        assert criterion is not None
        return criterion.code

    @property
    def sheet(self) -> QWidget:
        """The sheet or heading at the right."""
        (view,) = [
            each
            for each in self.page.form.pane.findChildren(QWidget)
            if each.isVisible() and hasattr(each, "criterion")
        ]
        return view

    def shown(self, kind: type[W]) -> list[W]:
        """What is visible of `kind` in the sheet, in reading order."""
        found = [each for each in self.sheet.findChildren(kind) if each.isVisible()]
        return sorted(found, key=lambda each: (each.mapTo(self.sheet, each.rect().topLeft()).y(), each.x()))

    def figures(self) -> list[NumberEdit]:
        """The fields for figures."""
        return self.shown(NumberEdit)

    def points(self) -> str:
        """The sentence about the points."""
        (box,) = self.shown(PointsBox)
        return box.text()

    def faults(self) -> list[str]:
        """What is said to be wrong."""
        return [each.text() for each in self.page.findChildren(FieldError) if each.isVisible()]

    def button(self, text: str) -> QAbstractButton:
        """The visible button of the page with these words, or with this accessible name."""
        (found,) = [
            each
            for each in self.page.findChildren(QAbstractButton)
            if each.isVisible() and text in {each.text(), each.accessibleName()}
        ]
        return found

    def area(self, name: str) -> TextArea:
        """The visible text with that name."""
        (found,) = [each for each in self.shown(TextArea) if each.accessibleName() == name]
        return found

    # What an officer does.

    def go(self, code: str) -> None:
        """Go to a criterion, the keyboard in its first field."""
        self.page.jump(self.id(code))
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self.focused(), key, modifier)
        self.settle()

    def write(self, text: str) -> None:
        """Replace what stands in the field by `text`, as an input method does."""
        field = self.focused()
        QTest.keyClick(field, Qt.Key.Key_A, CONTROL)
        done = QInputMethodEvent("", [])
        done.setCommitString(text)
        QApplication.sendEvent(field, done)

    def focused(self) -> QWidget:
        """Where the keyboard is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def settle(self) -> None:
        """Let what was put off happen."""
        QApplication.processEvents()

    @property
    def view(self) -> SheetView:
        """The sheet, where a criterion is in hand."""
        assert isinstance(self.sheet, SheetView)
        return self.sheet
