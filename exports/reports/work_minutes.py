"""Biên bản bàn giao công việc: who passes what on to whom, for the signatures of both and of the head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table, TableStyle

from exports.reports.layout import (
    BODY,
    BODY_WIDTH,
    CELL,
    CELL_CENTRE,
    CELL_CENTRE_BOLD,
    CENTRED,
    CENTRED_BOLD,
    HEADING,
    LAST,
    Letterhead,
    Paper,
    Signature,
    letterhead,
    para,
    title_block,
)
from exports.reports.tables import grid
from exports.reports.wording import points, said
from resources import Language, say
from resources.language import to_the_second

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from parindex_desktop.domain.people import Person
    from parindex_desktop.domain.work_minutes import Item, Made, Minutes, Open, WorkOfYear


def write_work_minutes(target: Path, minutes: Minutes, head: Letterhead, signature: Signature) -> None:
    """Write the minutes as PDF to `target`; `signature` is that of the head of the office."""
    story = [
        *letterhead(head, dated=False),
        *title_block("BIÊN BẢN", "Bàn giao công việc theo dõi, đánh giá Chỉ số cải cách hành chính"),
        *_opening(minutes, head),
    ]
    for number, (title, content) in enumerate(_sections(minutes), start=1):
        story += [para(f"{number}. {title}", HEADING), *content]
    last = [
        para(
            "Hai bên đã cùng kiểm tra và thống nhất các nội dung trên. Biên bản được lập thành 03 bản có giá trị như "
            "nhau, mỗi bên giữ 01 bản, 01 bản lưu tại cơ quan./.",
            BODY,
        ),
        *_signatures(minutes, signature),
    ]
    story.append(KeepTogether(last))
    Paper(target, "Biên bản bàn giao công việc", head.office, "").build(story)


def _opening(minutes: Minutes, head: Letterhead) -> list[Flowable]:
    on = minutes.on
    day = f"Hôm nay, ngày {on:%d} tháng {on:%m} năm {on:%Y}, tại {head.office}, chúng tôi gồm:"
    return [
        para(day, BODY),
        para(f"Bên giao: {_whole(minutes.giver)}.", BODY),
        para(f"Bên nhận: {_whole(minutes.taker)}.", BODY),
        para("Hai bên tiến hành bàn giao công việc với các nội dung sau:", LAST),
    ]


def _whole(person: Person) -> str:
    room = f" ({person.room})" if person.room else ""
    return f"Ông (bà) {person.words}{room}"


def _sections(minutes: Minutes) -> Iterator[tuple[str, list[Flowable]]]:
    for work in minutes.years:
        yield f"Phiếu tự chấm điểm năm {work.year}", _year(work)
    if minutes.kits is not None:
        yield "Số liệu cần thống nhất", _unsettled(minutes.unsettled)
        yield "Kit của tỉnh đã xuất", _made(minutes.kits)
    yield "Khóa, mật khẩu và bản sao khóa", _key(minutes)
    if minutes.note:
        yield "Nội dung khác", [para(line, BODY) for line in minutes.note.splitlines() if line.strip()]


def _year(work: WorkOfYear) -> list[Flowable]:
    parts: list[tuple[str, list[Flowable]]] = [
        (
            "Tiêu chí, tiêu chí thành phần được giao",
            _items(work.passed_on, "Bên giao không được giao riêng tiêu chí nào."),
        )
    ]
    if work.begun:
        none = "Không có."
        parts += [
            ("Tiêu chí khác còn thiếu, chưa giao cho người khác", _items(work.others, none)),
            ("Số liệu cần thống nhất", _unsettled(work.unsettled)),
            ("Hồ sơ đã nộp", _made(work.made)),
        ]
    story: list[Flowable] = [para(said(each), BODY) for each in (work.words, work.warning) if each]
    for letter, (title, content) in zip("abcd", parts, strict=False):
        story += [CondPageBreak(30 * mm), para(f"{letter}) {title}:", BODY), *content]
    return story


def _items(items: Sequence[Item], none: str) -> list[Flowable]:
    if not items:
        return [para(none, BODY)]
    rows: list[list[Flowable | str]] = [
        [
            para(each, CELL_CENTRE_BOLD)
            for each in ("Mã", "Tiêu chí, tiêu chí thành phần", "Điểm", "Còn thiếu")
        ]
    ]
    for item in items:
        own = points(item.points) if item.points is not None else "–"
        lacks = "; ".join(say(need.words, Language.VI) for need in item.needs) or "Đủ"
        rows.append(
            [
                para(item.code, CELL_CENTRE),
                para(item.title, CELL),
                para(f"{own}/{points(item.maximum)}", CELL_CENTRE),
                para(lacks, CELL),
            ]
        )
    lead = [14 * mm, 86 * mm, 22 * mm]
    return [grid(rows, [*lead, BODY_WIDTH - sum(lead)]), Spacer(1, 2 * mm)]


def _unsettled(unsettled: Sequence[Open]) -> list[Flowable]:
    lines = [f"- {' – '.join(filter(None, (each.where, said(each.part))))}." for each in unsettled]
    return [para(line, BODY) for line in lines or ["Không có."]]


def _made(made: Sequence[Made]) -> list[Flowable]:
    if not made:
        return [para("Chưa có.", BODY)]
    rows: list[list[Flowable | str]] = [
        [para(each, CELL_CENTRE_BOLD) for each in ("Lần", "Thời điểm ký", "Mã nội dung (SHA-256)")]
    ]
    rows += [
        [
            para(str(each.number), CELL_CENTRE),
            para(to_the_second(each.at) if each.at else "–", CELL_CENTRE),
            para(each.code, CELL),
        ]
        for each in made
    ]
    lead = [14 * mm, 44 * mm]
    return [grid(rows, [*lead, BODY_WIDTH - sum(lead)]), Spacer(1, 2 * mm)]


def _key(minutes: Minutes) -> list[Flowable]:
    lines = [f"- Mã khóa của máy: {minutes.key_code}."]
    if minutes.changed:
        lines.append(
            "- Mật khẩu của khóa: đã đổi khi bàn giao, chỉ bên nhận biết mật khẩu mới. Các bản sao khóa có trước lúc "
            "này vẫn mở bằng mật khẩu cũ: phải thu hồi, hủy và sao chép lại."
        )
    else:
        lines.append("- Mật khẩu của khóa: chưa đổi khi bàn giao; bên nhận phải đổi ngay khi có thể.")
    if minutes.copied:
        at, folder = minutes.copied
        lines.append(f"- Bản sao khóa gần nhất: {to_the_second(at)}, tại {folder}.")
    else:
        lines.append("- Bản sao khóa: chương trình chưa tạo bản sao nào.")
    return [para(line, BODY) for line in lines]


def _signatures(minutes: Minutes, signature: Signature) -> list[Flowable]:
    both = Table(
        [
            [para("BÊN NHẬN", CENTRED_BOLD), para("BÊN GIAO", CENTRED_BOLD)],
            [para("(Ký, ghi rõ họ tên)", CENTRED), para("(Ký, ghi rõ họ tên)", CENTRED)],
            [Spacer(1, 18 * mm), Spacer(1, 18 * mm)],
            [para(minutes.taker.name, CENTRED_BOLD), para(minutes.giver.name, CENTRED_BOLD)],
        ],
        colWidths=[BODY_WIDTH / 2] * 2,
        spaceBefore=3 * mm,
    )
    both.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
    head: list[Flowable] = [Spacer(1, 5 * mm)]
    head += [para(signature.authority.upper(), CENTRED_BOLD)] if signature.authority else []
    title = signature.title.upper() or "THỦ TRƯỞNG CƠ QUAN"
    return [both, *head, para(title, CENTRED_BOLD), Spacer(1, 18 * mm), para(signature.name, CENTRED_BOLD)]
