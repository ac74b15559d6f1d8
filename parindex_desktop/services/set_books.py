"""Criteria sets as workbooks: written, taken over again, proposed from a published table, compared."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import resources
from parindex_desktop.domain import drafting
from parindex_desktop.domain.criteria_reading import CriteriaSetFaulty
from parindex_desktop.domain.draft_faults import DraftFault
from parindex_desktop.domain.drafting import HEAD_ID
from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.set_versions import difference
from parindex_desktop.domain.stale_guidance import stale_guidance
from parindex_desktop.domain.text import one_line
from parindex_desktop.services import authoring, register
from parindex_desktop.services.files import FileNotRead, new_file, read_small

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from exports.spreadsheets.proposals import Proposal
    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.drafting import Tree
    from parindex_desktop.domain.set_versions import Difference
    from parindex_desktop.domain.units import Level
    from parindex_desktop.services.authoring import Draft
    from parindex_desktop.services.homes import Office


class BookFaulty(CriteriaSetFaulty):
    """A workbook with faults; `old_fonts` tells that some are texts which could be converted, or kept as they are."""

    def __init__(self, faults: tuple[Message, ...], *, old_fonts: bool) -> None:
        super().__init__(faults)
        self.old_fonts = old_fonts


# openpyxl takes a tenth of a second to import: only where a workbook is read or written.


def document_in(source: Path, old_fonts: OldFonts = OldFonts.ASK) -> bytes:
    """The set document that `source` holds: a workbook, a set file, or the name of a set that ships.

    A document may still be faulty; a workbook was checked. Raises `FileNotRead`, `FileTooLarge`, what
    `read_criteria_book` names, or `BookFaulty` with every fault at its cell.
    """
    try:
        data = read_small(source)
    except FileNotRead:
        shipped = shipped_document(str(source))
        if shipped is None:
            raise
        return shipped
    if not data.startswith(_WORKBOOKS):
        return data
    from exports.spreadsheets.criteria_book import read_criteria_book  # noqa: PLC0415

    schema = resources.tree("schemas/criteria-set.schema.json")
    book = read_criteria_book(data, source.name, schema, old_fonts=old_fonts)
    if book.faults:
        raise BookFaulty(book.faults, old_fonts=bool(book.old_texts) and old_fonts is OldFonts.ASK)
    return book.document()


def shipped_document(name: str) -> bytes | None:
    """The document of the set that ships under that name, or None."""
    return register.shipped_sets().get(name)


def tree_in(source: Path, old_fonts: OldFonts = OldFonts.ASK) -> Tree:
    """The tree of the set that `source` holds, in order. Raises as `document_in` and `register.check_set`."""
    document = document_in(source, old_fonts)
    register.check_set(document)
    tree: Tree = json.loads(document)
    return tree


_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
"""First bytes of .xlsx, and of the old or protected ones, which are refused by name."""


def document_of(office: Office, wanted: str) -> bytes:
    """The document of a set of the register, named as `register.find_set` has it; raises as that does."""
    digest = register.find_set(office, wanted).digest
    return json.dumps(register.current_kit(office).set_trees[digest]).encode()


def write_book(document: bytes, target: Path) -> CriteriaSet:
    """Write the set to the workbook `target`. Raises as `register.check_set`, or `FileNotWritten`."""
    criteria = register.check_set(document)
    write_tree(json.loads(document), target)
    return criteria


def write_tree(tree: Tree, target: Path) -> None:
    """Write a set, or a draft with what it lacks left empty, to the workbook `target`. Raises `FileNotWritten`."""
    from exports.spreadsheets.criteria_book import write_criteria_book  # noqa: PLC0415

    with new_file(target) as file:
        write_criteria_book(file, tree)


def propose_book(source: Path, target: Path, old_fonts: OldFonts) -> Proposal:
    """Read the published table in the workbook `source`, write the set that it proposes to the workbook `target`.

    Raises `FileNotRead`, `FileTooLarge`, what `propose` names, or `FileNotWritten`.
    """
    from exports.spreadsheets.proposal_book import write_proposal  # noqa: PLC0415

    proposal = _proposed(source, old_fonts)
    with new_file(target) as file:
        write_proposal(file, proposal)
    return proposal


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a published table: what it was taken for (a template), from which words, and what is doubtful.

    `criterion` is the id of the criterion that it became or belongs to, `HEAD_ID` before the first one.
    """

    number: str
    text: str
    code: str
    meaning: str
    criterion: str
    understood: tuple[Message, ...]
    doubts: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class TableRead:
    """What a published table proposes: the criteria, its rows, and what is doubtful of the whole."""

    tree: Tree
    rows: tuple[TableRow, ...]
    doubts: tuple[Message, ...]
    old_fonts: bool


def look_at_table(source: Path, old_fonts: OldFonts) -> TableRead:
    """What the published table in the workbook `source` proposes. Raises as `propose_book`."""
    from exports.spreadsheets.proposal_book import of_whole  # noqa: PLC0415

    proposal = _proposed(source, old_fonts)
    ids = {place.node["code"]: place.node["id"] for place in drafting.places(proposal.tree)}
    criterion = HEAD_ID
    rows = []
    for each in proposal.rows:  # a row without a number belongs to the criterion above it
        criterion = ids.get(each.code, criterion)
        said = tuple(each.understood), tuple(each.doubts)
        rows.append(TableRow(str(each.row), each.text, each.code, each.meaning.words, criterion, *said))
    asks = bool(proposal.old_texts) and old_fonts is OldFonts.ASK
    return TableRead(proposal.tree, tuple(rows), of_whole(proposal), asks)


def begin_proposed(office: Office, table: TableRead, name: str, year: int, level: Level) -> Draft:
    """Begin a draft with a proposal, its doubts at the criteria that they concern. Raises `NotTheProvince`."""
    template = msgid("Row {row} of the table, “{text}”: {doubt}")
    doubts = [DraftFault(HEAD_ID, (), message) for message in table.doubts]
    for row in table.rows:
        for doubt in row.doubts:
            values = {"row": row.number, "text": row.text[:60], "doubt": doubt}
            doubts.append(DraftFault(row.criterion, (), Message("table.row_doubt", template, values)))
    head = drafting.blank(authoring.new_id(), one_line(name), year, level.value)
    return authoring.draft_of_tree(office, {**head, **table.tree}, doubts=tuple(doubts))


def _proposed(source: Path, old_fonts: OldFonts) -> Proposal:
    from exports.spreadsheets.proposals import propose  # noqa: PLC0415

    return propose(read_small(source), source.name, old_fonts=old_fonts)


def compared(old: bytes, new: bytes) -> Difference:
    """What differs between two set documents. Raises as `register.check_set`."""
    return difference(register.check_set(old), register.check_set(new))


def hints_beside(office: Office | None, document: bytes) -> list[Message]:
    """`hints` beside the version before it, of the register or shipped; none where there is no such version."""
    found = hints(document, authoring.earlier(office, authoring.version_before(office, json.loads(document))))
    if office is not None and register.is_taken(register.current_kit(office), register.check_set(document)):
        found.append(_TAKEN)
    return found


_TAKEN: Final = Message(
    "criteria.version_held",
    "The register has other content under this version already: it enters the register only under a higher number.",
)


def hints(document: bytes, before: Iterable[Tree]) -> list[Message]:
    """What the author of a set in order should look at, beside those `before` it; nothing of it is a fault."""
    tree = json.loads(document)
    template = msgid("Criterion {code}: {hint}")
    return [
        Message(each.message.code, template, {"code": _code(tree, each), "hint": each.message})
        for each in stale_guidance(before, tree)
    ]


def _code(tree: Tree, hint: DraftFault) -> str:
    return str(drafting.holder(tree, hint.criterion)["code"])
