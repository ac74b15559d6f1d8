"""A criteria set as a workbook that any spreadsheet program can edit; `criteria_book` reads it back without loss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from exports.spreadsheets.cells import put, put_title
from exports.spreadsheets.criteria_columns import (
    CALENDAR,
    CODE,
    CRITERIA,
    DEPTH,
    HEAD,
    ID,
    INPUT_OPTIONS,
    LINK,
    OF_INPUT,
    ORDER,
    PART_SHEETS,
    RULES,
    SHEETS,
    as_column,
)
from exports.spreadsheets.criteria_values import NO_RULE, RuleWords, number_format, shown
from exports.spreadsheets.drop_downs import DropDowns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from exports.spreadsheets.criteria_columns import Column, Key, Sheet

_MOST_ROWS: Final = 5000
"""Rows that have a drop-down: the written ones and room for many more."""

Line = tuple["Mapping[Key, Any]", RuleWords]
"""What stands in a row, by the keys of its columns."""


def criteria_book(tree: Mapping[str, Any]) -> Workbook:
    """The set `tree` as a workbook; one that is only proposed, or still a draft, may have gaps.

    The columns with ids are last, to be hidden; the order of rows and of sheets holds no meaning.
    """
    book = Workbook()
    book.remove(book.active)
    lists = _Lists(book)
    _write_head(book.create_sheet(HEAD.title), tree, lists)
    lines = _lines(tree)
    for sheet in SHEETS[1:]:
        _write(book.create_sheet(sheet.title), sheet, lines[sheet.title], lists)
    book.move_sheet(lists.sheet, len(SHEETS))
    book.active = 1
    return book


def _lines(tree: Mapping[str, Any]) -> dict[str, list[Line]]:
    """The rows of every sheet but the first."""
    lines: dict[str, list[Line]] = {sheet.title: [] for sheet in SHEETS}
    for node, depth in _nodes(tree["criteria"], 1):
        rule = node.get("rule", {})
        words = RuleWords(rule.get("kind", ""), rule.get("by") == "count")
        own: dict[Key, Any] = {
            (name,): value for name, value in node.items() if name not in {"children", "rule"}
        }
        kind: dict[Key, Any] = {("rule", "kind"): words.kind} if words.kind else {}
        lines[CRITERIA.title].append(({**own, **kind, DEPTH: depth}, words))
        keys: dict[Key, Any] = {CODE: node.get("code"), LINK: f"{node['id']} {node.get('code', '')}".strip()}
        parts = {sheet.within[0]: sheet for sheet in PART_SHEETS if len(sheet.within) == 1}
        fields: dict[Key, Any] = {}
        for name, value in rule.items():
            if name in parts:
                lines[parts[name].title] += [(_flat(entry) | keys, words) for entry in value]
            elif name != "kind":
                fields |= {as_column(words.kind, key): part for key, part in _flat({name: value}).items()}
        if rule:
            lines[RULES.title].append((fields | keys, words))
        for each in rule.get("inputs", ()):
            lines[INPUT_OPTIONS.title] += [
                (_flat(option) | keys | {OF_INPUT: each.get("id")}, words)
                for option in each.get("options", ())
            ]
    lines[CALENDAR.title] = [
        ({("day",): day, ("list",): name}, NO_RULE)
        for year in sorted(tree.get("calendar", {}))
        for name, days in tree["calendar"][year].items()
        for day in days
    ]
    return lines


def _nodes(children: list[dict[str, Any]], depth: int) -> Iterator[tuple[dict[str, Any], int]]:
    for node in children:
        yield node, depth
        yield from _nodes(node.get("children", []), depth + 1)


def _flat(entry: Mapping[str, Any]) -> dict[Key, Any]:
    """The fields of a rule or of one of its entries; only `due` and `after` have parts of their own."""
    return {
        key: part
        for name, value in entry.items()
        if name != "options"
        for key, part in (
            {(name, inner): part for inner, part in value.items()}
            if name in {"due", "after"}
            else {(name,): value}
        ).items()
    }


class _Lists(DropDowns):
    def offer(self, sheet: Worksheet, column: Column, cells: str) -> None:
        """Offer the words of `column` in `cells`, and its hint."""
        if not column.labels and not column.hint:
            return
        rule = DataValidation(allow_blank=True)
        if column.labels:
            rule = DataValidation(
                "list", formula1=self.place(tuple(column.labels.values())), allow_blank=True
            )
            rule.errorTitle, rule.error = column.title[:32], "Chọn một trong các giá trị có sẵn."
            rule.showErrorMessage = True
        if column.hint:
            rule.promptTitle, rule.prompt = column.title[:32], column.hint
            rule.showInputMessage = True
        rule.add(cells)
        sheet.add_data_validation(rule)


def _write_head(sheet: Worksheet, tree: Mapping[str, Any], lists: _Lists) -> None:
    for row, column in enumerate(HEAD.columns, 1):
        put_title(sheet.cell(row, 1), column.title).alignment = Alignment(vertical="top", wrap_text=True)
        value = tree.get(column.key[0])
        put(sheet.cell(row, 2), None if value is None else shown(column, value), number_format(column.form))
        lists.offer(sheet, column, f"B{row}")
    sheet.column_dimensions["A"].width = 32
    sheet.column_dimensions["B"].width = 90
    sheet.freeze_panes = "B1"


def _write(page: Worksheet, sheet: Sheet, lines: list[Line], lists: _Lists) -> None:
    for number, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(number)
        put_title(page.cell(1, number), column.title)
        page.column_dimensions[letter].width = column.width
        # What is typed into empty rows is text or a number as in the written ones.
        page.column_dimensions[letter].number_format = number_format(column.form)
        lists.offer(page, column, f"{letter}2:{letter}{max(_MOST_ROWS, len(lines) + 1)}")
    for row, (values, words) in enumerate(lines, 2):
        for number, column in enumerate(sheet.columns, 1):
            value = row - 1 if column.key == ORDER else values.get(column.key)
            if value is not None:
                form = number_format(words.form(column.form))
                put(page.cell(row, number), shown(column, value, words), form)
    page.row_dimensions[1].height = 48
    places = [column.key for column in sheet.columns]
    frozen = places.index(("title",)) + 1 if sheet is CRITERIA else 2 if CODE in places else 1
    page.freeze_panes = page.cell(2, frozen + 1)
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{max(2, len(lines) + 1)}"
    if sheet.columns[-1].key in {ID, LINK}:
        page.column_dimensions[get_column_letter(len(sheet.columns))].outlineLevel = 1
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.print_title_rows = "1:1"
