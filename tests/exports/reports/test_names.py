"""The head of a paper: names of offices broken where people would break them, on lines as even as they can be."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from exports.reports.layout import ATTACHED, BODY_WIDTH, BOLD, CENTRED, style
from exports.reports.names import lines_of

OFFICE = style(12, BOLD)
WIDTH = BODY_WIDTH * 0.44 - 8.5


def broken(name: str) -> list[str]:
    return lines_of(name, OFFICE, WIDTH, capitals=True).split("\n")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Sở Nội vụ", ["SỞ NỘI VỤ"]),
        ("Ủy ban nhân dân xã Bản Hồ", ["ỦY BAN NHÂN DÂN XÃ BẢN HỒ"]),
        ("Ủy ban nhân dân tỉnh Lâm Đồng", ["ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG"]),
        ("Uỷ ban nhân dân tỉnh Lâm Đồng", ["UỶ BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG"]),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HỒ CHÍ MINH"]),
        ("Ủy ban nhân dân phường Xuân Hương - Đà Lạt", ["ỦY BAN NHÂN DÂN", "PHƯỜNG XUÂN HƯƠNG - ĐÀ LẠT"]),
        (
            "Ủy ban nhân dân đặc khu Quần đảo Trường Sa",
            ["ỦY BAN NHÂN DÂN", "ĐẶC KHU QUẦN ĐẢO", "TRƯỜNG SA"],
        ),
        ("Văn phòng Ủy ban nhân dân tỉnh Lào Cai", ["VĂN PHÒNG ỦY BAN NHÂN DÂN", "TỈNH LÀO CAI"]),
        ("", [""]),
    ],
)
def test_a_name_is_broken_where_people_would(name: str, lines: list[str]) -> None:
    assert broken(name) == lines


PLACES = ["Lào Cai", "Hồ Chí Minh", "Bà Rịa - Vũng Tàu", "Thừa Thiên Huế", "Bản Hồ"]
KINDS = ["tỉnh", "thành phố", "huyện", "xã", "phường", "thị trấn", "đặc khu"]


@pytest.mark.parametrize(("kind", "place"), list(itertools.product(KINDS, PLACES)))
def test_a_place_keeps_its_kind_and_its_name_whole(kind: str, place: str) -> None:
    lines = broken(f"Ủy ban nhân dân {kind} {place}")
    assert lines[-1].endswith(f"{kind} {place}".upper())


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12), max_size=25))
def test_no_word_is_lost_and_every_line_fits_that_can(words: list[str]) -> None:
    lines = lines_of(" ".join(words), CENTRED, WIDTH).split("\n")
    assert " ".join(lines).split(" ") == (words or [""])
    for line in lines:
        fits = pdfmetrics.stringWidth(line, CENTRED.fontName, CENTRED.fontSize) <= WIDTH
        assert fits or " " not in line


def test_room_for_what_is_written_by_hand_is_kept() -> None:
    blank = "\u00a0" * 7
    name = f"(Kèm theo Báo cáo số {blank}/BC-UBND ngày {blank}/{blank}/2026 của Ủy ban nhân dân xã Bản Hồ)"
    lines = lines_of(name, ATTACHED, BODY_WIDTH)
    assert lines.replace("\n", " ") == name
    assert lines.split("\n")[1].startswith("của ")
