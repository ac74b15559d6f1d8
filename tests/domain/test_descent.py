"""Descent: who said what of its ancestors, told as it is; many numbers, told in few words."""

from __future__ import annotations

from typing import Any

import pytest

from parindex_desktop.domain.assessments import criterion_of
from parindex_desktop.domain.merge import check_descent, first_few
from parindex_desktop.domain.revisions import (
    Ancestor,
    Kind,
    Mode,
    Revision,
    RevisionMalformed,
    Series,
    State,
    ancestors_after,
    digest_of,
    sequence_after,
)

UNIT = "7d3a0c52-1a44-4f7a-9b62-0a5f6f6f0001"


def revision(*parents: Revision, state: State = State.FINAL, **others: Any) -> Revision:
    named = {digest_of(parent.document()): parent for parent in parents}
    fields: dict[str, Any] = {
        "sequence": sequence_after(parents, state),
        "parents": tuple(named),
        "ancestors": ancestors_after(named),
    } | others
    return Revision(
        series=Series(Kind.ASSESSMENT, UNIT, "2026", UNIT),
        audience=(),
        key="0" * 64,
        kit=None,
        criteria_set=None,
        state=state,
        mode=Mode.REAL,
        journal="0" * 64,
        entries={},
        attachments=(),
        **fields,
    )


FIRST = revision()
SECOND = revision(FIRST)
HELD = {digest_of(each.document()): each for each in (FIRST, SECOND)}
ONE, TWO = HELD


@pytest.mark.parametrize("honest", [FIRST, SECOND, revision(SECOND), revision(SECOND, state=State.DRAFT)])
def test_what_is_so_may_be_said(honest: Revision) -> None:
    check_descent(honest, HELD)
    check_descent(honest, {})


@pytest.mark.parametrize(
    "ancestors",
    [
        (Ancestor(ONE, 1, State.FINAL), Ancestor(TWO, 2**53 - 3, State.FINAL)),
        (Ancestor(ONE, 1, State.DRAFT), Ancestor(TWO, 2, State.FINAL)),
        (Ancestor(ONE, 7, State.FINAL), Ancestor(TWO, 2, State.FINAL)),
        (Ancestor(TWO, 2, State.FINAL),),
    ],
    ids=["number of the parent", "state", "number further back", "one left out"],
)
def test_a_lie_about_what_is_held_here_is_refused(ancestors: tuple[Ancestor, ...]) -> None:
    liar = revision(SECOND, ancestors=ancestors)
    with pytest.raises(RevisionMalformed, match="ancestors/"):
        check_descent(liar, HELD)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((), ("", 0)),
        ((3,), ("3", 0)),
        ((1, 2, 3, 4, 5), ("1, 2, 3, 4, 5", 0)),
        (range(1, 99_990), ("1, 2, 3, 4, 5", 99_984)),
    ],
)
def test_few_numbers_stand_for_many(numbers: Any, said: tuple[str, int]) -> None:
    assert first_few(numbers) == said


@pytest.mark.parametrize(
    ("key", "criterion"),
    [
        ("answer/c1/figures", "c1"),
        ("answer/c1/note", "c1"),
        ("link/c1/d1", "c1"),
        ("document/d1", None),
        ("report/place", None),
        ("set", None),
        ("lock", None),
        ("signed", None),
        ("", None),
    ],
)
def test_which_criterion_an_entry_is_about(key: str, criterion: str | None) -> None:
    assert criterion_of(key) == criterion
