"""Messages as plain values that JSON can hold, so that they are kept and still said in the reader's language."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from parindex_desktop.domain.messages import Message


def plain(value: object) -> Any:
    """`value`, a message or what stands in its places (all that `Message` names but a time of day), for JSON."""
    match value:
        case Message():
            values = {name: plain(each) for name, each in value.values.items()}
            return {"code": value.code, "template": value.template, "values": values}
        case Decimal():
            return {"decimal": str(value)}
        case date() if not isinstance(value, datetime):
            return {"date": value.isoformat()}
        case tuple() | list():
            return [plain(each) for each in value]
        case str() | int():
            return value
    raise TypeError(type(value).__name__)


def message_of(kept: Any) -> Message:
    """The message that `plain` made of one."""
    message = _value(kept)
    assert isinstance(message, Message), "only messages are kept"
    return message


def _value(kept: Any) -> object:
    match kept:
        case {"decimal": text}:
            return Decimal(text)
        case {"date": text}:
            return date.fromisoformat(text)
        case {"code": code, "template": template, "values": values}:
            return Message(code, template, {name: _value(each) for name, each in values.items()})
        case list():
            return tuple(_value(each) for each in kept)
    return kept
