"""Text in cells breaks at blanks; nothing of it is lost, nothing runs over the edge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.wrapping import pieces, wrapped


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, ("",)),
        ("xã Bản Hồ", 9, ("xã Bản Hồ",)),
        ("xã Bản Hồ", 8, ("xã Bản", "Hồ")),
        ("112/BC-UBND", 7, ("112/BC-", "UBND")),
        ("báo_cáo_quý_3.pdf", 8, ("báo_cáo_", "quý_3.", "pdf")),
        ("Nghiêngngả", 4, ("Nghi", "êngn", "gả")),
        ("một\nhai", 20, ("một", "hai")),
        ("Số:\u00a005 ngày", 6, ("Số:\u00a005", "ngày")),
        ("đạt 64,98 / 82,50 điểm", 14, ("đạt", "64,98\u00a0/\u00a082,50", "điểm")),
        ("Lĩnh vực / Tiêu chí", 12, ("Lĩnh vực /", "Tiêu chí")),
    ],
)
def test_lines(text: str, width: int, lines: tuple[str, ...]) -> None:
    assert wrapped(text, width, len) == lines


@given(st.text(st.sampled_from("aăâ /-_.\n\u00a0đ"), max_size=60), st.integers(1, 30))
def test_every_letter_is_shown_once_and_in_order(text: str, width: int) -> None:
    lines = wrapped(text, width, len)
    assert "".join("".join(lines).split(" ")) == "".join(text.replace("\n", " ").split(" "))
    assert all(len(line.strip(" ")) <= width for line in lines)


@given(st.text(st.sampled_from("aăâ đ"), max_size=60), st.integers(1, 30))
def test_more_room_never_needs_more_lines(text: str, width: int) -> None:
    assert len(wrapped(text, width + 1, len)) <= len(wrapped(text, width, len))


def test_what_stays_together() -> None:
    assert pieces("Self-scored points / Điểm") == ["Self-", "scored", "points", "/", "Điểm"]
