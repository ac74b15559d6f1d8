"""Progress of an office: what is written is read again, and nothing else is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex_desktop.domain.documents import Document, Form
from parindex_desktop.domain.merge import Standing
from parindex_desktop.domain.planning.progress import (
    OfficeProgress,
    ProgressMalformed,
    read_progress,
    target_entry,
    task_entry,
)
from parindex_desktop.domain.planning.targets import Reported
from parindex_desktop.domain.planning.tasks import Progress, Said

if TYPE_CHECKING:
    from decimal import Decimal

    from parindex_desktop.domain.revisions import Value

D = dt.date
NUMBERS = st.none() | st.decimals(-(10**9), 10**9, places=2)


def read(entries: dict[str, Value]) -> OfficeProgress:
    return read_progress({key: (Standing(value, frozenset({"w"})),) for key, value in entries.items()})


@given(progress=st.sampled_from(Progress), on=st.none() | st.dates(D(2000, 1, 1), D(2100, 1, 1)))
def test_a_task_is_read_as_it_was_written(progress: Progress, on: dt.date | None) -> None:
    said = Said(progress, on)
    found = read({"task/t/q1": task_entry(said)})
    assert found.said.get(("t", "q1"), Said()) == said


@given(value=NUMBERS, base=NUMBERS, yes=st.sampled_from([None, True, False]))
def test_a_target_is_read_as_it_was_written(
    value: Decimal | None, base: Decimal | None, yes: bool | None
) -> None:
    reported = Reported(value, base, yes, "ghi chú")
    assert read({"target/t": target_entry(reported)}).targets == {"t": reported}


def test_documents_prove_tasks_in_the_order_of_their_days() -> None:
    late, early = Document("a", Form.PAPER, date=D(2026, 5, 1)), Document("b", Form.PAPER, date=D(2026, 1, 1))
    found = read(
        {
            "document/a": late.entry(),
            "document/b": early.entry(),
            "proof/t/a": {"page": ""},
            "proof/t/b": {"page": "3"},
            "proof/t/gone": {"page": ""},
            "proof/other/a": {"page": ""},
        }
    )
    assert [(each.document.id, each.page) for each in found.proofs_of("t")] == [("b", "3"), ("a", "")]


def test_an_entry_with_several_values_counts_as_not_said() -> None:
    both = tuple(
        Standing({"progress": "done", "on": day}, frozenset({day})) for day in ("2026-01-01", "2026-01-02")
    )
    found = read_progress({"task/t/year": both})
    assert (found.said, found.unsettled) == ({}, ("task/t/year",))


def test_what_is_cleared_is_not_there() -> None:
    assert read({"task/t/year": None, "record/orders/r": None}) == OfficeProgress()


def test_a_record_and_the_day_to_which_its_register_is_kept() -> None:
    record: Value = {"title": "Giao báo cáo", "by": "province", "due": "2026-05-01"}
    found = read({"record/orders/r": record, "kept/orders": "2026-06-30"})
    assert (found.records, found.kept) == ({"orders": {"r": record}}, {"orders": D(2026, 6, 30)})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("task/t/year", {"progress": "finished", "on": None}),
        ("task/t/year", {"progress": "done"}),
        ("task/t/year", {"progress": "done", "on": "1.5.2026"}),
        ("task/t", {"progress": "done", "on": None}),
        ("told/t/year", " rìa "),
        ("target/t", {"value": "1e5", "base": None, "yes": None, "text": "", "not_arisen": ""}),
        ("target/t", {"value": None, "base": None, "yes": True, "text": "", "not_arisen": ""}),
        ("record/orders/r", {"title": ""}),
        ("record/orders/r", {"unknown": "x"}),
        ("record/orders/r", {"by": "nobody"}),
        ("record/orders/r", {"due": "mai"}),
        ("record/budget/r", {"approved": "1.000"}),
        ("record/initiatives/r", {"first": "true"}),
        ("record/nothing/r", {}),
        ("record/orders", {}),
        ("kept/orders", "tháng 6"),
        ("kept/orders/x", "2026-01-01"),
        ("plan/p", "kế hoạch"),
        ("lock", {}),
    ],
)
def test_what_no_program_of_ours_writes_is_refused(key: str, value: Any) -> None:
    with pytest.raises(ProgressMalformed):
        read({key: value})
