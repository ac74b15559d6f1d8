"""Tables of papers: rows stay whole, headings stay with what they head, totals and signatures with what they close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.platypus import CondPageBreak, Flowable, Table, TableStyle

from exports.reports.layout import BODY_WIDTH, BOTTOM, FACE, LEFT, RIGHT, TOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_UPRIGHT_HEIGHT: Final = A4[1] - TOP - BOTTOM
_WIDE_HEIGHT: Final = A4[0] - LEFT - RIGHT
_WITH_SIGNATURE: Final = 2
"""Rows that stand above a signature: nobody signs a page that says nothing. Of two or three rows it is the last one."""
_BELOW_HEADING: Final = 2
"""Rows of a table that stand on the page of its heading at least."""


class _Grid(Table):  # type: ignore[misc]  # reportlab has no types
    """A table whose rows go over to the next page as a whole; only one longer than a page is divided."""

    continued = False
    """Whether rows of it stand on the page already, so that its head must not stand there again."""

    def split(self, width: float, height: float) -> list[Flowable]:
        """The part that fits into `height`, and the rest; nothing where the page had better be left."""
        self._calc(width, height)
        full = _UPRIGHT_HEIGHT if sum(self._colWidths) <= BODY_WIDTH + 1 else _WIDE_HEIGHT
        parts = self._splitRows(height)
        if not parts and (height >= full - 1 or (self._begins_long(full) and not self.continued)):
            # What should stay together is longer than a page.
            self._nosplitCmds: list[object] = []
            parts = self._splitRows(height) or self._splitRows(height, doInRowSplit=1)
        if len(parts) == 2:
            parts[1].continued = True
        return list(parts)

    def _begins_long(self, full: float) -> bool:
        return bool(sum(self._rowHeights[: self.repeatRows + 1]) > full)


def grid(
    rows: Sequence[Sequence[Flowable | str]],
    widths: Sequence[float],
    *,
    head_rows: int = 1,
    bands: Iterable[int] = (),
    with_next: Iterable[int] = (),
) -> Table:
    """A ruled table whose head is repeated on every page.

    `bands` are rows on a light ground; those of `with_next` do not stand last on a page: headings, and the row before
    a total.
    """
    table = _Grid(rows, colWidths=widths, repeatRows=head_rows)
    look: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), FACE),
        ("GRID", (0, 0), (-1, -1), 0.5, "#444444"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, head_rows - 1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    look += [("BACKGROUND", (0, row), (-1, row), "#F1F3F5") for row in bands]
    look += [("NOSPLIT", (0, first), (0, last)) for first, last in _runs(with_next)]
    table.setStyle(TableStyle(look))
    return table


def _runs(with_next: Iterable[int]) -> list[tuple[int, int]]:
    """First and last rows that stay together: a heading, one below it and its first row are one run."""
    runs: list[tuple[int, int]] = []
    for row in sorted(set(with_next)):
        if runs and runs[-1][1] == row:
            runs[-1] = (runs[-1][0], row + 1)
        else:
            runs.append((row, row + 1))
    return runs


class Signed(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A table with the signature below it, which never stands on a page without rows of the table."""

    def __init__(self, table: Table, signature: Flowable, stay: int | None = None) -> None:
        """`stay` rows stand above the signature; as many as of the whole table where nothing is said."""
        super().__init__()
        self._table = table
        self._signature = signature
        self._stay = min(_WITH_SIGNATURE, self._rows() // 2) if stay is None else stay

    def _rows(self) -> int:
        return int(self._table._nrows) - int(self._table.repeatRows)  # noqa: SLF001  # reportlab's only name for it

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Width and height of both."""
        self.width, table = self._table.wrap(width, height)
        self._below = self._signature.wrap(width, height)[1]
        self.height = table + self._signature.getSpaceBefore() + self._below
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Rows that fit, then the others with the signature."""
        self.wrap(width, height)
        heights = self._table._rowHeights  # noqa: SLF001  # reportlab's only name for them
        parts = []
        if 0 < self._stay < self._rows():
            parts = self._table.split(width, min(height, sum(heights[: -self._stay])))
        if len(parts) == 2:
            return [parts[0], Signed(parts[1], self._signature, self._stay)]
        full = height >= _WIDE_HEIGHT - 1
        return [self._table, self._signature] if full else []

    def beginning(self) -> float:
        """Height of the head and the first rows; of everything where that cannot be divided. Only after `wrap`."""
        if not 0 < self._stay < self._rows():
            return float(self.height)
        return beginning(self._table, min(_BELOW_HEADING, self._rows() - self._stay))

    def draw(self) -> None:
        """Draw the table, and the signature below it."""
        self._table.drawOn(self.canv, 0, self._below + self._signature.getSpaceBefore())
        self._signature.drawOn(self.canv, 0, 0)


def beginning(table: Table, rows: int) -> float:
    """Height of the head of a table that was wrapped, with its first `rows`."""
    return float(sum(table._rowHeights[: int(table.repeatRows) + rows]))  # noqa: SLF001  # reportlab's only name


def headed(
    heading: Sequence[Flowable], table: Table | Signed, width: float, *, whole: bool = True
) -> list[Flowable]:
    """A landscape table below its heading, which never stands alone at the foot of a page.

    Only a table that is longer than a page is divided, and where it must not stay `whole`.
    """
    above = sum(
        each.wrap(width, _WIDE_HEIGHT)[1] + each.getSpaceBefore() + each.getSpaceAfter() for each in heading
    )
    height = above + table.wrap(width, _WIDE_HEIGHT)[1]
    first = above + (table.beginning() if isinstance(table, Signed) else beginning(table, _BELOW_HEADING))
    needed = height if whole and height <= _WIDE_HEIGHT else first
    return [CondPageBreak(min(needed, _WIDE_HEIGHT)), *heading, table]
