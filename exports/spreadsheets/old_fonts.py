"""Cells of a workbook that were typed with an old Vietnamese font: found and shown as they would read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from exports.spreadsheets.grid import Grid
from parindex_desktop.domain.legacy import Legacy, OldFonts, converted, detect, reads_as
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class OldText:
    """A cell that seems typed with an old font, and what it would read."""

    sheet: str
    cell: str
    row: int
    column: int
    legacy: Legacy
    before: str
    after: str

    def fault(self) -> Message:
        """The sentence that asks for the conversion."""
        values = {
            "sheet": self.sheet,
            "cell": self.cell,
            "row": self.row,
            "font": _NAMES[self.legacy],
            "text": shortened(self.before, 60),
            "after": shortened(self.after, 60),
        }
        template = msgid(
            "Sheet “{sheet}”, cell {cell}: “{text}” was typed with an old font ({font}) and would read “{after}”. "
            "Convert the old texts, or take them as they are."
        )
        return Message("book.old_font", template, values)


_NAMES = {Legacy.TCVN3: "TCVN3 (ABC)", Legacy.VNI: "VNI"}


def old_texts(grids: Sequence[Grid]) -> tuple[OldText, ...]:
    """The cells typed with an old font; short ones that could be Unicode too count where most of the others do not."""
    texts = [
        (grid, cell, detect(cell.value))
        for grid in grids
        for cell in grid.cells.values()
        if cell.is_text and not cell.value.isascii()
    ]
    known = Counter(legacy for _, _, legacy in texts if legacy is not None)
    usual = max(known, key=lambda legacy: known[legacy], default=None)
    is_usual = known.total() * 2 > len(texts)
    found = []
    for grid, cell, sure in texts:
        legacy = sure or (usual if usual and is_usual and reads_as(cell.value, usual) else None)
        if legacy is not None and (after := converted(cell.value, legacy)) != cell.value:
            found.append(OldText(grid.title, cell.place, cell.row, cell.column, legacy, cell.value, after))
    return tuple(found)


def unchanged_or_converted(grids: Sequence[Grid], old: Iterable[OldText], choice: OldFonts) -> list[Grid]:
    """`grids`, with the old texts as they read where that was chosen."""
    if choice is not OldFonts.CONVERT:
        return list(grids)
    after = {(each.sheet, each.row, each.column): each.after for each in old}
    return [
        Grid(
            grid.title,
            {
                place: replace(cell, value=after.get((grid.title, *place), cell.value))
                for place, cell in grid.cells.items()
            },
            grid.merged,
        )
        for grid in grids
    ]
