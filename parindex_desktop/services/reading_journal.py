"""The journal as people read it: who did what and when, in words; the one place that has words for each action."""

from __future__ import annotations

import json
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

from db import journal
from parindex_desktop.domain.assessments import criterion_of, is_content
from parindex_desktop.domain.merge import first_few
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.text import folded
from parindex_desktop.services.differences import part_of
from parindex_desktop.services.kits import known_kit
from parindex_desktop.services.outcomes import Outcome
from parindex_desktop.services.reporting import TITLES, Kind
from resources.language import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from db.journal import JournalEntry
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.services.homes import Office

WORDS: Final = {
    "bodies.added": msgid("entered other organisations: {names}"),
    "body.removed": msgid("removed the organisation “{name}”"),
    "body.written": msgid("entered the organisation “{name}”"),
    "bundle.refused": msgid("a bundle was refused: {source} [{code}]"),
    "bundle.taken_in": msgid("took a bundle in ({outcome}), content code {digest}"),
    "bundle.written": msgid("wrote the bundle {file}, content code {digest}"),
    "difference.settled": msgid("settled a figure with several values in the form of {year}: {what}"),
    "duty.assigned": msgid("put in charge of {criteria} ({year}): {to}"),
    "enrol.approved": msgid("entered the key of “{unit}” into the register"),
    "enrol.requested": msgid("wrote this office's signing request"),
    "enrol.revoked": msgid("took the keys of “{unit}” back"),
    "evidence.released": msgid("freed the room of files that nothing names: {count}"),
    "figures.given": msgid("gave units figures for {year}: {what}"),
    "form.changed": msgid("entered in the form of {year}: {what}"),
    "form.confirmed": msgid("confirmed what was copied, in the form of {year}: {what}"),
    "form.copied_forward": msgid("copied from {from} into the form of {year}: {what}"),
    "form.locked": msgid("locked the figures of {year}, matching code {code}"),
    "form.move_undone": msgid("took the move of the form of {year} to another version of the set back"),
    "form.moved": msgid("moved the form of {year} to another version of the set"),
    "form.sheet_taken": msgid("took the spreadsheet {file} over into the form of {year}: {what}"),
    "form.signed": msgid("entered the signed report of {year}, number {number}"),
    "form.unlocked": msgid("unlocked the figures of {year}: {reason}"),
    "keys.copied": msgid("copied the keys to {folder}"),
    "keys.passphrase": msgid("gave the key of this machine another passphrase"),
    "kit.settled": msgid("settled what kits side by side contradict each other in"),
    "office.founded": msgid("set the office “{name}” up"),
    "paper.text": msgid("set a text of the office's papers: {text}"),
    "people.added": msgid("put “{name}” on the staff list"),
    "people.changed": msgid("changed the entry of “{name}” on the staff list"),
    "people.ended": msgid("“{name}” left the staff list"),
    "people.pin": msgid("changed the PIN of “{name}”"),
    "people.works": msgid("began to work at this machine"),
    "period.opened": msgid("opened the assessment of {year}"),
    "report.written": msgid("printed: {kind}, year {year}, file {file}"),
    "revision.sealed": msgid("signed number {sequence}, content code {digest}"),
    "set.draft_begun": msgid("began to write the criteria set “{name}”"),
    "set.draft_deleted": msgid("deleted the draft of the criteria set “{name}”"),
    "set.imported": msgid("entered the criteria set “{name}”"),
    "unit.claimed": msgid("chose “{unit}” as the unit of this office"),
    "unit.removed": msgid("removed the unit {code}"),
    "units.added": msgid("entered units: {codes}"),
    "units.ended": msgid("ended or changed units: {codes}"),
    "units.resumed": msgid("took back the end of units: {codes}"),
    "work.handed_over": msgid("work passed on from “{giver}” to “{taker}”, minutes {file}"),
}
"""What each action of the journal is, said of who did it."""

_CODE_SHOWN: Final = 8
"""Digits of a content code that tell lines apart."""
_LONG: Final = 120
"""Characters of a reason or a text in a list."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal: its number, when, who, which action, and that in words."""

    number: int
    at: datetime
    actor: str
    action: str
    words: Message


@dataclass(frozen=True, slots=True)
class Reading:
    """The newest of the lines that were asked for, oldest first; `found` counts all of them."""

    lines: tuple[Line, ...]
    found: int


def read(office: Office, person: str = "", since: date | None = None, limit: int = 0) -> Reading:
    """The lines of who has every word of `person` in the name, however accented, from the day `since` on.

    `limit` is how many of the newest are wanted; 0 means all.
    """
    with office.read() as session:
        rows = journal.entries(session)
    wanted = folded(person).split()
    rows = [
        row
        for row in rows
        if all(word in folded(row.actor) for word in wanted) and (since is None or day_of(row.at) >= since)
    ]
    names = _Names(known_kit(office))
    newest = rows[-limit:] if limit else rows
    return Reading(tuple(_line(row, names) for row in newest), len(rows))


def _line(row: JournalEntry, names: _Names) -> Line:
    details = json.loads(row.details)
    template = WORDS.get(row.action, row.action)
    places = [name for _, name, _, _ in Formatter().parse(template) if name]
    values = {place: _value(place, details, names) for place in places}
    return Line(row.number, row.at, row.actor, row.action, Message("journal.line", template, values))


def _value(place: str, details: Mapping[str, Any], names: _Names) -> object:
    match place:
        case "what":
            return names.entries(details)
        case "unit":
            return names.unit(details[place])
        case "digest":
            return details[place][:_CODE_SHOWN]
        case "count":
            return len(details["files"])
        case "criteria" | "codes" | "names":
            return _few(details[place])
        case "outcome":
            return Message("journal.outcome", Outcome(details[place]).words)
        case "kind":
            return TITLES[Kind(details[place])]
    told = details.get(place)
    return str(told)[:_LONG] if told not in {None, ""} else "–"


def _few(codes: Sequence[str]) -> str | Message:
    said, more = first_few(codes)
    return (
        Message("journal.more", "{codes} and {count} more", {"codes": said, "count": more}) if more else said
    )


class _Names:
    """What people call the things that the journal names by their ids, by the kit as it stands."""

    def __init__(self, kit: Kit | None) -> None:
        self._kit = kit
        self._codes: dict[str, dict[str, str]] = {}

    def unit(self, unit: str) -> str:
        """The name of a unit."""
        found = self._kit.units.get(unit) if self._kit else None
        return found.name if found else "–"

    def entries(self, details: Mapping[str, Any]) -> object:
        """Which criteria entries are about; of a single one also which part of the form it is."""
        entries = [details["entry"]] if "entry" in details else details["entries"]
        codes = self._codes_in(str(details["year"]))
        told = [key for key in entries if is_content(key)] or entries
        found = dict.fromkeys(filter(None, (codes.get(_criterion(key)) for key in told)))
        if len(told) == 1 and is_content(told[0]):
            part = part_of(told[0])
            if not found:
                return part
            return Message("journal.part", "{code} {part}", {"code": next(iter(found)), "part": part})
        return (
            _few(tuple(found))
            if found
            else Message("journal.entries", "{count} entries", {"count": len(told)})
        )

    def _codes_in(self, year: str) -> Mapping[str, str]:
        """Printed codes by the ids of criteria, those of `year` first."""
        if year not in self._codes:
            kit = self._kit
            sets = [kit.set_of_digest(digest) for digest in kit.set_trees] if kit else []
            self._codes[year] = {
                each.id: each.code
                for criteria in sorted(sets, key=lambda each: str(each.year) == year)
                for each in criteria.walk()
            }
        return self._codes[year]


def _criterion(key: str) -> str:
    """The id in an entry of a form, or in one of the figures that the province gives."""
    return key.split("/")[2] if key.startswith("given/") else criterion_of(key) or ""
