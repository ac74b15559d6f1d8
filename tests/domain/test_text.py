from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.text import TextTooLong, clean, folded, one_line, shortened, sort_key

ALPHABET = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")


def test_decomposed_text_becomes_one_form() -> None:
    assert clean(unicodedata.normalize("NFD", "Bản Hồ")) == "Bản Hồ"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("  Xã  Bản  ", "Xã  Bản"),
        ("a\x00b\x07c", "abc"),
        ("báo cáo\u202efdp.exe", "báo cáofdp.exe"),
        ("\ufeffđầu", "đầu"),
        ("lone \udcff", "lone ?"),
    ],
)
def test_what_cannot_be_seen_or_printed_is_left_out(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_one_line_folds_every_break() -> None:
    assert one_line(" 12/KH-UBND\n ngày\t5 ") == "12/KH-UBND ngày 5"


def test_a_text_beyond_the_limit_is_refused_with_both_figures() -> None:
    with pytest.raises(TextTooLong) as refused:
        clean("x" * 11, limit=10)
    assert refused.value.values == {"length": 11, "limit": 10}


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_search_ignores_tones_accents_case_and_d() -> None:
    assert folded("Đồng Văn") == folded("dong van") == "dong van"
    assert folded("Thanh Hoá") == folded("Thanh Hóa")


def test_the_alphabet_is_the_vietnamese_one() -> None:
    assert sorted(set(ALPHABET), key=sort_key) == ALPHABET


def test_tones_are_second_and_in_dictionary_order() -> None:
    words = ["ma", "mà", "mả", "mã", "má", "mạ", "mab"]
    assert sorted(set(words), key=sort_key) == words


def test_numbers_inside_sort_by_size_and_names_by_letters() -> None:
    assert sorted(["1.10", "1.2", "1.1"], key=sort_key) == ["1.1", "1.2", "1.10"]
    communes = ["Xã Bản Hồ", "Xã Cốc Lầu", "Xã Dền Sáng", "Xã Đại Sơn", "Xã Mường Bo", "Xã Ý Tý"]
    assert sorted(set(communes), key=sort_key) == communes


def test_letters_and_accents_that_an_invisible_sign_kept_apart_come_together() -> None:
    assert clean("a\u200b\u0301") == "á"


@given(st.text())
def test_clean_text_is_in_one_form(text: str) -> None:
    assert unicodedata.is_normalized("NFC", clean(text))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Báo cáo đúng hạn", "Báo cáo đúng hạn"),
        ("Báo cáo đúng hạn, đủ nội dung", "Báo cáo đúng hạn, đủ…"),
        ("Tỷ lệ hồ sơ trước hạn, liên thông", "Tỷ lệ hồ sơ trước hạn…"),
        ("0123456789012345678901234567890", "01234567890123456789012…"),
    ],
)
def test_a_quotation_ends_after_a_word_and_says_that_it_goes_on(text: str, quoted: str) -> None:
    assert shortened(text, 24) == quoted


@given(st.text(max_size=80), st.integers(min_value=2, max_value=60))
def test_a_quotation_is_never_longer_than_its_room(text: str, limit: int) -> None:
    assert len(shortened(text, limit)) <= limit
    assert shortened(text, len(text)) == text
