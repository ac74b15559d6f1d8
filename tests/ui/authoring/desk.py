"""How a test works at the page: by its keyboard, and by what stands on the screen and in the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from parindex_desktop.domain.drafting import HEAD_ID, Tree, holder, places
from parindex_desktop.services import authoring, register
from tests.ui.hands import in_window, press, write
from ui.authoring.page import AuthoringPage
from ui.language import tr
from ui.session import Session
from ui.widgets.combo import ComboBox
from ui.widgets.fields import LineField, NumberEdit, TextArea
from ui.widgets.labels import FieldError

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from parindex_desktop.domain.units import Level
    from parindex_desktop.services.homes import Office
    from tests.offices import Scene
    from ui.authoring.editor import EditorView

W = TypeVar("W", bound=QWidget)
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Desk:
    """The window with the page, and the other pages that it asked for."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.office = office
        self.asked: list[str] = []
        self.window = in_window(qtbot, lambda: AuthoringPage(Session(office), self.asked.append, {}))
        page = self.window.current_page()
        assert isinstance(page, AuthoringPage)
        self.page = page

    # What is there.

    @property
    def editor(self) -> EditorView:
        assert self.page.editor is not None
        return self.page.editor

    @property
    def tree(self) -> Tree:
        """The draft as it is kept on the disk."""
        draft_id = self.editor.work.draft.id
        (kept,) = [each.tree for each in authoring.all_drafts(self.office) if each.id == draft_id]
        assert kept == self.editor.work.tree
        return kept

    def id(self, code: str) -> str:
        return next(str(each.node["id"]) for each in places(self.tree) if each.node.get("code") == code)

    def node(self, code: str) -> Tree:
        return holder(self.tree, self.id(code)) if code else self.tree

    def current(self) -> str:
        """Printed code of the criterion in hand; empty for the head."""
        current = self.editor.tree.current()
        return "" if current == HEAD_ID else str(holder(self.tree, current)["code"])

    def rows(self) -> list[str]:
        """The codes of the list, from top to bottom."""
        found = []
        view = self.editor.tree.view
        index = view.model().index(0, 0)
        while (index := view.indexBelow(index)).isValid():
            found.append(str(index.data()).split()[0])
        return found

    def sign(self, code: str) -> str:
        """What the list says is wrong with a criterion."""
        index = self.editor.tree.model.index_of(self.id(code) if code else HEAD_ID)
        return str(index.siblingAtColumn(2).data())

    def shown(self, kind: type[W], name: str) -> W:
        """The visible field of that kind and name (English, as the source has it)."""
        found = [
            each
            for each in self.editor.pane.findChildren(kind)
            if each.isVisible() and each.accessibleName() == tr(name)
        ]
        assert found, f"no field “{tr(name)}” in view"
        return found[0]

    def faults(self) -> list[str]:
        """What is said to be wrong in the pane."""
        return [each.text() for each in self.editor.pane.findChildren(FieldError) if each.isVisible()]

    # What an officer does.

    def go(self, code: str) -> None:
        """Take a criterion in hand, by the list."""
        self.editor.tree.choose(self.id(code) if code else HEAD_ID)
        self.editor.tree.view.setFocus()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keyboard is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)

    def line(self, name: str, text: str) -> None:
        fill(self.shown(LineField, name), text)

    def figure(self, name: str, text: str) -> None:
        fill(self.shown(NumberEdit, name), text)

    def area(self, name: str, text: str) -> None:
        fill(self.shown(TextArea, name), text)

    def choose(self, name: str, value: object) -> None:
        """Choose in a list, by the keyboard."""
        pick(self.shown(ComboBox, name), value)

    def top(self, which: str) -> None:
        """Press undo, redo or the next step in the line at the top."""
        press(self.window.top, which)


def fill(field: LineField | TextArea, text: str) -> None:
    """Type `text`, or empty the field."""
    if text:
        write(field, text)
        return
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Tab)


def pick(box: ComboBox, value: object) -> None:
    """Open the list of a choice by the keyboard, and take a value."""
    wanted = box.findData(value)
    assert wanted >= 0, f"{value} is not offered"
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    box.showPopup()
    QTest.keyClick(box.view(), Qt.Key.Key_Home)
    for _ in range(wanted):
        QTest.keyClick(box.view(), Qt.Key.Key_Down)
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    assert box.currentData() == value


@pytest.fixture
def desk(qtbot: QtBot, scene: Scene, dressed: QApplication) -> Desk:
    """The page open at the next version of the set of communes."""
    office = scene.office("province")
    made = Desk(qtbot, office)
    (published,) = register.sets(office)
    made.page.edit(authoring.next_version(office, published.digest))
    return made


def begun(office: Office, level: Level) -> authoring.Draft:
    """A draft with the criteria of a set that ships."""
    source = next(each for each in authoring.shipped_sets() if each.level is level)
    return authoring.copied(office, source.digest, f"Bộ tiêu chí {level.value} 2027", 2027, level)
