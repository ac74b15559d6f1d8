"""The shape of a file of ours: its published JSON Schema, whose verdicts are sentences of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parindex_desktop.domain.messages import Message, msgid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonschema_rs import ValidationError

Path = tuple[str | int, ...]
Fault = tuple[Path, Message]
"""A place in the document, and what is wrong there."""

_TYPES: Final = {
    "string": Message("tree.type_text", "a text"),
    "integer": Message("tree.type_integer", "a whole number"),
    "array": Message("tree.type_list", "a list"),
    "object": Message("tree.type_object", "an object"),
}
_WRONG_FORM: Final = msgid("“{text}” does not have the form that is wanted here, for example “{example}”.")
_LIMITS: Final = {
    "minimum": msgid("The number must be at least {limit}."),
    "maximum": msgid("The number must be at most {limit}."),
    "maxLength": msgid("The text must have at most {limit} characters."),
    "minProperties": msgid("At least {limit} entry is needed here."),
    "maxProperties": msgid("Only {limit} of these ways may be used."),
    "minItems": msgid("The list needs at least {limit} entries."),
    "maxItems": msgid("The list must have at most {limit} entries."),
}


def shape_faults(tree: object, schema: Mapping[str, Any]) -> list[Fault]:
    """Where `tree` does not fit `schema`, each place and sentence once."""
    # Loaded only when a set is read from outside, never at program start.
    from jsonschema_rs import Draft202012Validator  # noqa: PLC0415

    examples = {
        form["pattern"]: form["examples"][0] for form in schema["$defs"].values() if "pattern" in form
    }
    faults: list[Fault] = []
    for error in Draft202012Validator(dict(schema)).iter_errors(tree):
        faults += [fault for fault in _faults(error, examples) if fault not in faults]
    return faults


def fits(tree: object, schema: Mapping[str, Any]) -> bool:
    """Whether `tree` fits `schema`; ends with the first place that does not, where nobody is to be told all of them."""
    from jsonschema_rs import Draft202012Validator  # noqa: PLC0415 (as above)

    return bool(Draft202012Validator(dict(schema)).is_valid(tree))


def named_at(tree: object, path: Path, name: str) -> str:
    """The text of the field `name` of the innermost object on `path` that has one; empty where none has."""
    found = ""
    node: Any = tree
    for step in path:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(node, dict) and isinstance(node.get(name), str):
            found = node[name][:60]
    return found


def pointer(path: Path) -> str:
    """`path` as an author finds it in the file: /criteria/0/children/3/maximum."""
    return "/" + "/".join(_short(step) for step in path)


def _faults(error: ValidationError, examples: Mapping[str, str]) -> list[Fault]:
    path: Path = tuple(error.instance_path)
    keyword = error.kind.name
    verdict: Any = error.kind
    match keyword:
        case "additionalProperties":
            return [((*path, field), _unknown_field(field)) for field in verdict.unexpected]
        case "falseSchema":
            message = _unknown_field(str(path[-1]))
        case "enum" | "const":
            message = _not_offered(path, error)
        case "required":
            values = {"field": verdict.property}
            message = Message("tree.field_missing", "The field “{field}” is missing.", values)
        case "type":
            values = {"wanted": _TYPES[verdict.types[0]]}
            message = Message("tree.wrong_type", "What belongs here is {wanted}.", values)
        case "minLength":
            message = Message("tree.text_empty", "The text is empty.")
        case "pattern":
            values = {"text": _short(error.instance), "example": examples[verdict.pattern]}
            message = Message("tree.wrong_form", _WRONG_FORM, values)
        case _:
            message = Message("tree.limit", _LIMITS[keyword], {"limit": verdict.limit})
    return [(path, message)]


def _unknown_field(field: str) -> Message:
    return Message(
        "tree.field_unknown", "The field “{field}” does not belong here.", {"field": _short(field)}
    )


def _not_offered(path: Path, error: ValidationError) -> Message:
    verdict: Any = error.kind
    options = verdict.options if error.kind.name == "enum" else [verdict.expected_value]
    values = {"text": _short(error.instance), "options": tuple(options)}
    if path[-2:] == ("rule", "kind"):
        return Message(
            "criteria.rule_unknown", "The rule “{text}” is not known. Known are: {options}.", values
        )
    return Message("tree.not_offered", "“{text}” is none of: {options}.", values)


def _short(value: object) -> str:
    return str(value)[:60]
