"""The five plans that ship: every figure of the documents that they were taken from."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any, Final

import pytest

import resources
from parindex_desktop.domain.criteria_reading import read_criteria_set
from parindex_desktop.domain.planning.plan_reading import read_plan_tree
from parindex_desktop.domain.planning.plans import DocumentKind, Plan
from parindex_desktop.domain.planning.targets import ROOMS, Against, Measure, Operator, Reported, Verdict
from parindex_desktop.domain.planning.tasks import Repeats
from parindex_desktop.domain.units import BodyKind, Level

LAO_CAI, LAI_CHAU, VUNG_TAU = "lao-cai-2022", "lai-chau-2017", "ba-ria-vung-tau-2023"
DAK_LAK, VINH_PHUC = "dak-lak-2018", "vinh-phuc-2022"
PLANS: Final = (LAO_CAI, LAI_CHAU, VUNG_TAU, DAK_LAK, VINH_PHUC)
SET: Final = {LAO_CAI: "department-2026", LAI_CHAU: "department-2026", DAK_LAK: "department-2026"}
"""The set whose printed codes a plan names; the other plans name none."""


@cache
def tree(name: str) -> dict[str, Any]:
    document = resources.file(f"plans/{name}.json").read_bytes()
    return read_plan_tree(document, resources.tree("schemas/plan.schema.json"))


def plan(name: str) -> Plan:
    return Plan.read(tree(name))


def written(name: str) -> str:
    """Every text of a plan, one per line."""

    def texts(node: Any) -> list[str]:
        if isinstance(node, dict):
            return [text for value in node.values() for text in texts(value)]
        if isinstance(node, list):
            return [text for value in node for text in texts(value)]
        return [str(node)]

    return "\n".join(texts(tree(name)))


def numbers(name: str, field: str | None = None) -> Counter[tuple[str, str, str]]:
    """How often each operator with its limit and unit stands in the targets, without those that are compared."""
    read = plan(name)
    fields = {each.id: each.no for each in read.fields}
    return Counter(
        (target.operator.sign, str(limit.number), target.unit)
        for target in read.targets
        for limit in target.limits
        if target.against is Against.LIMIT and (field is None or fields.get(target.field) == field)
    )


def target(name: str, no: str) -> Any:
    return next(each for each in plan(name).targets if each.no == no)


@cache
def codes(set_name: str) -> frozenset[str]:
    read = read_criteria_set(
        resources.file(f"criteria/{set_name}.json").read_bytes(),
        resources.tree("schemas/criteria-set.schema.json"),
    )
    return frozenset(leaf.code for leaf in read.leaves())


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_is_read_without_fault_and_names_what_exists(name: str) -> None:
    read = plan(name)
    assert read.id == tree(name)["head"]["id"]
    assert read.tasks
    named = {code for each in (*read.targets, *read.tasks) for code in each.criteria}
    assert named <= (codes(SET[name]) if name in SET else frozenset())
    ids = [
        node["id"] for part in tree(name).values() if isinstance(part, list) for node in part if "id" in node
    ]
    assert len(ids) == len(set(ids))


def test_no_two_plans_share_an_id() -> None:
    ids = [node["id"] for name in PLANS for part in ("targets", "tasks") for node in tree(name).get(part, ())]
    assert len(ids) == len(set(ids))


def test_all_that_ship_are_these() -> None:
    assert {path.stem for path in resources.files("plans", ".json")} == set(PLANS)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        (LAO_CAI, (DocumentKind.PLAN, "", None, 2022, 2022, None)),
        (LAI_CHAU, (DocumentKind.PLAN, "447/KH-UBND", date(2017, 4, 18), 2017, 2020, (12, 25))),
        (VUNG_TAU, (DocumentKind.CAMPAIGN, "", None, 2023, 2023, None)),
        (DAK_LAK, (DocumentKind.PLAN, "", None, 2018, 2018, None)),
        (VINH_PHUC, (DocumentKind.DIRECTIVE, "", None, 2022, 2025, (12, 15))),
    ],
)
def test_heads(name: str, head: tuple[object, ...]) -> None:
    read = plan(name)
    assert (read.kind, read.number, read.issued, read.first, read.last, read.report_day) == head


@pytest.mark.parametrize(
    ("name", "signed"),
    [
        (LAO_CAI, ("", "CHÁNH VĂN PHÒNG", "Phan Quốc Nghĩa")),
        (LAI_CHAU, None),
        (VUNG_TAU, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Đặng Minh Thông")),
        (DAK_LAK, None),
        (VINH_PHUC, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Vũ Chí Giang")),
    ],
)
def test_signers(name: str, signed: tuple[str, str, str] | None) -> None:
    signer = plan(name).signer
    assert (signer and (signer.authority, signer.title, signer.name)) == signed


@pytest.mark.parametrize(
    ("name", "papers"),
    [
        (LAO_CAI, "240/KH-UBND 653/QĐ-UBND 44/KH-VPUBND 13/KH-VPUBND 08/CT-UBND"),
        (
            LAI_CHAU,
            (
                "4361/QĐ-BNV 225/QĐ-TTg 1331/QĐ-UBND 20/2008/NĐ-CP 63/2010/NĐ-CP 56/2015/NĐ-CP 130/2005/NĐ-CP "
                "117/2013/NĐ-CP 16/2015/NĐ-CP 09/2015/QĐ-TTg 21/2015/QĐ-UBND 45/2016/QĐ-TTg 19/2014/QĐ-TTg 21/NQ-CP"
            ),
        ),
        (
            VUNG_TAU,
            (
                "76/NQ-CP 03/CT-UBND 66/KH-UBND 4047/QĐ-UBND 178/KH-UBND 107/2020/NĐ-CP 108/2020/NĐ-CP 120/2020/NĐ-CP "
                "34/2019/NĐ-CP 91/2017/NĐ-CP 12879/UBND-SNV 14685/UBND-SNV 12477/UBND-SNV 5880/UBND-SNV"
            ),
        ),
        (DAK_LAK, "187/TB-VPCP 3325/BNV-CCHC 3507/QĐ-UBND 3598/QĐ-UBND"),
        (VINH_PHUC, "23/CT-TTg 76/NQ-CP 30c/NQ-CP 60/NQ-HĐND"),
    ],
)
def test_the_papers_that_a_plan_rests_on(name: str, papers: str) -> None:
    assert plan(name).bases
    assert [each for each in papers.split() if each not in written(name)] == []


@pytest.mark.parametrize("name", PLANS)
def test_who_leads_and_supports_is_listed(name: str) -> None:
    rows = [
        row for row in csv.DictReader(resources.text("plans/parties.csv").splitlines()) if row["plan"] == name
    ]
    kinds = {row["name"]: row["kind"] for row in rows}
    assert len(rows) == len(kinds)
    assert set(kinds.values()) <= {*Level, *BodyKind}
    assert all(Level(level) for row in rows for level in row["levels"].split())
    assert not [row for row in rows if row["levels"] and row["kind"] != BodyKind.GROUP]
    parts = ("fields", "leads"), ("fields", "supports"), ("targets", "reported_by"), ("tasks", "leads")
    named = {
        party["name"]
        for part, role in (*parts, ("tasks", "supports"), ("duties", "parties"))
        for node in tree(name).get(part, ())
        for party in node.get(role, ())
    }
    assert named <= set(kinds)


@pytest.mark.parametrize("name", PLANS)
def test_no_slip_of_the_papers_was_taken_over(name: str) -> None:
    slips = (
        "PHỤ BIÊU", "KHK-UBND", "CHỦ TRƯỞNG", "PHÒI", "PHÓI", "mức thời gian", "cài cách", "thành phò", "Dàm bảo",
        "dảm bảo", "quy dịnh", "CÁI CÁCH", "CAI CÁCH", "Dê xuất", "TTTHC", "TTIC", "TTBC", "có có thể", "Dồn dốc",
        "dồn dốc", "CẨM BỘ", "<p>", "dù điều kiện", "Phản ánh đến năm", "Phản ánh nâng", "Quản triệt", "Thông xuyên",
        "Thông kê", "Phân đấu", "Phân đầu", "Phần đấu", "Công thông tin", "Công dịch vụ", "Công TTĐT", "thay hài",
        "trên 100%", "truyền truyền", "niềm yết", "chuyên đổi", "HỒ TĐKT", "**", "767",
    )  # fmt: skip
    assert [slip for slip in slips if slip in written(name)] == []


# Lào Cai


def test_lao_cai_field_by_field() -> None:
    last = {each.no: each.last for each in plan(LAO_CAI).fields}
    results = {no: (str(each.points), str(each.maximum), str(each.lost)) for no, each in last.items() if each}
    assert results == {
        "1": ("13.76", "16.00", "2.24"),
        "2": ("12.72", "13.00", "0.28"),
        "3": ("14.10", "14.50", "0.40"),
        "4": ("11.75", "12.00", "0.25"),
        "5": ("11.73", "13.50", "1.77"),
        "6": ("12.77", "13.00", "0.23"),
        "7": ("11.90", "13.00", "1.10"),
        "8": ("3.75", "5.00", "1.25"),
    }
    assert [
        no for no, each in sorted(last.items(), key=lambda item: -item[1].lost if item[1] else 0)
    ] == list("15873246")
    results_of = [each for each in last.values() if each]
    assert {each.year for each in results_of} == {2021}
    assert sum(each.points for each in results_of) == Decimal("92.48")
    assert sum(each.maximum for each in results_of) == Decimal("100.00")
    ranked = {no: (each.rank, each.scope) for no, each in last.items() if each and each.rank}
    assert ranked == {"6": (11, "toàn quốc")}


def test_lao_cai_who_leads() -> None:
    office = "Phòng Tổ chức Hành chính"
    led = {each.no: [party.name for party in each.leads] for each in plan(LAO_CAI).fields}
    assert led == {
        **{no: [office] for no in "12457"},
        "3": ["Phòng Kiểm soát thủ tục hành chính"],
        "6": ["Phòng Quản trị Tài vụ"],
        "8": [office, "Phòng Tổng hợp"],
    }
    rooms = "Các phòng, ban, đơn vị trực thuộc Văn phòng"
    assert all(rooms in [party.name for party in each.supports] for each in plan(LAO_CAI).fields)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("1", {("=", "100", "%"): 5, ("≥", "30", "%"): 1, ("≥", "95", "%"): 1, ("≥", "3", "sáng kiến"): 1}),
        ("2", {("=", "100", "%"): 1}),
        (
            "3",
            {
                ("=", "0", "TTHC"): 1, ("=", "100", "%"): 9, ("≥", "100", "TTHC"): 2, ("≥", "98", "%"): 1,
                (">", "80", "%"): 1, ("≥", "80", "%"): 1, ("≥", "20", "%"): 1, ("≥", "60", "%"): 1,
                ("≥", "50", "%"): 1, ("≥", "40", "%"): 1,
            },
        ),
        ("4", {("=", "100", "%"): 1, ("≥", "85", "%"): 1}),
        ("5", {("=", "100", "%"): 1, ("=", "0", "người"): 1, ("≥", "5", "%"): 1}),
        ("6", {("=", "0", "sai phạm"): 1, ("=", "100", "%"): 1}),
        ("7", {("=", "100", "%"): 2, ("≥", "85", "%"): 1}),
        ("8", {("≥", "95", "%"): 1, ("=", "100", "%"): 1}),
    ],
)  # fmt: skip
def test_lao_cai_figures(field: str, expected: dict[tuple[str, str, str], int]) -> None:
    assert numbers(LAO_CAI, field) == expected


def test_lao_cai_figures_that_are_compared() -> None:
    compared = {
        each.no: (each.against, each.operator, str(each.limits[0].number), each.base_year)
        for each in plan(LAO_CAI).targets
        if each.against is not Against.LIMIT
    }
    assert compared == {
        "4.2.2": (Against.ASSIGNED, Operator.AT_MOST, "0", None),
        "4.2.3": (Against.ASSIGNED, Operator.AT_MOST, "0", None),
        "4.2.4": (Against.BASE_YEAR, Operator.ABOVE, "15", 2015),
        "8.2.2": (Against.PREVIOUS_YEAR, Operator.ABOVE, "0", None),
        "8.2.3": (Against.PLAN, Operator.AT_LEAST, "5", None),
        "8.2.4": (Against.PREVIOUS_YEAR, Operator.ABOVE, "0", None),
    }
    assert str(target(LAO_CAI, "4.2.4").limits[0].number) == "15"


def test_lao_cai_kinds_of_target() -> None:
    targets = plan(LAO_CAI).targets
    assert Counter(each.measure for each in targets) == {
        Measure.NUMBER: 46,
        Measure.YES_NO: 20,
        Measure.WORDS: 10,
        Measure.GROUP: 1,
    }
    assert [each.no for each in targets if each.conditional] == ["2.2.1", "3.2.14"]
    assert [each.no for each in targets if each.soft] == [
        "I.1.1", "3.2.16", "3.2.19", "3.2.20", "3.2.21", "5.2.10", "7.2.3",
    ]  # fmt: skip
    assert {each.index for each in targets if each.index} == {"PAR INDEX", "SIPAS"}
    assert target(LAO_CAI, "I.1.1").groups == ("Nhóm đầu",)
    assert all(each.reported_by for each in targets)
    assert {party.name for party in target(LAO_CAI, "8.2.3").reported_by} == {"Phòng Tổng hợp"}


def test_lao_cai_registers() -> None:
    fed = {each.no: (each.register, each.among) for each in plan(LAO_CAI).targets if each.register}
    assert fed == {
        "1.2.2": ("propaganda.plan", ()),
        "1.2.3": ("reports.complete", ()),
        "1.2.4": ("inspections.reform.inspected", (ROOMS,)),
        "1.2.5": ("inspections.reform.settled", ()),
        "1.2.11": ("initiatives.all", ()),
        "1.2.12": ("orders.on_time", ()),
        "3.2.23": ("feedback.published", ()),
        "4.2.8": ("inspections.decentralisation.settled", ()),
        "5.2.9": ("discipline.people", ()),
    }


def test_lao_cai_every_target_is_served_by_a_task() -> None:
    read = plan(LAO_CAI)
    served = {each for task in read.tasks for each in task.targets}
    assert [each.no for each in read.targets if each.id not in served] == ["I.1.1", "I.1.2"]


# Lai Châu


def test_lai_chau_history() -> None:
    history = plan(LAI_CHAU).history
    rows = [(each.year, str(each.points), each.rank, each.of, str(each.maximum)) for each in history]
    assert rows == [
        (2012, "66.46", 59, 63, "100.00"),
        (2013, "63.17", 62, 63, "100.00"),
        (2014, "76.75", 52, 63, "100.00"),
        (2015, "79.12", 58, 63, "100.00"),
    ]
    steps = list(pairwise(history))
    assert [str(after.points - before.points) for before, after in steps] == ["-3.29", "13.58", "2.37"]
    # In 2015 the points rise and the rank falls: a higher number is worse.
    assert [(before.rank or 0) - (after.rank or 0) for before, after in steps] == [-3, 10, -6]


def test_lai_chau_tasks_by_section() -> None:
    read = plan(LAI_CHAU)
    sections = {each.id: each.no for each in read.sections}
    groups = {group.id: each.no for each in read.sections for group in each.groups}
    counted = Counter({**sections, **groups}[task.group] for task in read.tasks)
    assert counted == dict(
        zip(
            ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
            (8, 3, 5, 5, 9, 2, 8, 6, 3, 1),
            strict=True,
        )
    )
    assert sum(counted.values()) == 50
    assert [len(each.groups) for each in read.sections] == [1, 0, 3, 4, 8, 2, 2, 2, 2, 0]
    assert sum(len(each.groups) for each in read.sections) == 24
    assert all(
        task.no.startswith(f"{sections.get(task.group) or groups[task.group]}.") for task in read.tasks
    )
    printed = {(each.no, ""): each.printed for each in read.sections if each.printed}
    printed |= {(each.no, g.no): g.printed for each in read.sections for g in each.groups if g.printed}
    assert printed == {("I", ""): "1", ("V", ""): "I", ("IV", "3"): "4", ("IV", "4"): "5", ("VII", "1"): "I"}


def test_lai_chau_deadlines() -> None:
    tasks = plan(LAI_CHAU).tasks
    assert Counter(task.deadline.kind.value for task in tasks) == {
        "ongoing": 30, "previous_year": 3, "in_year": 3, "next_year": 1, "within_year": 1, "absolute": 1,
        "from_year": 1, "external": 10,
    }  # fmt: skip
    due = {task.no: task.deadline.due(2018) for task in tasks}
    days = {no: each.last for no, each in due.items() if each and each.last}
    assert days == {
        "I.1": date(2017, 12, 31), "V.7.1": date(2017, 12, 31), "VII.1.1": date(2017, 12, 31),
        "I.3": date(2018, 12, 20), "IV.2.1": date(2018, 12, 20), "VII.1.2": date(2018, 12, 30),
        "V.7.2": date(2019, 1, 31), "V.3": date(2018, 12, 31),
    }  # fmt: skip
    by_no = {task.no: task for task in tasks}
    hall = by_no["VIII.2.1"].deadline.due(2017)
    assert hall is not None
    assert hall.last == date(2017, 12, 30)
    assert by_no["VII.1.3"].deadline.due(2017) is None
    assert {no for no, each in due.items() if each and each.awaited} == {
        "I.2", "I.6.2", "II.1", "II.3", "III.1.1", "III.1.2", "IV.2.2", "V.5", "V.6", "X.1",
    }  # fmt: skip
    assert {task.no: task.repeats for task in tasks if task.repeats is not Repeats.ONCE} == {
        "I.2": Repeats.REPORTS
    }


def test_lai_chau_who_leads() -> None:
    tasks = plan(LAI_CHAU).tasks
    leads = Counter(tuple(party.name for party in task.leads) for task in tasks)
    counted = [count for _, count in leads.most_common()]
    assert counted == [18, 6, 6, 3, 3, 3, *[1] * 11]
    assert leads["Sở Nội vụ",] == 18
    assert leads["Sở Tư pháp",] == leads["Sở Thông tin và Truyền thông",] == 6
    assert leads["Sở Khoa học và Công nghệ",] == leads["Sở Tài chính",] == 3
    assert leads["Các sở, ban, ngành", "Ủy ban nhân dân các huyện, thành phố"] == 3
    several = {task.no: len(task.leads) for task in tasks if len(task.leads) > 1}
    assert several == {
        "I.4": 4, "III.2": 3, "IV.3": 4, "VIII.1.1": 2, "VIII.1.2": 2, "VIII.1.3": 3, "VIII.2.2": 2, "VIII.3": 2,
    }  # fmt: skip
    assert [task.no for task in tasks if not task.evidence] == ["X.1"]


def test_lai_chau_fields() -> None:
    led = {each.no: len(each.leads) for each in plan(LAI_CHAU).fields}
    assert led == {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1, "6": 1, "7": 2, "8": 4, "9": 3, "10": 1}


def test_lai_chau_milestones() -> None:
    by_year = {
        each.no: (each.operator.sign, {limit.year: str(limit.number) for limit in each.limits})
        for each in plan(LAI_CHAU).targets
        if any(limit.year for limit in each.limits)
    }
    assert by_year == {
        "5.2": ("=", {2018: "100"}),
        "5.4": ("≥", {2018: "92", 2020: "100"}),
        "7.2": ("=", {2020: "100"}),
        "7.3": ("=", {2020: "100"}),
        "7.4": ("≥", {2020: "50"}),
        "7.5": (">", {2020: "80"}),
        "7.8": ("≥", {2017: "70", 2020: "100"}),
        "8.4": ("=", {2020: "100"}),
        "8.5": ("=", {2017: "100"}),
    }
    iso = target(LAI_CHAU, "7.8")
    said = Reported(Decimal(85))
    verdicts = [iso.judge(said, Level.PROVINCE, year).verdict for year in (2017, 2019, 2020)]
    assert verdicts == [Verdict.EXCEEDED, Verdict.EXCEEDED, Verdict.NOT_MET]


@pytest.mark.parametrize(
    ("no", "expected"),
    [
        ("1.3", "≥ 30"), ("2.1", "= 100"), ("3.1", "= 100"), ("3.3", "= 100"), ("3.4", "= 100"), ("3.5", "= 100"),
        ("3.7", "= 100"), ("4.1", "≥ 30"), ("4.2", "= 100"), ("5.1", "= 100"), ("5.3", "> 70"), ("6.1", "= 100"),
        ("6.2", "= 100"), ("6.3", "= 100"), ("7.1", "= 100"), ("7.6", "> 40"), ("7.7", "> 30"), ("8.1", "> 90"),
        ("8.2", "= 100"), ("8.3", "≥ 80"), ("10.1", "= 5"),
    ],
)  # fmt: skip
def test_lai_chau_figures(no: str, expected: str) -> None:
    found = target(LAI_CHAU, no)
    assert f"{found.operator.sign} {found.limits[0].number}" == expected


def test_lai_chau_registers_and_comparisons() -> None:
    targets = plan(LAI_CHAU).targets
    over_last_year = [each.no for each in targets if each.against is Against.PREVIOUS_YEAR]
    assert over_last_year == ["I.1", "6.4", "9.1", "9.2"]
    fed = {each.no: (each.register, each.among) for each in targets if each.register}
    agencies = ("department", "district")
    assert fed == {
        "1.2": ("reports.complete", ()),
        "1.3": ("inspections.reform.inspected", agencies),
        "3.3": ("procedures.published", ()),
        "3.4": ("procedures.entered", ()),
        "3.7": ("feedback.settled", ()),
        "4.1": ("inspections.organisation.inspected", agencies),
        "4.2": ("inspections.organisation.settled", ()),
    }


# Bà Rịa - Vũng Tàu


def test_vung_tau_targets_by_level() -> None:
    targets = plan(VUNG_TAU).targets
    numbered = {
        level: [each.no for each in targets if each.is_for(level, 2023)]
        for level in (Level.DEPARTMENT, Level.DISTRICT, Level.COMMUNE)
    }
    every = ["1a", "1b", "1c", "1d", "2", "3a", "3b", "3c", "4a", "4b", "5a", "5b", "6", "7"]
    assert numbered == {
        Level.DEPARTMENT: every,
        Level.DISTRICT: every,
        Level.COMMUNE: [no for no in every if no not in ("4b", "6")],
    }
    assert [len(each) for each in numbered.values()] == [14, 14, 12]


@pytest.mark.parametrize(
    ("no", "expected"),
    [
        ("1a", ("≥ 95", "≥ 95", "≥ 95")),
        ("1b", ("= 100", "= 100", "= 100")),
        ("1d", ("≥ 1", "≥ 1", "≥ 1")),
        ("2", ("= 100", "= 100", "= 100 nếu có")),
        ("3a", ("≥ 99", "≥ 99", "≥ 99")),
        ("3b", ("≥ 35-40", "≥ 35-40", "≥ 35-40")),
        ("5a", ("= 100", "= 100", "= 100")),
        ("5b", ("= 0", "= 0", "= 0")),
        ("6", ("≥ 95 nếu có", "≥ 95", "")),
        ("7", ("≥ 90", "≥ 80", "≥ 80")),
    ],
)
def test_vung_tau_figures(no: str, expected: tuple[str, str, str]) -> None:
    def shown(level: Level) -> str:
        for each in plan(VUNG_TAU).targets:
            limit = each.limit(level, 2023)
            if each.no == no and each.is_for(level, 2023) and limit:
                roadmap = f"-{limit.up_to}" if limit.up_to else ""
                return f"{each.operator.sign} {limit.number}{roadmap}{' nếu có' * each.conditional}"
        return ""

    assert tuple(map(shown, (Level.DEPARTMENT, Level.DISTRICT, Level.COMMUNE))) == expected


def test_vung_tau_decrees_by_level() -> None:
    titles = {each.levels: each.title for each in plan(VUNG_TAU).targets if each.no == "4a"}
    department, district, commune = (
        titles[level,] for level in (Level.DEPARTMENT, Level.DISTRICT, Level.COMMUNE)
    )
    assert "107/2020/NĐ-CP" in department
    assert "108/2020/NĐ-CP" in district
    assert all("120/2020/NĐ-CP" in each for each in (department, district))
    assert "34/2019/NĐ-CP" in commune
    six = target(VUNG_TAU, "1c")
    assert six.index.split(", ") == ["PAR INDEX", "SIPAS", "PAPI", "PCI", "DTI", "POBI"]


def test_vung_tau_award() -> None:
    award = plan(VUNG_TAU).award
    assert award is not None
    assert (award.cap, award.initiatives, award.collectives) == (10, 1, False)
    assert [bool(form) for _, form in award.papers] == [False, False, True]
    assert "Mẫu số 07" in award.papers[2][1]
    assert len(award.steps) == 4
    assert "Sở Nội vụ" in award.steps[1]
    assert "Ban Thi đua - Khen thưởng" in award.steps[2]
    assert "Chủ tịch" in award.steps[3]
    assert "không quá 10 cá nhân" in written(VUNG_TAU)


# Đắk Lắk


def test_dak_lak() -> None:
    read = plan(DAK_LAK)
    index, group = target(DAK_LAK, "I.1.b.1"), target(DAK_LAK, "I.1.b.2")
    assert (index.index, index.operator.sign, str(index.limits[0].number)) == ("PAR INDEX", "≥", "80")
    assert (group.index, group.measure, group.groups, group.outside) == (
        "PAPI",
        Measure.GROUP,
        ("Trung bình thấp",),
        True,
    )
    assert group.judge(Reported(text="Trung bình cao"), Level.PROVINCE, 2018).verdict is Verdict.MET
    assert numbers(DAK_LAK, "a") == {("=", "100", "%"): 6, ("≥", "30", "%"): 1, ("≥", "1", "sáng kiến"): 1}
    assert {each.no: each.register for each in read.targets if each.register} == {
        "a.3": "reports.complete",
        "a.4": "inspections.reform.inspected",
        "a.5": "inspections.reform.settled",
        "a.6": "propaganda.plan",
        "a.7": "initiatives.new",
        "a.8": "orders.on_time",
    }
    assert target(DAK_LAK, "a.4").among == ("department", "district")
    assert len([task for task in read.tasks if task.no.startswith("a.3.")]) == 5, "five kinds of report"
    served = {each for task in read.tasks for each in task.targets}
    assert {each.no for each in read.targets if each.id not in served} == {
        "I.1.b.1", "I.1.b.2", "I.2.b", "I.2.c", "I.2.d",
    }  # fmt: skip
    rules = written(DAK_LAK)
    assert "đầy đủ, đúng yêu cầu" in rules
    assert "khách quan, có cơ sở" in rules
    assert len(read.budget) == 1


# Vĩnh Phúc


def test_vinh_phuc_duties() -> None:
    read = plan(VINH_PHUC)
    assert [duty.no for duty in read.duties] == [str(number) for number in range(1, 14)]
    assert [point.partition(")")[0] for point in read.duties[0].points] == list("abcdđef")
    assert len(read.duties[10].points) == 5
    assert {duty.no: duty.parties[0].name for duty in read.duties} == {
        "1": "Các sở, ban, ngành",
        "2": "Sở Tư pháp",
        "3": "Văn phòng Ủy ban nhân dân tỉnh",
        "4": "Sở Thông tin và Truyền thông",
        "5": "Sở Tài chính",
        "6": "Sở Kế hoạch và Đầu tư",
        "7": "Sở Khoa học và Công nghệ",
        "8": "Thanh tra tỉnh",
        "9": "Sở Y tế",
        "10": "Sở Giáo dục và Đào tạo",
        "11": "Sở Nội vụ",
        "12": "Báo Vĩnh Phúc",
        "13": "Các sở, ban, ngành",
    }


def test_vinh_phuc_who_leads_which_field() -> None:
    assert {each.title: each.leads[0].name for each in plan(VINH_PHUC).fields} == {
        "Cải cách thể chế": "Sở Tư pháp",
        "Cải cách thủ tục hành chính": "Văn phòng Ủy ban nhân dân tỉnh",
        "Cải cách tổ chức bộ máy hành chính nhà nước": "Sở Nội vụ",
        "Cải cách chế độ công vụ": "Sở Nội vụ",
        "Cải cách tài chính công": "Sở Tài chính",
        "Xây dựng và phát triển Chính phủ điện tử, Chính phủ số": "Sở Thông tin và Truyền thông",
    }


def test_vinh_phuc_ranks_three_groups_and_reports_yearly() -> None:
    read = plan(VINH_PHUC)
    assert read.ranked == ((Level.DEPARTMENT,), (Level.DISTRICT,), (Level.CENTRAL,))
    (report,) = (task for task in read.tasks if task.no == "13.1")
    assert [occurrence.due.last for occurrence in report.occurrences(2023)] == [date(2023, 12, 15)]
    assert len(read.budget) == 1
