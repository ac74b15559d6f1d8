"""The ids in a plan's tree: for life, and never in two plans, since progress names tasks and targets by them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_LISTS: Final = ("fields", "targets", "sections", "tasks", "duties", "budget")


def ids_of(tree: Mapping[str, Any]) -> Iterator[str]:
    """The id of the plan itself, and of every part of it; parties are no parts. The shape must be right."""
    yield tree["head"]["id"]
    for name in _LISTS:
        for node in tree.get(name, ()):
            yield node["id"]
            yield from (group["id"] for group in node.get("groups", ()))


def with_new_ids(tree: Mapping[str, Any], new_id: Callable[[], str]) -> dict[str, Any]:
    """The same plan as another document: every id of its own is a new one, wherever it stands."""
    new = {old: new_id() for old in ids_of(tree)}

    def renamed(node: Any) -> Any:
        match node:
            case dict():
                return {name: renamed(each) for name, each in node.items()}
            case list():
                return [renamed(each) for each in node]
            case str():
                return new.get(node, node)
        return node

    made: dict[str, Any] = renamed(tree)
    return made


def first_shared(trees: Iterable[Mapping[str, Any]]) -> str | None:
    """An id that stands in two of the plans; None where none does."""
    seen: set[str] = set()
    for tree in trees:
        own = set(ids_of(tree))
        if both := seen & own:
            return min(both)
        seen |= own
    return None
