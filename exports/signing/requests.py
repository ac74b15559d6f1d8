"""The signing request with which an office asks the province to enrol its key: PKCS#10 in PEM, a `.csr` file.

It carries the public key, the office's name, and the office's age recipient in an extension of our own. Its
own signature proves that the sender holds the key, and nothing else: whose key it is a person decides, by the
fingerprint heard over the telephone.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from exports.signing import der
from exports.signing.keys import fingerprint
from exports.signing.names import name_in, subject
from parindex_desktop.domain.errors import UserError
from parindex_desktop.domain.messages import msgid
from parindex_desktop.domain.text import TextTooLong

RECIPIENT_OID: Final = x509.ObjectIdentifier(f"2.25.{uuid.UUID('5f0a9a5e-6f0b-4f64-9d0c-6a3a4b1c7e21').int}")
"""Extension that holds the age recipient as a UTF8String."""

LARGEST: Final = 64 * 1024
_PEM: Final = b"-----BEGIN CERTIFICATE REQUEST-----"


class NotARequest(UserError):
    """The file is something else."""

    code = "request.not_a_request"
    template = msgid(
        "The file is not a signing request of this program. Nothing has changed; ask the office for the .csr "
        "file that its program made."
    )


class RequestIsCertificate(UserError):
    """A certificate was given instead."""

    code = "request.is_certificate"
    template = msgid(
        "The file is a certificate, not a signing request. Nothing has changed; ask the office for the .csr "
        "file that its program made."
    )


class RequestIsPrivateKey(UserError):
    """Somebody sent the secret key."""

    code = "request.is_private_key"
    template = msgid(
        "The file is a secret key, which must never leave its office. Nothing has changed; delete this copy, "
        "and have the office make a new key and send its .csr file."
    )


class RequestInvalid(UserError):
    """The request is damaged, or the sender does not hold the key."""

    code = "request.invalid"
    template = msgid(
        "The signing request is damaged: its signature does not fit. Nothing has changed; ask the office to "
        "make it again."
    )


class RequestUnsuitable(UserError):
    """The request lacks what enrolment needs."""

    code = "request.unsuitable"
    template = msgid(
        "The signing request cannot be used ({place}). Nothing has changed; ask the office to make it again "
        "with this program."
    )


@dataclass(frozen=True, slots=True)
class Request:
    """What an office asks for: to be known by `public_key`. The name is its own claim."""

    public_key: ec.EllipticCurvePublicKey
    name: str
    recipient: str
    fingerprint: str


def make_request(key: ec.EllipticCurvePrivateKey, name: str, recipient: str) -> bytes:
    """The request (PEM) of the office `name` for `key`, with its age recipient."""
    return (
        x509.CertificateSigningRequestBuilder()
        .subject_name(subject(name))
        .add_extension(
            x509.UnrecognizedExtension(RECIPIENT_OID, der.element(der.UTF8_TEXT, recipient.encode("ascii"))),
            critical=False,
        )
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.PEM)
    )


def read_request(data: bytes) -> Request:
    """Read the content of a `.csr` file, and check that its sender holds the key.

    Raises `NotARequest`, `RequestIsCertificate`, `RequestIsPrivateKey`, `RequestInvalid` or
    `RequestUnsuitable`.
    """
    _check_kind(data)
    try:
        request = x509.load_pem_x509_csr(data.strip())
        public_key = request.public_key()
        genuine = request.is_signature_valid
        extensions = request.extensions
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion, x509.DuplicateExtension) as fault:
        raise RequestInvalid from fault
    if not isinstance(public_key, ec.EllipticCurvePublicKey) or not isinstance(
        public_key.curve, ec.SECP256R1
    ):
        raise RequestUnsuitable(place="P-256")
    if not genuine:
        raise RequestInvalid
    return Request(public_key, _name(request.subject), _recipient(extensions), fingerprint(public_key))


def _check_kind(data: bytes) -> None:
    if b"PRIVATE KEY-----" in data:
        raise RequestIsPrivateKey
    if b"-----BEGIN CERTIFICATE-----" in data:
        raise RequestIsCertificate
    if len(data) > LARGEST or data.count(b"-----BEGIN ") != 1 or not data.strip().startswith(_PEM):
        raise NotARequest


def _name(subject: x509.Name) -> str:
    try:
        name = name_in(subject)
    except TextTooLong as fault:
        raise RequestUnsuitable(place="CN") from fault
    if not name:
        raise RequestUnsuitable(place="CN")
    return name


def _recipient(extensions: x509.Extensions) -> str:
    from pyrage import RecipientError, x25519  # noqa: PLC0415 (used at enrolment only)

    try:
        value = extensions.get_extension_for_oid(RECIPIENT_OID).value
        assert isinstance(value, x509.UnrecognizedExtension)
        text = der.only(value.value, der.UTF8_TEXT).content.decode("ascii")
        return str(x25519.Recipient.from_str(text))
    except (x509.ExtensionNotFound, ValueError, RecipientError) as fault:
        raise RequestUnsuitable(place="age") from fault
