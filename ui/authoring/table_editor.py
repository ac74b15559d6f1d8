"""A list of a rule (steps, options, items, ...) as a small table: a row of editors for each entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.criteria_fields import Form, stands, tidy, value_at
from parindex_desktop.domain.drafting import entered_in, new_entry
from ui.authoring.editors import FIGURES, editor_for
from ui.authoring.faults import is_wrong, words_of
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.widgets.buttons import icon_button, link_button
from ui.widgets.labels import FieldError, Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.domain.criteria_fields import Field
    from parindex_desktop.domain.drafting import Tree
    from ui.authoring.editors import Editor
    from ui.authoring.faults import Placed

_SHARES: Final = {Form.LINE: 6, Form.NAME: 4, Form.CHOICE: 4, **dict.fromkeys(FIGURES, 2)}
_LINES: Final = 3
"""Lines of the grid for each entry: its editors, what stands below them, its faults."""
_BUTTON: Final = 30


class _Row:
    """The widgets of one entry."""

    def __init__(self, editors: list[Editor], buttons: list[QWidget]) -> None:
        self.editors = editors
        self.buttons = buttons
        self.fault = FieldError()

    def widgets(self) -> list[QWidget]:
        return [*self.editors, *self.buttons, self.fault]


class TableEditor(QWidget):
    """The entries of the list `field`. Rows are added and removed at the end, so the keyboard stays where it is."""

    given = Signal(object)
    """The whole list as it is now, None where it is empty."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self._entries: list[Tree] = []
        self._rows: list[_Row] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.TIGHT)
        self._grid.setVerticalSpacing(tokens.TIGHT)
        self._titles: list[QWidget] = []
        for column, each in enumerate(each for each in field.columns if not _below(each)):
            label = WrapLabel(tr(each.title), Role.SMALL)
            self._titles.append(label)
            self._grid.addWidget(label, 0, column, Qt.AlignmentFlag.AlignBottom)
            self._grid.setColumnStretch(column, _SHARES.get(each.form, 1))
        self.add = link_button(tr("Add a row"), self._add)
        self.add.setAccessibleDescription(tr(field.title))
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(tokens.TIGHT)
        column_.addLayout(self._grid)
        column_.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_titles()

    def show_value(self, value: Any) -> None:
        """Show these entries."""
        self._entries = list(value or ())
        while len(self._rows) < len(self._entries):
            self._add_row()
        while len(self._rows) > len(self._entries):
            self._drop_row()
        for row, entry in zip(self._rows, self._entries, strict=True):
            for editor in row.editors:
                editor.show_value(value_at(entry, editor.field.key))
                set_shown(editor, shown=stands(editor.field, entry))
        self._show_titles()

    def mark_wrong(self, *, wrong: bool) -> None:
        """A list has no frame of its own."""

    def show_faults(self, faults: Sequence[Placed]) -> list[Placed]:
        """Say what is wrong in each row below it; what is wrong with the list as a whole is given back."""
        for number, row in enumerate(self._rows):
            own = [(path[1:], message) for path, message in faults if path[:1] == (number,)]
            said = []
            for column, (each, editor) in enumerate(zip(self.field.columns, row.editors, strict=True)):
                of_cell = [fault for fault in own if self._column(fault[0]) == column]
                editor.mark_wrong(wrong=is_wrong(of_cell))
                said += [
                    tr("{field}: {fault}", field=tr(each.title), fault=message) for _, message in of_cell
                ]
            of_row = [fault for fault in own if self._column(fault[0]) is None]
            row.fault.show_fault("\n".join([*said, *filter(None, [words_of(of_row)])]))
        return [fault for fault in faults if not (fault[0] and isinstance(fault[0][0], int))]

    def take_keyboard(self, path: Sequence[str | int]) -> None:
        """Put the keyboard where a fault is."""
        if path and isinstance(path[0], int) and path[0] < len(self._rows):
            column = self._column(tuple(path[1:])) or 0
            self._rows[path[0]].editors[column].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    # Inside.

    def _column(self, path: tuple[str | int, ...]) -> int | None:
        keys = [each.key for each in self.field.columns]
        return next((n for n, key in enumerate(keys) if path[: len(key)] == key), None)

    def _add(self) -> None:
        self.given.emit([*self._entries, new_entry(self._entries, self.field)])
        if self._rows:
            self._rows[-1].editors[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _give(self, row: _Row, editor: Editor, value: object) -> None:
        number = self._rows.index(row)
        entry = tidy(entered_in(self._entries[number], editor.field, value), self.field.columns)
        self.given.emit([*self._entries[:number], entry, *self._entries[number + 1 :]])

    def _remove(self, row: _Row) -> None:
        number = self._rows.index(row)
        self._keep_keyboard(number)
        self.given.emit([*self._entries[:number], *self._entries[number + 1 :]] or None)

    def _raise(self, row: _Row) -> None:
        number = self._rows.index(row)
        if number:
            first, second = self._entries[number - 1], self._entries[number]
            self._rows[number - 1].buttons[number == 1].setFocus(Qt.FocusReason.OtherFocusReason)
            self.given.emit([*self._entries[: number - 1], second, first, *self._entries[number + 1 :]])

    def _keep_keyboard(self, number: int) -> None:
        """The last row goes, whichever entry did: the keyboard moves before that happens."""
        if number == len(self._rows) - 1:
            target = self._rows[number - 1].buttons[1] if number else self.add
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_row(self) -> None:
        number = len(self._rows) + 1
        row = _Row(
            [editor_for(each) for each in self.field.columns],
            [
                icon_button(Icon.CHEVRON_UP, tr("Move row {number} up", number=number)),
                icon_button(Icon.REFUSED, tr("Remove row {number}", number=number)),
            ],
        )
        for editor in row.editors:
            editor.given.connect(lambda value, editor=editor: self._give(row, editor, value))
        up, remove = row.buttons
        up.clicked.connect(lambda: self._raise(row))  # type: ignore[attr-defined]  # both are buttons
        remove.clicked.connect(lambda: self._remove(row))  # type: ignore[attr-defined]  # both are buttons
        up.setEnabled(number > 1)
        for button in row.buttons:
            button.setFixedWidth(_BUTTON)
        place = _LINES * number
        first = [editor for editor in row.editors if not _below(editor.field)]
        for column, widget in enumerate((*first, *row.buttons)):
            self._grid.addWidget(widget, place, column, Qt.AlignmentFlag.AlignTop)
        for editor in row.editors:
            if _below(editor.field):
                self._grid.addWidget(editor, place + 1, 0, 1, -1)
        self._grid.addWidget(row.fault, place + 2, 0, 1, -1)
        self._rows.append(row)
        before: QWidget = self._last_widget(number - 1)
        for widget in (*row.editors, *row.buttons):
            widget.show()
            QWidget.setTabOrder(before, widget)
            before = widget
        QWidget.setTabOrder(before, self.add)

    def _last_widget(self, number: int) -> QWidget:
        return self._rows[number - 1].buttons[-1] if number else self

    def _drop_row(self) -> None:
        for widget in self._rows.pop().widgets():
            if widget.hasFocus() or widget.isAncestorOf(QApplication.focusWidget() or self):
                self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _show_titles(self) -> None:
        for title in self._titles:
            title.setVisible(bool(self._rows) and title.parentWidget() is not None)


def _below(field: Field) -> bool:
    """Whether a column stands on a line of its own, where it stands at all."""
    return field.only_with is not None


def is_narrow(form: Form) -> bool:
    """Whether a value of that form fits half the width."""
    return form in FIGURES or form in {Form.CHOICE, Form.MONTH_DAY}
