"""The bundle selected on the desk: what it is, what it changes, who signed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from parindex_desktop.domain.attention import messages
from parindex_desktop.domain.revisions import Kind, content_code
from parindex_desktop.services.receiving import Outcome
from ui.intake import wording
from ui.intake.fork_table import ForkView
from ui.language import tr
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.facts import Facts
from ui.widgets.labels import Role, WrapLabel
from ui.widgets.notices import Banner
from ui.widgets.panels import Panel
from ui.widgets.places import set_shown
from ui.widgets.progress import size_text

if TYPE_CHECKING:
    from parindex_desktop.services.receiving import Taken


class BundlePane(Panel):
    """Shows one outcome; empty until there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, scroll=True)
        self.title = WrapLabel("", Role.TITLE)
        self.sentence = WrapLabel("", Role.SECOND)
        self.problem = Banner()
        self._place = QVBoxLayout()
        self._fork: ForkView | None = None
        self._paper = Facts()
        self._file = Facts()
        for part in (self.title, self.sentence, self.problem):
            self.content.addWidget(part)
        self.content.addLayout(self._place)
        self.content.addWidget(self._paper)
        self.content.addSpacing(tokens.INSIDE)
        self.content.addWidget(self._file)
        self.content.addStretch(1)

    def show_taken(self, taken: Taken | None) -> None:
        """Show this outcome, or nothing."""
        self._show_fork(taken)
        set_shown(self.problem, shown=False)
        if taken is None:
            self.title.setText("")
            self.sentence.setText("")
            self._paper.show_lines(())
            self._file.show_lines(())
            return
        self.title.setText(taken.unit_name or taken.source)
        self.sentence.setText(_sentence(taken))
        if taken.problem is not None:
            tone = Tone.WRONG if taken.outcome is Outcome.REFUSED else Tone.CARE
            self.problem.tell(tr(taken.problem), tone, closable=False)
        brought = taken.brought
        assessment = brought.assessment if brought else None
        told = messages(assessment, own=False) if assessment else []
        if told:
            sentences = tr("{value}", value="\n".join(map(tr, told)))
            self.problem.tell(sentences, Tone.CARE, closable=False)
        self._paper.show_lines(wording.paper_lines(assessment, forked=False) if assessment else ())
        self._file.show_lines(_file_lines(taken))

    def _show_fork(self, taken: Taken | None) -> None:
        if self._fork is not None:
            self._place.removeWidget(self._fork)
            self._fork.deleteLater()
            self._fork = None
        if taken is not None and taken.brought is not None and taken.brought.fork is not None:
            self._fork = ForkView(taken.brought.fork, same_key=taken.same_key)
            self._place.addWidget(self._fork)


def _sentence(taken: Taken) -> str:
    if taken.kind is Kind.KIT:
        return _kit_sentence(taken)
    values = {"number": taken.sequence, "changed": taken.changed}
    match taken.outcome:
        case Outcome.FIRST:
            return tr("The unit hands over for the first time.")
        case Outcome.LATER:
            return tr("Hand-over {number}: {changed} criteria changed against what is held.", **values)
        case Outcome.FORKED:
            return tr("Made side by side with another version, from the same earlier one.")
        case Outcome.HELD | Outcome.TWIN:
            return _held_sentence(taken)
        case Outcome.OLDER:
            return tr(
                "A newer one that continues it is held already. It completes the history; no figure changes."
            )
        case Outcome.REFUSED:
            return tr("Nothing of this file is taken in.")
        case Outcome.FAILED:
            return tr("The machine could not read or keep this file.")


def _kit_sentence(taken: Taken) -> str:
    match taken.outcome:
        case Outcome.HELD | Outcome.TWIN:
            return _held_sentence(taken)
        case Outcome.OLDER:
            return tr("A newer kit that continues it is held already. Nothing changes.")
        case Outcome.FORKED if taken.differences:
            return tr(
                "A kit of this province made side by side with the one held here: {count} place(s) differ. Take it "
                "in, settle them on the page “Figures to be settled”, then export a kit that continues both.",
                count=taken.differences,
            )
        case Outcome.FORKED:
            return tr(
                "A kit of this province made side by side with the one held here; they go together. Take it in, then "
                "export a kit that continues both."
            )
    return tr("A kit of the province.")


def _held_sentence(taken: Taken) -> str:
    """What a bundle brings that was taken in before, or that says what another in the list says."""
    said = (
        tr("It says the very same as “{file}” in this list, and counts once.", file=taken.twin_of)
        if taken.twin_of
        else tr("This very bundle was taken in before.")
    )
    if taken.restored:
        more = tr(
            "It brings {count} file(s) of evidence that are missing or damaged here.", count=taken.restored
        )
        return tr("{said} {more}", said=said, more=more)
    return said if taken.twin_of else tr("This very bundle was taken in before. Nothing changes.")


def _file_lines(taken: Taken) -> list[tuple[str, str]]:
    brought = taken.brought
    missing = wording.missing_note(taken.missing)
    of_a_kit = taken.kind is Kind.KIT
    return [
        (tr("Gap"), missing),
        (tr("Evidence"), "" if taken.complete else tr("not all files are in the bundle")),
        (
            tr("Key code of the province") if of_a_kit else tr("Key code of the unit"),
            brought.key if brought else "",
        ),
        (tr("Signed (signer's own clock)"), wording.time_text(brought.claimed) if brought else ""),
        (tr("Bundle"), taken.source),
        (tr("Size"), size_text(taken.size) if taken.size else ""),
        (tr("Content code (SHA-256)"), content_code(taken.digest or "")),
    ]
