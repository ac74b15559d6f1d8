"""The tree of criteria tells its views only what has changed, at any depth."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt

import resources
from parindex_desktop.domain.assessments import Assessment, read_assessment
from parindex_desktop.domain.criteria import CriteriaSet, Criterion
from parindex_desktop.domain.merge import Edit, with_edits
from tests.ui.dressed import dressed
from ui.form.criteria_model import CriteriaModel
from ui.language import tr
from ui.widgets import signs
from ui.widgets.cells import CellRole

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

__all__ = ["dressed"]

CRITERIA = CriteriaSet.from_tree(resources.tree("criteria/commune-2026.json"))


def assessed(**answers: dict[str, str]) -> Assessment:
    """An assessment with these inputs by printed code (with _ for the point)."""
    edits = {
        f"answer/{CRITERIA.by_code(code.strip('c').replace('_', '.')).id}/figures": Edit(
            {"applicability": "applicable", "ground": "", "inputs": inputs}, frozenset()
        )
        for code, inputs in answers.items()
    }
    return read_assessment(CRITERIA, with_edits({}, edits))


def cells(model: CriteriaModel, criterion: Criterion) -> list[str]:
    index = model.index_of(criterion.id)
    return [index.siblingAtColumn(n).data() for n in range(model.columnCount())]


def test_the_model_keeps_what_a_model_promises(qtmodeltester: object) -> None:
    qtmodeltester.check(CriteriaModel(assessed()))  # type: ignore[attr-defined]  # pytest-qt's fixture


def test_every_criterion_stands_below_its_group(dressed: object) -> None:
    model = CriteriaModel(assessed())
    assert [model.criterion(index).code for index in model.indexes()] == [c.code for c in CRITERIA.walk()]
    for criterion in CRITERIA.walk():
        parent = model.index_of(criterion.id).parent()
        above = CRITERIA.parent(criterion)
        assert (model.criterion(parent) if parent.isValid() else None) == above
    assert not model.index_of("no such id").isValid()


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("1", ["16,00", "1,50", "1 / 10"]),
        ("1.3", ["2,00", "1,50", tr(signs.MISSING_EVIDENCE)]),
        ("1.2", ["2,00", tr("not entered"), tr(signs.UNSCORED)]),
        ("1.10", ["1,00", "–", tr(signs.NOT_SELF_SCORED)]),
        ("4.3", ["1,50", "–", tr(signs.NOT_APPLICABLE)]),
        ("1.4", ["2,00", "0,00", "0 / 2"]),
    ],
)
def test_each_row_says_maximum_points_and_state(dressed: object, code: str, shown: list[str]) -> None:
    criterion = CRITERIA.by_code(code)
    title, *rest = cells(CriteriaModel(assessed(c1_3={"count": "3"})), criterion)
    assert title == f"{code} {criterion.title}"
    assert rest == shown


def test_a_group_names_what_is_not_applicable(dressed: object) -> None:
    model = CriteriaModel(assessed())
    state = cells(model, CRITERIA.by_code("4"))[3]
    assert state == f"{tr('{scored} / {all}', scored=0, all=5)} · {tr('{count} not applicable', count=1)}"


def test_in_a_narrow_list_the_maximum_stands_below_the_points(
    qtmodeltester: ModelTester, dressed: object
) -> None:
    model = CriteriaModel(assessed(c1_3={"count": "3"}))
    model.show_narrow(narrow=True)
    qtmodeltester.check(model)
    points = model.index_of(CRITERIA.by_code("1.3").id).siblingAtColumn(2)
    assert points.data(CellRole.NOTE) == tr("of {maximum}", maximum=CRITERIA.by_code("1.3").maximum)
    assert cells(model, CRITERIA.by_code("4"))[3] == tr("{scored} / {all}", scored=0, all=5)
    state = points.siblingAtColumn(3)
    assert state.data(Qt.ItemDataRole.ToolTipRole) == state.data(), (
        "the sign alone is drawn, its word is told"
    )
    model.show_narrow(narrow=False)
    assert points.data(CellRole.NOTE) == ""


def test_states_are_drawn_as_signs_and_groups_as_headings(dressed: object) -> None:
    model = CriteriaModel(assessed())
    leaf, group = model.index_of(CRITERIA.by_code("1.3").id), model.index_of(CRITERIA.by_code("1").id)
    assert leaf.siblingAtColumn(3).data(CellRole.SIGN) == signs.UNSCORED
    assert group.data(CellRole.GROUP)
    assert not leaf.data(CellRole.GROUP)


def test_only_the_rows_that_differ_are_told_and_nothing_is_reset(qtbot: QtBot, dressed: object) -> None:
    model = CriteriaModel(assessed(c1_3={"count": "3"}))
    told: list[str] = []
    model.dataChanged.connect(lambda first, _last: told.append(model.criterion(first).code))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.layoutChanged):
        model.show_assessment(assessed(c1_3={"count": "3"}))
        assert told == []
        model.show_assessment(assessed(c1_3={"count": "4"}))
    assert told == ["1", "1.3"]


def test_the_maximum_of_all_fields_is_that_of_the_set(dressed: object) -> None:
    model = CriteriaModel(assessed())
    shown = [
        model.index(row, 1, QModelIndex()).data(Qt.ItemDataRole.DisplayRole)
        for row in range(model.rowCount())
    ]
    assert sum(Decimal(text.replace(",", ".")) for text in shown) == CRITERIA.maximum
