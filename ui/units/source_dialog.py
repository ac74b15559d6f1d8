"""Before a list is taken over: what it must look like, and samples to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu

from parindex_desktop.domain.errors import ParIndexError
from parindex_desktop.services.unit_samples import Shape, write_sample
from ui.language import tr
from ui.widgets import dialogs
from ui.widgets.buttons import filled_button, plain_button
from ui.widgets.dialogs import Dialog
from ui.widgets.labels import FieldError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PROPOSED = Path("Danh-muc-don-vi.xlsx")


class SourceDialog(Dialog):
    """Asks for the workbook to be taken over (`source`), or writes a sample."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Take over a list of units"),
            tr(
                "An Excel workbook with the columns Mã, Tên, Cấp, and where they are needed Mã cấp trên, Khối, Từ "
                "ngày, Đến ngày, Đơn vị kế tục (codes with semicolons between them), Số liệu từ ngày, Số liệu đến "
                "ngày; other organisations on a sheet of their own. What it would change is shown before anything "
                "is taken over. A column that is not there leaves what is known as it is; an empty cell empties it."
            ),
        )
        self.setMinimumWidth(560)
        self.source: Path | None = None
        self._said = FieldError()
        self.content.addWidget(self._said)
        self.sample = plain_button(tr("Sample file…"))
        self.sample.setMenu(self._menu())
        self.add_left(self.sample)
        self.add_button(plain_button(tr("Cancel"), self.reject))
        self.add_button(filled_button(tr("Choose the workbook…"), self.accept), default=True)

    def accept(self) -> None:
        """Close once a file is chosen."""
        files = dialogs.choose_files(
            self, tr("List of units"), tr("Excel workbooks") + " (*.xlsx)", dialogs.Purpose.LISTS
        )
        if files:
            self.source = files[0]
            super().accept()

    def write(self, shape: Shape) -> None:
        """Write a sample to where the officer wants it."""
        target = choose_target(self, Path(f"Danh-muc-mau-{shape.value}.xlsx"))
        if target is None:
            return
        try:
            write_sample(shape, target)
        except ParIndexError as error:
            self._said.show_fault(tr(error))
        else:
            self._said.show_note(tr("The sample was written to {file}.", file=str(target)))
        self.grow()

    def said(self) -> str:
        """What became of the sample."""
        return self._said.text()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for shape in Shape:
            action = QAction(tr(shape.words), menu)
            action.triggered.connect(lambda _checked=False, shape=shape: self.write(shape))
            menu.addAction(action)
        return menu


def choose_target(parent: QWidget | None, proposed: Path = PROPOSED) -> Path | None:
    """Where a list is to be written; it ends in .xlsx whatever was typed."""
    target = dialogs.choose_target(
        parent, tr("List of units"), proposed, "XLSX (*.xlsx)", dialogs.Purpose.LISTS
    )
    if target is None or target.suffix.lower() == ".xlsx":
        return target
    return target.with_name(f"{target.name}.xlsx")


def ask_source(parent: QWidget | None) -> Path | None:
    """The workbook that was chosen, or None. Called through the module, so that a test can answer."""
    dialog = SourceDialog(parent)
    return dialog.source if dialog.exec() == QDialog.DialogCode.Accepted else None
