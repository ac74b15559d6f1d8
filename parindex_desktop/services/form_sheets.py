"""The self-assessment as a spreadsheet: written out, filled in elsewhere, looked at, then taken over.

Three things are compared for each entry: what the form said when it was written out (kept in the file), what the file
says, and what the form says now. Where the file was changed alone, it is taken over; where the form was changed alone,
it stays; where both were, a person chooses. Figures of a criterion belong together, as everywhere in the program: a
numerator of one side is never put over a denominator of the other. What was copied from last year is confirmed by the
file only where it was changed there: whoever left a cell as it was may not have looked at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.answer_parts import (
    APPLICABILITY,
    GROUND,
    INPUT,
    answer_of,
    entry_name,
    parts_in,
    parts_of,
)
from parindex_desktop.domain.assessments import FIGURES, TEXTS, answer_key, read_assessment
from parindex_desktop.domain.confirming import without_marks
from parindex_desktop.domain.criteria import Block
from parindex_desktop.domain.errors import ManyFaults, UserError
from parindex_desktop.domain.figures import figures_entry
from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.domain.merge import Standing
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.scoring.answers import UNANSWERED, Applicability
from parindex_desktop.domain.scoring.outcome import OutcomeState
from parindex_desktop.domain.scoring.showing import shown_input
from parindex_desktop.services import filling
from parindex_desktop.services.differences import part_of
from parindex_desktop.services.files import new_file, read_small

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from decimal import Decimal
    from pathlib import Path

    from exports.spreadsheets.form_book import FormRead
    from exports.spreadsheets.old_fonts import OldText
    from parindex_desktop.domain.assessments import Sheet
    from parindex_desktop.domain.criteria import Criterion
    from parindex_desktop.domain.revisions import Value
    from parindex_desktop.domain.scoring.showing import Shown
    from parindex_desktop.services.filling import Form
    from parindex_desktop.services.homes import Office

# openpyxl takes a tenth of a second to import: only where a workbook is read or written.


class FormSheetFaulty(ManyFaults):
    """The file has faults; `faults` names every one of them, each at its place."""

    code = "form_sheet.faulty"
    template = msgid(
        "The spreadsheet was refused and nothing was taken over. Faults: {count}. The first: {first}"
    )


class ConflictsOpen(UserError):
    """Somebody has to say which side stands."""

    code = "form_sheet.conflicts"
    template = msgid(
        "{count} entries were changed in the spreadsheet and in the form as well. Nothing was taken over; choose for "
        "each which one stands."
    )


class FormMovedOn(UserError):
    """The form is not the one that was looked at."""

    code = "form_sheet.moved_on"
    template = msgid(
        "The form has changed since the spreadsheet was looked at. Nothing was taken over; choose the file again."
    )


class Happens(StrEnum):
    """What taking over does to an entry."""

    NEW = "new"
    CHANGED = "changed"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that an entry says: the title of the input (None for the text or claim itself), and its value."""

    title: str | None
    value: Shown


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of a criterion (`entry` is `FIGURES` or one of `TEXTS`) that the file has otherwise than the form.

    `before` is what the form says now, `after` what the file says, `exported` what both come from; of the figures only
    those that differ. In a conflict both were changed. `value` is what is written when the file's side is taken,
    `standing` what the form has.
    """

    criterion: Criterion
    entry: str
    happens: Happens
    before: tuple[Said, ...]
    after: tuple[Said, ...]
    exported: tuple[Said, ...]
    conflict: bool
    value: Value
    standing: Mapping[str, str]

    @property
    def key(self) -> str:
        """The key of the entry."""
        return answer_key(self.criterion.id, self.entry)

    @property
    def part(self) -> Message:
        """What of the criterion it is."""
        return part_of(self.key)


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking the file over would do; with faults it cannot be.

    `left_out` says what of the file is passed over, and why. `old_texts` are answers typed with an old font.
    `unconfirmed` counts the parts copied from last year that the file leaves as they are.
    """

    name: str
    changes: tuple[Change, ...]
    faults: tuple[Message, ...]
    left_out: tuple[Message, ...]
    old_texts: tuple[OldText, ...]
    unconfirmed: int

    @property
    def remark(self) -> Message | None:
        """What is still to be done in the form once the file was taken over."""
        if not self.unconfirmed:
            return None
        return Message("form_sheet.unconfirmed", _UNCONFIRMED, {"count": self.unconfirmed})

    @property
    def conflicts(self) -> tuple[Change, ...]:
        """Where both sides were changed."""
        return tuple(change for change in self.changes if change.conflict)

    def count(self, happens: Happens) -> int:
        """How many entries it happens to, conflicts not counted."""
        return sum(change.happens is happens and not change.conflict for change in self.changes)


def write_sheet(office: Office, form: Form, target: Path) -> None:
    """Write the form as it stands to the workbook `target`. Raises `FileNotWritten`."""
    from exports.spreadsheets.form_book import write_form_book  # noqa: PLC0415
    from exports.spreadsheets.form_writing import Exported  # noqa: PLC0415

    unit = form.series.series.author
    about = Exported(unit, office.record.name, form.year, office.clock())
    with new_file(target) as file:
        write_form_book(file, about, form.assessment)


def look_at_sheet(form: Form, source: Path, old_fonts: OldFonts = OldFonts.ASK) -> Preview:
    """What the workbook `source` would change; nothing is written.

    Raises `FormLocked`, `FileNotRead`, `FileTooLarge`, or what `read_form_book` names.
    """
    from exports.spreadsheets.form_book import read_form_book  # noqa: PLC0415

    if form.assessment.lock is not None:
        raise filling.FormLocked
    unit = form.series.series.author
    read = read_form_book(
        read_small(source), source.name, form.criteria, unit, form.year, old_fonts=old_fonts
    )
    changes: list[Change] = []
    left_out = [Message("form_sheet.row_missing", _ROW_MISSING, {"criterion": c.code}) for c in read.missing]
    for sheet in form.assessment.sheets.values():
        found = _changes(sheet, read)
        if found and sheet.unsettled:
            values = {"criterion": sheet.criterion.code}
            left_out.append(Message("form_sheet.unsettled", _UNSETTLED, values))
            continue
        changes += found
        left_out += _given_changed(sheet, read)
    waiting = _unconfirmed(form, {change.key for change in changes})
    return Preview(source.name, tuple(changes), read.faults, tuple(left_out), read.old_texts, waiting)


def worsened(form: Form, preview: Preview, of_file: Mapping[str, bool]) -> dict[str, Message]:
    """The criteria, by id, that would be faulty or have fewer points, each with what is to be said of it.

    `of_file` says of each conflict, by key, whether the file wins; where it says nothing, the form stands.
    """
    taken = [each for each in preview.changes if of_file.get(each.key, not each.conflict)]
    state = dict(form.series.state())
    state |= {each.key: (Standing(each.value, frozenset()),) for each in taken}
    given = form.kit.given_to(form.year, form.series.series.author)
    after = read_assessment(form.criteria, state, given)
    found = {}
    for leaf in {each.criterion.id: each.criterion for each in taken}.values():
        was, now = form.assessment.sheets[leaf.id].outcome, after.sheets[leaf.id].outcome
        if now.state is OutcomeState.FAULTY:
            values: dict[str, object] = {"criterion": leaf.code, "reason": now.reason}
            found[leaf.id] = Message("form_sheet.not_valid", _NOT_VALID, values)
        elif was.points is not None and _is_less(leaf, was.points, now.points):
            none = Message("form_sheet.not_scored", "not scored")
            values = {
                "criterion": leaf.code,
                "old": was.points,
                "new": none if now.points is None else now.points,
            }
            found[leaf.id] = Message("form_sheet.fewer_points", _FEWER_POINTS, values)
    return found


_NOT_VALID: Final = msgid("{criterion} is not valid then: {reason}")
_FEWER_POINTS: Final = msgid("{criterion} has other points then: {old} → {new}")


def _is_less(leaf: Criterion, was: Decimal, now: Decimal | None) -> bool:
    """Whether it is to the unit's disadvantage; points that are taken off are so where they grow."""
    if now is None:
        return True
    return now > was if leaf.block is Block.PENALTY else now < was


def take_sheet(office: Office, form: Form, preview: Preview, of_file: Mapping[str, bool]) -> Form:
    """Take over what was looked at, in one transaction; `of_file` says of each conflict, by key, whether the file wins.

    A backup is made before. Raises `FormSheetFaulty`, `ConflictsOpen`, `FormMovedOn`, `FormLocked` or `BackupNotMade`.
    """
    if preview.faults:
        raise FormSheetFaulty(preview.faults)
    undecided = [change for change in preview.conflicts if change.key not in of_file]
    if undecided:
        raise ConflictsOpen(count=len(undecided))
    taken = [change for change in preview.changes if not change.conflict or of_file[change.key]]
    if not taken:
        return filling.reread(office, form)
    office.back_up("sheet")
    details: dict[str, Value] = {"file": preview.name}
    with office.begin() as session:
        form = filling.up_to_date(session, office, form)
        sheets = form.assessment.sheets
        if any(_standing(sheets[each.criterion.id], each.entry) != each.standing for each in taken):
            raise FormMovedOn
        values = without_marks({change.key: change.value for change in taken}, form.series.state())
        return filling.put_in(session, office, form, values, "form.sheet_taken", details, though_locked=False)


_ROW_MISSING = msgid(
    "{criterion}: a row of this criterion is missing in the spreadsheet; what it would say stays as it is."
)
_UNSETTLED = msgid(
    "{criterion}: two machines of this office gave different values, so the spreadsheet changes nothing here; settle "
    "them first."
)
_UNCONFIRMED = msgid(
    "Parts copied from last year that the spreadsheet leaves as they are: {count}. That does not confirm them; confirm "
    "them in the form."
)
_GIVEN = msgid("“{title}” is given by the province; what the spreadsheet has instead is passed over.")


def _changes(sheet: Sheet, read: FormRead) -> list[Change]:
    """The entries of a criterion that the file has otherwise than the form has them now."""
    leaf = sheet.criterion
    now = parts_of(sheet)
    without_cell = {part: text for part, text in now.items() if part not in parts_in(leaf)}
    exported = {**read.before[leaf.id], **without_cell}
    said = {**exported, **read.said[leaf.id]}
    found = []
    for entry in (FIGURES, *TEXTS):
        at_export, in_file, in_form = (_of_entry(parts, entry, sheet) for parts in (exported, said, now))
        if in_file in (at_export, in_form):
            continue
        differing = {part for part in in_file | in_form if in_file.get(part) != in_form.get(part)}
        before, after, base = (
            tuple(
                _shown(leaf, part, parts[part])
                for part in parts_in(leaf)
                if part in parts and part in differing
            )
            for parts in (in_form, in_file, at_export)
        )
        happens = Happens.NEW if not in_form else Happens.CHANGED if in_file else Happens.CLEARED
        value = _value(entry, in_file)
        conflict = at_export != in_form
        found.append(Change(leaf, entry, happens, before, after, base, conflict, value, in_form))
    return found


def _unconfirmed(form: Form, changed: Collection[str]) -> int:
    """How many copied parts that have a cell nobody has confirmed or changed."""
    return sum(
        answer_key(sheet.criterion.id, part) not in changed
        for sheet in form.assessment.sheets.values()
        for part in sheet.unconfirmed
        if part in (FIGURES, *TEXTS)
    )


def _of_entry(parts: Mapping[str, str], entry: str, sheet: Sheet) -> dict[str, str]:
    """What `parts` say of an entry, but for what the province gives now."""
    given = {f"{INPUT}{name}" for name in sheet.given}
    return {
        part: text for part, text in parts.items() if text and entry_name(part) == entry and part not in given
    }


def _standing(sheet: Sheet, entry: str) -> dict[str, str]:
    return _of_entry(parts_of(sheet), entry, sheet)


def _value(entry: str, parts: Mapping[str, str]) -> Value:
    if entry != FIGURES:
        return parts.get(entry)
    answer = answer_of(parts)
    return None if answer == UNANSWERED else figures_entry(answer)


def _given_changed(sheet: Sheet, read: FormRead) -> list[Message]:
    """A word for each figure of the province that was changed in the file."""
    leaf = sheet.criterion
    said, before = read.said[leaf.id], read.before[leaf.id]
    found = []
    for spec in leaf.inputs:
        part = f"{INPUT}{spec.name}"
        if spec.name in sheet.given and said.get(part, "") not in (
            before.get(part, ""),
            sheet.given[spec.name],
        ):
            message = Message("form_sheet.given", _GIVEN, {"title": spec.title})
            place = read.places.get((leaf.id, part))
            found.append(place.fault(message) if place else message)
    return found


_CLAIMS: Final = {
    Applicability.NOTHING_AROSE: Message("answer.nothing_arose", "Nothing arose in the year"),
    Applicability.NOT_APPLICABLE: Message("answer.claims_not_applicable", "Not applicable"),
}


def _shown(criterion: Criterion, part: str, text: str) -> Said:
    if part == APPLICABILITY:
        return Said(None, _CLAIMS[Applicability(text)])
    if part == GROUND:
        return Said(None, Message("answer.ground", "Ground: {ground}", {"ground": text}))
    spec = next((each for each in criterion.inputs if f"{INPUT}{each.name}" == part), None)
    if spec is None:
        return Said(None, text)
    return Said(spec.title, shown_input(spec, text))
