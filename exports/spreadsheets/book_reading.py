"""Putting a criteria set together from the sheets of a workbook; the faults of its cells are gathered on the way."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from exports.spreadsheets.book_faults import Path, Places, empty
from exports.spreadsheets.book_tables import Row, rows_of
from exports.spreadsheets.criteria_columns import (
    CALENDAR,
    CODE,
    CRITERIA,
    DEPTH,
    HEAD,
    ID,
    INPUT,
    INPUT_OPTIONS,
    KIND,
    LINK,
    OF_INPUT,
    ORDER,
    PART_SHEETS,
    RULES,
    SHEETS,
    USUAL,
)
from exports.spreadsheets.criteria_values import NO_RULE, RuleWords
from exports.spreadsheets.grid import Place
from parindex_desktop.domain.criteria_reading import FORMAT
from parindex_desktop.domain.drafting import NEW_LEAF
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.rule_ways import way_of
from parindex_desktop.domain.text import folded, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from exports.spreadsheets.criteria_columns import Key, Sheet
    from exports.spreadsheets.grid import Grid, GridCell

_LINK: Final = re.compile(r"([0-9a-f]{8}-[0-9a-f-]{27})(?:\s+(\S+))?")
_STRUCTURE: Final = frozenset(
    {"book.titles", "book.column_missing", "book.column_twice", "book.sheet_missing", "book.line_missing"}
)
"""Faults after which nothing can be told of a sheet."""


@dataclass(slots=True)
class _Node:
    """A criterion as it is put together: its part of the tree, where it stands there, its row.

    One that `is_new` had no id in the workbook.
    """

    tree: dict[str, Any]
    path: Path
    row: Row
    is_new: bool = False
    words: RuleWords = NO_RULE


@dataclass(slots=True)
class Book:
    """The set, put together sheet by sheet."""

    new_id: Callable[[], str]
    tree: dict[str, Any] = field(default_factory=dict)
    faults: list[Message] = field(default_factory=list)
    places: Places = field(default_factory=Places)
    unreadable: bool = False
    _by_id: dict[str, _Node] = field(default_factory=dict)
    _by_code: dict[str, _Node] = field(default_factory=dict)

    def read(self, grids: Mapping[str, Grid]) -> None:
        """Read every sheet.

        Of one that lacks a column, or is not there, nothing else is told; where it is that of the criteria or the head,
        nothing of the others either.
        """
        rows: dict[str, list[Row]] = {}
        for sheet in SHEETS[1:]:
            if (grid := grids.get(folded(sheet.title))) is not None:
                rows[sheet.title] = rows_of(grid, sheet, self.faults)
            else:
                message = Message(
                    "book.sheet_missing", "This sheet is missing. Write the set to a workbook again."
                )
                self.faults.append(Place(sheet.title).fault(message))
        self._read_head(grids[folded(HEAD.title)])
        lost = {str(fault.values["sheet"]) for fault in self.faults if fault.code in _STRUCTURE}
        self.unreadable = bool(lost & {HEAD.title, CRITERIA.title})
        if self.unreadable:
            return
        rows |= {title: [] for title in lost}
        nodes = self._read_criteria(rows[CRITERIA.title])
        self._read_rules(rows[RULES.title], nodes)
        for sheet in PART_SHEETS:
            if sheet is not INPUT_OPTIONS or INPUT.title not in lost:
                self._read_parts(sheet, rows[sheet.title])
        for node in nodes:
            if "children" not in node.tree:
                self._complete(node)
        self._read_calendar(rows[CALENDAR.title])
        self._pass_over(lost, nodes)

    def _pass_over(self, lost: Collection[str], nodes: list[_Node]) -> None:
        """What would stand on the sheets that are `lost` is no fault of any criterion."""
        for node in nodes:
            path = (*node.path, "rule")
            if RULES.title in lost:
                self.places.broken.add(path)
            if CALENDAR.title in lost:
                self.places.broken.add((*path, "after"))  # working days are counted by it
            for sheet in PART_SHEETS:
                if sheet.title in lost:
                    # Formulas name what stands on their sheets.
                    is_formula = node.tree.get("rule", {}).get("kind") == "formula"
                    self.places.broken.add(path if is_formula else (*path, sheet.within[0]))
        if CALENDAR.title in lost:
            self.places.broken.add(("calendar",))

    def _read_head(self, grid: Grid) -> None:
        self.tree["format"] = FORMAT
        titles = {folded(column.title) for column in HEAD.columns}
        found = [cell for cell in grid.cells.values() if cell.title in titles]
        standing = Counter(cell.column for cell in found)
        named = max(standing, key=lambda column: standing[column], default=1)
        rows = {cell.title: cell.row for cell in found if cell.column == named}
        cells: dict[Key, GridCell] = {}
        places: dict[Key, Place] = {}
        for column in HEAD.columns:
            if (at := rows.get(folded(column.title))) is None:
                message = Message(
                    "book.line_missing", "The line “{line}” is missing.", {"line": column.title}
                )
                self.faults.append(Place(grid.title).fault(message))
                continue
            places[column.key] = grid.place(at, named + 1, column.title)
            if (value := grid.at(at, named + 1)) is not None:
                cells[column.key] = value
        row = Row(HEAD, 0, cells, places, self.faults)
        self._fill(self.tree, HEAD, row)
        if ID not in row.broken and "id" not in self.tree:
            self.tree["id"] = self.new_id()
        self.places.rows[()] = row

    def _read_criteria(self, rows: list[Row]) -> list[_Node]:
        nodes: list[_Node] = []
        above: list[_Node] = []  # the criterion of each depth that the next row may belong to
        self.tree["criteria"] = []
        for row in rows:
            depth = _depth(row, len(above))
            del above[depth - 1 :]
            siblings = above[-1].tree.setdefault("children", []) if above else self.tree["criteria"]
            path: Path = (*above[-1].path, "children") if above else ("criteria",)
            node = _Node({}, (*path, len(siblings)), row)
            siblings.append(node.tree)
            above.append(node)
            nodes.append(node)
            self.places.rows[node.path] = row
            self._fill(node.tree, CRITERIA, row)
            if ID not in row.broken and "id" not in node.tree:
                node.tree["id"] = self.new_id()
                node.is_new = True
        for node in nodes:
            if "children" not in node.tree:
                node.tree.setdefault("documents", [])
            self._by_id.setdefault(node.tree.get("id", ""), node)
            self._by_code.setdefault(node.tree.get("code", ""), node)
        return nodes

    def _read_rules(self, rows: list[Row], nodes: list[_Node]) -> None:
        first: dict[Path, Row] = {}
        for node in nodes:
            node.words = RuleWords(node.tree.get("rule", {}).get("kind", ""))
            if KIND in node.row.broken:
                self.places.broken.add((*node.path, "rule"))
        for row in rows:
            if (owner := self._owner(row)) is None:
                continue
            if (other := first.setdefault(owner.path, row)) is not row:
                template = msgid("The criterion has its row in cell {cell} already.")
                row.refuse(CODE, Message("book.rule_twice", template, {"cell": other.places[CODE].cell}))
                continue
            by = row.get(RULES.column(("by",)))
            owner.words = RuleWords(owner.words.kind, owner.words.kind == "steps" and by == "count")
            rule = owner.tree.setdefault("rule", {})
            self._fill(rule, RULES, row, owner.words)
            if "change" in rule:
                rule["by"] = rule.pop("change")
            self.places.rows[*owner.path, "rule"] = row

    def _read_parts(self, sheet: Sheet, rows: list[Row]) -> None:
        for row in rows:
            if (node := self._owner(row)) is None:
                continue
            rule = node.tree.setdefault("rule", {})
            path: Path = (*node.path, "rule")
            if sheet is INPUT_OPTIONS:
                if (at := _input(row, rule)) is None:
                    continue
                entries = rule["inputs"][at].setdefault("options", [])
                path = (*path, "inputs", at, "options")
            else:
                entries = rule.setdefault(sheet.within[0], [])
                path = (*path, sheet.within[0])
            self.places.rows[*path, len(entries)] = row
            entry: dict[str, Any] = {}
            entries.append(entry)
            self._fill(entry, sheet, row, node.words)
            named = any(column.key == ID for column in sheet.columns) and sheet is not INPUT
            if named and ID not in row.broken and "id" not in entry:
                entry["id"] = f"m{self.new_id()[-12:]}"

    def _complete(self, node: _Node) -> None:
        """Give a new row what the window starts a new criterion with, where that is hardly ever otherwise."""
        rule = node.tree.get("rule", {})
        way = way_of(rule)
        if node.is_new:
            usual = NEW_LEAF | ({"part": way.part} if way else {})
            for name, value in usual.items():
                if (name,) not in node.row.broken:
                    node.tree.setdefault(name, value)
        row = self.places.rows.get((*node.path, "rule"))
        if row is not None and _is_new(row) and way is not None:
            for field_ in way.fields:
                *above, name = field_.key
                inner = rule.get(above[0]) if above else rule
                if field_.key in USUAL and field_.key not in row.broken and inner is not None:
                    inner.setdefault(name, field_.default)
        for number, entry in enumerate(rule.get("inputs", ())):
            row = self.places.rows[*node.path, "rule", "inputs", number]
            if _is_new(row) and ("figures",) not in row.broken:
                entry.setdefault("figures", "count")

    def _read_calendar(self, rows: list[Row]) -> None:
        for row in rows:
            day, name = (row.get(CALENDAR.column((key,))) for key in ("day", "list"))
            for key, value in (("day", day), ("list", name)):
                if value is None and (key,) not in row.broken:
                    row.refuse((key,), empty(CALENDAR.column((key,))))
            if day is None or name is None:
                continue
            days = self.tree.setdefault("calendar", {}).setdefault(day[:4], {}).setdefault(name, [])
            self.places.rows["calendar", day[:4], name, len(days)] = row
            days.append(day)

    def _fill(self, tree: dict[str, Any], sheet: Sheet, row: Row, words: RuleWords = NO_RULE) -> None:
        """Set in `tree` what the cells of `row` say."""
        for column in sheet.columns:
            if column.key in {ORDER, LINK, DEPTH, OF_INPUT} or (column.key == CODE and sheet is not CRITERIA):
                continue
            value = row.get(column, words)
            if value is not None and value != "":
                inner = tree
                for name in column.key[:-1]:
                    inner = inner.setdefault(name, {})
                inner[column.key[-1]] = value

    def _owner(self, row: Row) -> _Node | None:
        """The criterion that a row belongs to: by its id, unless the code was typed anew since the set was written.

        Or unless the id of the criterion was cleared; a row left over of another one is never taken for its own.
        """
        code = row.get(row.sheet.column(CODE))
        linked = _LINK.fullmatch(row.get(row.sheet.column(LINK)) or "")
        if LINK in row.broken or CODE in row.broken:
            return None
        node = self._by_code.get(code or "")
        if linked is not None and code in {None, "", linked[2]} and not (node and node.is_new):
            node = self._by_id.get(linked[1])
        if node is None:
            values = {"code": shortened(code or "", 60), "sheet": CRITERIA.title}
            template = msgid(
                "The sheet “{sheet}” has no criterion “{code}”. Correct the code, or delete this row."
            )
            row.refuse(CODE, Message("book.owner_unknown", template, values))
        return node


def _is_new(row: Row) -> bool:
    """Whether a row about a rule was added by hand."""
    return LINK not in row.cells


def _depth(row: Row, above: int) -> int:
    """How deep the criterion of a row stands, below `above` others at most; a wrong depth is a fault."""
    depth: int | None = row.get(CRITERIA.column(DEPTH))
    if depth is None:
        if DEPTH not in row.broken:
            row.refuse(DEPTH, Message("book.depth_missing", "Say how deep it stands: 1, 2, 3…"))
        return above or 1
    if not 1 <= depth <= above + 1:
        template = msgid("It cannot stand at depth {depth}: below the row before it is at most {most}.")
        row.refuse(DEPTH, Message("book.depth", template, {"depth": depth, "most": above + 1}))
    return min(max(depth, 1), above + 1)


def _input(row: Row, rule: Mapping[str, Any]) -> int | None:
    """Which figure of the formula an option belongs to."""
    name = row.get(INPUT_OPTIONS.column(OF_INPUT))
    for at, each in enumerate(rule.get("inputs", ())):
        if each.get("id") == name and name is not None:
            return at
    values = {"name": shortened(str(name or ""), 60), "sheet": INPUT.title}
    template = msgid("The formula has no figure “{name}”; see the sheet “{sheet}”.")
    row.refuse(OF_INPUT, Message("book.input_unknown", template, values))
    return None
