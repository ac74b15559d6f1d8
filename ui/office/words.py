"""What the page says of levels, of the key's standing, and of a check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex_desktop.services.standing import Enrolment
from resources import msgid
from ui.language import tr
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.progress import size_text
from ui.widgets.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parindex_desktop.services.releasing import Room
    from parindex_desktop.services.standing import Standing
    from parindex_desktop.services.upkeep import Findings

ENROLMENTS: Final[Mapping[Enrolment, Sign]] = {
    Enrolment.NO_KIT: Sign(msgid("Waiting for the kit"), Tone.CARE, Icon.WARNING),
    Enrolment.UNKNOWN: Sign(msgid("Key not enrolled yet"), Tone.CARE, Icon.WARNING),
    Enrolment.ENROLLED: Sign(msgid("Key enrolled"), Tone.GOOD, Icon.COMPLETE),
    Enrolment.REVOKED: Sign(msgid("Key revoked"), Tone.WRONG, Icon.REFUSED),
    Enrolment.PROVINCE: Sign(msgid("Province's own key"), Tone.GOOD, Icon.COMPLETE),
}

BACKUPS: Final[Mapping[str, str]] = {
    "lock": msgid("before locking"),
    "import": msgid("before taking in"),
    "sheet": msgid("before a spreadsheet was taken over"),
    "migration": msgid("before an update of the program"),
    "manual": msgid("by hand"),
}


def enrolment_sentence(standing: Standing) -> str:
    """What the standing of the key means for the office, and what to do."""
    match standing.enrolment:
        case Enrolment.NO_KIT:
            return tr(
                "Save the signing request and send it to the province, read the key code over the telephone, then "
                "open the kit that you get back."
            )
        case Enrolment.UNKNOWN:
            return tr(
                "You can fill in the form, but not hand over yet: the kit held here does not have this machine's key. "
                "Send the signing request, read the key code over the telephone, and open the newer kit."
            )
        case Enrolment.ENROLLED:
            return tr(
                "The province has enrolled this machine's key from {date} on. You can hand over.",
                date=standing.since,
            )
        case Enrolment.REVOKED:
            return tr(
                "The province has revoked this machine's key ({reason}). What you entered is safe, but nothing can be "
                "handed over with it. Ask the province how to go on.",
                reason=standing.reason,
            )
        case Enrolment.PROVINCE:
            return tr(
                "Every office compares this code before it believes a kit. Read it out when they telephone."
            )


def grouped(code: str) -> str:
    """A key code in two lines of four groups, as it is read out."""
    groups = code.split()
    return "\n".join("   ".join(groups[start : start + 4]) for start in range(0, len(groups), 4))


def journal_words(rows: int, fault: int | None) -> str:
    """How the journal is."""
    if fault is None:
        return tr("Journal: intact")
    return tr("Journal: damaged from row {row} of {rows} on", row=fault, rows=rows)


def room_sentence(room: Room) -> str:
    """The room that could be had on the disk."""
    return tr(
        "{files} files of evidence ({size}) are named by nothing any more, not even by a backup.",
        files=room.files,
        size=size_text(room.bytes),
    )


def findings_sentence(found: Findings) -> str:
    """What a whole check found."""
    if found.sound:
        return tr(
            "Everything is whole: {rows} rows of the journal, {revisions} signed versions, {files} files.",
            rows=found.journal_rows,
            revisions=found.revisions,
            files=found.files,
        )
    nameless = set(found.damaged_evidence) - {each.sha256 for each in found.missing}
    if found.journal_fault is None and not found.damaged_revisions and not nameless:
        return "\n".join(tr(each.message) for each in found.missing)
    return tr(
        "{journal}; {revisions} signed versions and {files} files are damaged. Stop working on this machine, and bring "
        "the office back from a backup.",
        journal=journal_words(found.journal_rows, found.journal_fault),
        revisions=len(found.damaged_revisions),
        files=len(found.damaged_evidence),
    )
