"""What is wrong with a draft, in words: at its field, and in one list that leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.domain import criteria_fields
from parindex_desktop.domain.criteria_fields import Form
from parindex_desktop.domain.draft_faults import NOT_ENTERED
from parindex_desktop.domain.drafting import HEAD_ID, holder
from parindex_desktop.domain.rule_ways import way_of
from ui.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parindex_desktop.domain.criteria_fields import Field
    from parindex_desktop.domain.draft_faults import DraftFault
    from parindex_desktop.domain.drafting import Tree
    from parindex_desktop.domain.messages import Message
    from parindex_desktop.domain.tree_shape import Path

Placed = tuple["Path", "Message"]
"""A path below what is shown, and what is wrong there."""


def below(faults: Iterable[DraftFault], criterion: str) -> list[Placed]:
    """What is wrong with one criterion, or with the head."""
    return [(each.field, each.message) for each in faults if each.criterion == criterion]


def words_of(faults: Iterable[Placed]) -> str:
    """The sentences, a line each."""
    return "\n".join(tr(message) for _, message in faults)


def is_wrong(faults: Iterable[Placed]) -> bool:
    """Whether something is wrong with a field, and not only missing."""
    return any(message is not NOT_ENTERED for _, message in faults)


def titled(node: Tree) -> str:
    """Code and title of a criterion, as far as they are entered."""
    title = node.get("title") or tr("(no title yet)")
    return f"{node.get('code', '')} {title}".strip()


def heading(tree: Tree, criterion: str) -> str:
    """What a fault is about: a criterion, or the set."""
    if criterion == HEAD_ID:
        return tree.get("name") or tr("General information")
    return titled(holder(tree, criterion))


def sentence(tree: Tree, fault: DraftFault) -> str:
    """A fault with the title of its field."""
    said = tr(fault.message)
    title = _field_title(holder(tree, fault.criterion), fault)
    return tr("{field}: {fault}", field=title, fault=said) if title else said


def _field_title(node: Tree, fault: DraftFault) -> str:
    path = fault.field
    fields: tuple[Field, ...] = criteria_fields.HEAD if fault.criterion == HEAD_ID else criteria_fields.LEAF
    words: list[str] = []
    if path[:1] == ("rule",):
        way = way_of(node.get("rule", {}))
        fields, path = (way.fields if way else ()), path[1:]
        if not path:
            return tr("Way of scoring")
    while path:
        found = next((each for each in fields if path[: len(each.key)] == each.key), None)
        if found is None:
            break
        words.append(tr(found.title))
        fields, path = found.columns, path[len(found.key) :]
        if found.form is Form.TABLE and path and isinstance(path[0], int):
            words.append(tr("row {number}", number=path[0] + 1))
            path = path[1:]
    return ", ".join(words)
