"""A unit's answers brought from one criteria set to another: to a new version of the year, or to the next year.

Criteria are matched by their ids. Nothing is lost unsaid: whatever does not fit the new set is named as void, with
the reason, and stays in the entries of the revision that it came from.

What is copied from last year is marked as not yet confirmed, part by part (`confirming`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.assessments import FIGURES, SET, answer_key, criterion_of
from parindex_desktop.domain.confirming import mark_of
from parindex_desktop.domain.criteria import Applies, CriteriaSet, Criterion
from parindex_desktop.domain.figures import figures_entry, read_figures
from parindex_desktop.domain.given import NOTHING_GIVEN, is_proposed, own_inputs
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.inputs import InputKind, InputMalformed, InputSpec, check_input
from parindex_desktop.domain.scoring.previous import ComparePrevious
from parindex_desktop.domain.set_versions import Aspect, difference

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from parindex_desktop.domain.move_effects import Effect
    from parindex_desktop.domain.revisions import Value

_CLOSING: Final = ("lock", "signed")
"""Entries that speak of the figures as they stood; under another set they say nothing."""


class Fate(StrEnum):
    """What became, or will become, of the answer to a criterion."""

    MOVED = "moved"
    FIGURES = "figures"  # it fits, but the province gives other figures, or it comes to other points
    TO_CHECK = "to_check"  # it fits, but the criterion is not what it was
    PARTLY = "partly"
    VOID = "void"
    NEW = "new"  # nothing was answered: the old set did not have it

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _FATES[self]


_FATES: Final = {
    Fate.MOVED: msgid("Moved unchanged"),
    Fate.FIGURES: msgid("Moved, figures have changed"),
    Fate.TO_CHECK: msgid("Moved, the criterion has changed"),
    Fate.PARTLY: msgid("Moved in part"),
    Fate.VOID: msgid("No longer fits"),
    Fate.NEW: msgid("New, to be answered"),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one criterion: `voided` says, for each part that was left out, which and why.

    `changes` are the words for what of the criterion `differs`; `effect` is what else the move does (`move_effects`).
    """

    id: str
    old: Criterion | None
    new: Criterion | None
    fate: Fate
    differs: tuple[Aspect, ...] = ()
    changes: tuple[Message, ...] = ()
    voided: tuple[Message, ...] = ()
    effect: Effect | None = None

    @property
    def unchanged(self) -> bool:
        """Whether there is nothing to say: the answer fits as it is, to a criterion that is what it was."""
        return self.fate is Fate.MOVED and not self.changes


@dataclass(frozen=True, slots=True)
class Move:
    """The entries to write under the new set, and a line for each criterion that was answered or is new.

    `left` are the keys of entries that were not taken over.
    """

    entries: Mapping[str, Value]
    report: tuple[Moved, ...]
    left: tuple[str, ...]

    def of(self, fate: Fate) -> tuple[Moved, ...]:
        """The lines of one fate."""
        return tuple(line for line in self.report if line.fate is fate)


@dataclass(slots=True)
class _Kept:
    """What is kept of one answer, and what is not."""

    entries: dict[str, Value] = field(default_factory=dict)
    voided: list[Message] = field(default_factory=list)


def moved(entries: Mapping[str, Value], old: CriteriaSet, new: CriteriaSet) -> Move:
    """Bring the `entries` of a self-assessment (by key, each settled) from `old` to the version `new` of the same year.

    Documents and report texts stay, but for a document that proved only what is void; the lock and the signature do
    not, so the unit confirms by closing anew.
    """
    move = _moved(entries, old, new, _answer_within_year)
    orphans = _documents_linked(entries) - _documents_linked(move.entries)
    about_form = {
        key: value
        for key, value in entries.items()
        if value is not None and criterion_of(key) is None and key not in {*_CLOSING, SET, *orphans}
    }
    marks = {mark_of(key) for key in move.entries}
    waiting = {key: value for key, value in entries.items() if value is not None and key in marks}
    kept: dict[str, Value] = {**about_form, **move.entries, **waiting, SET: new.digest}
    return Move(kept, move.report, _left(entries, kept))


def copied_forward(
    entries: Mapping[str, Value],
    old: CriteriaSet,
    new: CriteriaSet,
    given: Mapping[str, Collection[str]] = NOTHING_GIVEN,
) -> Move:
    """Last year's `entries` under `old` as a draft for the set `new` of the next year, each part to be confirmed.

    Answers, texts and links with their documents are copied; report texts belong to last year's paper and are not.
    Dates are of their year and never copied; last year's figure becomes the one to compare with. Of `given`, inputs by
    criterion that the province gives or gave, none is asked of the unit, nor of those that it is asked to give.
    """
    move = _moved(entries, old, new, partial(_answer_of_last_year, given=given))
    kept: dict[str, Value] = dict(move.entries)
    kept |= {mark: old.digest for key in move.entries if (mark := mark_of(key)) is not None}
    kept |= {key: entries[key] for key in _documents_linked(move.entries) if entries.get(key) is not None}
    return Move(kept, move.report, _left(entries, kept))


def _documents_linked(entries: Mapping[str, Value]) -> set[str]:
    """Keys of the documents that prove something."""
    linked = (key for key, value in entries.items() if value is not None and key.startswith("link/"))
    return {f"document/{key.rpartition('/')[2]}" for key in linked}


def _left(entries: Mapping[str, Value], kept: Mapping[str, Value]) -> tuple[str, ...]:
    return tuple(sorted(key for key, value in entries.items() if value is not None and key not in kept))


def _moved(
    entries: Mapping[str, Value],
    old: CriteriaSet,
    new: CriteriaSet,
    answer_of: Callable[[Answer, Criterion, Criterion, _Kept], Answer | None],
) -> Move:
    by_criterion: dict[str, dict[str, Value]] = {}
    for key, value in entries.items():
        criterion = criterion_of(key)
        if value is not None and criterion is not None and mark_of(key) is not None:
            by_criterion.setdefault(criterion, {})[key] = value
    kept_all: dict[str, Value] = {}
    report = []
    for pair in difference(old, new).pairs:
        own = by_criterion.pop(pair.id, {})
        is_leaf = pair.new is not None and not pair.new.children
        if not own and not (is_leaf and pair.old is None):
            continue
        kept = _Kept()
        if not own:
            fate = Fate.NEW
        elif pair.old is None or pair.new is None or pair.new.children:
            reason = _GONE if pair.new is None else _GROUP if pair.new.children else _UNKNOWN
            kept.voided.append(reason)
            fate = Fate.VOID
        else:
            _keep(own, pair.old, pair.new, answer_of, kept)
            fate = _fate(kept, changed=bool(set(pair.differs) - _HARMLESS))
        kept_all |= kept.entries
        report.append(
            Moved(pair.id, pair.old, pair.new, fate, pair.differs, pair.changes, tuple(kept.voided))
        )
    report += [
        Moved(criterion, None, None, Fate.VOID, voided=(_UNKNOWN,)) for criterion in sorted(by_criterion)
    ]
    return Move(kept_all, tuple(report), ())


_HARMLESS: Final = frozenset({Aspect.CODE, Aspect.PLACE, Aspect.TEXTS})
"""What changes nothing in an answer."""
_GONE: Final = Message("move.gone", "The new set does not have this criterion.")
_GROUP: Final = Message("move.group", "The new set scores the parts of this criterion instead.")
_UNKNOWN: Final = Message(
    "move.unknown", "The old set did not have this criterion, so the answer is of neither."
)


def _fate(kept: _Kept, *, changed: bool) -> Fate:
    if kept.voided:
        return Fate.PARTLY if kept.entries else Fate.VOID
    return Fate.TO_CHECK if changed else Fate.MOVED


def _keep(
    own: Mapping[str, Value],
    old: Criterion,
    new: Criterion,
    answer_of: Callable[[Answer, Criterion, Criterion, _Kept], Answer | None],
    kept: _Kept,
) -> None:
    for key, value in own.items():
        if key != answer_key(new.id, FIGURES):
            kept.entries[key] = value
            continue
        answer = answer_of(_own_answer(value), old, new, kept)
        if answer is not None:
            kept.entries[key] = figures_entry(answer)


def _own_answer(value: Value) -> Answer:
    """What the unit itself entered: the province gives its figures anew under the other set."""
    answer, copied = read_figures(value)
    return replace(answer, inputs=own_inputs(answer.inputs, copied))


def _answer_within_year(answer: Answer, old: Criterion, new: Criterion, kept: _Kept) -> Answer | None:
    inputs = _fitting(answer.inputs, old, new, kept)
    return _claimed(answer, inputs, new, kept)


def _answer_of_last_year(
    answer: Answer,
    old: Criterion,
    new: Criterion,
    kept: _Kept,
    *,
    given: Mapping[str, Collection[str]],
) -> Answer | None:
    if isinstance(old.rule, ComparePrevious) and isinstance(new.rule, ComparePrevious):
        value = answer.inputs.get("value")
        inputs = {} if value is None else _fitting({"previous": value}, old, new, kept)
        return _claimed(answer, inputs, new, kept)
    dated = {spec.name: spec for spec in _specs(old) if spec.kind is InputKind.DATE}
    said = {}
    for name, text in answer.inputs.items():
        spec = dated.get(name)
        if spec is not None and all(option.id != text for option in spec.options):
            kept.voided.append(
                _date_left(spec, given=name in given.get(new.id, ()) or is_proposed(new, spec))
            )
        else:
            said[name] = text
    return _claimed(answer, _fitting(said, old, new, kept), new, kept)


def _date_left(spec: InputSpec, *, given: bool) -> Message:
    """What is said of a date that is not copied."""
    template = (
        msgid("“{title}” is a date of last year; this year's is given by the province with its kit.")
        if given
        else msgid("“{title}” is a date of last year; enter this year's.")
    )
    return Message("move.date", template, {"title": spec.title})


def _claimed(answer: Answer, inputs: dict[str, str], new: Criterion, kept: _Kept) -> Answer | None:
    """The answer with the `inputs` that fit; a claim that the new set does not allow is void."""
    claim, ground = answer.applicability, answer.ground
    nothing = new.rule.nothing_arose if new.rule is not None and new.inputs else None
    if claim is Applicability.NOT_APPLICABLE and new.applies is not Applies.IF_ANY:
        kept.voided.append(
            Message("move.not_applicable", "“Not applicable” may no longer be claimed for this criterion.")
        )
        claim, ground = Applicability.APPLICABLE, ""
    if claim is Applicability.NOTHING_AROSE and nothing is None:
        kept.voided.append(
            Message("move.nothing_arose", "“Nothing arose” may no longer be claimed for this criterion.")
        )
        claim, ground = Applicability.APPLICABLE, ""
    if claim is Applicability.APPLICABLE and not inputs:
        return None
    return Answer(claim, ground, inputs)


def _fitting(inputs: Mapping[str, str], old: Criterion, new: Criterion, kept: _Kept) -> dict[str, str]:
    """The inputs that the new rule asks for in the same sense and form; each of the others is void."""
    before = {spec.name: spec for spec in _specs(old)}
    asked = {spec.name: spec for spec in new.inputs}
    same_kind = type(old.rule) is type(new.rule)
    fitting = {}
    for name, text in inputs.items():
        reason = _unfit(text, before.get(name), asked.get(name), same_kind=same_kind)
        if reason is None:
            fitting[name] = text
        else:
            title = before[name].title if name in before else name
            kept.voided.append(
                Message(reason.code, "“{title}”: {reason}", {"title": title, "reason": reason})
            )
    return fitting


def _unfit(
    text: str, before: InputSpec | None, asked: InputSpec | None, *, same_kind: bool
) -> Message | None:
    """Why an input does not fit; None where it does. Another kind of rule may use the same name for something else."""
    if asked is None:
        return Message("move.not_asked", "the new set no longer asks for it")
    if not same_kind and (before is None or before.title != asked.title or before.kind is not asked.kind):
        return Message("move.other_rule", "the criterion is scored in another way")
    try:
        check_input(asked, text)
    except InputMalformed:
        return Message(
            "move.other_form", "“{text}” is not offered or not allowed there any more", {"text": text[:60]}
        )
    return None


def _specs(criterion: Criterion) -> Iterable[InputSpec]:
    return criterion.rule.inputs() if criterion.rule is not None else ()
