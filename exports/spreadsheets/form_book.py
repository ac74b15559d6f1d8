"""A self-assessment in a workbook: written out, filled in with any spreadsheet program, and read again.

What is read are the parts of the answers by the names of their rows and columns, wherever these stand now, and what
the form said when it was written out. Every fault is named with its cell, all of them at once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from exports.spreadsheets.form_cells import (
    AT_EXPORT,
    HEAD,
    TITLES,
    TOO_LONG,
    VERSION,
    column_of,
    read_part,
    row_name,
)
from exports.spreadsheets.form_writing import Exported, form_book
from exports.spreadsheets.grid import Grid, Wrong, read_grids
from exports.spreadsheets.old_fonts import old_texts, unchanged_or_converted
from parindex_desktop.domain.answer_parts import APPLICABILITY, parts_in
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.scoring.answers import Applicability
from parindex_desktop.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from exports.spreadsheets.grid import GridCell, Place
    from exports.spreadsheets.old_fonts import OldText
    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.criteria import CriteriaSet, Criterion

_TITLE_ROWS: Final = 40
"""Rows in which the titles are looked for; people put lines above them."""


class NotAFormBook(UserError):
    """A workbook, but not one that this program wrote a form to."""

    code = "form_sheet.not_a_form"
    template = msgid(
        "“{name}” is no self-assessment that this program wrote to a spreadsheet, or a sheet, column or hidden part of "
        "it was deleted ({missing}). Nothing was taken over; write the form to a spreadsheet anew and fill that one in."
    )


class FormBookNewer(UserError):
    """A later program wrote it."""

    code = "form_sheet.newer"
    template = msgid(
        "“{name}” was written by a newer version of this program. Nothing was taken over; update the program here, or "
        "write the form to a spreadsheet anew."
    )


class FormOfOtherUnit(UserError):
    """Somebody else's form."""

    code = "form_sheet.other_unit"
    template = msgid(
        "“{name}” is the self-assessment of “{unit}”, not of this office. Nothing was taken over; choose this office's "
        "own file."
    )


class FormOfOtherYear(UserError):
    """The form of another year."""

    code = "form_sheet.other_year"
    template = msgid(
        "“{name}” is the self-assessment of {theirs}, the year chosen here is {year}. Nothing was taken over; choose "
        "the year {theirs}, or the file of {year}."
    )


class FormOfOtherSet(UserError):
    """The criteria set is another one by now."""

    code = "form_sheet.other_set"
    template = msgid(
        "“{name}” was written under version {theirs} of the criteria set, this form is filled in under version "
        "{version}, or another set of that number. Nothing was taken over; write the form to a spreadsheet anew and "
        "copy the answers into it."
    )


@dataclass(frozen=True, slots=True)
class FormRead:
    """What a workbook says.

    `at` is when it was written out. `said` are the parts that have a sound cell, `before` what the form said at
    export, both by criterion. `missing`
    names the criteria of which a row is gone. `places` says where each part stands. `old_texts` are answers typed with
    an old font.
    """

    at: datetime
    said: Mapping[str, Mapping[str, str]]
    before: Mapping[str, Mapping[str, str]]
    missing: tuple[Criterion, ...]
    places: Mapping[tuple[str, str], Place]
    faults: tuple[Message, ...]
    old_texts: tuple[OldText, ...]


def write_form_book(target: Path, about: Exported, assessment: Assessment) -> None:
    """Write the form as it stands to `target`."""
    form_book(about, assessment).save(target)


def read_form_book(
    data: bytes,
    name: str,
    criteria: CriteriaSet,
    unit: str,
    year: str,
    *,
    old_fonts: OldFonts = OldFonts.ASK,
) -> FormRead:
    """Read the workbook in `data`; `name` is that of its file.

    Raises what `open_workbook` names, `NotAFormBook`, `FormBookNewer`, `FormOfOtherUnit`, `FormOfOtherYear` or
    `FormOfOtherSet`.
    """
    grids = read_grids(data, name)
    at_export = next((grid for grid in grids if grid.title == AT_EXPORT), None)
    if at_export is None:
        raise NotAFormBook(name=name, missing=AT_EXPORT)
    stored = dict(_stored(at_export))
    at = _check(stored, name, criteria, unit, year)
    found = [(grid, *titles) for grid in grids if (titles := _titles(grid)) is not None]
    if len(found) != 1:
        raise NotAFormBook(name=name, missing="; ".join(TITLES.values()))
    before = _before(stored, criteria)
    if not {parts.get(APPLICABILITY) for parts in before.values()} <= {None, *Applicability}:
        raise NotAFormBook(name=name, missing=AT_EXPORT)
    return _Reading(criteria, before, *found[0]).read(at, old_fonts)


def _stored(grid: Grid) -> Iterator[tuple[str, str]]:
    """The facts and parts on the hidden sheet, as they were written."""
    for row in grid.rows:
        key, value = grid.cells.get((row, 1)), grid.cells.get((row, 2))
        if key is not None and value is not None and key.is_text and value.is_text:
            yield key.value, value.value


def _before(stored: Mapping[str, str], criteria: CriteriaSet) -> dict[str, dict[str, str]]:
    """What the form said at export, of the parts that have a cell."""
    before = {}
    for leaf in criteria.leaves():
        texts = {part: stored.get(f"{leaf.id}/{part}", "") for part in parts_in(leaf)}
        before[leaf.id] = {part: text for part, text in texts.items() if text}
    return before


def _check(stored: Mapping[str, str], name: str, criteria: CriteriaSet, unit: str, year: str) -> datetime:
    """Refuse what belongs to another form; when it was written out."""
    try:
        at = datetime.fromisoformat(stored["at"])
        version = int(stored["version"])
    except (KeyError, ValueError) as fault:
        raise NotAFormBook(name=name, missing=AT_EXPORT) from fault
    if at.tzinfo is None or not stored.keys() >= set(HEAD):
        raise NotAFormBook(name=name, missing=AT_EXPORT)
    if version > VERSION:
        raise FormBookNewer(name=name)
    if stored["unit"] != unit:
        raise FormOfOtherUnit(name=name, unit=stored["unit_name"])
    if stored["year"] != year:
        raise FormOfOtherYear(name=name, theirs=stored["year"], year=year)
    if stored["set"] != criteria.digest:
        raise FormOfOtherSet(name=name, theirs=stored["set_version"], version=str(criteria.version))
    return at


def _titles(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The row of the titles and the column of each; None where the sheet does not have all of them."""
    wanted = {folded(title): name for name, title in TITLES.items()}
    for row, cells in grid.rows.items():
        if row > _TITLE_ROWS:
            break
        columns = {wanted[cell.title]: cell.column for cell in reversed(cells) if cell.title in wanted}
        if columns.keys() == TITLES.keys():
            return row, columns
    return None


@dataclass(slots=True)
class _Reading:
    """One pass over the sheet that was filled in."""

    criteria: CriteriaSet
    before: Mapping[str, Mapping[str, str]]
    grid: Grid
    top: int
    columns: Mapping[str, int]
    faults: list[Message] = field(default_factory=list)

    def read(self, at: datetime, old_fonts: OldFonts) -> FormRead:
        rows = self._rows()
        self.faults += [self.grid.refused(area) for area in self.grid.merged if area.bottom > self.top]
        places = {
            (leaf.id, part): self.grid.place(row, self.columns[column_of(part)], TITLES[column_of(part)])
            for leaf in self.criteria.leaves()
            for part in parts_in(leaf)
            if (row := rows.get(row_name(leaf.id, part))) is not None
        }
        old = self._old_texts(rows)
        (self.grid,) = unchanged_or_converted([self.grid], old, old_fonts)
        if old_fonts is OldFonts.ASK:
            self.faults += [each.fault() for each in old]
        said: dict[str, dict[str, str]] = {}
        missing = []
        for leaf in self.criteria.leaves():
            said[leaf.id] = {}
            for part in parts_in(leaf):
                if (row := rows.get(row_name(leaf.id, part))) is None:
                    missing.append(leaf)
                    continue
                cell = self._cell(row, part)
                if cell is not None and cell.value == TOO_LONG:
                    continue
                try:
                    said[leaf.id][part] = read_part(leaf, part, cell, self.before[leaf.id].get(part, ""))
                except Wrong as wrong:
                    self.faults.append(places[leaf.id, part].fault(wrong.message))
        gone = tuple(dict.fromkeys(missing))
        return FormRead(at, said, self.before, gone, places, tuple(self.faults), old)

    def _rows(self) -> dict[str, int]:
        """Where the row of each name stands; a fault for a name that stands twice."""
        known = {row_name(leaf.id, part) for leaf in self.criteria.leaves() for part in parts_in(leaf)}
        named = [
            (cell.value, row)
            for row in self.grid.rows
            if row > self.top
            and (cell := self.grid.cells.get((row, self.columns["row"]))) is not None
            and cell.is_text
            and cell.value in known
        ]
        count = Counter(name for name, _ in named)
        first: dict[str, int] = {}
        for name, row in named:
            first.setdefault(name, row)
            if count[name] > 1 and row != first[name]:
                values = {"row": str(first[name])}
                template = msgid("This row stands in row {row} too; delete the one that does not count.")
                place = self.grid.place(row, self.columns["value"], TITLES["value"])
                self.faults.append(place.fault(Message("form_sheet.row_twice", template, values)))
        return first

    def _old_texts(self, rows: Mapping[str, int]) -> tuple[OldText, ...]:
        """Which answers were typed with an old font since the export."""
        typed = {}
        for leaf in self.criteria.leaves():
            for part in parts_in(leaf):
                row = rows.get(row_name(leaf.id, part))
                cell = None if row is None else self._cell(row, part)
                if cell is not None and cell.is_text and cell.value != self.before[leaf.id].get(part):
                    typed[cell.row, cell.column] = cell
        return old_texts([replace(self.grid, cells=typed, merged=())])

    def _cell(self, row: int, part: str) -> GridCell | None:
        return self.grid.cells.get((row, self.columns[column_of(part)]))
