"""Số liệu cần thống nhất: entries to which two machines of one unit gave different values.

Both sides see them; only the unit itself settles one, with all values in sight. What is not chosen stays in the
revisions that said it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db import revisions as kept
from exports.signing.keys import spoken
from parindex_desktop.domain.assessments import criterion_of, unsettled_in
from parindex_desktop.domain.confirming import without_marks
from parindex_desktop.domain.documents import read_document
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.merge import WORKING
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.revisions import Kind, State
from parindex_desktop.domain.scoring.answers import Answer, Applicability
from parindex_desktop.domain.scoring.outcome import score
from parindex_desktop.domain.scoring.showing import shown_answer, shown_input
from parindex_desktop.services.filling import open_form, put_journalled
from parindex_desktop.services.register import current_kit
from parindex_desktop.services.series import newest_set, open_series

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from db.database import Session
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.kits import Kit
    from parindex_desktop.domain.merge import Standing
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.scoring.inputs import InputSpec
    from parindex_desktop.domain.scoring.showing import Shown
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office
    from parindex_desktop.services.series import OpenSeries


class DifferenceUnknown(UserError):
    """Nothing differs there (any more)."""

    code = "difference.unknown"
    template = msgid("There is no difference “{key}” with a value number {number}. Look at the list again.")


class OnlyTheUnitSettles(UserError):
    """A receiver never decides for the unit."""

    code = "difference.only_the_unit"
    template = msgid(
        "Only the office itself settles its figures. Nothing was changed; ask it to settle them and hand over again."
    )


@dataclass(frozen=True, slots=True)
class Origin:
    """Who wrote a value: this machine's working copy, or a revision of a key (its code as people read it).

    `sequence` numbers a hand-over (lần nộp); a `draft` has the number of the one that it follows. `digest` names the
    revision.
    """

    working: bool
    key: str
    sequence: int
    claimed: datetime | None
    draft: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One of the values: as lines to be said, with its points where it has any, and who wrote it."""

    value: Value
    lines: tuple[Message | str, ...]
    points: Decimal | None
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry with several values; `criterion` is None for one about no criterion that the set has.

    `period` is empty where kits of the province differ, and not the forms of a unit.
    """

    unit: str
    unit_name: str
    period: str
    key: str
    criterion: Criterion | None
    part: Message
    versions: tuple[Version, ...]

    @property
    def of_kits(self) -> bool:
        """Whether it is between kits of the province."""
        return not self.period


def differences(office: Office, year: str | None = None) -> list[Difference]:
    """All open differences held here, by unit and criterion; where much is held, reading it takes its time."""
    return _differences(office, year)


def own_differences(office: Office, year: str | None = None) -> list[Difference]:
    """Those of this office's own form alone."""
    return _differences(office, year, office.record.unit or "")


def _differences(office: Office, year: str | None, author: str | None = None) -> list[Difference]:
    kit = current_kit(office)
    found: list[Difference] = []
    with office.read() as session:
        for series in kept.series_of_kind(session, Kind.ASSESSMENT, year):
            if author not in {None, series.author}:
                continue
            opened = open_series(session, series)
            if opened.held:  # what was only typed here has nothing beside it
                found += _of_series(session, kit, opened)
    return found


def settle(office: Office, form: Form, key: str, number: int) -> Form:
    """Let the value `number` (from 1, as listed) stand for the entry `key`; raises `DifferenceUnknown`."""
    register = form.series.state().get(key, ())
    if len(register) < 2 or not 1 <= number <= len(register):
        raise DifferenceUnknown(key=key, number=str(number))
    return put_journalled(
        office,
        form,
        without_marks({key: register[number - 1].value}, form.series.state()),
        "difference.settled",
        {"entry": key, "chosen": number},
    )


def settle_own(office: Office, year: str | None, key: str, number: int) -> Form:
    """Settle a difference of this office's own form; raises `OnlyTheUnitSettles` at a receiver."""
    if not any(each.key == key for each in own_differences(office, year)):
        if any(each.key == key for each in differences(office, year)):
            raise OnlyTheUnitSettles
        raise DifferenceUnknown(key=key, number=str(number))
    return settle(office, open_form(office, year), key, number)


def _of_series(session: Session, kit: Kit, opened: OpenSeries) -> list[Difference]:
    criteria = kit.set_of_digest(newest_set(opened.held))
    unit = kit.units[opened.series.author]
    state = opened.state()
    found = []
    for key in unsettled_in(state):
        criterion = criteria.find(criterion_of(key) or "")
        found.append(
            Difference(
                unit.id,
                unit.name,
                opened.series.period or "",
                key,
                criterion,
                part_of(key),
                tuple(_version(session, opened, key, criterion, standing) for standing in state[key]),
            )
        )
    order = {leaf.id: number for number, leaf in enumerate(criteria.walk())}
    parts = list(_PARTS.values())
    return sorted(
        found,
        key=lambda each: (
            order.get(each.criterion.id if each.criterion else "", len(order)),
            parts.index(each.part),
        ),
    )


_PARTS = {
    "figures": Message("difference.figures", "Figures"),
    "confirm": Message("difference.confirm", "Confirmation of what was copied"),
    "explanation": Message("difference.explanation", "Explanation"),
    "reason": Message("difference.reason", "Reason for less than the maximum"),
    "note": Message("difference.note", "Note"),
    "document": Message("difference.document", "Document data"),
    "link": Message("difference.link", "Page of a document"),
    "report": Message("difference.report", "Text of the report"),
}


_CONFIRMED = Message("difference.confirmed", "Nothing to confirm")
_NOT_CONFIRMED = Message("difference.not_confirmed", "Copied from last year, not confirmed yet")


def part_of(key: str) -> Message:
    """Which part of a form an entry is."""
    kind, _, rest = key.partition("/")
    return _PARTS[rest.rpartition("/")[2] if kind == "answer" else kind]


def _version(
    session: Session, opened: OpenSeries, key: str, criterion: Criterion | None, standing: Standing
) -> Version:
    lines, points = shown_value(key, criterion, standing.value)
    origins = tuple(origin_of(session, opened, writer) for writer in sorted(standing.writers))
    return Version(standing.value, lines, points, origins)


def shown_value(
    key: str, criterion: Criterion | None, value: Any
) -> tuple[tuple[Message | str, ...], Decimal | None]:
    """The value of an entry as lines to be said, and its points where it has any."""
    if key.startswith("confirm/"):
        return (_NOT_CONFIRMED if value else _CONFIRMED,), None
    if value is None:
        return (Message("difference.cleared", "(cleared)"),), None
    if key.endswith("/figures"):
        if criterion is None:
            # Void under this set, so nothing says what its figures are called.
            lines = tuple(f"{name}: {text}" for name, text in sorted(value["inputs"].items()))
            return lines or (_NOT_ENTERED,), None
        answer = Answer(Applicability(value["applicability"]), value["ground"], value["inputs"])
        return _figures(criterion, answer), score(criterion, answer).points
    if key.startswith("document/"):
        document = read_document(key.removeprefix("document/"), value)
        data = (document.number, document.subject, document.issuer, document.place)
        return tuple(filter(None, data)) or (_NOT_ENTERED,), None
    if key.startswith("link/"):
        return (Message("difference.page", "Page {page}", {"page": value["page"] or "–"}),), None
    return (str(value),), None


_NOT_ENTERED = Message("difference.not_entered", "not entered")
"""Stands where one has said nothing, as in the form."""


def _figures(criterion: Criterion, answer: Answer) -> tuple[Message, ...]:
    """What is declared; beside another value it counts as well what is not entered yet."""
    if answer.applicability is not Applicability.APPLICABLE:
        return tuple(shown_answer(criterion, answer))

    def shown(spec: InputSpec) -> Shown:
        return shown_input(spec, answer.inputs[spec.name]) if spec.name in answer.inputs else _NOT_ENTERED

    return tuple(
        Message("answer.input", "{title}: {value}", {"title": spec.title, "value": shown(spec)})
        for spec in criterion.inputs
    )


def origin_of(session: Session, opened: OpenSeries, writer: str) -> Origin:
    """Who wrote a value, by the name of the revision that did."""
    if writer == WORKING:
        return Origin(working=True, key="", sequence=0, claimed=None)
    revision = opened.held.get(writer)
    if revision is None:
        # Written by a revision that never came; only its descendants tell of it.
        told = next(a for r in opened.held.values() for a in r.ancestors if a.digest == writer)
        return Origin(False, "", told.sequence, None, told.state is State.DRAFT, writer)
    claimed = kept.claimed_time(session, writer)
    draft = revision.state is State.DRAFT
    return Origin(False, spoken(revision.key), revision.sequence, claimed, draft, writer)
