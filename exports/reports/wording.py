"""Values in the words of a paper, which is always Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.domain.documents import Document, Form
from resources import Language, say

if TYPE_CHECKING:
    from decimal import Decimal

    from parindex_desktop.domain.messages import Message

_FORMS = {
    Form.FILE: "Tệp kèm theo: {name}",
    Form.PAPER: "Bản giấy, lưu tại {place}",
    Form.LINK: "Đường dẫn: {place}",
    Form.EXTRACT: "Số liệu trích xuất từ {place}",
    Form.CLASSIFIED: "Văn bản mật, không kèm tệp, lưu tại {place}",
}


def said(message: Message) -> str:
    """A computed sentence in Vietnamese."""
    return say(message, Language.VI)


def points(value: Decimal) -> str:
    """Points or a percentage with a decimal comma."""
    return say("{value}", Language.VI, value=value)


def short_office(name: str) -> str:
    """The name of an office as tables have it: “UBND xã Bản Hồ”."""
    begin = "Ủy ban nhân dân "
    return f"UBND {name[len(begin) :]}" if name.casefold().startswith(begin.casefold()) else name


def evidence_line(document: Document) -> str:
    """In what form a document is at hand."""
    return _FORMS[document.form].format(name=document.name, place=document.place or "…")
