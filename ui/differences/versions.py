"""The values of one difference side by side, each with who wrote it and, at the unit, a button to choose it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from parindex_desktop.services.settling_kits import kit_words
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import plain_button
from ui.widgets.labels import Role, WrapLabel

if TYPE_CHECKING:
    from parindex_desktop.services.differences import Difference, Origin, Version

_BESIDE = 3
"""Versions in one row; further ones, which only several copied folders can make, follow below."""


class Versions(QWidget):
    """Cards side by side. `chosen` tells the number of the version that shall stand, from 1."""

    chosen = Signal(int)

    def __init__(self, own_key: str, parent: QWidget | None = None) -> None:
        """`own_key` is the key code of this machine."""
        super().__init__(parent)
        self._own_key = own_key
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens.BETWEEN)

    def show_difference(self, found: Difference | None, *, settles: bool) -> None:
        """Show the versions of `found`; with `settles` each can be chosen."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            card = item.widget() if item else None
            if card is not None:
                card.hide()
                card.deleteLater()
        for number, version in enumerate(found.versions if found else ()):
            said = "\n".join(
                tr(kit_words(origin)) if found and found.of_kits else self._who(origin)
                for origin in version.origins
            )
            card = self._card(number + 1, version, said, settles=settles)
            self._grid.addWidget(card, number // _BESIDE, number % _BESIDE)
            self._grid.setColumnStretch(number % _BESIDE, 1)

    def _card(self, number: int, version: Version, said: str, *, settles: bool) -> QWidget:
        card = QFrame()
        card.setProperty("role", "panel")
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(card)
        column.setContentsMargins(tokens.BETWEEN, tokens.BETWEEN, tokens.BETWEEN, tokens.BETWEEN)
        column.setSpacing(tokens.INSIDE)
        card.setAccessibleName(tr("Value {number}: {who}", number=number, who=said))
        column.addWidget(WrapLabel(said, Role.SECOND))
        for line in version.lines:
            column.addWidget(WrapLabel(line if isinstance(line, str) else tr(line)))
        if version.points is not None:
            column.addWidget(WrapLabel(tr("{points} points", points=version.points), Role.STRONG))
        column.addStretch(1)
        if settles:
            button = plain_button(tr("Choose this value"), lambda: self.chosen.emit(number))
            button.setAccessibleDescription(said)
            column.addWidget(button)
        return card

    def _who(self, origin: Origin) -> str:
        if origin.working:
            return tr("This machine, not handed over yet")
        here = bool(origin.key) and origin.key == self._own_key
        machine = tr("This machine") if here else tr("Machine {code}", code=origin.key[:9] or "–")
        which = tr("draft") if origin.draft else tr("version {number}", number=origin.sequence)
        if origin.claimed is None:
            return tr("{machine}, {version}", machine=machine, version=which)
        return tr(
            "{machine}, {version}, {time} by its clock", machine=machine, version=which, time=origin.claimed
        )
