"""An office's signing key: ECDSA P-256 in a PKCS#12 file, and the fingerprint that people read out.

The file is encrypted with PBES2 (AES-256-CBC, PBKDF2 with HMAC-SHA-256) and guarded by a SHA-256 MAC, both
with 600,000 rounds. It holds the key alone: certificates are public and come with the kit.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, PublicFormat, pkcs12

from exports.signing import der, pkcs12_mac
from parindex_desktop import durable
from parindex_desktop.domain.errors import MachineError, UsageError, UserError, reason_of
from parindex_desktop.domain.messages import msgid

if TYPE_CHECKING:
    from pathlib import Path

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey
"""Of a signer: P-256 for the program's own keys, RSA for those on tokens."""

SPOKEN_DIGITS: Final = 32
_ROUNDS: Final = 600_000
_LARGEST_FILE: Final = 64 * 1024


class PassphraseUnusable(UsageError):
    """The passphrase is empty or is not text."""

    code = "key.passphrase_unusable"
    template = msgid("The passphrase is empty or has signs that are not text. Choose another one.")


class WrongPassphrase(UserError):
    """The passphrase does not open the key file."""

    code = "key.wrong_passphrase"
    template = msgid(
        "The passphrase does not open the key file “{name}”. Nothing has changed; type it again. If you are "
        "sure of it, the file is damaged: a province brings it back from the copy of its keys, any other office makes "
        "a new key and asks the province to enrol it."
    )


class KeyFileDamaged(UserError):
    """The file is not a key file of an office."""

    code = "key.file_damaged"
    template = msgid(
        "“{name}” is not a key file of this program, or it is damaged. Nothing has changed: a province "
        "brings it back from the copy of its keys, any other office makes a new key and asks the province to enrol it."
    )


class KeyFileUnreachable(MachineError):
    """The key file cannot be read or written."""

    code = "key.file_unreachable"
    template = msgid(
        "The key file “{name}” cannot be read or written ({detail}). Nothing has changed; check the disk."
    )


class FingerprintTooShort(UsageError):
    """Too few digits were typed to tell one key from another."""

    code = "key.fingerprint_too_short"
    template = msgid(
        "The office's key code has {needed} digits, only {count} were typed. "
        "Have the whole code read out again."
    )


def new_key() -> ec.EllipticCurvePrivateKey:
    """A new signing key."""
    return ec.generate_private_key(ec.SECP256R1())


def save_key(path: Path, key: ec.EllipticCurvePrivateKey, passphrase: str) -> None:
    """Write `key` to `path`, whole or not at all, readable by its owner alone where the system can say so.

    Raises `PassphraseUnusable` or `KeyFileUnreachable`.
    """
    data = key_file(key, passphrase)
    try:
        with durable.replacing(path, private=True) as file:
            file.write_bytes(data)
    except OSError as fault:
        raise KeyFileUnreachable(name=path.name, detail=reason_of(fault)) from fault


def key_file(key: ec.EllipticCurvePrivateKey, passphrase: str) -> bytes:
    """The content of a key file; raises `PassphraseUnusable`."""
    text = _usable(passphrase)
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(text.encode())
    )
    data = pkcs12.serialize_key_and_certificates(None, key, None, None, encryption)
    return pkcs12_mac.strengthened(data, text, _ROUNDS)


def load_key(path: Path, passphrase: str) -> ec.EllipticCurvePrivateKey:
    """Read the key in `path`.

    Raises `WrongPassphrase`, `KeyFileDamaged`, `KeyFileUnreachable` or `PassphraseUnusable`. A flipped bit in
    the encrypted part cannot be told from a wrong passphrase; the sentence of `WrongPassphrase` says so.
    """
    secret = _usable(passphrase).encode()
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except OSError as fault:
        raise KeyFileUnreachable(name=path.name, detail=reason_of(fault)) from fault
    try:
        der.only(data, der.SEQUENCE)
    except ValueError as fault:
        raise KeyFileDamaged(name=path.name) from fault
    try:
        key = pkcs12.load_key_and_certificates(data, secret)[0]
    except UnsupportedAlgorithm as fault:
        raise KeyFileDamaged(name=path.name) from fault
    except ValueError as fault:
        raise WrongPassphrase(name=path.name) from fault
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise KeyFileDamaged(name=path.name)
    return key


def fingerprint(public_key: PublicKey) -> str:
    """Name of a key: SHA-256 of its SubjectPublicKeyInfo, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(
        public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ).hexdigest()


def spoken(fingerprint: str) -> str:
    """What two people read to each other: the first 32 digits, in capitals, in groups of four."""
    digits = fingerprint[:SPOKEN_DIGITS].upper()
    return " ".join(digits[start : start + 4] for start in range(0, SPOKEN_DIGITS, 4))


def same_fingerprint(typed: str, fingerprint: str) -> bool:
    """Whether `typed`, in any case, with any blanks, colons or hyphens, is `fingerprint`.

    The 32 digits that are read out are enough, more must fit too. Raises `FingerprintTooShort` below 32.
    """
    digits = "".join(sign for sign in typed if not sign.isspace() and sign not in ":-").lower()
    if len(digits) < SPOKEN_DIGITS:
        raise FingerprintTooShort(needed=SPOKEN_DIGITS, count=len(digits))
    return fingerprint.startswith(digits)


def _usable(passphrase: str) -> str:
    # Unikey types the same word in several Unicode forms.
    text = unicodedata.normalize("NFC", passphrase)
    if not text or any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text):
        raise PassphraseUnusable
    return text
