"""What of a criterion is not as it was in an older version of its set, in words: 80 → 85, not just “way of scoring”.

It goes by the same tables of fields that the forms of an author are made from (`criteria_fields`, `rule_ways`), so that
a new kind of rule is told here without a line of its own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain import criteria_fields
from parindex_desktop.domain.criteria_fields import Field, Form, value_at
from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.rule_ways import way_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Node = Mapping[str, Any]

_LONG: Final = 120
"""Characters from which a guidance or a title is only said to be worded anew."""
_SHORTENED: Final = frozenset({("title",), ("guidance",), ("source",)})
_BY_KEY: Final = {each.key: each for each in (*criteria_fields.LEAF, criteria_fields.BLOCK)}
_WAY: Final = msgid("Way of scoring")
_NONE: Final = Message("change.none", "none")


def field_changes(old: Node, new: Node, *names: str) -> Iterator[Message]:
    """What the fields of these `names` say otherwise in `new`, a criterion of a set file."""
    for name in names:
        yield from _changes(_BY_KEY[name,], value_at(old, (name,)), value_at(new, (name,)))


def rule_changes(old: Node | None, new: Node | None) -> Iterator[Message]:
    """What a rule scores otherwise; each figure of both has one value (`grades.resolved`)."""
    before, after = way_of(old) if old else None, way_of(new) if new else None
    if before != after:
        titles = [Message("change.way", way.title) if way else _NONE for way in (before, after)]
        yield _turned(_WAY, *titles)
    was, now = ({each.key: each for each in way.fields} if way else {} for way in (before, after))
    # Each rule is read by the fields of its own way: two ways may call quite different things by one name.
    for key in dict.fromkeys((*was, *now)):
        held = value_at(old or {}, key) if key in was else None
        value = value_at(new or {}, key) if key in now else None
        if key in was and key in now and not _alike(was[key], now[key]):
            yield from _changes(was[key], held, None)
            yield from _changes(now[key], None, value)
        else:
            yield from _changes(was.get(key) or now[key], held, value)


def _alike(one: Field, other: Field) -> bool:
    """Whether both fields hold the same kind of value."""
    return (one.form, one.columns) == (other.form, other.columns)


def place_change(old: str, new: str) -> Message:
    """Another heading that the criterion belongs to, each by its code and title; none where that is empty."""
    return _turned(msgid("Belongs to"), _quoted(old) if old else _NONE, _quoted(new) if new else _NONE)


def calendar_change() -> Message:
    """Other days off that a deadline in working days counts with."""
    return _otherwise(next(field for field in criteria_fields.HEAD if field.form is Form.DAYS))


def _changes(field: Field, old: Any, new: Any) -> Iterator[Message]:
    if old == new or (field.form in _FIGURES and None not in (old, new) and Decimal(old) == Decimal(new)):
        return
    if field.form is Form.TABLE:
        yield from list(_table_changes(field, old or [], new or [])) or [_otherwise(field)]
    elif field.form is Form.LINES:
        yield from list(_lines_changes(field, old or [], new or [])) or [_otherwise(field)]
    elif field.key in _SHORTENED and max(len(str(each or "")) for each in (old, new)) > _LONG:
        yield _otherwise(field)
    elif old is None:
        yield _added(field, _said(field, new))
    elif new is None:
        yield _taken_out(field, _said(field, old))
    else:
        yield _turned(field.title, _said(field, old), _said(field, new))


def _lines_changes(field: Field, old: Sequence[str], new: Sequence[str]) -> Iterator[Message]:
    yield from (_added(field, _quoted(line)) for line in new if line not in old)
    yield from (_taken_out(field, _quoted(line)) for line in old if line not in new)


def _table_changes(field: Field, old: Sequence[Node], new: Sequence[Node]) -> Iterator[Message]:
    """Entry by entry; those that have no namesake are held beside each other where there are as many."""
    before = {_name(field, entry): entry for entry in old}
    after = {_name(field, entry): entry for entry in new}
    pairs = [(before[name], entry) for name, entry in after.items() if name in before]
    gone = [entry for name, entry in before.items() if name not in after]
    come = [entry for name, entry in after.items() if name not in before]
    if len(gone) == len(come):
        pairs += zip(gone, come, strict=True)
        gone, come = [], []
    for was, entry in pairs:
        for column in field.columns:
            for change in _changes(column, value_at(was, column.key), value_at(entry, column.key)):
                values = {"title": _titled(field), "entry": _entry(field, was), "change": change}
                yield Message("change.entry", "{title}, {entry}: {change}", values)
    yield from (_added(field, _cells(field, entry)) for entry in come)
    yield from (_taken_out(field, _cells(field, entry)) for entry in gone)


def _name(field: Field, entry: Node) -> object:
    """What tells an entry of a table from the others: its id, or the first of its columns that it has."""
    if "id" in entry:
        return entry["id"]
    column = _first(field, entry)
    value = value_at(entry, column.key)
    return column.key, Decimal(value) if column.form in _FIGURES else value


def _first(field: Field, entry: Node) -> Field:
    return next(column for column in field.columns if value_at(entry, column.key) is not None)


def _entry(field: Field, entry: Node) -> Message:
    """What an entry is called: a text by itself, a figure with the title of its column."""
    column = next((each for each in field.columns if each.key == ("title",)), None) or _first(field, entry)
    said = _said(column, value_at(entry, column.key))
    return (
        _cell(column, said) if column.form in _FIGURES else Message("change.named", "{name}", {"name": said})
    )


def _cells(field: Field, entry: Node) -> tuple[Message, ...]:
    """A whole entry."""
    held = [(column, value_at(entry, column.key)) for column in field.columns]
    return tuple(_cell(column, _said(column, value)) for column, value in held if value is not None)


def _cell(column: Field, said: object) -> Message:
    return Message("change.cell", "{title} {value}", {"title": _titled(column), "value": said})


def _said(field: Field, value: Any) -> object:
    """A value as `resources.say` puts it into words."""
    match field.form:
        case Form.POINTS | Form.PERCENT:
            return Decimal(value)
        case Form.WHOLE:
            return int(value)
        case Form.CHOICE:
            return Message("change.choice", field.choices[value])
        case Form.MONTH_DAY:
            return "/".join(reversed(str(value).split("-")))
        case Form.OPTIONS:
            return tuple(f"{each['id']} = {each['title']}" for each in value)
        case _:
            return _quoted(value)


_FIGURES: Final = frozenset({Form.POINTS, Form.PERCENT, Form.WHOLE})


def _quoted(text: str) -> Message:
    return Message("change.text", "“{text}”", {"text": text})


def _titled(field: Field) -> Message:
    return Message("change.field", field.title)


def _turned(title: str, old: object, new: object) -> Message:
    values = {"title": Message("change.field", title), "old": old, "new": new}
    return Message("change.turned", "{title}: {old} → {new}", values)


def _added(field: Field, said: object) -> Message:
    return Message("change.added", "{title}: added {new}", {"title": _titled(field), "new": said})


def _taken_out(field: Field, said: object) -> Message:
    return Message("change.taken_out", "{title}: taken out {old}", {"title": _titled(field), "old": said})


def _otherwise(field: Field) -> Message:
    return Message("change.otherwise", "{title}: changed", {"title": _titled(field)})
