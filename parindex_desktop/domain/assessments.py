"""A self-assessment: the entries of its series read as one sheet for each criterion, with what still lacks.

| entry | value |
|---|---|
| `answer/<criterion>/figures` | applicability, ground, inputs by name |
| `answer/<criterion>/explanation`, `/reason`, `/note` | text |
| `document/<uuid>` | a document of evidence (`documents`) |
| `link/<criterion>/<uuid>` | page, where that document proves that criterion |
| `report/<name>` | a text of the printed report (`REPORT_TEXTS`) |
| `set` | digest of the criteria set that the form is filled under, from the first figure on |
| `lock` | digest of all entries above, time, who, the journal's head, why something lacks |
| `signed` | what was entered after the paper was signed |

Cleared is null. Whether the assessment is locked is computed: it is while the digest in `lock` is that of the
entries as they stand, so that whatever changes them (a second machine too) opens it again.
"""

from __future__ import annotations

import base64
import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.documents import Document, read_document
from parindex_desktop.domain.errors import BundleRefused
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.needs import Need, needs_of
from parindex_desktop.domain.revisions import canonical, digest_of
from parindex_desktop.domain.scoring.answers import UNANSWERED, Answer, Applicability
from parindex_desktop.domain.scoring.totals import Totals, totals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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

_CONTENT: Final = ("answer/", "document/", "link/", "report/")


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
    """Everything about one criterion that is scored by itself; `unsettled` are entries with several values."""

    criterion: Criterion
    answer: Answer
    outcome: Outcome
    explanation: str
    reason: str
    note: str
    evidence: tuple[Linked, ...]
    unsettled: tuple[str, ...]
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Lock:
    """The state in which the figures were closed (chốt điểm).

    `digest` names the entries, `journal` the head of the journal then; `incomplete` is why something was
    still lacking, empty where nothing was.
    """

    digest: str
    at: datetime
    by: str
    journal: str
    incomplete: str

    @property
    def code(self) -> str:
        """The matching code that ties paper to file: eight letters or digits, as ABCD-EFGH."""
        letters = base64.b32encode(hashlib.sha256(f"{self.digest}{self.journal}".encode()).digest()).decode()
        return f"{letters[:4]}-{letters[4:8]}"

    def entry(self) -> dict[str, Value]:
        """The value of the entry `lock`."""
        return {
            "digest": self.digest,
            "at": self.at.isoformat(),
            "by": self.by,
            "journal": self.journal,
            "incomplete": self.incomplete,
        }


@dataclass(frozen=True, slots=True)
class Signed:
    """What was entered after the paper was signed: its number, date, signer, and the scanned copy.

    Without a copy (`sha256` None) `without` says why; `lock` is the digest of the entries that it is about.
    """

    lock: str
    number: str
    date: date | None
    signer: str
    name: str = ""
    sha256: str | None = None
    size: int = 0
    without: str = ""

    def entry(self) -> dict[str, Value]:
        """The value of the entry `signed`."""
        value: dict[str, Value] = {
            "lock": self.lock,
            "number": self.number,
            "date": self.date.isoformat() if self.date else None,
            "signer": self.signer,
            "without": self.without,
        }
        if self.sha256:
            value |= {"name": self.name, "sha256": self.sha256, "size": self.size}
        return value


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
    """A self-assessment as it stands; `sheets` by criterion id in the order of the set."""

    criteria: CriteriaSet
    sheets: Mapping[str, Sheet]
    totals: Totals
    report: Mapping[str, str]
    lock: Lock | None
    signed: Signed | None
    unsettled: tuple[str, ...]

    @property
    def stage(self) -> Stage:
        """Where it stands between filling and handing over."""
        if self.lock is None:
            return Stage.FILLING
        return Stage.SIGNED if self.signed else Stage.LOCKED

    def lacking(self) -> list[Sheet]:
        """The sheets on which something lacks: what has neither evidence nor explanation first."""
        found = [sheet for sheet in self.sheets.values() if sheet.needs]
        return sorted(found, key=lambda sheet: sheet.needs[0].rank)


def answer_key(criterion: str, name: str) -> str:
    """Entry key of one part of an answer."""
    return f"answer/{criterion}/{name}"


def figures_entry(answer: Answer) -> dict[str, Value]:
    """The value of the entry `answer/<criterion>/figures`."""
    return {
        "applicability": answer.applicability.value,
        "ground": answer.ground,
        "inputs": dict(answer.inputs),
    }


def content_digest(values: Mapping[str, Value]) -> str:
    """Digest of everything that a lock closes."""
    content = {
        key: value
        for key, value in values.items()
        if value is not None and (key == SET or key.startswith(_CONTENT))
    }
    return digest_of(canonical(content))


def unsettled_in(state: Mapping[str, Register]) -> tuple[str, ...]:
    """The entries with several values that an office must settle.

    A lock or a signature that two machines wrote settles itself with the next one.
    """
    return tuple(sorted(k for k, register in state.items() if len(register) > 1 and k.startswith(_CONTENT)))


def read_assessment(criteria: CriteriaSet, state: Mapping[str, Register]) -> Assessment:
    """Read the entries as they stand; an entry with several values counts as unanswered until it is settled.

    Entries about criteria that the set does not have are void under it. Raises `AssessmentMalformed` for values
    that no program of ours writes.
    """
    unsettled = unsettled_in(state)
    values = {key: register[0].value for key, register in state.items() if len(register) == 1}
    content = {key: value for key, value in values.items() if value is not None}
    answers = {leaf.id: _answer(content, leaf.id) for leaf in criteria.leaves()}
    scored = totals(criteria, answers)
    linked = _links(content)
    sheets = {
        leaf.id: _sheet(leaf, answers[leaf.id], scored.outcomes[leaf.id], content, linked, unsettled)
        for leaf in criteria.leaves()
    }
    lock = None if unsettled else _lock(values)
    signed = _signed(content) if lock else None
    report = {name: _text(content, f"report/{name}") for name in REPORT_TEXTS}
    return Assessment(
        criteria,
        sheets,
        scored,
        report,
        lock,
        signed if signed and lock and signed.lock == lock.digest else None,
        unsettled,
    )


def check_key(key: str, criteria: CriteriaSet) -> None:
    """Raise `AssessmentMalformed` unless `key` is of the table above, and about a criterion of the set."""
    match key.split("/"):
        case ["answer", criterion, name]:
            known = name in {FIGURES, *TEXTS} and _is_leaf(criteria, criterion)
        case ["link", criterion, _]:
            known = _is_leaf(criteria, criterion)
        case ["report", name]:
            known = name in REPORT_TEXTS
        case ["document", _] | ["set"] | ["lock"] | ["signed"]:
            known = True
        case _:
            known = False
    if not known:
        raise AssessmentMalformed(place=key[:80])


def _is_leaf(criteria: CriteriaSet, criterion: str) -> bool:
    found = criteria.find(criterion)
    return found is not None and not found.children


def _sheet(
    criterion: Criterion,
    answer: Answer,
    outcome: Outcome,
    values: Mapping[str, Value],
    linked: Mapping[str, list[Linked]],
    unsettled: tuple[str, ...],
) -> Sheet:
    evidence = tuple(linked.get(criterion.id, ()))
    own = {f"document/{each.document.id}" for each in evidence}
    prefixes = (f"answer/{criterion.id}/", f"link/{criterion.id}/")
    open_entries = tuple(key for key in unsettled if key in own or key.startswith(prefixes))
    explanation, reason, note = (_text(values, answer_key(criterion.id, name)) for name in TEXTS)
    return Sheet(
        criterion=criterion,
        answer=answer,
        outcome=outcome,
        explanation=explanation,
        reason=reason,
        note=note,
        evidence=evidence,
        unsettled=open_entries,
        needs=needs_of(
            criterion,
            outcome,
            explained=bool(explanation),
            reasoned=bool(reason),
            documents=[each.document for each in evidence],
            unsettled=bool(open_entries),
        ),
    )


def _answer(values: Mapping[str, Value], criterion: str) -> Answer:
    key = answer_key(criterion, FIGURES)
    if key not in values:
        return UNANSWERED
    with _place(key):
        value: Any = values[key]
        inputs = value["inputs"]
        if not all(isinstance(name, str) and isinstance(text, str) for name, text in inputs.items()):
            raise TypeError(inputs)
        return Answer(Applicability(value["applicability"]), str(value["ground"]), inputs)


def _links(values: Mapping[str, Value]) -> dict[str, list[Linked]]:
    documents = {}
    for key, value in values.items():
        if key.startswith("document/"):
            with _place(key):
                documents[key.removeprefix("document/")] = read_document(key.removeprefix("document/"), value)
    linked: dict[str, list[Linked]] = {}
    for key in sorted(values):
        if key.startswith("link/"):
            _, criterion, document = key.split("/")
            if document in documents:
                linked.setdefault(criterion, []).append(Linked(documents[document], _page(values[key], key)))
    for each in linked.values():
        each.sort(key=lambda one: (one.document.date or date.max, one.document.number, one.document.id))
    return linked


def _page(value: Any, key: str) -> str:
    with _place(key):
        return str(value["page"])


def _text(values: Mapping[str, Value], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise AssessmentMalformed(place=key[:80])
    return value


def _lock(values: Mapping[str, Value]) -> Lock | None:
    value: Any = values.get("lock")
    if value is None:
        return None
    with _place("lock"):
        lock = Lock(
            str(value["digest"]),
            datetime.fromisoformat(value["at"]),
            str(value["by"]),
            str(value["journal"]),
            str(value["incomplete"]),
        )
    return lock if lock.digest == content_digest(values) else None


def _signed(values: Mapping[str, Value]) -> Signed | None:
    value: Any = values.get("signed")
    if value is None:
        return None
    with _place("signed"):
        has_copy = "sha256" in value
        return Signed(
            lock=str(value["lock"]),
            number=str(value["number"]),
            date=date.fromisoformat(value["date"]) if value["date"] else None,
            signer=str(value["signer"]),
            name=str(value["name"]) if has_copy else "",
            sha256=str(value["sha256"]) if has_copy else None,
            size=int(value["size"]) if has_copy else 0,
            without=str(value["without"]),
        )


@contextmanager
def _place(key: str) -> Iterator[None]:
    """Turn whatever is wrong with an entry's value into a fault that names the entry."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise AssessmentMalformed(place=key[:80]) from fault
