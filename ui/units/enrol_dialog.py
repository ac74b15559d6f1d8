"""Enrolling a key: the request that an office sent, the unit it belongs to, the code heard over the telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import enrolling, register
from parindex_desktop.services.enrolling import CodeMatch
from ui.language import tr
from ui.office.trust import verdict
from ui.office.units import UnitPicker
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.units.rows import best_match
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.dialogs import Dialog
from ui.widgets.key_code import KeyCodeField
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError, WrapLabel
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.enrolling import Asked, Holder
    from parindex_desktop.services.homes import Office
    from ui.widgets.signs import Sign

_TABLE = 66
"""Height that the list gives way to on a low screen."""


class EnrolDialog(Dialog):
    """Enrols the key of one request; `enrolled` is the unit it was given to."""

    def __init__(self, parent: QWidget | None, office: Office, request: bytes, unit: Unit | None) -> None:
        """`unit` is proposed, else the one that has the name which the request claims."""
        asked = enrolling.look_at_request(request)
        super().__init__(
            parent,
            tr("Enrol a key"),
            tr(
                "The request says that it comes from “{name}”. Only a telephone call proves it: ring the office at a "
                "number that you know, have its key code read out, and type what you hear.",
                name=asked.name,
            ),
        )
        self.resize(640, 480)
        self._office = office
        self._request = request
        self._asked: Asked = asked
        self._holder = enrolling.holder_of(office, asked.fingerprint)
        self.enrolled: Unit | None = None
        units = register.units(office)
        self.picker = UnitPicker()
        self.picker.show_units(units)
        self.picker.table.setMinimumHeight(_TABLE)
        self.code = KeyCodeField(tr("Key code that was read out"), self._judge)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(tr("Passphrase of the province's key"))
        self.warning = Banner()
        self._fault = FieldError()
        self.content.addWidget(WrapLabel(tr("The unit that the key belongs to")))
        self.content.addWidget(self.picker, 1)
        self.content.addWidget(self.warning)
        # Side by side, so that all of it fits on a low screen.
        typed = QHBoxLayout()
        typed.setSpacing(tokens.BETWEEN)
        for part, share in (
            (Labelled(tr("Key code that was read out"), self.code), 3),
            (Labelled(tr("Passphrase of the province's key"), self.passphrase), 2),
        ):
            typed.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        self.content.addLayout(typed)
        self.content.addWidget(self._fault)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.go = self.add_button(filled_button(tr("Enrol"), self.accept), default=True)
        proposed = unit or best_match(units, asked.name)
        if proposed is not None:
            self.picker.table.setCurrentIndex(self.picker.model.index(units.index(proposed), 0))
        self.picker.chosen.connect(self._ready)
        self.clear_on(self._fault, self.picker.chosen, self.code.judged, self.passphrase.textChanged)
        self.code.judged.connect(self._ready)
        self.passphrase.textChanged.connect(lambda _text: self._ready())
        self._ready()
        (self.code if proposed is not None else self.picker).setFocus()

    def accept(self) -> None:
        """Enrol, or say why not."""
        unit = self.picker.unit()
        if unit is None:
            return
        try:
            enrolling.approve(
                self._office, self._request, unit.code, self.code.code(), self.passphrase.text()
            )
        except ParIndexError as error:
            self._fault.show_fault(tr(error))
            self.passphrase.selectAll()
            return
        self.enrolled = unit
        super().accept()

    def fault(self) -> str:
        """Why the key was not enrolled."""
        return self._fault.text()

    def _judge(self, typed: str) -> tuple[Sign | None, str]:
        return verdict(
            typed,
            self._asked.fingerprint,
            tr("This is the key that the office made."),
            tr(
                "Have it read out again; if it still differs, the file was exchanged on its way: do not enrol it."
            ),
        )

    def _ready(self) -> None:
        same = enrolling.match_code(self.code.code(), self._asked.fingerprint) is CodeMatch.SAME
        unit = self.picker.unit()
        moves = unit is not None and self._holder is not None and self._holder.unit.id != unit.id
        if moves:
            assert self._holder is not None
            self._warn(self._holder)
        else:
            self.warning.hide()
        possible = unit is not None and not (moves and self._holder is not None and self._holder.for_good)
        self.go.setEnabled(same and possible and bool(self.passphrase.text()))

    def _warn(self, holder: Holder) -> None:
        """Say what it means that the key belongs to another unit than the one that is chosen."""
        name = holder.unit.name
        if holder.for_good:
            said = tr(
                "This key is enrolled for “{name}”, and its bundles were taken in, so it stays with that unit. "
                "An office has to make a key of its own.",
                name=name,
            )
        else:
            said = tr(
                "This key is enrolled for “{name}” now and would be taken away from it, together with the machine that "
                "has it. Go on only if it was enrolled there by mistake.",
                name=name,
            )
        self.warning.tell(said, Tone.WRONG if holder.for_good else Tone.CARE, closable=False)
        self.grow()


def ask_enrolment(
    parent: QWidget | None, office: Office, request: bytes, unit: Unit | None = None
) -> Unit | None:
    """The unit whose key was enrolled, or None when cancelled.

    Raises what `enrolling.look_at_request` names, before anything is shown.
    """
    dialog = EnrolDialog(parent, office, request, unit)
    return dialog.enrolled if dialog.exec() == QDialog.DialogCode.Accepted else None
