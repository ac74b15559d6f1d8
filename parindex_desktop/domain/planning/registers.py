"""Registers (sổ theo dõi): what an office writes down as it happens.

A register is a list of records with typed fields; its feeds make figures of them. A new register is one entry here; its
words are those of its form and its paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.planning.feeds import (
    both,
    count_of,
    either,
    entered_in_time,
    field_is,
    has,
    in_time,
    inspected,
    published_in_time,
    says_yes,
    share,
    sum_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.planning.feeds import Feed


LONGEST_FIELD: Final = 2000
"""Characters of a field of a record."""


class FieldKind(StrEnum):
    """What kind of editor a field needs."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    COUNT = "count"
    MONEY = "money"
    CHOICE = "choice"
    YES_NO = "yes_no"
    BODY = "body"
    """A unit or body of the register of units, by id."""


@dataclass(frozen=True, slots=True)
class RecordField:
    """A field of a register: `name` in files, `title` a template of the catalogue, `options` those of a choice."""

    name: str
    title: str
    kind: FieldKind
    options: Mapping[str, str] | None = None
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """A register: its name in files, its title, the fields of a record, the one by which it is listed, its feeds."""

    name: str
    title: str
    fields: tuple[RecordField, ...]
    feeds: Mapping[str, tuple[str, Feed]]

    def field(self, name: str) -> RecordField:
        """The field of that name."""
        return next(each for each in self.fields if each.name == name)


def _line(name: str, title: str, *, needed: bool = False) -> RecordField:
    return RecordField(name, title, FieldKind.LINE, needed=needed)


def _day(name: str, title: str, *, needed: bool = False) -> RecordField:
    return RecordField(name, title, FieldKind.DATE, needed=needed)


def _asked(name: str, title: str) -> RecordField:
    return RecordField(name, title, FieldKind.YES_NO)


def _number(name: str, title: str) -> RecordField:
    return RecordField(name, title, FieldKind.COUNT)


_NOTE: Final = RecordField("note", msgid("Note"), FieldKind.TEXT)

INSPECTIONS: Final = Register(
    "inspections",
    msgid("Inspections"),
    (
        RecordField(
            "kind",
            msgid("Kind of inspection"),
            FieldKind.CHOICE,
            {
                "reform": msgid("Administrative reform"),
                "decentralisation": msgid("Decentralisation"),
                "service": msgid("Public service and discipline"),
                "organisation": msgid("Organisation and operation"),
            },
            needed=True,
        ),
        RecordField("body", msgid("Body inspected"), FieldKind.BODY, needed=True),
        _day("planned", msgid("Planned for")),
        _day("on", msgid("Inspected on")),
        _line("minutes", msgid("Minutes or conclusion (number, date)")),
        _number("found", msgid("Problems found")),
        _number("settled", msgid("Of them settled or proposed for settlement")),
        _NOTE,
    ),
    {
        **{
            f"{kind}.inspected": (title, inspected(kind))
            for kind, title in {
                "reform": msgid("Bodies inspected on administrative reform"),
                "decentralisation": msgid("Bodies inspected on decentralisation"),
                "service": msgid("Bodies inspected on public service"),
                "organisation": msgid("Bodies inspected on organisation and operation"),
            }.items()
        },
        **{
            f"{kind}.settled": (title, sum_of("settled", "found", field_is("kind", kind)))
            for kind, title in {
                "reform": msgid("Problems of administrative reform settled"),
                "decentralisation": msgid("Problems of decentralisation settled"),
                "service": msgid("Problems of public service settled"),
                "organisation": msgid("Problems of organisation and operation settled"),
            }.items()
        },
    },
)
REPORTS: Final = Register(
    "reports",
    msgid("Periodic reports"),
    (
        RecordField(
            "kind",
            msgid("Kind of report"),
            FieldKind.CHOICE,
            {
                "reform": msgid("Administrative reform (periodic)"),
                "review": msgid("Review of legal documents (yearly)"),
                "enforcement": msgid("Following the enforcement of law (yearly)"),
                "training": msgid("Training of officials (yearly)"),
                "it": msgid("Information technology (periodic)"),
            },
            needed=True,
        ),
        _line("period", msgid("Period (quarter I, six months ...)"), needed=True),
        _day("due", msgid("Due on"), needed=True),
        _day("sent", msgid("Sent on")),
        _line("number", msgid("Number of the report")),
        _asked("content", msgid("Content complete")),
        _NOTE,
    ),
    {
        "sent": (msgid("Reports sent, of those due"), share(has("sent"), done="sent", due="due")),
        "on_time": (msgid("Reports sent in time"), share(in_time("sent", "due"), done="sent", due="due")),
        "complete": (
            msgid("Reports sent, in time and with complete content"),
            share(both(in_time("sent", "due"), says_yes("content")), done="sent", due="due"),
        ),
    },
)
PROCEDURES: Final = Register(
    "procedures",
    msgid("Published procedures"),
    (
        _line("decision", msgid("Decision of publication (number)"), needed=True),
        _day("signed", msgid("Signed on")),
        _line("document", msgid("Legal document that it follows")),
        _day("in_force", msgid("That document in force on")),
        _day("entered", msgid("Entered in the national database on")),
        _number("procedures", msgid("Procedures published")),
        _asked("posted", msgid("Posted at the place of reception")),
        _NOTE,
    ),
    {
        "published": (msgid("Published 5 working days before they are in force"), published_in_time),
        "entered": (msgid("Entered within 5 working days"), entered_in_time),
        "posted": (msgid("Posted where papers are taken in"), share(says_yes("posted"))),
    },
)
INITIATIVES: Final = Register(
    "initiatives",
    msgid("Initiatives"),
    (
        _line("title", msgid("Initiative or new way"), needed=True),
        _line("author", msgid("Author or office"), needed=True),
        _asked("first", msgid("Applied for the first time")),
        _asked("tried", msgid("Applied on trial")),
        RecordField("benefit", msgid("Benefit"), FieldKind.TEXT),
        _line("decision", msgid("Decision of recognition (number)")),
        _day("recognised", msgid("Recognised on")),
        _NOTE,
    ),
    {
        "all": (msgid("Initiatives"), count_of()),
        "new": (
            msgid("Initiatives applied first or on trial, with their benefit"),
            count_of(both(has("benefit"), either(says_yes("first"), says_yes("tried")))),
        ),
        "recognised": (msgid("Initiatives recognised"), count_of(has("recognised"))),
    },
)
PROPAGANDA: Final = Register(
    "propaganda",
    msgid("Propaganda activities"),
    (
        _line("title", msgid("Activity"), needed=True),
        RecordField(
            "form",
            msgid("Form"),
            FieldKind.CHOICE,
            {
                "conference": msgid("Conference, training"),
                "press": msgid("Press, radio, television"),
                "portal": msgid("Portal, website"),
                "loudspeaker": msgid("Loudspeakers, boards"),
                "contest": msgid("Contest"),
                "other": msgid("Other form"),
            },
        ),
        _asked("in_plan", msgid("In the plan")),
        _day("planned", msgid("Planned for")),
        _day("on", msgid("Done on")),
        _NOTE,
    ),
    {
        "plan": (
            msgid("Activities of the plan that were done"),
            share(has("on"), says_yes("in_plan"), done="on", due="planned"),
        ),
        "all": (msgid("Activities done"), count_of(has("on"))),
    },
)
DISCIPLINE: Final = Register(
    "discipline",
    msgid("Discipline"),
    (
        _line("person", msgid("Person (name, title)"), needed=True),
        RecordField(
            "form",
            msgid("Form of discipline"),
            FieldKind.CHOICE,
            {
                "reprimand": msgid("Reprimand"),
                "warning": msgid("Warning"),
                "salary": msgid("Salary cut"),
                "demotion": msgid("Demotion"),
                "removal": msgid("Removal from office"),
                "dismissal": msgid("Dismissal"),
            },
            needed=True,
        ),
        _line("decision", msgid("Decision (number)")),
        _day("on", msgid("Decided on")),
        _NOTE,
    ),
    {"people": (msgid("People disciplined"), count_of())},
)
_BY_ORDER: Final = either(
    field_is("by", "government"), either(field_is("by", "province"), field_is("by", "above"))
)

ORDERS: Final = Register(
    "orders",
    msgid("Assigned orders"),
    (
        _line("title", msgid("Task assigned"), needed=True),
        _line("number", msgid("Paper that assigns it (number, date)")),
        RecordField(
            "by",
            msgid("Assigned by"),
            FieldKind.CHOICE,
            {
                "government": msgid("Government, Prime Minister"),
                "province": msgid("People's Committee of the province, its chairman"),
                "above": msgid("Other superior"),
                "together": msgid("Papers of coordination between offices"),
            },
            needed=True,
        ),
        _day("due", msgid("Due on")),
        _day("done", msgid("Done on")),
        _NOTE,
    ),
    {
        "on_time": (
            msgid("Assigned orders done in time"),
            share(in_time("done", "due"), _BY_ORDER, done="done", due="due"),
        ),
        "together": (
            msgid("Papers of coordination answered in time"),
            share(in_time("done", "due"), field_is("by", "together"), done="done", due="due"),
        ),
    },
)
FEEDBACK: Final = Register(
    "feedback",
    msgid("Feedback and petitions"),
    (
        _line("title", msgid("Content"), needed=True),
        _line("sender", msgid("Sent by")),
        _day("received", msgid("Received on"), needed=True),
        _day("due", msgid("To be answered by")),
        _day("settled", msgid("Settled on")),
        _asked("published", msgid("Result published")),
        _NOTE,
    ),
    {
        "settled": (msgid("Feedback settled"), share(has("settled"), done="settled", due="due")),
        "on_time": (
            msgid("Feedback settled in time"),
            share(in_time("settled", "due"), done="settled", due="due"),
        ),
        "published": (
            msgid("Feedback settled, with its result published"),
            share(both(has("settled"), says_yes("published")), done="settled", due="due"),
        ),
    },
)
BUDGET: Final = Register(
    "budget",
    msgid("Budget"),
    (
        _line("title", msgid("Purpose"), needed=True),
        _line("source", msgid("Source")),
        RecordField("approved", msgid("Approved (đồng)"), FieldKind.MONEY, needed=True),
        RecordField("spent", msgid("Spent (đồng)"), FieldKind.MONEY),
        _asked("investment", msgid("Public investment")),
        _NOTE,
    ),
    {
        "spent": (msgid("Money spent of that approved"), sum_of("spent", "approved")),
        "investment": (
            msgid("Public investment paid out"),
            sum_of("spent", "approved", says_yes("investment")),
        ),
    },
)
REGISTERS: Final = {
    register.name: register
    for register in (
        INSPECTIONS,
        REPORTS,
        PROCEDURES,
        INITIATIVES,
        PROPAGANDA,
        DISCIPLINE,
        ORDERS,
        FEEDBACK,
        BUDGET,
    )
}
"""All of them, by name, in the order of lists."""

FEEDS: Final = {
    f"{register.name}.{name}": (title, feed)
    for register in REGISTERS.values()
    for name, (title, feed) in register.feeds.items()
}
"""Every feed by its name in files, with its title (a template of the catalogue)."""
