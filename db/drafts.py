"""Drafts of criteria sets and plans: texts of this machine that no kit carries before they are published or issued."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from db.models import PlanDraftRow, SetDraftRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as it is kept: `tree` and `doubts` are JSON texts, `based_on` the digest of the set it began from."""

    id: str
    tree: str
    based_on: str | None
    changed: datetime
    doubts: str | None = None


def drafts(session: Session) -> list[KeptDraft]:
    """All drafts, the one changed last first."""
    rows = session.scalars(select(SetDraftRow).order_by(SetDraftRow.changed.desc(), SetDraftRow.id))
    return [KeptDraft(row.id, row.tree, row.based_on, row.changed, row.doubts) for row in rows]


def put_draft(session: Session, draft: KeptDraft) -> None:
    """Keep a draft, in the place of an earlier state of it."""
    session.merge(SetDraftRow(**asdict(draft)))


def remove_draft(session: Session, draft_id: str) -> None:
    """Forget a draft."""
    session.execute(delete(SetDraftRow).where(SetDraftRow.id == draft_id))


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A draft of a plan as it is kept, by the id of the plan: `tree` is a JSON text."""

    id: str
    tree: str
    changed: datetime


def plan_drafts(session: Session) -> list[KeptPlan]:
    """All drafts of plans, the one changed last first."""
    rows = session.scalars(select(PlanDraftRow).order_by(PlanDraftRow.changed.desc(), PlanDraftRow.id))
    return [KeptPlan(row.id, row.tree, row.changed) for row in rows]


def put_plan_draft(session: Session, draft: KeptPlan) -> None:
    """Keep the draft of a plan, in the place of an earlier state of it."""
    session.merge(PlanDraftRow(**asdict(draft)))


def remove_plan_draft(session: Session, plan: str) -> None:
    """Forget the draft of a plan."""
    session.execute(delete(PlanDraftRow).where(PlanDraftRow.id == plan))
