"""Opening a year of assessment: which set each kind of office is assessed by, and until when they have time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.units import Level
from parindex_desktop.services import register
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.combo import ComboBox
from ui.widgets.dates import DateEdit
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import LineField
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError, Role, WrapLabel
from ui.widgets.places import set_shown
from ui.widgets.versions import version_words

if TYPE_CHECKING:
    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.kits import Period
    from parindex_desktop.services.homes import Office


class YearDialog(Dialog):
    """Opens a year, or changes one that is open."""

    def __init__(self, parent: QWidget | None, office: Office, period: Period | None = None) -> None:
        super().__init__(
            parent,
            tr("Change the year {year}", year=period.year) if period else tr("Open a year of assessment"),
            tr(
                "The offices learn of it with the next kit. Answers that were given under a set stay readable under "
                "it, also when another version is chosen here."
            ),
        )
        self._office = office
        self._sets = register.sets(office)
        self._period = period
        self.opened: Period | None = None
        self.year = LineField(tr("Year"), limit=4)
        self._choices = QWidget()
        self._column = QVBoxLayout(self._choices)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.INSIDE)
        self._none = WrapLabel("", Role.SECOND)
        self.last = DateEdit(tr("Last day of self-scoring"))
        self._fault = FieldError()
        self.content.addWidget(Labelled(tr("Year"), self.year))
        self.content.addWidget(self._choices)
        self.content.addWidget(self._none)
        self.content.addWidget(Labelled(tr("Last day of self-scoring"), self.last))
        self.content.addWidget(self._fault)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.go = self.add_button(
            filled_button(tr("Change") if period else tr("Open the year"), self.accept), default=True
        )
        self.combos: dict[Level, ComboBox] = {}
        self.year.show_value(period.year if period else self._proposed())
        self.year.setReadOnly(period is not None)
        self.last.show_date(period.self_assessment_to if period else None)
        self.year.textChanged.connect(lambda _text: self._offer())
        self.clear_on(self._fault, self.year.textChanged, self.last.field.textChanged)
        self._offer()
        self.year.setFocus()

    def accept(self) -> None:
        """Open the year, or say why not."""
        self.last.field.commit()
        if not self.last.fault.isHidden():
            self.last.setFocus()
            return
        chosen = [combo.currentData() for combo in self.combos.values() if combo.currentData() is not None]
        try:
            self.opened = register.open_period(
                self._office,
                self.year.value(),
                chosen,
                self.last.date(),
                without_date=self._period is not None,
            )
        except UserError as error:
            self._fault.show_fault(tr(error))
            return
        super().accept()

    def fault(self) -> str:
        """Why the year was not opened."""
        return self._fault.text()

    def _proposed(self) -> str:
        """The newest year for which there is a set and which is not open yet."""
        open_years = register.current_kit(self._office).periods
        years = sorted({str(each.year) for each in self._sets} - set(open_years))
        return years[-1] if years else ""

    def _offer(self) -> None:
        """A choice for each kind of office that has a set of the year typed."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.combos = {}
        fitting = [each for each in self._sets if str(each.year) == self.year.value()]
        for level in Level:
            offered = [each for each in fitting if each.level is level]
            if offered:
                self.combos[level] = self._combo(level, offered)
        self._none.setText(
            tr("The register holds no criteria set for this year. Import one first, then open the year.")
        )
        # Made after the date, they would be walked through after it too.
        before: QWidget = self.year
        for combo in self.combos.values():
            self.setTabOrder(before, combo)
            before = combo
        self.setTabOrder(before, self.last.field)
        set_shown(self._none, shown=not fitting)
        self.go.setEnabled(bool(fitting))

    def _combo(self, level: Level, offered: list[CriteriaSet]) -> ComboBox:
        title = tr("Criteria set for: {level}", level=tr(level.words))
        combo = ComboBox(title)
        used = self._period.sets.get(level) if self._period else None
        if used is None:
            combo.addItem(tr("– not assessed in this year –"), None)
        for each in offered:
            combo.addItem(version_words(each.version, each.name), each)
        index = next((n for n, each in enumerate(offered) if each.digest == used), 0)
        combo.setCurrentIndex(index + (used is None))
        combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._column.addWidget(Labelled(title, combo))
        self.clear_on(self._fault, combo.currentIndexChanged)
        return combo


def ask_year(parent: QWidget | None, office: Office, period: Period | None = None) -> Period | None:
    """The year that was opened or changed, or None when cancelled."""
    dialog = YearDialog(parent, office, period)
    return dialog.opened if dialog.exec() == QDialog.DialogCode.Accepted else None
