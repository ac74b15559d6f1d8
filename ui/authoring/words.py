"""What a set says of a criterion, in words: for who compares two versions and edits neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain import criteria_fields
from parindex_desktop.domain.criteria_fields import Form, value_at
from parindex_desktop.domain.drafting import group_of, place_of
from parindex_desktop.domain.rule_ways import way_of
from parindex_desktop.domain.set_versions import FIELDS, Aspect
from ui.authoring.faults import titled
from ui.authoring.values import shown_value
from ui.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex_desktop.domain.criteria_fields import Field
    from parindex_desktop.domain.drafting import Tree

_BY_NAME: Final = {each.key[0]: each for each in (*criteria_fields.LEAF, criteria_fields.BLOCK)}


def aspect_text(aspect: Aspect, tree: Tree, criterion: str) -> str:
    """What one version says of a criterion in one respect."""
    place = place_of(tree, criterion)
    match aspect:
        case Aspect.RULE:
            return rule_text(place.node.get("rule"))
        case Aspect.PLACE:
            return titled(group_of(tree, place)) if place.depth else tr("a field of its own")
        case _:
            shown = [field_line(_BY_NAME[name], place.node, named=False) for name in FIELDS[aspect]]
            return "\n".join(line for line in shown if line)


def head_text(field: Field, tree: Tree) -> str:
    """A field of the head in words."""
    return field_line(field, tree, named=False)


def rule_text(rule: Tree | None) -> str:
    """A rule, its way of scoring first, then a line for each of its fields."""
    way = way_of(rule) if rule else None
    if rule is None or way is None:
        return tr("no rule")
    lines = [field_line(field, rule, named=True) for field in way.fields]
    return "\n".join([tr(way.title), *(line for line in lines if line)])


def field_line(field: Field, holder: Tree, *, named: bool) -> str:
    """A field in words, with its title where it is `named`; the empty text where nothing is entered."""
    value = value_at(holder, field.key)
    if value is None or value == []:
        return ""
    text = (
        _table_text(field, value)
        if field.form is Form.TABLE
        else shown_value(field.form, value, field.choices)
    )
    return tr("{title}: {value}", title=tr(field.title), value=text) if named else text


def _table_text(field: Field, entries: Sequence[dict[str, Any]]) -> str:
    lines = []
    for entry in entries:
        cells = [field_line(column, entry, named=True) for column in field.columns]
        lines.append("\n– " + "; ".join(cell for cell in cells if cell))
    return "".join(lines)
