"""A criteria set is read as a tree; every fault of a wrong one is named at its place."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import unicodedata
import uuid
from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from parindex_desktop.domain.criteria import (
    Applies,
    CriteriaSet,
    CriterionUnknown,
    Part,
)
from parindex_desktop.domain.criteria_reading import (
    LARGEST_DOCUMENT,
    CriteriaFormatTooNew,
    CriteriaSetFaulty,
    read_criteria_set,
)
from parindex_desktop.domain.messages import Message
from parindex_desktop.domain.revisions import canonical, digest_of
from parindex_desktop.domain.scoring.outcome import score
from parindex_desktop.domain.scoring.rule import Rule, ScoredBy
from parindex_desktop.domain.units import Level
from resources import Language, say

SCHEMA = resources.tree("schemas/criteria-set.schema.json")
FIGURES = {"figures": "count", "numerator": "Số đạt", "denominator": "Tổng số"}
RATIO = {"kind": "ratio", **FIGURES, "floor": "80"}


def an_id(code: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, code))


def a_leaf(code: str, maximum: str, rule: dict[str, Any] | None, **changes: Any) -> dict[str, Any]:
    leaf = {
        "id": an_id(code),
        "code": code,
        "title": f"Tiêu chí {code}",
        "maximum": maximum,
        "part": "documents",
        "applicability": "always",
        "documents": ["Báo cáo"],
        "reason_below_maximum": "optional",
        **changes,
    }
    return leaf if rule is None else {**leaf, "rule": rule}


def a_group(code: str, maximum: str, *children: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": an_id(code),
        "code": code,
        "title": f"Nhóm {code}",
        "maximum": maximum,
        "children": list(children),
    }


def a_set(*fields: dict[str, Any], maximum: str = "10.00") -> dict[str, Any]:
    return {
        "format": 1,
        "id": an_id("set"),
        "name": "Bộ tiêu chí thử",
        "year": 2026,
        "level": "commune",
        "version": 1,
        "notice": "Minh họa",
        "legal_basis": ["Nghị quyết số 76/NQ-CP ngày 15/7/2021"],
        "maximum": maximum,
        "criteria": list(fields),
    }


def a_good_set() -> dict[str, Any]:
    """Field 1 = 1.1 + (1.2 = 1.2.1 + 1.2.2), field 2 = 2.1 + 2.2."""
    tree = a_set(
        a_group(
            "1",
            "6.00",
            a_leaf("1.1", "2.00", RATIO),
            a_group(
                "1.2",
                "4.00",
                a_leaf("1.2.1", "1.50", {"kind": "yes_no", "question": "Đã ban hành"}),
                a_leaf("1.2.2", "2.50", {**RATIO, "nothing_arose": "full"}, applicability="if_any"),
            ),
        ),
        a_group(
            "2",
            "4.00",
            a_leaf("2.1", "3.00", {"kind": "survey"}, part="survey", documents=[]),
            a_leaf("2.2", "1.00", None, applicability="never", not_applicable_ground="Do cấp tỉnh thực hiện"),
        ),
    )
    return copy.deepcopy(tree)  # the rules above are shared


def a_set_with(rule: dict[str, Any]) -> dict[str, Any]:
    return a_set(a_group("1", "10.00", a_leaf("1.1", "10.00", rule)))


def read(tree: Any) -> CriteriaSet:
    return read_criteria_set(json.dumps(tree, ensure_ascii=False).encode(), SCHEMA)


def faults_of(tree: Any) -> list[tuple[str, str]]:
    """Code and place of every fault."""
    with pytest.raises(CriteriaSetFaulty) as refused:
        read(tree)
    return [(fault.code, str(fault.values["place"])) for fault in refused.value.faults]


def sentences(tree: Any) -> list[str]:
    with pytest.raises(CriteriaSetFaulty) as refused:
        read(tree)
    return [say(fault, Language.EN) for fault in refused.value.faults]


# What a set is


def test_a_set_knows_its_header_and_its_digest() -> None:
    tree = a_good_set()
    criteria = read(tree)
    assert (criteria.name, criteria.year, criteria.level, criteria.version) == (
        "Bộ tiêu chí thử",
        2026,
        Level.COMMUNE,
        1,
    )
    assert criteria.maximum == Decimal("10.00")
    assert criteria.digest == digest_of(canonical(tree))


def test_the_digest_is_that_of_the_content_not_of_the_file() -> None:
    tree = a_good_set()
    pretty = json.dumps(dict(reversed(tree.items())), indent=4).encode("utf-8-sig")
    assert read_criteria_set(pretty, SCHEMA).digest == read(tree).digest
    assert read({**tree, "version": 2}).digest != read(tree).digest


def test_the_tree_is_walked_in_printed_order_at_any_depth() -> None:
    criteria = read(a_good_set())
    assert [criterion.code for criterion in criteria.walk()] == [
        "1",
        "1.1",
        "1.2",
        "1.2.1",
        "1.2.2",
        "2",
        "2.1",
        "2.2",
    ]
    assert [leaf.code for leaf in criteria.leaves()] == ["1.1", "1.2.1", "1.2.2", "2.1", "2.2"]
    assert [field.code for field in criteria.fields] == ["1", "2"]


def test_criteria_are_found_by_id_by_code_and_from_below() -> None:
    criteria = read(a_good_set())
    leaf = criteria.by_code("1.2.2")
    assert criteria.find(leaf.id) is leaf
    assert criteria.find(an_id("9")) is None
    parent = criteria.parent(leaf)
    assert parent is criteria.by_code("1.2")
    assert parent is not None
    assert criteria.parent(parent) is criteria.fields[0]
    assert criteria.parent(criteria.fields[0]) is None


def test_an_unknown_code_is_refused_by_name() -> None:
    criteria = read(a_good_set())
    with pytest.raises(CriterionUnknown) as refused:
        criteria.by_code("9.9")
    said = say(refused.value.message)
    assert said.startswith(f"“{criteria.name}” không có tiêu chí mang mã “9.9”.")
    assert said.endswith("chẳng hạn: 1.1."), "there is no field 9, and only a leaf takes an answer"
    shipped = CriteriaSet.from_tree(resources.tree("criteria/commune-2026.json"))
    with pytest.raises(CriterionUnknown) as refused:
        shipped.by_code("9.9")
    named = refused.value.message.values["nearest"]
    assert isinstance(named, tuple)
    assert named
    assert all(shipped.by_code(code).inputs for code in named)


def test_the_codes_nearest_to_an_unknown_one_are_named() -> None:
    criteria = CriteriaSet.from_tree(resources.tree("criteria/commune-2026.json"))
    for typed, nearest in (("1.12", "1.10"), ("1,4", "1.4"), ("1.4.9", "1.4.1"), ("2.99", "2.6")):
        with pytest.raises(CriterionUnknown) as refused:
            criteria.by_code(typed)
        assert nearest in str(refused.value.message.values["nearest"])


def test_a_leaf_carries_what_the_form_needs() -> None:
    tree = a_good_set()
    tree["criteria"][0]["children"][0] |= {
        "reason_below_maximum": "required",
        "guidance": "Từ 80% trở lên",
        "source": "Kế hoạch",
    }
    leaf = read(tree).by_code("1.1")
    assert (leaf.part, leaf.applies, leaf.documents) == (Part.DOCUMENTS, Applies.ALWAYS, ("Báo cáo",))
    assert (leaf.reason_required, leaf.guidance, leaf.source) == (True, "Từ 80% trở lên", "Kế hoạch")
    assert [(spec.name, spec.title) for spec in leaf.inputs] == [
        ("numerator", "Số đạt"),
        ("denominator", "Tổng số"),
    ]


def test_surveyed_and_never_applicable_leaves_ask_for_nothing() -> None:
    criteria = read(a_good_set())
    survey, never = criteria.by_code("2.1"), criteria.by_code("2.2")
    assert survey.rule is not None
    assert survey.rule.scored_by is ScoredBy.SURVEY
    assert (never.rule, never.ground) == (None, "Do cấp tỉnh thực hiện")
    assert survey.inputs == never.inputs == ()


def test_the_fast_path_reads_the_same_set() -> None:
    tree = a_good_set()
    assert CriteriaSet.from_tree(tree) == read(tree)


def test_reading_the_checked_set_at_program_start_does_not_load_the_schema_validator() -> None:
    code = "import sys, parindex_desktop.domain.criteria_reading; sys.exit('jsonschema_rs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# What is refused: the document as a whole


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"", "tree.not_json"),
        (b"{", "tree.not_json"),
        (b"%PDF-1.7", "tree.not_json"),
        (b"PK\x03\x04", "tree.not_json"),
        ("{}".encode("utf-16")[:-1], "tree.not_text"),
        (b'{"name": "\xff\xfe"}', "tree.not_text"),
        (b"[" * 200 + b"]" * 200, "tree.too_deep"),
        (b"[" * 200_000, "tree.too_deep"),
        (b" " * (LARGEST_DOCUMENT + 1), "tree.too_large"),
        (b"[]", "tree.wrong_type"),
        (b'"1"', "tree.wrong_type"),
    ],
)
def test_what_is_no_set_at_all_is_refused(document: bytes, code: str) -> None:
    with pytest.raises(CriteriaSetFaulty) as refused:
        read_criteria_set(document, SCHEMA)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_a_newer_format_is_refused_by_name_before_anything_else() -> None:
    with pytest.raises(CriteriaFormatTooNew) as refused:
        read({"format": 2, "shape": "of the future", "weights": [0.5, True]})
    assert "format 2" in say(refused.value.message, Language.EN)


# What is refused: single places


def changed(*path: str | int, to: Any) -> dict[str, Any]:
    """The good set with the value at `path` replaced."""
    tree = a_good_set()
    node: Any = tree
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = to
    return tree


def without(*path: str | int) -> dict[str, Any]:
    tree = a_good_set()
    node: Any = tree
    for step in path[:-1]:
        node = node[step]
    del node[path[-1]]
    return tree


FIRST = ("criteria", 0, "children", 0)


@pytest.mark.parametrize(
    ("tree", "code", "place"),
    [
        (changed("maximum", to="11.00"), "criteria.sum", "/maximum"),
        (changed("criteria", 0, "children", 1, "children", 0, "maximum", to="1.00"), "criteria.sum",
         "/criteria/0/children/1/maximum"),
        (changed(*FIRST, "code", to="2.2"), "criteria.twice", "/criteria/1/children/1/code"),
        (changed("criteria", 1, "id", to=an_id("1")), "criteria.twice", "/criteria/1/id"),
        (changed(*FIRST, "rule", "kind", to="bool"), "criteria.rule_unknown", "/criteria/0/children/0/rule/kind"),
        (changed(*FIRST, "rule", "min_pct", to="80"), "tree.field_unknown",
         "/criteria/0/children/0/rule/min_pct"),
        (without(*FIRST, "rule", "numerator"), "tree.field_missing", "/criteria/0/children/0/rule"),
        (without(*FIRST, "rule"), "tree.field_missing", "/criteria/0/children/0"),
        (without("notice"), "tree.field_missing", "/"),
        (without("criteria", 1, "children", 1, "not_applicable_ground"), "tree.field_missing",
         "/criteria/1/children/1"),
        (changed(*FIRST, "not_applicable_ground", to="Không có"), "tree.field_unknown",
         "/criteria/0/children/0/not_applicable_ground"),
        (changed("criteria", 0, "children", to=[]), "tree.limit", "/criteria/0/children"),
        (changed("level", to="xa"), "tree.not_offered", "/level"),
        (changed("year", to=26), "tree.limit", "/year"),
        (changed("year", to=2101), "tree.limit", "/year"),
        (changed("year", to="2026"), "tree.wrong_type", "/year"),
        (changed("year", to=2026.0), "tree.not_integer_or_text", "/year"),
        (changed("version", to=10**20), "tree.not_integer_or_text", "/version"),
        (changed("version", to=float("inf")), "tree.not_integer_or_text", "/version"),
        (changed(*FIRST, "documents", to=True), "tree.not_integer_or_text", "/criteria/0/children/0/documents"),
        (changed(*FIRST, "documents", 0, to=None), "tree.wrong_type", "/criteria/0/children/0/documents/0"),
        (changed(*FIRST, "documents", to="Báo cáo"), "tree.wrong_type", "/criteria/0/children/0/documents"),
        (changed(*FIRST, "title", to=""), "tree.text_empty", "/criteria/0/children/0/title"),
        (changed(*FIRST, "title", to="x" * 501), "tree.limit", "/criteria/0/children/0/title"),
        (changed(*FIRST, "title", to="Một\nhai"), "tree.wrong_form", "/criteria/0/children/0/title"),
        (changed(*FIRST, "title", to=unicodedata.normalize("NFD", "Hòa")), "tree.text_not_clean",
         "/criteria/0/children/0/title"),
        (changed(*FIRST, "title", to=" Hòa"), "tree.text_not_clean", "/criteria/0/children/0/title"),
        (changed(*FIRST, "title", to="Hòa\u202e"), "tree.text_not_clean", "/criteria/0/children/0/title"),
        (changed(*FIRST, "maximum", to="2,00"), "tree.wrong_form", "/criteria/0/children/0/maximum"),
        (changed(*FIRST, "maximum", to="2.0"), "tree.wrong_form", "/criteria/0/children/0/maximum"),
        (changed(*FIRST, "maximum", to=2), "tree.wrong_type", "/criteria/0/children/0/maximum"),
        (changed(*FIRST, "maximum", to=2.5), "tree.not_integer_or_text", "/criteria/0/children/0/maximum"),
        (changed(*FIRST, "id", to="1.1"), "tree.wrong_form", "/criteria/0/children/0/id"),
        (changed(*FIRST, "code", to="1..1"), "tree.wrong_form", "/criteria/0/children/0/code"),
        (changed(*FIRST, "part", to="survey"), "criteria.part", "/criteria/0/children/0/part"),
        (changed("criteria", 1, "children", 0, "part", to="documents"), "criteria.part",
         "/criteria/1/children/0/part"),
        (changed("criteria", 0, to="1"), "tree.wrong_type", "/criteria/0"),
        (changed("criteria", 0, "children", to={}), "tree.wrong_type", "/criteria/0/children"),
    ],
)  # fmt: skip
def test_a_fault_is_named_at_its_place(tree: dict[str, Any], code: str, place: str) -> None:
    assert faults_of(tree) == [(code, place)]


SHARE = {"kind": "threshold_ratio", **FIGURES, "target": "40"}
STEPS: dict[str, Any] = {"kind": "steps", "by": "count", "count": "Số"}
DATED: dict[str, Any] = {"kind": "deadline", "date": "Ngày", "not_done": "Chưa"}
DUE = {"day": "12-31", "year_offset": -1}


def some_steps(*given: tuple[str, int, str]) -> dict[str, Any]:
    return {**STEPS, "steps": [{bound: limit, "points": points} for bound, limit, points in given]}


def options(*given: tuple[str, str, str]) -> dict[str, Any]:
    tree = [{"id": name, "title": title, "share": share} for name, title, share in given]
    return {"kind": "choice", "question": "Mức độ", "options": tree}


def items(*given: tuple[str, str]) -> dict[str, Any]:
    tree = [{"id": name, "title": name, "points": points} for name, points in given]
    return {"kind": "checklist", "items": tree}


@pytest.mark.parametrize(
    ("rule", "code", "place"),
    [
        ({**RATIO, "floor": "101"}, "criteria.out_of_range", "floor"),
        ({**RATIO, "floor": "80%"}, "tree.wrong_form", "floor"),
        ({**RATIO, "figures": "date"}, "tree.not_offered", "figures"),
        ({**RATIO, "nothing_arose": "half"}, "tree.not_offered", "nothing_arose"),
        ({**SHARE, "target": "0"}, "criteria.out_of_range", "target"),
        ({**SHARE, "target": "100.01"}, "criteria.out_of_range", "target"),
        ({**SHARE, "floor": "41"}, "criteria.out_of_range", "floor"),
        ({"kind": "threshold", **FIGURES, "target": "0.00"}, "criteria.out_of_range", "target"),
        ({"kind": "threshold", **FIGURES}, "tree.field_missing", ""),
        ({"kind": "survey", "nothing_arose": "full"}, "tree.field_unknown", "nothing_arose"),
        ({**STEPS, "by": "date", "steps": []}, "tree.not_offered", "by"),
        (some_steps(("at_least", 3, "9.00")), "criteria.maximum_unreachable", ""),
        (some_steps(("at_least", 3, "10.01")), "criteria.out_of_range", "steps/0/points"),
        (some_steps(("at_least", 3, "10.00"), ("at_least", 3, "5.00")), "criteria.steps_order", "steps/1"),
        (some_steps(("at_least", 3, "10.00"), ("above", 3, "5.00")), "criteria.steps_order", "steps/1"),
        (some_steps(("at_least", 3, "10.00"), ("at_least", 2, "10.00")), "criteria.steps_order", "steps/1"),
        ({**STEPS, "steps": [{"points": "10.00"}]}, "tree.field_missing", "steps/0"),
        ({**STEPS, "steps": [{"at_least": 1, "above": 1, "points": "10.00"}]}, "tree.field_unknown",
         "steps/0/at_least"),
        ({"kind": "steps", "by": "percentage", **FIGURES, "steps": [{"above": "999.99", "points": "9.99"}]},
         "criteria.maximum_unreachable", ""),
        ({"kind": "count", "count": "Số", "each": "0.50", "most": 19}, "criteria.maximum_unreachable", ""),
        ({"kind": "count", "count": "Số", "each": "10.01", "most": 1}, "criteria.out_of_range", "each"),
        (items(("a", "5.00"), ("b", "4.99")), "criteria.maximum_unreachable", ""),
        (items(("A", "10.00")), "tree.wrong_form", "items/0/id"),
        ({"kind": "deduct", "count": "Số", "each": "0.00", "floor": "0.00"}, "criteria.out_of_range", "each"),
        ({"kind": "deduct", "count": "Số", "each": "1.00", "floor": "10.01"}, "criteria.out_of_range", "floor"),
        (options(("a", "A", "99"), ("b", "B", "0")), "criteria.maximum_unreachable", ""),
        (options(("a", "A", "100"), ("a", "B", "0")), "criteria.entry_twice", "options/1/id"),
        (options(("a", "A", "100"), ("b", "A", "0")), "criteria.entry_twice", "options/1/title"),
        (options(("a", "A", "100"), ("b", "B", "101")), "criteria.out_of_range", "options/1/share"),
        (options(("a", "A", "100")), "tree.limit", "options"),
        (DATED, "tree.field_missing", ""),
        ({**DATED, "due": DUE, "after": {"event": "Ngày", "days": 30}}, "tree.field_unknown", "due"),
        ({**DATED, "due": {**DUE, "day": "02-29"}}, "criteria.no_such_day", "due/day"),
        ({**DATED, "due": {**DUE, "day": "31/12"}}, "tree.wrong_form", "due/day"),
        ({**DATED, "due": {**DUE, "year_offset": -2}}, "tree.limit", "due/year_offset"),
        ({**DATED, "due": DUE, "late": [{"days": 5, "share": "50"}, {"days": 5, "share": "25"}]},
         "criteria.steps_order", "late/1"),
        ({**DATED, "due": DUE, "late": [{"days": 5, "share": "25"}, {"days": 9, "share": "50"}]},
         "criteria.steps_order", "late/1"),
        ({**DATED, "due": DUE, "late": [{"days": 5, "share": "101"}]}, "criteria.out_of_range", "late/0/share"),
    ],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_named_at_its_place(
    rule: dict[str, Any], code: str, place: str
) -> None:
    below = f"/criteria/0/children/0/rule/{place}".rstrip("/")
    assert faults_of(a_set_with(rule)) == [(code, below)]


def test_every_fault_is_named_in_the_order_of_the_document() -> None:
    tree = a_good_set()
    tree["maximum"] = "99.00"
    tree["criteria"][0]["children"][0]["rule"]["floor"] = "120"
    tree["criteria"][0]["children"][1]["children"][0]["rule"] = {"kind": "guess"}
    tree["criteria"][1]["children"][0]["code"] = "1.1"
    tree["criteria"][1]["children"][1]["documents"] = [False]
    assert faults_of(tree) == [
        ("criteria.sum", "/maximum"),
        ("criteria.out_of_range", "/criteria/0/children/0/rule/floor"),
        ("criteria.rule_unknown", "/criteria/0/children/1/children/0/rule/kind"),
        ("criteria.twice", "/criteria/1/children/0/code"),
        ("tree.not_integer_or_text", "/criteria/1/children/1/documents/0"),
    ]


def test_a_fault_below_a_criterion_names_its_printed_code() -> None:
    tree = changed("criteria", 0, "children", 1, "children", 0, "maximum", to="1.00")
    assert sentences(tree) == [
        (
            "Criterion 1.2 (/criteria/0/children/1/maximum): "
            "The parts add up to 3.50 points, the maximum says 4.00."
        )
    ]


def test_a_fault_of_the_header_names_its_path_alone() -> None:
    assert sentences(changed("level", to="xa")) == [
        "/level: “xa” is none of: province; department; district; commune; central."
    ]


def test_the_refusal_counts_the_faults_and_shows_the_first() -> None:
    tree = changed("level", to="xa")
    tree["year"] = 26
    with pytest.raises(CriteriaSetFaulty) as refused:
        read(tree)
    sentence = say(refused.value.message, Language.EN)
    assert "Faults: 2." in sentence
    assert say(refused.value.faults[0], Language.EN) in sentence


def test_a_field_that_stands_twice_is_named() -> None:
    document = json.dumps(a_good_set()).replace('"code": "1.1"', '"code": "1.9", "code": "1.1"').encode()
    with pytest.raises(CriteriaSetFaulty) as refused:
        read_criteria_set(document, SCHEMA)
    (fault,) = refused.value.faults
    assert say(fault, Language.EN) == (
        "Criterion 1.1 (/criteria/0/children/0): The field “code” stands here twice."
    )


def test_undecodable_letters_are_a_fault_and_no_crash() -> None:
    document = json.dumps(a_good_set()).replace('"Nh\\u00f3m 1"', '"\\ud800"').encode()
    with pytest.raises(CriteriaSetFaulty) as refused:
        read_criteria_set(document, SCHEMA)
    assert [fault.code for fault in refused.value.faults] == ["tree.text_not_clean"]


def test_every_accepted_rule_reads_into_a_rule_with_inputs() -> None:
    tree = a_good_set()
    for rule in [
        RATIO,
        SHARE,
        {"kind": "threshold", **FIGURES, "target": "30"},
        some_steps(("above", 3, "10.00"), ("at_least", 3, "5.00")),
        {"kind": "count", "count": "Số", "each": "0.50", "most": 20},
        items(("a", "5.00"), ("b", "5.01")),
        options(("a", "A", "100"), ("b", "B", "0")),
        {"kind": "deduct", "count": "Số", "each": "1.00", "floor": "0.00"},
        {**DATED, "due": DUE},
        {**DATED, "after": {"event": "Ngày", "days": 0}, "late": [{"days": 5, "share": "50"}]},
    ]:
        criteria = read({**a_set_with(rule), "id": tree["id"]})
        leaf = criteria.by_code("1.1")
        assert isinstance(leaf.rule, Rule)
        assert leaf.inputs


@pytest.mark.parametrize(
    "faulty", [a_set_with(RATIO) | {"criteria": [{}]}, {}, {"format": 1, "criteria": [[]]}]
)
def test_a_refused_document_is_left_as_it_was(faulty: dict[str, Any]) -> None:
    before = copy.deepcopy(faulty)
    with pytest.raises(CriteriaSetFaulty) as refused:
        read(faulty)
    assert faulty == before
    assert all(isinstance(fault, Message) for fault in refused.value.faults)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["2.00", "survey"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kind", "by", "id"]), inner),
    max_leaves=6,
)


def places(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place below `node`."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    below = [((*path, step), value) for step, value in inside]
    return [place for own, value in below for place in (own, *places(value, own))]


@given(st.data())
def test_whatever_stands_somewhere_is_accepted_or_refused_with_its_place(data: st.DataObject) -> None:
    tree = data.draw(
        st.sampled_from(
            [
                a_good_set(),
                a_set_with(some_steps(("above", 3, "10.00"), ("at_least", 3, "5.00"))),
                a_set_with(items(("a", "5.00"), ("b", "5.01"))),
                a_set_with(options(("a", "A", "100"), ("b", "B", "0"))),
                a_set_with({**DATED, "due": DUE, "late": [{"days": 5, "share": "50"}]}),
                a_set_with({**DATED, "after": {"event": "Ngày", "days": 0}}),
            ]
        )
    )
    tree = copy.deepcopy(tree)
    for _ in range(data.draw(st.integers(1, 3))):
        *above, last = data.draw(st.sampled_from(places(tree)))
        node: Any = tree
        for step in above:
            node = node[step]
        node[last] = data.draw(JSON)
    faults: tuple[Message, ...] = ()
    try:
        criteria = read(tree)
    except CriteriaFormatTooNew:
        return
    except CriteriaSetFaulty as refused:
        faults = refused.faults
    else:
        assert criteria == CriteriaSet.from_tree(tree)
        assert all(score(leaf).points is None for leaf in criteria.leaves())
    assert all(str(fault.values["place"]).startswith("/") and say(fault, Language.EN) for fault in faults)


def test_the_schema_uses_no_keyword_that_has_no_sentence() -> None:
    words = {
        "$schema", "$id", "$defs", "$ref", "title", "description", "examples",
        "type", "required", "properties", "additionalProperties", "items", "allOf", "if", "then", "else",
        "enum", "const", "pattern", "minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum",
        "patternProperties", "minProperties", "maxProperties",
    }  # fmt: skip

    def keywords(schema: Any) -> set[str]:
        if not isinstance(schema, dict):
            return set()
        found = set(schema)
        for name, value in schema.items():
            if name in {"properties", "patternProperties", "$defs"}:
                inside = list(value.values())
            else:
                inside = value if isinstance(value, list) else [value]
            found |= (
                {word for each in inside for word in keywords(each)}
                if name not in {"const", "enum"}
                else set()
            )
        return found

    assert keywords(SCHEMA) <= words


def test_the_published_schema_is_valid_in_its_own_draft() -> None:
    jsonschema_rs.meta.validate(SCHEMA)
