"""What another office wrote is taken as it is meant, or not at all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain import strict
from parindex_desktop.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

SHA256 = "0f" * 32


@given(st.text(max_size=40))
def test_clean_is_what_cleaning_leaves_alone(text: str) -> None:
    assert strict.is_clean(text) == (clean(text) == text)
    assert strict.is_clean(clean(text))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("", True),
        ("Ủy ban nhân dân xã Bản Hồ", True),
        ("dòng một\ndòng hai", True),
        ("một\u00a0hai", True),
        (" một", False),
        ("một\r\nhai", False),
        ("một\x00", False),
        ("a\u202eb", False),
        ("a\u200bb", False),
        ("o\u0302", False),
    ],
)
def test_texts(text: str, whole: bool) -> None:
    assert strict.is_clean(text) is whole


READERS: list[tuple[Callable[[Any], Any], list[Any], list[Any]]] = [
    (lambda v: strict.text(v, 3), ["", "abc", "ộ"], ["abcd", 5, None, ["a"], {}]),
    (strict.sha256, [SHA256], [SHA256.upper(), SHA256[1:], SHA256 + "0", "", [SHA256], None, 0]),
    (strict.size, [0, 1, 2**40], [-1, "1", True, None, [1]]),
    (strict.day, [None, "1945-01-01", "2100-12-31"], ["", "20261105", "2026-W01-1", "1944-12-31", "2101-01-01", 5, [],
                                                      "2026-02-30", "2026-11-05T00:00:00"]),
    (strict.moment, ["2026-11-20T02:41:07+00:00", "2026-11-20T02:41:07.000001+00:00"],
     ["2026-11-20T02:41:07", "2026-11-20T02:41:07Z", "2026-11-20T09:41:07+07:00", "0001-01-01T00:00:00+00:00",
      "9999-12-31T23:59:59+00:00", "", None, 0, []]),
    (lambda v: strict.fields(v, {"a", "b"}), [{"a": 1, "b": None}], [{"a": 1}, {"a": 1, "b": 1, "c": 1}, [], None]),
    (strict.table, [{}, {"x": 1}], [[], None, "x"]),
    (strict.items, [[], [1]], [{}, None, "x"]),
]  # fmt: skip


@pytest.mark.parametrize(("read", "value"), [(read, value) for read, good, _ in READERS for value in good])
def test_what_is_meant_is_read(read: Callable[[Any], Any], value: Any) -> None:
    found = read(value)
    assert (found.isoformat() if isinstance(found, dt.date) else found) == value


@pytest.mark.parametrize(("read", "value"), [(read, value) for read, _, bad in READERS for value in bad])
def test_nothing_is_converted(read: Callable[[Any], Any], value: Any) -> None:
    with pytest.raises(ValueError):
        read(value)
