"""The selected unit: what is known of it, its keys with their codes, and what may be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from parindex_desktop.domain.succession import comparison
from parindex_desktop.domain.unit_facts import unit_facts
from parindex_desktop.services.enrolling import spoken_of
from ui.language import tr
from ui.theme import tokens
from ui.units import rows
from ui.widgets.buttons import plain_button
from ui.widgets.chips import Chip
from ui.widgets.facts import Facts
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Role, SectionTitle, WrapLabel
from ui.widgets.panels import Panel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.units import Unit
    from ui.units.rows import UnitRow


class UnitCard(Panel):
    """Shows one unit; empty until one is selected."""

    enrol_asked = Signal()
    change_asked = Signal()
    end_asked = Signal()
    resume_asked = Signal()
    revoke_asked = Signal()
    remove_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, scroll=True)
        self.title = WrapLabel("", Role.TITLE)
        self._about = WrapLabel("", Role.SECOND)
        self.facts = WrapLabel()
        self.chip = Chip()
        self._said = WrapLabel("", Role.SECOND)
        self._keys_title = SectionTitle(tr("Keys"))
        self.keys = Facts()
        self.revoke = plain_button(tr("Revoke the keys…"), self.revoke_asked.emit)
        self._end = plain_button(tr("End, merge, divide…"), self.end_asked.emit)
        self._resume = plain_button(tr("Take the end back…"), self.resume_asked.emit)
        self._remove = plain_button(tr("Remove…"), self.remove_asked.emit)
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons, across=tokens.INSIDE)
        flow.addWidget(plain_button(tr("Enrol its key…"), self.enrol_asked.emit))
        flow.addWidget(plain_button(tr("Change…"), self.change_asked.emit))
        flow.addWidget(self._end)
        flow.addWidget(self._resume)
        flow.addWidget(self.revoke)
        flow.addWidget(self._remove)
        for part in (self.title, self._about, self.facts, self.chip, self._said, self._buttons):
            self.content.addWidget(part)
        self.content.addSpacing(tokens.TIGHT)
        self.content.addWidget(self._keys_title)
        self.content.addWidget(self.keys)
        self.content.addStretch(1)

    def show_unit(self, row: UnitRow | None, units: Mapping[str, Unit], year: int | None) -> None:
        """Show this unit, or nothing; `units` are all of the register, `year` is compared with the one before."""
        set_shown(self._buttons, shown=row is not None)
        set_shown(self._keys_title, shown=row is not None and bool(row.keys))
        if row is None:
            for label in (self.title, self._about, self.facts, self._said):
                label.setText("")
            self.chip.show_sign(None)
            self.keys.show_lines(())
            return
        self.title.setText(row.unit.name)
        self._about.setText(tr("{code} · {level}", code=row.unit.code, level=tr(row.unit.level.words)))
        self.facts.setText("\n".join(_facts(row, units, year)))
        set_shown(self.facts, shown=bool(self.facts.text()))
        self.chip.show_sign(rows.ENDED if row.ended else rows.key_sign(row))
        self._said.setText(_sentence(row))
        set_shown(self._end, shown=row.unit.valid_to is None)
        set_shown(self._resume, shown=row.unit.valid_to is not None)
        set_shown(self.revoke, shown=bool(rows.usable(row)))
        set_shown(self._remove, shown=not row.keys)  # with a key it went out, and is only ended
        self.keys.show_lines([line for number, _ in enumerate(row.keys) for line in _key_lines(row, number)])


def _facts(row: UnitRow, units: Mapping[str, Unit], year: int | None) -> list[str]:
    """What is known of the unit, a line each."""
    facts = [tr("Hands over to: {name}", name=row.above.name)] if row.above else []
    facts += map(tr, unit_facts(units, row.unit))
    said = comparison(units, row.unit, year) if year is not None else None
    return facts if said is None else [*facts, tr(said)]


def _sentence(row: UnitRow) -> str:
    if row.ended:
        return tr("The unit is no more. What came from it stays, and its code is never given to another.")
    if not row.keys:
        return tr(
            "The office sends its signing request (a .csr file); enrol it with the key code that is read out over "
            "the telephone. Until then its bundles are not taken in."
        )
    if not rows.usable(row):
        return tr("All keys are revoked. What was taken in before stays; new bundles need a new key.")
    return tr("Bundles signed with these keys are taken in.")


def _key_lines(row: UnitRow, number: int) -> list[tuple[str, str]]:
    key, revocation = row.keys[number]
    revoked = (
        tr("revoked on {date}: {reason}", date=revocation.on, reason=revocation.reason) if revocation else ""
    )
    return [
        (tr("Key {number}", number=number + 1), spoken_of(key)),
        ("", tr("enrolled on {date}", date=key.valid_from)),
        ("", revoked),
    ]
