"""Criteria sets as workbooks: written, taken over again, proposed from a published table, compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import resources
from parindex_desktop.domain.criteria_reading import CriteriaSetFaulty
from parindex_desktop.domain.legacy import OldFonts
from parindex_desktop.domain.set_versions import difference
from parindex_desktop.services import register
from parindex_desktop.services.files import FileNotRead, new_file, read_small

if TYPE_CHECKING:
    from pathlib import Path

    from exports.spreadsheets.proposals import Proposal
    from parindex_desktop.domain.criteria import CriteriaSet
    from parindex_desktop.domain.set_versions import Difference
    from parindex_desktop.services.homes import Office

# openpyxl takes a tenth of a second to import: only where a workbook is read or written.


def document_in(source: Path, old_fonts: OldFonts = OldFonts.ASK) -> bytes:
    """The set document that `source` holds: a workbook, a set file, or the name of a set that ships.

    A document may still be faulty; a workbook was checked. Raises `FileNotRead`, `FileTooLarge`, what
    `read_criteria_book` names, or `CriteriaSetFaulty` with every fault at its cell.
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
        raise CriteriaSetFaulty(book.faults)
    return book.document()


def shipped_document(name: str) -> bytes | None:
    """The document of the set that ships under that name, or None."""
    return register.shipped_sets().get(name)


_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
"""First bytes of .xlsx, and of the old or protected ones, which are refused by name."""


def document_of(office: Office, wanted: str) -> bytes:
    """The document of a set of the register, named as `register.find_set` has it; raises as that does."""
    digest = register.find_set(office, wanted).digest
    return json.dumps(register.current_kit(office).set_trees[digest]).encode()


def write_book(document: bytes, target: Path) -> CriteriaSet:
    """Write the set to the workbook `target`. Raises as `register.check_set`, or `FileNotWritten`."""
    from exports.spreadsheets.criteria_book import write_criteria_book  # noqa: PLC0415

    criteria = register.check_set(document)
    with new_file(target) as file:
        write_criteria_book(file, json.loads(document))
    return criteria


def propose_book(source: Path, target: Path, old_fonts: OldFonts) -> Proposal:
    """Read the published table in the workbook `source`, write the set that it proposes to the workbook `target`.

    Raises `FileNotRead`, `FileTooLarge`, what `propose` names, or `FileNotWritten`.
    """
    from exports.spreadsheets.proposal_book import write_proposal  # noqa: PLC0415
    from exports.spreadsheets.proposals import propose  # noqa: PLC0415

    proposal = propose(read_small(source), source.name, old_fonts=old_fonts)
    with new_file(target) as file:
        write_proposal(file, proposal)
    return proposal


def compared(old: bytes, new: bytes) -> Difference:
    """What differs between two set documents. Raises as `register.check_set`."""
    return difference(register.check_set(old), register.check_set(new))
