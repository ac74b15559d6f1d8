"""Drafts of criteria sets: texts of this machine that no kit carries before they are published."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from db.models import SetDraftRow

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
