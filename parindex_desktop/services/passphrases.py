"""Another passphrase for the key of this machine; at the province its root key has the same one."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING

from exports.signing import keys
from parindex_desktop import durable
from parindex_desktop.domain.errors import MachineError, UsageError, reason_of
from parindex_desktop.domain.messages import msgid
from parindex_desktop.services.founding import check_passphrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.database import Session
    from parindex_desktop.services.homes import Office


class PassphraseSame(UsageError):
    """Nothing would change."""

    code = "passphrase.same"
    template = msgid("The new passphrase is the present one. Nothing was changed; choose another one.")


class PassphraseNotInPlace(MachineError):
    """It is decided, but not yet done."""

    code = "passphrase.not_in_place"
    template = msgid(
        "The new passphrase is stored but could not be put in its place ({reason}). Close the program and open it "
        "again: then it holds. Nothing else was changed."
    )


class PassphraseIsNew(MachineError):
    """What belonged to the change failed, and so did the way back of the keys."""

    code = "passphrase.is_new"
    template = msgid(
        "The rest could not be done, but the keys have the new passphrase already ({reason}). Keep the new one, see "
        "to the cause, then begin again with it; nothing else was changed."
    )


def change_passphrase(office: Office, old: str, new: str) -> None:
    """Protect the keys by `new` from now on; copies made before still open with `old`.

    Raises `PassphraseTooShort`, `PassphraseSame`, `WrongPassphrase`, `KeyFileUnreachable`, `PassphraseNotInPlace`.
    """
    with changing(office, old, new), office.begin() as session:
        journal_change(session, office)


def journal_change(session: Session, office: Office) -> None:
    """Tell the journal of another passphrase."""
    office.write(session, "keys.passphrase", {})


@contextmanager
def changing(office: Office, old: str, new: str) -> Iterator[None]:
    """The keys have the new passphrase within the block, and after it unless it fails.

    Raises as `change_passphrase`.
    """
    check_passphrase(new)
    if unicodedata.normalize("NFC", old) == unicodedata.normalize("NFC", new):
        raise PassphraseSame
    files = [path for path in (office.signing_key, office.root_key) if path.is_file()]
    opened = {path: keys.load_key(path, old) for path in files}
    before = {path: path.read_bytes() for path in files}
    try:
        durable.replace_together({path: keys.key_file(key, new) for path, key in opened.items()})
    except OSError as fault:
        if durable.is_undecided(office.signing_key.parent):
            raise keys.KeyFileUnreachable(name=files[0].name, detail=reason_of(fault)) from fault
        raise PassphraseNotInPlace(reason=reason_of(fault)) from fault
    try:
        yield
    except BaseException as failed:
        try:
            durable.replace_together(before)
        except OSError as fault:
            # A full disk that stopped the block may stop the way back as well; then nobody may believe in the old one.
            raise PassphraseIsNew(reason=reason_of(fault)) from failed
        raise
