"""Whatever stands in a cell, each reader ends in sentences that name it: never in a bug, never in a silent zero."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

import resources
from exports.spreadsheets.criteria_book import read_criteria_book
from exports.spreadsheets.criteria_writing import criteria_book
from exports.spreadsheets.form_writing import form_book
from exports.spreadsheets.given_figures import FigureSheet, read_figures, write_figures
from exports.spreadsheets.grid import GridCell, Wrong
from exports.spreadsheets.opening import NotAWorkbook
from exports.spreadsheets.people import read_people, write_people
from exports.spreadsheets.proposals import propose
from exports.spreadsheets.units import read_units, write_units
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.units import Level
from resources import Language, say
from tests.exports.spreadsheets.books import replaced
from tests.exports.spreadsheets.forms import ABOUT, CRITERIA, TREE, assessed, place_of, read, saved
from tests.exports.spreadsheets.test_proposals import workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from parindex_desktop.domain.messages import Message

SCHEMA = resources.tree("schemas/criteria-set.schema.json")
ODD = {
    "four hundred digits": "<v>1" + "0" * 400 + "</v>",
    "infinite": "<v>1e999</v>",
    "below everything": "<v>-1e999</v>",
    "a time": ' t="d"><v>01:02:00</v>',
    "a duration": ' t="d"><v>PT100H</v>',
    "a truth": ' t="b"><v>1</v>',
    "an error": ' t="e"><v>#N/A</v>',
    "a formula": "<f>1/0</f><v>1</v>",
    "five thousand digits as text": f' t="inlineStr"><is><t>{"1" * 5000}</t></is>',
    "Arabic digits": ' t="inlineStr"><is><t>١٢٣</t></is>',
    "half a sign": ' t="inlineStr"><is><t>_xD83D_</t></is>',
}
"""The inside of a cell as a workbook stores it, after the end of its tag where that says a type."""
DAMAGED = {
    "no number": "<v>NaN</v>",
    "five thousand digits": f"<v>{'1' * 5000}</v>",
    "no day": ' t="d"><v>hôm qua</v>',
}
"""What no spreadsheet program writes; the library reads nothing of such a workbook."""


def odd(data: bytes, part: str, kind: str, *places: str) -> bytes:
    """The workbook `data`, another content in some of its cells."""
    inside = {**ODD, **DAMAGED}[kind]
    tag = inside if inside.startswith(" ") else f">{inside}"
    xml = xml_of(data, part)
    for place in places:
        cell = re.compile(rf'<c r="{place}"(?:[^>]*/>|[^>]*[^>/]>.*?</c>)', re.DOTALL)
        xml, count = cell.subn(f'<c r="{place}"{tag}</c>', xml)
        assert count == 1
    return replaced(data, {part: xml.encode()})


def xml_of(data: bytes, part: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part).decode()


def in_folder(write: Callable[[Path], None]) -> bytes:
    with TemporaryDirectory() as folder:
        write(Path(folder) / "a.xlsx")
        return (Path(folder) / "a.xlsx").read_bytes()


def of_criteria(data: bytes) -> Iterable[Message]:
    return read_criteria_book(data, "a.xlsx", SCHEMA).faults


def of_figures(data: bytes) -> Iterable[Message]:
    return read_figures(data, "a.xlsx").faults


def of_table(data: bytes) -> Iterator[Message]:
    found = propose(data, "a.xlsx")
    for row in found.rows:
        yield from row.doubts


def of_units(data: bytes) -> Iterable[Message]:
    return read_units(data, "a.xlsx").faults


def of_people(data: bytes) -> Iterable[Message]:
    return read_people(data, "a.xlsx").faults


FORM = saved(form_book(ABOUT, assessed({})))
COUNTED = next(leaf for leaf in CRITERIA.leaves() if leaf.inputs and leaf.inputs[0].kind == "count")
SET = criteria_book(TREE)
FIGURES = FigureSheet(
    Level.COMMUNE, (("8.4/previous", "Năm trước"),), ((None, "", (1,)), ("03001", "Xã", (5,)))
)
TABLE = workbook(
    ("STT", "Tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng"),
    ("1", "Kế hoạch", 1, "Kế hoạch"),
    ("2", "Báo cáo", 2, "Báo cáo"),
)
READERS: dict[str, tuple[Callable[[bytes], Iterable[Message]], bytes, str, str]] = {
    "form": (
        lambda data: read(data).faults,
        FORM,
        "xl/worksheets/sheet1.xml",
        place_of(load_workbook(io.BytesIO(FORM)), COUNTED, f"input/{COUNTED.inputs[0].name}"),
    ),
    "criteria": (of_criteria, saved(SET), "xl/worksheets/sheet2.xml", "E3"),
    "figures": (
        of_figures,
        in_folder(lambda path: write_figures(path, [FIGURES])),
        "xl/worksheets/sheet1.xml",
        "C4",
    ),
    "table": (of_table, TABLE, "xl/worksheets/sheet1.xml", "C3"),
    "units": (of_units, in_folder(lambda path: write_units(path, [])), "xl/worksheets/sheet1.xml", "A1"),
    "people": (
        of_people,
        in_folder(lambda path: write_people(path, [("Lan", "công chức", "Văn phòng", "")], None)),
        "xl/worksheets/sheet1.xml",
        "A2",
    ),
}
READ_ON = {
    "figures": {"a truth", "five thousand digits as text", "Arabic digits", "half a sign"},
    "people": {"Arabic digits", "half a sign"},
}
"""A truth answers a question, a text is measured against its figure later on, a name may be in any script."""


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("reader", ["form", "criteria", "figures", "table", "people"])
def test_a_cell_that_is_no_number_is_a_fault_at_its_place(reader: str, kind: str) -> None:
    faults_of, data, part, place = READERS[reader]
    assert not any(place in say(fault, Language.EN) for fault in faults_of(data))
    found = [say(fault, Language.EN) for fault in faults_of(odd(data, part, kind, place))]
    "".join(found).encode()
    named = any(re.search(rf"\b{place}\b", sentence) for sentence in found)
    assert named is (kind not in READ_ON.get(reader, ()))


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("end", [0, -1])
def test_a_row_of_odd_cells_ends_in_sentences(reader: str, kind: str, end: int) -> None:
    """The titles, or the last row."""
    faults_of, data, part, _ = READERS[reader]
    places = re.findall(r'<c r="([A-Z]+([0-9]+))"', xml_of(data, part))
    row = places[end][1]
    changed = odd(data, part, kind, *(place for place, number in places if number == row))
    try:
        said = [say(fault, Language.VI) for fault in faults_of(changed)]
    except UserError as refused:
        said = [say(refused.message, Language.VI)]
    "".join(said).encode()


@pytest.mark.parametrize("kind", DAMAGED)
def test_what_no_spreadsheet_program_writes_is_refused_by_name(kind: str) -> None:
    faults_of, data, part, place = READERS["units"]
    with pytest.raises(NotAWorkbook, match=r"a\.xlsx"):
        faults_of(odd(data, part, kind, place))


@pytest.mark.parametrize(
    ("value", "form", "number"),
    [
        (10**15 - 1, "General", "999999999999999"),
        (0.1 + 0.2, "General", "0.3"),
        (60, "0%", "60"),
        (True, "General", None),
        ("12", "General", None),
    ],
)
def test_a_number_is_read_in_one_place(value: object, form: str, number: str | None) -> None:
    cell = GridCell(1, 1, value, "n", form)
    assert cell.number() == (None if number is None else Decimal(number))
    if "%" in form:
        with pytest.raises(Wrong, match=r"form_sheet\.percent"):
            cell.figure()
    else:
        assert cell.figure() == cell.number()


def test_a_number_with_three_decimals_is_no_thousand() -> None:
    (fault,) = of_figures(
        in_folder(
            lambda path: write_figures(
                path, [FigureSheet(Level.COMMUNE, FIGURES.columns, (("03001", "Xã", (Decimal("1.234"),)),))]
            )
        )
    )
    assert "C3" in say(fault, Language.EN)
    assert "“1.234” is not a number" in say(fault, Language.EN)
