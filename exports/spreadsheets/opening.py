"""Opening a workbook that somebody sends: only an honest .xlsx of a sane size is read, and never its formulas."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from contextlib import closing, contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import msgid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook import Workbook

LARGEST: Final = 32 * 1024 * 1024
"""Bytes of all parts of a workbook together, unpacked; the list of every commune of the country has 2 MB."""
_MOST_PARTS: Final = 1000
_OLD: Final = b"\xd0\xcf\x11\xe0"
"""First bytes of .xls files, and of workbooks that a password protects."""
_DECLARATIONS: Final = tuple(
    sign.encode(coding)
    for sign in ("<!DOCTYPE", "<!ENTITY")
    for coding in ("ascii", "utf-16-le", "utf-16-be")
)
"""No spreadsheet program writes these; in XML they can unpack to gigabytes or name other files."""
_TYPES: Final = "[content_types].xml"
_MACRO_TYPE: Final = b"macroEnabled"
"""What a workbook that may hold macros (.xlsm) says of itself."""
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    SyntaxError,  # of the XML, whichever parser openpyxl finds
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
)
"""What zipfile and openpyxl raise for files that are damaged or only look like a workbook."""


class NotAWorkbook(UserError):
    """The file is something else, or damaged."""

    code = "spreadsheet.not_xlsx"
    template = msgid(
        "“{name}” is not an Excel workbook (.xlsx), or it is damaged. Nothing was taken over; open it in the "
        "spreadsheet program, save it as .xlsx, and choose that file."
    )


class WorkbookOldOrProtected(UserError):
    """An .xls file, or one with a password."""

    code = "spreadsheet.old_or_protected"
    template = msgid(
        "“{name}” is in the old Excel format (.xls) or protected by a password. Nothing was taken over; save it "
        "as .xlsx without a password, and choose that file."
    )


class WorkbookHasMacros(UserError):
    """Programs have no place in a list."""

    code = "spreadsheet.macros"
    template = msgid(
        "“{name}” contains macros. Nothing was taken over; save it as .xlsx (without macros), and choose that "
        "file."
    )


class WorkbookTooLarge(UserError):
    """Larger than any honest list."""

    code = "spreadsheet.too_large"
    template = msgid(
        "“{name}” is larger than any list of this kind. Nothing was taken over; copy only the list into a new "
        "workbook, and choose that one."
    )


@contextmanager
def open_workbook(data: bytes, name: str) -> Iterator[Workbook]:
    """The workbook in `data`, formulas unread, links to other files dropped; `name` is that of its file, for errors.

    Its rows are read while they are asked for, so whatever the library raises inside the block is damage too.
    Raises `NotAWorkbook`, `WorkbookOldOrProtected`, `WorkbookHasMacros` or `WorkbookTooLarge`.
    """
    if data.startswith(_OLD):
        raise WorkbookOldOrProtected(name=name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check(archive, name)
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that it leaves out; nothing of them is read.
            warnings.simplefilter("ignore", UserWarning)
            with closing(load_workbook(BytesIO(data), keep_links=False, read_only=True)) as book:
                yield book
    except UserError:
        raise
    except _BROKEN as fault:
        raise NotAWorkbook(name=name) from fault


def _check(archive: zipfile.ZipFile, name: str) -> None:
    """Look at every part before the library does."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
        raise WorkbookTooLarge(name=name)
    for part in parts:
        lowered = part.filename.lower()
        if lowered.endswith("vbaproject.bin") or "/macrosheets/" in lowered:
            raise WorkbookHasMacros(name=name)
        with archive.open(part) as stream:
            # What unpacks to more than it says ends here as a damaged file.
            content = stream.read()
        if any(sign in content for sign in _DECLARATIONS):
            raise NotAWorkbook(name=name)
        if lowered == _TYPES and _MACRO_TYPE in content:
            raise WorkbookHasMacros(name=name)
