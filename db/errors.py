"""What an office's storage may refuse, each with its sentence."""

from __future__ import annotations

from parindex_desktop.domain.errors import MachineError, UserError
from parindex_desktop.domain.messages import msgid


class DatabaseFull(MachineError):
    """The disk could not take the change."""

    code = "storage.disk_full"
    template = msgid(
        "The disk is full or cannot be written ({path}). What you just entered is not saved; "
        "everything before it is. Free some space, then enter it again."
    )


class DatabaseBusy(MachineError):
    """Something beside this program holds the database file."""

    code = "storage.busy"
    template = msgid(
        "Another program holds the data of this office ({path}). What you just entered is not saved; everything "
        "before it is. Close that program, then enter it again."
    )


class BackupNotMade(MachineError):
    """The copy that goes before a large change could not be made."""

    code = "storage.backup_not_made"
    template = msgid(
        "The automatic backup could not be made ({reason}), so nothing was begun and nothing has changed. Free some "
        "space on the disk, then try again."
    )


class BackupDamaged(MachineError):
    """An automatic backup cannot be read, so nobody knows which files it names."""

    code = "storage.backup_damaged"
    template = msgid(
        "The automatic backup “{name}” cannot be read, so it is not known which files it still needs. Nothing was "
        "removed; move it out of the folder “backups”, then try again."
    )


class DatabaseDamaged(MachineError):
    """The database file is not one, or is broken."""

    code = "storage.damaged"
    template = msgid(
        "The database of this office cannot be read ({path}). Nothing was changed. Keep the whole folder as it is, "
        "with its automatic copies, and ask whoever looks after this program for help."
    )


class DatabaseTooNew(UserError):
    """The home was used with a newer program."""

    code = "storage.too_new"
    template = msgid(
        "This office's data was last used with a newer program (version {version} of the data). "
        "Nothing was changed; start the newer program."
    )


class EvidenceMissing(MachineError):
    """A file that the database names is not in the store, or has changed."""

    code = "evidence.damaged"
    template = msgid(
        "A file of evidence in the store is missing or damaged ({sha256}); the rest is untouched. Attach it again from "
        "the original, or take the bundle that brought it in again."
    )


class EvidenceUnreadable(MachineError):
    """A file that the user chose cannot be read."""

    code = "evidence.unreadable"
    template = msgid(
        "The file “{name}” cannot be read ({reason}). Nothing was attached; check that it is still there and "
        "not open elsewhere."
    )


class EvidenceEmpty(UserError):
    """A file that the user chose has no content."""

    code = "evidence.empty"
    template = msgid(
        "The file “{name}” is empty (0 bytes). Nothing was attached; copy it again from where it was made."
    )


class StoreNotWritable(MachineError):
    """The disk would not take a file, and not for want of room."""

    code = "storage.not_writable"
    template = msgid(
        "“{name}” could not be stored ({reason}). Nothing of it was kept and nothing was lost; check the disk, "
        "then try again."
    )


class StoreFull(MachineError):
    """The disk has no room for a file."""

    code = "storage.no_room"
    template = msgid(
        "There is no room on the disk for “{name}”. Nothing of it was kept and nothing was lost; free some space, "
        "then try again."
    )
