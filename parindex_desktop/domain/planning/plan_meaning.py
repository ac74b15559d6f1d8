"""What a plan must hold beyond its shape: ids that stand once, days that exist, fields and groups that are there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.messages import Message, msgid
from parindex_desktop.domain.planning.deadlines import DeadlineKind
from parindex_desktop.domain.planning.registers import FEEDS
from parindex_desktop.domain.planning.targets import Against, Measure
from parindex_desktop.domain.text import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from parindex_desktop.domain.tree_shape import Fault, Path

Node = dict[str, Any]

_LISTS: Final = ("fields", "targets", "sections", "tasks", "duties", "budget")
_NEEDED: Final = {
    DeadlineKind.PREVIOUS_YEAR: "day",
    DeadlineKind.IN_YEAR: "day",
    DeadlineKind.NEXT_YEAR: "day",
    DeadlineKind.ABSOLUTE: "on",
    DeadlineKind.FROM_YEAR: "year",
    DeadlineKind.AFTER_EVENT: "event",
}
"""The field that each kind of deadline cannot do without."""
_FIELD_MISSING: Final = msgid("The field “{field}” is missing.")


def meaning_faults(tree: Node) -> Iterator[Fault]:
    """What a plan whose shape is right says wrongly."""
    yield from _head_faults(tree)
    yield from _double_faults(tree)
    yield from _calendar_faults(tree)
    fields = {each["id"] for each in tree.get("fields", ())}
    groups = {
        each["id"] for section in tree.get("sections", ()) for each in (section, *section.get("groups", ()))
    }
    targets = {each["id"] for each in tree.get("targets", ())}
    working = bool(tree.get("calendar"))
    for index, target in enumerate(tree.get("targets", ())):
        yield from _target_faults(("targets", index), target, fields)
    for index, task in enumerate(tree.get("tasks", ())):
        place = ("tasks", index)
        yield from _deadline_faults((*place, "deadline"), task["deadline"], working=working)
        if task["group"] not in groups:
            yield (
                (*place, "group"),
                _not_there(msgid("No section or group has the id “{id}”."), task["group"]),
            )
        for number, each in enumerate(task.get("targets", ())):
            if each not in targets:
                yield (*place, "targets", number), _not_there(msgid("No target has the id “{id}”."), each)


def party_faults(tree: Node, known: Container[str]) -> Iterator[Fault]:
    """Who leads or supports without being `known` as a unit or a body, by id."""
    for name, part in (
        ("fields", "leads"),
        ("fields", "supports"),
        ("targets", "reported_by"),
        ("tasks", "leads"),
        ("tasks", "supports"),
        ("duties", "parties"),
    ):
        for index, node in enumerate(tree.get(name, ())):
            for number, party in enumerate(node.get(part, ())):
                if party.get("id") not in known:
                    template = msgid(
                        "“{name}” is neither a unit nor another organisation of the register. Choose one, or enter it "
                        "there first."
                    )
                    message = Message("plan.party_unknown", template, {"name": party["name"]})
                    yield (name, index, part, number), message


def with_parties(tree: Node, found: Callable[[str], str | None]) -> Node:
    """`tree` in which every party without an id has the one that is `found` by its name, where one is."""

    def completed(node: Any) -> Any:
        if isinstance(node, list):
            return [completed(each) for each in node]
        if not isinstance(node, dict):
            return node
        if node.keys() == {"name"} and (id_ := found(node["name"])) is not None:
            return {**node, "id": id_}
        return {name: completed(each) for name, each in node.items()}

    plain: Node = completed(tree)
    return plain


def without_strangers(tree: Node, known: Container[str]) -> Node:
    """`tree` in which parties whose id nobody here knows, as in another province's plan, have their name alone."""

    def cleaned(node: Any) -> Any:
        if isinstance(node, list):
            return [cleaned(each) for each in node]
        if not isinstance(node, dict):
            return node
        if node.keys() == {"name", "id"} and node["id"] not in known:
            return {"name": node["name"]}
        return {name: cleaned(each) for name, each in node.items()}

    plain: Node = cleaned(tree)
    return plain


def name_key(name: str) -> str:
    """A name as it is compared: two spellings of “và”, of accents and of dashes are one office."""
    return " ".join(folded(name).replace("-", " va ").replace("&", " va ").split())


def _head_faults(tree: Node) -> Iterator[Fault]:
    head = tree["head"]
    if head["last"] < head["first"]:
        values = {"first": str(head["first"]), "last": str(head["last"])}
        template = msgid("The plan ends in {last}, before it begins in {first}.")
        yield ("head", "last"), Message("plan.years_reversed", template, values)
    if "issued" in head and not _is_day(head["issued"]):
        yield ("head", "issued"), _no_day(head["issued"])
    if "report_day" in head and not _is_day(f"2024-{head['report_day']}"):
        yield ("head", "report_day"), _no_day(head["report_day"])
    if head["kind"] == "campaign" and "award" not in tree:
        yield (), Message("tree.field_missing", _FIELD_MISSING, {"field": "award"})


def _double_faults(tree: Node) -> Iterator[Fault]:
    ids: set[str] = set()
    nodes: list[tuple[Path, Node]] = [
        ((name, index), node) for name in _LISTS for index, node in enumerate(tree.get(name, ()))
    ]
    for index, node in enumerate(tree.get("sections", ())):
        nodes += [
            (("sections", index, "groups", number), each)
            for number, each in enumerate(node.get("groups", ()))
        ]
    for path, node in nodes:
        if node["id"] in ids:
            yield (*path, "id"), Message("plan.id_twice", "This id stands in the plan twice.")
        ids.add(node["id"])
    for name in ("fields", "tasks", "sections", "duties"):
        numbers: set[str] = set()
        for index, node in enumerate(tree.get(name, ())):
            if node["no"] in numbers:
                message = Message("plan.no_twice", "The number {no} stands here twice.", {"no": node["no"]})
                yield (name, index, "no"), message
            numbers.add(node["no"])


def _calendar_faults(tree: Node) -> Iterator[Fault]:
    for year, lists in tree.get("calendar", {}).items():
        for name, days in lists.items():
            for index, day in enumerate(days):
                if not _is_day(day) or not day.startswith(year):
                    values = {"day": day, "year": year}
                    message = Message("plan.not_in_year", "“{day}” is no day of {year}.", values)
                    yield ("calendar", year, name, index), message


def _target_faults(path: Path, target: Node, fields: Container[str]) -> Iterator[Fault]:
    if "field" in target and target["field"] not in fields:
        yield (*path, "field"), _not_there(msgid("No field of the plan has the id “{id}”."), target["field"])
    needed = {Measure.NUMBER.value: "limits", Measure.GROUP.value: "groups"}.get(target["measure"])
    if needed and needed not in target:
        yield path, Message("tree.field_missing", _FIELD_MISSING, {"field": needed})
    if target.get("against") == Against.BASE_YEAR and "base_year" not in target:
        yield path, Message("tree.field_missing", _FIELD_MISSING, {"field": "base_year"})
    if "register" in target and target["register"] not in FEEDS:
        yield (
            (*path, "register"),
            _not_there(msgid("No register gives the figure “{id}”."), target["register"]),
        )
    seen: set[tuple[str | None, int | None]] = set()
    for index, limit in enumerate(target.get("limits", ())):
        if "up_to" in limit and Decimal(limit["up_to"]) < Decimal(limit["number"]):
            message = Message(
                "plan.roadmap_reversed", "A roadmap goes from the smaller number to the larger."
            )
            yield (*path, "limits", index, "up_to"), message
        key = limit.get("level"), limit.get("year")
        if key in seen:
            message = Message("plan.limit_twice", "This level and year have a number already.")
            yield (*path, "limits", index), message
        seen.add(key)


def _deadline_faults(path: Path, deadline: Node, *, working: bool) -> Iterator[Fault]:
    needed = _NEEDED.get(DeadlineKind(deadline["kind"]))
    if needed and needed not in deadline:
        yield path, Message("tree.field_missing", _FIELD_MISSING, {"field": needed})
    if "on" in deadline and not _is_day(deadline["on"]):
        yield (*path, "on"), _no_day(deadline["on"])
    if "day" in deadline and not _is_day(f"2024-{deadline['day']}"):
        yield (*path, "day"), _no_day(deadline["day"])
    if deadline.get("days_are") == "working" and not working:
        template = msgid("The deadline counts working days, but the plan has no holidays (field “calendar”).")
        yield (*path, "days_are"), Message("plan.no_calendar", template)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _no_day(text: str) -> Message:
    return Message("plan.no_such_day", "The calendar has no day “{day}”.", {"day": text})


def _not_there(template: str, id_: str) -> Message:
    return Message("plan.not_there", template, {"id": id_})
