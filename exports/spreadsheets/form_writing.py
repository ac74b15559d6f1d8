"""A self-assessment as a workbook: only answers can be typed, points are formulas; `form_book` reads it back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter

from exports.spreadsheets.answer_rules import AnswerRules
from exports.spreadsheets.cells import RULED, put, put_title
from exports.spreadsheets.drop_downs import DropDowns
from exports.spreadsheets.form_cells import (
    AT_EXPORT,
    CLAIMS,
    COLUMNS,
    HEAD,
    NOT_CONFIRMED,
    TITLES,
    TOO_LONG,
    VERSION,
    column_of,
    fits,
    row_name,
    shown_input,
    shown_text,
)
from exports.spreadsheets.form_formulas import (
    NO_GROUND,
    NOT_APPLICABLE,
    WRONG,
    Cells,
    conditions,
    points_of_group,
    points_of_leaf,
)
from parindex_desktop.domain.answer_parts import APPLICABILITY, GROUND, INPUT, entry_name, parts_in, parts_of
from parindex_desktop.domain.criteria import Block
from parindex_desktop.domain.scoring.answers import Applicability
from parindex_desktop.domain.scoring.inputs import InputKind
from parindex_desktop.domain.scoring.outcome import OutcomeState, claimable
from resources.language import VIETNAM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from exports.spreadsheets.form_cells import Shown
    from parindex_desktop.domain.assessments import Assessment, Sheet
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.scoring.inputs import InputSpec

_TITLES_ROW: Final = 6
"""One lower where a line says what the copied parts are."""
_WIDTHS: Final = (9, 54, 9, 24, 13, 20, 28, 44, 34, 28, 12)
_POINTS: Final = "0.00"
_FORMS: Final = {InputKind.COUNT: "#,##0", InputKind.AMOUNT: "#,##0.00", InputKind.DATE: "dd/mm/yyyy"}
_ANSWER: Final = PatternFill("solid", fgColor="FFF9DB")
_COPIED: Final = PatternFill("solid", fgColor="FFD8A8")
_BAND: Final = PatternFill("solid", fgColor="E7EDF5")
_OPEN: Final = Protection(locked=False)
_PLAIN: Final = Alignment(vertical="top")
_RIGHT: Final = Alignment(horizontal="right", vertical="top", wrap_text=True)
_INDENTED: Final = Alignment(vertical="top", wrap_text=True, indent=2)


@dataclass(frozen=True, slots=True)
class Exported:
    """Whose form a workbook holds, for which year, and when it was written out."""

    unit: str
    unit_name: str
    year: str
    at: datetime


def form_book(about: Exported, assessment: Assessment) -> Workbook:
    """The form as it stands, as a workbook."""
    book = Workbook()
    lists = DropDowns(book)
    _Page(book.active, lists, assessment).write(about)
    _write_at_export(book.create_sheet(AT_EXPORT), about, assessment)
    book.calculation.fullCalcOnLoad = True
    book.security.lockStructure = True
    return book


class _Page:
    """The sheet that is filled in."""

    def __init__(self, sheet: Worksheet, lists: DropDowns, assessment: Assessment) -> None:
        self._sheet = sheet
        self._lists = lists
        self._assessment = assessment
        self._waits = any(sheet.unconfirmed for sheet in assessment.sheets.values())
        self._top = _TITLES_ROW + self._waits
        self._row = self._top
        self._points: dict[str, str] = {}
        self._rows: dict[str, tuple[int, int]] = {}
        self._rules = AnswerRules(sheet, lists)

    def write(self, about: Exported) -> None:
        sheet, criteria = self._sheet, self._assessment.criteria
        sheet.title = "Tự chấm điểm"
        for column, (title, width) in enumerate(zip(TITLES.values(), _WIDTHS, strict=True), 1):
            put_title(sheet.cell(self._top, column), title)
            sheet.column_dimensions[get_column_letter(column)].width = width
        for field in criteria.fields:
            self._write_criterion(field)
        for row, text in enumerate(self._head(about), 1):
            put(sheet.cell(row, 1), text, bold=row < 3).alignment = _PLAIN
        if self._waits:
            sheet.cell(self._top - 2, 1).fill = _COPIED
        self._write_total()
        self._lay_out()

    def _head(self, about: Exported) -> Iterator[str]:
        criteria, lock = self._assessment.criteria, self._assessment.lock
        yield f"PHIẾU TỰ CHẤM ĐIỂM CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM {about.year}"
        yield about.unit_name
        yield f"{criteria.name} (phiên bản {criteria.version}, mã {criteria.digest[:12]}). {criteria.notice}"
        written = f"Xuất từ chương trình lúc {_moment(about.at)}."
        if lock is not None:
            yield f"{written} Đã chốt điểm lúc {_moment(lock.at)}, mã đối chiếu {lock.code}: chỉ để xem."
        else:
            where = "nền vàng hoặc nền cam" if self._waits else "nền vàng"
            yield (
                f"{written} Đang tự chấm. Chỉ nhập vào ô {where}; tài liệu kiểm chứng đính kèm trong chương trình. "
                "Lưu dạng .xlsx, rồi vào trang Tự chấm điểm, chọn Bảng tính, Nhập từ bảng tính…"
            )
        if self._waits:
            yield (
                f"Nền cam, “{NOT_CONFIRMED}”: chép từ năm trước. Không còn đúng thì sửa ngay tại ô, sửa là đã xác nhận "
                "(các số liệu của một tiêu chí đi cùng nhau). Vẫn đúng thì để nguyên, rồi xác nhận trong chương trình."
            )

    def _write_criterion(self, criterion: Criterion) -> None:
        self._row += 1
        row, group = self._row, bool(criterion.children)
        for name in TITLES:
            cell = self._cell(name, row)
            cell.border = RULED
            if group:
                cell.fill = _BAND
        self._put("code", row, criterion.code, bold=group)
        self._put("title", row, criterion.title, bold=group)
        self._put("maximum", row, criterion.maximum, _POINTS, bold=group)
        if group:
            for child in criterion.children:
                self._write_criterion(child)
            formula = points_of_group(criterion, [self._points[child.id] for child in criterion.children])
        else:
            formula = self._write_leaf(self._assessment.sheets[criterion.id], row)
        self._points[criterion.id] = self._put_formula("points", row, formula, bold=group).coordinate
        self._rows[criterion.id] = (row, self._row)

    def _write_leaf(self, sheet: Sheet, row: int) -> str:
        """Write what is said of a leaf; returns the formula of its points."""
        leaf, parts = sheet.criterion, parts_of(sheet)
        is_open = self._assessment.lock is None and not sheet.unsettled
        allowed = claimable(leaf)
        copied = [part for part in parts if entry_name(part) in sheet.unconfirmed]
        beside = [TITLES[column_of(part)] for part in copied if not part.startswith(INPUT)]
        if beside:
            self._put("status", row, f"{NOT_CONFIRMED}: {'; '.join(beside)}")
        absent = {
            APPLICABILITY: len(allowed) == 1 and APPLICABILITY not in parts,
            GROUND: Applicability.NOT_APPLICABLE not in allowed and GROUND not in parts,
        }
        refs: dict[str, str] = {}
        for part in parts_in(leaf):
            if part.startswith(INPUT) or absent.get(part):
                continue
            text = parts.get(part, "")
            cell = self._put(column_of(part), row, shown_text(part, text) if text else None, "@")
            refs[part] = cell.coordinate
            if is_open and cell.value != TOO_LONG:
                _open(cell, copied=part in copied)
        if APPLICABILITY in refs:
            self._rules.offer(refs[APPLICABILITY], tuple(CLAIMS[each] for each in allowed))
        if leaf.inputs:
            self._put("row", row, row_name(leaf.id, APPLICABILITY))
        inputs, says = {}, {}
        for spec in leaf.inputs:
            given = spec.name in sheet.given
            part = f"{INPUT}{spec.name}"
            cell = self._write_input(leaf, spec, parts.get(part, ""), given=given)
            if part in copied and not given:
                self._put("status", cell.row, NOT_CONFIRMED)
            if is_open and not given:
                _open(cell, copied=part in copied)
            inputs[spec.name] = cell.coordinate
            says[spec.name] = conditions(spec, cell.coordinate, self._lists.cell)
        cells = Cells(inputs, says, refs.get(APPLICABILITY, ""), refs.get(GROUND, ""))
        return points_of_leaf(leaf, sheet.answer, cells)

    def _write_input(self, leaf: Criterion, spec: InputSpec, text: str, *, given: bool) -> Cell:
        self._row += 1
        for name in TITLES:
            self._cell(name, self._row).border = RULED
        title = f"{spec.title} (tỉnh cung cấp)" if given else spec.title
        self._put("title", self._row, title).alignment = _INDENTED
        self._put("row", self._row, row_name(leaf.id, f"{INPUT}{spec.name}"))
        shown = shown_input(spec, text) if text else None
        cell = self._put("value", self._row, shown, _FORMS.get(spec.kind, "@"))
        self._rules.restrict(cell.coordinate, spec)
        return cell

    def _write_total(self) -> None:
        """The line above the titles: what counts, the points, the percentage; computed as the leaves are."""
        criteria, row = self._assessment.criteria, self._top - 1
        main = [field for field in criteria.fields if field.block is Block.MAIN]
        counted = [
            leaf.maximum
            for field in main
            for leaf in field.walk()
            if not leaf.children and not self._scored_by_others(leaf)
        ]
        points, maxima = get_column_letter(COLUMNS["points"]), get_column_letter(COLUMNS["maximum"])
        out = "".join(
            f'-SUMIF({points}{first}:{points}{last},"{NOT_APPLICABLE}",{maxima}{first}:{maxima}{last})'
            for field in main
            for first, last in [self._rows[field.id]]
        )
        self._put("title", row, "Tổng cộng (điểm được tự chấm, tỷ lệ %, điểm tự chấm)", bold=True)
        maximum = self._put_formula("maximum", row, f"={sum(counted, Decimal(0))}{out}", bold=True).coordinate
        total = f"SUM({','.join(self._points[field.id] for field in criteria.fields)})"
        total = f"MAX({total},0)" if criteria.has_extras else total
        whole = self._put_formula("points", row, f"={total}", bold=True).coordinate
        share = f"ROUND(ROUND({whole}*100,0)*10000/ROUND({maximum}*100,0),0)/100"
        self._put_formula("value", row, f'=IF({maximum}>0,{share},"")', bold=True)

    def _scored_by_others(self, leaf: Criterion) -> bool:
        return self._assessment.totals.outcomes[leaf.id].state is OutcomeState.NOT_SELF_SCORED

    def _cell(self, name: str, row: int) -> Cell:
        return self._sheet.cell(row, COLUMNS[name])

    def _put(
        self, name: str, row: int, value: Shown | None, form: str = "General", *, bold: bool = False
    ) -> Cell:
        return put(self._cell(name, row), value, form, bold=bold)

    def _put_formula(self, name: str, row: int, formula: str, *, bold: bool = False) -> Cell:
        cell = self._put(name, row, None, _POINTS, bold=bold)
        cell.value = formula  # what does not begin with “=” are words that always hold
        cell.alignment = _RIGHT
        return cell

    def _lay_out(self) -> None:
        sheet = self._sheet
        sheet.freeze_panes = sheet.cell(self._top + 1, COLUMNS["maximum"])
        sheet.column_dimensions[get_column_letter(COLUMNS["status"])].hidden = not self._waits
        sheet.column_dimensions[get_column_letter(COLUMNS["row"])].hidden = True
        sheet.row_dimensions[self._top].height = 32
        points = get_column_letter(COLUMNS["points"])
        for words in (WRONG, NO_GROUND):
            rule = CellIsRule("equal", [f'"{words}"'], font=Font(color="B3261E", bold=True))
            sheet.conditional_formatting.add(f"{points}{self._top}:{points}{self._row}", rule)
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False  # whoever reads may widen them
        sheet.print_title_rows = f"{self._top}:{self._top}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _open(cell: Cell, *, copied: bool) -> None:
    cell.protection, cell.fill = _OPEN, _COPIED if copied else _ANSWER


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def _write_at_export(page: Worksheet, about: Exported, assessment: Assessment) -> None:
    """Write facts and parts as texts, each in its canonical form."""
    criteria = assessment.criteria
    facts = (
        str(VERSION),
        about.unit,
        about.unit_name,
        about.year,
        criteria.digest,
        str(criteria.version),
        about.at.isoformat(),
    )
    rows = [
        *zip(HEAD, facts, strict=True),
        *(
            (f"{sheet.criterion.id}/{part}", text)
            for sheet in assessment.sheets.values()
            for part, text in parts_of(sheet).items()
            if fits(text)
        ),
    ]
    for number, (name, text) in enumerate(rows, 1):
        put(page.cell(number, 1), name)
        put(page.cell(number, 2), text)
    page.sheet_state = "hidden"
    page.protection.sheet = True
