"""The differences between a spreadsheet and the form, and the choice where both sides were changed."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.services.form_sheets import Happens
from resources import msgid
from ui.form.wording import NOTHING
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets import choices
from ui.widgets.buttons import link_button
from ui.widgets.cells import Column
from ui.widgets.combo import ComboBox
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import OneLine, Role, WrapLabel
from ui.widgets.places import set_shown
from ui.widgets.rows import Cell, RowsTable
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parindex_desktop.services.form_sheets import Change, Preview, Said

SIGNS: Final[Mapping[Happens, Sign]] = {
    Happens.NEW: Sign(msgid("New"), Tone.GOOD, Icon.NEW),
    Happens.CHANGED: Sign(msgid("Changed"), Tone.ACCENT, Icon.LATER),
    Happens.CLEARED: Sign(msgid("Cleared"), Tone.CARE, Icon.NOT_APPLICABLE),
}
TO_CHOOSE: Final = Sign(msgid("To be chosen"), Tone.WRONG, Icon.FORKED)
OF_FILE: Final = Sign(msgid("Spreadsheet"), Tone.GOOD, Icon.COMPLETE)
OF_FORM: Final = Sign(msgid("Form stays"), Tone.NEUTRAL, Icon.COMPLETE)

_LONGEST: Final = 160
"""Letters of a text that are shown."""


class View(StrEnum):
    """Which of them are listed."""

    ALL = "all"
    CONFLICTS = "conflicts"
    NEW = "new"
    CHANGED = "changed"
    CLEARED = "cleared"


_VIEWS: Final = {
    View.ALL: msgid("All ({count})"),
    View.CONFLICTS: msgid("Changed on both sides ({count})"),
    View.NEW: msgid("New ({count})"),
    View.CHANGED: msgid("Changed ({count})"),
    View.CLEARED: msgid("Cleared ({count})"),
}


class ChangeView(QWidget):
    """The list, what of it is shown, and the choice below it; `chosen` tells that a choice was made."""

    chosen = Signal()

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self._preview = preview
        self.of_file: dict[str, bool] = {}
        """Of each conflict that was decided, by key, whether the file stands."""
        self.view = ComboBox(tr("Changes listed"))
        for view in View:
            count = len(self._listed(view))
            if count or view is View.ALL:
                self.view.addItem(tr(_VIEWS[view], count=count), view.value)
        self.view.currentIndexChanged.connect(lambda _row: self._list())
        columns = [
            (tr("Criterion"), Column(150, 2, least=90)),
            (tr("In the form now"), Column(180, 2, least=110)),
            (tr("In the spreadsheet"), Column(180, 2, least=110)),
            (tr("What happens"), Column(130)),
        ]
        self.table: RowsTable[Change] = RowsTable(
            tr("Changes of the form"), columns, self._cells, lambda each: each.key
        )
        self.table.chosen.connect(self._show_choice)
        self._choice = self._choice_part()
        self._lay_out()
        self._list()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.INSIDE)
        row.addWidget(OneLine(tr("Listed"), Role.SECOND))
        row.addWidget(self.view)
        row.addStretch(1)
        if len(self._preview.conflicts) > 1:
            row.addWidget(
                link_button(tr("The spreadsheet everywhere"), lambda: self._choose_all(of_file=True))
            )
            row.addWidget(link_button(tr("The form everywhere"), lambda: self._choose_all(of_file=False)))
        column.addWidget(line)
        column.addWidget(self.table, 1)
        column.addWidget(self._choice)
        set_shown(line, shown=len(self._preview.changes) > 1)

    def _choice_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        self._exported = WrapLabel("", Role.SECOND)
        column.addWidget(self._exported)
        self._sides = {
            False: choices.radio(tr("The form stands")),
            True: choices.radio(tr("The spreadsheet stands")),
        }
        self._group = QButtonGroup(part)
        line = FlowLayout(across=tokens.EDGE)
        for of_file, side in self._sides.items():
            self._group.addButton(side.button)
            side.button.clicked.connect(lambda _on, of_file=of_file: self._choose(of_file=of_file))
            line.addWidget(side)
        column.addLayout(line)
        return part

    def _listed(self, view: View) -> list[Change]:
        changes = self._preview.changes
        if view is View.ALL:
            return sorted(changes, key=lambda each: not each.conflict)  # what must be decided stands first
        if view is View.CONFLICTS:
            return list(self._preview.conflicts)
        return [each for each in changes if not each.conflict and each.happens == view.value]

    def _list(self) -> None:
        self.table.show_rows(self._listed(View(self.view.currentData())))

    def _show_choice(self) -> None:
        change = self.table.current()
        set_shown(self._choice, shown=change is not None and change.conflict)
        if change is None:
            return
        self._exported.setText(
            tr("When it was written out: {value}", value="; ".join(_lines(change.exported)) or NOTHING)
        )
        self._group.setExclusive(False)  # else none could be left unchosen
        for of_file, side in self._sides.items():
            side.button.setChecked(self.of_file.get(change.key) is of_file)
        self._group.setExclusive(True)

    def _choose(self, *, of_file: bool) -> None:
        change = self.table.current()
        if change is not None:
            self._take({change.key: of_file})

    def _choose_all(self, *, of_file: bool) -> None:
        self._take({each.key: of_file for each in self._preview.conflicts})

    def _take(self, of_file: Mapping[str, bool]) -> None:
        self.of_file.update(of_file)
        self._list()
        self._show_choice()
        self.chosen.emit()

    def _cells(self, change: Change) -> Sequence[Cell]:
        sign = SIGNS[change.happens]
        if change.conflict:
            decided = self.of_file.get(change.key)
            sign = TO_CHOOSE if decided is None else OF_FILE if decided else OF_FORM
        name = f"{change.criterion.code} {change.criterion.title}"
        return (
            Cell(name, note=tr(change.part)),
            Cell(_said(change.before), second=True),
            Cell(_said(change.after)),
            Cell(tr(sign), sign),
        )


def _said(all_said: Iterable[Said]) -> str:
    return "\n".join(_lines(all_said)) or NOTHING


def _lines(all_said: Iterable[Said]) -> list[str]:
    lines = [
        tr("{value}", value=each.value)
        if each.title is None
        else tr("{title}: {value}", title=each.title, value=each.value)
        for each in all_said
    ]
    return [line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…" for line in lines]
