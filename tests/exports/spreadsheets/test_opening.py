"""Only an honest .xlsx of a sane size is opened; everything else is refused by its own name."""

from __future__ import annotations

import contextlib
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from exports.spreadsheets import opening
from exports.spreadsheets.grid import read_grids
from exports.spreadsheets.opening import (
    NotAWorkbook,
    WorkbookHasMacros,
    WorkbookOldOrProtected,
    WorkbookTooLarge,
    open_workbook,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from parindex_desktop.domain.errors import UserError


def workbook() -> bytes:
    book = Workbook()
    book.active["A1"] = "Xã Bản Hồ"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SOUND = workbook()


def rezipped(change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    """The sound workbook with other parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SOUND)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return stream.getvalue()


def same(_name: str, data: bytes) -> bytes:
    return data


def with_entities(name: str, data: bytes) -> bytes:
    if name != "xl/workbook.xml":
        return data
    return b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + data


def without_sheets(name: str, data: bytes) -> bytes:
    return b"" if name.startswith("xl/worksheets/") else data


def test_a_sound_workbook_is_opened() -> None:
    with open_workbook(SOUND, "a.xlsx") as book:
        assert book.active["A1"].value == "Xã Bản Hồ"


def test_formulas_are_not_computed_and_links_not_followed() -> None:
    book = Workbook()
    book.active["A1"] = "=WEBSERVICE(1)"
    stream = io.BytesIO()
    book.save(stream)
    with open_workbook(stream.getvalue(), "a.xlsx") as opened:
        assert opened.active["A1"].data_type == "f"


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (b"", NotAWorkbook),
        (b"Ma;Ten;Cap", NotAWorkbook),
        (b"PK\x03\x04", NotAWorkbook),
        (SOUND[: len(SOUND) // 2], NotAWorkbook),
        (rezipped(with_entities), NotAWorkbook),
        (rezipped(without_sheets), NotAWorkbook),
        (rezipped(lambda name, data: b"" if name == "[Content_Types].xml" else data), NotAWorkbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), WorkbookOldOrProtected),
        (rezipped(same, {"xl/vbaProject.bin": b"macro"}), WorkbookHasMacros),
        (rezipped(same, {f"xl/media/{n}.png": b"" for n in range(1001)}), WorkbookTooLarge),
        (rezipped(same, {"xl/media/zeros.bin": bytes(opening.LARGEST + 1)}), WorkbookTooLarge),
    ],
)
def test_anything_else_is_refused_by_name(data: bytes, refused: type[UserError]) -> None:
    with pytest.raises(refused, match="danh-muc"):
        read_grids(data, "danh-muc.xlsx")


@given(place=st.integers(0, len(SOUND) - 1), byte=st.integers(0, 255))
def test_a_flipped_byte_never_ends_in_a_bug(place: int, byte: int) -> None:
    data = bytearray(SOUND)
    data[place] = byte
    with contextlib.suppress(NotAWorkbook, WorkbookTooLarge, WorkbookOldOrProtected):
        read_grids(bytes(data), "a.xlsx")
