"""Opening a year of assessment: which set each kind of office is assessed by, and until when they have time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.merge import first_few
from parindex_desktop.domain.units import Level
from parindex_desktop.services import register
from resources.language import day_of
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
from ui.widgets.scrolling import CardColumn
from ui.widgets.versions import version_words

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.kits import Period
    from parindex_desktop.services.homes import Office


_INNER: Final = 400
"""Width of the fields in the dialog as it opens."""

_AROUND: Final = 210
"""Height of what stands above and below the fields, and of the frame of the window."""


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
        self._fit_later = QTimer(self, singleShot=True, interval=0)
        self._fit_later.timeout.connect(self._fit)
        self.opened: Period | None = None
        self.year = LineField(tr("Year"), limit=4)
        self._choices = QWidget()
        self._column = QVBoxLayout(self._choices)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.INSIDE)
        self._none = WrapLabel("", Role.SECOND)
        self.last = DateEdit(tr("Last day of self-scoring"))
        self._no_date = WrapLabel(
            tr("Without this day no unit is ever shown as late, and the offices see no deadline."),
            Role.SECOND,
        )
        self._fault = FieldError()
        self._fields = CardColumn(
            (
                Labelled(tr("Year"), self.year),
                self._choices,
                self._none,
                Labelled(tr("Last day of self-scoring"), self.last),
                self._no_date,
                self._fault,
            ),
            space=tokens.INSIDE,
        )
        self.content.addWidget(self._fields)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.go = self.add_button(
            filled_button(tr("Change") if period else tr("Open the year"), self.accept), default=True
        )
        self.combos: dict[Level, ComboBox] = {}
        self.year.show_value(period.year if period else self._proposed())
        self.year.setReadOnly(period is not None)
        self.last.show_date(period.self_assessment_to if period else None)
        self.year.textChanged.connect(lambda _text: self._offer())
        self.last.field.textChanged.connect(lambda _text: self._tell_date())
        self._tell_date()
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
        except ParIndexError as error:
            self._fault.show_fault(tr(error))
            self._fit_later.start()
            self._fields.show_card(self._fault)
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
        """A choice for each kind of office that has a set of the year typed, and for each that has units."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.combos = {}
        fitting = [each for each in self._sets if str(each.year) == self.year.value()]
        waiting = self._units()
        for level in Level:
            offered = [each for each in fitting if each.level is level]
            if offered:
                self.combos[level] = self._combo(level, offered)
            elif fitting and level in waiting:
                self._column.addWidget(_lacking(level, waiting[level]))
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
        self._fit_later.start()
        self.go.setEnabled(bool(fitting))

    def _tell_date(self) -> None:
        set_shown(self._no_date, shown=not self.last.field.text().strip())
        self._fit_later.start()

    def _fit(self) -> None:
        """As high as the fields are; on a small screen they scroll, with the buttons in view."""
        inside = self._fields.widget()
        assert inside is not None
        layout = inside.layout()
        assert layout is not None
        layout.activate()
        most = self.screen().availableGeometry().height() - _AROUND
        self._fields.setMinimumHeight(min(layout.heightForWidth(_INNER), most))
        self.grow()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now the texts have their look, and so their height."""
        super().showEvent(event)
        self._fit()

    def _units(self) -> dict[Level, str]:
        """The first units of each kind that the register has, as people read them."""
        named: dict[Level, list[str]] = {}
        for unit in register.units(self._office):
            if not unit.ended(day_of(self._office.clock())):
                named.setdefault(unit.level, []).append(f"{unit.code} {unit.name}")
        return {level: _first(names) for level, names in named.items()}

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


def _first(names: list[str]) -> str:
    named, more = first_few(names, 3)
    return tr("{units} and {more} more", units=named, more=more) if more else named


def _lacking(level: Level, units: str) -> WrapLabel:
    """Whom a year without a set for their kind leaves out."""
    said = tr(
        "{level}: the register has no criteria set of this year ({units}). Import or write one, then change the year.",
        level=tr(level.words),
        units=units,
    )
    return WrapLabel(said, Role.SECOND)


def ask_year(parent: QWidget | None, office: Office, period: Period | None = None) -> Period | None:
    """The year that was opened or changed, or None when cancelled."""
    dialog = YearDialog(parent, office, period)
    return dialog.opened if dialog.exec() == QDialog.DialogCode.Accepted else None
