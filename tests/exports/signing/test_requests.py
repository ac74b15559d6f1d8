"""Signing requests: what an office sends, and everything that may arrive instead."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from asn1crypto import csr, pem
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from exports.signing import keys, requests
from exports.signing.recipients import recipient_of
from parindex_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Office

KEY = keys.new_key()
REQUEST = requests.make_request(KEY, "Xã Mường Khương", recipient_of(KEY))


def request_of(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, name: str | None, recipient: bytes | None
) -> bytes:
    attributes = [] if name is None else [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(attributes))
    if recipient is not None:
        builder = builder.add_extension(
            x509.UnrecognizedExtension(requests.RECIPIENT_OID, recipient), critical=False
        )
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def test_a_request_carries_key_name_and_recipient() -> None:
    read = requests.read_request(REQUEST)
    assert read.public_key == KEY.public_key()
    assert read.name == "Xã Mường Khương"
    assert read.recipient == recipient_of(KEY)
    assert read.fingerprint == keys.fingerprint(KEY.public_key())


def test_long_names_arrive_whole() -> None:
    name = "Ủy ban nhân dân " + "xã Mường Khương " * 10
    made = requests.make_request(KEY, name, recipient_of(KEY))
    assert requests.read_request(made).name == name.strip()


def test_blank_lines_of_a_mail_program_do_no_harm() -> None:
    assert requests.read_request(b"\r\n" + REQUEST.replace(b"\n", b"\r\n") + b"\r\n\r\n").name


def test_openssl_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "office.csr"
    path.write_bytes(REQUEST)
    command = ["openssl", "req", "-in", str(path), "-verify", "-noout", "-text"]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert "verify OK" in told.stdout + told.stderr
    assert recipient_of(KEY) in told.stdout


def test_a_certificate_is_named_as_such(office: Office) -> None:
    with pytest.raises(requests.RequestIsCertificate):
        requests.read_request(office.certificate.public_bytes(Encoding.PEM))


@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_a_secret_key_is_named_as_such(form: PrivateFormat) -> None:
    secret = KEY.private_bytes(Encoding.PEM, form, NoEncryption())
    for data in (secret, REQUEST + secret):
        with pytest.raises(requests.RequestIsPrivateKey):
            requests.read_request(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 \n%%EOF",
        b"PK\x03\x04",
        b"\xff\xfe" * 40,
        REQUEST + REQUEST,
        b"note\n" + REQUEST,
        REQUEST + b"\n" * requests.LARGEST,
        x509.load_pem_x509_csr(REQUEST).public_bytes(Encoding.DER),
    ],
    ids=["empty", "pdf", "zip", "garbage", "two", "text before", "too large", "der"],
)
def test_other_files_are_no_request(data: bytes) -> None:
    with pytest.raises(requests.NotARequest):
        requests.read_request(data)


def test_somebody_elses_key_cannot_be_asked_for(office: Office) -> None:
    """The request's own signature is the proof that its sender holds the key."""
    theirs = csr.CertificationRequest.load(x509.load_pem_x509_csr(REQUEST).public_bytes(Encoding.DER))
    theirs["signature"] = office.key.sign(
        theirs["certification_request_info"].dump(), ec.ECDSA(hashes.SHA256())
    )
    with pytest.raises(requests.RequestInvalid):
        requests.read_request(pem.armor("CERTIFICATE REQUEST", theirs.dump(force=True)))


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (request_of(rsa.generate_private_key(65537, 2048), "X", None), "P-256"),
        (request_of(ec.generate_private_key(ec.SECP384R1()), "X", None), "P-256"),
        (request_of(KEY, None, None), "CN"),
        (request_of(KEY, "\u200b", None), "CN"),
        (request_of(KEY, "X", None), "age"),
        (request_of(KEY, "X", b""), "age"),
        (request_of(KEY, "X", b"\x0c\x04age1"), "age"),
        (request_of(KEY, "X", b"\x0c\x02\xc3\xa1"), "age"),
        (request_of(KEY, "X", b"\x0c\x3e" + recipient_of(KEY).encode() + b"\0"), "age"),
    ],
)
def test_a_request_must_have_what_enrolment_needs(data: bytes, place: str) -> None:
    with pytest.raises(requests.RequestUnsuitable, match=place):
        requests.read_request(data)


@given(st.integers(0, len(REQUEST) - 1), st.integers(1, 255))
def test_a_changed_byte_never_passes_unseen(place: int, change: int) -> None:
    """Either it is refused, or it was a blank, a line end or the like, and the request is the same."""
    changed = bytearray(REQUEST)
    changed[place] ^= change
    try:
        read = requests.read_request(bytes(changed))
    except UserError:
        return
    assert read == requests.read_request(REQUEST)
