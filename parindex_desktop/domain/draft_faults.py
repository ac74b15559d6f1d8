"""What is still wrong with a draft of a criteria set, each fault at the criterion and field that it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.criteria_meaning import meaning_faults
from parindex_desktop.domain.drafting import HEAD_ID, Tree
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.numbers import NotACount, read_amount
from parindex_desktop.domain.tree_shape import shape_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parindex_desktop.domain.tree_shape import Fault, Path


@dataclass(frozen=True, slots=True)
class DraftFault:
    """A fault of a criterion (`HEAD_ID`: of the set itself); `field` is the path below it, empty for all of it."""

    criterion: str
    field: Path
    message: Message


NOT_ENTERED: Final = Message("drafting.not_entered", "Not entered yet.")
_NO_CHILDREN: Final = Message("drafting.no_children", "There is no criterion here yet.")
SUM: Final = "criteria.sum"
"""Code of the fault that the parts of a group do not add up."""


def draft_faults(tree: Tree, schema: Mapping[str, Any]) -> list[DraftFault]:
    """Everything that keeps `tree` from being published, the head first, then in printed order.

    `schema` is the published JSON Schema of a set.
    """
    shape = shape_faults(tree, schema)
    found = [*shape, *meaning_faults(tree, {path for path, _ in shape})]
    found.sort(key=lambda fault: [step if isinstance(step, int) else -1 for step in fault[0]])
    return list(_placed(tree, found))


def _placed(tree: Tree, faults: list[Fault]) -> Iterator[DraftFault]:
    seen: set[tuple[str, Path]] = set()
    for path, message in faults:
        criterion, field, value = _owner(tree, path)
        said = _said(message, field, value)
        if said is NOT_ENTERED and message.code == "tree.field_missing":
            field = (*field, str(message.values["field"]))
            if (criterion, field) in seen:
                continue
            seen.add((criterion, field))
        yield DraftFault(criterion, field, said)


def _owner(tree: Tree, path: Path) -> tuple[str, Path, object]:
    """The criterion that a path leads to, what of the path is below it, and what stands at its end."""
    criterion, below = HEAD_ID, 0
    value: Any = tree
    for number, step in enumerate(path, start=1):
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
            break
        if isinstance(step, int) and isinstance(value, dict) and path[number - 2] in {"criteria", "children"}:
            criterion, below = value["id"], number
    return criterion, path[below:], value


def _said(message: Message, field: Path, value: object) -> Message:
    """The fault as who writes the set in the window understands it."""
    if field and field[-1] in {"children", "criteria"}:
        return _NO_CHILDREN
    if message.code in {"tree.field_missing", "tree.text_empty"} or value == []:
        return NOT_ENTERED
    match message.code:
        case "criteria.twice":
            values = {"code": message.values["text"]}
            return Message("drafting.code_twice", "Another criterion has the code “{code}” too.", values)
        case "tree.wrong_type" if isinstance(value, str):
            return NotACount(text=value[:60]).message
        case "tree.wrong_form" if isinstance(value, str):
            return _not_so(value, str(message.values["example"])) or message
    return message


def _not_so(text: str, example: str) -> Message | None:
    """What is wrong with a text that has not the form of `example`, in the words of an office."""
    match example:
        case "1.50" | "97.5":
            try:
                read_amount(text)
            except UserError as fault:
                return fault.message
            return Message("drafting.too_large", "“{text}” is more than a set can say here.", {"text": text})
        case "12-31":
            template = msgid("“{text}” is no day of a year. Write day/month, for example 31/12.")
            return Message("drafting.not_a_day", template, {"text": text})
        case "improved":
            template = msgid(
                "A formula cannot call it “{text}”. Use the letters a to z without accents, digits and _, beginning "
                "with a letter."
            )
            return Message("drafting.not_a_name", template, {"text": text})
    return None
