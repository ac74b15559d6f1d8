"""What would become of the answers, looked at before it is done; and afterwards what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.moving_answers import Fate
from parindex_desktop.services import copying, moving
from ui.form.sheet_head import titled
from ui.form.wording import NOTHING
from ui.language import tr
from ui.theme import tokens
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets import choices
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.cells import PAD_X, Column
from ui.widgets.chips import Chip, chip_width
from ui.widgets.dialogs import Dialog
from ui.widgets.fields import TextArea
from ui.widgets.flow import FlowLayout
from ui.widgets.labelled import Labelled
from ui.widgets.labels import FieldError
from ui.widgets.rows import Cell, RowsTable
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.moving_answers import Moved
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.moving import LastMove, LeftOut, Preview, ToSee
    from ui.session import Session

_TONES: Final = {
    Fate.VOID: (Tone.WRONG, Icon.WARNING),
    Fate.PARTLY: (Tone.CARE, Icon.WARNING),
    Fate.TO_CHECK: (Tone.CARE, Icon.LATER),
    Fate.FIGURES: (Tone.CARE, Icon.LATER),
    Fate.NEW: (Tone.ACCENT, Icon.NEW),
    Fate.MOVED: (Tone.GOOD, Icon.COMPLETE),
}
_SIZE: Final = 860, 620


class AheadDialog(Dialog):
    """Shows what becomes of every answer, what needs care first; does it when the officer says so.

    Answers that move as they are, which say nothing new, are shown when asked for.
    """

    def __init__(
        self, parent: QWidget | None, title: str, sentence: str, ahead: Preview, action: str
    ) -> None:
        super().__init__(parent, title, sentence)
        self.open_at(*_SIZE)
        self._ahead = ahead
        counts = FlowLayout(across=tokens.INSIDE, down=tokens.TIGHT)
        for fate, count in ahead.counts().items():
            sign = self._sign(fate)
            words = tr("{what}: {count}", what=tr(sign), count=count)
            counts.addWidget(Chip(Sign("{value}", sign.tone, sign.icon, {"value": words})))
        state = max(chip_width(self._sign(fate)) for fate in ahead.counts()) + 2 * PAD_X + 1
        columns = [
            (tr("Code"), Column(84, least=70)),
            (tr("Criterion"), Column(220, 3, least=120)),
            (tr("What copying does") if ahead.copies else tr("What will become of it"), Column(state)),
            (tr("Why"), Column(200, 3, least=120)),
        ]
        self.table: RowsTable[Moved] = RowsTable(
            tr("What copying does to each criterion")
            if ahead.copies
            else tr("What will become of the answers"),
            columns,
            self._cells,
            lambda line: line.id,
        )
        unchanged = sum(line.unchanged for line in ahead.report)
        self.every = choices.check(
            tr("Show also the {count} criteria that nothing happens to", count=unchanged)
        )
        self.every.button.toggled.connect(self._list)
        folds = not ahead.copies and 0 < unchanged < len(ahead.report)
        self.every.button.setChecked(not folds)
        self.every.setVisible(folds)
        self._list()
        counts.addWidget(self.every)
        self.content.addLayout(counts)
        self.content.addWidget(self.table, 1)
        self.fault = FieldError()
        self.content.addWidget(self.fault)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(action, self.accept), default=True)
        self.table.setFocus()

    def _list(self) -> None:
        every = self.every.button.isChecked()
        self.table.show_rows([line for line in self._ahead.report if every or not line.unchanged])

    def _sign(self, fate: Fate) -> Sign:
        return Sign(self._ahead.words(fate), *_TONES[fate])

    def _cells(self, line: Moved) -> Sequence[Cell]:
        criterion = line.new or line.old
        sign = self._sign(line.fate)
        return (
            Cell(moving.codes(line)),
            Cell(criterion.title if criterion else line.id),
            Cell(tr(sign), sign),
            Cell("\n".join(tr(reason) for reason in moving.reasons(line)), second=True),
        )


class MoveDialog(AheadDialog):
    """Brings the form under the newer version of the set. Raises what `moving.preview_move` names."""

    def __init__(self, parent: QWidget | None, session: Session) -> None:
        form = session.form
        ahead = moving.preview_move(form)
        values = {"old": ahead.old.version, "new": ahead.new.version}
        sentence = tr(
            "The answers were entered under version {old} of the criteria set. Nothing is changed before you press the "
            "button. A backup is made first; the move can be undone until something else is changed. What was handed "
            "over stays as it is.",
            **values,
        )
        super().__init__(
            parent,
            tr("Move the form to version {new} of the set?", **values),
            sentence,
            ahead,
            tr("Move the form"),
        )
        self._session = session
        self.reason = TextArea(tr("Reason for unlocking"), least=1, limit=2000)
        self._labelled = Labelled(
            tr("The figures are locked: why they are unlocked for this (stays in the journal)"), self.reason
        )
        self._labelled.setVisible(form.assessment.lock is not None)
        self.content.insertWidget(self.content.count() - 1, self._labelled)

    def accept(self) -> None:
        """Move, or say why not."""
        why = self.reason.value()
        if not why and not self._labelled.isHidden():
            self._labelled.fault.show_fault(tr("Write the reason first."))
            self.reason.setFocus()
            return
        if _done(self.fault, self._session.move, lambda office, form: moving.move_form(office, form, why)):
            super().accept()


class CopyDialog(AheadDialog):
    """Copies last year's answers. Raises what `copying.preview_copy` names."""

    def __init__(self, parent: QWidget | None, session: Session) -> None:
        ahead = copying.preview_copy(session.office, session.form)
        values = {"year": str(ahead.old.year)}
        sentence = tr(
            "Only criteria without an answer are filled. Each part is marked until somebody confirms it or enters it "
            "anew, so that nothing of {year} is handed over unseen.",
            **values,
        )
        super().__init__(
            parent,
            tr("Copy the answers of {year}?", **values),
            sentence,
            ahead,
            tr("Copy, to be confirmed"),
        )
        self._session = session

    def accept(self) -> None:
        """Copy, or say why not."""
        if _done(self.fault, self._session.edit, copying.copy_forward):
            super().accept()


class LastMoveDialog(Dialog):
    """What there is to see to after the last move, with what it left out; undoes it while that can be."""

    def __init__(self, parent: QWidget | None, session: Session, last: LastMove) -> None:
        values = {"old": last.old.version, "new": last.new.version, "at": last.at, "by": last.by}
        undo = (
            tr("Nothing was changed since, so the move can be undone.")
            if last.can_undo
            else tr("The form was changed since, so the move cannot be undone any more.")
        )
        moved = tr("Moved from version {old} to version {new} at {at} by {by}.", **values)
        super().__init__(
            parent, tr("To be looked at after the move"), tr("{first} {second}", first=moved, second=undo)
        )
        self.open_at(*_SIZE)
        self._session = session
        state = max((chip_width(_sign_of(each.fate)) for each in last.to_see), default=0) + 2 * PAD_X + 1
        columns = [
            (tr("Criterion"), Column(200, 3, least=140)),
            (tr("What became of it"), Column(state)),
            (tr("What changed, and what was left out"), Column(240, 4, least=140)),
        ]
        self.table: RowsTable[ToSee] = RowsTable(
            tr("To be looked at after the move"), columns, _to_see_cells, lambda each: each.id
        )
        self.table.show_rows(last.to_see)
        self.fault = FieldError()
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.fault)
        if last.can_undo:
            self.add_left(plain_button(tr("Undo the move"), self.undo))
        self.add_button(filled_button(tr("Close"), self.reject), default=True)
        self.table.setFocus()

    def undo(self) -> None:
        """Undo the move, or say why not."""
        if _done(self.fault, self._session.move, moving.undo_move):
            self.accept()


def open_move(parent: QWidget | None, session: Session) -> None:
    """Let the officer look at the move, and do it. Raises what `moving.preview_move` names."""
    MoveDialog(parent, session).exec()


def open_copy(parent: QWidget | None, session: Session) -> None:
    """Let the officer look at what copying does, and do it. Raises what `copying.preview_copy` names."""
    CopyDialog(parent, session).exec()


def open_last_move(parent: QWidget | None, session: Session) -> None:
    """Show what there is to see to after the last move."""
    last = moving.last_move(session.office, session.form)
    if last is not None:
        LastMoveDialog(parent, session, last).exec()


def _done(
    fault: FieldError,
    take: Callable[[Callable[[Office, Form], Form]], None],
    change: Callable[[Office, Form], Form],
) -> bool:
    """Whether the change was made; where not, `fault` says why."""
    try:
        take(change)
    except ParIndexError as error:
        fault.show_fault(tr(error))
        return False
    return True


def _sign_of(fate: Fate) -> Sign:
    return Sign(fate.words, *_TONES[fate])


def _to_see_cells(each: ToSee) -> Sequence[Cell]:
    sign = _sign_of(each.fate)
    return (
        Cell(titled(each.criterion) if each.criterion else NOTHING),
        Cell(tr(sign), sign),
        Cell("\n".join(lines_of(each)), second=True),
    )


def lines_of(each: ToSee) -> list[str]:
    """What a move changed in a criterion and left out of its answer, line by line."""
    return [*map(tr, each.changes), *map(_left_out, each.left_out)]


def _left_out(each: LeftOut) -> str:
    said = "; ".join(line if isinstance(line, str) else tr(line) for line in each.lines)
    return tr("{what}: {text}", what=tr(each.part), text=said)
