"""A figure that differs by kind of office, by year or along a roadmap: asked for in a small window.

Called through the module, so that a test can answer instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from parindex_desktop.domain.criteria_fields import LEVELS
from ui.authoring.values import GRADES, field_text, read_text
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.combo import ComboBox
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import LineField, NumberEdit
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError, Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from parindex_desktop.domain.criteria_fields import Field

_YEARS: Final = 6


class GradesDialog(Dialog):
    """Shows the values that a figure has, and lets them be changed; `value` is what was entered."""

    def __init__(self, parent: QWidget | None, field: Field, value: Any) -> None:
        super().__init__(
            parent,
            tr(field.title),
            tr(
                "One rule may serve several sets: give a figure for each kind of office or for each year. Along a "
                "roadmap it rises in proportion between its years and stays at the last."
            ),
        )
        self._field = field
        way, values = next(iter(value.items())) if isinstance(value, dict) else ("", {})
        self.way = ComboBox(tr("How the figure differs"))
        self.way.addItem(tr("One figure for all"), "")
        for each, title in GRADES.items():
            self.way.addItem(tr(title), each)
        self.single = NumberEdit(tr(field.title))
        self.single.setText("" if way else field_text(field.form, value))
        self.levels = {level: NumberEdit(tr(title)) for level, title in LEVELS.items()}
        self.years = [
            (LineField(tr("Year"), limit=4), NumberEdit(tr("Figure")))
            for _ in range(max(_YEARS, len(values) + 2))
        ]
        self._fault = FieldError()
        self._pages = {
            "": Labelled(tr("Figure"), self.single),
            "by_level": self._level_page(values if way == "by_level" else {}),
            "by_year": self._year_page(values if way in {"by_year", "roadmap"} else {}),
        }
        self.content.addWidget(Labelled(tr("How the figure differs"), self.way))
        for page in self._pages.values():
            self.content.addWidget(page)
        self.content.addWidget(self._fault)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(tr("Take over"), self.accept), default=True)
        self.way.setCurrentIndex(self.way.findData(way))
        self.way.currentIndexChanged.connect(lambda _row: self._show_page())
        self._show_page()

    def value(self) -> Any:
        """What is entered now; None for nothing."""
        way = self.way.currentData()
        if not way:
            return self._read(self.single)
        entered = (
            [(level, self._read(edit)) for level, edit in self.levels.items()]
            if way == "by_level"
            else [(year.value(), self._read(edit)) for year, edit in self.years if year.value()]
        )
        values = {which: value for which, value in sorted(entered, key=_by_year) if value is not None}
        return {way: values} if values else None

    def accept(self) -> None:
        """Close, unless a figure has no year."""
        if self.way.currentData() in {"by_year", "roadmap"}:
            wrong = [year for year, edit in self.years if bool(year.value()) is not bool(edit.value())]
            wrong += [year for year, _ in self.years if year.value() and not _is_year(year.value())]
            if wrong:
                self._fault.show_fault(
                    tr("Each figure needs its year, and each year its figure. Write years with four digits.")
                )
                self.grow()
                wrong[0].setFocus()
                return
        super().accept()

    def _read(self, edit: NumberEdit) -> Any:
        return read_text(self._field.form, edit.value())

    def _level_page(self, values: dict[str, str]) -> QWidget:
        page, grid = _grid()
        for row, (level, edit) in enumerate(self.levels.items()):
            edit.setText(field_text(self._field.form, values.get(level)))
            grid.addWidget(WrapLabel(tr(LEVELS[level])), row, 0)
            grid.addWidget(edit, row, 1)
        return page

    def _year_page(self, values: dict[str, str]) -> QWidget:
        page, grid = _grid()
        for column, title in enumerate((tr("Year"), tr("Figure"))):
            grid.addWidget(WrapLabel(title, Role.FIELD), 0, column)
        for row, (year, edit) in enumerate(self.years, start=1):
            which, value = [*values.items(), *[("", None)] * len(self.years)][row - 1]
            year.setText(which)
            edit.setText(field_text(self._field.form, value))
            grid.addWidget(year, row, 0)
            grid.addWidget(edit, row, 1)
        return page

    def _show_page(self) -> None:
        shown = self.way.currentData()
        self._fault.show_fault("")
        for name, page in self._pages.items():
            set_shown(page, shown=name == ("by_year" if shown == "roadmap" else shown))
        self.grow()


def _grid() -> tuple[QWidget, QGridLayout]:
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(tokens.TIGHT)
    grid.setHorizontalSpacing(tokens.INSIDE)
    return page, grid


def _by_year(entry: tuple[str, Any]) -> str:
    return entry[0] if entry[0].isdecimal() else ""  # kinds of offices stay in their order


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdecimal() and text.startswith("20")


def ask_grades(parent: QWidget | None, field: Field, value: Any) -> tuple[bool, Any]:
    """Whether something was entered, and what: a figure, one with several values, or None."""
    dialog = GradesDialog(parent, field, value)
    taken = dialog.exec() == QDialog.DialogCode.Accepted
    return taken, dialog.value() if taken else None
