"""Tables of papers over several pages: no row cut, no heading or total by itself, no signature on an empty page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from exports.reports.layout import (
    BODY,
    BODY_WIDTH,
    CELL,
    LANDSCAPE,
    PORTRAIT,
    WIDE_WIDTH,
    Paper,
    Signature,
    para,
    signature_block,
)
from exports.reports.tables import Signed, grid
from tests.papers import flat, pages, words_outside

if TYPE_CHECKING:
    from pathlib import Path

SIGNATURE = Signature("TM. Ủy ban nhân dân", "Chủ tịch", "Nguyễn Văn An", ("Sở Nội vụ",))


def printed(target: Path, story: list[Flowable], first: str = PORTRAIT) -> list[str]:
    """The text of the pages, each as one line."""
    Paper(target, "Bảng", "Sở", "CUỐI", first=first).build(story)
    assert words_outside(target) == []
    return [flat(page) for page in pages(target)]


def rows(texts: list[str], *, head: str = "ĐẦU") -> list[list[Flowable | str]]:
    return [[para(head, CELL), para("Nội dung", CELL)], *([para(t, CELL), para("x", CELL)] for t in texts)]


def table(texts: list[str], width: float = BODY_WIDTH, **options: object) -> Flowable:
    return grid(rows(texts), [width - 30 * mm, 30 * mm], **options)  # type: ignore[arg-type]  # those of grid


@pytest.mark.parametrize("lines", [2, 5, 11, 17])
@pytest.mark.parametrize("first", [PORTRAIT, LANDSCAPE])
def test_a_row_goes_over_to_the_next_page_whole(tmp_path: Path, lines: int, first: str) -> None:
    texts = [f"BẮT-ĐẦU-{n} " + "chữ\n" * lines + f"KẾT-THÚC-{n}" for n in range(30)]
    width = BODY_WIDTH if first == PORTRAIT else WIDE_WIDTH
    text = printed(tmp_path / "a.pdf", [table(texts, width)], first)
    for number in range(30):
        assert sum(f"BẮT-ĐẦU-{number} " in page and f"KẾT-THÚC-{number} " in page for page in text) == 1
    assert all(page.count("ĐẦU Nội dung") == 1 for page in text)


def test_a_row_longer_than_a_page_is_divided(tmp_path: Path) -> None:
    long = " ".join(f"từ{n}" for n in range(6000))
    text = printed(tmp_path / "a.pdf", [table(["ngắn", long, "cuối cùng"])])
    assert all(page.count("ĐẦU Nội dung") == 1 for page in text)
    whole = " ".join(text)
    assert all(f"từ{n} " in whole for n in range(6000))
    assert "cuối cùng" in text[-1]


@pytest.mark.parametrize("count", range(30, 75, 3))
def test_a_total_stands_with_the_row_before_it(tmp_path: Path, count: int) -> None:
    texts = [*(f"HÀNG-{n}" for n in range(count)), "TỔNG CỘNG"]
    last = printed(tmp_path / "a.pdf", [table(texts, with_next=[count])])[-1]
    assert "TỔNG CỘNG" in last
    assert f"HÀNG-{count - 1}" in last


@pytest.mark.parametrize("above", range(25, 60, 2))
def test_headings_stand_with_what_they_head(tmp_path: Path, above: int) -> None:
    texts = [*(f"HÀNG-{n}" for n in range(above)), "LĨNH-VỰC", "NHÓM", "TIÊU-CHÍ", *(["x"] * 20)]
    text = printed(tmp_path / "a.pdf", [table(texts, with_next=[above + 1, above + 2])])
    (page,) = [page for page in text if "LĨNH-VỰC" in page]
    assert "TIÊU-CHÍ" in page


def test_what_should_stay_together_but_is_longer_than_a_page_is_printed_all_the_same(tmp_path: Path) -> None:
    texts = [f"HÀNG-{n}" for n in range(120)]
    text = printed(tmp_path / "a.pdf", [para("Trước.", BODY), table(texts, with_next=range(1, 120))])
    assert all(sum(f"{t} " in page for page in text) == 1 for t in texts)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
@pytest.mark.parametrize("room", range(60, 110, 5))
def test_a_short_table_is_shared_out_evenly_where_the_signature_needs_a_page(
    tmp_path: Path, count: int, room: int
) -> None:
    texts = [f"HÀNG-{n} của bảng" for n in range(count)]
    story = [
        Spacer(1, room * mm),
        Signed(table(texts, WIDE_WIDTH), signature_block(SIGNATURE, WIDE_WIDTH)),
    ]
    first, *rest = printed(tmp_path / "a.pdf", story, LANDSCAPE)
    if rest:
        rows_first, rows_last = first.count("HÀNG-"), rest[-1].count("HÀNG-")
        assert rows_first >= min(rows_last, count // 2)
        assert rows_last >= min(2, count // 2)


@pytest.mark.parametrize("count", [0, 1, 2, *range(8, 45)])
def test_a_signature_stands_below_rows_of_its_table(tmp_path: Path, count: int) -> None:
    texts = [f"HÀNG-{n} của bảng" for n in range(count)]
    story = [Spacer(1, 40 * mm), Signed(table(texts, WIDE_WIDTH), signature_block(SIGNATURE, WIDE_WIDTH))]
    text = printed(tmp_path / "a.pdf", story, LANDSCAPE)
    last = text[-1]
    assert "CHỦ TỊCH" in last
    assert last.count("HÀNG-") >= min(count, 2)
    assert last.index("CHỦ TỊCH") > last.rindex("Nội dung")
    assert all(sum(f"{t} " in page for page in text) == 1 for t in texts)
