"""Registers of an office (sổ theo dõi): records with typed fields, and up to which day they are complete."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from parindex_desktop.domain.errors import UsageError, UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.planning.registers import LONGEST_FIELD, REGISTERS, FieldKind
from parindex_desktop.domain.scoring.inputs import InputKind, InputSpec, NotAnOption, read_input
from parindex_desktop.domain.text import clean, folded, one_line
from parindex_desktop.services.plan_parties import known_parties
from parindex_desktop.services.progressing import change
from resources import Language, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from parindex_desktop.domain.planning.feeds import Record
    from parindex_desktop.domain.planning.registers import RecordField, Register
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.progressing import YearProgress


class RegisterUnknown(UserError):
    """No register is called so."""

    code = "register.unknown_register"
    template = msgid("There is no register “{name}”. The registers are: {names}.")


class RecordUnknown(UserError):
    """The register has no such record."""

    code = "register.unknown_record"
    template = msgid("This register has no record “{record}”. Look at its list, then try again.")


class FieldUnknown(UsageError):
    """The register has no such field."""

    code = "register.unknown_field"
    template = msgid("This register has no field “{name}”. Its fields: {names}.")


class FieldMissing(UserError):
    """A record lacks what it cannot do without."""

    code = "register.field_missing"
    template = msgid("“{field}” is still missing, so the record was not entered. Fill it in.")


class BodyNotFound(UserError):
    """Nobody is called so."""

    code = "register.body_unknown"
    template = msgid(
        "“{name}” is neither the code of a unit nor the name of a unit, a room or another organisation, or several are "
        "called so. Look it up in the lists, then try again."
    )


_KINDS = {
    FieldKind.DATE: InputKind.DATE,
    FieldKind.COUNT: InputKind.COUNT,
    FieldKind.MONEY: InputKind.COUNT,
    FieldKind.YES_NO: InputKind.YES_NO,
}
"""Fields that are read as inputs of a form are."""


def register_of(name: str) -> Register:
    """The register of that name. Raises `RegisterUnknown`."""
    if name not in REGISTERS:
        raise RegisterUnknown(name=name[:60], names=tuple(REGISTERS))
    return REGISTERS[name]


def records(progress: YearProgress, register: Register) -> dict[str, Record]:
    """The records of a register by id, in the order of their first fields."""
    found = progress.said.records.get(register.name, {})
    names = [each.name for each in register.fields]
    return dict(sorted(found.items(), key=lambda each: ([each[1].get(name, "") for name in names], each[0])))


def find_record(progress: YearProgress, register: Register, wanted: str) -> str:
    """The id of the record whose id begins so. Raises `RecordUnknown`."""
    found = [id_ for id_ in records(progress, register) if len(wanted) >= 4 and id_.startswith(wanted)]
    if len(found) != 1:
        raise RecordUnknown(record=wanted[:60])
    return found[0]


def write_record(
    office: Office,
    progress: YearProgress,
    register: Register,
    typed: Mapping[str, str],
    record: str | None = None,
) -> tuple[YearProgress, str]:
    """Enter a record as it was typed, or change some fields of one; an empty text clears a field.

    Tells the id of the record. Raises `FieldUnknown`, `FieldMissing`, `BodyNotFound`, `RecordUnknown`, or what the
    reader of each kind of field names; nothing is changed then.
    """
    held = progress.said.records.get(register.name, {})
    if record is not None and record not in held:
        raise RecordUnknown(record=record[:60])
    fields = {each.name: each for each in register.fields}
    values: dict[str, Value] = dict(held[record]) if record else {}
    for name, text in typed.items():
        if name not in fields:
            raise FieldUnknown(name=name[:60], names=tuple(fields))
        values.pop(name, None)
        if text.strip():
            values[name] = read_field(office, progress, fields[name], text)
    for each in register.fields:
        if each.needed and each.name not in values:
            raise FieldMissing(field=Message("register.field", each.title))
    record = record or str(uuid.uuid4())
    key = f"record/{register.name}/{record}"
    details: dict[str, Value] = {"register": register.name}
    return change(office, progress, {key: values}, "progress.record", details), record


def remove_record(office: Office, progress: YearProgress, register: Register, record: str) -> YearProgress:
    """Take a record out of its register."""
    key = f"record/{register.name}/{record}"
    return change(office, progress, {key: None}, "progress.record", {"register": register.name})


def keep(office: Office, progress: YearProgress, register: Register, until: date | None) -> YearProgress:
    """Say up to which day a register is complete, so that no record means none; None takes that back."""
    values: dict[str, Value] = {f"kept/{register.name}": until.isoformat() if until else None}
    return change(office, progress, values, "progress.kept", {"register": register.name})


def read_field(office: Office, progress: YearProgress, field: RecordField, typed: str) -> str:
    """What was typed into a field, in its one form. Raises as `write_record`."""
    match field.kind:
        case FieldKind.LINE:
            return one_line(typed, LONGEST_FIELD)
        case FieldKind.TEXT:
            return clean(typed, LONGEST_FIELD)
        case FieldKind.CHOICE:
            return _choice(field, one_line(typed))
        case FieldKind.BODY:
            return _body(office, progress, one_line(typed))
        case kind:
            return read_input(InputSpec(field.name, field.title, _KINDS[kind]), typed)


def _choice(field: RecordField, typed: str) -> str:
    """The option that is called so, in files or in either language."""
    wanted, options = folded(typed), field.options or {}
    for id_, title in options.items():
        if wanted in {folded(id_), *(folded(say(title, language)) for language in Language)}:
            return id_
    raise NotAnOption(text=typed[:60], options=tuple(options))


def _body(office: Office, progress: YearProgress, typed: str) -> str:
    """A unit by its code, or whoever is called so by name."""
    year = int(progress.year)
    by_code = next((unit.id for unit in progress.kit.units.values() if typed and unit.code == typed), None)
    known = known_parties(office, year, year)
    found = by_code or (typed if typed in known.ids else known.find(typed))
    if found is None:
        raise BodyNotFound(name=typed[:80])
    return found
