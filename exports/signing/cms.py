"""The detached signature of a bundle: CMS with the attributes of CAdES-BES, in exactly one form.

`sign` lets pyHanko write it. `verify` does not ask what a signature may look like: it takes the few free
parts out (certificates, digest, claimed time, signature value), writes the whole structure anew and compares
the bytes. So version, algorithms, attributes, identifiers, order and lengths have one form each, and not a
byte of the file can differ unnoticed. Why this is not left to a library:
docs/decisions/0003-strict-signature-profile.md.

A signature that verifies says who signed, not whether that key is trusted: the register in the kit does.
"""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from exports.signing import der
from exports.signing.errors import SignatureForeignProfile, SignatureInvalid, SignerMissing
from exports.signing.keys import PublicKey, fingerprint
from parindex_desktop.domain.errors import MachineError
from parindex_desktop.domain.messages import msgid

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST: Final = 64 * 1024

_SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")
_DATA: Final = bytes.fromhex("06092a864886f70d010701")
_CONTENT_TYPE: Final = bytes.fromhex("06092a864886f70d010903")
_MESSAGE_DIGEST: Final = bytes.fromhex("06092a864886f70d010904")
_SIGNING_TIME: Final = bytes.fromhex("06092a864886f70d010905")
_SIGNING_CERTIFICATE: Final = bytes.fromhex("060b2a864886f70d010910022f")
_SHA256: Final = bytes.fromhex("300d06096086480165030402010500")
_ECDSA_SHA256: Final = bytes.fromhex("300a06082a8648ce3d040302")
_RSA_SHA256: Final = bytes.fromhex("300d06092a864886f70d01010b0500")
_ONE: Final = bytes.fromhex("020101")


class ClockBeyondSignatures(MachineError):
    """The computer's clock shows a year that a signature cannot state."""

    code = "signing.clock"
    template = msgid(
        "The clock of this computer says {year}, so nothing can be signed. Your data are safe; set date and "
        "time, then try again."
    )


@dataclass(frozen=True, slots=True)
class Signer:
    """Who made a signature that verifies, by its own account: `claimed_time` is shown, never believed."""

    certificate: x509.Certificate
    fingerprint: str
    claimed_time: datetime
    chain: tuple[x509.Certificate, ...]


@dataclass(frozen=True, slots=True)
class _Certificate:
    """The bytes of a certificate, and those of its parts that identify it."""

    whole: bytes
    issuer: bytes
    serial: bytes


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a signature that are free; all else follows from them."""

    certificates: list[_Certificate]
    signer: _Certificate
    digest: bytes
    time: bytes
    algorithm: bytes
    value: bytes


def sign(
    content: bytes,
    key: ec.EllipticCurvePrivateKey,
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
    signing_time: datetime,
) -> bytes:
    """Detached signature (DER) over `content`.

    `certificate` is that of `key`, `chain` leads from its issuer to a self-signed root (it may be empty).
    Raises `ClockBeyondSignatures`; and what `verify` raises, which has the last word on each new signature.
    """
    import asyncio  # noqa: PLC0415 (pyHanko costs a third of a second, and most runs sign nothing)

    from asn1crypto import keys as asn1_keys  # noqa: PLC0415
    from asn1crypto import x509 as asn1_x509  # noqa: PLC0415
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, SimpleSigner  # noqa: PLC0415
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

    # pyHanko logs what this program says in words of its own.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)

    moment = signing_time.astimezone(UTC).replace(microsecond=0)
    if not 1950 <= moment.year <= 2049:
        raise ClockBeyondSignatures(year=str(moment.year))
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call] # the library leaves it without annotation
    store.register_multiple(asn1_x509.Certificate.load(_der(link)) for link in chain)
    signer = SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(_der(certificate)),
        signing_key=asn1_keys.PrivateKeyInfo.load(
            key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        cert_registry=store,
    )
    signing = signer.async_sign_general_data(
        content,
        "sha256",
        detached=True,
        use_cades=True,
        signed_attr_settings=PdfCMSSignedAttributes(signing_time=moment),
    )
    signature: bytes = asyncio.run(signing).dump()
    verify(signature, content)
    return signature


def verify(signature: bytes, content: bytes) -> Signer:
    """Who signed `content`, as `signature` (DER) proves.

    Raises `SignerMissing`, `SignatureForeignProfile` or `SignatureInvalid`.
    """
    if len(signature) > LARGEST:
        raise SignatureForeignProfile(place="size")
    try:
        parts = _taken_apart(signature)
    except (ValueError, IndexError) as fault:
        raise SignatureForeignProfile(place="CMS") from fault
    attributes = _attributes(parts)
    if _put_together(parts, attributes) != signature:
        raise SignatureForeignProfile(place="CMS")
    if parts.digest != hashlib.sha256(content).digest():
        raise SignatureInvalid
    certificate = _loaded(parts.signer)
    public_key = _public_key(certificate)
    _check_value(public_key, parts, der.set_of(*attributes))
    chain = _chain(certificate, [_loaded(c) for c in parts.certificates if c is not parts.signer])
    return Signer(certificate, fingerprint(public_key), _time(parts.time), chain)


def _taken_apart(signature: bytes) -> _Parts:
    """The free parts; ValueError or IndexError where they cannot be found."""
    wrapped = der.children(der.only(signature, der.SEQUENCE).content)[1]
    signed_data = der.children(der.only(wrapped.content, der.SEQUENCE).content)
    if signed_data[3].tag != der.CONTEXT_0:
        raise SignerMissing
    certificates = [_certificate(choice) for choice in der.children(signed_data[3].content)]
    (info,) = der.children(signed_data[4].content)
    _version, identifier, _digest, attributes, algorithm, value = der.children(info.content)
    found = {}
    for attribute in der.children(attributes.content):
        kind, values = der.children(attribute.content)
        (found[kind.whole],) = der.children(values.content)
    try:
        digest, time = found[_MESSAGE_DIGEST].content, found[_SIGNING_TIME].content
    except KeyError as fault:
        raise ValueError("an attribute is missing") from fault
    if not re.fullmatch(rb"[0-9]{12}Z", time):
        raise ValueError("the time is not one in UTC")
    matching = [c for c in certificates if c.issuer + c.serial == identifier.content]
    if not matching:
        raise SignerMissing
    return _Parts(certificates, matching[0], digest, time, algorithm.whole, value.content)


def _certificate(choice: der.Element) -> _Certificate:
    to_be_signed, algorithm, value = der.children(choice.content)
    # Unused bits at the end of the value would not be covered by it.
    exact = der.element(der.BITS, b"\0", value.content[1:])
    if der.element(der.SEQUENCE, to_be_signed.whole, algorithm.whole, exact) != choice.whole:
        raise ValueError("the certificate is not in DER")
    _version, serial, _algorithm, issuer = der.children(to_be_signed.content)[:4]
    if serial.content[:1] >= b"\x80":
        raise ValueError("the serial number is negative")
    return _Certificate(choice.whole, issuer.whole, serial.whole)


def _attributes(parts: _Parts) -> list[bytes]:
    """The four signed attributes."""
    signer = parts.signer
    issuer = der.element(der.SEQUENCE, der.element(der.CONTEXT_4, signer.issuer))
    certificate_id = der.element(
        der.SEQUENCE,
        der.element(der.OCTETS, hashlib.sha256(signer.whole).digest()),
        der.element(der.SEQUENCE, issuer, signer.serial),
    )
    return [
        _attribute(_CONTENT_TYPE, _DATA),
        _attribute(_MESSAGE_DIGEST, der.element(der.OCTETS, parts.digest)),
        _attribute(_SIGNING_TIME, der.element(der.UTC_TIME, parts.time)),
        _attribute(
            _SIGNING_CERTIFICATE, der.element(der.SEQUENCE, der.element(der.SEQUENCE, certificate_id))
        ),
    ]


def _attribute(kind: bytes, value: bytes) -> bytes:
    return der.element(der.SEQUENCE, kind, der.set_of(value))


def _put_together(parts: _Parts, attributes: list[bytes]) -> bytes:
    """The one signature that has these parts."""
    info = der.element(
        der.SEQUENCE,
        _ONE,
        der.element(der.SEQUENCE, parts.signer.issuer, parts.signer.serial),
        _SHA256,
        der.set_of(*attributes, tag=der.CONTEXT_0),
        _RSA_SHA256 if parts.algorithm == _RSA_SHA256 else _ECDSA_SHA256,
        der.element(der.OCTETS, parts.value),
    )
    signed_data = der.element(
        der.SEQUENCE,
        _ONE,
        der.set_of(_SHA256),
        der.element(der.SEQUENCE, _DATA),
        der.set_of(*{certificate.whole for certificate in parts.certificates}, tag=der.CONTEXT_0),
        der.set_of(info),
    )
    return der.element(der.SEQUENCE, _SIGNED_DATA, der.element(der.CONTEXT_0, signed_data))


def _check_value(public_key: PublicKey, parts: _Parts, signed: bytes) -> None:
    """Raise `SignatureInvalid` unless the signature value is that of `public_key` over `signed`."""
    rsa_key = isinstance(public_key, rsa.RSAPublicKey)
    if rsa_key != (parts.algorithm == _RSA_SHA256):
        raise SignatureForeignProfile(place="algorithm")
    try:
        if isinstance(public_key, rsa.RSAPublicKey):
            public_key.verify(parts.value, signed, padding.PKCS1v15(), hashes.SHA256())
        else:
            public_key.verify(parts.value, signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as fault:
        raise SignatureInvalid from fault


def _loaded(certificate: _Certificate) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(certificate.whole)
    except (ValueError, x509.InvalidVersion) as fault:
        raise SignatureForeignProfile(place="X.509") from fault


def _public_key(certificate: x509.Certificate) -> PublicKey:
    """The signer's key, if of a kind that offices have: P-256, or on tokens RSA of 2,048 to 4,096 bits."""
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm) as fault:
        raise SignatureForeignProfile(place="key") from fault
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    if isinstance(key, rsa.RSAPublicKey) and 2048 <= key.key_size <= 4096:
        return key
    raise SignatureForeignProfile(place="key")


def _chain(certificate: x509.Certificate, others: list[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The certificates beside the signer's, in order up to a self-signed root.

    The signature covers the signer's certificate; each other one must be covered by the one above it and the
    last by itself, or it could be changed unnoticed. Raises `SignatureForeignProfile`.
    """
    chain = [certificate]
    while others:
        above = [other for other in others if _issued(chain[-1], by=other)]
        if len(above) != 1:
            raise SignatureForeignProfile(place="chain")
        others.remove(above[0])
        chain += above
    if len(chain) > 1 and not _issued(chain[-1], by=chain[-1]):
        raise SignatureForeignProfile(place="chain")
    return tuple(chain[1:])


def _issued(certificate: x509.Certificate, *, by: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(by)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def _time(text: bytes) -> datetime:
    """UTCTime: two digits of the year, from 1950 to 2049."""
    year, month, day, hour, minute, second = (int(text[at : at + 2]) for at in range(0, 12, 2))
    try:
        return datetime(year + (1900 if year >= 50 else 2000), month, day, hour, minute, second, tzinfo=UTC)
    except ValueError as fault:
        raise SignatureForeignProfile(place="signingTime") from fault


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
