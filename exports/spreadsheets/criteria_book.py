"""A criteria set in a workbook: written, edited in any spreadsheet program, and read again without loss.

Every fault is named with sheet, row and column, all of them at once and in that order: what the cells say wrongly, and
what the reader of sets finds wrong in the whole, brought back to the cell that it comes from.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exports.spreadsheets.book_faults import in_order, placed
from exports.spreadsheets.book_reading import Book
from exports.spreadsheets.criteria_columns import CRITERIA, HEAD
from exports.spreadsheets.criteria_writing import criteria_book
from exports.spreadsheets.grid import read_grids
from exports.spreadsheets.old_fonts import OldText, old_texts, unchanged_or_converted
from parindex_desktop.domain.criteria_reading import CriteriaSetFaulty, read_criteria_set
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from exports.spreadsheets.grid import Grid
    from parindex_desktop.domain.criteria import CriteriaSet


class NotACriteriaBook(UserError):
    """A workbook, but not one that this program wrote a set to."""

    code = "book.not_criteria"
    template = msgid(
        "“{name}” has no sheets “{head}” and “{criteria}”, so it holds no criteria set of this program. Nothing was "
        "taken over; if it is the table as the province publishes it, choose the import of such a table."
    )


@dataclass(frozen=True, slots=True)
class BookRead:
    """What a workbook says. With faults there is no set; `tree` is then what could be read of it.

    `old_texts` are the cells typed with an old font, with what they would read.
    """

    tree: dict[str, Any]
    criteria: CriteriaSet | None
    faults: tuple[Message, ...]
    old_texts: tuple[OldText, ...] = ()

    def document(self) -> bytes:
        """The set as the file that `read_criteria_set` reads."""
        return json.dumps(self.tree, ensure_ascii=False, indent=1).encode() + b"\n"


def write_criteria_book(target: Path, tree: Mapping[str, Any]) -> None:
    """Write the set `tree`, or a draft of one, to `target`."""
    criteria_book(tree).save(target)


def read_criteria_book(
    data: bytes,
    name: str,
    schema: Mapping[str, Any],
    *,
    old_fonts: OldFonts = OldFonts.ASK,
    new_id: Callable[[], str] = lambda: str(uuid.uuid4()),
) -> BookRead:
    """Read the workbook in `data`; `name` is that of its file, `schema` the published JSON Schema of a set.

    A row without an id gets one by `new_id`. Raises what `open_workbook` names, or `NotACriteriaBook`.
    """
    grids = read_grids(data, name)
    old = old_texts(grids)
    by_title: dict[str, Grid] = {}
    for grid in unchanged_or_converted(grids, old, old_fonts):
        by_title.setdefault(folded(grid.title.strip()), grid)
    if not {folded(HEAD.title), folded(CRITERIA.title)} <= by_title.keys():
        raise NotACriteriaBook(name=name, head=HEAD.title, criteria=CRITERIA.title)
    book = Book(new_id)
    if old_fonts is OldFonts.ASK:
        book.faults += [each.fault() for each in old]
    book.read(by_title)
    titles = [grid.title for grid in grids]
    criteria = None
    if not book.unreadable:
        try:
            criteria = read_criteria_set(json.dumps(book.tree).encode(), schema)
        except CriteriaSetFaulty as refused:
            book.faults += placed(refused.faults, book.places)
    return BookRead(book.tree, None if book.faults else criteria, in_order(book.faults, titles), old)
