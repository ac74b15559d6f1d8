"""The one root of everything the program may refuse, and its four kinds.

Each error says what happened, what it means for the user's data and what to do. Whatever is not a
`ParIndexError` is a bug of ours.
"""

from __future__ import annotations

import errno
from typing import ClassVar, Final

from parindex_desktop.domain.messages import Message, msgid


class ParIndexError(Exception):
    """Root of all errors that a user may meet; a subclass has its own `code` and English `template`."""

    code: ClassVar[str]
    template: ClassVar[str]

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.code, values)

    @property
    def message(self) -> Message:
        """The sentence for the user, not yet in a language."""
        return Message(self.code, self.template, self.values)

    def __str__(self) -> str:
        return f"{self.code}: {self.template.format_map(_Shown(self.values))}"


class UserError(ParIndexError):
    """Something the user did or asked for cannot be done as it stands; nothing has changed."""


class UsageError(UserError):
    """The command or form was filled in wrongly (exit status 2)."""


class MachineError(ParIndexError):
    """The machine could not: disk full, stick removed, home in use."""


class ManyFaults(UserError):
    """What was given has faults; `faults` names every one of them, each at its place.

    The template has places for their `count` and for the `first`.
    """

    def __init__(self, faults: tuple[Message, ...]) -> None:
        super().__init__(count=len(faults), first=faults[0])
        self.faults = faults


class BundleRefused(ParIndexError):
    """A bundle was refused; one subclass for each reason. Nothing of it was taken in."""


class Cancelled(ParIndexError):
    """The user cancelled; nothing has changed."""

    code = "cancelled"
    template = msgid("Cancelled. Nothing has changed.")


_REASONS: Final = {
    errno.ENOENT: Message("machine.not_there", "it is not there"),
    errno.EACCES: Message("machine.no_permission", "you have no permission, or another program holds it"),
    errno.EPERM: Message("machine.no_permission", "you have no permission, or another program holds it"),
    errno.EEXIST: Message("machine.exists", "something of that name is there already"),
    errno.ENOTDIR: Message("machine.not_a_folder", "a part of the path is not a folder"),
    errno.EISDIR: Message("machine.is_a_folder", "it is a folder"),
    errno.ENOSPC: Message("machine.full", "the disk is full"),
    errno.EDQUOT: Message("machine.full", "the disk is full"),
    errno.EROFS: Message("machine.read_only", "the disk is write-protected"),
    errno.ENAMETOOLONG: Message("machine.name_too_long", "the name is too long"),
    errno.EIO: Message("machine.broken", "the disk is damaged or was pulled out"),
    errno.ENODEV: Message("machine.broken", "the disk is damaged or was pulled out"),
    errno.ENXIO: Message("machine.broken", "the disk is damaged or was pulled out"),
    errno.EBUSY: Message("machine.busy", "it is in use"),
    errno.EMFILE: Message("machine.too_many_files", "too many files are open"),
}


def reason_of(fault: OSError) -> Message | str:
    """Why the machine could not, in a few words; its own code where nobody has met that before."""
    number = fault.errno or 0
    return _REASONS.get(number) or errno.errorcode.get(number, type(fault).__name__)


class _Shown(dict[str, object]):
    """Values for a log line: a place without a value stays visible instead of hiding the error."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
