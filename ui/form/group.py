"""What is shown of a heading: its sum, and what its criteria still lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.form import wording
from ui.form.sheet_head import SheetHead
from ui.language import tr
from ui.theme import tokens
from ui.widgets.labels import Role, WrapLabel

if TYPE_CHECKING:
    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.needs import Need


class GroupView(QWidget):
    """A field or a criterion that has parts."""

    def __init__(self, assessment: Assessment, criterion: Criterion) -> None:
        super().__init__()
        self.criterion = criterion
        self._sum = WrapLabel("", Role.STRONG)
        self._rest = WrapLabel("", Role.SECOND)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.INSIDE)
        column.addWidget(SheetHead(assessment.criteria, criterion))
        column.addWidget(self._sum)
        column.addWidget(self._rest)
        self.show_assessment(assessment)

    def show_assessment(self, assessment: Assessment) -> None:
        """Show the sum as it stands."""
        total = assessment.totals.by_id[self.criterion.id]
        self._sum.setText(
            tr(
                "{points} / {maximum} points self-scored ({percent})",
                points=total.points,
                maximum=total.maximum,
                percent=wording.percent(total.percentage),
            )
        )
        leaves = [each for each in self.criterion.walk() if not each.children]
        values = {
            "scored": total.scored,
            "copied": total.unconfirmed,
            "all": total.to_score,
            "lacking": sum(bool(assessment.sheets[leaf.id].needs) for leaf in leaves),
            "out": total.not_applicable,
            "survey": len(leaves) - total.to_score - total.not_applicable,
        }
        self._rest.setText(
            tr(
                "Scored: {scored} of {all} criteria. Copied and not confirmed: {copied}. Something lacks on "
                "{lacking}. Not applicable: {out}. Not self-scored: {survey}.",
                **values,
            )
        )

    def take_keyboard(self, need: Need | None = None) -> bool:  # noqa: ARG002 (a heading lacks nothing itself)
        """There is nothing to fill in here."""
        return False
