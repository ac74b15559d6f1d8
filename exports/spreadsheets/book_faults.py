"""From the place of a fault in a criteria set (a JSON pointer) back to the cell that it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from openpyxl.utils import column_index_from_string

from exports.spreadsheets.criteria_columns import (
    CODE,
    INPUT,
    INPUT_OPTIONS,
    KIND,
    PART_SHEETS,
    RULES,
    USUAL,
    as_column,
)
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.rule_ways import WAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exports.spreadsheets.book_tables import Row
    from exports.spreadsheets.criteria_columns import Column, Key, Sheet

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Places:
    """The row that each object of the set came from, by its path; `broken` paths have a fault of a cell already."""

    rows: dict[Path, Row] = field(default_factory=dict)
    broken: set[Path] = field(default_factory=set)

    def row_of(self, path: Path) -> tuple[Row, Path]:
        """The row of the innermost object on `path`, and the rest of the path inside it."""
        if path[-2:] == ("rule", "kind"):
            return self.rows[path[:-2]], path[-2:]
        if path and path not in self.rows:
            below = next((place for place in self.rows if place[: len(path)] == path), None)
            if below is not None:
                return self.rows[below], ()  # of a list, its first entry
        cut = next(cut for cut in range(len(path), -1, -1) if path[:cut] in self.rows)
        return self.rows[path[:cut]], path[cut:]


def placed(faults: Iterable[Message], places: Places) -> list[Message]:
    """The faults that the reader of sets found, each at its cell; those that a broken cell explains are left out."""
    found = []
    for fault in faults:
        inner = fault.values.get("fault")
        path = _path(str(fault.values.get("place", "/")))
        message = inner if isinstance(inner, Message) else fault
        said = _said(path, message, places)
        if said is not None and said not in found:
            found.append(said)
    return found


def _path(pointer: str) -> Path:
    steps = [step for step in pointer.split("/")[1:] if step]
    return tuple(
        int(step) if step.isdecimal() and not (steps[0] == "calendar" and number == 1) else step
        for number, step in enumerate(steps)
    )


def _said(path: Path, message: Message, places: Places) -> Message | None:
    missing = message.code == "tree.field_missing"
    if missing:
        path = (*path, str(message.values["field"]))
    if any(path[: len(broken)] == broken for broken in places.broken):
        return None
    row, rest = places.row_of(path)
    key = _key(row, rest)
    if key in row.broken:
        return None
    place = row.places[key]
    if missing:
        row.broken.add(key)  # an empty cell explains what else is wrong there
        return place.fault(_missing(row, rest, key))
    first = message.values.get("first")
    if isinstance(first, str):
        other, below = places.row_of(_path(first))
        at = other.places[_key(other, (*below, *rest))]
        values = {"text": message.values["text"], "cell": at.cell}
        template = msgid("“{text}” stands in cell {cell} too; every criterion needs its own.")
        return place.fault(Message(message.code, template, values))
    if message.code == "tree.field_unknown":
        message = Message("book.not_here", "This has no place in a row of this kind; clear it.")
    return place.fault(message)


def _key(row: Row, rest: Path) -> Key:
    """The column of the field `rest` of the object in `row`; where it has none, the column that stands for the row."""
    names = tuple(step for step in rest if isinstance(step, str))
    if row.sheet is RULES:
        names = as_column("compare_previous" if ("change",) in row.cells else "", names)
    if names in row.places:
        return names
    for key in row.places:
        if names and key[0] == names[0] and key != CODE:
            return key
    for name in ("title", "day", "at_least", "when", "days", "name"):
        if (name,) in row.places and not names:
            return (name,)
    return CODE if CODE in row.places else next(iter(row.places))


def empty(column: Column) -> Message:
    """The fault of a cell that must not be empty; it names the words that the column takes."""
    if not column.labels:
        return Message("book.empty", "Something is missing here.")
    template = msgid("Something is missing here. Write one of: {options}.")
    return Message("book.empty", template, {"options": tuple(column.labels.values())})


def in_order(faults: Iterable[Message], titles: Sequence[str]) -> tuple[Message, ...]:
    """Faults as the workbook shows their cells: by sheet (its `titles` in order), row and column.

    What is said of a sheet as a whole comes before its cells, what is said of a sheet that is not there first of all.
    """
    sheets = {title: number for number, title in enumerate(titles)}

    def where(fault: Message) -> tuple[int, int, int]:
        letters = str(fault.values.get("cell", "")).rstrip("0123456789")
        row = fault.values.get("row", 0)
        return (
            sheets.get(str(fault.values.get("sheet")), -1),
            row if isinstance(row, int) else 0,
            column_index_from_string(letters) if letters else 0,
        )

    return tuple(sorted(faults, key=where))


def _missing(row: Row, rest: Path, key: Key) -> Message:
    """What is missing: a cell, all rows of a part sheet, or the row of the rule."""
    name = str(rest[-1])
    inside = row.sheet is RULES or rest[:1] == ("rule",)
    parts = {sheet.within[0]: sheet for sheet in PART_SHEETS if len(sheet.within) == 1}
    if row.sheet is INPUT and name == "options":
        return _rows_missing(INPUT_OPTIONS)
    if inside and name in parts:
        return _rows_missing(parts[name])
    if inside and row.sheet is not RULES and len(rest) > 1 and name != "kind":
        template = msgid(
            "The sheet “{sheet}” has no row for this criterion. Add one with its code; it needs the columns: {columns}."
        )
        values = {"sheet": RULES.title, "columns": _needed(row.get(row.sheet.column(KIND)))}
        return Message("book.rule_missing", template, values)
    return empty(row.sheet.column(key))


_OPTIONAL: Final = USUAL | {("after", "days_are")}
"""Columns with a default, which an author's form fills in."""


def _needed(kind: str) -> str:
    """The columns that a rule of that kind cannot do without; a kind that is written in two ways has two lists."""
    titles = {column.key: column.title for column in RULES.columns}
    ways = []
    for way in WAYS:
        if way.fixed["kind"] == kind:
            keys = [key for key in way.fixed if key != "kind"]
            columns = [(key,) for key in keys] + [field.key for field in way.fields if field.needed]
            columns = [each for each in columns if each in titles and each not in _OPTIONAL]
            ways.append(", ".join(titles[each] for each in columns))
    return " / ".join(ways)


def _rows_missing(sheet: Sheet) -> Message:
    template = msgid("The sheet “{sheet}” has no rows for this criterion.")
    return Message("book.rows_missing", template, {"sheet": sheet.title})
