"""The MAC of a PKCS#12 file, made anew with as many rounds as its encryption.

`cryptography` writes the MAC with 2,048 rounds whatever it is asked for. Guessing passphrases against the
MAC would then be 300 times cheaper than against the encryption, and the rounds of the latter would protect
nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Final

from exports.signing import der

_SHA256: Final = bytes.fromhex("300d06096086480165030402010500")
_BLOCK: Final = 64
_MAC_KEY: Final = b"\x03"


def strengthened(data: bytes, passphrase: str, rounds: int) -> bytes:
    """The PKCS#12 file `data` with a SHA-256 MAC of `rounds` rounds (RFC 7292, section 4)."""
    version, auth_safe, _weak_mac = der.children(der.only(data, der.SEQUENCE).content)
    _kind, wrapped = der.children(auth_safe.content)
    content = der.only(wrapped.content, der.OCTETS).content
    salt = os.urandom(32)
    mac = hmac.digest(_mac_key(passphrase, salt, rounds), content, "sha256")
    digits = rounds.to_bytes(rounds.bit_length() // 8 + 1, "big")
    mac_data = der.element(
        der.SEQUENCE,
        der.element(der.SEQUENCE, _SHA256, der.element(der.OCTETS, mac)),
        der.element(der.OCTETS, salt),
        der.element(der.INTEGER, digits),
    )
    return der.element(der.SEQUENCE, version.whole, auth_safe.whole, mac_data)


def _mac_key(passphrase: str, salt: bytes, rounds: int) -> bytes:
    """RFC 7292, B.2, for the one block that a SHA-256 MAC needs."""
    password = (passphrase + "\0").encode("utf-16-be")
    digest = hashlib.sha256(_MAC_KEY * _BLOCK + _filled(salt) + _filled(password)).digest()
    for _ in range(rounds - 1):
        digest = hashlib.sha256(digest).digest()
    return digest


def _filled(text: bytes) -> bytes:
    size = -(-len(text) // _BLOCK) * _BLOCK
    return (text * (size // len(text) + 1))[:size]
