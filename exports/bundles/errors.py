"""Why a bundle is refused, one class for each reason; and what the machine could not do.

Reasons found in the signature are in `exports.signing.errors`, those in the revision in
`parindex_desktop.domain.revisions`.
"""

from __future__ import annotations

from parindex_desktop.domain.errors import BundleRefused, MachineError
from parindex_desktop.domain.messages import msgid


class NotABundle(BundleRefused):
    """The file is empty or something else."""

    code = "bundle.not_a_bundle"
    template = msgid(
        "“{name}” is not a bundle of this program, or it is empty. Nothing was taken in; "
        "choose a .cchc file, or ask the sender to copy it again."
    )


class Truncated(BundleRefused):
    """The file ends too early."""

    code = "bundle.truncated"
    template = msgid(
        "The bundle was cut short while it was copied, for example when the stick was pulled out too early. "
        "Nothing was taken in; copy it again from the sender's computer."
    )


class ContainerNotCanonical(BundleRefused):
    """The ZIP container differs from the one form that bundles have."""

    code = "bundle.container"
    template = msgid(
        "The bundle was changed or packed by another program (at {place}). Nothing was taken in; "
        "ask the sender to export it again with this program."
    )


class DuplicateEntry(BundleRefused):
    """Two entries have one name."""

    code = "bundle.duplicate_entry"
    template = msgid(
        "The bundle holds “{name}” twice, so somebody has tampered with it. Nothing was taken in; "
        "ask the sender to export it again and report this copy."
    )


class UnsafeName(BundleRefused):
    """An entry has a name that leads elsewhere."""

    code = "bundle.unsafe_name"
    template = msgid(
        "The bundle holds an entry with the forbidden name “{name}”, so somebody has tampered with it. "
        "Nothing was taken in; ask the sender to export it again and report this copy."
    )


class UnexpectedEntry(BundleRefused):
    """An entry does not belong into a bundle."""

    code = "bundle.unexpected_entry"
    template = msgid(
        "The bundle holds “{name}”, which does not belong there. Nothing was taken in; "
        "ask the sender to export it again with this program."
    )


class MissingEntry(BundleRefused):
    """An entry that must be there is not."""

    code = "bundle.missing_entry"
    template = msgid(
        "The bundle lacks “{name}”. Nothing was taken in; ask the sender to export it again with this "
        "program."
    )


class TooLarge(BundleRefused):
    """A part is larger than any honest one, or unpacks to more than it says."""

    code = "bundle.too_large"
    template = msgid(
        "A part of the bundle is larger than allowed ({place}). Nothing was taken in; "
        "ask the sender to export it again with this program."
    )


class TagFileNotCanonical(BundleRefused):
    """A file that describes the bundle differs from the one form that it has."""

    code = "bundle.tag_file"
    template = msgid(
        "The description inside the bundle is not in the agreed form ({place}). Nothing was taken in; "
        "ask the sender to export it again with this program."
    )


class DigestMismatch(BundleRefused):
    """Content differs from the digest that was signed for it."""

    code = "bundle.digest_mismatch"
    template = msgid(
        "The content of the bundle was damaged or changed after signing (at {place}). Nothing was taken in; "
        "copy it again from the sender's computer."
    )


class InfoDisagrees(BundleRefused):
    """The bundle says one thing outside and another inside."""

    code = "bundle.info_disagrees"
    template = msgid(
        "The bundle contradicts itself ({field}). Nothing was taken in; "
        "ask the sender to export it again with this program."
    )


class DiskFull(MachineError):
    """There is no room."""

    code = "files.disk_full"
    template = msgid(
        "There is not enough room in “{folder}” for {needed} bytes. Nothing was written and your data are "
        "safe; free some space, then try again."
    )


class FileTooLargeForStick(MachineError):
    """A FAT32 stick holds no file of 4 GB or more."""

    code = "files.fat32"
    template = msgid(
        "The bundle has {size} bytes, but the stick is formatted as FAT32, which holds no file of 4 GB or "
        "more. Nothing was written; use a stick formatted as exFAT or NTFS."
    )


class TargetNotWritable(MachineError):
    """The file cannot be written where it was asked for."""

    code = "files.target_not_writable"
    template = msgid(
        "“{name}” cannot be written ({detail}): the stick or disk is write-protected or was pulled out, or the "
        "folder is not yours. Nothing was left there and your data are safe; choose another place."
    )


class WriteNotVerified(MachineError):
    """What was read back is not what was written."""

    code = "files.write_not_verified"
    template = msgid(
        "The stick did not keep what was written to “{name}”: reading it back gave other bytes. Nothing was "
        "left there and your data are safe; use another stick."
    )


class SourceUnreadable(MachineError):
    """The bundle cannot be read from where it is."""

    code = "files.source_unreadable"
    template = msgid(
        "“{name}” cannot be read ({detail}): the stick was pulled out or is damaged. Nothing was taken in; "
        "copy the bundle again."
    )


class EvidenceDamaged(MachineError):
    """A file of the store is missing or no longer what its name says."""

    code = "files.evidence_damaged"
    template = msgid(
        "The stored evidence file {sha256} is missing or damaged. No bundle was written; attach the file "
        "again or bring it back from a backup."
    )


class SealDamaged(MachineError):
    """A kept seal is no longer what was taken in."""

    code = "files.seal_damaged"
    template = msgid(
        "What this office keeps of the bundle is damaged, so the bundle cannot be made again. Nothing was written; "
        "bring the data back from a backup."
    )
