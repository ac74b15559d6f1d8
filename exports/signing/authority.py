"""The province as a small X.509 authority, for whoever checks bundles with foreign tools.

Inside the program the register in the kit decides whom a key speaks for (docs/format.md, “Trust”); the
certificates made here let `openssl cms -verify` come to the same end with nothing but the root. The root key
signs certificates and nothing else: the province signs its bundles with a key of its own, like any office.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID

from exports.signing.keys import PublicKey, new_key
from exports.signing.names import subject

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

_ROOT_LIFE: Final = timedelta(days=7305)
"""Twenty years."""


def new_authority(name: str, valid_from: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """A new root key and its self-signed certificate for the province `name`, valid for twenty years."""
    key = new_key()
    public = key.public_key()
    certificate = (
        _builder(subject(name), public, valid_from, valid_from + _ROOT_LIFE)
        .issuer_name(subject(name))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )
    return key, certificate


def issue(
    root_key: ec.EllipticCurvePrivateKey,
    root: x509.Certificate,
    public_key: PublicKey,
    *,
    name: str,
    unit_id: str,
    valid_from: datetime,
    valid_to: datetime,
) -> x509.Certificate:
    """Certificate of an office's signing key.

    `name` is the office's (see `names` for long ones), `unit_id` its UUID in the register; the times must lie
    within those of `root`.
    """
    if not root.not_valid_before_utc <= valid_from < valid_to <= root.not_valid_after_utc:
        raise ValueError("the certificate must be valid within the life of its root")
    return (
        _builder(subject(name, unit_id), public_key, valid_from, valid_to)
        .issuer_name(root.subject)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
        )
        .sign(root_key, hashes.SHA256())
    )


def _builder(
    name: x509.Name, public_key: PublicKey, valid_from: datetime, valid_to: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_to)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )
