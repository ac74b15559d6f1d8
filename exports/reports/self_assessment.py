"""Báo cáo tự đánh giá: the unit's report for signature, with its annexes (bảng điểm, tài liệu, giải trình).

Number and date stay blank: they exist only after the signature. The matching code at the foot of every page
ties the paper to the locked figures; an unlocked draft says so instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from exports.reports.layout import (
    BLANK,
    BODY,
    BODY_ITALIC,
    BODY_WIDTH,
    CELL,
    CELL_BOLD,
    CELL_CENTRE,
    CELL_CENTRE_BOLD,
    CELL_ITALIC,
    CELL_NUMBER,
    CELL_NUMBER_BOLD,
    CENTRED,
    CENTRED_BOLD,
    HEADING,
    LANDSCAPE,
    LAST,
    PORTRAIT,
    WIDE_WIDTH,
    Letterhead,
    Paper,
    Signature,
    annex,
    annex_title,
    letterhead,
    para,
    signature_block,
    title_block,
)
from exports.reports.tables import Signed, grid
from exports.reports.wording import evidence_line, points, said
from parindex_desktop.domain.criteria import Block
from parindex_desktop.domain.scoring.outcome import OutcomeState
from parindex_desktop.domain.scoring.showing import shown_answer
from parindex_desktop.domain.scoring.totals import signed

if TYPE_CHECKING:
    from pathlib import Path

    from parindex_desktop.domain.assessments import Assessment, Sheet
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.documents import Document
    from parindex_desktop.domain.messages import Message

_TABLE_LEAD = (14 * mm, 66 * mm, 15 * mm, 46 * mm, 18 * mm, 50 * mm)


def write_self_assessment(
    target: Path,
    assessment: Assessment,
    head: Letterhead,
    signature: Signature,
    counted: Message | None = None,
) -> None:
    """Write the report of a self-assessment as PDF to `target`.

    `counted` says from when to when the figures are counted, where that is not the whole year.
    """
    lock = assessment.lock
    foot = f"Mã đối chiếu: {lock.code}" if lock else "BẢN NHÁP – chưa chốt điểm"
    title = f"Báo cáo kết quả tự đánh giá Chỉ số cải cách hành chính năm {head.year}"
    attached = f"Kèm theo Báo cáo số {BLANK}{head.symbol} ngày {BLANK}/{BLANK}/{head.year} của {head.office}"
    numbered = _numbered(assessment)
    story = [
        *_report(assessment, head, counted),
        signature_block(signature),
        *annex(LANDSCAPE),
        *annex_title("I", "Bảng điểm tự đánh giá chi tiết", attached, WIDE_WIDTH),
        *_scores(assessment, numbered),
        *annex(LANDSCAPE),
        *annex_title("II", "Danh mục tài liệu kiểm chứng", attached, WIDE_WIDTH),
        *_documents(assessment, numbered),
        *annex(PORTRAIT),
        *annex_title("III", "Giải trình", attached),
        *_explanations(assessment),
        *annex(PORTRAIT),
        *annex_title("IV", "Khó khăn, vướng mắc và kiến nghị", attached),
        *_difficulties(assessment),
    ]
    Paper(target, title, head.office, foot).build(story)


def _report(assessment: Assessment, head: Letterhead, counted: Message | None) -> list[Flowable]:
    total = assessment.totals.overall
    share = total.percentage
    story: list[Flowable] = [
        *letterhead(head),
        *title_block("BÁO CÁO", f"Kết quả tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm {head.year}"),
    ]
    bases = assessment.criteria.legal_basis
    story += [para(f"Căn cứ {basis}{';' if basis is not bases[-1] else '.'}", BODY_ITALIC) for basis in bases]
    story += [
        para(
            f"{head.office} báo cáo kết quả tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm {head.year} "
            f"theo {assessment.criteria.name} như sau:",
            BODY,
        ),
        *([para(f"{said(counted)}.", BODY)] if counted else []),
        para("1. Kết quả tự đánh giá", HEADING),
        para(
            f"Tổng điểm tự đánh giá: {points(total.points)}/{points(total.maximum)} điểm được tự chấm"
            + _extras(assessment)
            + (
                f", đạt tỷ lệ {points(share)}% (chưa gồm điểm điều tra xã hội học)."
                if share is not None
                else "."
            ),
            BODY,
        ),
        _fields(assessment),
        Spacer(1, 3 * mm),
        para(
            f"Đã chấm {total.scored}/{total.to_score} tiêu chí, tiêu chí thành phần thuộc phần tự chấm; "
            f"{total.not_applicable} tiêu chí không áp dụng"
            + (f"; {total.unconfirmed} tiêu chí chép từ năm trước chưa xác nhận" if total.unconfirmed else "")
            + ". Điểm chi tiết tại Phụ lục I.",
            BODY,
        ),
        *_not_applicable(assessment),
        para("2. Tài liệu kiểm chứng và giải trình", HEADING),
        para(
            "Danh mục tài liệu kiểm chứng tại Phụ lục II; giải trình đối với tiêu chí chưa có hoặc chưa đủ tài "
            "liệu kiểm chứng tại Phụ lục III.",
            BODY,
        ),
        *_closed_incomplete(assessment),
        para("3. Khó khăn, vướng mắc và kiến nghị", HEADING),
        para("Chi tiết tại Phụ lục IV.", BODY),
        para(f"{head.office} báo cáo./.", LAST),
    ]
    return story


def _extras(assessment: Assessment) -> str:
    if not assessment.criteria.has_extras:
        return ""
    found = assessment.totals
    return f" (đã gồm {points(found.bonus)} điểm cộng và trừ {points(found.penalty)} điểm trừ)"


def _closed_incomplete(assessment: Assessment) -> list[Flowable]:
    """Why the figures were locked although something lacks."""
    if not (assessment.lock and assessment.lock.incomplete):
        return []
    lacking = len(assessment.lacking())
    return [
        para(
            f"Điểm được chốt khi còn {lacking} tiêu chí, tiêu chí thành phần chưa đủ nội dung. "
            f"Lý do: {assessment.lock.incomplete}",
            BODY,
        )
    ]


def _fields(assessment: Assessment) -> Flowable:
    rows: list[list[Flowable | str]] = [
        [
            para(t, CELL_CENTRE_BOLD)
            for t in ("STT", "Lĩnh vực", "Điểm tối đa", "Điểm được tự chấm", "Điểm tự đánh giá")
        ]
    ]
    for field in assessment.criteria.fields:
        total = assessment.totals.by_id[field.id]
        rows.append(
            [
                para(field.code, CELL_CENTRE),
                para(field.title, CELL),
                para(points(field.maximum), CELL_NUMBER),
                para(points(total.maximum) if field.block is Block.MAIN else "–", CELL_NUMBER),
                para(points(signed(field, total.points)), CELL_NUMBER),
            ]
        )
    total = assessment.totals.overall
    rows.append(
        [
            "",
            para("Tổng", CELL_BOLD),
            para(points(assessment.criteria.maximum), CELL_NUMBER_BOLD),
            para(points(total.maximum), CELL_NUMBER_BOLD),
            para(points(total.points), CELL_NUMBER_BOLD),
        ]
    )
    rest = BODY_WIDTH - 12 * mm - 3 * 24 * mm
    return grid(rows, [12 * mm, rest, 24 * mm, 24 * mm, 24 * mm], with_next=[len(rows) - 2])


def _not_applicable(assessment: Assessment) -> list[Flowable]:
    left_out = [s for s in assessment.sheets.values() if s.outcome.state is OutcomeState.NOT_APPLICABLE]
    if not left_out:
        return []
    return [
        para("Các tiêu chí không áp dụng (không tính vào tử số và mẫu số):", LAST),
        *(
            para(f"- {s.criterion.code} {s.criterion.title}: {said(s.outcome.reason)}.", BODY)
            for s in left_out
        ),
    ]


def _scores(assessment: Assessment, numbered: dict[str, int]) -> list[Flowable]:
    heads = (
        "Mã",
        "Lĩnh vực, tiêu chí, tiêu chí thành phần",
        "Điểm tối đa",
        "Số liệu kê khai",
        "Điểm tự đánh giá",
        "Cách tính điểm",
        "Tài liệu kiểm chứng (số tại Phụ lục II); ghi chú",
    )
    rows: list[list[Flowable | str]] = [[para(head, CELL_CENTRE_BOLD) for head in heads]]
    bands = []
    for criterion in assessment.criteria.walk():
        if criterion.children:
            bands.append(len(rows))
            rows.append(_group_row(assessment, criterion))
        else:
            rows.append(_leaf_row(assessment.sheets[criterion.id], numbered))
    total = assessment.totals.overall
    with_next = [*bands, len(rows) - 1]
    bands.append(len(rows))
    rows.append(
        [
            "",
            para("TỔNG CỘNG", CELL_BOLD),
            para(points(assessment.criteria.maximum), CELL_NUMBER_BOLD),
            para(f"Điểm được tự chấm: {points(total.maximum)}", CELL_BOLD),
            para(points(total.points), CELL_NUMBER_BOLD),
            "",
            "",
        ]
    )
    table = grid(rows, [*_TABLE_LEAD, WIDE_WIDTH - sum(_TABLE_LEAD)], bands=bands, with_next=with_next)
    hands = _hands(assessment)
    return [
        para(f"Đơn vị tính: điểm. {assessment.criteria.notice}", CELL_ITALIC),
        Spacer(1, 2 * mm),
        Signed(table, hands) if hands else table,
    ]


def _hands(assessment: Assessment) -> Table | None:
    """Who entered the figures and who looked them through, to be signed below the table."""
    lock = assessment.lock
    if lock is None or not (lock.entered or lock.approved):
        return None
    hands = Table(
        [
            [para("NGƯỜI LẬP BIỂU", CENTRED_BOLD), para("NGƯỜI KIỂM TRA", CENTRED_BOLD)],
            [Spacer(1, 18 * mm), Spacer(1, 18 * mm)],
            [para("\n".join(lock.entered), CENTRED), para(lock.approved, CENTRED)],
        ],
        colWidths=[WIDE_WIDTH / 2] * 2,
        spaceBefore=4 * mm,
    )
    hands.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return hands


def _group_row(assessment: Assessment, group: Criterion) -> list[Flowable | str]:
    return [
        para(group.code, CELL_CENTRE_BOLD),
        para(group.title, CELL_BOLD),
        para(points(group.maximum), CELL_NUMBER_BOLD),
        "",
        para(points(signed(group, assessment.totals.by_id[group.id].points)), CELL_NUMBER_BOLD),
        "",
        "",
    ]


def _leaf_row(sheet: Sheet, numbered: dict[str, int]) -> list[Flowable | str]:
    outcome = sheet.outcome
    declared = "\n".join(said(line) for line in shown_answer(sheet.criterion, sheet.answer))
    remarks = [
        f"[{numbered[each.document.id]}]" + (f" tr. {each.page}" if each.page else "")
        for each in sheet.evidence
    ]
    notes = "; ".join(remarks)
    if sheet.explanation or sheet.reason:
        notes += ("; " if notes else "") + "xem Phụ lục III"
    if sheet.note:
        notes += ("\n" if notes else "") + sheet.note
    shown = points(signed(sheet.criterion, outcome.points)) if outcome.points is not None else "–"
    return [
        para(sheet.criterion.code, CELL_CENTRE),
        para(sheet.criterion.title, CELL),
        para(points(sheet.criterion.maximum), CELL_NUMBER),
        para(declared, CELL),
        para(shown, CELL_NUMBER),
        para(said(outcome.reason), CELL),
        para(notes, CELL),
    ]


def _documents(assessment: Assessment, numbered: dict[str, int]) -> list[Flowable]:
    used = _uses(assessment)
    if not used:
        return [para("Không có tài liệu kiểm chứng.", BODY)]
    heads = (
        "STT",
        "Số, ký hiệu",
        "Ngày ban hành",
        "Cơ quan ban hành",
        "Trích yếu",
        "Hình thức",
        "Tiêu chí (trang)",
    )
    rows: list[list[Flowable | str]] = [[para(head, CELL_CENTRE_BOLD) for head in heads]]
    for document, places in used:
        rows.append(
            [
                para(str(numbered[document.id]), CELL_CENTRE),
                para(document.number or "Không số", CELL),
                para(f"{document.date:%d/%m/%Y}" if document.date else "", CELL_CENTRE),
                para(document.issuer, CELL),
                para(document.subject, CELL),
                para(evidence_line(document), CELL),
                para(", ".join(places), CELL),
            ]
        )
    lead = [11 * mm, 33 * mm, 22 * mm, 42 * mm, 66 * mm, 48 * mm]
    return [grid(rows, [*lead, WIDE_WIDTH - sum(lead)])]


def _explanations(assessment: Assessment) -> list[Flowable]:
    heads = ("Mã", "Tiêu chí, tiêu chí thành phần", "Điểm", "Giải trình; lý do chưa đạt điểm tối đa")
    rows: list[list[Flowable | str]] = [[para(head, CELL_CENTRE_BOLD) for head in heads]]
    for sheet in assessment.sheets.values():
        texts = [f"Giải trình: {sheet.explanation}"] if sheet.explanation else []
        texts += [f"Lý do chưa đạt điểm tối đa: {sheet.reason}"] if sheet.reason else []
        if texts:
            own = sheet.outcome.points
            rows.append(
                [
                    para(sheet.criterion.code, CELL_CENTRE),
                    para(sheet.criterion.title, CELL),
                    para(
                        f"{points(own)}/{points(sheet.criterion.maximum)}" if own is not None else "–",
                        CELL_CENTRE,
                    ),
                    para("\n".join(texts), CELL),
                ]
            )
    if len(rows) == 1:
        return [para("Không có nội dung phải giải trình.", BODY)]
    lead = [14 * mm, 52 * mm, 22 * mm]
    return [grid(rows, [*lead, BODY_WIDTH - sum(lead)])]


def _difficulties(assessment: Assessment) -> list[Flowable]:
    texts = (("1. Khó khăn, vướng mắc", "difficulties"), ("2. Kiến nghị", "proposals"))
    story: list[Flowable] = []
    for heading, name in texts:
        story.append(para(heading, HEADING))
        lines = assessment.report[name].splitlines() or ["Không có."]
        story += [para(line, BODY) for line in lines if line.strip()]
    return story


def _uses(assessment: Assessment) -> list[tuple[Document, list[str]]]:
    """Every document with the criteria that it proves, in the order of the table of scores."""
    found: dict[str, tuple[Document, list[str]]] = {}
    for sheet in assessment.sheets.values():
        for each in sheet.evidence:
            page = f" (tr. {each.page})" if each.page else ""
            found.setdefault(each.document.id, (each.document, []))[1].append(sheet.criterion.code + page)
    return list(found.values())


def _numbered(assessment: Assessment) -> dict[str, int]:
    return {document.id: number for number, (document, _) in enumerate(_uses(assessment), start=1)}
