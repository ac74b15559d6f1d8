"""How long the window is at work after an edit in the form: one frame of a screen is 16 ms."""

from __future__ import annotations

import os
import time
from statistics import median, quantiles
from typing import TYPE_CHECKING

from benchmarks import making
from benchmarks.measuring import Line, at_most, options, show, work_folder

if TYPE_CHECKING:
    from pathlib import Path

    from ui.session import Session

FRAME = 16.0
_PATIENCE = 10.0


def session_in_window(home: Path) -> Session:
    """The open office in a window of an office laptop, its form in view."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ui import theme
    from ui.desk import Desk
    from ui.frame.shell import Shell
    from ui.settings import Settings
    from ui.theme.tokens import Theme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, Theme.LIGHT)
    settings = Settings({})
    shell = Shell(settings)
    shell.resize(1366, 768)
    desk = Desk(app, home, settings, shell)
    shell.show()
    desk.start()
    begin = time.monotonic()
    while desk.window is None or desk.window.page("form") is None:
        QTest.qWait(20)
        assert time.monotonic() - begin < _PATIENCE, "the form did not open"
    QTest.qWait(300)
    return desk.session


def edits(session: Session, count: int) -> list[float]:
    """Milliseconds until each of `count` figures is on the disk, scored and painted."""
    from PySide6.QtWidgets import QApplication

    from parindex_desktop.domain.scoring.inputs import InputKind
    from parindex_desktop.services import filling

    leaf = next(
        each
        for each in session.form.criteria.leaves()
        if each.inputs and each.inputs[0].kind is InputKind.COUNT
    )
    name = leaf.inputs[0].name
    taken = []
    for number in range(count):
        given = filling.typed_answer(session.form, leaf, {name: str(number % 9 + 1)})
        begin = time.perf_counter()
        session.edit(lambda office, form, given=given: filling.answer(office, form, leaf, given))
        QApplication.processEvents()
        taken.append((time.perf_counter() - begin) * 1000)
    return taken[5:]


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    chosen = options(__doc__, edits=100)
    lines: list[Line] = []
    with work_folder(chosen.work) as work:
        evidence = making.random_files(work / "evidence", 20, 10_000)
        home = making.commune(work / "office", evidence, 3, locked=False, document=making.set_of_hundred())
        taken = edits(session_in_window(home), chosen.edits)
        lines += [
            at_most("an edit, its flush to the disk included: median", median(taken), FRAME, "ms"),
            at_most("nine of ten edits", quantiles(taken, n=10)[-1], FRAME, "ms"),
        ]
    show(f"A figure changed in a form of 100 criteria, {chosen.edits} times", lines)


if __name__ == "__main__":
    main()
