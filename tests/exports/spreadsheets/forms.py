"""Self-assessments to write to workbooks: one of every rule kind, and whatever may have been said in them."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from openpyxl import load_workbook

from exports.spreadsheets.form_book import read_form_book
from exports.spreadsheets.form_cells import COLUMNS, column_of, row_name
from exports.spreadsheets.form_writing import Exported, form_book
from parindex_desktop.domain.answer_parts import APPLICABILITY, GROUND, INPUT, answer_of
from parindex_desktop.domain.assessments import TEXTS, answer_key, read_assessment
from parindex_desktop.domain.criteria import CriteriaSet
from parindex_desktop.domain.figures import figures_entry
from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.domain.merge import Standing
from parindex_desktop.domain.numbers import exact
from parindex_desktop.domain.scoring.inputs import InputKind
from parindex_desktop.domain.scoring.outcome import claimable
from parindex_desktop.domain.text import clean
from tests.domain.test_scoring_totals import a_group, a_leaf
from tests.offices import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hypothesis.strategies import DrawFn
    from openpyxl.workbook import Workbook

    from exports.spreadsheets.form_book import FormRead
    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.given import Inputs
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.scoring.inputs import InputSpec

UNIT, YEAR = "xa-ban-ho", "2026"
ABOUT = Exported(UNIT, "Ủy ban nhân dân xã Bản Hồ", YEAR, NOW)

SHARE = {"figures": "count", "numerator": "Số đúng hạn", "denominator": "Tổng số"}
KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "yes_no", "question": "Đã ban hành?"},
    {"kind": "ratio", **SHARE, "floor": "50", "nothing_arose": "not_applicable"},
    {"kind": "threshold", **SHARE, "figures": "amount", "target": "97.5", "nothing_arose": "full"},
    {"kind": "threshold_ratio", **SHARE, "target": "45", "nothing_arose": "zero"},
    {"kind": "steps", **SHARE, "by": "percentage", "steps": [{"at_least": "80", "points": "2.00"}]},
    {"kind": "steps", "by": "count", "count": "Số", "steps": [{"above": 3, "points": "2.00"}]},
    {"kind": "count", "count": "Số sáng kiến", "each": "0.50", "most": 4},
    {"kind": "deduct", "count": "Số vụ", "each": "0.25", "floor": "0.00"},
    {
        "kind": "checklist",
        "items": [
            {"id": "a", "title": "= Có kế hoạch", "points": "1.50"},
            {"id": "b", "title": "Có báo cáo", "points": "0.75"},
        ],
    },
    {
        "kind": "choice",
        "question": "Mức độ?",
        "options": [
            {"id": "good", "title": "=Tốt", "share": "100"},
            {"id": "bad", "title": "Chưa tốt", "share": "33.33"},
        ],
    },
    {
        "kind": "deadline",
        "date": "Ngày báo cáo",
        "not_done": "Chưa báo cáo",
        "after": {"event": "Ngày giao", "days": 10},
        "late": [{"days": 5, "share": "50"}],
    },
    {
        "kind": "compare_previous",
        "figures": "amount",
        "value": "Năm nay",
        "previous": "Năm trước",
        "better": "higher",
    },
    {
        "kind": "formula",
        "inputs": [
            {"id": "x", "title": "Số hồ sơ", "figures": "count"},
            {"id": "ok", "title": "Có niêm yết", "figures": "yes_no"},
        ],
        "points": "x * 0.1",
    },
    {"kind": "survey"},
)
COUNT = KINDS[6]


def _leaf(code: str, rule: Mapping[str, Any], applicability: str = "if_any") -> dict[str, Any]:
    return a_leaf(code, "2.00", rule, applicability) | {"title": f"Tiêu chí {code}"}


TREE: dict[str, Any] = {
    "id": "set",
    "name": "Bộ tiêu chí để thử",
    "year": 2026,
    "level": "commune",
    "version": 3,
    "notice": "Minh họa",
    "legal_basis": ["Không"],
    "maximum": "32.00",
    "criteria": [
        a_group("1", "14.00", *(_leaf(f"1.{n}", rule) for n, rule in enumerate(KINDS[:7], 1))),
        a_group(
            "2",
            "16.00",
            a_group(
                "2.1", "4.00", *(_leaf(f"2.1.{n}", rule, "always") for n, rule in enumerate(KINDS[7:9], 1))
            ),
            *(_leaf(f"2.{n}", rule) for n, rule in enumerate(KINDS[9:], 2)),
            _leaf("2.9", KINDS[0], "never"),
        ),
        a_group("3", "3.00", _leaf("3.1", COUNT), _leaf("3.2", COUNT)) | {"block": "bonus"},
        a_group("4", "2.50", _leaf("4.1", COUNT), _leaf("4.2", KINDS[0])) | {"block": "penalty"},
    ],
}
CRITERIA = CriteriaSet.from_tree(TREE)
Parts = dict[str, dict[str, str]]
"""By criterion, by part."""


def entries(said: Mapping[str, Mapping[str, str]]) -> dict[str, Value]:
    """The entries of a form that says this."""
    values: dict[str, Value] = {}
    for criterion, parts in said.items():
        if set(parts) - set(TEXTS):
            values[answer_key(criterion, "figures")] = figures_entry(answer_of(parts))
        values |= {answer_key(criterion, name): parts[name] for name in TEXTS if name in parts}
    return values


def assessed(
    said: Mapping[str, Mapping[str, str]],
    given: Mapping[str, Inputs] | None = None,
    criteria: CriteriaSet = CRITERIA,
) -> Assessment:
    """A form that says this."""
    state = {key: (Standing(value, frozenset({"w"})),) for key, value in entries(said).items()}
    return read_assessment(criteria, state, given or {})


def book_of(assessment: Assessment) -> Workbook:
    """Its workbook, as another program opens it."""
    return load_workbook(io.BytesIO(saved(form_book(ABOUT, assessment))))


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(book: Workbook | bytes, old_fonts: OldFonts = OldFonts.ASK, **other: str) -> FormRead:
    data = book if isinstance(book, bytes) else saved(book)
    whose = {"unit": UNIT, "year": YEAR, **other}
    return read_form_book(data, "phieu.xlsx", CRITERIA, **whose, old_fonts=old_fonts)


def place_of(book: Workbook, criterion: Criterion, part: str) -> str:
    """The cell of a part."""
    sheet = book["Tự chấm điểm"]
    name = row_name(criterion.id, part)
    (row,) = [cells[-1].row for cells in sheet.iter_rows() if cells[COLUMNS["row"] - 1].value == name]
    return str(sheet.cell(row, COLUMNS[column_of(part)]).coordinate)


counts = st.integers(0, 60) | st.integers(0, 10**9)
amounts = counts.map(lambda each: exact(Decimal(each).scaleb(-2)))
days = st.integers(0, 800).map(lambda days: (date(2025, 6, 1) + timedelta(days)).isoformat())
texts = st.one_of(
    st.text(min_size=1, max_size=30).map(clean).filter(bool),
    st.sampled_from(["=1+1", "+84 912", "@ubnd", "_x0041_", "12", "Còn 2 hồ sơ\nquá hạn", "Không áp dụng"]),
)


def inputs_of(spec: InputSpec) -> st.SearchStrategy[str]:
    """What may be entered for an input, in canonical form."""
    options = st.sampled_from([option.id for option in spec.options]) if spec.options else st.nothing()
    kinds: dict[InputKind, Callable[[], st.SearchStrategy[str]]] = {
        InputKind.COUNT: lambda: counts.map(str),
        InputKind.AMOUNT: lambda: amounts,
        InputKind.DATE: lambda: days | options,
        InputKind.CHOICE: lambda: options,
    }
    return kinds.get(spec.kind, lambda: st.sampled_from(["yes", "no"]))()


@st.composite
def parts_of_leaf(draw: DrawFn, leaf: Criterion) -> dict[str, str]:
    """What may be said of a criterion."""
    parts = {f"{INPUT}{spec.name}": draw(st.just("") | inputs_of(spec)) for spec in leaf.inputs}
    if leaf.inputs:
        parts |= {name: draw(st.just("") | texts) for name in TEXTS}
        said = draw(st.sampled_from(claimable(leaf)))
        parts[APPLICABILITY] = "" if said is claimable(leaf)[0] else said.value
        parts[GROUND] = draw(st.just("") | texts)
    return {name: text for name, text in parts.items() if text}


@st.composite
def forms(draw: DrawFn) -> Parts:
    """What may be said in a form."""
    return {leaf.id: draw(parts_of_leaf(leaf)) for leaf in CRITERIA.leaves()}
