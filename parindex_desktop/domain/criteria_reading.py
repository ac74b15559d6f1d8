"""Reading a criteria set that comes from outside: every fault is named at its place, then it is refused.

Three looks at one document: its values (integers and clean text only), its shape (the published JSON
Schema, which the caller hands in, because this layer opens no files), its meaning (`criteria_meaning`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.criteria import CriteriaSet
from parindex_desktop.domain.criteria_meaning import meaning_faults
from parindex_desktop.domain.errors import ManyFaults, UserError
from parindex_desktop.domain.json_trees import TreeUnreadable, read_tree
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.tree_shape import named_at, pointer, shape_faults

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.domain.tree_shape import Path

FORMAT: Final = 1
"""The newest format of a set that this program reads."""

LARGEST_DOCUMENT: Final = 4 * 1024 * 1024
"""Bytes of the largest set that is read; the shipped ones have about 50 thousand."""


class CriteriaSetFaulty(ManyFaults):
    """The document is no criteria set; `faults` names everything that is wrong, each at its place."""

    code = "criteria.faulty"
    template = msgid(
        "The criteria set was refused and nothing was taken over. Faults: {count}. The first: {first}"
    )


class CriteriaFormatTooNew(UserError):
    """The set was written by a newer program."""

    code = "criteria.format_too_new"
    template = msgid(
        "The criteria set has format {format}, this program reads up to format {known}. "
        "Nothing was taken over; install the newer program, then open the set again."
    )


def read_criteria_set(document: bytes, schema: Mapping[str, Any]) -> CriteriaSet:
    """The set that `document` holds; `schema` is the published JSON Schema of a set.

    Raises `CriteriaSetFaulty` with every fault, or `CriteriaFormatTooNew`.
    """
    try:
        tree, faults = read_tree(document, LARGEST_DOCUMENT)
    except TreeUnreadable as unreadable:
        raise CriteriaSetFaulty((unreadable.fault,)) from unreadable
    declared = tree.get("format") if isinstance(tree, dict) else None
    if type(declared) is int and declared > FORMAT:
        raise CriteriaFormatTooNew(format=str(declared), known=str(FORMAT))
    known = {path for path, _ in faults}
    faults += [fault for fault in shape_faults(tree, schema) if fault[0] not in known]
    faults += meaning_faults(tree, {path for path, _ in faults})
    if faults:
        faults.sort(key=lambda fault: [step if isinstance(step, int) else -1 for step in fault[0]])
        raise CriteriaSetFaulty(tuple(_placed(tree, path, message) for path, message in faults))
    return CriteriaSet.from_tree(tree)


def _placed(tree: object, path: Path, fault: Message) -> Message:
    """`fault` with its place: the path in the document and, below a criterion, its printed code."""
    code = named_at(tree, path, "code")
    values = {"place": pointer(path), "fault": fault}
    if code:
        return Message(fault.code, "Criterion {criterion} ({place}): {fault}", {**values, "criterion": code})
    return Message(fault.code, "{place}: {fault}", values)
