"""Files of evidence on their way in and out, one after the other, beside the window's own thread.

It outlives the sheet that asked: an officer may go on to another criterion while a large file is copied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from parindex_desktop.domain.errors import Cancelled, ParIndexError
from parindex_desktop.services import attaching, evidence
from ui.language import tr
from ui.widgets.progress import Unit
from ui.widgets.work import WorkStrip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.documents import Document
    from parindex_desktop.services.attaching import KeptFile
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office
    from ui.background import Task
    from ui.session import Session


class FileWork(QWidget):
    """Shows the work under way; `failed` says what went wrong, the empty text when new work begins."""

    failed = Signal(str)

    noted = Signal(str)
    """What the officer has cancelled, said as calmly as it was meant; the empty text when new work begins."""

    attached = Signal(str, str)
    """Criterion and document, after the last of the chosen files was attached."""

    def __init__(self, office: Office, session: Session | None) -> None:
        super().__init__()
        self._office = office
        self._session = session
        self._waiting: list[Callable[[], None]] = []
        self._strip = WorkStrip()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._strip)

    @property
    def busy(self) -> bool:
        """Whether anything is under way or waits."""
        return self._strip.busy or bool(self._waiting)

    def attach(self, criterion: Criterion, paths: Sequence[Path]) -> None:
        """Copy files into the store, then link each to `criterion`; what fails is said, the others come in."""
        self._queue(
            lambda: self._strip.do(
                tr("Copying {count} file(s)", count=len(paths)),
                lambda task: self._keep(task, paths),
                lambda kept: self._link(criterion, kept, len(paths)),
                self._fail,
                Unit.BYTES,
            )
        )

    def open(self, document: Document) -> None:
        """Show a document in the system's viewer."""
        self._queue(
            lambda: self._strip.do(
                tr("Opening “{name}”", name=document.subject),
                lambda _task: evidence.viewable_copy(self._office, document),
                self._show,
                self._fail,
                cancellable=False,
            )
        )

    def save_copy(self, document: Document, target: Path) -> None:
        """Write a document's file to `target`."""
        self._queue(
            lambda: self._strip.do(
                tr("Saving a copy of “{name}”", name=document.subject),
                lambda _task: evidence.save_copy(self._office, document, target),
                lambda _nothing: self._next(),
                self._fail,
                cancellable=False,
            )
        )

    def _queue(self, begin: Callable[[], None]) -> None:
        self._say("")
        self._waiting.append(begin)
        self._next()

    def _next(self) -> None:
        if self._waiting and not self._strip.busy:
            self._waiting.pop(0)()

    def _fail(self, fault: ParIndexError) -> None:
        said = tr(fault)
        if isinstance(fault, Cancelled):
            self._say("", said)
        else:
            self._say(said)
        self._next()

    def _say(self, fault: str, note: str = "") -> None:
        self.failed.emit(fault)
        self.noted.emit(note)

    def _keep(self, task: Task, paths: Sequence[Path]) -> list[KeptFile | ParIndexError]:
        """In the other thread: every file is copied, or has its fault; those after a cancelled one have nothing.

        Of the file that is being copied nothing stays when it is cancelled; those before it are here, so they count.
        """
        outcomes: list[KeptFile | ParIndexError] = []
        sizes = [_size(path) for path in paths]
        for number, path in enumerate(paths):
            before, total = sum(sizes[:number]), sum(sizes)

            def tell(done: int, _own: int, before: int = before, total: int = total) -> None:
                task.advance(before + done, max(before + done, total))

            try:
                task.check()
                outcomes.append(attaching.keep_file(self._office, path, tell))
            except Cancelled:
                if not any(isinstance(each, attaching.KeptFile) for each in outcomes):
                    raise
                break
            except ParIndexError as fault:
                outcomes.append(fault)
        return outcomes

    def _link(self, criterion: Criterion, outcomes: Sequence[KeptFile | ParIndexError], chosen: int) -> None:
        faults: list[str] = []
        left = chosen - len(outcomes)
        last = ""
        for outcome in outcomes:
            try:
                if isinstance(outcome, ParIndexError):
                    raise outcome
                last = self._link_one(criterion, outcome)
            except ParIndexError as fault:
                faults.append(tr(fault))
        cancelled = tr(
            "Cancelled: {left} of {count} files were not attached any more.", left=left, count=chosen
        )
        self._say("\n".join(faults), cancelled if left else "")
        if last:
            self.attached.emit(criterion.id, last if chosen == 1 else "")
        self._next()

    def _link_one(self, criterion: Criterion, kept: KeptFile) -> str:
        """Id of the document that the file has become."""
        assert self._session is not None, "only who may write attaches"
        linked: list[str] = []

        def change(office: Office, form: Form) -> Form:
            sheet = form.assessment.sheets[criterion.id]
            page = next((e.page for e in sheet.evidence if e.document.sha256 == kept.stored.sha256), "")
            form, document = attaching.attach_kept(office, form, criterion, kept, page)
            linked.append(document.id)
            return form

        self._session.edit(change)
        return linked[0]

    def _show(self, copy: Path) -> None:
        if not open_file(copy):
            self.failed.emit(tr("No program on this machine opens this file. Save a copy instead."))
        self._next()


def _size(path: Path) -> int:
    """Bytes of a file, 0 where nobody can tell: what is wrong with it is said when it is copied."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def open_file(path: Path) -> bool:
    """Hand a file to the system's viewer; called through the module, so that a test can look instead."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
