"""A field for units: their codes typed, or chosen from the list, with their names below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.theme import tokens
from ui.units import choose_dialog
from ui.widgets.buttons import plain_button
from ui.widgets.fields import LineField
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parindex_desktop.domain.units import Unit

_NAMED = 3
"""Names that are told one by one."""


class CodesField(QWidget):
    """Takes the codes of some of `units`, of one at most with `one`; semicolons or blanks between them."""

    changed = Signal()

    def __init__(self, name: str, units: Sequence[Unit], *, one: bool = False) -> None:
        super().__init__()
        self._name = name
        self._units = units
        self._one = one
        self.line = LineField(name, limit=8000)
        self.line.textChanged.connect(lambda _text: self._tell())
        self._names = WrapLabel("", Role.SMALL)
        row = QHBoxLayout()
        row.setSpacing(tokens.TIGHT)
        row.addWidget(self.line, 1)
        row.addWidget(plain_button(tr("Choose…"), self.choose))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(row)
        column.addWidget(self._names)
        self.setFocusProxy(self.line)
        self._tell()

    def codes(self) -> tuple[str, ...]:
        """The codes that stand in the field, each once."""
        return tuple(dict.fromkeys(self.line.value().replace(";", " ").replace(",", " ").split()))

    def show_codes(self, codes: Iterable[str]) -> None:
        """Show these codes."""
        self.line.setText("; ".join(codes))

    def choose(self) -> None:
        """Choose from the list."""
        chosen = choose_dialog.ask_units(self, self._name, self._units, self.codes(), one=self._one)
        if chosen is not None:
            known = {unit.code for unit in self._units}
            self.show_codes([*chosen, *(code for code in self.codes() if code not in known)])
        self.line.setFocus()

    def _tell(self) -> None:
        """Say the names below: whoever types codes sees whether they are the right ones."""
        by_code = {unit.code: unit.name for unit in self._units}
        names = [by_code.get(code) or tr("{code}: in no list", code=code) for code in self.codes()]
        said = "; ".join(names[:_NAMED])
        if len(names) > _NAMED:
            said = tr("{names} and {count} more", names=said, count=len(names) - _NAMED)
        self._names.setText(said)
        set_shown(self._names, shown=bool(said))
        self.changed.emit()
