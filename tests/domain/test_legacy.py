"""Text of the old fonts is found by how Vietnamese it reads once converted, and text in Unicode is left alone."""

from __future__ import annotations

import pytest

import resources
from parindex_desktop.domain.legacy import Legacy, converted, detect, reads_as


@pytest.mark.parametrize(
    ("old", "legacy", "new"),
    [
        ("B¶o Th¾ng", Legacy.TCVN3, "Bảo Thắng"),
        ("Tû lÖ hå s¬ gi¶i quyÕt ®óng h¹n", Legacy.TCVN3, "Tỷ lệ hồ sơ giải quyết đúng hạn"),
        (
            "Ban hµnh kÕ ho¹ch c¶i c¸ch hµnh chÝnh n¨m 2026",
            Legacy.TCVN3,
            "Ban hành kế hoạch cải cách hành chính năm 2026",
        ),
        ("Xin chaøo caùc baïn", Legacy.VNI, "Xin chào các bạn"),
        ("TIEÂU CHÍ THAØNH PHAÀN", Legacy.VNI, "TIÊU CHÍ THÀNH PHẦN"),
        ("ñuùng haïn, tröôùc haïn; tyû leä 80%", Legacy.VNI, "đúng hạn, trước hạn; tỷ lệ 80%"),
    ],
)
def test_old_text_is_found_and_shown_converted(old: str, legacy: Legacy, new: str) -> None:
    assert detect(old) is legacy
    assert converted(old, legacy) == new
    assert detect(new) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bao Thang 2026",
        "Bảo Thắng",
        "Tiêu chí: từ ≥ 80% trở lên",
        "© 2024 VNPT®",
        "café naïve façade",
        "«Xin chào»",
        "½ điểm",
        "m²",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert detect(text) is None


def test_no_text_of_the_shipped_sets_is_taken_for_an_old_font() -> None:
    def texts(node: object) -> list[str]:
        if isinstance(node, dict):
            return [text for part in node.values() for text in texts(part)]
        if isinstance(node, list):
            return [text for part in node for text in texts(part)]
        return [node] if isinstance(node, str) else []

    for path in resources.files("criteria", ".json"):
        assert [text for text in texts(resources.tree(f"criteria/{path.name}")) if detect(text)] == []


def test_a_short_text_that_could_be_both_may_be_old_among_old_ones() -> None:
    assert detect("vò") is None
    assert reads_as("vò", Legacy.VNI)
    assert not reads_as("tiêu chí", Legacy.TCVN3)
