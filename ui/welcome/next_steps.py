"""After the key was made: what to do until the office can work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from parindex_desktop.domain.units import Level
from parindex_desktop.services.standing import standing
from ui.language import tr
from ui.office.key_card import KeyCard
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.buttons import filled_button
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.notices import Banner
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from parindex_desktop.services.homes import Office
    from ui.widgets.work import WorkStrip


class NextSteps(QWidget):
    """Tells that the office stands, with its key code and its signing request; `begun` opens the window."""

    begun = Signal()

    def __init__(
        self, office: Office, passphrase: str, trouble: str, work: WorkStrip, parent: QWidget | None = None
    ) -> None:
        """`trouble` says why the kit could not be taken in, if it could not."""
        super().__init__(parent)
        done = Panel()
        done.content.addWidget(
            WrapLabel(tr("“{name}” is set up on this machine", name=office.record.name), Role.TITLE)
        )
        for number, sentence in enumerate(_steps(office), start=1):
            done.content.addWidget(WrapLabel(tr("{number}. {step}", number=number, step=sentence)))
        if trouble:
            told = Banner()
            told.tell(tr("The kit was not taken in. {reason}", reason=trouble), Tone.CARE, closable=False)
            done.content.addWidget(told)
        self.key = KeyCard(office, work, lambda: passphrase)
        self.key.show_standing(standing(office))
        self.go = filled_button(tr("Begin"), self.begun.emit)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BETWEEN)
        column.addWidget(done)
        column.addWidget(self.key)
        column.addLayout(row)


def _steps(office: Office) -> tuple[str, ...]:
    if office.level is Level.PROVINCE:
        return (
            tr("Copy the keys to a stick, on the page “Office, key and kit”: they cannot be made again."),
            tr("Enter the list of units."),
            tr("Open the year with its criteria sets."),
            tr(
                "Export the kit and send it to all offices; with it each makes its key and its signing request."
            ),
            tr(
                "Enrol the offices from their signing requests, then export the kit once more for all of them."
            ),
        )
    return (
        tr("Save the signing request on a stick and send it to the province."),
        tr("Telephone the province and read the key code below."),
        tr(
            "Open the kit that the province sends then. Until then everything can be filled in but not handed over."
        )
        if office.record.anchor
        else tr("Open the kit that the province sends then: it brings the criteria set."),
    )
