"""The right side of the form: the sheet of the selected criterion or the sum of a heading, and the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.form.file_work import FileWork
from ui.form.group import GroupView
from ui.form.sheet import SheetView, Unread
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import plain_button
from ui.widgets.labels import FieldError, OneLine, Role, WrapLabel
from ui.widgets.places import set_shown
from ui.widgets.reveal import reveal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.needs import Need
    from parindex_desktop.domain.people import Assignee
    from parindex_desktop.services.homes import Office
    from ui.session import Session


class SheetPane(QFrame):
    """Shows one criterion or heading of an assessment.

    With a session it is filled in while the assessment is open; without one it is only read, as a receiver does.
    """

    page_asked = Signal(str)

    walked = Signal(int)
    """The officer wants the criterion before (-1) or after (1) this one."""

    def __init__(self, office: Office, session: Session | None, before: QWidget) -> None:
        """`before` is the widget from which Tab leads into the sheet."""
        super().__init__()
        self.setProperty("role", "panel")
        self.setAccessibleName(tr("Selected criterion"))
        self._office = office
        self._session = session
        self._before = before
        self._work = FileWork(office, session)
        self._work.attached.connect(self._attached)
        self._view: SheetView | GroupView | None = None
        self._shown: tuple[str, Criterion, bool, frozenset[str]] | None = None
        """The set, the criterion, whether it is filled in here, and which of its inputs the province gives."""
        self._unread: dict[str, Unread] = {}
        self._duties: Mapping[str, Assignee] = {}
        self._area = QScrollArea(widgetResizable=True)
        self._area.viewport().installEventFilter(self)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column = QVBoxLayout()
        self._fault = FieldError()
        self._note = WrapLabel("", Role.SECOND)
        self._work.failed.connect(self._fault.show_fault)
        self._work.noted.connect(self._say_note)
        self._place = OneLine("", Role.SECOND)
        self._previous = plain_button(tr("‹ Previous"), lambda: self.walked.emit(-1))
        self._next = plain_button(tr("Next ›"), lambda: self.walked.emit(1))
        self._lay_out()

    @property
    def busy(self) -> bool:
        """Whether files are on their way."""
        return self._work.busy

    def show_assessment(self, assessment: Assessment, criterion: Criterion) -> None:
        """Show `criterion` as it stands; what is being typed into it stays."""
        sheet = assessment.sheets.get(criterion.id)
        open_here = self._session is not None and assessment.lock is None
        editable = open_here and sheet is not None and not sheet.unsettled
        given = frozenset(sheet.given if sheet else ())
        shown = (
            assessment.criteria.digest,
            criterion,
            editable,
            given,
        )  # another year may have the same criterion
        if self._view is not None and self._shown == shown:
            self._view.show_assessment(assessment)
            return
        self._shown = shown
        had_keyboard = self._view is not None and _holds_focus(self._view)
        if criterion.children:
            view: SheetView | GroupView = GroupView(assessment, criterion)
        else:
            unread = self._unread.setdefault(criterion.id, Unread())
            session = self._session if editable else None
            view = SheetView(assessment, criterion, self._office, session, self._work, unread)
            view.page_asked.connect(self.page_asked)
        self._replace(view)
        self._fault.show_fault("")
        self._say_note("")
        self._show_duty()
        if had_keyboard and not view.take_keyboard():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_duties(self, found: Mapping[str, Assignee]) -> None:
        """Show who is in charge, of this criterion and of each that is shown later."""
        self._duties = found
        self._show_duty()

    def _show_duty(self) -> None:
        if isinstance(self._view, SheetView):
            self._view.show_duty(self._duties.get(self._view.criterion.id))

    def show_place(self, number: int, count: int, to_score: int) -> None:
        """Say which of how many criteria this is (0: a heading), and how many of them are to be scored."""
        values = {"number": number, "count": count, "all": to_score}
        if to_score < count:
            words = tr("Criterion {number} of {count} ({all} to be self-scored)", **values)
        else:
            words = tr("Criterion {number} of {count}", **values)
        self._place.setText(words if number else "")

    def take_keyboard(self, need: Need | None = None) -> None:
        """Put the keyboard where `need` is met, or into the first field."""
        if self._view is None or not self._view.take_keyboard(need):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        focused = QApplication.focusWidget()
        if focused is not None:
            reveal(focused)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Where there is little height for the sheet, it shows what is filled in first."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        if isinstance(self._view, SheetView):
            self._view.fit(self._area.viewport().height())

    def _replace(self, view: SheetView | GroupView) -> None:
        old, self._view = self._view, view
        if old is not None:
            # Not deleted at once: it may be one of its own buttons that led on.
            old.hide()
            self._column.removeWidget(old)
            old.deleteLater()
        self._column.insertWidget(0, view)
        self._fit()
        view.show()  # now, not with the next event: the keyboard may be on its way
        self._area.verticalScrollBar().setValue(0)
        self._order_tabs(view)

    def _order_tabs(self, view: QWidget) -> None:
        """Tab goes from the list through the sheet to the buttons below; Qt would put a new sheet last."""
        before = self._before
        for widget in view.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
                QWidget.setTabOrder(before, widget)
                before = widget

    def _attached(self, criterion_id: str, document_id: str) -> None:
        here = isinstance(self._view, SheetView) and self._view.criterion.id == criterion_id
        if here and document_id:
            assert isinstance(self._view, SheetView)
            assert self._view.evidence is not None
            self._view.evidence.ask_about(document_id)

    def _say_note(self, sentence: str) -> None:
        self._note.setText(sentence)
        set_shown(self._note, shown=bool(sentence))

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        inside.setLayout(self._column)
        self._column.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.INSIDE)
        self._column.addStretch(1)
        self._area.setWidget(inside)
        foot = QHBoxLayout()
        foot.setContentsMargins(tokens.EDGE, tokens.INSIDE, tokens.EDGE, tokens.BETWEEN)
        foot.setSpacing(tokens.INSIDE)
        foot.addWidget(self._place)
        foot.addStretch()
        foot.addWidget(self._previous)
        foot.addWidget(self._next)
        told = QVBoxLayout()
        told.setContentsMargins(tokens.EDGE, 0, tokens.EDGE, 0)
        told.addWidget(self._fault)
        told.addWidget(self._note)
        self._say_note("")
        told.addWidget(self._work)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self._area, 1)
        outer.addLayout(told)
        outer.addLayout(foot)


def _holds_focus(part: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and part.isAncestorOf(focused)
