"""The selected unit: what came, who signed it, how paper and file are matched, and the way to its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from parindex_desktop.domain.attention import messages
from parindex_desktop.domain.merge import first_few
from parindex_desktop.domain.revisions import content_code
from parindex_desktop.services import received
from parindex_desktop.services.received import Arrived
from ui.intake import wording
from ui.intake.fork_table import ForkView
from ui.intake.signed_copy import SignedCopy
from ui.language import tr
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.buttons import plain_button
from ui.widgets.facts import Facts
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Role, SectionTitle, WrapLabel
from ui.widgets.notices import Banner
from ui.widgets.panels import Panel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from parindex_desktop.domain.units import Unit
    from parindex_desktop.services.received import Details, HandOver, UnitRow
    from ui.intake.board import Board
    from ui.session import Session


class UnitPane(Panel):
    """Shows one unit of the overview."""

    form_asked = Signal(object)
    """The form of this unit is to be opened."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, scroll=True)
        self._session = session
        self._unit: Unit | None = None
        self._fork: ForkView | None = None
        self.title = WrapLabel("", Role.TITLE)
        self.sentence = WrapLabel("", Role.SECOND)
        self.notice = Banner()
        self.open_button = plain_button(tr("Open the self-assessment"), self.open_form)
        self.facts = Facts()
        self.signed_copy = SignedCopy(session.office)
        self._came_title = SectionTitle(tr("Hand-overs held here"))
        self.came = Facts()
        self._place = QVBoxLayout()
        button = FlowLayout()
        button.addWidget(self.open_button)
        for part in (self.title, self.sentence, self.notice):
            self.content.addWidget(part)
        self.content.addLayout(button)
        self.content.addLayout(self._place)
        self.content.addSpacing(tokens.TIGHT)
        self.content.addWidget(self.facts)
        self.content.addWidget(self.signed_copy)
        self.content.addSpacing(tokens.INSIDE)
        self.content.addWidget(self._came_title)
        self.content.addWidget(self.came)
        self.content.addStretch(1)

    def show_unit(self, row: UnitRow | None, board: Board) -> None:
        """Show this unit, or nothing where none is listed."""
        self._unit = row.unit if row is not None else None
        details = received.details(self._session.office, row.unit, board.year) if row is not None else None
        self.title.setText(row.unit.name if row else "")
        self.sentence.setText("\n".join(_about(row.unit, board)) if row else "")
        form = details.form if details else None
        set_shown(self.open_button, shown=form is not None)
        self.facts.show_lines(
            wording.paper_lines(form, forked=row.arrived is Arrived.FORKED) if row and form else ()
        )
        self.signed_copy.show_copy(form.signed if form is not None else None)
        self._show_notice(row, board, details)
        self._show_fork(row, details)
        came = [line for each in details.hand_overs for line in _came(each)] if details else []
        self.came.show_lines(came)
        set_shown(self._came_title, shown=bool(came))

    def open_form(self) -> None:
        """Ask for the form of the unit shown, if anything came."""
        if self._unit is not None and not self.open_button.isHidden():
            self.form_asked.emit(self._unit)

    def _show_notice(self, row: UnitRow | None, board: Board, details: Details | None) -> None:
        """Say what must be known; above a form in a few words first, so that points and form stay in view."""
        set_shown(self.notice, shown=False)
        said = _notices(row, board, details) if row and details else []
        if row is None or details is None or not said:
            return
        waiting = row.arrived is Arrived.NOTHING and not board.days_late
        brief = wording.arrived_note(row, board.days_late) if details.form is not None else ""
        self.notice.tell(
            "\n".join(said),
            Tone.NEUTRAL if waiting else Tone.CARE,
            closable=False,
            brief=brief[:1].upper() + brief[1:],
        )

    def _show_fork(self, row: UnitRow | None, details: Details | None) -> None:
        if self._fork is not None:
            self._place.removeWidget(self._fork)
            self._fork.deleteLater()
            self._fork = None
        if row is not None and details is not None and details.fork is not None:
            self._fork = ForkView(details.fork, same_key=row.same_key)
            self._place.addWidget(self._fork)


def _about(unit: Unit, board: Board) -> list[str]:
    """Code and kind, and from when to when its figures are counted, where that is not the whole year."""
    counted = unit.counted_in_part(int(board.year))
    code_and_kind = tr("{code} · {level}", code=unit.code, level=tr(unit.level.words))
    return [code_and_kind, *([tr(counted)] if counted else [])]


def _notices(row: UnitRow, board: Board, details: Details) -> list[str]:
    """What must be known about the unit before its figures are read, a sentence each."""
    said = []
    if row.tally is None and board.days_late:
        said.append(
            tr("Nothing was handed over yet; self-assessment ended {days} days ago.", days=board.days_late)
        )
    elif row.tally is None:
        said.append(tr("Nothing was handed over yet. Its bundle will be shown here once it is taken in."))
    if not details.enrolled:
        said.append(
            tr(
                "The unit has no valid key, so no new bundle of it can be taken in. "
                "Enrol its key on the page of units."
            )
        )
    if details.form is not None:
        said += map(tr, messages(details.form, own=False))
    if row.older_set and row.criteria is not None:
        said.append(
            tr(
                "Handed over under version {old} of the criteria set; the year has another one now. The unit is asked "
                "to move its form and to hand over again; until then its answers are read under version {old}.",
                old=row.criteria.version,
            )
        )
    numbers, more = first_few(row.missing)
    if more:
        said.append(
            tr(
                "Hand-over {numbers} and {more} more never came. What is shown is whole all the same: "
                "each hand-over says everything.",
                numbers=numbers,
                more=more,
            )
        )
    elif row.missing:
        said.append(
            tr(
                "Hand-over {numbers} never came. What is shown is whole all the same: each hand-over says everything.",
                numbers=numbers,
            )
        )
    if row.lacking_files:
        said.append(
            tr(
                "{count} file(s) of evidence are not here yet. Ask the unit for a complete bundle.",
                count=row.lacking_files,
            )
        )
    if row.without:
        said.append(tr("Handed over without a signed copy: {reason}", reason=row.without))
    return said


def _came(each: HandOver) -> list[tuple[str, str]]:
    name = tr("Hand-over {number}", number=each.sequence)
    if not each.current:
        name = tr("Hand-over {number} (earlier)", number=each.sequence)
    return [
        (name, tr("received {time}", time=wording.time_text(each.received))),
        ("", tr("signed {time} (unit's own clock)", time=wording.time_text(each.claimed))),
        ("", tr("key code {key}", key=each.key)),
        ("", tr("content code {code}", code=content_code(each.digest))),
    ]
