"""In tổng hợp: the summary of self points as a file, and opening it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ui.language import tr
from ui.theme.tokens import Tone
from ui.widgets import dialogs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.widgets.notices import Banner


def ask_target(parent: QWidget, year: str, ending: str) -> Path | None:
    """Where the summary goes, with the `ending` that says its kind; None when cancelled."""
    proposed = Path(f"Tong-hop-diem-tu-cham-{year}{ending}")
    kinds = "PDF (*.pdf)" if ending == ".pdf" else "XLSX (*.xlsx)"
    target = dialogs.choose_target(
        parent, tr("Summary of self points"), proposed, kinds, dialogs.Purpose.PAPERS
    )
    if target is None or target.suffix.lower() == ending:
        return target
    return target.with_name(target.name + ending)


def tell_written(banner: Banner, file: Path) -> None:
    """Say that `file` was written, and offer to open it."""
    said = tr("The summary was written to {file}.", file=str(file))
    banner.tell(said, Tone.GOOD, tr("Open it"), lambda: _open(banner, file))


def _open(banner: Banner, file: Path) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
        banner.tell(
            tr("No program opens “{name}” on this machine. Open it from its folder.", name=file.name),
            Tone.CARE,
        )
