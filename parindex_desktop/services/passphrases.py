"""Another passphrase for the key of this machine; at the province its root key has the same one."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from exports.signing import keys
from parindex_desktop import durable
from parindex_desktop.domain.errors import MachineError, UsageError, reason_of
from parindex_desktop.domain.messages import msgid
from parindex_desktop.services import replacing_keys
from parindex_desktop.services.founding import check_passphrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.database import Session
    from parindex_desktop.services.homes import Office


OLD_COPIES: Final = msgid(
    "Copies of the key that were made before still open with the old passphrase: destroy them (a province makes new "
    "ones first). Another machine of this office has a key of its own: change its passphrase there."
)


class PassphraseSame(UsageError):
    """Nothing would change."""

    code = "passphrase.same"
    template = msgid("The new passphrase is the present one. Nothing was changed; choose another one.")


class PassphraseNotInPlace(MachineError):
    """It is decided, but not yet done."""

    code = "passphrase.not_in_place"
    template = msgid(
        "All of it is done and the new passphrase is decided, but the files of the key could not be replaced yet "
        "({reason}). Close the program and open it again: from then on the new passphrase holds, and only that one."
    )


@dataclass(frozen=True, slots=True)
class NewPassphrase:
    """The present passphrase of the key, and the one that it is to have."""

    old: str = field(repr=False)
    new: str = field(repr=False)


def change_passphrase(office: Office, change: NewPassphrase) -> None:
    """Protect the keys by the new passphrase from now on; copies made before still open with the old one.

    Raises `PassphraseTooShort`, `PassphraseSame`, `WrongPassphrase`, `KeyFileUnreachable`, `PassphraseNotInPlace`.
    """
    with changing(office, change) as decide, office.begin() as session:
        decide(session)


@contextmanager
def changing(office: Office, change: NewPassphrase) -> Iterator[Callable[[Session], None]]:
    """Have the keys ready under the new passphrase; the transaction within the block decides by what this gives.

    The keys follow the database: where the block fails before that transaction is committed, they stay as they are;
    where it fails afterwards, they change all the same. Raises as `change_passphrase`.
    """
    check_passphrase(change.new)
    if _typed(change.old) == _typed(change.new):
        raise PassphraseSame
    files = [path for path in (office.signing_key, office.root_key) if path.is_file()]
    contents = {path: keys.key_file(keys.load_key(path, change.old), change.new) for path in files}
    try:
        digests = durable.lay_ready(contents)
    except OSError as fault:
        with suppress(OSError):  # the next opening sweeps what could not be removed
            _settle(office)
        raise keys.KeyFileUnreachable(name=files[0].name, detail=reason_of(fault)) from fault

    def decide(session: Session) -> None:
        replacing_keys.decide(session, digests)
        office.write(session, "keys.passphrase", {})

    try:
        yield decide
    except BaseException:
        if replacing_keys.decided(office.database) == digests:
            _put_in_place(office)
        else:
            with suppress(OSError):
                _settle(office)
        raise
    _put_in_place(office)


def _typed(passphrase: str) -> str:
    # Unikey types the same word in several Unicode forms.
    return unicodedata.normalize("NFC", passphrase)


def _put_in_place(office: Office) -> None:
    try:
        _settle(office)
    except OSError as fault:
        raise PassphraseNotInPlace(reason=reason_of(fault)) from fault


def _settle(office: Office) -> None:
    replacing_keys.settle(office.database, office.signing_key.parent)
