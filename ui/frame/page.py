"""What a page promises to the frame, and what the frame asks of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.committing import commit_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.theme.icons import Icon
    from ui.widgets.signs import Sign


@dataclass(frozen=True, slots=True)
class Step:
    """Something the top bar offers to do; `text` and `hint` are already in the reader's language.

    `hint` says why a step is not enabled, or what it will do. Only the one next step of the page is `filled`.
    """

    text: str
    run: Callable[[], object]
    enabled: bool = True
    hint: str = ""
    filled: bool = True


@dataclass(frozen=True, slots=True)
class TopLine:
    """What the top bar shows while a page is open; None and "" leave what the window itself was told."""

    state: Sign | None = None
    note: str = ""
    step: Step | None = None
    undo: Step | None = None
    redo: Step | None = None
    brief: str = ""
    """The note in lines as short as can be, for a narrow window."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page in the navigation, before anything of it is imported.

    `key` is stable (memory, links between pages), `title` is in the reader's language, `make` imports and
    makes the page when it is first shown.
    """

    key: str
    title: str
    icon: Icon
    make: Callable[[], Page]


class Page(QWidget):
    """Base of all pages. Made empty; `build` fills it once, just before it is first shown."""

    top_changed = Signal()
    """The page's `top_line` says something else now."""

    searchable: ClassVar[bool] = False
    """Whether `search` does anything here."""

    def build(self) -> None:
        """Make the widgets; called once."""
        raise NotImplementedError

    def activated(self) -> None:
        """The page is shown (each time): look again at what may have changed elsewhere."""

    def leave(self) -> bool:
        """The page is about to be left or the window closed; False keeps it open.

        The field being typed is committed here, so nothing typed is lost.
        """
        commit_typed()
        return True

    def top_line(self) -> TopLine:
        """What the top bar shows now."""
        return TopLine()

    def search(self, text: str) -> None:
        """Show what matches `text` as it is typed; the empty text ends the search."""

    def panes(self) -> Sequence[QWidget]:
        """The parts that F6 walks through, in reading order."""
        return (self,)
