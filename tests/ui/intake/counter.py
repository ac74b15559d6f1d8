"""Where the province takes in: the window with the page, and what it asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.services import filling, locking, receiving
from tests.offices import answer, figures_of, hand_over
from tests.ui.hands import in_window
from ui.intake.page import IntakePage
from ui.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.receiving import Outcome
    from tests.offices import Scene


class Counter:
    """The page of a province."""

    def __init__(self, qtbot: QtBot, scene: Scene, office: Office) -> None:
        self.qtbot = qtbot
        self.scene = scene
        self.session = Session(office)
        self.opened: list[str] = []
        self.window = in_window(qtbot, lambda: IntakePage(self.session, self.opened.append, {}))
        self.window.resize(1366, 768)
        page = self.window.current_page()
        assert isinstance(page, IntakePage)
        self.page = page

    def settle(self) -> None:
        """Wait until nothing is read or taken in any more."""
        self.qtbot.waitUntil(lambda: not self.page.work.busy and not self.page.reader.busy)

    def check(self, *paths: Path) -> None:
        """Look at bundles, as after dropping them."""
        self.page.overview.drop.chosen.emit(list(paths))
        self.settle()

    def outcomes(self) -> list[Outcome]:
        """The verdicts on the desk."""
        return [taken.outcome for _, taken in self.page.desk.table.rows.rows()]

    def units(self) -> list[tuple[str, str]]:
        """Code and state of the units that are listed."""
        rows = self.page.overview.table.rows
        return [(rows.cell(n, 0).text, rows.cell(n, 3).spoken()) for n in range(rows.rowCount())]

    def choose(self, code: str) -> None:
        """Select the unit with that code."""
        rows = self.page.overview.table.rows.rows()
        self.page.overview.table.choose(next(row.unit.id for row in rows if row.unit.code == code))

    def two_versions(self, folder: Path) -> tuple[Path, ...]:
        """Bundles of Bản Hồ of which the last was made beside the one before it, with one difference."""
        office = self.scene.office("ban-ho-2")
        receiving.take_in(office, [self.scene.file("ban-ho-1.cchc")])
        form = locking.unlock(office, filling.open_form(office), "Sửa")
        answer(office, form, "1.2", **figures_of(form, "1.2", "30"))
        other = hand_over(office, folder / "other.cchc")
        return (self.scene.file("ban-ho-1.cchc"), self.scene.file("ban-ho-2.cchc"), other)
