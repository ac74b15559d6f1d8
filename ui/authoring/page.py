"""The page “Soạn bộ tiêu chí”: the list of sets, the editor of a draft, or two versions side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QStackedLayout

from parindex_desktop.domain.drafting import HEAD_ID
from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services import authoring
from ui.authoring import new_dialog
from ui.authoring.books import SetBooks
from ui.authoring.comparison import CompareView, Version
from ui.authoring.editor import EditorView
from ui.authoring.overview import Overview
from ui.authoring.work import DraftWork
from ui.frame.page import Page, Step, TopLine
from ui.language import tr
from ui.theme.tokens import Tone
from ui.widgets import dialogs
from ui.widgets.committing import commit_typed
from ui.widgets.versions import dated_words, shared

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from PySide6.QtWidgets import QWidget

    from parindex_desktop.domain.drafting import Tree
    from parindex_desktop.services.authoring import Draft
    from ui.authoring.rows import SetRow
    from ui.session import Session

_MOST_HINTS: Final = 3
"""What is to be looked at that the question before publishing names."""


class AuthoringPage(Page):
    """`open_page` opens the page “periods”, where a published set is put to use."""

    def __init__(
        self, session: Session, open_page: Callable[[str], object], memory: MutableMapping[str, str]
    ) -> None:
        super().__init__()
        self._session = session
        self._open_page = open_page
        self._memory = memory
        self._works: dict[str, DraftWork] = {}
        self.editor: EditorView | None = None

    def build(self) -> None:
        """Make the list; the other views are made when they are asked for."""
        self.books = SetBooks(self._session)
        self.overview = Overview(self._memory, self.books)
        self.books.begun.connect(self.overview.banner.hide)
        self.books.taken.connect(lambda tree, name: self._try(lambda: self._take(tree, name)))
        self.books.proposed.connect(self._begin_proposed)
        self.books.written.connect(self._tell_written)
        self.books.refused.connect(lambda error: self.overview.banner.tell(tr(error), Tone.WRONG))
        self.overview.new_asked.connect(self.begin)
        self.overview.edit_asked.connect(lambda row: self.edit(row.draft))
        self.overview.version_asked.connect(self.begin_version)
        self.overview.copy_asked.connect(lambda row: self.begin(row.digest))
        self.overview.compare_asked.connect(self.compare)
        self.overview.delete_asked.connect(self.delete)
        self.comparison = CompareView(self._memory)
        self.comparison.left.connect(self.show_list)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.overview)
        self._stack.addWidget(self.comparison)
        self._session.changed.connect(self._changed)
        self.overview.refresh(self._session.office)

    def activated(self) -> None:
        """Look again."""
        if self._stack.currentWidget() is self.overview:
            self.overview.refresh(self._session.office)

    def leave(self) -> bool:
        """Nothing else is done while a file is read or written."""
        return super().leave() and not self.books.busy

    def top_line(self) -> TopLine:
        """Undo, redo and the publication of the draft in hand."""
        if self.editor is None:
            return TopLine()
        work = self.editor.work
        ready = not work.faults
        hint = "" if ready else tr("Mend what is wrong first: {count}.", count=len(work.faults))
        return TopLine(
            step=Step(tr("Publish…"), self.publish, ready, hint, filled=ready),
            undo=Step(tr("Undo"), self.editor.undo, enabled=work.can_undo),
            redo=Step(tr("Redo"), self.editor.redo, enabled=work.can_redo),
        )

    def panes(self) -> Sequence[QWidget]:
        """Those of the view that is shown."""
        if self.editor is not None:
            return self.editor.panes()
        if self._stack.currentWidget() is self.comparison:
            return self.comparison.panes()
        return self.overview.panes()

    # What the officer does.

    def begin(self, source: str = "") -> None:
        """Begin a set; `source` is the digest of the one proposed to begin with."""
        draft = new_dialog.ask_new(self, self._session.office, source)
        if draft is not None:
            self._session.saved.emit()
            self.edit(draft)

    def begin_version(self, row: SetRow) -> None:
        """Begin the next version of a published set."""
        self._try(lambda: self.edit(authoring.next_version(self._session.office, row.digest)))

    def edit(self, draft: Draft) -> None:
        """Open a draft; what was changed in this sitting can still be taken back."""
        self._close_editor()
        work = self._works.get(draft.id)
        if work is None:
            work = self._works[draft.id] = DraftWork(self._session, draft, self)
        work.look_again()
        self.editor = EditorView(work, self._memory)
        self.editor.left.connect(self.show_list)
        self.editor.changed.connect(self.top_changed)
        self._stack.addWidget(self.editor)
        self._stack.setCurrentWidget(self.editor)
        self.editor.tree.view.setFocus()
        self.top_changed.emit()

    def publish(self) -> None:
        """Freeze the draft in hand, after a question."""
        assert self.editor is not None
        draft, hints = self.editor.work.draft, self.editor.work.hints
        sentence = tr(
            "“{name}” becomes a set of the register and is frozen for good: nobody can change it any more. What is "
            "to be changed later is written as a new version.",
            name=draft.name,
        )
        if hints:
            first = tuple(tr(each.message) for each in hints[:_MOST_HINTS])
            looked = tr("Still to be looked at: {count}. The first: {hints}", count=len(hints), hints=first)
            sentence = f"{sentence}\n\n{looked}"
        if not dialogs.ask(self, tr("Publish the criteria set"), sentence, yes=tr("Publish"), dangerous=True):
            return
        try:
            published = authoring.publish(self._session.office, draft)
        except ParIndexError as error:
            self.editor.banner.tell(tr(error), Tone.WRONG)
            return
        del self._works[draft.id]
        self._session.saved.emit()
        self._session.reload()
        self.show_list()
        self.overview.table.choose(published.digest)
        said = tr("“{name}” is published. Choose it for its year, then export the kit.", name=published.name)
        go = tr("Years and kit"), lambda: self._open_page("periods")
        self.overview.banner.tell(said, Tone.GOOD, *go)

    def delete(self, row: SetRow) -> None:
        """Throw the draft of a row away, after a question."""
        assert row.draft is not None
        draft = row.draft
        sentence = tr("“{name}” is thrown away for good. Published sets are not touched.", name=row.name)
        if dialogs.ask(self, tr("Delete the draft"), sentence, yes=tr("Delete"), dangerous=True):
            self._try(lambda: authoring.delete(self._session.office, draft))
            self._works.pop(draft.id, None)
            self._session.saved.emit()
            self.overview.refresh(self._session.office)

    def compare(self, row: SetRow | None) -> None:
        """Show two versions side by side: `row` and the one before it, of the first one the next; or the two newest."""
        rows = [each for each in self.overview.table.rows.rows() if not each.faults]
        twins = shared(each.names for each in rows if each.draft is None)
        versions = [
            Version(
                dated_words(
                    *each.names,
                    draft=each.draft is not None,
                    digest=each.digest if each.names in twins else "",
                ),
                each.tree,
                each.key,
            )
            for each in rows
        ]
        if len(versions) < 2:
            self.overview.banner.tell(tr("Two sets without faults are needed to compare them."), Tone.CARE)
            return
        self.comparison.show_versions(versions, *_pair(row if row in rows else rows[0], rows))
        self._stack.setCurrentWidget(self.comparison)
        self.comparison.table.setFocus()

    def show_list(self) -> None:
        """Go back to the list of sets."""
        commit_typed()
        current = self.editor.work.draft.id if self.editor is not None else ""
        self._stack.setCurrentWidget(self.overview)
        self._close_editor()
        self.overview.banner.hide()
        self.overview.refresh(self._session.office)
        if current:
            self.overview.table.choose(current)
        self.overview.panes()[0].setFocus()
        self.top_changed.emit()

    # Inside.

    def _take(self, tree: Tree, file: str) -> None:
        """A workbook of a draft that is here goes into it, as one step; any other begins a draft."""
        office = self._session.office
        names = tree["id"], tree["version"]
        drafts = authoring.all_drafts(office)
        same = next(
            (each for each in drafts if (each.tree.get("id"), each.tree.get("version")) == names), None
        )
        self.edit(same or authoring.draft_of_tree(office, tree, authoring.version_before(office, tree)))
        assert self.editor is not None
        if same is None:
            self._session.saved.emit()
            said = tr("A draft was begun with “{name}”.", name=file)
        elif same.tree == tree:
            said = tr("“{name}” says what this draft says already.", name=file)
        elif self.editor.edit(lambda _tree: tree, HEAD_ID):
            said = tr("“{name}” was taken over into this draft. Undo brings back what stood here.", name=file)
        else:
            return
        self.editor.banner.tell(said, Tone.GOOD)

    def _begin_proposed(self, draft: Draft) -> None:
        self._session.saved.emit()
        self.edit(draft)
        assert self.editor is not None
        said = tr(
            "The draft was begun with the table. Complete what is to be mended, and look at what the table left "
            "doubtful: both lists stand above."
        )
        self.editor.banner.tell(said, Tone.GOOD)

    def _tell_written(self, file: str) -> None:
        said = tr(
            "The set was written to {file}. Change it in any spreadsheet program, then take it over here.",
            file=file,
        )
        self.overview.banner.tell(said, Tone.GOOD)

    def _close_editor(self) -> None:
        if self.editor is not None:
            self._stack.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None

    def _changed(self) -> None:
        if self.isVisible():  # else `activated` looks
            self.activated()

    def _try(self, act: Callable[[], object]) -> None:
        self.overview.banner.hide()
        try:
            act()
        except ParIndexError as error:
            self.overview.banner.tell(tr(error), Tone.WRONG)


def _pair(row: SetRow, rows: Sequence[SetRow]) -> tuple[str, str]:
    """The older and the newer version to compare, one of them `row`.

    It is compared with the one it began from, else with an older one for the same level, else with the next one of
    that level, else with any other.
    """
    others = [each for each in rows if each is not row]
    begun = next((each for each in others if row.draft and each.key == row.draft.based_on), None)
    same = [each for each in others if each.tree["level"] == row.tree["level"]]
    older = [each for each in same if _age(each) < _age(row)]
    before = begun or max(older, key=_age, default=None)
    if before is None and (same := [each for each in same if _age(each) > _age(row)]):
        return row.key, min(same, key=_age).key
    return (before or others[0]).key, row.key


def _age(row: SetRow) -> tuple[int, int]:
    return row.tree["year"], row.tree["version"]
