"""What an office reports of a year's plans: the entries of its series of progress, read as one whole.

| entry | value |
|---|---|
| `task/<task>/<occurrence>` | progress (open, under_way, done, not_arisen), on |
| `told/<task>/<occurrence>` | text: what was done, what is difficult |
| `target/<target>` | value, base, yes, text, not_arisen |
| `document/<uuid>` | a document of evidence (`documents`) |
| `proof/<task>/<uuid>` | page, where that document proves that task |
| `record/<register>/<uuid>` | the fields of a record, by name |
| `kept/<register>` | the day up to which the register is complete |
| `report/<kind>/<part>` | a text of a report |
| `proposal/<uuid>` | kind of report, text |
| `plan/<uuid>` | a plan of the office's own (`plans`) |
| `due/<task>/<year>/<occurrence>` | day, source: a day that such a plan left open, as in a kit |
| `body/<uuid>` | a room of the office that the register of units does not have (`unit_entries`) |

Cleared is null. Tasks and targets are named by their ids, which no two plans share. Nothing here is ever locked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain import strict
from parindex_desktop.domain.documents import in_order, read_document
from parindex_desktop.domain.errors import BundleRefused
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.planning.deadlines import read_entered_day
from parindex_desktop.domain.planning.registers import LONGEST_FIELD, REGISTERS, FieldKind
from parindex_desktop.domain.planning.targets import Reported
from parindex_desktop.domain.planning.tasks import Progress, Said
from parindex_desktop.domain.text import LONGEST_TEXT
from parindex_desktop.domain.unit_entries import read_body

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from parindex_desktop.domain.documents import Document
    from parindex_desktop.domain.merge import Register as Standings
    from parindex_desktop.domain.planning.deadlines import EnteredDay
    from parindex_desktop.domain.planning.feeds import Record
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.units import Body

LONGEST_GROUND: Final = 1000
LONGEST_PAGE: Final = 40
LONGEST_ID: Final = 60
"""Characters of the ground of “not arisen”, of a page, of a name or id in a key."""

_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]?[1-9])?")
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,14}")
_TASK: Final = frozenset({"progress", "on"})
_TARGET: Final = frozenset({"value", "base", "yes", "text", "not_arisen"})
_PROOF: Final = frozenset({"page"})
_PROPOSAL: Final = frozenset({"report", "text"})


class ProgressMalformed(BundleRefused):
    """An entry of progress is not what docs/format.md says."""

    code = "progress.malformed"
    template = msgid(
        "The progress in the bundle is not in the agreed form ({place}). Nothing was taken in; ask the office to "
        "export it again with this program."
    )


@dataclass(frozen=True, slots=True)
class Proof:
    """A document that proves a task, and on which page."""

    document: Document
    page: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an office proposes in a report (kiến nghị, đề xuất); `report` is the kind of report it stands in."""

    id: str
    report: str
    text: str


@dataclass(slots=True)
class OfficeProgress:
    """Everything that an office reports of a year.

    `said`, `told` are by task and occurrence, `targets` by target, `pages` by task and document (`proofs` joins them
    with the `documents`), `records` by register and then id, `texts` by kind and part of report, `plans` the trees of
    its own plans, `dues` the days entered for those (by task, year and occurrence). `unsettled` are the entries with
    several values, which count as not said.
    """

    said: dict[tuple[str, str], Said] = field(default_factory=dict)
    told: dict[tuple[str, str], str] = field(default_factory=dict)
    targets: dict[str, Reported] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    pages: dict[tuple[str, str], str] = field(default_factory=dict)
    records: dict[str, dict[str, Record]] = field(default_factory=dict)
    kept: dict[str, date] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    plans: dict[str, dict[str, Any]] = field(default_factory=dict)
    dues: dict[tuple[str, str, str], EnteredDay] = field(default_factory=dict)
    rooms: dict[str, Body] = field(default_factory=dict)
    unsettled: tuple[str, ...] = ()

    def proofs_of(self, task: str) -> list[Proof]:
        """The documents that prove a task, by their date, number and id."""
        return self.proofs().get(task, [])

    def proofs(self) -> dict[str, list[Proof]]:
        """The documents that prove each task, as `proofs_of`."""
        found: dict[str, list[Proof]] = {}
        for (task, document), page in self.pages.items():
            if document in self.documents:
                found.setdefault(task, []).append(Proof(self.documents[document], page))
        return {task: sorted(each, key=lambda one: in_order(one.document)) for task, each in found.items()}


def read_progress(state: Mapping[str, Standings]) -> OfficeProgress:
    """Read the entries as they stand. Raises `ProgressMalformed` for values that no program of ours writes."""
    found = OfficeProgress(
        unsettled=tuple(sorted(key for key, register in state.items() if len(register) > 1))
    )
    for key, register in state.items():
        if len(register) == 1 and register[0].value is not None:
            try:
                _read_entry(found, key, register[0].value)
            except ValueError as fault:
                raise ProgressMalformed(place=key[:80]) from fault
    return found


def subject_of(key: str) -> str | None:
    """The id of the task or target that an entry is about; None for one that is about neither."""
    kind, _, rest = key.partition("/")
    return rest.partition("/")[0] if kind in {"task", "told", "proof", "target"} else None


def task_entry(said: Said) -> dict[str, Value] | None:
    """The value of the entry of one time of a task; None where it says nothing."""
    if said == Said():
        return None
    return {"progress": said.progress.value, "on": said.on.isoformat() if said.on else None}


def target_entry(reported: Reported) -> dict[str, Value] | None:
    """The value of the entry of a target; None where it says nothing."""
    if reported == Reported():
        return None
    return {
        "value": _written(reported.value),
        "base": _written(reported.base),
        "yes": {True: "yes", False: "no", None: None}[reported.yes],
        "text": reported.text,
        "not_arisen": reported.not_arisen,
    }


def _read_entry(found: OfficeProgress, key: str, value: Value) -> None:
    match key.split("/"):
        case ["task", task, occurrence]:
            found.said[task, occurrence] = _said(value)
        case ["told", task, occurrence]:
            found.told[task, occurrence] = strict.text(value, LONGEST_TEXT)
        case ["proof", task, document]:
            found.pages[task, document] = strict.text(strict.fields(value, _PROOF)["page"], LONGEST_PAGE)
        case [("record" | "kept") as kind, register, *rest] if register in REGISTERS:
            _read_register(found, kind, register, rest, value)
        case ["report", kind, part]:
            found.texts[kind, part] = strict.text(value, LONGEST_TEXT)
        case ["due", task, year, occurrence]:
            found.dues[task, year, occurrence] = read_entered_day(value)
        case [kind, name]:
            _read_named(found, kind, name, value)
        case _:
            raise ValueError("no entry of progress")


def _read_named(found: OfficeProgress, kind: str, name: str, value: Value) -> None:
    match kind:
        case "target":
            found.targets[name] = _reported(value)
        case "document":
            found.documents[name] = read_document(name, value)
        case "proposal":
            found.proposals[name] = _proposal(name, value)
        case "plan":
            found.plans[name] = strict.table(value)
        case "body":
            found.rooms[name] = read_body(name, value)
        case _:
            raise ValueError("no entry of progress")


def _read_register(found: OfficeProgress, kind: str, register: str, rest: list[str], value: Value) -> None:
    if kind == "record" and len(rest) == 1:
        found.records.setdefault(register, {})[rest[0]] = _record(register, value)
    elif kind == "kept" and not rest and (day := strict.day(value)):
        found.kept[register] = day
    else:
        raise ValueError("no entry of progress")


def _proposal(proposal: str, value: Value) -> Proposal:
    said = strict.fields(value, _PROPOSAL)
    return Proposal(
        proposal, strict.text(said["report"], LONGEST_ID), strict.text(said["text"], LONGEST_TEXT)
    )


def _said(value: Value) -> Said:
    said = strict.fields(value, _TASK)
    return Said(Progress(said["progress"]), strict.day(said["on"]))


def _reported(value: Value) -> Reported:
    said = strict.fields(value, _TARGET)
    yes = said["yes"]
    if yes not in ("yes", "no", None):
        raise ValueError("neither yes nor no")
    return Reported(
        _number(said["value"]),
        _number(said["base"]),
        None if yes is None else yes == "yes",
        strict.text(said["text"], LONGEST_TEXT),
        strict.text(said["not_arisen"], LONGEST_GROUND),
    )


def _record(register: str, value: Value) -> Record:
    fields = {each.name: each for each in REGISTERS[register].fields}
    record = strict.table(value)
    for name, text in record.items():
        known = fields.get(name)
        if known is None or not text:
            raise ValueError("no field of the register")
        strict.text(text, LONGEST_FIELD)
        match known.kind:
            case FieldKind.DATE:
                strict.day(text)
            case FieldKind.COUNT | FieldKind.MONEY if not _COUNT.fullmatch(text):
                raise ValueError("no number")
            case FieldKind.YES_NO if text not in ("yes", "no"):
                raise ValueError("neither yes nor no")
            case FieldKind.CHOICE if text not in (known.options or {}):
                raise ValueError("none of the options")
    return record


def _number(value: Any) -> Decimal | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise ValueError("no number")
    return Decimal(value)


def _written(number: Decimal | None) -> str | None:
    return None if number is None else format(number.normalize(), "f")
