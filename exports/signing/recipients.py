"""The office's age recipient (X25519), to which files for it alone can be encrypted.

Its secret is derived from the signing key by HKDF-SHA-256, so that it needs no file and no passphrase of its
own; why, and what that means for tokens, stands in docs/decisions/0004-age-recipient-from-the-signing-key.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec
    from pyrage import x25519

_PURPOSE: Final = b"cchc age x25519 1"
_PREFIX_OF_SECRETS: Final = "age-secret-key-"
_LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def identity_of(key: ec.EllipticCurvePrivateKey) -> x25519.Identity:
    """The age identity that goes with the signing key; it decrypts what was encrypted to `recipient_of`."""
    from pyrage import x25519  # noqa: PLC0415 (used at enrolment and by encryption only)

    scalar = key.private_numbers().private_value.to_bytes(32, "big")
    secret = HKDF(hashes.SHA256(), 32, salt=None, info=_PURPOSE).derive(scalar)
    return x25519.Identity.from_str(_bech32(_PREFIX_OF_SECRETS, secret).upper())


def recipient_of(key: ec.EllipticCurvePrivateKey) -> str:
    """The public age recipient (``age1…``) that goes with the signing key."""
    return str(identity_of(key).to_public())


def _bech32(prefix: str, data: bytes) -> str:
    """BIP 173 form of `data` without the length limit, as age writes its keys."""
    bits = int.from_bytes(data, "big") << (-8 * len(data)) % 5
    count = -(-8 * len(data) // 5)
    values = [bits >> 5 * place & 31 for place in reversed(range(count))]
    spread = [*(ord(sign) >> 5 for sign in prefix), 0, *(ord(sign) & 31 for sign in prefix)]
    check = _checksum([*spread, *values, *[0] * 6]) ^ 1
    values += [check >> 5 * place & 31 for place in reversed(range(6))]
    return prefix + "1" + "".join(_LETTERS[value] for value in values)


def _checksum(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, factor in enumerate(_GENERATOR):
            if top >> place & 1:
                check ^= factor
    return check
