"""What becomes of a bundle that is taken in, in words that every page and the command line share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.revisions import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from parindex_desktop.domain.assessments import Assessment
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.services.forks import Fork


class Outcome(StrEnum):
    """What became of one bundle."""

    FIRST = "first"
    LATER = "later"
    FORKED = "forked"
    HELD = "held"
    TWIN = "twin"
    OLDER = "older"
    REFUSED = "refused"
    FAILED = "failed"

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _OUTCOMES[self]

    @property
    def is_new(self) -> bool:
        """Whether what is held says something new."""
        return self in {Outcome.FIRST, Outcome.LATER, Outcome.FORKED}

    @property
    def is_kept(self) -> bool:
        """Whether the revision is held from now on: an older one too, which closes the gap that it had left."""
        return self.is_new or self is Outcome.OLDER


_OUTCOMES: Final = {
    Outcome.FIRST: msgid("Handed over for the first time"),
    Outcome.LATER: msgid("Handed over again"),
    Outcome.FORKED: msgid("Two parallel versions"),
    Outcome.HELD: msgid("Already taken in"),
    Outcome.TWIN: msgid("Same as another"),
    Outcome.OLDER: msgid("Older than what is held"),
    Outcome.REFUSED: msgid("Not valid"),
    Outcome.FAILED: msgid("Could not be read"),
}


_KITS: Final = {
    Outcome.FIRST: msgid("First kit of the province"),
    Outcome.LATER: msgid("Newer kit of the province"),
    Outcome.FORKED: msgid("Two parallel kits"),
}
"""A kit is not handed over; its other outcomes are those of every bundle."""

_DRAFTS: Final = {
    Outcome.FIRST: msgid("Draft of this office's other machine"),
    Outcome.LATER: msgid("Newer draft of this office's other machine"),
}
"""Nor is a draft."""

_PROGRESS: Final = {
    Outcome.FIRST: msgid("First progress report of the year"),
    Outcome.LATER: msgid("Newer progress report"),
    Outcome.FORKED: msgid("Two parallel progress reports"),
}
"""Progress is reported again and again."""


def outcome_words(outcome: Outcome, kind: Kind | None, *, draft: bool) -> str:
    """What became of a bundle of that kind, as a template of the catalogue."""
    own = _DRAFTS if draft else {Kind.KIT: _KITS, Kind.PROGRESS: _PROGRESS}.get(kind or Kind.ASSESSMENT, {})
    return own.get(outcome, outcome.words)


@dataclass(frozen=True, slots=True)
class Brought:
    """What a bundle that is in order brings, for the person who looks at it before it is taken in.

    `key` is the key code of its signer, `claimed` when it was signed by the signer's own clock; `assessment` is the
    self-assessment in it (a kit has none), `fork` the versions side by side where it does not continue what is held.
    """

    key: str
    claimed: datetime
    assessment: Assessment | None = None
    fork: Fork | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The outcome of one bundle; a `draft` passes between two machines of one office.

    `problem` says why it was refused or failed; `twin_of` is the file of the same batch that says the very same;
    `missing` are hand-overs before it that never came; `changed` counts the criteria (of progress: the tasks and
    targets) that differ from before, `differences` the entries that now have several values; `complete` tells whether
    all its evidence is here, `restored` how many files that were missing or damaged here came with a bundle that was
    held already.
    """

    source: str
    outcome: Outcome
    problem: Message | None = None
    twin_of: str = ""
    kind: Kind | None = None
    draft: bool = False
    unit: str | None = None
    unit_name: str = ""
    period: str | None = None
    sequence: int = 0
    digest: str | None = None
    missing: tuple[int, ...] = ()
    same_key: bool = False
    changed: int = 0
    differences: int = 0
    files: int = 0
    complete: bool = True
    restored: int = 0
    size: int = 0
    brought: Brought | None = None

    @property
    def words(self) -> str:
        """What became of it, as a template of the catalogue."""
        return outcome_words(self.outcome, self.kind, draft=self.draft)

    @property
    def adds(self) -> bool:
        """Whether more is held with it than without: a revision, or files that are missing or damaged here."""
        return self.outcome.is_kept or self.restored > 0
