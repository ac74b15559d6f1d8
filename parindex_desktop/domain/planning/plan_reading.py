"""Reading a plan that comes from outside: every fault is named at its place, then it is refused.

Three looks, as at a criteria set: its values, its shape (the published JSON Schema, which the caller hands in), and its
meaning. Who leads is looked up by whoever has the register of units (`plan_meaning.party_faults`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.errors import ManyFaults, UserError
from parindex_desktop.domain.json_trees import TreeUnreadable, read_tree
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.planning.plan_meaning import meaning_faults
from parindex_desktop.domain.tree_shape import fits, named_at, pointer, shape_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parindex_desktop.domain.tree_shape import Fault, Path

FORMAT: Final = 1
"""The newest format of a plan that this program reads."""
LARGEST_DOCUMENT: Final = 4 * 1024 * 1024
"""Bytes of the largest plan that is read; those that ship have about 60 thousand."""


class PlanFaulty(ManyFaults):
    """The document is no plan; `faults` names everything that is wrong, each at its place."""

    code = "plan.faulty"
    template = msgid("The plan was refused and nothing was taken over. Faults: {count}. The first: {first}")


class PlanFormatTooNew(UserError):
    """The plan was written by a newer program."""

    code = "plan.format_too_new"
    template = msgid(
        "The plan has format {format}, this program reads up to format {known}. Nothing was taken over; install the "
        "newer program, then open the plan again."
    )


def read_plan_tree(document: bytes, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The tree of the plan in `document`; `Plan.read` takes it. Raises `PlanFaulty` or `PlanFormatTooNew`."""
    try:
        tree, faults = read_tree(document, LARGEST_DOCUMENT)
    except TreeUnreadable as unreadable:
        raise PlanFaulty((unreadable.fault,)) from unreadable
    declared = tree.get("format") if isinstance(tree, dict) else None
    if type(declared) is int and declared > FORMAT:
        raise PlanFormatTooNew(format=str(declared), known=str(FORMAT))
    faults = faults or plan_faults(tree, schema)
    if faults:
        raise PlanFaulty(tuple(placed(tree, faults)))
    checked: dict[str, Any] = tree
    return checked


def plan_faults(tree: Any, schema: Mapping[str, Any]) -> list[Fault]:
    """What is wrong in a tree of plain values: its shape or, where that is right, its meaning."""
    return shape_faults(tree, schema) or list(meaning_faults(tree))


def is_sound(document: bytes, schema: Mapping[str, Any]) -> bool:
    """Whether `document`, which another office wrote, is a plan without fault.

    It ends with the first fault: nobody is told them, and a liar must not keep a reader busy.
    """
    try:
        tree, faults = read_tree(document, LARGEST_DOCUMENT)
    except TreeUnreadable:
        return False
    return not faults and fits(tree, schema) and next(iter(meaning_faults(tree)), None) is None


def placed(tree: Any, faults: Iterable[Fault]) -> list[Message]:
    """Faults with their places: the path in the document and, below a task or target, its printed number."""
    return [_placed(tree, path, fault) for path, fault in faults]


def _placed(tree: Any, path: Path, fault: Message) -> Message:
    no = named_at(tree, path, "no")
    values = {"place": pointer(path), "fault": fault}
    if no:
        return Message(fault.code, "No. {no} ({place}): {fault}", {**values, "no": no})
    return Message(fault.code, "{place}: {fault}", values)
