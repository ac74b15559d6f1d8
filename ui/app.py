"""The window's start and end: it is painted first, then what it holds is imported and made."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Final

from ui import language, theme
from ui.frame.shell import Shell
from ui.settings import FILE, Memory, Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from resources import Language
    from ui.desk import Desk


TURN: Final = 0.0005
"""Seconds after which work beside the window gives way to it.

Drawing a list goes in and out of Qt hundreds of times, and each time may have to wait its turn: with Python's own
5 ms the window would stand still until the work is done.
"""


def run(home: Path, chosen: Language | None, argv: Sequence[str]) -> int:
    """Open the window for the office in `home`, and return the exit status when it is closed.

    `chosen` is a language asked for on the command line; None is the one chosen in the window.
    """
    sys.setswitchinterval(TURN)
    app = theme.application(argv[0] if argv else "parindex")
    settings = Settings(Memory(home / FILE), chosen)
    language.use(settings.language, app)
    theme.apply(app, settings.theme)
    shell = Shell(settings)
    desk: Desk | None = None

    def fill() -> None:
        # After the first paint, like all that these need.
        from ui.desk import Desk  # noqa: PLC0415
        from ui.widgets.error_report import catch_bugs  # noqa: PLC0415

        nonlocal desk
        catch_bugs()
        desk = Desk(app, home, settings, shell)
        desk.opened.connect(_collect_garbage)
        desk.start()

    shell.painted.connect(fill)
    shell.appear()
    status = app.exec()
    if desk is not None:
        desk.close()
    return status


def _collect_garbage() -> None:
    """From now on; what was imported stays, and is passed over."""
    gc.freeze()
    gc.enable()
