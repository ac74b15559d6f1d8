"""Papers after Nghị định 30/2020/NĐ-CP, Phụ lục I: page, letterhead, styles, signature block.

Every paper is a portrait section with, where it has annexes, further sections that are numbered on their own;
the page number stands centred in the top margin and not on a section's first page. User text reaches a
paragraph only through `para`, which escapes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

import resources
from exports.reports.names import lines_of

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas

# Nghị định 30: top and bottom 20-25 mm, left 30-35 mm, right 15-20 mm.
TOP, BOTTOM, LEFT, RIGHT = 20 * mm, 20 * mm, 30 * mm, 15 * mm
PORTRAIT: Final = "portrait"
LANDSCAPE: Final = "landscape"
BODY_WIDTH: Final = A4[0] - LEFT - RIGHT
WIDE_WIDTH: Final = A4[1] - 2 * BOTTOM

_SHARE_OF_RULE: Final = 0.4
"""Of its line; Nghị định 30 says a third to a half."""

BLANK: Final = "\u00a0" * 7
"""Room for a number or a day that is written in by hand after the signature."""

FACE: Final = "Tinos"
BOLD: Final = "Tinos-Bold"
ITALIC: Final = "Tinos-Italic"
BOLD_ITALIC: Final = "Tinos-BoldItalic"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of a paper: `superior` is the office above (may be empty), `symbol` the ký hiệu after the number."""

    superior: str
    office: str
    symbol: str
    place: str
    year: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The foot of a paper: whose authority, which title, and who is told of it."""

    authority: str
    title: str
    name: str
    recipients: tuple[str, ...]


for _face, _file in (
    (FACE, "Tinos-Regular"),
    (BOLD, "Tinos-Bold"),
    (ITALIC, "Tinos-Italic"),
    (BOLD_ITALIC, "Tinos-BoldItalic"),
):
    pdfmetrics.registerFont(TTFont(_face, resources.file(f"fonts/{_file}.ttf")))
pdfmetrics.registerFontFamily(FACE, FACE, BOLD, ITALIC, BOLD_ITALIC)


def style(size: float = 13, face: str = FACE, *, align: int = TA_LEFT, **more: Any) -> ParagraphStyle:
    """A paragraph style; leading is 1.2 of the size unless given."""
    more.setdefault("leading", size * 1.2)
    return ParagraphStyle(f"{face}{size}", fontName=face, fontSize=size, alignment=align, **more)


BODY: Final = style(13.5, align=TA_JUSTIFY, firstLineIndent=10 * mm, spaceAfter=6, leading=18)
LAST: Final = BODY.clone("last", keepWithNext=1)
"""The paragraph before a list or a signature, which stays with it."""
BODY_ITALIC: Final = style(13.5, ITALIC, align=TA_JUSTIFY, firstLineIndent=10 * mm, spaceAfter=6, leading=18)
HEADING: Final = style(
    13.5, BOLD, firstLineIndent=10 * mm, spaceBefore=6, spaceAfter=6, leading=18, keepWithNext=1
)
CENTRED: Final = style(13, align=TA_CENTER)
CENTRED_BOLD: Final = style(13, BOLD, align=TA_CENTER)
TITLE: Final = style(14, BOLD, align=TA_CENTER, spaceBefore=12, leading=18)
SUBTITLE: Final = style(14, BOLD, align=TA_CENTER, leading=18)
ATTACHED: Final = style(13, ITALIC, align=TA_CENTER, leading=17)
CELL: Final = style(10.5, leading=12.5)
CELL_BOLD: Final = style(10.5, BOLD, leading=12.5)
CELL_ITALIC: Final = style(10.5, ITALIC, leading=12.5)
CELL_CENTRE: Final = style(10.5, align=TA_CENTER, leading=12.5)
CELL_CENTRE_BOLD: Final = style(10.5, BOLD, align=TA_CENTER, leading=12.5)
CELL_NUMBER: Final = style(10.5, align=TA_RIGHT, leading=12.5)
CELL_NUMBER_BOLD: Final = style(10.5, BOLD, align=TA_RIGHT, leading=12.5)
_SMALL: Final = style(11, leading=13.5)
_SMALL_HEAD: Final = style(12, BOLD_ITALIC)
_OFFICE: Final = style(12, BOLD, align=TA_CENTER)
_PLACE: Final = style(13, ITALIC, align=TA_CENTER)


def para(text: str, look: ParagraphStyle) -> Paragraph:
    """A paragraph of plain text: whatever a user typed is shown as typed."""
    return Paragraph(escape(text).replace("\n", "<br/>"), look)


def letterhead(head: Letterhead, width: float = BODY_WIDTH, *, dated: bool = True) -> list[Flowable]:
    """Office and superior at the left, quốc hiệu and tiêu ngữ at the right, number and date left blank.

    Minutes are not `dated` there: they say themselves when and where.
    """
    ours, nation = width * 0.44, width * 0.56
    # Between the two names there is always some room.
    superior = lines_of(head.superior, CENTRED, ours - 3 * mm, capitals=True)
    office = lines_of(head.office, _OFFICE, ours - 3 * mm, capitals=True)
    left: list[Flowable] = [para(superior, CENTRED)] if superior else []
    left += [para(office, _OFFICE), _rule(_longest(office, _OFFICE) * _SHARE_OF_RULE)]
    right = [
        para("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", _OFFICE),
        para("Độc lập - Tự do - Hạnh phúc", CENTRED_BOLD),
        _rule(pdfmetrics.stringWidth("Độc lập - Tự do - Hạnh phúc", BOLD, 13)),
    ]
    number = [para(f"Số: {BLANK}{head.symbol}", CENTRED)]
    day = [para(_place_and_day(head, nation), _PLACE)] if dated else []
    table = Table([[left, right], [number, day]], colWidths=[ours, nation])
    table.setStyle(
        TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("ALIGN", (0, 0), (-1, -1), "CENTER"), *_tight()])
    )
    return [table]


def title_block(title: str, subject: str, width: float = BODY_WIDTH) -> list[Flowable]:
    """Tên loại and trích yếu, with the rule below them."""
    lines = lines_of(subject, SUBTITLE, width)
    return [
        para(title, TITLE),
        para(lines, SUBTITLE),
        _rule(_longest(lines, SUBTITLE) * _SHARE_OF_RULE),
        Spacer(1, 3 * mm),
    ]


def _longest(lines: str, look: ParagraphStyle) -> float:
    return max(
        float(pdfmetrics.stringWidth(line, look.fontName, look.fontSize)) for line in lines.split("\n")
    )


def _place_and_day(head: Letterhead, width: float) -> str:
    """Địa danh and date in one line, with less room for the day where the place has a long name."""
    place = f"{head.place}, " if head.place else "……………, "
    for blanks in range(len(BLANK), 3, -1):
        blank = BLANK[:blanks]
        day = f"ngày{blank}tháng{blank}năm {head.year}"
        if pdfmetrics.stringWidth(place + day, _PLACE.fontName, _PLACE.fontSize) <= width:
            return place + day
    return f"{place.rstrip()}\n{day}"


def signature_block(signature: Signature, width: float = BODY_WIDTH) -> Flowable:
    """Nơi nhận at the left, authority, title and room for the signature and seal at the right."""
    recipients = [para("Nơi nhận:", _SMALL_HEAD)]
    recipients += [para(f"- {each};", _SMALL) for each in signature.recipients]
    recipients.append(para("- Lưu: VT.", _SMALL))
    right: list[Flowable] = [para(signature.authority.upper(), CENTRED_BOLD)] if signature.authority else []
    right += [para(signature.title.upper(), CENTRED_BOLD), Spacer(1, 22 * mm)]
    right.append(para(signature.name, CENTRED_BOLD))
    table = Table([[recipients, right]], colWidths=[width * 0.45, width * 0.55], spaceBefore=6 * mm)
    table.setStyle(
        TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("ALIGN", (0, 0), (-1, -1), "CENTER"), *_tight()])
    )
    return table


def annex(orientation: str) -> list[Flowable]:
    """Begin a section that is numbered on its own."""
    return [NextPageTemplate(orientation), _StartSection(), PageBreak()]


def annex_title(number: str, title: str, attached_to: str, width: float = BODY_WIDTH) -> list[Flowable]:
    """The head of an annex: “Phụ lục I”, its title, and what it belongs to."""
    return [
        para(f"Phụ lục {number}", SUBTITLE),
        para(title.upper(), SUBTITLE),
        para(lines_of(f"({attached_to})", ATTACHED, width), ATTACHED),
        Spacer(1, 4 * mm),
    ]


class Paper(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """A paper in the making: `foot` stands small at the bottom of every page."""

    def __init__(self, path: Path, title: str, author: str, foot: str, first: str = PORTRAIT) -> None:
        super().__init__(
            str(path),
            pagesize=A4,
            title=title,
            author=author,
            creator="PAR Index Desktop",
            lang="vi-VN",
            initialFontName=FACE,  # else every paper would name a face that the program does not ship
        )
        self._foot = foot
        self._section_start = 1
        upright = Frame(LEFT, BOTTOM, BODY_WIDTH, A4[1] - TOP - BOTTOM, 0, 0, 0, 0)
        # Turned sideways the sheet's binding edge (30 mm) is on top.
        wide = Frame(BOTTOM, RIGHT, WIDE_WIDTH, A4[0] - LEFT - RIGHT, 0, 0, 0, 0)
        templates = [
            PageTemplate(PORTRAIT, [upright], onPage=self._decorate, pagesize=A4),
            PageTemplate(LANDSCAPE, [wide], onPage=self._decorate, pagesize=landscape(A4)),
        ]
        # The first template is the first page's.
        self.addPageTemplates(sorted(templates, key=lambda template: template.id != first))

    def start_section(self) -> None:
        """The next page is a first page."""
        self._section_start = self.page + 1

    def _decorate(self, canvas: Canvas, _paper: object) -> None:
        width, height = canvas._pagesize  # noqa: SLF001  # reportlab's only name for it
        number = self.page - self._section_start + 1
        if number > 1:
            canvas.setFont(FACE, 13)
            canvas.drawCentredString(width / 2, height - 13 * mm, str(number))
        canvas.setFont(FACE, 8)
        canvas.drawRightString(width - RIGHT, 9 * mm, self._foot)


class _StartSection(ActionFlowable):  # type: ignore[misc]  # reportlab has no types
    """Tells the paper that its next page begins a section."""

    def __init__(self) -> None:
        super().__init__(("start_section",))

    def apply(self, doc: Paper) -> None:
        doc.start_section()


def _rule(width: float) -> Flowable:
    return HRFlowable(width=width, thickness=0.7, color="black", spaceBefore=2, spaceAfter=4, hAlign="CENTER")


def _tight() -> list[Any]:
    return [
        ("FONTNAME", (0, 0), (-1, -1), FACE),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
