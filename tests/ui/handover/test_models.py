"""The item models of the page keep Qt's rules."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from parindex_desktop.services import filling
from parindex_desktop.services.handing_over import Past
from tests.ui.offices import fill
from ui.handover.models import HistoryModel, LackingModel
from ui.language import tr
from ui.states import NEEDS
from ui.widgets.cells import CellRole

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

    from parindex_desktop.services.homes import Office


def test_what_lacks_is_shown_most_important_first(qtmodeltester: ModelTester, commune: Office) -> None:
    form = filling.open_form(commune)
    form = fill(commune, form, but=3)
    leaf = next(leaf for leaf in form.criteria.leaves() if leaf.inputs)
    form = filling.set_text(commune, form, leaf, "explanation", "")
    model = LackingModel()
    model.show_sheets(form.assessment.lacking())
    qtmodeltester.check(model)
    first = model.sheet(0)
    assert first.criterion.id == leaf.id
    assert model.index(0, 0).data() == f"{leaf.code} {leaf.title}"
    assert model.index(0, 1).data(CellRole.SIGN) is NEEDS[first.needs[0]]
    assert model.rowCount() == 4


def test_the_history_tells_drafts_and_the_other_machine_apart(qtmodeltester: ModelTester) -> None:
    at = dt.datetime(2026, 11, 18, 2, 0, tzinfo=dt.UTC)
    model = HistoryModel()
    model.show_past(
        [
            Past("a" * 64, 3, draft=False, here=False, claimed=at, files=("a.cchc",)),
            Past("b" * 64, 2, draft=False, here=False, claimed=at, files=()),
            Past("c" * 64, 1, draft=True, here=True, claimed=None, files=()),
            Past("d" * 64, 1, draft=False, here=True, claimed=at, files=("a.cchc", "b.cchc")),
        ]
    )
    qtmodeltester.check(model)
    shown = [[model.index(row, column).data() for column in range(3)] for row in range(4)]
    assert shown == [
        [tr("Hand-over {times}", times=3), "09:00 18/11/2026", tr("by the other machine") + "\na.cchc"],
        [tr("Hand-over {times}", times=2), "09:00 18/11/2026", tr("by the other machine")],
        [tr("Draft"), "–", tr("not written out")],
        [tr("Hand-over {times}", times=1), "09:00 18/11/2026", "a.cchc\nb.cchc"],
    ]
