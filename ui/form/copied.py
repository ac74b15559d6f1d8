"""What of a criterion was copied from last year and waits for somebody to say that it holds this year too."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from parindex_desktop.domain.assessments import FIGURES, TEXTS
from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import copying
from resources import msgid
from ui.language import tr
from ui.theme import set_look, tokens
from ui.theme.tokens import Tone
from ui.widgets.buttons import link_button, plain_button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import FieldError, WrapLabel
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parindex_desktop.domain.assessments import Sheet
    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from ui.session import Session

_NAMES: Final = {
    FIGURES: msgid("figures"),
    "explanation": msgid("explanation"),
    "reason": msgid("reason"),
    "note": msgid("note"),
}


_BEFORE: Final = 2
"""Buttons that stand before the links of the parts."""


class CopiedSection(QFrame):
    """Names the copied parts; with a session all of this criterion are confirmed at once, or each by itself.

    `confirmed` is called after the last part was, when the section goes away with the keyboard in it.
    """

    def __init__(
        self,
        criteria: CriteriaSet,
        criterion: Criterion,
        session: Session | None,
        confirmed: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        set_look(self, "tone", Tone.CARE.value)
        self._last_year = str(criteria.year - 1)
        self._criterion = criterion
        self._session = session
        self._confirmed = confirmed
        self._parts: tuple[tuple[str, str], ...] = ()
        self._text = WrapLabel(tone=Tone.CARE)
        self.all = plain_button(tr("Confirm this criterion"), self._confirm)
        self.one_by_one = link_button(tr("One by one…"), self._unfold)
        self._unfolded = False
        self._low = False
        self._links = FlowLayout(across=tokens.EDGE, down=0)
        self._links.addWidget(self.all)
        self._links.addWidget(self.one_by_one)
        self._fault = FieldError()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.BETWEEN, tokens.INSIDE, tokens.BETWEEN, tokens.INSIDE)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self._text)
        column.addLayout(self._links)
        column.addWidget(self._fault)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show what waits."""
        parts = tuple(zip(sheet.unconfirmed, _named(sheet), strict=True))
        set_shown(self.all, shown=self._session is not None)
        if parts != self._parts:
            self._parts = parts
            self._offer()
        self._say()
        set_shown(self, shown=self.waits)

    def show_low(self, *, low: bool) -> None:
        """Count the parts, which are named one by one when asked for, or name them at once."""
        self._low = low
        self._say()

    def _say(self) -> None:
        counts = self._low and len(self._parts) > 1
        self._text.setText(
            tr(
                "Copied from {year}, not confirmed yet: {count} parts.",
                year=self._last_year,
                count=len(self._parts),
            )
            if counts
            else tr(
                "Copied from {year}, not confirmed yet: {parts}.",
                year=self._last_year,
                parts=", ".join(name for _, name in self._parts),
            )
        )

    @property
    def waits(self) -> bool:
        """Whether anything waits."""
        return bool(self._parts)

    def take_keyboard(self) -> None:
        """Put the keyboard where the criterion is confirmed."""
        self.all.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unfold(self) -> None:
        self._unfolded = True
        self._offer()
        item = self._links.itemAt(_BEFORE)
        if item is not None and (link := item.widget()) is not None:
            link.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self) -> None:
        """A link for each part where they are asked for, after the button for all of them."""
        several = self._session is not None and len(self._parts) > 1
        set_shown(self.one_by_one, shown=several and not self._unfolded)
        while self._links.count() > _BEFORE:
            item = self._links.takeAt(_BEFORE)
            link = item.widget() if item else None
            if link is not None:
                link.hide()
                link.deleteLater()
        for part, name in self._parts if several and self._unfolded else ():
            self._links.addWidget(
                link_button(tr("Confirm only: {part}", part=name), partial(self._confirm, (part,)))
            )

    def _confirm(self, parts: Sequence[str] = ()) -> None:
        assert self._session is not None, "who only reads confirms nothing"
        if self.all.isVisible():
            self.all.setFocus(Qt.FocusReason.OtherFocusReason)  # the link that was pressed goes away
        try:
            self._session.edit(
                lambda office, form: copying.confirm(office, form, self._criterion, parts),
            )
        except ParIndexError as fault:
            self._fault.show_fault(tr(fault))
            return
        self._fault.show_fault("")
        if not self._parts:
            self._confirmed()


def _named(sheet: Sheet) -> list[str]:
    """The parts that wait as they are called on the sheet; a document by its number, or its subject."""
    documents = {each.document.id: each.document for each in sheet.evidence}
    names = []
    for part in sheet.unconfirmed:
        if part in {FIGURES, *TEXTS}:
            names.append(tr(_NAMES[part]))
        else:
            document = documents.get(part)
            named = (document.number or document.subject or document.name) if document else ""
            names.append(tr("document “{name}”", name=named) if named else tr("a document"))
    return names
