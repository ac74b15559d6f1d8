"""A table among other parts of a card: as high as its rows, up to a few of them; the rest scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.widgets.views import TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ui.widgets.cells import Column


class ShortTable(TableView):
    """A table that takes no more height than it needs."""

    def __init__(
        self, name: str, columns: Sequence[Column], most: int, parent: QWidget | None = None
    ) -> None:
        """`most` rows are in view at once."""
        self._most = most
        super().__init__(name, columns, parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit_rows(self) -> None:
        """Give each row the height that its texts need, and the table that of its rows."""
        super().fit_rows()
        rows = sum(self.rowHeight(row) for row in range(min(self.model().rowCount(), self._most)))
        self.setFixedHeight(self.columns_header().height() + rows + 2 * self.frameWidth())
