"""A criteria set written to a workbook is read back without loss, however it was edited; every fault has its cell."""

from __future__ import annotations

import io
import itertools
import json
import unicodedata
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

import resources
from exports.spreadsheets.criteria_book import (
    BookRead,
    NotACriteriaBook,
    read_criteria_book,
    write_criteria_book,
)
from exports.spreadsheets.criteria_columns import KINDS, LEVELS, PART_SHEETS
from parindex_desktop.domain.criteria_reading import CriteriaSetFaulty, read_criteria_set
from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.domain.text import clean
from resources import Language, say
from tests.exports.spreadsheets.books import as_saved_by_calc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hypothesis.strategies import DrawFn
    from openpyxl.worksheet.worksheet import Worksheet

SCHEMA = resources.tree("schemas/criteria-set.schema.json")
SHIPPED = [path.name for path in resources.files("criteria", ".json")]

# Texts as a set holds them; among them what a spreadsheet program would take for something else.
signs = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])
texts = (
    st.text(signs, max_size=40).map(clean).filter(bool)
    | st.sampled_from(
        ["=1+1", "-b + a", "+", "@x", "1,50", "31/12", "_x0041_", "Đạt 100%", "TRUE", "#N/A", "\ufffe"]
    )
).filter(lambda text: clean(text) == text)
ids = st.uuids().map(str)
names = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
points = st.decimals(0, 100, places=2).map(lambda value: f"{value:.2f}")
percents = st.sampled_from(["0", "35", "97.5", "97.50", "60.0", "100", "66.67"])
years = st.integers(2020, 2030).map(str)
labels = st.sampled_from


def graded(figures: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.one_of(
        figures,
        st.dictionaries(st.sampled_from(list(LEVELS)), figures, min_size=1).map(
            lambda each: {"by_level": each}
        ),
        st.dictionaries(years, figures, min_size=1).map(lambda each: {"by_year": each}),
        st.dictionaries(years, figures, min_size=1).map(lambda each: {"roadmap": each}),
    )


def entry(required: dict[str, Any], **optional: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


def listed(each: st.SearchStrategy[Any], least: int = 1) -> st.SearchStrategy[list[Any]]:
    return st.lists(each, min_size=least, max_size=4)


nothing = labels(["full", "zero", "not_applicable"])
share = {"figures": labels(["count", "amount"]), "numerator": texts, "denominator": texts}
step = st.one_of(
    *(entry({"points": graded(points), name: graded(percents)}) for name in ("at_least", "above"))
)
count_step = st.one_of(
    *(entry({"points": graded(points), name: st.integers(0, 10_000)}) for name in ("at_least", "above"))
)
option = entry({"id": names, "title": texts, "share": graded(percents)})
figure = st.one_of(
    entry({"id": names, "title": texts, "figures": labels(["count", "amount", "yes_no"])}),
    entry(
        {
            "id": names,
            "title": texts,
            "figures": st.just("choice"),
            "options": listed(entry({"id": names, "title": texts}), 2),
        }
    ),
)
month_days = st.dates().map(lambda day: day.strftime("%m-%d"))
due = entry({"day": month_days, "year_offset": st.integers(-1, 1)})
after = entry({"event": texts, "days": st.integers(0, 366)}, days_are=labels(["calendar", "working"]))
late = listed(entry({"days": st.integers(1, 366), "share": graded(percents)}))
RULES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "yes_no": entry({"question": texts}, nothing_arose=nothing),
    "ratio": entry(share, floor=graded(percents), nothing_arose=nothing),
    "threshold": entry({**share, "target": graded(percents)}, nothing_arose=nothing),
    "threshold_ratio": entry({**share, "target": graded(percents)}, floor=graded(percents)),
    "steps": st.one_of(
        entry({**share, "by": st.just("percentage"), "steps": listed(step)}, nothing_arose=nothing),
        entry({"count": texts, "by": st.just("count"), "steps": listed(count_step)}),
    ),
    "count": entry({"count": texts, "each": graded(points), "most": st.integers(1, 10_000)}),
    "checklist": entry({"items": listed(entry({"id": names, "title": texts, "points": graded(points)}))}),
    "choice": entry({"question": texts, "options": listed(option, 2)}, nothing_arose=nothing),
    "deduct": entry({"count": texts, "each": graded(points), "floor": graded(points)}),
    "deadline": st.one_of(
        entry({"date": texts, "not_done": texts, "due": due}, late=late),
        entry({"date": texts, "not_done": texts, "after": after}, late=late, nothing_arose=nothing),
    ),
    "survey": entry({}, options=listed(option, 2)),
    "sipas": entry({}, steps=listed(step)),
    "compare_previous": entry(
        {
            "figures": labels(["count", "amount"]),
            "value": texts,
            "previous": texts,
            "better": labels(["higher", "lower"]),
        },
        by=graded(percents),
        kept=graded(percents),
        nothing_arose=nothing,
    ),
    "formula": entry(
        {
            "inputs": st.lists(figure, min_size=1, max_size=4, unique_by=lambda each: each["id"]),
            "points": texts,
        },
        branches=listed(entry({"when": texts, "points": texts})),
        nothing_arose=nothing,
    ),
    "manual": entry({}),
}


@st.composite
def leaves(draw: DrawFn, kind: str | None = None) -> dict[str, Any]:
    rule_kind = kind or draw(st.sampled_from(list(RULES)))
    leaf = draw(
        entry(
            {
                "id": ids,
                "title": texts,
                "maximum": points,
                "part": labels(["documents", "survey", "judgement"]),
                "applicability": labels(["always", "if_any"]),
                "documents": st.lists(texts, max_size=3),
                "reason_below_maximum": labels(["required", "optional"]),
            },
            lead=texts,
            guidance=st.lists(texts, min_size=1, max_size=3).map("\n".join),
            source=texts,
            block=labels(["main", "bonus", "penalty"]),
        )
    )
    if kind is None and draw(st.booleans()):
        return {**leaf, "applicability": "never", "not_applicable_ground": draw(texts)}
    return {**leaf, "rule": {"kind": rule_kind, **draw(RULES[rule_kind])}}


def group(children: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return entry(
        {
            "id": ids,
            "title": texts,
            "maximum": points,
            "children": st.lists(children, min_size=1, max_size=3),
        },
        lead=texts,
        block=labels(["main", "bonus", "penalty"]),
    )


def coded(nodes: list[dict[str, Any]], above: str = "") -> list[dict[str, Any]]:
    return [
        {
            **node,
            "code": f"{above}{number}",
            **({"children": coded(node["children"], f"{above}{number}.")} if "children" in node else {}),
        }
        for number, node in enumerate(nodes, 1)
    ]


calendars = st.dictionaries(
    years,
    st.tuples(st.lists(month_days, min_size=1, max_size=3), st.lists(month_days, max_size=2)),
    min_size=1,
    max_size=2,
).map(
    lambda found: {
        year: {
            "holidays": [f"{year}-{day}" for day in days],
            **({"worked": [f"{year}-{day}" for day in worked]} if worked else {}),
        }
        for year, (days, worked) in found.items()
    }
)


def sets(tops: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return entry(
        {
            "format": st.just(1),
            "id": ids,
            "name": texts,
            "year": st.integers(2012, 2100),
            "level": labels(list(LEVELS)),
            "version": st.integers(1, 9999),
            "notice": texts,
            "legal_basis": st.lists(texts, min_size=1, max_size=3),
            "maximum": points,
            "criteria": st.lists(tops, min_size=1, max_size=3).map(coded),
        },
        calendar=calendars,
    )


COUNTER = itertools.count()


def written(tree: dict[str, Any], folder: Path) -> bytes:
    target = folder / f"set-{next(COUNTER)}.xlsx"
    write_criteria_book(target, tree)
    data = target.read_bytes()
    target.unlink()
    return data


def read(data: bytes, **how: Any) -> BookRead:
    return read_criteria_book(data, "bo.xlsx", SCHEMA, **how)


def is_accepted(tree: dict[str, Any]) -> bool:
    try:
        read_criteria_set(json.dumps(tree).encode(), SCHEMA)
    except CriteriaSetFaulty:
        return False
    return True


def sentences(found: BookRead) -> list[str]:
    return [say(fault, Language.EN) for fault in found.faults]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_set_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    tree = resources.tree(f"criteria/{name}")
    found = read(written(tree, tmp_path))
    assert found.faults == ()
    assert found.tree == tree
    assert found.criteria is not None
    assert read_criteria_set(found.document(), SCHEMA) == found.criteria


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_every_rule_kind_comes_back_as_it_was(kind: str, data: st.DataObject, tmp_path: Path) -> None:
    tree = data.draw(sets(leaves(kind)))
    found = read(written(tree, tmp_path), old_fonts=OldFonts.KEEP)
    assert found.tree == tree
    assert (found.criteria is not None) == is_accepted(tree)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(tree=sets(group(leaves() | group(leaves())) | leaves()))
def test_trees_of_any_depth_come_back_as_they_were(tree: dict[str, Any], tmp_path: Path) -> None:
    assert read(written(tree, tmp_path), old_fonts=OldFonts.KEEP).tree == tree


# A small set that uses every sheet; the tests below edit its workbook.


def a_leaf(number: int, code: str, maximum: str, rule: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "code": code,
        "title": f"Tiêu chí {code}",
        "maximum": maximum,
        "part": "documents",
        "applicability": "always",
        "rule": rule,
        "documents": ["Kế hoạch", "Báo cáo"],
        "reason_below_maximum": "optional",
        **more,
    }


def a_set() -> dict[str, Any]:
    figures = {"figures": "count", "numerator": "Số đạt", "denominator": "Tổng số"}
    steps = [{"at_least": "90", "points": "1.50"}, {"at_least": "80", "points": "0.50"}]
    options = [{"id": "good", "title": "Tốt", "share": "100"}, {"id": "fair", "title": "Khá", "share": "50"}]
    items = [
        {"id": "a", "title": "Có kế hoạch", "points": "0.50"},
        {"id": "b", "title": "Đúng hạn", "points": "0.50"},
    ]
    formula = {
        "kind": "formula",
        "inputs": [
            {"id": "late", "title": "Trễ hạn", "figures": "count"},
            {
                "id": "size",
                "title": "Quy mô",
                "figures": "choice",
                "options": [{"id": "big", "title": "Lớn"}, {"id": "small", "title": "Nhỏ"}],
            },
        ],
        "branches": [{"when": "late = 0", "points": "maximum"}],
        "points": "maximum / 2",
    }
    deadline = {
        "kind": "deadline",
        "date": "Ngày ban hành",
        "not_done": "Chưa ban hành",
        "after": {"event": "Ngày giao", "days": 5, "days_are": "working"},
        "late": [{"days": 3, "share": "50"}],
    }
    target = {"by_level": {"commune": "40", "district": "50"}}
    return {
        "format": 1,
        "id": "00000000-0000-4000-8000-000000000000",
        "name": "Bộ tiêu chí",
        "year": 2026,
        "level": "commune",
        "version": 1,
        "notice": "Minh họa.",
        "legal_basis": ["Quyết định 1", "Quyết định 2"],
        "maximum": "6.50",
        "criteria": [
            {
                "id": "00000000-0000-4000-8000-000000000100",
                "code": "1",
                "title": "Lĩnh vực 1",
                "maximum": "3.50",
                "children": [
                    a_leaf(
                        1, "1.1", "1.50", {"kind": "steps", "by": "percentage", **figures, "steps": steps}
                    ),
                    a_leaf(2, "1.2", "1.00", {"kind": "choice", "question": "Mức?", "options": options}),
                    a_leaf(3, "1.3", "1.00", {"kind": "checklist", "items": items}),
                ],
            },
            {
                "id": "00000000-0000-4000-8000-000000000200",
                "code": "2",
                "title": "Lĩnh vực 2",
                "maximum": "3.00",
                "children": [
                    a_leaf(4, "2.1", "1.00", formula),
                    a_leaf(5, "2.2", "1.00", deadline),
                    a_leaf(6, "2.3", "1.00", {"kind": "threshold", **figures, "target": target}),
                ],
            },
        ],
        "calendar": {"2026": {"holidays": ["2026-01-01", "2026-02-16"], "worked": ["2026-08-22"]}},
    }


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return written(a_set(), tmp_path_factory.mktemp("book"))


def edited(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    book = load_workbook(io.BytesIO(data))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cell(sheet: Worksheet, title: str, code: str = "", nth: int = 0) -> Any:
    """The cell below a title, in the row of a code (its `nth`); of the head the one beside its line."""
    if sheet.title == "Bộ tiêu chí":
        return next(row[1] for row in sheet.iter_rows() if row[0].value == title)
    column = next(each.column for each in sheet[1] if each.value == title)
    keys = next(each.column for each in sheet[1] if each.value in {"STT", "Mã tiêu chí", "Ngày"})
    rows = [row for row in range(2, sheet.max_row + 1) if not code or sheet.cell(row, keys).value == code]
    return sheet.cell(rows[nth], column)


def test_the_small_set_is_sound(sound: bytes) -> None:
    found = read(sound)
    assert sentences(found) == []
    assert found.tree == a_set()


def test_numbers_are_numbers_and_titles_stay_in_sight(sound: bytes) -> None:
    book = load_workbook(io.BytesIO(sound))
    maximum = cell(book["Tiêu chí"], "Điểm tối đa", "1.1")
    assert (maximum.value, maximum.data_type, maximum.number_format) == (1.5, "n", "0.00")
    assert {book[name].freeze_panes for name in book.sheetnames[1:-1]} <= {"E2", "C2", "B2"}
    assert all(sheet.data_validations.dataValidation for sheet in book.worksheets[:-1])


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    tree = a_set()
    tree["criteria"][0]["title"] = "=HYPERLINK(1)"
    book = load_workbook(io.BytesIO(written(tree, tmp_path)))
    title = cell(book["Tiêu chí"], "Tiêu chí", "1")
    assert (title.data_type, title.quotePrefix, title.value) == ("s", True, "=HYPERLINK(1)")


# What may be done to the workbook without any loss.


def blank_rows(book: Workbook) -> None:
    for sheet in book.worksheets[1:-1]:
        sheet.insert_rows(3, 4)


def other_order(book: Workbook) -> None:
    for sheet in book.worksheets[1:-1]:
        rows = [[each.value for each in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), 2):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
                if isinstance(value, str):
                    sheet.cell(number, column).data_type = "s"


def other_columns(book: Workbook) -> None:
    for sheet in book.worksheets[1:-1]:
        sheet.insert_cols(3)
        sheet.cell(1, 3).value = "Ghi chú của tôi"
        sheet.cell(2, 3).value = "x"
        sheet.insert_rows(1, 2)
        sheet.cell(1, 1).value = "In ngày hôm nay"


def as_text(book: Workbook) -> None:
    for each in cells(book):
        if isinstance(each.value, (int, float)):
            each.value = str(Decimal(str(each.value))).replace(".", ",")


def decomposed(book: Workbook) -> None:
    for each in cells(book):
        if isinstance(each.value, str):
            each.value = f"  {unicodedata.normalize('NFD', each.value)} \n"


def without_formats(book: Workbook) -> None:
    for each in cells(book):
        if not isinstance(each.value, datetime):
            each.style = "Normal"


def days_as_text(book: Workbook) -> None:
    for each in book["Lịch nghỉ"]["B"][1:]:
        each.value = each.value.strftime("%d/%m/%Y")


def merged_codes(book: Workbook) -> None:
    for sheet in (book["Bậc điểm"], book["Phương án"]):
        for column in (2, sheet.max_column):
            sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)


def percent_format(book: Workbook) -> None:
    share = cell(book["Phương án"], "Tỷ lệ điểm (%)", "1.2", 1)
    share.value, share.number_format = 0.5, "0%"


def cells(book: Workbook) -> Iterator[Any]:
    for sheet in book.worksheets[:-1]:
        for row in sheet.iter_rows(min_col=2 if sheet.title == "Bộ tiêu chí" else 1):
            yield from row


@pytest.mark.parametrize(
    "change",
    [
        blank_rows,
        other_order,
        other_columns,
        as_text,
        decomposed,
        without_formats,
        days_as_text,
        merged_codes,
        percent_format,
    ],
)
def test_it_survives_what_people_and_programs_do(change: Callable[[Workbook], None], sound: bytes) -> None:
    found = read(edited(sound, change))
    assert sentences(found) == []
    assert found.tree == a_set()


def test_it_survives_another_program(sound: bytes) -> None:
    found = read(as_saved_by_calc(sound))
    assert sentences(found) == []
    assert found.tree == a_set()


@pytest.mark.parametrize("title", ["Mã định danh", "NĂM", "Tổng điểm tối đa:"])
def test_a_value_of_the_head_may_read_like_a_title(title: str, tmp_path: Path) -> None:
    tree = {**a_set(), "name": title, "legal_basis": [title]}
    assert read(written(tree, tmp_path)).tree == tree


def test_codes_may_change_without_their_rules_going_astray(sound: bytes) -> None:
    def swap(book: Workbook) -> None:
        one, other = (cell(book["Tiêu chí"], "STT", code) for code in ("1.1", "1.2"))
        one.value, other.value = "1.2", "1.1"

    wanted = a_set()
    one, other = wanted["criteria"][0]["children"][:2]
    one["code"], other["code"] = "1.2", "1.1"
    assert read(edited(sound, swap)).tree == wanted


def test_a_part_whose_code_was_typed_anew_moves_there(sound: bytes) -> None:
    def move(book: Workbook) -> None:
        cell(book["Bậc điểm"], "Mã tiêu chí", "1.1", 1).value = "2.3"

    found = read(edited(sound, move))
    assert len(found.tree["criteria"][0]["children"][0]["rule"]["steps"]) == 1
    assert any("Bậc điểm" in sentence and "no place" in sentence for sentence in sentences(found))


def test_a_row_without_id_gets_a_new_one(sound: bytes) -> None:
    def add(book: Workbook) -> None:
        sheet = book["Tiêu chí"]
        source = [each.value for each in sheet[5]]  # 1.3
        row = sheet.max_row + 1
        for column, value in enumerate(source, 1):
            sheet.cell(row, column).value = value
        cell(sheet, "STT", nth=row - 2).value = "2.4"
        for title in ("Thứ tự", "Mã định danh"):
            cell(sheet, title, nth=row - 2).value = None
        items = book["Nội dung"]
        for title in ("Mới 1", "Mới 2"):
            items.append([None, "2.4", title, 0.5, None, None])
        book["Cách chấm"].append([None, "2.4"])
        cell(sheet, "Điểm tối đa", "2").value = 4
        cell(book["Bộ tiêu chí"], "Tổng điểm tối đa").value = "7,5"

    numbers = itertools.count(900)
    found = read(edited(sound, add), new_id=lambda: f"00000000-0000-4000-8000-{next(numbers):012}")
    assert sentences(found) == []
    new = found.tree["criteria"][1]["children"][3]
    assert (new["code"], new["id"]) == ("2.4", "00000000-0000-4000-8000-000000000900")
    assert len({item["id"] for item in new["rule"]["items"]}) == 2


def test_a_criterion_whose_id_was_cleared_keeps_its_rule(sound: bytes) -> None:
    found = read(edited(sound, put("Tiêu chí", "Mã định danh", "1.1", None)), new_id=lambda: NEW_ID)
    assert sentences(found) == []
    wanted = a_set()
    wanted["criteria"][0]["children"][0]["id"] = NEW_ID
    assert found.tree == wanted


def test_steps_left_over_of_a_deleted_criterion_are_never_those_of_another(sound: bytes) -> None:
    def change(book: Workbook) -> None:
        book["Tiêu chí"].delete_rows(3)  # 1.1, whose steps stay
        cell(book["Tiêu chí"], "STT", "1.2").value = "1.1"

    found = read(edited(sound, change))
    assert found.criteria is None
    assert [fault.values["sheet"] for fault in found.faults if fault.code == "book.owner_unknown"] == [
        "Cách chấm",
        "Bậc điểm",
        "Bậc điểm",
    ]


# Every fault at its cell.


NEW_ID = "00000000-0000-4000-8000-000000000900"


def put(sheet: str, title: str, code: str, value: Any, nth: int = 0) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        cell(book[sheet], title, code, nth).value = value

    return change


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (put("Bộ tiêu chí", "Năm", "", "hai nghìn"), ("Bộ tiêu chí", "B2", "Năm"), "is not a number"),
        (put("Bộ tiêu chí", "Năm", "", 1999), ("Bộ tiêu chí", "B2", "Năm"), "at least 2,012"),
        (put("Bộ tiêu chí", "Cấp", "", "Thôn"), ("Bộ tiêu chí", "B3", "Cấp"), "none of: Tỉnh"),
        (
            put("Bộ tiêu chí", "Tên bộ tiêu chí", "", None),
            ("Bộ tiêu chí", "B1", "Tên bộ tiêu chí"),
            "missing",
        ),
        (put("Tiêu chí", "Điểm tối đa", "1.1", 1.255), ("Tiêu chí", "E3", "Điểm tối đa"), "two decimals"),
        (put("Tiêu chí", "Điểm tối đa", "1.1", 2), ("Tiêu chí", "E2", "Điểm tối đa"), "add up to 4.00"),
        (put("Tiêu chí", "Điểm tối đa", "2.3", None), ("Tiêu chí", "E9", "Điểm tối đa"), "missing"),
        (put("Tiêu chí", "Cách chấm", "1.1", "Bốc thăm"), ("Tiêu chí", "F3", "Cách chấm"), "none of"),
        (put("Tiêu chí", "Cách chấm", "1.1", None), ("Tiêu chí", "F3", "Cách chấm"), "missing"),
        (put("Tiêu chí", "Bậc", "1.1", 4), ("Tiêu chí", "C3", "Bậc"), "cannot stand at depth 4"),
        (put("Tiêu chí", "STT", "1.2", "1.1"), ("Tiêu chí", "B4", "STT"), "in cell B3 too"),
        (put("Tiêu chí", "STT", "1.2", datetime(2026, 2, 1)), ("Tiêu chí", "B4", "STT"), "A date stands"),  # noqa: DTZ001
        (put("Tiêu chí", "Tiêu chí", "1.2", "=A1&B1"), ("Tiêu chí", "D4", "Tiêu chí"), "formula"),
        (put("Tiêu chí", "Tiêu chí", "1.2", "a" * 501), ("Tiêu chí", "D4", "Tiêu chí"), "at most 500"),
        (put("Tiêu chí", "Phần", "1", "Tài liệu kiểm chứng"), ("Tiêu chí", "G2", "Phần"), "no place"),
        (
            put("Tiêu chí", "Phần", "1.2", "Điều tra xã hội học"),
            ("Tiêu chí", "G4", "Phần"),
            "does not belong",
        ),
        (put("Cách chấm", "Tử số", "1.1", None), ("Cách chấm", "E2", "Tử số"), "missing"),
        (put("Cách chấm", "Câu hỏi", "1.1", "Có?"), ("Cách chấm", "C2", "Câu hỏi"), "no place"),
        (
            put("Cách chấm", "Mã tiêu chí", "1.2", "9.9"),
            ("Cách chấm", "B3", "Mã tiêu chí"),
            "no criterion “9.9”",
        ),
        (put("Cách chấm", "Công thức điểm", "2.1", "late /"), ("Cách chấm", "Y5", "Công thức điểm"), ""),
        (
            put("Cách chấm", "Ngưỡng đạt (%)", "2.3", "theo cấp: xã"),
            ("Cách chấm", "G7", "Ngưỡng đạt (%)"),
            "cannot",
        ),
        (
            put("Cách chấm", "Ngưỡng đạt (%)", "2.3", "theo cấp: sở = 5"),
            ("Cách chấm", "G7", "Ngưỡng đạt (%)"),
            "no value",
        ),
        (put("Cách chấm", "Ngưỡng đạt (%)", "2.3", 101), ("Cách chấm", "G7", "Ngưỡng đạt (%)"), "between"),
        (put("Bậc điểm", "Từ (≥)", "1.1", "nhiều", 1), ("Bậc điểm", "C3", "Từ (≥)"), "not a number"),
        (put("Bậc điểm", "Từ (≥)", "1.1", 95, 1), ("Bậc điểm", "C3", "Từ (≥)"), "best to the worst"),
        (put("Phương án", "Tỷ lệ điểm (%)", "1.2", None), ("Phương án", "D2", "Tỷ lệ điểm (%)"), "missing"),
        (put("Nội dung", "Điểm", "1.3", True), ("Nội dung", "D2", "Điểm"), "neither a text nor"),
        (put("Trễ hạn", "Trễ đến (ngày)", "2.2", 1.5), ("Trễ hạn", "C2", "Trễ đến (ngày)"), "whole number"),
        (
            put("Số liệu của công thức", "Loại số liệu", "2.1", "chữ"),
            ("Số liệu của công thức", "E2", "Loại số liệu"),
            "none of",
        ),
        (
            put("Lựa chọn của số liệu", "Tên trong công thức", "2.1", "x"),
            ("Lựa chọn của số liệu", "C2", "Tên trong công thức"),
            "no figure “x”",
        ),
        (
            put("Điều kiện của công thức", "Khi", "2.1", "other = 0"),
            ("Điều kiện của công thức", "C2", "Khi"),
            "other",
        ),
        (put("Lịch nghỉ", "Ngày", "", "2026-02-30"), ("Lịch nghỉ", "B2", "Ngày"), "no day of 2026"),
        (put("Lịch nghỉ", "Loại", "", None), ("Lịch nghỉ", "C2", "Loại"), "missing"),
    ],
)
def test_a_fault_is_named_with_sheet_row_and_column(
    change: Callable[[Workbook], None], place: tuple[str, str, str], words: str, sound: bytes
) -> None:
    found = read(edited(sound, change))
    assert found.criteria is None
    told = {
        (fault.values["sheet"], fault.values["cell"], fault.values["column"]): fault for fault in found.faults
    }
    assert place in told, sentences(found)
    assert words in say(told[place], Language.EN)
    assert str(told[place].values["row"]) in place[1]


def test_all_faults_are_told_at_once(sound: bytes) -> None:
    def change(book: Workbook) -> None:
        put("Bộ tiêu chí", "Năm", "", "x")(book)
        put("Tiêu chí", "Tiêu chí", "1.1", None)(book)
        put("Bậc điểm", "Điểm", "1.1", "nhiều")(book)
        put("Cách chấm", "Mẫu số", "2.3", None)(book)

    assert len(read(edited(sound, change)).faults) == 4


@pytest.mark.parametrize("sheet", ["Cách chấm", "Bậc điểm", "Lịch nghỉ"])
def test_a_sheet_that_is_missing_is_a_fault(sheet: str, sound: bytes) -> None:
    found = read(edited(sound, lambda book: book.remove(book[sheet])))
    assert [(fault.code, fault.values["sheet"]) for fault in found.faults] == [("book.sheet_missing", sheet)]


def test_a_sheet_that_is_missing_hides_no_fault_of_the_others(sound: bytes) -> None:
    def change(book: Workbook) -> None:
        book.remove(book["Trễ hạn"])
        put("Bộ tiêu chí", "Năm", "", "x")(book)
        put("Tiêu chí", "Tiêu chí", "1.1", None)(book)
        put("Cách chấm", "Mẫu số", "2.3", None)(book)

    found = read(edited(sound, change))
    assert found.criteria is None
    assert [fault.values["sheet"] for fault in found.faults] == [
        "Trễ hạn",
        "Bộ tiêu chí",
        "Tiêu chí",
        "Cách chấm",
    ]


@pytest.mark.parametrize("sheet", [each.title for each in PART_SHEETS])
def test_a_part_sheet_that_is_missing_is_the_only_fault(sheet: str, sound: bytes) -> None:
    found = read(edited(sound, lambda book: book.remove(book[sheet])))
    assert [(fault.code, fault.values["sheet"]) for fault in found.faults] == [("book.sheet_missing", sheet)]


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        ("Tỷ lệ", "columns: Tử số, Mẫu số."),
        ("Đạt ngưỡng", "columns: Tử số, Mẫu số, Ngưỡng đạt (%)."),
        ("Có / không", "columns: Câu hỏi."),
        ("Theo bậc", "columns: Bậc tính theo, Tử số, Mẫu số / Bậc tính theo, Số đếm."),
        (
            "Thời hạn",
            (
                "columns: Tên của ngày, Tên khi chưa làm, Hạn (ngày/tháng) / Tên của ngày, Tên khi chưa làm, Sự kiện, "
                "Số ngày sau sự kiện."
            ),
        ),
    ],
)
def test_a_criterion_without_a_row_for_its_rule_is_told_the_columns_that_it_needs(
    kind: str, columns: str, sound: bytes
) -> None:
    def change(book: Workbook) -> None:
        put("Tiêu chí", "Cách chấm", "2.3", kind)(book)
        book["Cách chấm"].delete_rows(7)

    (said,) = [each for each in sentences(read(edited(sound, change))) if "cell F9" in each]
    assert "“Cách chấm” has no row for this criterion" in said
    assert said.endswith(columns)


def test_a_column_that_is_missing_is_a_fault(sound: bytes) -> None:
    found = read(edited(sound, lambda book: book["Tiêu chí"].delete_cols(13)))
    assert ["“Hướng dẫn” is missing" in sentence for sentence in sentences(found)] == [True]


def test_missing_parts_and_rules_are_named_at_the_criterion(sound: bytes) -> None:
    def change(book: Workbook) -> None:
        book["Bậc điểm"].delete_rows(2, 2)
        book["Cách chấm"].delete_rows(7)

    found = "\n".join(sentences(read(edited(sound, change))))
    assert "“Bậc điểm” has no rows for this criterion" in found
    assert "Sheet “Tiêu chí”, cell F9 (column “Cách chấm”): The sheet “Cách chấm” has no row" in found


def test_merged_cells_are_a_fault_except_one_code_for_several_rows(sound: bytes) -> None:
    found = read(edited(sound, lambda book: book["Tiêu chí"].merge_cells("D3:D4")))
    assert "cells D3:D4 are merged" in "\n".join(sentences(found))


def test_another_workbook_is_refused_by_name() -> None:
    stream = io.BytesIO()
    Workbook().save(stream)
    with pytest.raises(NotACriteriaBook, match=r"bo\.xlsx"):
        read(stream.getvalue())


def test_old_fonts_are_asked_about_converted_or_kept(sound: bytes) -> None:
    data = edited(sound, put("Tiêu chí", "Tiêu chí", "1.1", "Ban hµnh kÕ ho¹ch c¶i c¸ch"))
    asked = read(data)
    assert asked.criteria is None
    assert [(each.cell, each.after) for each in asked.old_texts] == [("D3", "Ban hành kế hoạch cải cách")]
    assert "would read “Ban hành kế hoạch cải cách”" in sentences(asked)[0]
    for choice, title in (
        (OldFonts.CONVERT, "Ban hành kế hoạch cải cách"),
        (OldFonts.KEEP, "Ban hµnh kÕ ho¹ch c¶i c¸ch"),
    ):
        found = read(data, old_fonts=choice)
        assert found.criteria is not None
        assert found.criteria.by_code("1.1").title == title


anything = st.one_of(
    texts.filter(lambda text: not {"\ufffe", "\uffff"} & set(text)),
    st.none(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.booleans(),
    st.datetimes(),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_stands_in_the_cells_ends_in_faults_with_places(data: st.DataObject, sound: bytes) -> None:
    book = load_workbook(io.BytesIO(sound))
    for _ in range(data.draw(st.integers(1, 6))):
        sheet = data.draw(st.sampled_from(book.worksheets[:-1]))
        row = data.draw(st.integers(1 if sheet.title == "Bộ tiêu chí" else 2, sheet.max_row))
        column = data.draw(st.integers(2, sheet.max_column))
        value = data.draw(anything)
        sheet.cell(row, column).value = value
        if isinstance(value, str) and data.draw(st.booleans()):
            sheet.cell(row, column).data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    found = read(stream.getvalue())
    assert (found.criteria is None) == bool(found.faults)
    assert all("“{sheet}”" in fault.template for fault in found.faults)
    sentences(found)
