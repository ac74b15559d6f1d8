"""Tổng hợp điểm tự đánh giá: what the units of a province gave themselves, in their order and without ranks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from exports.reports.layout import (
    CELL,
    CELL_BOLD,
    CELL_CENTRE,
    CELL_CENTRE_BOLD,
    CELL_ITALIC,
    CELL_NUMBER,
    CELL_NUMBER_BOLD,
    LANDSCAPE,
    WIDE_WIDTH,
    Letterhead,
    Paper,
    Signature,
    letterhead,
    para,
    signature_block,
    title_block,
)
from exports.reports.tables import Signed, grid, headed
from exports.reports.wording import points, short_office
from parindex_desktop.domain.criteria import Block

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from pathlib import Path

    from parindex_desktop.domain.criteria import CriteriaSet


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One unit: points by field and in all, out of what it scores itself; None where nothing was received or scored.

    `times` is how often it handed over (lần nộp); `remark` says what a reader must know, such as two
    versions side by side.
    """

    code: str
    name: str
    times: int
    fields: tuple[Decimal | None, ...]
    total: Decimal | None
    maximum: Decimal | None
    percentage: Decimal | None
    remark: str


@dataclass(frozen=True, slots=True)
class Summary:
    """All units that are assessed by one criteria set, whose `maximum` counts neither bonus nor penalty.

    `fields` are code, title and maximum of each: that of a penalty is what may be taken off. `sums` says how a total
    comes about, `counts` how many have handed over.
    """

    year: str
    set_name: str
    notice: str
    maximum: Decimal
    fields: tuple[tuple[str, str, Decimal], ...]
    rows: tuple[SummaryRow, ...]
    sums: str = ""
    counts: str = ""


UNJUDGED = "Chưa thẩm định"
"""Stands on every copy: these points are the units' own."""


def heading(year: str) -> str:
    """The title of the table."""
    return f"Tổng hợp điểm tự đánh giá Chỉ số cải cách hành chính năm {year}"


def how_summed(criteria: CriteriaSet) -> str:
    """How the total of a unit comes about, and what its bonus and penalty belong to."""
    if not criteria.has_extras:
        return "Tổng điểm tự đánh giá là tổng điểm các lĩnh vực."
    parts = ["điểm các lĩnh vực"]
    for block, sign, word in ((Block.BONUS, "+", "điểm cộng"), (Block.PENALTY, "−", "điểm trừ")):
        parts += [
            f"{sign} {word} (cột {field.code}, tối đa {points(field.maximum)})"
            for field in criteria.fields
            if field.block is block
        ]
    return (
        f"Tổng điểm tự đánh giá = {' '.join(parts)}, không dưới 0. Điểm tối đa {points(criteria.maximum)} và điểm được "
        "tự chấm không gồm điểm cộng, điểm trừ; tỷ lệ là tổng điểm tự đánh giá trên điểm được tự chấm."
    )


def write_self_summary(
    target: Path,
    summaries: Sequence[Summary],
    head: Letterhead,
    signature: Signature,
    left_out: Sequence[str] = (),
) -> None:
    """Write the table as PDF, one section for each criteria set; `left_out` says which units no set is for."""
    story: list[Flowable] = [
        *letterhead(head, WIDE_WIDTH),
        *title_block("BẢNG TỔNG HỢP", f"{heading(head.year)} ({UNJUDGED.lower()})", WIDE_WIDTH),
    ]
    story += [para(each, CELL_ITALIC) for each in left_out]
    for number, summary in enumerate(summaries, start=1):
        table: Flowable = _table(summary)
        if number == len(summaries):
            table = Signed(table, signature_block(signature, WIDE_WIDTH))
        head_lines = [
            para(f"{summary.set_name}. {summary.counts}", CELL_BOLD),
            para(f"Đơn vị tính: điểm. Không xếp hạng. {summary.sums} {summary.notice}", CELL_ITALIC),
            Spacer(1, 2 * mm),
        ]
        if number > 1:
            story.append(Spacer(1, 6 * mm))
        # The first stands below the letterhead, which needs something below it.
        story += headed(head_lines, table, WIDE_WIDTH, whole=number > 1)
    paper = Paper(target, heading(head.year), head.office, UNJUDGED, first=LANDSCAPE)
    paper.build(story)


def _table(summary: Summary) -> Table:
    heads = ["STT", "Đơn vị", "Lần nộp"]
    heads += [f"{code}. {title}" for code, title, _ in summary.fields]
    heads += ["Tổng điểm tự đánh giá", "Điểm được tự chấm", "Tỷ lệ (%)", "Ghi chú"]
    maxima: list[Flowable | str] = ["", para("Điểm tối đa", CELL_BOLD), ""]
    maxima += [para(points(maximum), CELL_NUMBER_BOLD) for _, _, maximum in summary.fields]
    maxima += [para(points(summary.maximum), CELL_NUMBER_BOLD), "", "", ""]
    rows: list[list[Flowable | str]] = [[para(text, _HEAD) for text in heads], maxima]
    for number, row in enumerate(summary.rows, start=1):
        rows.append(_row(number, row, len(summary.fields)))
    first, last = [9 * mm, _NAME, 11 * mm], [15 * mm, 15 * mm, 14 * mm, _REMARK]
    room = (WIDE_WIDTH - sum(first) - sum(last)) / max(len(summary.fields), 1)
    widths = [*first, *[min(room, _FIELD)] * len(summary.fields), *last]
    spare = WIDE_WIDTH - sum(widths)
    widths[1] += spare / 2
    widths[-1] += spare / 2
    return grid(rows, widths, head_rows=2)


_NAME, _REMARK, _FIELD = 36 * mm, 27 * mm, 15.5 * mm
"""Widths: of names and remarks at least, whose lines make the rows high, and of a field at most."""

_HEAD = CELL_CENTRE_BOLD.clone("head", fontSize=8, leading=9)


def _row(number: int, row: SummaryRow, fields: int) -> list[Flowable | str]:
    cells: list[Flowable | str] = [
        para(str(number), CELL_CENTRE),
        para(short_office(row.name), CELL),
        para(str(row.times) if row.times else "–", CELL_CENTRE),
    ]
    for value, look in (
        *((each, CELL_NUMBER) for each in row.fields or [None] * fields),
        (row.total, CELL_NUMBER_BOLD),
        (row.maximum, CELL_NUMBER),
        (row.percentage, CELL_NUMBER),
    ):
        cells.append(para(points(value), look) if value is not None else para("–", CELL_CENTRE))
    cells.append(para(row.remark, CELL))
    return cells
