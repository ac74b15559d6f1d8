"""What the province's papers say beside the figures: their head and their signature block."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import paper_texts
from ui.language import tr
from ui.theme import tokens
from ui.widgets.fields import LineField
from ui.widgets.labelled import Labelled
from ui.widgets.labels import Role, SectionTitle, WrapLabel
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from parindex_desktop.services.homes import Office


class PapersCard(Panel):
    """The texts of the papers; each is saved when its field is left, and greyed words are what stands otherwise."""

    saved = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._fields: dict[str, LineField] = {}
        self._labelled: dict[str, Labelled] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.BETWEEN)
        grid.setVerticalSpacing(tokens.INSIDE)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for number, (name, label) in enumerate(paper_texts.LABELS.items()):
            grid.addWidget(self._add(name, tr(label)), number // 2, number % 2)
        self.content.addWidget(SectionTitle(tr("Head and signature of the province's papers")))
        self.content.addWidget(WrapLabel(tr("They stand on every summary that is printed."), Role.SECOND))
        self.content.addLayout(grid)

    def refresh(self) -> None:
        """Show what is entered."""
        own, usual = paper_texts.own_texts(self._office), paper_texts.usual_texts(self._office)
        for name, field in self._fields.items():
            field.show_value(own[name])
            field.setPlaceholderText(usual[name])

    def field(self, name: str) -> LineField:
        """The field of the text `name`."""
        return self._fields[name]

    def _add(self, name: str, label: str) -> Labelled:
        field = LineField(label, limit=paper_texts.LONGEST)
        field.committed.connect(partial(self._save, name))
        self._fields[name] = field
        self._labelled[name] = Labelled(label, field)
        return self._labelled[name]

    def _save(self, name: str, text: str) -> None:
        fault = ""
        try:
            paper_texts.set_paper_text(self._office, name, text)
        except ParIndexError as error:
            fault = tr(error)
        self._labelled[name].fault.show_fault(fault)
        self._fields[name].mark_wrong(wrong=bool(fault))
        if not fault:
            self.saved.emit()
