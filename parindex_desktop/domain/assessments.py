"""A self-assessment: the entries of its series read as one sheet for each criterion, with what still lacks.

| entry | value |
|---|---|
| `answer/<criterion>/figures` | applicability, ground, inputs by name; which were given (`figures`) |
| `answer/<criterion>/explanation`, `/reason`, `/note` | text |
| `document/<uuid>` | a document of evidence (`documents`) |
| `link/<criterion>/<uuid>` | page, where that document proves that criterion |
| `confirm/<criterion>/<part>` | beside what was copied: digest of last year's set (`confirming`) |
| `report/<name>` | a text of the printed report (`REPORT_TEXTS`) |
| `set` | digest of the criteria set that the form is filled under, from the first figure on |
| `lock` | digest of all entries above, time, who, the journal's head, why something lacks, points, whose work it is |
| `signed` | what was entered after the paper was signed |

Cleared is null. Whether the assessment is locked is computed: it is while the digest in `lock` is that of the
entries as they stand, so that whatever changes them (a second machine too) opens it again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain import strict
from parindex_desktop.domain.closing import Lock, Signed, read_lock, read_signed
from parindex_desktop.domain.confirming import unconfirmed
from parindex_desktop.domain.documents import Document, in_order, read_document
from parindex_desktop.domain.errors import BundleRefused
from parindex_desktop.domain.figures import read_figures
from parindex_desktop.domain.given import (
    NOTHING_GIVEN,
    Inputs,
    inputs_given,
    is_outdated,
    own_inputs,
    with_given,
)
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.needs import Need, needs_of
from parindex_desktop.domain.revisions import canonical, digest_of
from parindex_desktop.domain.scoring.answers import UNANSWERED, Answer
from parindex_desktop.domain.scoring.totals import Totals, totals
from parindex_desktop.domain.text import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parindex_desktop.domain.criteria import CriteriaSet, Criterion
    from parindex_desktop.domain.merge import Register
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.scoring.outcome import Outcome

FIGURES: Final = "figures"
TEXTS: Final = ("explanation", "reason", "note")
"""Texts of an answer: giải trình, lý do chưa đạt điểm tối đa, ghi chú của đơn vị."""

REPORT_TEXTS: Final = (
    "superior",
    "office",
    "place",
    "symbol",
    "authority",
    "title",
    "signer",
    "difficulties",
    "proposals",
)
"""Texts of the printed report: its letterhead, its signature block, khó khăn and kiến nghị."""

SET: Final = "set"
"""Entry key of the set that the form is bound to: a newer set of the year does not change what stands here."""

LONGEST_PAGE: Final = 40
"""Characters of a page; other texts hold `LONGEST_TEXT`."""

_CONTENT: Final = ("answer/", "confirm/", "document/", "link/", "report/")
_LINK: Final = frozenset({"page"})


class AssessmentMalformed(BundleRefused):
    """An entry of an assessment is not what docs/format.md says."""

    code = "assessment.malformed"
    template = msgid(
        "The self-assessment in the bundle is not in the agreed form ({place}). Nothing was taken in; "
        "ask the office to export it again with this program."
    )


@dataclass(frozen=True, slots=True)
class Linked:
    """A document that proves a criterion, and on which page."""

    document: Document
    page: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about one criterion that is scored by itself.

    `unsettled` are entries with several values. `unconfirmed` are the parts copied from last year that nobody has
    confirmed: names of answer entries, ids of documents. `given` are the inputs that the province gives; while nothing
    is locked, the `answer` has them in the place of what was entered. `copied` are those that it gave when the figures
    were locked last: part of the `answer` under that lock alone, and of the entry until it is written again.
    """

    criterion: Criterion
    answer: Answer
    outcome: Outcome
    explanation: str
    reason: str
    note: str
    evidence: tuple[Linked, ...]
    unsettled: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    needs: tuple[Need, ...]
    given: Inputs
    copied: Inputs

    @property
    def withdrawn(self) -> Inputs:
        """What was copied, is given no more, and has not been entered since."""
        return {
            name: text
            for name, text in self.copied.items()
            if name not in self.given and name not in self.answer.inputs
        }


class Stage(StrEnum):
    """How far the unit's own work has come."""

    FILLING = "filling"
    LOCKED = "locked"
    SIGNED = "signed"

    @property
    def words(self) -> str:
        """What it is called, as a template of the catalogue."""
        return _STAGES[self]


_STAGES: Final = {
    Stage.FILLING: msgid("Self-scoring"),
    Stage.LOCKED: msgid("Figures locked"),
    Stage.SIGNED: msgid("Signed, to be handed over"),
}


@dataclass(frozen=True, slots=True)
class Assessment:
    """A self-assessment as it stands; `sheets` by criterion id in the order of the set.

    `reopened` tells that a lock stands which does not fit (any more): what several machines wrote came together,
    and stands as it does now on no paper that was signed.
    """

    criteria: CriteriaSet
    sheets: Mapping[str, Sheet]
    totals: Totals
    report: Mapping[str, str]
    lock: Lock | None
    signed: Signed | None
    unsettled: tuple[str, ...]
    reopened: bool

    @property
    def stage(self) -> Stage:
        """Where it stands between filling and handing over."""
        if self.lock is None:
            return Stage.FILLING
        return Stage.SIGNED if self.signed else Stage.LOCKED

    def outdated(self) -> list[Sheet]:
        """The sheets on which the province gives other figures now than those that were locked (`is_outdated`)."""
        if self.lock is None:
            return []
        return [each for each in self.sheets.values() if is_outdated(each.criterion, each.answer, each.given)]

    def lacking(self) -> list[Sheet]:
        """The sheets on which something lacks: what has neither evidence nor explanation first."""
        found = [sheet for sheet in self.sheets.values() if sheet.needs]
        return sorted(found, key=lambda sheet: sheet.needs[0].rank)


def answer_key(criterion: str, name: str) -> str:
    """Entry key of one part of an answer."""
    return f"answer/{criterion}/{name}"


def criterion_of(key: str) -> str | None:
    """Id of the criterion that an entry is about; None for one that is about the whole form or a document."""
    kind, _, rest = key.partition("/")
    return rest.partition("/")[0] if kind in {"answer", "confirm", "link"} else None


def is_content(key: str) -> bool:
    """Whether an entry is a part of the form: not what it is bound to, nor how it was closed."""
    return key.startswith(_CONTENT)


def content_digest(values: Mapping[str, Value]) -> str:
    """Digest of everything that a lock closes."""
    content = {
        key: value for key, value in values.items() if value is not None and (key == SET or is_content(key))
    }
    return digest_of(canonical(content))


def unsettled_in(state: Mapping[str, Register]) -> tuple[str, ...]:
    """The entries with several values that an office must settle.

    A lock or a signature that two machines wrote settles itself with the next one.
    """
    return tuple(sorted(k for k, register in state.items() if len(register) > 1 and is_content(k)))


def read_assessment(
    criteria: CriteriaSet, state: Mapping[str, Register], given: Mapping[str, Inputs] = NOTHING_GIVEN
) -> Assessment:
    """Read the entries as they stand; an entry with several values counts as unanswered until it is settled.

    `given` is what the province gives to the unit (`Kit.given_to`); once the figures are locked it changes nothing.
    Entries about criteria that the set does not have are void under it. Raises `AssessmentMalformed` for values
    that no program of ours writes.
    """
    unsettled = unsettled_in(state)
    values = {key: register[0].value for key, register in state.items() if len(register) == 1}
    said = _read(values)
    fits = said.lock is not None and not unsettled and said.lock.digest == content_digest(values)
    lock = said.lock if fits else None
    answers = {leaf.id: said.answers.get(leaf.id, UNANSWERED) for leaf in criteria.leaves()}
    if lock is None:
        for criterion, copied in said.copied.items():
            if criterion in answers:
                own = own_inputs(answers[criterion].inputs, copied)
                answers[criterion] = replace(answers[criterion], inputs=own)
        if given:
            answers = {leaf.id: with_given(leaf, answers[leaf.id], given) for leaf in criteria.leaves()}
    scored = totals(criteria, answers, said.unconfirmed)
    sheets = {
        leaf.id: _sheet(
            leaf, answers[leaf.id], scored.outcomes[leaf.id], said, unsettled, inputs_given(leaf, given)
        )
        for leaf in criteria.leaves()
    }
    return Assessment(
        criteria,
        sheets,
        scored,
        {name: said.texts.get(f"report/{name}", "") for name in REPORT_TEXTS},
        lock,
        said.signed if said.signed and lock and said.signed.lock == lock.digest else None,
        unsettled,
        reopened=lock is None and any(standing.value is not None for standing in state.get("lock", ())),
    )


def check_key(key: str, is_known: Callable[[str], bool]) -> None:
    """Raise `AssessmentMalformed` unless `key` is of the table above, and about a criterion that `is_known`."""
    match key.split("/"):
        case ["answer", criterion, name]:
            known = name in {FIGURES, *TEXTS} and is_known(criterion)
        case ["link" | "confirm", criterion, _]:
            known = is_known(criterion)
        case ["report", name]:
            known = name in REPORT_TEXTS
        case ["document", _] | ["set"] | ["lock"] | ["signed"]:
            known = True
        case _:
            known = False
    if not known:
        raise AssessmentMalformed(place=key[:80])


def _sheet(
    criterion: Criterion,
    answer: Answer,
    outcome: Outcome,
    said: _Said,
    unsettled: tuple[str, ...],
    given: Inputs,
) -> Sheet:
    evidence = tuple(said.linked.get(criterion.id, ()))
    own = {f"document/{each.document.id}" for each in evidence}
    prefixes = tuple(f"{kind}/{criterion.id}/" for kind in ("answer", "confirm", "link"))
    open_entries = tuple(key for key in unsettled if key in own or key.startswith(prefixes))
    waiting = said.unconfirmed.get(criterion.id, ())
    explanation, reason, note = (said.texts.get(answer_key(criterion.id, name), "") for name in TEXTS)
    return Sheet(
        criterion=criterion,
        answer=answer,
        outcome=outcome,
        explanation=explanation,
        reason=reason,
        note=note,
        evidence=evidence,
        unsettled=open_entries,
        unconfirmed=waiting,
        needs=needs_of(
            criterion,
            outcome,
            explained=bool(explanation),
            reasoned=bool(reason),
            documents=bool(evidence),
            undescribed=any(each.document.lacks() for each in evidence),
            unsettled=bool(open_entries),
            unconfirmed=bool(waiting),
        ),
        given=given,
        copied=said.copied.get(criterion.id, {}),
    )


@dataclass(slots=True)
class _Said:
    """What the entries say: answers and evidence by criterion, texts by entry key, documents and pages by ids."""

    answers: dict[str, Answer] = field(default_factory=dict)
    copied: dict[str, Inputs] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    pages: dict[tuple[str, str], str] = field(default_factory=dict)
    linked: dict[str, list[Linked]] = field(default_factory=dict)
    unconfirmed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lock: Lock | None = None
    signed: Signed | None = None


def _read(values: Mapping[str, Value]) -> _Said:
    """Read every entry, also those that the form does not show now. Raises `AssessmentMalformed`."""
    said = _Said()
    for key, value in values.items():
        if value is not None:
            try:
                _read_entry(said, key, value)
            except ValueError as fault:
                raise AssessmentMalformed(place=key[:80]) from fault
    said.linked = _linked(said)
    said.unconfirmed = unconfirmed(values)
    return said


def _read_entry(said: _Said, key: str, value: Value) -> None:
    match key.split("/"):
        case ["answer", criterion, "figures"]:
            answer, copied = read_figures(value)
            said.answers[criterion] = answer
            if copied:
                said.copied[criterion] = copied
        case ["answer", _, _] | ["report", _]:
            said.texts[key] = strict.text(value, LONGEST_TEXT)
        case ["document", document]:
            said.documents[document] = read_document(document, value)
        case ["link", criterion, document]:
            said.pages[criterion, document] = strict.text(strict.fields(value, _LINK)["page"], LONGEST_PAGE)
        case ["set"] | ["confirm", _, _]:
            strict.sha256(value)
        case ["lock"]:
            said.lock = read_lock(value)
        case ["signed"]:
            said.signed = read_signed(value)
        case _:
            raise ValueError("no entry of a self-assessment")


def _linked(said: _Said) -> dict[str, list[Linked]]:
    linked: dict[str, list[Linked]] = {}
    for (criterion, document), page in said.pages.items():
        if document in said.documents:
            linked.setdefault(criterion, []).append(Linked(said.documents[document], page))
    for each in linked.values():
        each.sort(key=lambda one: in_order(one.document))
    return linked
