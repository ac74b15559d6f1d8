"""Setting up from the province's kit: is it the province's, and which unit is this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.services import kits, receiving
from ui.language import tr
from ui.office.trust import HeardCode
from ui.office.units import UnitPicker
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.welcome.secret import ask_new_passphrase
from ui.widgets.buttons import filled_button, link_button, plain_button
from ui.widgets.dialogs import Purpose
from ui.widgets.dropzone import DropZone
from ui.widgets.labels import FieldError, Role, SectionTitle, WrapLabel
from ui.widgets.panels import Panel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.domain.errors import ParIndexError
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.kits import KitPreview
    from ui.widgets.work import WorkStrip


@dataclass(frozen=True, slots=True)
class Joining:
    """What was chosen: the kit and its preview, the unit, the code that was heard, the new passphrase."""

    kit: Path
    preview: KitPreview
    unit: Unit
    heard: str
    passphrase: str


class FromKitPanel(Panel):
    """First the file; then the code and the unit, side by side; then the passphrase.

    `asked` carries a `Joining`.
    """

    asked = Signal(object)
    back = Signal()

    def __init__(self, work: WorkStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._kit: Path | None = None
        self._preview: KitPreview | None = None
        self.zone = DropZone(
            tr("Open the province's kit"),
            tr("Kit of the province") + f" (*{receiving.SUFFIX})",
            choose=tr("Open a kit…"),
            single=True,
            purpose=Purpose.KIT,
        )
        self.zone.chosen.connect(lambda paths: self.look_into(paths[0]))
        self._province = WrapLabel()
        self.code = HeardCode()
        self._which = SectionTitle(tr("2. Which unit is this?"))
        self.picker = UnitPicker()
        self.fault = FieldError()
        self.go = filled_button(tr("Make the key…"), self._ask)
        self._compare = SectionTitle(tr("1. Telephone the province and compare the key code"))
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.INSIDE)
        buttons.addWidget(plain_button(tr("Back"), self.back.emit))
        buttons.addStretch(1)
        buttons.addWidget(self.go)
        self._other = link_button(tr("Open another kit…"), self.zone.choose)
        self._questions = QWidget()
        self.content.addWidget(WrapLabel(tr("Open the province's kit"), Role.TITLE))
        self._lay_out_questions()
        for part in (self.zone, self._questions, self.fault):
            self.content.addWidget(part)
        self.content.addLayout(buttons)
        self.code.changed.connect(self._arrange)
        self.picker.chosen.connect(self._arrange)
        self.picker.activated.connect(self._ask)
        self._arrange()

    def begin(self) -> None:
        """Ask for the file, unless one is chosen already; who closes the dialog can still drop one."""
        if self._preview is None:
            self.zone.button.setFocus()
            self.zone.choose()
        else:
            self.code.setFocus()

    def look_into(self, kit: Path) -> None:
        """Show what the kit says of itself; nothing is taken in."""
        if self._work.busy:
            return
        self.fault.show_fault("")
        self._work.do(
            tr("Checking the kit…"),
            lambda _task: kits.peek_kit(kit),
            lambda preview: self._show(kit, preview),
            self._refused,
            cancellable=False,
        )

    def _lay_out_questions(self) -> None:
        """The code and the unit side by side, so that both are seen at once."""
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, parts in ((left, (self._compare, self.code)), (right, (self._which, self.picker))):
            column.setSpacing(tokens.INSIDE)
            for part in parts:
                column.addWidget(part)
        left.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(2 * tokens.BETWEEN)
        both.addLayout(left, 45)
        both.addLayout(right, 55)
        line = QHBoxLayout()
        line.setSpacing(tokens.BETWEEN)
        line.addWidget(self._province, 1)
        line.addWidget(self._other)
        whole = QVBoxLayout(self._questions)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.BETWEEN)
        whole.addLayout(line)
        whole.addLayout(both)

    def _show(self, kit: Path, preview: KitPreview) -> None:
        self._kit, self._preview = kit, preview
        said = tr(
            "“{name}” says that it comes from “{province}” ({count} units, years {years}). Telephone the province at a "
            "number that you know, have its key code read out, and type what you hear.",
            name=kit.name,
            province=preview.province,
            count=len(preview.units),
            years=", ".join(preview.years) or "–",
        )
        self._province.setText(said)
        self.code.show_kit(preview)
        self.picker.show_units(preview.units)
        self._arrange()
        self.code.setFocus()

    def _refused(self, error: ParIndexError) -> None:
        self._kit = self._preview = None
        self._arrange()
        self.fault.show_fault(tr(error))
        self.fault.set_tone(Tone.WRONG)

    def _arrange(self) -> None:
        looked = self._preview is not None
        set_shown(self.zone, shown=not looked)
        set_shown(self._questions, shown=looked)
        set_shown(self.go, shown=looked)
        self.go.setEnabled(self.picker.unit() is not None)

    def _ask(self) -> None:
        unit = self.picker.unit()
        if self._kit is None or self._preview is None or unit is None:
            return
        if not self.code.judge():
            self.code.field.setFocus()
            return
        secret = ask_new_passphrase(self)
        if secret is not None:
            self.asked.emit(Joining(self._kit, self._preview, unit, self.code.heard(), secret))
