"""The line above form and hand-over: a newer version of the set waits, what a move left out, last year's form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.confirming import mark_of
from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import copying, moving
from parindex_desktop.services.handing_over import times_handed_over
from ui.language import tr
from ui.moving import dialogs
from ui.theme.tokens import Tone
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from decimal import Decimal

    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.moving import LastMove, ToSee
    from ui.session import Session


_LAST_YEAR: Final = "last year"


class SetNotice(Banner):
    """Tells one thing at a time, the most pressing first; hidden where there is nothing to tell."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._read: set[str] = set()
        self._told = ""
        self.offers_copy = False
        self._last: tuple[tuple[str, str], LastMove | None] | None = None
        self._all_seen: datetime | None = None
        self.closed.connect(lambda: self._read.add(self._told))

    def show_form(self, form: Form) -> None:
        """Tell what concerns the set of `form`; `offers_copy` says whether it is last year's answers."""
        self.offers_copy = False
        newer = moving.newer_set(form)
        if newer is not None:
            self._tell_newer(form, newer)
        elif form.assessment.lock is None and (last := self._last_move(form)) is not None:
            self._tell_last(form, last)
        elif not any(mark_of(key) for key in form.series.values()) and copying.holds_last_year(
            self._session.office, form
        ):
            self._tell_last_year(form)
        else:
            self.hide()

    def open_move(self) -> None:
        """Show what moving to the newer version does."""
        self._open(dialogs.open_move)

    def to_see(self, form: Form) -> Mapping[str, ToSee]:
        """What the last move left to be looked at and nobody has looked at yet; none while figures are locked."""
        last = self._last_move(form)
        if last is None or form.assessment.lock is not None or last.at == self._all_seen:
            return {}
        found = moving.still_to_see(self._session.office, form, last)
        if not found:
            self._all_seen = last.at
        return found

    def open_copy(self) -> None:
        """Show what copying last year's answers does."""
        self._open(dialogs.open_copy)

    def _tell_newer(self, form: Form, newer: CriteriaSet) -> None:
        values = {"old": form.criteria.version, "new": newer.version}
        if form.assessment.lock is not None:
            first = tr(
                "Moving unlocks the figures too. Do not unlock them before: locked again without moving, they would be "
                "printed and signed under version {old} once more.",
                **values,
            )
        else:
            first = tr(
                "Move before locking: otherwise version {old} would be printed and signed, and then all of it again.",
                **values,
            )
        brief = tr("The set has version {new}; this form is under version {old}. Move first.", **values)
        self.tell(
            tr("{first} {second}", first=newer_words(form, newer), second=first),
            Tone.CARE,
            tr("Look and move…"),
            self.open_move,
            closable=False,
            brief=brief,
        )

    def _tell_last(self, form: Form, last: LastMove) -> None:
        was, now = last.totals
        values: dict[str, int | Decimal] = {
            "old": last.old.version,
            "new": last.new.version,
            "was": was,
            "now": now,
        }
        values["count"] = sum(each.id in form.assessment.sheets for each in last.to_see)
        if was == now:
            sentence = tr(
                "The form was moved from version {old} to version {new} of the criteria set; its self points stay "
                "{now}. To be looked at: {count}.",
                **values,
            )
            brief = tr("Moved to version {new}. To be looked at: {count}.", **values)
        else:
            sentence = tr(
                "The form was moved from version {old} to version {new} of the criteria set; its self points changed "
                "from {was} to {now}. To be looked at: {count}.",
                **values,
            )
            brief = tr(
                "Moved to version {new}: {was} → {now} points. To be looked at: {count}.",
                **values,
            )
        if gone := len(last.to_see) - int(values["count"]):
            more = tr(
                "Not in the set any more: {count}; what was entered there stands in the list.", count=gone
            )
            sentence = tr("{first} {second}", first=sentence, second=more)
        look = tr("See it, or undo…")
        self._tell_once(f"moved {last.at}", sentence, brief, look, lambda: self._open(dialogs.open_last_move))

    def _tell_last_year(self, form: Form) -> None:
        sentence = tr(
            "The form of {year} is held here. Its answers can be copied as a draft, each to be confirmed.",
            year=copying.last_year(form),
        )
        brief = tr("The answers of {year} can be copied as a draft.", year=copying.last_year(form))
        self._tell_once(_LAST_YEAR, sentence, brief, tr("Look and copy…"), self.open_copy)

    def _tell_once(
        self, told: str, sentence: str, brief: str, action: str, run: Callable[[], object]
    ) -> None:
        """Tell it until the officer has closed it."""
        self._told = told
        if told in self._read:
            self.hide()
            return
        self.offers_copy = told == _LAST_YEAR
        self.tell(sentence, Tone.ACCENT, action, run, brief=brief)

    def _last_move(self, form: Form) -> LastMove | None:
        """The last move; looked up again only when the form is under another set."""
        under = form.year, form.criteria.digest
        if self._last is None or self._last[0] != under:
            self._last = under, moving.last_move(self._session.office, form)
        return self._last[1]

    def _open(self, show: Callable[[SetNotice, Session], None]) -> None:
        try:
            show(self, self._session)
        except ParIndexError as fault:
            self.tell(tr(fault), Tone.CARE)


def newer_words(form: Form, newer: CriteriaSet) -> str:
    """That the `form` is to be moved to a `newer` version of its set."""
    values = {"old": form.criteria.version, "new": newer.version}
    if times_handed_over(form):
        return tr(
            "The province has published version {new} of the criteria set. What was handed over stays under "
            "version {old}; move the form, look through what changed, and hand over again to confirm.",
            **values,
        )
    return tr(
        "The province has published version {new} of the criteria set; this form is still under version {old}.",
        **values,
    )
