"""Putting somebody in charge of a criterion, or of all below a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import duties
from ui.language import tr
from ui.people.pick_list import PickList
from ui.people.rows import choices
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.dialogs import Dialog
from ui.widgets.labels import FieldError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.services.homes import Office


class AssignDialog(Dialog):
    """A list of the people and rooms; what is chosen is written at once."""

    def __init__(self, parent: QWidget | None, office: Office, year: str, criterion: Criterion) -> None:
        leaves = duties.fillable(criterion)
        said = f"{criterion.code} {criterion.title}"
        if criterion.children:
            said = tr(
                "{what}: all {count} criteria below it that are filled in", what=said, count=len(leaves)
            )
        super().__init__(parent, tr("Who is in charge?"), said)
        self.resize(480, 420)
        self._office = office
        self._year = year
        self._criterion = criterion
        self.names = PickList(tr("People and rooms"))
        self._fault = FieldError()
        self.content.addWidget(self.names, 1)
        self.content.addWidget(self._fault)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.go = self.add_button(filled_button(tr("Put in charge"), self.accept), default=True)
        self.names.taken.connect(self.accept)
        self.names.chosen.connect(lambda: self.go.setEnabled(self.names.current() is not None))
        self.names.offer(choices(office))
        found = duties.duties(office, year)
        now = {found.get(leaf.id) for leaf in leaves}
        if len(now) == 1 and (to := next(iter(now))) is not None:
            self.names.choose(to)
        self.names.setFocus()

    def accept(self) -> None:
        """Write it, or say why not."""
        entry = self.names.current()
        if entry is None:
            return
        try:
            duties.assign(self._office, self._year, [self._criterion], entry.to)
        except ParIndexError as error:
            self._fault.show_fault(tr(error))
            self.grow()
            return
        super().accept()


def assign(parent: QWidget | None, office: Office, year: str, criterion: Criterion) -> bool:
    """Whether somebody (or nobody) was put in charge. Called through the module, so that a test can answer instead."""
    return AssignDialog(parent, office, year, criterion).exec() == QDialog.DialogCode.Accepted
