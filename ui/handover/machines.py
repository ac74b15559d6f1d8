"""What was handed over so far, and the exchange with the office's other machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from parindex_desktop.domain.revisions import State
from parindex_desktop.services import handing_over, receiving
from parindex_desktop.services.receiving import Outcome
from ui.handover.models import HistoryModel
from ui.handover.sending import Writer, content_lines
from ui.language import tr
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets import dialogs
from ui.widgets.buttons import plain_button
from ui.widgets.cells import Column
from ui.widgets.facts import Facts
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import FieldError, Role, SectionTitle, WrapLabel
from ui.widgets.notices import Banner
from ui.widgets.panels import Panel
from ui.widgets.places import set_shown
from ui.widgets.short_table import ShortTable

if TYPE_CHECKING:
    from parindex_desktop.domain.errors import ParIndexError
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.receiving import Taken
    from ui.session import Session
    from ui.widgets.work import WorkStrip


_ROWS_IN_VIEW: Final = 5


class History(Panel):
    """The list of hand-overs and drafts."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = HistoryModel(self)
        self._none = WrapLabel(
            tr("Nothing was handed over yet. Each hand-over will be listed here."), Role.SECOND
        )
        columns = (Column(72, least=62), Column(96, least=88), Column(100, 1, least=80))
        self.table = ShortTable(tr("Hand-overs so far"), columns, _ROWS_IN_VIEW)
        self.table.setModel(self.model)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_code())
        self.code = Facts()
        self.content.addWidget(SectionTitle(tr("Hand-overs so far")))
        self.content.addWidget(self._none)
        self.content.addWidget(self.table)
        self.content.addWidget(self.code)

    def show_form(self, form: Form) -> None:
        """Show what `form` has become so far."""
        past = handing_over.history(self._session.office, form)
        newest, chosen = self.model.newest(), self._chosen()
        self.model.show_past(past)
        if past:
            # What has come to stand there since is what one wants to see.
            chosen = chosen if newest == past[0].digest else past[0].digest
            row = next((row for row, each in enumerate(past) if each.digest == chosen), 0)
            self.table.setCurrentIndex(self.model.index(row, 0))
        self._show_code()
        set_shown(self.table, shown=bool(past))
        set_shown(self._none, shown=not past)

    def _chosen(self) -> str:
        index = self.table.currentIndex()
        return self.model.past(index.row()).digest if index.isValid() else ""

    def _show_code(self) -> None:
        """The code of the chosen one, which the province shows for what it took in."""
        digest = self._chosen()
        self.code.show_lines(content_lines(digest) if digest else ())


class OtherMachine(Panel):
    """Drafts go to and come from the office's other machine; neither side loses anything."""

    settle = Signal()

    def __init__(self, session: Session, work: WorkStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._work = work
        self.result = Banner()
        self.fault = FieldError()
        self._writer = Writer(session, work, self, self.result, self.fault)
        self.content.addWidget(SectionTitle(tr("The other machine of this office")))
        said = tr(
            "Two machines of one office can fill in the same form. A draft carries the work over; it is merged, and "
            "where both changed the same figure you are asked which one stands. A draft is not a hand-over."
        )
        self.content.addWidget(WrapLabel(said, Role.SECOND))
        buttons = FlowLayout(across=tokens.INSIDE)
        buttons.addWidget(plain_button(tr("Write a draft…"), self.write))
        buttons.addWidget(plain_button(tr("Take in the other machine's file…"), self.take))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(buttons)
        self.content.addWidget(holder)
        self.content.addWidget(self.result)
        self.content.addWidget(self.fault)

    def write(self) -> None:
        """Write a draft for the other machine."""
        self._writer.write(
            tr("Draft for the other machine: choose the stick or a folder"),
            tr("Writing the draft…"),
            State.DRAFT,
        )

    def take(self) -> None:
        """Take in what the other machine wrote."""
        self.fault.show_fault("")
        self.result.hide()
        kinds = tr("Bundles") + f" (*{receiving.SUFFIX})"
        files = dialogs.choose_files(self, tr("Take in the other machine's file"), kinds)
        if files:
            office = self._session.office
            self._work.do(
                tr("Taking in…"),
                lambda task: receiving.take_in(office, files, progress=task.progress),
                self._taken,
                self._failed,
                cancellable=False,
            )

    def _taken(self, taken: list[Taken]) -> None:
        self._session.reload()
        refused = [each for each in taken if each.problem is not None]
        new = [each for each in taken if each.outcome.is_new]
        if refused:
            self.fault.show_fault(
                "\n".join(f"{each.source}: {tr(each.problem)}" for each in refused if each.problem)
            )
        if new:
            self._tell_new(new)
        elif not refused:
            self.result.tell(_nothing_new(taken), Tone.ACCENT)

    def _tell_new(self, new: list[Taken]) -> None:
        changed, differences = sum(each.changed for each in new), new[-1].differences
        said = [tr("The other machine's work was merged: {changed} criteria changed.", changed=changed)]
        if differences:
            count = {"count": differences}
            said.append(tr("{count} figure(s) now have two values; choose which one stands.", **count))
        opened = handing_over.reopened(self._session.office, self._session.form) is not None
        if opened:
            said.append(tr("The figures are open again: step 1 says what that means and what to do."))
        elif handing_over.handed_over(self._session.form):
            times = {"times": handing_over.times_handed_over(self._session.form)}
            said.append(
                tr("With that this machine knows, too, that it was handed over (hand-over {times}).", **times)
            )
        tone = Tone.CARE if differences or opened else Tone.GOOD
        action = (tr("Settle them"), self.settle.emit) if differences else ()
        self.result.tell(" ".join(said), tone, *action)

    def _failed(self, error: ParIndexError) -> None:
        self._session.reload()
        self.fault.show_fault(tr(error))


def _nothing_new(taken: list[Taken]) -> str:
    if any(each.outcome is Outcome.OLDER for each in taken):
        return tr("The file is older than what stands here. Nothing had to be changed.")
    return tr("The file was taken in before. Nothing had to be changed.")
