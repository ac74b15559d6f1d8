"""A specimen document of evidence, for the demonstration: a page that says what it would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus import Spacer

from exports.reports.layout import BODY, SUBTITLE, TITLE, Letterhead, Paper, letterhead, para

if TYPE_CHECKING:
    from pathlib import Path


def write_specimen(target: Path, head: Letterhead, subject: str, lines: list[str]) -> None:
    """Write one page of PDF about `subject`."""
    story = [*letterhead(head), para("VĂN BẢN MINH HỌA", TITLE), para(subject, SUBTITLE), Spacer(1, 12)]
    story += [para(line, BODY) for line in lines]
    Paper(target, subject, head.office, "Tài liệu minh họa, không có giá trị pháp lý").build(story)
