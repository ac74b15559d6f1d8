"""The age recipient that goes with a signing key."""

from __future__ import annotations

import pyrage
from cryptography.hazmat.primitives.asymmetric import ec

from exports.signing import keys, recipients


def test_what_is_encrypted_to_the_office_only_its_key_opens() -> None:
    key, other = keys.new_key(), keys.new_key()
    sealed = pyrage.encrypt(b"rieng", [pyrage.x25519.Recipient.from_str(recipients.recipient_of(key))])
    assert pyrage.decrypt(sealed, [recipients.identity_of(key)]) == b"rieng"
    assert recipients.recipient_of(other) != recipients.recipient_of(key)


def test_the_derivation_never_changes() -> None:
    """A file encrypted years ago must still open: these are the values of the key whose secret number is 1."""
    key = ec.derive_private_key(1, ec.SECP256R1())
    assert recipients.recipient_of(key) == "age16xwdsrqhvcdfsvtatlrtwza3rzkadktu20a0k86gsgxs96pfd4zs9ueg8d"
