"""Giải trình, lý do chưa đạt điểm tối đa, ghi chú: shown where they matter, else one key away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from parindex_desktop.domain.assessments import TEXTS
from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.domain.needs import Need
from parindex_desktop.services import filling
from resources import msgid
from ui.form.text_field import TextField
from ui.language import tr
from ui.theme import tokens
from ui.widgets.buttons import link_button
from ui.widgets.flow import FlowLayout
from ui.widgets.places import set_shown

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from parindex_desktop.domain.assessments import Sheet
    from parindex_desktop.domain.criteria import Criterion
    from ui.session import Session

_NAMES: Final = {
    "explanation": msgid("Explanation"),
    "reason": msgid("Reason for less than the maximum"),
    "note": msgid("Note"),
}
_ADD: Final = {
    "explanation": msgid("Add an explanation"),
    "reason": msgid("Add a reason"),
    "note": msgid("Add a note"),
}
_WHY: Final = {
    Need.EVIDENCE: ("explanation", msgid("needed while there is no evidence")),
    Need.EXPLANATION: ("explanation", msgid("needed where there are neither points nor evidence")),
    Need.REASON: ("reason", msgid("required for this criterion")),
}


class TextsSection(QWidget):
    """The texts of one criterion. Without a session only those that say something are shown, to be read."""

    def __init__(
        self, criterion: Criterion, session: Session | None, unread: MutableMapping[str, str]
    ) -> None:
        super().__init__()
        self._criterion = criterion
        self._session = session
        self._unread = unread
        self._asked: set[str] = set()
        self._fields = {
            name: TextField(
                tr(_NAMES[name]),
                partial(self._save, name),
                least=2 if name == "note" else 3,
                read_only=session is None,
            )
            for name in TEXTS
        }
        self._add = {name: link_button(tr(_ADD[name]), partial(self.ask_for, name)) for name in TEXTS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        links = FlowLayout(across=tokens.EDGE, down=0)
        for name in TEXTS:
            column.addWidget(self._fields[name])
            links.addWidget(self._add[name])
        column.addLayout(links)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show what is stored, and what is missing."""
        texts = {"explanation": sheet.explanation, "reason": sheet.reason, "note": sheet.note}
        whys = dict(_WHY[need] for need in reversed(sheet.needs) if need in _WHY)
        below = sheet.outcome.points is not None and sheet.outcome.points < sheet.criterion.maximum
        for name, field in self._fields.items():
            field.show_text(texts[name], tr(whys[name]) if name in whys and self._session else "")
            if field.unread is None:
                self._unread.pop(name, None)
            matters = name in whys or name in self._asked or (name == "reason" and below)
            shown = bool(texts[name]) or (
                self._session is not None
                and (matters or field.unread is not None or field.area is QApplication.focusWidget())
            )
            set_shown(field, shown=shown)
            set_shown(self._add[name], shown=not shown and self._session is not None)

    def show_unread(self, unread: Mapping[str, str]) -> None:
        """Put back what could not be stored when the officer was here before."""
        for name, text in unread.items():
            set_shown(self._fields[name], shown=True)
            self._fields[name].restore(text)

    def ask_for(self, name: str) -> None:
        """Show a text that is empty, and let the officer write it."""
        self._asked.add(name)
        set_shown(self._fields[name], shown=True)
        set_shown(self._add[name], shown=False)
        self._fields[name].take_keyboard()

    def _save(self, name: str, text: str) -> str:
        assert self._session is not None, "a text that is only read is never committed"
        try:
            self._session.edit(
                lambda office, form: filling.set_text(office, form, self._criterion, name, text)
            )
        except ParIndexError as fault:
            self._unread[name] = text
            return tr(fault)
        return ""
