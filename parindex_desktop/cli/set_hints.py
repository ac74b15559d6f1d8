"""What the author of a criteria set is told though it is no fault: guidance that does not fit the rule any more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from parindex_desktop.domain.messages import Message
from parindex_desktop.services import set_books
from parindex_desktop.services.homes import HomeInUse, HomeNotSetUp, open_home

if TYPE_CHECKING:
    from parindex_desktop.cli.context import Context


def hints(context: Context, document: bytes, since: bytes | None) -> list[Message]:
    """Beside the set `since`; without one beside the version before it, of the register or shipped."""
    if since is not None:
        return set_books.hints(document, [json.loads(since)])
    try:
        with open_home(context.home) as office:  # to look needs nobody by name
            return set_books.hints_beside(office, document)
    except HomeNotSetUp:
        return set_books.hints_beside(None, document)
    except HomeInUse:
        return [*set_books.hints_beside(None, document), _NOT_ASKED]


_NOT_ASKED: Final = Message(
    "criteria.register_not_asked",
    "The data of this office is open in another window, so the version before this one was not looked for in its "
    "register.",
)
