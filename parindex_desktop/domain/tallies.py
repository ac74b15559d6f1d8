"""What an overview knows of a self-assessment, and what that is computed from, as they are kept beside the revisions.

Reading a form with its documents and texts takes milliseconds, and a province looks at all of its forms at once. So the
points are kept, with the set and the version of the rules (`ENGINE`) that gave them; and the figures they came from, so
that newer rules give them again without the forms.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from parindex_desktop.domain.given import inputs_given, is_outdated
from parindex_desktop.domain.needs import needs_of
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.outcome import score
from parindex_desktop.domain.scoring.totals import Total, signed, summed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.assessments import Assessment, Sheet
    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.given import Inputs
    from parindex_desktop.domain.scoring.outcome import OutcomeState
    from parindex_desktop.domain.scoring.totals import Counted, Sums

_TIGHT: Final = (",", ":")
_LEAF: Final = "\x1e"
_PART: Final = "\x1f"
"""What stands between the leaves of a form, and between the parts of one: signs that no clean text has."""
_CLAIMS: Final = {each.value: each for each in Applicability}
_SEVERAL: Final = (list, map)
_WANTED: Final = 3
"""Place of the list of pairs in what `About` writes."""
_REMEMBERED: Final = 40
"""Different figures of one criterion whose points are remembered: most offices answer most criteria alike."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The result of a self-assessment; `fields` are the points of the set's fields, a penalty with its sign.

    `lacking` counts the criteria on which something lacks. `leaves` are the points of the leaves in hundredths, in the
    order of the set; None where there are none.
    """

    overall: Total
    bonus: Decimal
    penalty: Decimal
    fields: tuple[Decimal, ...]
    lacking: int
    leaves: tuple[int | None, ...]

    def scored_fields(self, criteria: CriteriaSet) -> tuple[Decimal | None, ...]:
        """The points of the fields; None of one in which nothing is scored, which is no nought."""
        scored = {
            leaf.id for leaf, points in zip(criteria.leaves(), self.leaves, strict=True) if points is not None
        }
        return tuple(
            points if any(part.id in scored for part in field.walk()) else None
            for field, points in zip(criteria.fields, self.fields, strict=True)
        )

    def written(self) -> str:
        """As compact JSON, points in hundredths."""
        total = self.overall
        counts = [total.scored, total.to_score, total.not_applicable, total.unconfirmed, self.lacking]
        points = [total.points, total.maximum, self.bonus, self.penalty, *self.fields]
        return json.dumps([counts, [hundredths(each) for each in points], self.leaves], separators=_TIGHT)

    @classmethod
    def read(cls, text: str) -> Self:
        """From what `written` gave."""
        (*counts, lacking), written, leaves = json.loads(text)
        points, maximum, bonus, penalty, *fields = map(_points, written)
        return cls(Total(points, maximum, *counts), bonus, penalty, tuple(fields), lacking, tuple(leaves))


@lru_cache(20_000)
def _points(hundredths: int) -> Decimal:
    """A province reads the same few thousand numbers again and again."""
    return Decimal(hundredths).scaleb(-2)


def hundredths(points: Decimal) -> int:
    """Rounded points as a whole number."""
    return int(points.scaleb(2))


def tally_of(assessment: Assessment) -> Tally:
    """What the form comes to."""
    outcomes = assessment.totals.outcomes
    leaves = tuple(_hundredths(outcomes[leaf.id]) for leaf in assessment.criteria.leaves())
    return _tally(assessment.criteria, assessment.totals, len(assessment.lacking()), leaves)


def claimed_of(assessment: Assessment) -> tuple[int | None, ...] | None:
    """The points that the lock names, by leaf; None where none stands."""
    lock = assessment.lock
    if lock is None:
        return None
    found = (lock.points.get(leaf.id) for leaf in assessment.criteria.leaves())
    return tuple(None if points is None else hundredths(points) for points in found)


def figures_of(assessment: Assessment) -> str:
    """What the points and needs of a form are computed from, a text for each leaf of the set."""
    return _LEAF.join(_written(sheet) for sheet in assessment.sheets.values())


@dataclass(frozen=True, slots=True)
class About:
    """What is known of what came from a unit besides its points; no rule changes it.

    `times` is how often it handed over, `missing` the hand-overs that never came, `wanted` the files (digest, bytes)
    that its versions name, `heads` how many of them nothing continues (with `same_key` if two are by one key),
    `unsettled` entries with several values. `without` says why there is no signed copy, `claimed` are the points that
    were locked, in hundredths by leaf; `outdated` are the codes of criteria for which the province gives other figures
    than were locked, `given` names what it gave when that was looked at, and `locked` tells that nothing else depends
    on it. `entered`, `approved` and `signer` are the people; `incomplete` is why it was locked although something
    lacked.
    """

    received: str
    times: int
    missing: tuple[int, ...]
    wanted: tuple[tuple[str, int], ...]
    heads: int
    same_key: bool
    unsettled: int
    reopened: bool
    without: str
    claimed: tuple[int | None, ...] | None
    outdated: tuple[str, ...]
    given: str
    locked: bool
    entered: tuple[str, ...] = ()
    approved: str = ""
    signer: str = ""
    incomplete: str = ""

    def written(self) -> str:
        """As compact JSON."""
        return json.dumps(astuple(self), separators=_TIGHT, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """From what `written` gave."""
        said: list[Any] = json.loads(text)
        said[_WANTED] = map(tuple, said[_WANTED])
        values: list[Any] = [tuple(each) if type(each) in _SEVERAL else each for each in said]
        return cls(*values)

    def recalculated(self, criteria: CriteriaSet, tally: Tally) -> tuple[str, ...]:
        """Codes of the criteria whose figures give other points than those that were locked."""
        if self.claimed is None or self.claimed == tally.leaves:
            return ()
        both = zip(criteria.leaves(), self.claimed, tally.leaves, strict=True)
        return tuple(leaf.code for leaf, claimed, computed in both if claimed != computed)


class Tallier:
    """Computes tallies of many forms under one set from their figures."""

    def __init__(self, criteria: CriteriaSet) -> None:
        self._criteria = criteria
        self._places = {leaf.id: place for place, leaf in enumerate(criteria.leaves())}
        self._leaves = [(leaf.id, _Remembering(leaf)) for leaf in criteria.leaves()]

    def tally(self, figures: str) -> Tally:
        """What the `figures` that `figures_of` gave come to under the rules of today."""
        texts = figures.split(_LEAF)
        found = [known[text] for (_, known), text in zip(self._leaves, texts, strict=True)]
        outcomes = {id_: leaf for (id_, _), leaf in zip(self._leaves, found, strict=True)}
        unconfirmed = {id_ for id_, leaf in outcomes.items() if leaf.unconfirmed}
        return _tally(
            self._criteria,
            summed(self._criteria, outcomes, unconfirmed),
            sum(leaf.lacks for leaf in found),
            tuple(_hundredths(leaf) for leaf in found),
        )

    def outdated(self, figures: str, given: Mapping[str, Inputs]) -> tuple[str, ...]:
        """Codes of the criteria of a locked form for which the province gives other figures than its `figures`."""
        texts = figures.split(_LEAF)
        leaves = self._criteria.leaves()
        asked = sorted(self._places[criterion] for criterion in given if criterion in self._places)
        return tuple(
            leaves[place].code
            for place in asked
            if is_outdated(leaves[place], _answer(texts[place])[1], inputs_given(leaves[place], given))
        )


class _Leaf(NamedTuple):
    """An outcome without its sentence, and whether something lacks."""

    state: OutcomeState
    points: Decimal | None
    counts_in_maximum: Decimal
    lacks: bool
    unconfirmed: bool


class _Remembering(dict[str, _Leaf]):
    """The outcomes of one criterion by its figures: the same figures give the same points."""

    def __init__(self, criterion: Criterion) -> None:
        super().__init__()
        self._criterion = criterion

    def __missing__(self, text: str) -> _Leaf:
        leaf = _read(self._criterion, text)
        if len(self) < _REMEMBERED:
            self[text] = leaf
        return leaf


def _tally(criteria: CriteriaSet, totals: Sums, lacking: int, leaves: tuple[int | None, ...]) -> Tally:
    return Tally(
        totals.overall,
        totals.bonus,
        totals.penalty,
        tuple(signed(field, totals.by_id[field.id].points) for field in criteria.fields),
        lacking,
        leaves,
    )


def _hundredths(outcome: Counted) -> int | None:
    return None if outcome.points is None else hundredths(outcome.points)


def _written(sheet: Sheet) -> str:
    answer = sheet.answer
    undescribed = any(each.document.lacks() for each in sheet.evidence)
    flags = (
        1 * bool(sheet.explanation)
        + 2 * bool(sheet.reason)
        + 4 * bool(sheet.evidence)
        + 8 * undescribed
        + 16 * bool(sheet.unsettled)
        + 32 * bool(sheet.unconfirmed)
    )
    inputs = (f"{name}={text}" for name, text in sorted(answer.inputs.items()))
    return _PART.join((str(flags), answer.applicability.value, answer.ground, *inputs))


def _answer(text: str) -> tuple[int, Answer]:
    """The flags and the answer that `_written` gave."""
    said, applicability, ground, *inputs = text.split(_PART)
    return int(said), Answer(_CLAIMS[applicability], ground, dict([each.split("=", 1) for each in inputs]))


def _read(criterion: Criterion, text: str) -> _Leaf:
    flags, answer = _answer(text)
    outcome = score(criterion, answer)
    needs = needs_of(
        criterion,
        outcome,
        explained=bool(flags & 1),
        reasoned=bool(flags & 2),
        documents=bool(flags & 4),
        undescribed=bool(flags & 8),
        unsettled=bool(flags & 16),
        unconfirmed=bool(flags & 32),
    )
    return _Leaf(
        outcome.state, outcome.points, outcome.counts_in_maximum, bool(needs), unconfirmed=bool(flags & 32)
    )
